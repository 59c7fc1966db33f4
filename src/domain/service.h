/* What else helps a household: services of a region, and how one is referred to each ("Referral pathways" between the
 * case coordination meeting and the services around it: Under 1 Roof, slide 15, whose kinds of services these are; its
 * two words for volunteering are one here).
 *
 * What is known of a service grows old as an opening does, only slower: after SERVICE_FRESH_DAYS it is asked about
 * again (ours).
 */
#ifndef DOMAIN_SERVICE_H
#define DOMAIN_SERVICE_H

#include "base/day.h"
#include "base/str.h"

enum { SERVICE_FRESH_DAYS = 180, SERVICE_WAIT_MOST = 3650 };

#define SERVICES(X)                                                                                                    \
	X(SERVICE_HOMELESSNESS, "homelessness", "Specialist homelessness services")                                    \
	X(SERVICE_HOUSING, "housing", "Housing providers")                                                             \
	X(SERVICE_SUPPORT, "support", "Support services")                                                              \
	X(SERVICE_MENTAL_HEALTH, "mental_health", "Mental health services")                                            \
	X(SERVICE_DRUG, "drug", "Drug and alcohol services")                                                           \
	X(SERVICE_MAINSTREAM, "mainstream", "Mainstream services")                                                     \
	X(SERVICE_EMPLOYMENT, "employment", "Employment services")                                                     \
	X(SERVICE_SOCIAL, "social", "Social opportunities")                                                            \
	X(SERVICE_RECREATION, "recreation", "Recreation opportunities")                                                \
	X(SERVICE_VOLUNTEERING, "volunteering", "Volunteering")                                                        \
	X(SERVICE_CIVIC, "civic", "Civic involvement")                                                                 \
	X(SERVICE_COMMUNITY, "community", "Community development")

enum service_kind {
#define X(name, key, label) name,
	SERVICES(X)
#undef X
		SERVICES_N
};

struct service_kind_row {
	struct str key, label;
};
extern const struct service_kind_row service_table[SERVICES_N];
bool service_kind_parse(struct str key, enum service_kind *out);

/* Whether somebody should say that it is still true. */
static inline bool service_is_old(struct day confirmed, struct day today)
{
	return day_diff(confirmed, today) > SERVICE_FRESH_DAYS;
}

/* What a project does in coordinated entry (HMIS Data Standards 2.09), as bits. */
enum { CE_ACCESS_POINT = 1 << 0, CE_RECEIVES = 1 << 1 };

/* A row of it. */
struct ce_role {
	bool access_point, receives;
	struct day from, until; /* DAY_NONE: not given */
};

/* The bits of a row on a day; 0 before it begins and after it ends. */
unsigned ce_role_on(const struct ce_role *row, struct day today);

#endif
