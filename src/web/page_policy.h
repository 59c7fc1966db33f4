/* The written order: to read, to print, to try and to set. */
#ifndef WEB_PAGE_POLICY_H
#define WEB_PAGE_POLICY_H

#include "app/policy_try.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct policy_version_line {
	const struct policy_version *version;
	struct chip_view chip;
};

/* /policy, and the same with a text that was refused. */
struct policy_page {
	const struct layout *layout;
	const struct policy_view *policy;
	struct str name;
	struct str holds; /* "Version 3, in force since 1 Oct 2026" */
	struct str csrf;
	struct url here;
	struct url published;
	const struct option_view *kinds;
	size_t kinds_n;
	const struct policy_version_line *versions;
	size_t versions_n;
	struct str error; /* of what was done; empty: nothing was */
	struct str done;
	const struct fault_line *faults;
	size_t faults_n;
	struct str text; /* of the draft */
	struct str from; /* as it was typed */
	bool editing;
	bool drafted;                  /* the draft is shown apart from what is in force */
	const struct try_page *trying; /* NULL: nothing was tried */
};

struct fault_line {
	struct str where; /* "Line 7"; "The whole" */
	struct str say;
};

struct try_line {
	const struct try_row *row;
	struct str called;
	struct url href;
	struct chip_view moved; /* "up 3", "down 12", "as before" */
};

struct try_cells {
	struct str say;
	struct str cells[TRY_COUNTS_N]; /* a number, or "hidden" */
};

struct try_part {
	struct str title;
	const struct try_cells *groups;
	size_t groups_n;
};

struct try_page {
	const struct policy_try_view *view;
	struct tiles_view tiles;
	const struct try_line *lines;
	size_t lines_n;
	const struct try_part *parts;
	size_t parts_n;
};

/* The list and the kinds of openings, POLICY_KINDS_N of them, to choose from. */
const struct option_view *page_policy_kinds(struct arena *a, enum policy_kind chosen);

extern const struct form_spec policy_form, policy_draft_form;
must err_t page_policy(struct request *rq, struct reply *out);
must err_t page_policy_try(struct request *rq, struct reply *out);
must err_t page_policy_set(struct request *rq, struct reply *out);
must err_t page_standards(struct request *rq, struct reply *out);

#endif
