/* Questions that a conference raises and nobody in the room can answer: each gets an owner and a day, and stands in the
 * action register until it is answered.
 *
 * A question is about how things work, not about somebody: it names nobody on the list (app/unnamed.h), so that
 * everybody who works in the region's conferences may read it. Its owner answers it, or who plans the region's
 * conferences, who may also give it to somebody else. Nothing is deleted; the record of the conference keeps both.
 */
#ifndef APP_QUESTION_H
#define APP_QUESTION_H

#include "app/app.h"
#include "base/pii.h"

enum { QUESTION_MOST = 400 };

struct question_new {
	const struct pii *words;
	struct str owner_id; /* one of the conference's people */
	struct day due;      /* today or later */
	bool sure;           /* the writer says that nobody on the list is named in it */
};

/* For the facilitator and the scribe of a running conference. ERR_INVALID: no words, words that may be somebody, no
 * owner, no day. */
must err_t app_question_ask(struct call *c, struct str conference, const struct question_new *q);

struct question_line {
	struct str id, words, owner, agency;
	struct day due;
	bool overdue, mine;
	bool can_answer;
	struct str answer; /* empty: open */
	struct str by;     /* who answered, and when */
};

/* Those of a region that are open; those that the actor sees to; those of a conference, with their answers. `db` is in
 * a transaction; who may look is the caller's business. */
must err_t questions_open(struct call *c, struct db *db, struct arena *a, struct str region_id,
			  struct question_line **out, size_t *n);
must err_t questions_mine(struct call *c, struct db *db, struct arena *a, struct question_line **out, size_t *n);
must err_t questions_of(struct call *c, struct db *db, struct arena *a, struct str conference,
			struct question_line **out, size_t *n);

struct question_person {
	struct str id, name;
	bool chosen;
};
struct question_view {
	struct question_line line;
	struct str region_id;
	bool can_give;                  /* to somebody else */
	struct question_person *people; /* then */
	size_t people_n;
};

/* One that is open. ERR_MISSING where there is none, or it is of a region in which the actor does not work;
 * ERR_CONFLICT: it is answered. */
must err_t app_question(struct call *c, struct str id, struct question_view *out);

/* ERR_MISSING and ERR_CONFLICT as above; ERR_DENIED for who may not; ERR_INVALID. */
must err_t app_question_answer(struct call *c, struct str id, const struct pii *answer, bool sure);
must err_t app_question_give(struct call *c, struct str id, struct str owner_id, struct day due);

#endif
