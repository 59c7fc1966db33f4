/* After a conference: its notes without names, as somebody has read them and lets them go, and for each person what
 * they took on. One press hands both out.
 *
 * The notes are made anew each time they are looked at. Households are their codes; every word that somebody typed is
 * searched for everybody on the list (app/list_redact.h), not of this meeting alone, and what was found is shown to the
 * reader. What is handed out is the very text that was read: the press carries its digest, and where anything has
 * changed meanwhile nothing goes. Words about a household that the reader may not read notes about, and workers of
 * victim service providers, are left out of it. Everybody who was in the conference can fetch the text afterwards.
 *
 * The task lists are no file: each person's stands on their own page (app/mine.h), and a mail without a word about
 * anybody says that it is there (app/outbox.h).
 */
#ifndef APP_HANDOUT_H
#define APP_HANDOUT_H

#include "app/app.h"
#include "app/share.h"

struct handout_line {
	struct str lead; /* "Next", "In the way"; empty: a heading stands above */
	struct share_piece *pieces;
	size_t pieces_n;
	struct str tail; /* "Dana Reed, Housing Now, by Mon 23 Nov 2026"; empty: none */
};

struct handout_part {
	struct str title; /* "Maple 4821", "Questions" */
	struct handout_line *lines;
	size_t lines_n;
};

struct handout_task {
	struct str name, agency;
	int tasks;
	struct str first; /* "Mon 23 Nov 2026"; empty: no date */
	bool mail;        /* they read mail, and get one */
};

struct handout_view {
	struct str id, title, day;
	struct handout_part *parts;
	size_t parts_n;
	int found; /* places that would have said who somebody is */
	struct str digest;
	struct handout_task *tasks;
	size_t tasks_n;
	struct str made; /* "Lee Tran on Tue 17 Nov 2026"; empty: nothing was handed out */
};

/* What would go out now. For who leads the conference, once it is closed: ERR_CONFLICT before; ERR_MISSING,
 * ERR_DENIED. */
must err_t app_handout(struct call *c, struct str conference, struct handout_view *out);

/* Hands it out. ERR_CONFLICT: it is not what was read any more. */
must err_t app_handout_make(struct call *c, struct str conference, struct str digest);

/* The text that was handed out, for everybody who was in the conference. ERR_MISSING: there is none. */
must err_t app_handout_text(struct call *c, struct str conference, struct str *name, struct str *text);

/* Whether there is one. `db` is in a transaction. */
must err_t handout_made(struct db *db, struct arena *a, struct str conference, struct str *made);

#endif
