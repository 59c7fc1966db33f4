/* Papers on file (app/evidence.h), which are recorded by client, told to a roster: what months they document, and whose
 * disability is evidenced. Read once, for any number of rosters side by side.
 *
 *     TRY(roster_papers_load(db, a, as_of, &papers));
 *     roster_papers_tell(&papers, a, r, clients);     before anything reads months
 */
#ifndef APP_ROSTER_PAPER_H
#define APP_ROSTER_PAPER_H

#include "domain/roster.h"
#include "store/q_evidence.h"

struct roster_papers {
	struct q_evidence_standing *months; /* by client */
	size_t months_n;
	struct q_disability_standing *disabled; /* by client */
	size_t disabled_n;
};

/* All that stand, on the day. Inside a transaction. */
must err_t roster_papers_load(struct db *db, struct arena *a, struct day as_of, struct roster_papers *out);

/* clients[i] is the client number of person i. What the roster is given lives in the arena. */
void roster_papers_tell(const struct roster_papers *p, struct arena *a, struct roster *r, const uint32_t *clients);

/* A paper (evidence.kind) as the roster takes it. */
struct roster_paper roster_paper_of(uint32_t person, struct str kind, int64_t first, int64_t last);

#endif
