#include "hmis/demo_plants.h"

/* Places in the thousand: 20, 61, 102 …, so that the smallest world has some of each. */
enum { THOUSAND = 1000, PLACE_FIRST = 20, PLACE_STEP = 41 };

const struct demo_plant_info demo_plants[PLANT_COUNT] = {
#define X(name, file, rows, what) [name] = {DEMO_FILE_##file, rows, what},
	DEMO_PLANTS(X)
#undef X
};

static int64_t place_of(enum demo_plant plant)
{
	return PLACE_FIRST + PLACE_STEP * ((int64_t)plant - 1);
}

enum demo_plant demo_plant_of(int64_t household)
{
	int64_t past = household % THOUSAND - PLACE_FIRST;
	if (past < 0 || past % PLACE_STEP != 0 || past / PLACE_STEP >= PLANT_COUNT - 1)
		return PLANT_NONE;
	return (enum demo_plant)(past / PLACE_STEP + 1);
}

int64_t demo_plant_count(enum demo_plant plant, int64_t n)
{
	return n / THOUSAND + (n % THOUSAND > place_of(plant) ? 1 : 0);
}
