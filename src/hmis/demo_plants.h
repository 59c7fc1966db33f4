/* The errors that real exports have, planted where a test can count them.
 *
 * Every kind is planted in one household of each thousand, always at the same place of the thousand.
 * Such a household has a plain, fixed history (coordinated entry, a shelter stay, rapid rehousing), so
 * that nothing else is wrong with it and its rows can be counted: `rows` per household and kind.
 */
#ifndef HMIS_DEMO_PLANTS_H
#define HMIS_DEMO_PLANTS_H

#include <stdint.h>

#include "hmis/demo_columns.h"

/* name, file that shows it, rows of that file per household, what is wrong */
#define DEMO_PLANTS(X)                                                                                                 \
	X(PLANT_NO_HEAD, Enrollment, 1, "a stay in which nobody is the head of household")                             \
	X(PLANT_TWO_HEADS, Enrollment, 2, "a stay with two heads of household")                                        \
	X(PLANT_EARLY_MOVE_IN, Enrollment, 1, "a move-in date before the entry")                                       \
	X(PLANT_LATE_MOVE_IN, Enrollment, 1, "a move-in date after the exit")                                          \
	X(PLANT_FUTURE_EXIT, Exit, 1, "an exit 40 days after the export")                                              \
	X(PLANT_LATE_BIRTH, Client, 1, "a birth date after the first entry")                                           \
	X(PLANT_NO_START, Enrollment, 1, "a shelter stay without the approximate start of homelessness")               \
	X(PLANT_LEGACY_CODE, Enrollment, 1, "the prior living situation 16, a code of before 2023")                    \
	X(PLANT_LOST_EXIT, Exit, 1, "an exit for an enrollment that is not in the export")                             \
	X(PLANT_TWICE, Client, 2, "a client written twice under one key, the second row newer")                        \
	X(PLANT_31_FEBRUARY, CurrentLivingSituation, 1, "a current living situation of 31 February")                   \
	X(PLANT_LONG_ID, Enrollment, 1, "an enrollment whose id has 33 characters")                                    \
	X(PLANT_LINE_BREAK, CurrentLivingSituation, 1, "a quoted text with a line break, quotes and commas")           \
	X(PLANT_DELETED, Enrollment, 1, "an enrollment with DateDeleted")                                              \
	X(PLANT_NO_ENTRY, Enrollment, 1, "an enrollment without EntryDate")                                            \
	X(PLANT_WORDY_SCORE, AssessmentResults, 1, "a score that is a word")                                           \
	X(PLANT_OVERLAP, Enrollment, 1, "a second shelter stay inside the first")

enum demo_plant {
	PLANT_NONE,
#define X(name, file, rows, what) name,
	DEMO_PLANTS(X)
#undef X
		PLANT_COUNT
};

struct demo_plant_info {
	enum demo_file file;
	int rows;
	const char *what;
};
extern const struct demo_plant_info demo_plants[PLANT_COUNT]; /* [PLANT_NONE] is empty */

/* What is planted in a household. */
enum demo_plant demo_plant_of(int64_t household);

/* In how many of the households 0 to n − 1 the kind is planted. */
int64_t demo_plant_count(enum demo_plant plant, int64_t n);

#endif
