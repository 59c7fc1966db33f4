#include "domain/quality.h"

/* Codes of HMIS lists 3.917.2, 3.917.4, 3.917.5 and 3.12.1, FY2024 and FY2026. */
enum {
	CODE_DECLINED_FIRST = 8, /* does not know; prefers not to answer is 9 */
	CODE_DECLINED_LAST = 9,
	SITUATION_CODE_UNABLE = 37, /* the worker could not tell */
	LENGTH_WEEKS = 2,           /* one week or more, less than one month */
	LENGTH_MONTHS = 3,          /* one month or more, less than 90 days */
	LENGTH_NIGHT = 10,
	LENGTH_NIGHTS = 11, /* two to six */
	TIMES_MOST = 4,
	MONTHS_LEAST = 101,
	MONTHS_MOST = 113,
};

/* Nights of which somebody can still say where they were slept. */
enum { NIGHTS_BACK = 64, TRANSITIONAL_YEARS = 2 };

static bool is_unknown(int code)
{
	return code == CODE_MISSING || code == SITUATION_CODE_UNABLE || code == DESTINATION_NO_INTERVIEW ||
	       (code >= CODE_DECLINED_FIRST && code <= CODE_DECLINED_LAST) || code == 0;
}

/* So short a stay in such a place that the homelessness before it goes on: under 90 days in an institution, under
 * seven nights in any other place (3.917B). */
static bool is_break(int living, int length)
{
	bool nights = length == LENGTH_NIGHT || length == LENGTH_NIGHTS;
	bool weeks = length == LENGTH_WEEKS || length == LENGTH_MONTHS;
	return nights || (weeks && situation_is_institution(living));
}

static uint64_t flags_of_answers(const struct roster *r, const struct roster_stay *s)
{
	uint64_t flags = (s->bits & STAY_STREET_LATE) != 0 ? FLAG_STREET_DATE : 0;
	int type = roster_type(r, s);
	bool place_of_homeless = type_is_homeless(type) && type != PROJECT_TRANSITIONAL;
	bool asked = place_of_homeless || situation_is_homeless(s->living);
	if (s->disabling != CODE_NO && s->disabling != CODE_YES)
		flags |= FLAG_DISABILITY;
	if (is_unknown(s->living))
		flags |= FLAG_PRIOR;
	else if (is_unknown(s->los))
		flags |= FLAG_LENGTH;
	else if (!asked && is_break(s->living, s->los)) {
		asked = s->from_street == CODE_YES;
		if (!asked && s->from_street != CODE_NO)
			flags |= FLAG_PRIOR;
	}
	if (!asked)
		return flags;
	if (!day_known(s->to_street))
		flags |= FLAG_STREET_DATE;
	if (s->times < 1 || s->times > TIMES_MOST || s->months_said < MONTHS_LEAST || s->months_said > MONTHS_MOST)
		flags |= FLAG_TIMES;
	return flags;
}

/* What one walk over the stays finds. */
struct walk {
	const struct roster_stay *left;    /* the newest exit */
	const struct roster_stay *entered; /* the newest entry */
	struct day situated;               /* newest day with a living situation, told or at an entry */
	uint64_t nights;                   /* under a roof or after a move-in: bit k is the night k days ago */
	bool told;                         /* a list that is not of an HMIS says for how long they are homeless */
	bool roof, met;                    /* open stays: under a roof; in outreach or coordinated entry */
	uint64_t stays;                    /* sum of what stays are, in whatever order they come */
	uint64_t flags;
};

static uint64_t mix(uint64_t h, int64_t v)
{
	h = (h ^ (uint64_t)v) * 0x9e3779b97f4a7c15U;
	return h ^ h >> 29;
}

/* The bits of the nights from first to before end, as far as they are kept. */
static uint64_t nights_between(const struct roster *r, struct day first, struct day end)
{
	int32_t newest = day_diff(end, r->as_of) + 1;
	int32_t oldest = day_diff(first, r->as_of);
	if (newest < 0)
		newest = 0;
	if (oldest >= NIGHTS_BACK)
		oldest = NIGHTS_BACK - 1;
	if (newest > oldest)
		return 0;
	return (UINT64_MAX >> (NIGHTS_BACK - 1 - (oldest - newest))) << newest;
}

static void walk_nights(const struct roster *r, const struct roster_stay *s, struct walk *w)
{
	int type = roster_type(r, s);
	struct day first = type_is_roof(type) ? s->entry : type_is_permanent(type) ? s->move_in : DAY_NONE;
	if (!day_known(first))
		return;
	uint64_t nights = nights_between(r, first, day_known(s->exit) ? s->exit : day_add(r->as_of, 1));
	if ((w->nights & nights) != 0)
		w->flags |= FLAG_OVERLAP;
	w->nights |= nights;
}

static void walk_open(const struct roster *r, const struct roster_stay *s, struct walk *w)
{
	int type = roster_type(r, s);
	int code;
	struct day seen = s->entry;
	struct day told;
	w->roof |= type_is_roof(type);
	w->met |= type == PROJECT_OUTREACH || type == PROJECT_COORDINATED;
	if (type == PROJECT_NIGHT_SHELTER) {
		if (roster_situation_of(s, &code, &told))
			seen = day_max(seen, told);
		if (day_diff(seen, r->as_of) > r->rules.night_old_days)
			w->flags |= FLAG_OLD_NIGHT;
	}
	bool shelter = type == PROJECT_SHELTER || type == PROJECT_NIGHT_SHELTER || type == PROJECT_SAFE_HAVEN;
	if (shelter && day_diff(s->entry, r->as_of) > r->rules.long_stay_days)
		w->flags |= FLAG_LONG_STAY;
	/* 24 CFR 578.3: transitional housing is for up to 24 months. */
	if (type == PROJECT_TRANSITIONAL && day_add_years(s->entry, TRANSITIONAL_YEARS).n < r->as_of.n)
		w->flags |= FLAG_LONG_STAY;
}

static void walk_stay(const struct roster *r, const struct roster_stay *s, struct walk *w)
{
	int type = roster_type(r, s);
	int code;
	struct day told;
	w->stays += mix(mix(mix(mix((uint64_t)type + 1, s->entry.n), s->exit.n), s->move_in.n), s->destination);
	if (roster_situation_of(s, &code, &told))
		w->situated = day_max(w->situated, told);
	walk_nights(r, s, w);
	w->told |= r->projects[s->project].listed &&
		   (day_known(s->to_street) || (s->months_said >= MONTHS_LEAST && s->months_said <= MONTHS_MOST));
	if (!day_known(s->exit))
		walk_open(r, s, w);
	if (type_is_aside(type))
		return;
	if (!is_unknown(s->living))
		w->situated = day_max(w->situated, s->entry);
	if (w->entered == NULL || s->entry.n >= w->entered->entry.n)
		w->entered = s;
	if (!day_known(s->exit))
		return;
	/* Of one day: the one that says where they went. */
	if (w->left == NULL || s->exit.n > w->left->exit.n ||
	    (s->exit.n == w->left->exit.n && is_unknown(w->left->destination)))
		w->left = s;
}

static uint64_t flags_of_walk(const struct roster *r, const struct walk *w)
{
	uint64_t flags = w->flags;
	if (w->met && !w->roof &&
	    (!day_known(w->situated) || day_diff(w->situated, r->as_of) > r->rules.situation_old_days))
		flags |= FLAG_OLD_SITUATION;
	/* Who has entered elsewhere since has said by that where they went. */
	if (w->left != NULL && is_unknown(w->left->destination) &&
	    (w->entered == w->left || w->entered->entry.n < w->left->exit.n))
		flags |= FLAG_DESTINATION;
	return flags;
}

/* Of a list that is not of an HMIS. */
static uint64_t flags_of_list(const struct roster_stay *s, const struct walk *w)
{
	uint64_t flags = (s->bits & STAY_STREET_LATE) != 0 || !w->told ? FLAG_STREET_DATE : 0;
	return s->disabling != CODE_NO && s->disabling != CODE_YES ? flags | FLAG_DISABILITY : flags;
}

static int64_t fold(uint64_t h, enum flag_facts kind)
{
	return (int64_t)(mix(h, kind) >> (64 - QUALITY_BITS) << ((kind - FACTS_ENTRY) * QUALITY_BITS));
}

static uint64_t digest_answers(const struct roster *r, const struct roster_stay *s)
{
	const int32_t answers[] = {s->entry.n,     s->to_street.n, s->living,      s->los,       s->under_limit,
				   s->from_street, s->times,       s->months_said, s->disabling, roster_type(r, s)};
	uint64_t h = s->bits & STAY_STREET_LATE;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		h = mix(h, answers[i]);
	return h;
}

void quality_of(const struct roster *r, uint32_t person, uint32_t latest, struct quality *out)
{
	struct walk w = {.situated = DAY_NONE};
	uint32_t first;
	uint32_t end;
	*out = (struct quality){0};
	if (latest == ROSTER_NONE)
		return;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		walk_stay(r, s, &w);
		/* Stays come by entry, so that the same one entered twice lies side by side but for others of the day.
		 */
		for (uint32_t i = k; i > first && r->stays[r->order[i - 1]].entry.n == s->entry.n; i--)
			if (r->stays[r->order[i - 1]].project == s->project && !r->projects[s->project].listed)
				w.flags |= FLAG_TWICE;
	}
	const struct roster_stay *s = &r->stays[latest];
	bool list = r->projects[s->project].listed;
	out->flags = (list ? flags_of_list(s, &w) : flags_of_answers(r, s)) | flags_of_walk(r, &w);
	uint64_t left = w.left != NULL ? mix((uint64_t)w.left->destination, w.left->exit.n) : 0;
	out->facts = fold(digest_answers(r, s), FACTS_ENTRY) | fold(left, FACTS_EXIT) | fold(w.stays, FACTS_STAYS);
}

int64_t quality_status(struct day since, struct day as_of, int limit)
{
	enum { LIMITS_BITS = 12 };
	int32_t limits = day_diff(since, as_of) / limit;
	return ((int64_t)since.n - DAY_FIRST.n) << LIMITS_BITS | (limits & ((1 << LIMITS_BITS) - 1));
}
