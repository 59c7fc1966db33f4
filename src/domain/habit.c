#include "domain/habit.h"

#define X(name, key, label, begins) {STR_INIT(key), STR_INIT(label), begins},
const struct habit_row habit_table[HABITS_N] = {HABITS(X)};
#undef X

bool habit_parse(struct str key, enum habit *out)
{
	for (int i = 0; i < HABITS_N; i++) {
		if (str_eq(habit_table[i].key, key)) {
			*out = (enum habit)i;
			return true;
		}
	}
	return false;
}
