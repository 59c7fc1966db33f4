/* Chronic verification as a grid of months: what evidences each, what is still wanted, who gets it and by when.
 *
 * The months are those of the household's head, through whom a family is chronic. What an HMIS holds is worked out
 * anew each time (domain/standing.h); what people record beside it are papers: letters, observations, the person's
 * own statement, and what evidences the disability. A paper fills its months in the grid, and they count, marked, among
 * the months in 36 (domain/standing.h), so the list is derived anew with it; where an import stands in the way, the
 * next one or the next day takes it along. "Verified" is not said here: it is a decision about the household
 * (MARK_VERIFIED) of whoever holds its list, who looks at both.
 *
 * All of it, stays by month and agencies among it, is for those who may read notes about the household: its list
 * holder and the agencies that serve it. They alone record and withdraw. Who signed a paper that is no agency's, and
 * where it is kept, is sealed.
 */
#ifndef APP_EVIDENCE_H
#define APP_EVIDENCE_H

#include "app/household.h"
#include "base/pii.h"
#include "domain/disability.h"
#include "domain/evidence.h"
#include "domain/standing.h"

struct evidence_task {
	struct str id;
	struct str month; /* "March 2026" */
	struct str owner; /* "Dana Reyes, Alder Agency" */
	struct day due;
	bool overdue;
	int32_t month_no;
};

struct evidence_month {
	int32_t month;
	struct str say;                   /* "March 2026" */
	struct str value;                 /* "2026-03" */
	enum evidence is;                 /* as it counts */
	struct str who;                   /* "Alder Agency, recorded in the HMIS" */
	struct str attest;                /* agencies in touch around then; empty: none on record */
	bool wanted;                      /* one of those on the shortest way to 12 */
	const struct evidence_task *task; /* somebody is getting it; or NULL */
};

struct evidence_year {
	int year;
	const struct evidence_month **months; /* 12, January first; NULL: not one of the 36 */
	size_t months_n;
};

struct evidence_paper {
	struct str id;
	enum evidence kind;
	struct str months; /* "March 2026" or "March 2026 to May 2026" */
	struct str signer;
	struct day dated;
	struct str kept;
	struct str recorded;  /* "Lee Tran, 21 Nov 2026" */
	struct str withdrawn; /* the same; empty: it stands */
};

struct disability_on_file {
	struct str id;
	struct str what; /* "A licensed professional’s verification" */
	struct str given_by;
	struct day dated;
	struct day until; /* to be confirmed by another one; DAY_NONE: stands by itself */
	bool over;        /* … and was not in time */
	struct str kept;
	struct str recorded;  /* "Lee Tran, 21 Nov 2026" */
	struct str withdrawn; /* the same; empty: it stands */
};

struct evidence_choice {
	struct str value;
	struct str say;
};

struct evidence_view {
	struct household_face face;
	bool for_viewer; /* what follows is filled */
	struct day as_of;
	bool kept;                     /* counted at an entry, as the months of standing.h */
	struct evidence_month *months; /* all 36, the latest first */
	size_t months_n;
	struct evidence_year *years; /* the latest first */
	size_t years_n;
	int counts[EVIDENCES_N];
	struct evidence_way in_a_row;
	struct evidence_way on_occasions;
	bool full;
	struct str headline; /* "Two letters from done" */
	struct str row_say;  /* how far it is to 12 in a row, in words */
	struct str occasions_say;
	enum answer disability;
	bool disability_paper;                   /* one that stands evidences it */
	struct disability_on_file *disabilities; /* the newest first */
	size_t disabilities_n;
	bool verified;
	struct evidence_paper *papers; /* the newest first */
	size_t papers_n;
	struct evidence_task *tasks; /* by date */
	size_t tasks_n;
	struct evidence_choice *agencies; /* that may have signed */
	size_t agencies_n;
	struct evidence_choice *owners; /* who may get a month */
	size_t owners_n;
};

/* ERR_MISSING: no such household, or not for the viewer. */
must err_t app_evidence(struct call *c, struct str household_id, struct evidence_view *out);

struct evidence_words {
	enum evidence kind;
	int32_t first;
	int32_t last;
	struct str agency_id;      /* empty: whom `by_whom` names */
	const struct pii *by_whom; /* or NULL */
	struct day dated;
	const struct pii *kept;
};

/* ERR_MISSING, ERR_DENIED, ERR_INVALID. Tasks for these months are done with it. */
must err_t app_evidence_record(struct call *c, struct str household_id, const struct evidence_words *w);

/* The paper stays to be read and counts no more. ERR_CONFLICT: it is withdrawn already. */
must err_t app_evidence_withdraw(struct call *c, struct str household_id, struct str evidence_id);

struct disability_words {
	enum disability_paper what;
	const struct pii *by_whom;
	struct day dated;
	const struct pii *kept;
};

/* The same for what evidences the head's disability. */
must err_t app_disability_record(struct call *c, struct str household_id, const struct disability_words *w);
must err_t app_disability_withdraw(struct call *c, struct str household_id, struct str paper_id);

/* Gives a month to its owner; whoever had it before has it no more. */
must err_t app_evidence_task(struct call *c, struct str household_id, int32_t month, struct str owner_id,
			     struct day due);
must err_t app_evidence_task_end(struct call *c, struct str household_id, struct str task_id);

/* What is open of a household, where the face's viewer may read notes about it; else nothing. `db` is in a
 * transaction. */
must err_t evidence_tasks(struct call *c, struct db *db, struct arena *a, const struct household_face *face,
			  struct evidence_task **out, size_t *n);

struct evidence_mine {
	struct household_face face;
	struct str month;
	struct day due;
	bool overdue;
};

/* The months that the viewer is getting documented, by date. */
must err_t app_evidence_mine(struct call *c, struct evidence_mine **out, size_t *n);

/* ---- between evidence.c and disability.c, which write, and evidence_view.c, which reads ---- */

/* Derives the list anew for what was recorded; an import at work is not waited for. */
must err_t evidence_derive(struct call *c);

/* All papers about a client's disability, opened: for who may read notes. `others`: those for other records of the
 * person too (app/joined.h). */
must err_t disability_papers(struct call *c, struct db *db, struct arena *a, int64_t client_no, bool others,
			     struct disability_on_file **out, size_t *n);

/* The household's face, for its reader; ERR_MISSING. */
must err_t evidence_face(struct call *c, struct db *db, struct arena *a, struct str household_id,
			 struct household_face *out);

/* The client whose months they are: the household's head. ERR_MISSING where nobody is left in it. */
must err_t evidence_head(struct db *db, struct arena *a, int64_t household_no, int64_t *client_no);

/* Both, for who may write about the household's papers; ERR_DENIED for others. Nothing of it counts as shown. */
must err_t evidence_for_writer(struct call *c, struct db *db, struct arena *a, struct str household_id,
			       struct household_face *face, int64_t *client_no);

/* Whether a paper can be withdrawn: ERR_MISSING where none was found, or where it is about another record of the person
 * (`other`) that the writer is not shown; ERR_CONFLICT where it was withdrawn before. */
must err_t evidence_may_withdraw(struct call *c, struct db *db, struct arena *a, const struct household_face *face,
				 bool found, bool other, struct instant ended);

/* Who may get a month: people of the agencies that serve the household and of the actor's own, who work with the list.
 */
must err_t evidence_owners(struct call *c, struct db *db, struct arena *a, int64_t household_no,
			   struct evidence_choice **out, size_t *n);

#endif
