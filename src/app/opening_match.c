#include "app/opening_match.h"

#include "app/list_names.h"
#include "app/list_opening.h"
#include "domain/document.h"

err_t match_rule_read(struct arena *a, const struct filter_names *names, struct str text, struct match_rule *out)
{
	TRY(filter_parse(a, text, names, &out->whole));
	out->n = out->whole->terms_n;
	out->terms = arena_many(a, out->n, struct filter);
	for (size_t i = 0; i < out->n; i++)
		out->terms[i] = (struct filter){.terms = &out->whole->terms[i], .terms_n = 1};
	return NULL;
}

uint64_t match_rule_failing(const struct match_rule *rule, const struct list_facts *facts, const struct list_row *row)
{
	uint64_t bits = 0;
	for (size_t i = 0; i < rule->n; i++)
		if (!list_row_passes(facts, &rule->terms[i], row))
			bits |= UINT64_C(1) << i;
	return bits;
}

unsigned match_rule_papers(const struct match_rule *rule, uint64_t bits)
{
	unsigned papers = 0;
	for (size_t i = 0; i < rule->n; i++) {
		const struct filter_term *term = &rule->whole->terms[i];
		if (!(bits >> i & 1))
			continue;
		if (term->key == FILTER_MISSING && term->turned)
			papers |= (unsigned)term->set;
		else if (term->key == FILTER_READY && !term->turned)
			papers |= (1U << DOCUMENTS_N) - 1;
		else
			return 0;
	}
	return papers;
}

struct str match_rule_say(struct arena *a, const struct match_rule *rule, uint64_t bits)
{
	struct buf b = buf_new(a, FILTER_TEXT_MAX * 2);
	for (size_t i = 0; i < rule->n; i++) {
		if (!(bits >> i & 1))
			continue;
		if (b.n > 0)
			buf_lit(&b, "; ");
		buf_str(&b, filter_say(a, &rule->terms[i]));
	}
	return buf_text(&b);
}

err_t match_set_take(struct call *c, struct db *db, struct arena *a, const struct list_image *list,
		     struct str region_id, struct match_set *set)
{
	uint64_t keys[POLICY_KINDS_N] = {0};
	struct filter_names names;
	*set = (struct match_set){0};
	TRY(openings_open(c, db, a, region_id, &set->openings, &set->n));
	TRY(list_names(db, a, list, &names));
	set->rules = arena_many(a, set->n, struct match_rule);
	for (size_t o = 0; o < set->n; o++) {
		TRY(match_rule_read(a, &names, set->openings[o].rule, &set->rules[o]));
		enum policy_kind kind = set->openings[o].kind;
		keys[kind] |= filter_keys(set->rules[o].whole);
		if (set->image[kind] == NULL)
			TRY(list_opening_of(c, db, a, list, c->today, kind, &set->image[kind]));
	}
	for (int kind = 0; kind < POLICY_KINDS_N; kind++) {
		if (set->image[kind] == NULL)
			continue;
		set->facts[kind] = (struct list_facts){.image = set->image[kind], .today = c->today};
		TRY(list_facts_load(c, db, a, keys[kind], &set->facts[kind]));
	}
	return NULL;
}

void match_set_give(struct call *c, struct match_set *set)
{
	for (int kind = 0; kind < POLICY_KINDS_N; kind++) {
		if (set->image[kind] == NULL)
			continue;
		list_facts_give(c, &set->facts[kind]);
		list_image_give(c->app->lists, &set->image[kind]);
	}
}

const struct list_row *match_row(const struct match_set *set, size_t opening, int64_t household_no)
{
	return list_image_row(set->image[set->openings[opening].kind], household_no);
}

struct day match_hold_most(const struct list_image *image, struct day today)
{
	int days = image->policy.hold_days;
	return day_add(today, days > 0 ? days : OPENING_PAPER_DAYS);
}
