#include "domain/layer.h"

const struct str layer_table[LAYERS_N] = {
#define X(name, title) [name] = STR_INIT(title),
	LAYERS(X)
#undef X
};

static struct str standards(struct arena *a, const struct layer_facts *f)
{
	struct str version = f->version > 0 ? str_fmt(a, ", version %d", f->version) : S("");
	if (f->rank == 0)
		return str_fmt(a, "“%.*s”%.*s ranks active households alone.", STR_ARG(f->policy), STR_ARG(version));
	return str_fmt(a, "“%.*s”%.*s: place %d of %d, by the keys above.", STR_ARG(f->policy), STR_ARG(version),
		       f->rank, f->of);
}

static struct str protocols(struct arena *a, const struct layer_facts *f)
{
	char start[DAY_SAY], other[DAY_SAY];
	day_say_date(f->start, start);
	if (f->status == STATUS_INACTIVE)
		return str_fmt(a,
			       "To reconnect since %s, so there is no place meanwhile; the list start of %s is kept.",
			       day_say_date(f->since, other), start);
	if (f->status == STATUS_NONE)
		return S("Never on the list, so there is no place. A fact or the list holder can put it there.");
	if (f->status != STATUS_ACTIVE)
		return str_fmt(a, "Not ranked any more: %s since %s.", status_say(f->status),
			       day_say_date(f->since, other));
	if (!day_known(f->contact))
		return str_fmt(a, "Active, so it has a place. On the list since %s; no contact is recorded.", start);
	return str_fmt(a, "Active, so it has a place. On the list since %s; last contact %s%s.", start,
		       day_say_date(f->contact, other),
		       f->contact_overdue ? ", which is overdue; the place is kept" : "");
}

static struct str readiness(struct arena *a, const struct layer_facts *f)
{
	struct str have = f->papers >= f->needed ? S("All papers are on file.")
						 : str_fmt(a, "%d of %d papers on file.", f->papers, f->needed);
	if (f->hold_days > 0)
		return str_fmt(a,
			       "%.*s Missing papers never lower a place: an opening is held %d days for the first "
			       "household while a named person fetches them.",
			       STR_ARG(have), f->hold_days);
	return str_fmt(a, "%.*s Missing papers never lower a place.", STR_ARG(have));
}

static struct str conference(struct arena *a, const struct layer_facts *f)
{
	char day[DAY_SAY];
	struct str spoken =
		day_known(f->reviewed) ? str_fmt(a, "; last spoken of on %s", day_say_date(f->reviewed, day)) : S("");
	return str_fmt(a, "%s%.*s. %s%s%s", f->in_cycle ? "In this cycle" : "Not in this cycle", STR_ARG(spoken),
		       f->raised ? "Raised within its band by two agencies." : "",
		       f->nominated
			       ? (f->raised ? " Nominated, and the group agreed." : "Nominated, and the group agreed.")
			       : "",
		       f->raised || f->nominated ? "" : "No adjustment holds.");
}

void layer_say(struct arena *a, const struct layer_facts *f, struct str out[LAYERS_N])
{
	out[LAYER_STANDARDS] = standards(a, f);
	out[LAYER_PROTOCOLS] = protocols(a, f);
	out[LAYER_READINESS] = readiness(a, f);
	out[LAYER_CONFERENCE] = conference(a, f);
}
