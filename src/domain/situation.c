#include "domain/situation.h"

const char *situation_say(enum situation s)
{
	static const char *const say[] = {
#define X(name, text) [name] = text,
		SITUATIONS(X)
#undef X
	};
	return say[s];
}

/* Living situations and destinations, lists 3.917, 4.12 and 3.12. */
enum situation situation_of_code(int code)
{
	switch (code) {
	case SITUATION_CODE_SHELTER:
		return SITUATION_SHELTER;
	case SITUATION_CODE_STREET:
		return SITUATION_UNSHELTERED;
	case SITUATION_CODE_SAFE_HAVEN:
		return SITUATION_SAFE_HAVEN;
	case 302:
	case 327:
		return SITUATION_TRANSITIONAL;
	case 314:
		return SITUATION_MOTEL;
	case 312:
	case 313:
	case 335:
	case 336:
		return SITUATION_DOUBLED_UP;
	case SITUATION_CODE_OTHER:
	case 329:
	case 332:
		return SITUATION_OTHER;
	default:
		break;
	}
	if (situation_is_institution(code))
		return SITUATION_INSTITUTION;
	return situation_is_permanent(code) ? SITUATION_HOUSED : SITUATION_UNKNOWN;
}

static enum situation situation_of_roof(int type)
{
	switch (type) {
	case PROJECT_SHELTER:
		return SITUATION_SHELTER;
	case PROJECT_SAFE_HAVEN:
		return SITUATION_SAFE_HAVEN;
	default:
		return SITUATION_TRANSITIONAL;
	}
}

/* What counts more of one day. */
enum weight { WEIGHT_PRIOR, WEIGHT_EXIT, WEIGHT_SEEN, WEIGHT_ROOF, WEIGHT_MOVE_IN };

struct newest {
	struct day day;
	enum weight weight;
	enum situation situation;
};

static void newest_add(struct newest *to, struct day day, enum weight weight, enum situation situation)
{
	if (day_known(day) && (day.n > to->day.n || (day.n == to->day.n && weight >= to->weight)))
		*to = (struct newest){day, weight, situation};
}

enum situation situation_now(const struct roster *r, uint32_t person, struct day *day)
{
	struct newest all = {DAY_NONE, WEIGHT_PRIOR, SITUATION_UNKNOWN};
	struct newest roof = all; /* where they are still enrolled */
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		int type = roster_type(r, s);
		if (type_is_roof(type)) {
			newest_add(&all, s->entry, WEIGHT_ROOF, situation_of_roof(type));
			if (!day_known(s->exit))
				newest_add(&roof, s->entry, WEIGHT_ROOF, situation_of_roof(type));
		} else {
			enum situation prior = situation_of_code(s->living);
			if (prior != SITUATION_UNKNOWN)
				newest_add(&all, s->entry, WEIGHT_PRIOR, prior);
		}
		newest_add(&all, s->move_in, WEIGHT_MOVE_IN, SITUATION_HOUSED);
		int code;
		struct day seen;
		if (roster_situation_of(s, &code, &seen))
			newest_add(&all, seen, WEIGHT_SEEN, situation_of_code(code));
		newest_add(&all, s->exit, WEIGHT_EXIT, situation_of_code(s->destination));
	}
	if (all.situation == SITUATION_UNKNOWN && day_known(roof.day))
		all = roof;
	*day = all.situation == SITUATION_UNKNOWN ? DAY_NONE : all.day;
	return all.situation;
}
