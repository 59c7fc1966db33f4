#include "app/roster_paper.h"

#include "domain/evidence.h"

err_t roster_papers_load(struct db *db, struct arena *a, struct day as_of, struct roster_papers *out)
{
	struct roster_papers p;
	TRY(q_evidence_standing(db, a, &p.months, &p.months_n));
	TRY(q_disability_standing(db, a, as_of, &p.disabled, &p.disabled_n));
	*out = p;
	return NULL;
}

static size_t first_months(const struct roster_papers *p, int64_t client)
{
	size_t low = 0;
	size_t high = p->months_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (p->months[mid].client_no < client)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_disabled(const struct roster_papers *p, int64_t client)
{
	size_t low = 0;
	size_t high = p->disabled_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (p->disabled[mid].client_no < client)
			low = mid + 1;
		else
			high = mid;
	}
	return low < p->disabled_n && p->disabled[low].client_no == client;
}

void roster_papers_tell(const struct roster_papers *p, struct arena *a, struct roster *r, const uint32_t *clients)
{
	struct roster_paper *papers = arena_many(a, p->months_n, struct roster_paper);
	size_t n = 0;
	for (uint32_t i = 0; i < r->people_n && p->months_n > 0; i++)
		for (size_t k = first_months(p, clients[i]); k < p->months_n && p->months[k].client_no == clients[i];
		     k++)
			papers[n++] = roster_paper_of(i, p->months[k].kind, p->months[k].first_month,
						      p->months[k].last_month);
	for (uint32_t i = 0; i < r->people_n && p->disabled_n > 0; i++)
		if (is_disabled(p, clients[i]))
			r->people[i].bits |= PERSON_DISABLED;
	r->papers = papers;
	r->papers_n = n;
}

struct roster_paper roster_paper_of(uint32_t person, struct str kind, int64_t first, int64_t last)
{
	return (struct roster_paper){
		.person = person,
		.first = (int32_t)first,
		.last = (int32_t)last,
		.own_word = str_eq(kind, str_from(evidence_word(EVIDENCE_SELF))),
	};
}
