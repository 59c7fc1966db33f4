/* The journal and the record of disclosures, to be read: who did what, and who was shown which household.
 *
 * For privacy officers and operators. Nothing here names a client: a household is its code, everything
 * else an id or a word; people who work with byname are named. Rows come newest first and a page at a time: the view
 * says where the next page begins. A filter is looked at row by row, so a rare one reads far back; nothing is kept of
 * the rows that it passes over.
 *
 *     struct journal_ask ask = {.act = S("step.add"), .from = DAY_NONE, .until = DAY_NONE, .most = 50};
 *     TRY(app_journal(c, &ask, &view));
 *     ask.before = view.next; (0: that was all)
 *
 * app_household_shown is a person's own copy: everybody to whom a household was shown, and what was changed, for those
 * who may read notes about it.
 */
#ifndef APP_JOURNAL_H
#define APP_JOURNAL_H

#include "app/household.h"

struct buf;

struct journal_ask {
	struct str who;         /* sign-in name of an account, or an operator's; empty: everybody */
	struct str act;         /* empty: every one */
	struct str kind;        /* of thing: "household"; empty: every one */
	struct str household;   /* its code: what was done to it, its steps and its cards; empty: all */
	struct day from, until; /* both counted in; DAY_NONE: open */
	int64_t before;         /* rows numbered below; 0: from the end */
	size_t most;
};

struct journal_row {
	int64_t seq;
	struct instant at;
	struct str who;   /* "Lee Tran", "operator jo", "byname" */
	struct str login; /* of an account */
	struct str act;   /* "step.add" */
	struct str did;   /* "added a step" */
	struct str noun;
	struct str noun_id;
	struct str what; /* "household Maple 4821", "conference 9p3k…" */
	struct str more;
};
struct journal_view {
	struct journal_row *rows;
	size_t rows_n;
	int64_t next; /* `before` of the next page; 0: there is none */
};

/* ERR_DENIED. ERR_INVALID: no such account or household, days the wrong way round. */
must err_t app_journal(struct call *c, const struct journal_ask *ask, struct journal_view *out);

/* What was shown; act and kind do not count. A page goes on where `below` of the last one says. */
struct shown_row {
	struct instant at;
	struct str who;
	struct str login;
	struct str page;   /* "/list" */
	struct str where;  /* "the list" */
	struct str *codes; /* of the households; the one that was asked for alone where one was */
	size_t codes_n;
};
struct shown_view {
	struct shown_row *rows;
	size_t rows_n;
	struct str next; /* `below` of the next page; empty: there is none */
};
must err_t app_journal_shown(struct call *c, const struct journal_ask *ask, struct str below, struct shown_view *out);

/* The rows as a CSV, for a table program: a header first where `header` is set. */
void journal_csv(struct buf *out, const struct journal_view *v, bool header);
void shown_csv(struct buf *out, const struct shown_view *v, bool header);

/* Somebody saw the household on a page, on a day, so many times. */
struct own_shown {
	struct day day;
	struct str who; /* "Lee Tran, Emberfen Access Network" */
	struct str where;
	int times;
};
struct own_change {
	struct instant at;
	struct str who;
	struct str did;
};
struct own_view {
	struct household_face face;
	struct day from;
	struct own_shown *shown; /* newest first */
	size_t shown_n;
	struct own_change *changes; /* newest first */
	size_t changes_n;
};

/* From a day on (DAY_NONE: the last twelve months). ERR_MISSING: no such household, or not for the viewer. */
must err_t app_household_shown(struct call *c, struct str household_id, struct day from, struct own_view *out);

#endif
