/* The twelve boxes: how each month of somebody's homelessness is evidenced, and what is still wanted for 12.
 *
 * Third-party evidence, an outreach worker's observation and a person's own word are kept apart and never
 * added up into one number. Sources: 24 CFR 578.3 (12 months without a break, or on 4 or more occasions in three
 * years that add up to 12 months); 24 CFR 578.103(a)(4), as the final rule on chronic homelessness has it (80 FR 75791,
 * 4 December 2015), and HUD's answers to it (CoC FAQ 2755 of April 2016; 1907 of March 2015): evidence in the order
 * third-party, observation, own word; one encounter on one day covers its month; at least 9 of the 12 months by HMIS
 * records, referrals of others or what outreach workers observed, at most 3 by the person's own word; breaks between
 * occasions may rest on that word alone. A project may take its own word for more than 3 months of at most one in four
 * of the households that it assists in a year, where nothing else can be had, with what was tried written down. Whether
 * a household may be one of these is no question of arithmetic, so the boxes here are counted by the stricter rule, and
 * what comes out is guidance: "verified" stays a person's act.
 *
 *     struct evidence_months m = {0};
 *     evidence_add(&m, evidence_of_project(PROJECT_OUTREACH), mask);
 *     struct evidence_way row = evidence_in_a_row(&m);
 *     if (row.possible && row.missing == 0) …                 the boxes are full
 */
#ifndef DOMAIN_EVIDENCE_H
#define DOMAIN_EVIDENCE_H

#include "base/day.h"
#include "base/err.h"

enum { EVIDENCE_MONTHS = 36, EVIDENCE_BOXES = 12, EVIDENCE_OCCASIONS = 4, EVIDENCE_OWN_WORD = 3 };

/* Word for the database and forms, and for people. The better evidence has the higher number. */
#define EVIDENCES(X)                                                                                                   \
	X(EVIDENCE_BLANK, "blank", "Nothing yet")                                                                      \
	X(EVIDENCE_SELF, "self", "Own word")                                                                           \
	X(EVIDENCE_OBSERVED, "observed", "Observed by outreach")                                                       \
	X(EVIDENCE_THIRD, "third", "Third-party")                                                                      \
	X(EVIDENCE_BROKEN, "broken", "7 or more nights elsewhere")

enum evidence {
#define X(name, word, say) name,
	EVIDENCES(X)
#undef X
		EVIDENCES_N
};
const char *evidence_word(enum evidence e);
const char *evidence_say(enum evidence e);

/* The kinds of which a paper can be, EVIDENCE_SELF to EVIDENCE_THIRD; false for any other word. */
bool evidence_parse(struct str word, enum evidence *out);

/* Months by kind: bit k is the k-th month before the latest; 36 count. A month may be in several. */
struct evidence_months {
	uint64_t of[EVIDENCES_N];
};

/* What an encounter recorded by a project of that type is: outreach observes, any other is a third party. */
enum evidence evidence_of_project(int project_type);

void evidence_add(struct evidence_months *m, enum evidence kind, uint64_t months);

/* What a month counts as: broken where a break is known, whatever else is said of it; else by the best. */
enum evidence evidence_of(const struct evidence_months *m, int back);

/* How many of the 36 count as that kind. */
int evidence_count(const struct evidence_months *m, enum evidence kind);

/* The shortest way to 12 months. */
struct evidence_way {
	bool possible;   /* false: known breaks leave no room for it */
	int missing;     /* months to be documented yet; 0: the boxes are full */
	int own_word;    /* of these, so many may rest on the person's own word */
	uint64_t months; /* which; where there is a choice, the latest. A month on own word past the third is among them
			  */
};

/* 12 months one after the other in the 36. */
struct evidence_way evidence_in_a_row(const struct evidence_months *m);

/* 12 months on 4 occasions. (ours) A month without evidence ends an occasion, as months in 36 counts them
 * (standing.h); that there were 7 nights elsewhere between two occasions may rest on the person's own word. */
struct evidence_way evidence_on_occasions(const struct evidence_months *m);

/* "March 2026", and "2026-03" and back. */
struct str evidence_month_say(struct arena *a, int32_t month);
struct str evidence_month_text(struct arena *a, int32_t month);
bool evidence_month_parse(struct str text, int32_t *month);

/* A paper that is about to be recorded, for the months from first to last. */
struct evidence_paper_new {
	enum evidence kind;
	int32_t first;
	int32_t last;
	bool signed_by; /* somebody is named who gave it */
	struct day dated;
};

/* ERR_INVALID with one sentence about what is wrong with it. */
must err_t evidence_check(struct arena *a, const struct evidence_paper_new *p, struct day today);

#endif
