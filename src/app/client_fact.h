/* A client's row of an HMIS as a fact, and as the columns that it is kept in; import_client.h says how those read.
 *
 * The texts are what is sealed, empty where nothing but separators would be. Opening gives back what they were made
 * from, so the row that came in is the row that goes out.
 */
#ifndef APP_CLIENT_FACT_H
#define APP_CLIENT_FACT_H

#include "store/dossier.h"
#include "store/q_client.h"
#include "store/seal.h"

struct str client_fact_name(struct arena *a, const struct dossier_fact *f);
struct str client_fact_ssn(struct arena *a, const struct dossier_fact *f);
struct str client_fact_birth(struct arena *a, const struct dossier_fact *f);
struct str client_fact_traits(struct arena *a, const struct dossier_fact *f);

/* Who calls has decided that everything may be opened. Texts of *out live in the arena. */
must err_t client_fact_open(struct arena *a, const struct keys *keys, int64_t client_no,
			    const struct q_client_by_no *row, struct dossier_fact *out);

#endif
