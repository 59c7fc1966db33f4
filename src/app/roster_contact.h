/* Contacts that people wrote down (app/contact.h), told to a roster beside what an HMIS holds: each to the stay that
 * the person had entered last by then, whose project says for how long a contact keeps a spell active.
 *
 *     TRY(roster_contacts_load(db, a, &contacts));
 *     TRY(roster_contacts_tell(&contacts, a, f));     once records are joined, before the roster is settled
 */
#ifndef APP_ROSTER_CONTACT_H
#define APP_ROSTER_CONTACT_H

#include "app/roster.h"
#include "store/q_contact.h"

struct roster_contacts {
	struct q_contacts_standing *rows; /* by client */
	size_t n;
};

/* All that count. Inside a transaction. */
must err_t roster_contacts_load(struct db *db, struct arena *a, struct roster_contacts *out);

/* The same of the people that a roster has, a household's. */
must err_t roster_contacts_load_of(const struct roster_fill *f, struct db *db, struct arena *a,
				   struct roster_contacts *out);

must err_t roster_contacts_tell(const struct roster_contacts *c, struct arena *a, struct roster_fill *f);

#endif
