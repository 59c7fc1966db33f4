/* What would change a place: one fact at a time is made otherwise, and the order is worked out anew. */
#include "domain/priority.h"

#include <limits.h>

/* How far away a change is. What takes an appointment is nearer than what takes months, and where
 * somebody sleeps or when they came is nothing to work on, so it is named last. */
enum { FAR_ASSESSMENT = 1, FAR_MONTH = 1, FAR_AGREEMENT = 4, FAR_EVIDENCE = 5, FAR_STAYING = 100, FAR_START = 200 };

struct change {
	int far;
	struct str say;
};

struct trying {
	struct arena *arena;
	const struct priority_policy *p;
	struct day as_of;
	const struct priority_facts *self;
	uint64_t before; /* its order */
	struct change nearest;
};

/* Whether the household would come first with these facts. */
static bool passes(const struct trying *t, struct priority_facts *f)
{
	priority_judge(t->p, t->as_of, f);
	return priority_order(t->p, f) < t->before;
}

static bool nearer(const struct trying *t, int far)
{
	return far < t->nearest.far;
}

static void keep(struct trying *t, int far, struct str say)
{
	t->nearest = (struct change){far, say};
}

static void try_months(struct trying *t)
{
	for (int more = 1; t->self->months + more <= STANDING_MONTHS && nearer(t, more * FAR_MONTH); more++) {
		struct priority_facts f = *t->self;
		f.months += more;
		if (passes(t, &f))
			keep(t, more * FAR_MONTH,
			     more == 1 ? S("One more documented month")
				       : str_fmt(t->arena, "%d more documented months", more));
	}
}

/* A score of today, from the lowest of the tool up. */
static void try_score(struct trying *t)
{
	const struct priority_facts *self = t->self;
	char day[DAY_SAY];
	for (int score = self->counts ? self->score + 1 : 0; score <= PRIORITY_SCORE_MOST; score++) {
		struct priority_facts f = *self;
		f.score = (int16_t)score;
		f.scored = t->as_of;
		if (self->score == SCORE_NONE && t->p->tools_n > 0)
			f.tool = t->p->tools[0].digest;
		if (!passes(t, &f))
			continue;
		struct str say = str_fmt(t->arena, "A score of %d or more", score);
		if (self->score == SCORE_NONE)
			say = str_fmt(t->arena, "%.*s, where there is none", STR_ARG(say));
		else if (self->counts)
			say = str_fmt(t->arena, "%.*s instead of %d", STR_ARG(say), self->score);
		else
			say = str_fmt(t->arena, "%.*s instead of %d, assessed on %s and not counted", STR_ARG(say),
				      self->score, day_say_date(self->scored, day));
		/* Nobody's need grows because it is asked again; what is missing or too old is to be asked. */
		int far = self->counts ? FAR_EVIDENCE + 1 : FAR_ASSESSMENT;
		if (nearer(t, far))
			keep(t, far, say);
		return;
	}
}

static void try_chronic(struct trying *t)
{
	static const struct {
		enum chronic to;
		const char *say;
	} steps[] = {
		{CHRONIC_LIKELY, "Facts that make chronic homelessness likely"},
		{CHRONIC_VERIFIED, "Chronic homelessness verified with evidence"},
	};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct priority_facts f = *t->self;
		int far = FAR_EVIDENCE + (int)i;
		if (steps[i].to >= f.chronic)
			continue;
		f.chronic = steps[i].to;
		if (nearer(t, far) && passes(t, &f))
			keep(t, far, str_from(steps[i].say));
	}
}

static void try_raised(struct trying *t)
{
	struct priority_facts f = *t->self;
	f.raised = true;
	if (t->p->raise_days > 0 && nearer(t, FAR_AGREEMENT) && passes(t, &f))
		keep(t, FAR_AGREEMENT, S("An adjustment agreed by two agencies"));
}

static void try_nominated(struct trying *t)
{
	struct priority_facts f = *t->self;
	f.nominated = true;
	if (t->p->nominate_days > 0 && nearer(t, FAR_AGREEMENT) && passes(t, &f))
		keep(t, FAR_AGREEMENT, S("A nomination that the group agrees to"));
}

static void try_staying(struct trying *t)
{
	for (int s = SITUATION_UNKNOWN + 1; s <= SITUATION_HOUSED; s++) {
		struct priority_facts f = *t->self;
		f.situation = (enum situation)s;
		if (!nearer(t, FAR_STAYING) || !passes(t, &f))
			continue;
		keep(t, FAR_STAYING,
		     t->self->situation == SITUATION_UNKNOWN
			     ? str_fmt(t->arena, "Knowing where they stay (\"%s\")", situation_say((enum situation)s))
			     : str_fmt(t->arena, "Another place to stay (\"%s\" instead of \"%s\")",
				       situation_say((enum situation)s), situation_say(t->self->situation)));
	}
}

/* Only a correction of the record can move a list start, so one day past the other's is named. */
static void try_start(struct trying *t, const struct priority_facts *before)
{
	const struct priority_use *use = priority_use_of(t->p, PRIORITY_START);
	struct priority_facts f = *t->self;
	char day[DAY_SAY];
	if (use == NULL || !day_known(before->start))
		return;
	f.start = day_add(before->start, use->reverse ? 1 : -1);
	if (nearer(t, FAR_START) && passes(t, &f))
		keep(t, FAR_START,
		     str_fmt(t->arena, "A list start of %s or %s", day_say_date(f.start, day),
			     use->reverse ? "later" : "earlier"));
}

struct str priority_change(struct arena *a, const struct priority_policy *p, struct day as_of,
			   const struct priority_facts *self, const struct priority_facts *before)
{
	struct trying t = {
		.arena = a,
		.p = p,
		.as_of = as_of,
		.self = self,
		.before = priority_order(p, before),
		.nearest = {INT_MAX, {0}},
	};
	try_months(&t);
	try_score(&t);
	try_chronic(&t);
	try_raised(&t);
	try_nominated(&t);
	try_staying(&t);
	try_start(&t, before);
	if (t.nearest.say.n == 0)
		return S("No single fact would put it before the one before.");
	return str_fmt(a, "%.*s would put it before the one before.", STR_ARG(t.nearest.say));
}
