/* Words for a business meeting, where nobody may be named: lead agencies are in the room.
 *
 * They are searched like a note that leaves the room (app/list_redact.h). What may be somebody on the list is said back
 * to the writer, who writes it otherwise, or says that none of it is a client: a grant is no Mr. Grant. Then it is
 * kept, sealed like all that people write. Social security numbers and dates of birth are never kept here.
 *
 *     TRY(unnamed_check(c, db, a, words, most, sure));
 *     row.words = unnamed_seal(c, a, "issue", "words", id, words);
 */
#ifndef APP_UNNAMED_H
#define APP_UNNAMED_H

#include "app/app.h"
#include "base/pii.h"

/* ERR_INVALID: no words, too many, or words that may be somebody; with `sure`, words that look like a number or a date
 * of birth alone. Inside a transaction. */
must err_t unnamed_check(struct call *c, struct db *db, struct arena *a, const struct pii *words, size_t most,
			 bool sure);

/* The same where others read it: "Everybody in the room reads it". */
must err_t unnamed_check_for(struct call *c, struct db *db, struct arena *a, const struct pii *words, size_t most,
			     bool sure, const char *readers);

struct str unnamed_seal(const struct call *c, struct arena *a, const char *table, const char *column, struct str id,
			const struct pii *words);
must err_t unnamed_open(const struct call *c, struct arena *a, const char *table, const char *column, struct str id,
			struct str sealed, struct str *out);

#endif
