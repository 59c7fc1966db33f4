#include "app/policy_traits.h"

#include "app/import_client.h"
#include "app/person.h"
#include "store/q_policy.h"
#include "store/seal.h"

static const char *const races[] = {
	"American Indian, Alaska Native or Indigenous",
	"Asian or Asian American",
	"Black, African American or African",
	"Hispanic/Latina/o",
	"Middle Eastern or North African",
	"Native Hawaiian or Pacific Islander",
	"White",
	"More than one",
	"Not known",
};
enum { RACES_N = sizeof races / sizeof *races, RACE_SEVERAL = RACES_N - 2, RACE_UNKNOWN };

static const char *const sexes[] = {"Female", "Male", "Not known"};
enum { SEX_FEMALE, SEX_MALE, SEX_UNKNOWN };

static const char *const ages[] = {"Under 18", "18 to 24", "25 to 34",    "35 to 44",
				   "45 to 54", "55 to 64", "65 and over", "Not known"};
enum { AGE_UNKNOWN = sizeof ages / sizeof *ages - 1 };

const struct trait_row trait_table[TRAITS_N] = {
	[TRAIT_RACE] = {"Race and ethnicity", races, RACES_N},
	[TRAIT_SEX] = {"Sex", sexes, sizeof sexes / sizeof *sexes},
	[TRAIT_AGE] = {"Age of the head", ages, sizeof ages / sizeof *ages},
};

void trait_groups(struct str traits, struct trait_values *out)
{
	int64_t values[CLIENT_TRAITS];
	for (int i = 0; i < CLIENT_TRAITS; i++) {
		struct str one;
		str_cut(traits, CLIENT_SEPARATOR, &one, &traits);
		if (!str_to_i64(one, &values[i]))
			values[i] = 99;
	}
	int said = 0;
	uint8_t race = RACE_UNKNOWN;
	for (int r = 0; r < CLIENT_TRAIT_SEX; r++)
		if (values[r] == 1) {
			race = (uint8_t)r;
			said++;
		}
	out->group[TRAIT_RACE] = said > 1 ? (uint8_t)RACE_SEVERAL : race;
	bool woman = values[CLIENT_TRAIT_WOMAN] == 1;
	bool man = values[CLIENT_TRAIT_MAN] == 1;
	int64_t sex = values[CLIENT_TRAIT_SEX];
	out->group[TRAIT_SEX] = sex == 0 || (sex > 1 && woman && !man)   ? SEX_FEMALE
				: sex == 1 || (sex > 1 && man && !woman) ? SEX_MALE
									 : SEX_UNKNOWN;
}

static uint8_t age_group(struct day birth, struct day as_of)
{
	if (!day_known(birth) || birth.n > as_of.n)
		return AGE_UNKNOWN;
	int age = day_age(birth, as_of);
	return (uint8_t)(age < 18 ? 0 : age < 25 ? 1 : age >= 65 ? 6 : 2 + (age - 25) / 10);
}

static err_t read_traits(struct call *c, struct db *db, struct arena *a, struct arena *room,
			 const struct list_image *image, struct traits *out)
{
	struct db_rows rows;
	struct q_policy_heads head;
	struct trait_values *of = arena_many(a, image->n, struct trait_values);
	TRY(q_policy_heads(db, room, image->version, &rows));
	while (q_policy_heads_next(&rows, &head)) {
		const struct list_row *row = list_image_row(image, head.household_no);
		const struct pii *traits = NULL;
		struct day birth;
		if (row == NULL)
			continue;
		struct arena_mark mark = arena_mark(a);
		struct trait_values *values = &of[row - image->rows];
		TRY(seal_open(a, c->app->keys, client_place(a, "traits", head.client_no), head.traits, &traits));
		trait_groups(pii_reveal(traits), values);
		TRY(app_person_birth(c, a, head.client_no, head.birth, &birth));
		values->group[TRAIT_AGE] = age_group(birth, image->as_of);
		arena_rewind(a, mark);
	}
	TRY(db_rows_end(&rows));
	out->of = of;
	return NULL;
}

err_t policy_traits(struct call *c, struct db *db, struct arena *a, struct arena *room, const struct list_image *image,
		    struct traits *out)
{
	/* Whoever tries a policy sees how many of which group it moves, and small numbers not at all. */
	uint32_t was = db_serve(db, DB_FOR_PROGRAM);
	err_t e = read_traits(c, db, a, room, image, out);
	db_serve(db, was);
	return e;
}
