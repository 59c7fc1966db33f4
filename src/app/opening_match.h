/* Openings beside the list: whom each is for, condition by condition, and the list in the order of its kind. Private to
 * src/app.
 *
 *     struct match_set set = {0};
 *     err_t e = match_set_take(c, db, a, list, region_id, &set);
 *     … match_failing(&set, o, match_row(&set, o, household_no)) == 0: it fits …
 *     match_set_give(c, &set);
 */
#ifndef APP_OPENING_MATCH_H
#define APP_OPENING_MATCH_H

#include "app/list_facts.h"
#include "app/opening.h"
#include "domain/filter.h"

/* A rule, condition by condition. */
struct match_rule {
	struct filter *whole;
	struct filter *terms; /* one condition each */
	size_t n;             /* FILTER_TERMS_MAX at most, so that a bit stands for each */
};
must err_t match_rule_read(struct arena *a, const struct filter_names *names, struct str text, struct match_rule *out);

/* The conditions that do not hold of a household, as bits; 0: it fits. */
uint64_t match_rule_failing(const struct match_rule *rule, const struct list_facts *facts, const struct list_row *row);

/* The papers (1 << enum document_kind) that the conditions want; 0 where one of them is something else, which nobody
 * can fetch. */
unsigned match_rule_papers(const struct match_rule *rule, uint64_t bits);

/* Those conditions in words, "; " between. */
struct str match_rule_say(struct arena *a, const struct match_rule *rule, uint64_t bits);

/* The openings of a region that have not ended. */
struct match_set {
	struct opening_row *openings; /* the soonest first */
	size_t n;
	struct match_rule *rules;                 /* by opening */
	struct list_image *image[POLICY_KINDS_N]; /* in the order of that kind; NULL: no opening is of it */
	struct list_facts facts[POLICY_KINDS_N];  /* what the rules of that kind ask */
};

/* `list` is today's picture. What was taken is to be given back, also where taking failed. Inside a transaction that
 * reads. */
must err_t match_set_take(struct call *c, struct db *db, struct arena *a, const struct list_image *list,
			  struct str region_id, struct match_set *set);
void match_set_give(struct call *c, struct match_set *set);

/* The household in the order of the opening's kind; NULL: openings of that kind are not for it. */
const struct list_row *match_row(const struct match_set *set, size_t opening, int64_t household_no);

/* The last day until which a home of the kind whose picture this is may be held for a paper. */
struct day match_hold_most(const struct list_image *image, struct day today);

static inline uint64_t match_failing(const struct match_set *set, size_t opening, const struct list_row *row)
{
	return match_rule_failing(&set->rules[opening], &set->facts[set->openings[opening].kind], row);
}

#endif
