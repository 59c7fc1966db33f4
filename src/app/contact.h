/* Contact with a household's head, written down by who had it: a tap on a phone.
 *
 * Who may read notes about the household writes and reads it: its list holder and the agencies that serve it. What
 * counts as contact (domain/contact.h) is the household's last contact on the list at once, and the list is derived
 * with it from then on; who was inactive is derived anew at once, as the status follows from it. Nothing is deleted:
 * what was written by mistake is taken back.
 */
#ifndef APP_CONTACT_H
#define APP_CONTACT_H

#include "app/household.h"
#include "domain/contact.h"

struct contact_line {
	int64_t no;
	enum contact_way way;
	struct str place; /* empty: not said */
	struct day day;
	struct str words; /* empty: none, or for others */
	struct str by;    /* "Dana Cole, Millpond Aid" */
	bool can_take_back;
};

struct contact_view {
	struct household_face face;
	bool may;                   /* write, and read what follows */
	struct contact_line *lines; /* the newest first, CONTACTS_SHOWN at most */
	size_t lines_n;
};
enum { CONTACTS_SHOWN = 200 };

/* ERR_MISSING for a household that the actor sees nothing of. */
must err_t app_contact(struct call *c, struct str household_id, struct contact_view *out);

/* The newest lines of a household whose notes the actor may read; else none. `db` is in a transaction. */
must err_t contact_lines(struct call *c, struct db *db, struct arena *a, const struct household_face *face, size_t most,
			 struct contact_line **out, size_t *n);

struct contact_new {
	enum contact_way way;
	enum contact_place place; /* CONTACT_PLACES_N: not said */
	struct day day;
	const struct pii *words; /* or NULL */
};

/* ERR_MISSING, ERR_DENIED, ERR_INVALID. */
must err_t app_contact_log(struct call *c, struct str household_id, const struct contact_new *n);

/* Whoever wrote it takes it back, or who holds the list. ERR_MISSING: there is none, or it is somebody else's. */
must err_t app_contact_take_back(struct call *c, struct str household_id, int64_t no);

#endif
