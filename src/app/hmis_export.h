/* Back to an HMIS: what is held of it, as an export of either year's standard (hmis/write.h).
 *
 * The rows are those that came, with their own ids, as far as they are loaded (hmis/columns.h) and not gone. Left out
 * is whoever must be in no HMIS export: members of a protected household, who is known through a victim service
 * provider, and a household of which somebody declined or withdrew and signed nothing since, with every other record of
 * the same people (DEFINITIONS, "Who may be named"; that a declined release counts is ours). People of other lists, who
 * are in no HMIS, are never in it.
 *
 * Beside them stand our own referrals, once they are issued: an event of the household's head with its result, under
 * our id, until the HMIS gives it back with an export of its own. byname takes no assessment of its own.
 *
 * The files hold names and are not sealed: an HMIS reads nothing else. The folder can be read by its owner alone, and
 * the journal says who made it before the first name is written.
 *
 *     struct hmis_export_made made;
 *     TRY(app_hmis_export(c, &(struct hmis_export_ask){.year = HMIS_FY2026, .folder = path}, &made));
 */
#ifndef APP_HMIS_EXPORT_H
#define APP_HMIS_EXPORT_H

#include "app/app.h"
#include "hmis/spec.h"

struct hmis_export_ask {
	enum hmis_years year;
	struct str folder;
	struct str source; /* SourceID or SourceName; empty: the only HMIS that there is */
};

struct hmis_export_made {
	struct str source;
	int64_t people;
	int64_t withheld; /* people who are left out because they must be */
	int64_t gone;     /* who are no longer in the HMIS's own export */
	int64_t rows;     /* of all files but Export.csv */
	int64_t events;   /* of them, referrals that were issued here and that the HMIS has not got */
	int64_t unplaced; /* referrals of people who were in no project on the day: to be entered by hand */
};

/* For an operator. ERR_MISSING: nothing was imported, or no such source. ERR_INVALID: several sources and none was
 * named, or the folder cannot be written. ERR_CONFLICT: something is in the folder. After an error there is no folder.
 */
must err_t app_hmis_export(struct call *c, const struct hmis_export_ask *ask, struct hmis_export_made *out);

#endif
