#include "domain/standing.h"

/* An HMIS yes-or-no field: 0, 1, 8 and 9 (not known, not told), anything else missing. */
static enum answer answer_of(int code)
{
	switch (code) {
	case 0:
		return ANSWER_NO;
	case 1:
		return ANSWER_YES;
	case 8:
	case 9:
		return ANSWER_REFUSED;
	default:
		return ANSWER_MISSING;
	}
}

/* A year without a break, or four times that add up to one. */
static enum answer time_test(const struct chronic_facts *f)
{
	if (day_known(f->to_street) && day_diff(f->to_street, f->entry) >= 365)
		return ANSWER_YES;
	if (f->times >= 1 && f->times <= 3)
		return ANSWER_NO;
	if (f->times != 4)
		return f->times == 8 || f->times == 9 ? ANSWER_REFUSED : ANSWER_MISSING;
	if (f->months == 112 || f->months == 113)
		return ANSWER_YES;
	if (f->months >= 101 && f->months <= 111)
		return ANSWER_NO;
	return f->months == 8 || f->months == 9 ? ANSWER_REFUSED : ANSWER_MISSING;
}

enum answer chronic_at_entry(const struct chronic_facts *f)
{
	enum answer disabled = f->impaired ? ANSWER_YES : answer_of(f->disabling);
	if (disabled != ANSWER_YES)
		return disabled;
	bool street = f->project_type == PROJECT_SHELTER || f->project_type == PROJECT_NIGHT_SHELTER ||
		      f->project_type == PROJECT_OUTREACH || f->project_type == PROJECT_SAFE_HAVEN;
	if (street || (f->living >= 100 && f->living <= 199))
		return time_test(f);
	if (f->living < 100 && f->living != SITUATION_CODE_OTHER)
		return f->living == 8 || f->living == 9 ? ANSWER_REFUSED : ANSWER_MISSING;
	enum answer brief = answer_of(f->under_limit);
	if (brief != ANSWER_YES)
		return brief;
	enum answer before = answer_of(f->from_street);
	return before == ANSWER_YES ? time_test(f) : before;
}

enum answer chronic_in_household(const struct chronic_member *m, size_t n, size_t head, size_t who, bool at_entry)
{
	for (size_t i = 0; i < n; i++) {
		bool counts = at_entry ? m[i].entry.n == m[head].entry.n : i == head || m[i].adult;
		if (m[i].own == ANSWER_YES && counts)
			return ANSWER_YES;
	}
	bool unknown = m[who].own > ANSWER_YES || m[head].own > ANSWER_YES;
	return !m[who].adult && unknown ? m[head].own : m[who].own;
}

const char *chronic_say(enum chronic c)
{
	static const char *const say[] = {
		[CHRONIC_VERIFIED] = "verified",
		[CHRONIC_LIKELY] = "likely",
		[CHRONIC_UNKNOWN] = "unknown",
		[CHRONIC_NOT] = "not",
	};
	return say[c];
}

const char *answer_say(enum answer a)
{
	static const char *const say[] = {
		[ANSWER_NO] = "no",
		[ANSWER_YES] = "yes",
		[ANSWER_REFUSED] = "don't know",
		[ANSWER_MISSING] = "missing",
	};
	return say[a];
}

struct chronic_facts chronic_facts_of(const struct roster *r, const struct roster_stay *s)
{
	return (struct chronic_facts){
		.project_type = roster_type(r, s),
		.disabling = s->disabling,
		.impaired = (s->bits & STAY_IMPAIRED) != 0,
		.living = s->living,
		.under_limit = s->under_limit,
		.from_street = s->from_street,
		.times = s->times,
		.months = s->months_said,
		.entry = s->entry,
		.to_street = s->to_street,
	};
}

uint32_t chronic_entry_latest(const struct roster *r, uint32_t person)
{
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = end; k > first; k--) {
		int type = roster_type(r, &r->stays[r->order[k - 1]]);
		if (type_is_homeless(type) || type_is_permanent(type))
			return r->order[k - 1];
	}
	return ROSTER_NONE;
}

/* Chronic at the stay's entry, were the person disabled. */
static enum answer time_at_entry(const struct roster *r, const struct roster_stay *s)
{
	struct chronic_facts f = chronic_facts_of(r, s);
	f.impaired = true;
	return chronic_at_entry(&f);
}

enum answer chronic_disability(const struct roster *r, uint32_t person)
{
	uint32_t first;
	uint32_t end;
	if (r->people[person].bits & PERSON_DISABLED)
		return ANSWER_YES;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = end; k > first; k--) {
		const struct roster_stay *s = &r->stays[r->order[k - 1]];
		enum answer own = s->bits & STAY_IMPAIRED ? ANSWER_YES : answer_of(s->disabling);
		if (own <= ANSWER_YES)
			return own;
	}
	return ANSWER_MISSING;
}

enum chronic chronic_now(const struct roster *r, uint32_t person, const struct standing_months *m)
{
	if (r->people[person].bits & PERSON_VERIFIED)
		return CHRONIC_VERIFIED;
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	enum answer disabled = chronic_disability(r, person);
	const struct roster_stay *asked = NULL; /* the newest stay in which the time questions have answers */
	for (uint32_t k = end; k > first; k--) {
		const struct roster_stay *s = &r->stays[r->order[k - 1]];
		if (asked == NULL && (day_known(s->to_street) || (s->times >= 1 && s->times <= 4)))
			asked = s;
	}
	if (disabled == ANSWER_NO)
		return CHRONIC_NOT;
	enum { YEAR = 12, OCCASIONS = 4 };
	enum answer said = asked == NULL ? ANSWER_MISSING : time_at_entry(r, asked);
	bool often = m->occasions >= OCCASIONS || (asked != NULL && asked->times == OCCASIONS);
	if (said == ANSWER_YES || m->longest >= YEAR || (m->count >= YEAR && often))
		return disabled == ANSWER_YES ? CHRONIC_LIKELY : CHRONIC_UNKNOWN;
	return said == ANSWER_NO ? CHRONIC_NOT : CHRONIC_UNKNOWN;
}
