/* What a row of the list warns about: one table. A flag never changes a place by itself. */
#ifndef DOMAIN_FLAG_H
#define DOMAIN_FLAG_H

#include <stdint.h>

/* Name, word for files, what is wrong in a sentence, who can mend it. At most 32. */
#define FLAGS(X)                                                                                                       \
	X(FLAG_NO_HEAD, "no_head", "Nobody is recorded as head of household; the oldest member stands in.",            \
	  "the agency of the latest enrollment")                                                                       \
	X(FLAG_SEVERAL_HEADS, "several_heads",                                                                         \
	  "More than one head of household is recorded; the oldest member stands in.",                                 \
	  "the agency of the latest enrollment")                                                                       \
	X(FLAG_NO_REGION, "no_region", "No region: neither the household nor its project is assigned to one.",         \
	  "the list holder")                                                                                           \
	X(FLAG_NO_SCORE, "no_score", "No score: the household is ranked in the middle band.", "the assessing agency")  \
	X(FLAG_OLD_SCORE, "old_score", "The score is over a year old: the household is ranked in the middle band.",    \
	  "the assessing agency")                                                                                      \
	X(FLAG_CHRONIC_UNKNOWN, "chronic_unknown", "Answers are missing to tell whether homelessness is chronic.",     \
	  "the agency in contact")                                                                                     \
	X(FLAG_MOVE_IN, "move_in", "A move-in date lies outside its stay and is disregarded.", "the housing project")  \
	X(FLAG_MISSED_MOVE_IN, "missed_move_in",                                                                       \
	  "Long enrolled in permanent housing without a move-in date: perhaps it was not recorded.",                   \
	  "the housing project")                                                                                       \
	X(FLAG_FUTURE_EXIT, "future_exit", "An exit is dated in the future; the stay counts as open.",                 \
	  "the agency of the enrollment")                                                                              \
	X(FLAG_BIRTH, "birth", "The birth date is after an entry; the age counts as unknown.",                         \
	  "any agency that serves them")                                                                               \
	X(FLAG_AGE_UNKNOWN, "age_unknown", "A birth date is missing; the household type may be wrong.",                \
	  "any agency that serves them")                                                                               \
	X(FLAG_CONTACT_OVERDUE, "contact_overdue", "Nobody has been in contact for longer than the limit.",            \
	  "the agency in contact")                                                                                     \
	X(FLAG_INSTITUTION, "institution", "In an institution: place and status are kept for 90 days.",                \
	  "the agency in contact")                                                                                     \
	X(FLAG_PLACEMENT_LOST, "placement_lost", "Back from housing within 90 days: the old list start stands.",       \
	  "the list holder")                                                                                           \
	X(FLAG_AFTER_DEATH, "after_death", "Seen after a recorded death: one of the two is wrong.", "the list holder") \
	X(FLAG_SPLIT, "split", "Separated from an earlier household; the older list start is kept.",                   \
	  "the list holder")                                                                                           \
	X(FLAG_GONE, "gone", "Absent from the newest export: still here, moved away, or ended? A person decides.",     \
	  "the list holder")

enum flag_number {
#define X(name, word, say, who) name##_NUMBER,
	FLAGS(X)
#undef X
		FLAGS_N
};

enum flag {
#define X(name, word, say, who) name = 1 << name##_NUMBER,
	FLAGS(X)
#undef X
};

struct flag_row {
	enum flag flag;
	const char *word;
	const char *say;
	const char *who;
};
extern const struct flag_row flag_table[FLAGS_N];

#endif
