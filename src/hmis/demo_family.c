#include "hmis/demo_family.h"

#include "hmis/demo_dice.h"

/* Per thousand households; most are single adults, as in rural shelters. */
static const int kind_weights[KIND_COUNT] = {
	[KIND_ADULT] = 560,      [KIND_YOUTH] = 85,       [KIND_VETERAN] = 75,     [KIND_COUPLE] = 70,
	[KIND_ONE_PARENT] = 135, [KIND_TWO_PARENTS] = 50, [KIND_GENERATIONS] = 12, [KIND_MINOR] = 13,
};

static const int region_weights[WORLD_REGIONS] = {112, 96, 104, 96, 108, 95, 100, 98, 96, 95};

enum { YEAR = 365, PARENT_GAP_MIN = 17 };

/* The first throws of a household's stream: its kind and its number of children. */
static enum demo_kind throw_kind(struct dice *d, int64_t number, int *children)
{
	enum demo_kind kind = (enum demo_kind)dice_pick(d, kind_weights, KIND_COUNT);
	static const int child_weights[] = {42, 33, 17, 8};
	int n = 1 + dice_pick(d, child_weights, 4);
	if (demo_plant_of(number) == PLANT_TWO_HEADS)
		kind = KIND_COUPLE;
	else if (demo_plant_of(number) != PLANT_NONE)
		kind = KIND_ADULT;
	*children = kind == KIND_ONE_PARENT || kind == KIND_TWO_PARENTS || kind == KIND_GENERATIONS ? n : 0;
	return kind;
}

static int adults_of(enum demo_kind kind)
{
	return kind == KIND_COUPLE || kind == KIND_TWO_PARENTS || kind == KIND_GENERATIONS ? 2 : 1;
}

int demo_family_size(uint64_t seed, int64_t number)
{
	struct dice d = dice_new(seed, DICE_FAMILY, (uint64_t)number, 0);
	int children;
	enum demo_kind kind = throw_kind(&d, number, &children);
	return adults_of(kind) + children;
}

static struct day throw_birth(struct dice *d, struct day today, int from_age, int to_age)
{
	return day_add(today, -dice_between(d, from_age * YEAR + from_age / 4 + 1, to_age * YEAR + to_age / 4 + 300));
}

static int throw_disability(struct dice *d, int permille)
{
	static const int types[] = {5, 6, 7, 8, 9, 10};
	static const int weights[] = {20, 7, 22, 1, 32, 18};
	return dice_chance(d, permille) ? types[dice_pick(d, weights, 6)] : 0;
}

static void throw_person(struct dice *d, struct demo_member *m, int relation, struct day birth, int disabled)
{
	static const int sexes[] = {0, 1, 8, 9, 99};
	static const int weights[] = {430, 545, 4, 11, 10};
	*m = (struct demo_member){
		.birth = birth,
		.relation = relation,
		.sex = sexes[dice_pick(d, weights, 5)],
		.disability = throw_disability(d, disabled),
	};
}

static void throw_head(struct dice *d, struct demo_family *f, struct day today)
{
	static const struct {
		int from_age, to_age, disabled;
	} heads[KIND_COUNT] = {
		[KIND_ADULT] = {25, 71, 560},       [KIND_YOUTH] = {18, 23, 380},
		[KIND_VETERAN] = {27, 76, 640},     [KIND_COUPLE] = {22, 64, 520},
		[KIND_ONE_PARENT] = {20, 47, 330},  [KIND_TWO_PARENTS] = {22, 48, 300},
		[KIND_GENERATIONS] = {24, 44, 300}, [KIND_MINOR] = {15, 16, 300},
	};
	struct day birth = throw_birth(d, today, heads[f->kind].from_age, heads[f->kind].to_age);
	throw_person(d, &f->members[0], 1, birth, heads[f->kind].disabled);
	f->members[0].veteran = f->kind == KIND_VETERAN || (f->kind == KIND_COUPLE && dice_chance(d, 80));
}

static void throw_second(struct dice *d, struct demo_family *f)
{
	struct day head = f->members[0].birth;
	if (f->kind == KIND_GENERATIONS)
		throw_person(d, &f->members[1], 4, day_add(head, -dice_between(d, 18 * YEAR, 32 * YEAR)), 500);
	else
		throw_person(d, &f->members[1], 3, day_add(head, dice_between(d, -4 * YEAR, 2 * YEAR)), 380);
}

void demo_family_make(uint64_t seed, int64_t number, bool alone, struct day today, struct demo_family *out)
{
	struct dice d = dice_new(seed, DICE_FAMILY, (uint64_t)number, 0);
	int children;
	enum demo_kind kind = throw_kind(&d, number, &children);
	if (alone) {
		kind = KIND_ADULT;
		children = 0;
	}
	int adults = adults_of(kind);
	*out = (struct demo_family){
		.number = number,
		.kind = kind,
		.plant = alone ? PLANT_NONE : demo_plant_of(number),
		.region = dice_pick(&d, region_weights, WORLD_REGIONS),
		.members_n = adults + children,
	};
	throw_head(&d, out, today);
	if (adults == 2)
		throw_second(&d, out);
	int head_age = day_age(out->members[0].birth, today);
	int oldest = head_age - PARENT_GAP_MIN < 17 ? head_age - PARENT_GAP_MIN : 17;
	for (int i = adults; i < out->members_n; i++)
		throw_person(&d, &out->members[i], 2, throw_birth(&d, today, 0, oldest > 0 ? oldest - 1 : 0), 90);
}

enum audience demo_family_audience(const struct demo_family *f)
{
	switch (f->kind) {
	case KIND_YOUTH:
	case KIND_MINOR:
		return AUDIENCE_YOUTH;
	case KIND_VETERAN:
		return AUDIENCE_VETERANS;
	case KIND_ONE_PARENT:
	case KIND_TWO_PARENTS:
	case KIND_GENERATIONS:
		return AUDIENCE_FAMILIES;
	case KIND_ADULT:
	case KIND_COUPLE:
	case KIND_COUNT:
		break;
	}
	return AUDIENCE_ADULTS;
}

bool demo_family_has_children(const struct demo_family *f)
{
	return demo_family_audience(f) == AUDIENCE_FAMILIES;
}

bool demo_member_adult(const struct demo_member *m, struct day on)
{
	return day_age(m->birth, on) >= 18;
}
