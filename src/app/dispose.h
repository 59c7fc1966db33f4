/* What is no longer kept, by rule, and a report of what went.
 *
 * Identifiers that are not in current use seven years after the last change are removed (HMIS Data and Technical
 * Standards, 69 FR 45888, 30 July 2004); so are texts of conferences that long closed, and records of
 * disclosures, which a person may ask for six years back. What imports set aside and drafts of other lists go sooner.
 * The years are settings. Rows stay, with their numbers, dates and HMIS ids: counts, packs and the ledger say what they
 * said, and an unchanged export does not bring a name back. The blind index keeps entries that lead to nothing now. The
 * journal stays whole; each piece writes a row into it, with how many went. Backups are copies: keep them no longer
 * than this.
 *
 *     struct dispose_view v;
 *     TRY(app_dispose_due(c, &v));   (operators and privacy officers; changes nothing)
 *     TRY(app_dispose_run(c, &v));   (operators; `due` is how many went)
 */
#ifndef APP_DISPOSE_H
#define APP_DISPOSE_H

#include "app/app.h"

struct dispose_row {
	struct str word; /* "people" */
	struct str say;  /* "Names, … of people who …" */
	struct str kept; /* "7 years" */
	int64_t due;
	struct instant last; /* INSTANT_NONE: never */
};
struct dispose_view {
	struct dispose_row *rows;
	size_t n;
};

must err_t app_dispose_due(struct call *c, struct dispose_view *out);

/* In pieces, each its own transaction; broken off, the next call goes on. */
must err_t app_dispose_run(struct call *c, struct dispose_view *out);

#endif
