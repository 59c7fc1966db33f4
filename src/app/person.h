/* The one place that opens who somebody is.
 *
 * What comes out is text that goes into a view; who calls has asked domain/access before and opens
 * only what was decided. */
#ifndef APP_PERSON_H
#define APP_PERSON_H

#include "app/app.h"

struct person_name {
	struct str full;   /* "Joe Smith" */
	struct str called; /* "Joe"; the whole name where no first name is recorded */
	struct str last;   /* "Smith, Jr"; empty where `called` says it already */
};

/* `hashed` names are not names: empty comes out. */
must err_t app_person_name(struct call *c, struct arena *a, int64_t client_no, struct str sealed, bool hashed,
			   struct person_name *out);

/* The last four digits, or empty where they are not known. */
must err_t app_person_ssn4(struct call *c, struct arena *a, int64_t client_no, struct str sealed, struct str *out);

/* The birth date, or DAY_NONE. */
must err_t app_person_birth(struct call *c, struct arena *a, int64_t client_no, struct str sealed, struct day *out);

#endif
