/* What a conference begins with, in numbers: what has moved on its list since last time, and the homes there are.
 *
 * The movement is counted from the same history as the ledger (domain/movement.h), by days instead of months, over the
 * households that are on the list now or were housed since: who came and went in between is in the ledger.
 */
#ifndef APP_FIGURES_H
#define APP_FIGURES_H

#include "app/meeting.h"
#include "domain/opening.h"

enum { FIGURES_DAYS = 28 }; /* looked back where there was no conference before */

struct figures {
	struct str since; /* "20 Oct"; "in four weeks" stands where there was none */
	bool first;       /* there was none */
	int came, returned, moved_in;
	int active; /* on the list now */
};

struct figures_home {
	struct str what; /* "Larkmere Homes, Larkmere County" */
	struct str kind; /* "openings in permanent supportive housing" */
	struct str whom; /* "at least two people; families" ; empty: for everybody */
	struct str from; /* "now", "from 3 Dec" */
	int vacant;      /* days */
};
struct figures_homes {
	int windows[OPENING_WINDOWS]; /* domain/opening.h */
	struct figures_home *homes;   /* the soonest first */
	size_t homes_n;
	int waiting; /* active households of the list */
};

/* Inside a transaction, of a conference that is to come or runs. */
must err_t figures_load(const struct meeting *m, struct figures *out);
must err_t figures_homes_load(const struct meeting *m, struct figures_homes *out);

#endif
