/* The directory of services: what helps everybody who is not discussed today, how one is referred, whom to call, and
 * how long it takes; and what each agency does in coordinated entry.
 *
 * An agency enters its own services; who plans a region's conferences enters those of others too, who may take no part
 * here. Everybody with the list reads it: no person is in it.
 *
 *     struct services_view view;
 *     TRY(app_services(c, region_id, &view));
 */
#ifndef APP_SERVICE_H
#define APP_SERVICE_H

#include "app/app.h"
#include "app/opening.h"
#include "domain/service.h"

enum { SERVICE_NAME_MOST = 200, SERVICE_HOW_MOST = 600 };

struct service_row {
	struct str id, region; /* of the region, its name; empty: the whole continuum */
	enum service_kind kind;
	struct str name, provider; /* who offers it */
	struct str how, contact;   /* the agency's referral contact where none is said */
	int wait;                  /* days; −1: not said */
	struct day confirmed;
	bool old; /* to be confirmed */
	bool own; /* the actor may confirm and end it */
};

struct service_agency {
	struct str name;
	unsigned roles;     /* bits of domain/service.h, from the HMIS */
	struct str contact; /* "Dana Reed, 555-0100"; empty: it has not said */
};

struct services_view {
	struct str region_id;     /* that was asked for; empty: all */
	struct service_row *rows; /* by kind, then by name */
	size_t rows_n;
	struct service_agency *agencies; /* who take part in coordinated entry, or have a contact */
	size_t agencies_n;
	struct opening_choice_row *regions; /* all of them */
	size_t regions_n;
	bool may_add;
	bool plans; /* for others too */
};

/* `region_id` empty: all regions. */
must err_t app_services(struct call *c, struct str region_id, struct services_view *out);

struct service_new {
	struct str region; /* id; empty: the whole continuum */
	enum service_kind kind;
	struct str name, provider; /* provider empty: the own agency */
	struct str how, contact;
	int wait; /* −1: not said */
};

/* ERR_INVALID: a field in one sentence. ERR_DENIED: another's service, by who plans no conferences of the region. */
must err_t app_service_add(struct call *c, const struct service_new *in, struct str *id);

/* Still true, with the wait as it is now. ERR_CONFLICT: it had ended. */
must err_t app_service_confirm(struct call *c, struct str id, int wait);
must err_t app_service_end(struct call *c, struct str id);

#endif
