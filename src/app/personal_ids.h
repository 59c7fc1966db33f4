/* The HMIS ids of all clients, by client number: what a report over everybody is printed with.
 *
 * Some 20 bytes a client, in memory of its own.
 *
 *     struct personal_ids *ids;
 *     TRY(personal_ids_load(c, now, &ids));
 *     struct str id = personal_ids_of(ids, client_no);
 *     personal_ids_free(&ids);
 */
#ifndef APP_PERSONAL_IDS_H
#define APP_PERSONAL_IDS_H

#include "app/app.h"

struct personal_ids;

/* Of every client visible under `now`, in short read transactions. */
must err_t personal_ids_load(struct call *c, int64_t now, struct personal_ids **out);
void personal_ids_free(struct personal_ids **p);

/* Empty for a number that is not there. Holds as long as *p. */
struct str personal_ids_of(const struct personal_ids *p, int64_t client_no);

#endif
