/* Protected traits of heads of households, for the report of a policy and nothing else.
 *
 * They are opened in memory from the sealed record of the client, turned into the group they are
 * reported in, and gone with the arena. Nothing on this road leads to an order: domain/priority knows no
 * such fact. Race and ethnicity as HMIS 3.04, sex as 3.06 (or, from an export of FY2024, woman and man),
 * age in years on the day. */
#ifndef APP_POLICY_TRAITS_H
#define APP_POLICY_TRAITS_H

#include "app/list_image.h"

enum trait { TRAIT_RACE, TRAIT_SEX, TRAIT_AGE, TRAITS_N };

struct trait_row {
	const char *title;
	const char *const *says; /* the last one is "Not known" */
	size_t n;
};
extern const struct trait_row trait_table[TRAITS_N];

struct trait_values {
	uint8_t group[TRAITS_N];
};
struct traits {
	struct trait_values *of; /* beside the picture's rows; of active ones alone */
};

/* The traits of every active household's head, in `a`; `room` is for what is opened and goes again. */
must err_t policy_traits(struct call *c, struct db *db, struct arena *a, struct arena *room,
			 const struct list_image *image, struct traits *out);

/* The groups that a stored text of traits (app/import_client.h) belongs to: TRAIT_RACE and TRAIT_SEX. */
void trait_groups(struct str traits, struct trait_values *out);

#endif
