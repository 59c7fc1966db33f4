/* Who lives together: the households of the made-up CoC and the lasting facts about their members.
 *
 * A household is made from (seed, number) alone. Its history is in demo_history.h.
 */
#ifndef HMIS_DEMO_FAMILY_H
#define HMIS_DEMO_FAMILY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/day.h"
#include "hmis/demo_plants.h"
#include "hmis/demo_world.h"

enum demo_kind {
	KIND_ADULT,
	KIND_YOUTH,   /* alone, 18 to 24 */
	KIND_VETERAN, /* alone */
	KIND_COUPLE,
	KIND_ONE_PARENT,
	KIND_TWO_PARENTS,
	KIND_GENERATIONS, /* parent, children, and a grandparent */
	KIND_MINOR,       /* alone, 15 to 17 */
	KIND_COUNT,
};

enum { MEMBERS_MAX = 8 };

struct demo_member {
	struct day birth;
	int relation;   /* list 3.15.1 */
	int sex;        /* list 4.21 */
	bool veteran;   /* adults only */
	int disability; /* list 1.3, 0: none */
};

struct demo_family {
	int64_t number;
	enum demo_kind kind;
	enum demo_plant plant;
	int region;
	int members_n;
	struct demo_member members[MEMBERS_MAX];
};

/* How many people household `number` has, without making it. */
int demo_family_size(uint64_t seed, int64_t number);

/* The household; ages are counted back from `today`, the day on which the world was made. With
 * `alone` it is one adult: so the last households make up the number of people that was asked for. */
void demo_family_make(uint64_t seed, int64_t number, bool alone, struct day today, struct demo_family *out);

enum audience demo_family_audience(const struct demo_family *f);
bool demo_family_has_children(const struct demo_family *f);

/* Whether the member is 18 or older on a day. */
bool demo_member_adult(const struct demo_member *m, struct day on);

#endif
