/* What the files of app/journal.h share. */
#ifndef APP_JOURNAL_INSIDE_H
#define APP_JOURNAL_INSIDE_H

#include "app/journal.h"

struct q_users;
struct q_agencies;

/* Who works with byname: read once for an answer. */
struct journal_people {
	const struct q_users *users;
	size_t users_n;
	const struct q_agencies *agencies;
	size_t agencies_n;
};
must err_t journal_people_read(struct db *db, struct arena *a, struct journal_people *out);

/* "Lee Tran", or the id of somebody who has no account. */
struct str journal_who(const struct journal_people *people, struct str user_id);

/* "Lee Tran, Emberfen Access Network". For `reader`, unless NULL, the agency is left out where it may not be named
 * beside a household (app/law.h). */
struct str journal_who_of(const struct call *reader, struct arena *a, const struct journal_people *people,
			  struct str user_id);

struct str journal_login(const struct journal_people *people, struct str user_id);

/* The instants of a span of days, the last one not counted in. */
void journal_span(struct day from, struct day until, struct instant *begin, struct instant *end);

/* Ids under which the journal speaks of one household. */
struct journal_threads {
	const struct str *ids;
	size_t n;
};
must err_t journal_threads_read(struct db *db, struct arena *a, int64_t household_no, struct journal_threads *out);
bool journal_threads_fit(const struct journal_threads *t, struct str noun_id, struct str more);

/* ERR_DENIED where the actor may not read the journal. */
must err_t journal_may(struct call *c);

/* Who and which household is asked for. ERR_INVALID. */
struct journal_wanted {
	struct str actor_id; /* empty: everybody */
	int64_t household;   /* 0: all */
	struct str household_id;
	struct instant begin, end;
};
must err_t journal_wanted(struct db *db, struct arena *a, const struct journal_people *people,
			  const struct journal_ask *ask, struct journal_wanted *out);

#endif
