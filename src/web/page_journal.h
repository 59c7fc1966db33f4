/* The journal and the record of disclosures, and what is no longer kept. */
#ifndef WEB_PAGE_JOURNAL_H
#define WEB_PAGE_JOURNAL_H

#include "app/journal.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

/* A line of either: who did or saw what, when. */
struct journal_line {
	struct str number; /* empty for a disclosure */
	struct str when;   /* "21 Nov 2026, 14:02" */
	struct str who;
	struct str login;
	struct str did;
	struct str what;
	struct str more;
};

struct journal_page {
	const struct layout *layout;
	struct str error;
	bool shown; /* the record of disclosures */
	struct url here;
	struct url other; /* the other of the two, with the same filter */
	struct url file;
	const struct journal_line *lines;
	size_t lines_n;
	struct url newest;
	bool is_later; /* not the first page */
	struct url next;
	bool has_next;
	/* As it was typed. */
	struct str who, household, from, until;
	const struct option_view *acts;
	size_t acts_n;
	const struct option_view *kinds;
	size_t kinds_n;
};

/* What is no longer kept. */
struct disposal_line {
	struct str what, kept, due, last;
};
struct disposal_page {
	const struct layout *layout;
	const struct disposal_line *lines;
	size_t lines_n;
	struct url went; /* the journal of what went */
};

extern const struct form_spec journal_form;
must err_t page_journal(struct request *rq, struct reply *out);
must err_t page_journal_shown(struct request *rq, struct reply *out);
must err_t page_journal_file(struct request *rq, struct reply *out);
must err_t page_disposal(struct request *rq, struct reply *out);

#endif
