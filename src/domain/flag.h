/* What a row of the list warns about: one table. A flag never changes a place by itself. */
#ifndef DOMAIN_FLAG_H
#define DOMAIN_FLAG_H

#include <stdint.h>

/* Which facts a flag comes from. A person may confirm that they are right as they are (domain/quality.h), and the flag
 * is silent until they change; FACTS_NONE: it is not theirs to confirm, or only a newer fact answers it. */
enum flag_facts { FACTS_NONE, FACTS_ENTRY, FACTS_EXIT, FACTS_STAYS, FACTS_STATUS };

/* Name, word for files, what is wrong in a sentence, who can mend it, the facts it comes from. A row holds them in 64
 * bits, the database in a whole number with a sign: at most 62. New ones go to the end. */
#define FLAGS(X)                                                                                                       \
	X(FLAG_NO_HEAD, "no_head", "Nobody is recorded as head of household; the oldest member stands in.",            \
	  "the agency of the latest enrollment", FACTS_NONE)                                                           \
	X(FLAG_SEVERAL_HEADS, "several_heads",                                                                         \
	  "More than one head of household is recorded; the oldest member stands in.",                                 \
	  "the agency of the latest enrollment", FACTS_NONE)                                                           \
	X(FLAG_NO_REGION, "no_region", "No region: neither the household nor its project is assigned to one.",         \
	  "the list holder", FACTS_NONE)                                                                               \
	X(FLAG_NO_SCORE, "no_score", "No score: the household is ranked in the middle band.", "the assessing agency",  \
	  FACTS_NONE)                                                                                                  \
	X(FLAG_OLD_SCORE, "old_score", "The score is over a year old: the household is ranked in the middle band.",    \
	  "the assessing agency", FACTS_NONE)                                                                          \
	X(FLAG_CHRONIC_UNKNOWN, "chronic_unknown", "Answers are missing to tell whether homelessness is chronic.",     \
	  "the agency in contact", FACTS_NONE)                                                                         \
	X(FLAG_MOVE_IN, "move_in", "A move-in date lies outside its stay and is disregarded.", "the housing project",  \
	  FACTS_NONE)                                                                                                  \
	X(FLAG_MISSED_MOVE_IN, "missed_move_in",                                                                       \
	  "Long enrolled in permanent housing without a move-in date: perhaps it was not recorded.",                   \
	  "the housing project", FACTS_STAYS)                                                                          \
	X(FLAG_FUTURE_EXIT, "future_exit", "An exit is dated in the future; the stay counts as open.",                 \
	  "the agency of the enrollment", FACTS_NONE)                                                                  \
	X(FLAG_BIRTH, "birth", "The birth date is after an entry; the age counts as unknown.",                         \
	  "any agency that serves them", FACTS_NONE)                                                                   \
	X(FLAG_AGE_UNKNOWN, "age_unknown", "A birth date is missing; the household type may be wrong.",                \
	  "any agency that serves them", FACTS_NONE)                                                                   \
	X(FLAG_CONTACT_OVERDUE, "contact_overdue", "Nobody has been in contact for longer than the limit.",            \
	  "the agency in contact", FACTS_NONE)                                                                         \
	X(FLAG_INSTITUTION, "institution", "In an institution: place and status are kept for 90 days.",                \
	  "the agency in contact", FACTS_NONE)                                                                         \
	X(FLAG_PLACEMENT_LOST, "placement_lost", "Back from housing within 90 days: the old list start stands.",       \
	  "the list holder", FACTS_NONE)                                                                               \
	X(FLAG_AFTER_DEATH, "after_death", "Seen after a recorded death: one of the two is wrong.", "the list holder", \
	  FACTS_NONE)                                                                                                  \
	X(FLAG_SPLIT, "split", "Separated from an earlier household; the older list start is kept.",                   \
	  "the list holder", FACTS_NONE)                                                                               \
	X(FLAG_GONE, "gone", "Absent from the newest export: still here, moved away, or ended? A person decides.",     \
	  "the list holder", FACTS_NONE)                                                                               \
	X(FLAG_PRIOR, "prior",                                                                                         \
	  "Where they stayed before the latest entry, or whether they came there from the street, is not known.",      \
	  "the agency of the latest enrollment", FACTS_ENTRY)                                                          \
	X(FLAG_LENGTH, "length_of_stay",                                                                               \
	  "How long they had stayed where they were before the latest entry is not known.",                            \
	  "the agency of the latest enrollment", FACTS_ENTRY)                                                          \
	X(FLAG_STREET_DATE, "street_date",                                                                             \
	  "The day this homelessness began is missing, or lies after the latest entry.",                               \
	  "the agency of the latest enrollment", FACTS_ENTRY)                                                          \
	X(FLAG_TIMES, "times_homeless",                                                                                \
	  "How often or how many months they were homeless in three years is not known.",                              \
	  "the agency of the latest enrollment", FACTS_ENTRY)                                                          \
	X(FLAG_DISABILITY, "disability", "Whether there is a disabling condition is not known.",                       \
	  "the agency of the latest enrollment", FACTS_ENTRY)                                                          \
	X(FLAG_DESTINATION, "destination", "The latest exit does not say where they went.",                            \
	  "the agency of that enrollment", FACTS_EXIT)                                                                 \
	X(FLAG_FUTURE_ENTRY, "future_entry", "An entry is dated in the future; the stay does not count yet.",          \
	  "the agency of that enrollment", FACTS_NONE)                                                                 \
	X(FLAG_TWICE, "twice", "The same project has two enrollments from the same day.",                              \
	  "the agency of that enrollment", FACTS_STAYS)                                                                \
	X(FLAG_OVERLAP, "overlap",                                                                                     \
	  "Two stays under a roof, or one and a home, cover the same nights of the last two months.",                  \
	  "the agencies of both stays", FACTS_STAYS)                                                                   \
	X(FLAG_OLD_SITUATION, "old_situation",                                                                         \
	  "In outreach or coordinated entry, and nobody has recorded for long where they stay.",                       \
	  "the agency in contact", FACTS_NONE)                                                                         \
	X(FLAG_OLD_NIGHT, "old_night",                                                                                 \
	  "Enrolled in a night-by-night shelter without a night for long: perhaps an exit was not recorded.",          \
	  "the shelter", FACTS_NONE)                                                                                   \
	X(FLAG_LONG_STAY, "long_stay",                                                                                 \
	  "Very long in one shelter or transitional project: perhaps an exit was not recorded.",                       \
	  "the agency of that enrollment", FACTS_STAYS)                                                                \
	X(FLAG_CODED, "coded", "Listed by a victim service provider by a code; its bands are attested.",               \
	  "the victim service provider", FACTS_NONE)                                                                   \
	X(FLAG_STALE, "stale_status",                                                                                  \
	  "For longer than the limit neither the status changed nor was anybody in contact: does it still hold?",      \
	  "the list holder", FACTS_STATUS)

enum flag_number {
#define X(name, word, say, who, facts) name##_NUMBER,
	FLAGS(X)
#undef X
		FLAGS_N
};

enum flag {
#define X(name, word, say, who, facts) name = (int64_t)1 << name##_NUMBER,
	FLAGS(X)
#undef X
};
_Static_assert(FLAGS_N <= 62, "flags are kept in a whole number of 64 bits with a sign");

struct flag_row {
	enum flag flag;
	const char *word;
	const char *say;
	const char *who;
	enum flag_facts facts;
};
extern const struct flag_row flag_table[FLAGS_N];

/* The row with the word, or NULL. */
const struct flag_row *flag_by_word(const char *word);

#endif
