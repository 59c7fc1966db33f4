#include "hmis/demo_world.h"

#include "base/arena.h"
#include "hmis/demo_names.h"

/* What every region has: one agency per kind, and the projects each agency runs. */
static const char *const agency_kinds[] = {
	"Shelter Partnership", "Night Haven",   "Outreach Collective", "Stepping Homes",
	"Rehousing Works",     "Lasting Homes", "Access Network",
};
enum { KINDS = sizeof(agency_kinds) / sizeof(agency_kinds[0]) };

struct plan {
	enum project_type type;
	enum audience audience;
	int kind;
	int funder;
	int beds;
	const char *name;
};

static const struct plan plans[] = {
	{TYPE_SHELTER, AUDIENCE_FAMILIES, 0, 8, 42, "Family Shelter"},
	{TYPE_SHELTER, AUDIENCE_ADULTS, 0, 8, 36, "Adult Shelter"},
	{TYPE_SHELTER, AUDIENCE_YOUTH, 0, 22, 12, "Youth Shelter"},
	{TYPE_NIGHTS, AUDIENCE_ANY, 1, 8, 50, "Night Shelter"},
	{TYPE_DAY_SHELTER, AUDIENCE_ANY, 1, 46, 0, "Day Center"},
	{TYPE_OUTREACH, AUDIENCE_ANY, 2, 21, 0, "PATH Outreach"},
	{TYPE_OUTREACH, AUDIENCE_ANY, 2, 54, 0, "Rural Outreach"},
	{TYPE_SERVICES, AUDIENCE_ANY, 2, 4, 0, "Supportive Services"},
	{TYPE_TRANSITIONAL, AUDIENCE_ANY, 3, 5, 24, "Transitional Homes"},
	{TYPE_TRANSITIONAL, AUDIENCE_YOUTH, 3, 24, 10, "Youth Transitional Living"},
	{TYPE_RRH, AUDIENCE_ANY, 4, 3, 60, "Rapid Rehousing"},
	{TYPE_RRH, AUDIENCE_VETERANS, 4, 33, 20, "Veteran Families Rehousing"},
	{TYPE_PREVENTION, AUDIENCE_ANY, 4, 9, 0, "Prevention"},
	{TYPE_PSH, AUDIENCE_ANY, 5, 2, 48, "Supportive Homes"},
	{TYPE_PSH, AUDIENCE_VETERANS, 5, 20, 18, "Veterans Supportive Homes"},
	{TYPE_PH_ONLY, AUDIENCE_ANY, 5, 52, 22, "Housing Vouchers"},
	{TYPE_PH_SERVICES, AUDIENCE_ANY, 5, 46, 16, "Homes with Services"},
	{TYPE_ENTRY, AUDIENCE_ANY, 6, 4, 0, "Coordinated Entry"},
};
enum { PLANS = sizeof(plans) / sizeof(plans[0]) };

static const struct plan safe_haven = {TYPE_SAFE_HAVEN, AUDIENCE_ADULTS, 1, 6, 14, "Safe Haven"};
static const int safe_haven_regions[] = {0, 3, 7};

/* The two projects whose region nobody has written down. */
static const struct plan strays[] = {
	{TYPE_SHELTER, AUDIENCE_ANY, 0, 46, 15, "Warming Shelter"},
	{TYPE_OUTREACH, AUDIENCE_ANY, 2, 46, 0, "Weekend Outreach"},
};

/* Counties 49 and 100, in no region. */
static bool county_is_stray(int i)
{
	return i == 49 || i == 100;
}

static int county_of(int region, int n)
{
	int first = (region * WORLD_COUNTIES + WORLD_REGIONS - 1) / WORLD_REGIONS;
	int county = first + n * 3 % (WORLD_COUNTIES / WORLD_REGIONS);
	return county_is_stray(county) ? county - 1 : county;
}

static void add_project(struct demo_world *w, struct arena *a, int region, int county, const struct plan *p)
{
	int i = w->projects_n++;
	int agency = region * KINDS + p->kind;
	struct demo_choice *choice = &w->choices[region][p->type];
	choice->projects[choice->n++] = i;
	int nth = 1;
	for (int j = 0; j < i; j++)
		nth += w->projects[j].region == region;
	w->projects[i] = (struct demo_project){
		.id = str_fmt(a, "PR-%02d%02d", region + 1, nth),
		.name = str_fmt(a, "%.*s - %s", STR_ARG(w->agencies[agency].name), p->name),
		.agency = agency,
		.region = region,
		.county = county,
		.type = p->type,
		.audience = p->audience,
		.funder = p->funder,
		.beds = p->beds,
	};
}

static void add_statewide(struct demo_world *w)
{
	int i = WORLD_REGIONS * KINDS;
	w->agencies[i] = (struct demo_agency){S("Quiet Thimble Refuge"), -1, true};
	w->agencies[i + 1] = (struct demo_agency){S("Hundred and One Counties Lead Office"), -1, false};
	w->victim_project = w->projects_n++;
	w->projects[w->victim_project] = (struct demo_project){
		.id = S("PR-9901"),
		.name = S("Quiet Thimble Refuge - Safe Rooms"),
		.agency = i,
		.region = -1,
		.county = county_of(2, 0),
		.type = TYPE_SHELTER,
		.audience = AUDIENCE_ANY,
		.funder = 46,
		.beds = 20,
	};
}

const struct demo_world *demo_world_make(struct arena *a)
{
	struct demo_world *w = arena_one(a, struct demo_world);
	for (int i = 0; i < WORLD_COUNTIES; i++) {
		struct demo_name place = demo_name_place(i);
		w->counties[i].name = str_fmt(a, "%.*s County", STR_ARG(demo_name_str(&place)));
		w->counties[i].region = county_is_stray(i) ? -1 : i * WORLD_REGIONS / WORLD_COUNTIES;
	}
	for (int region = 0; region < WORLD_REGIONS; region++) {
		for (int kind = 0; kind < KINDS; kind++) {
			struct demo_name place = demo_name_place(county_of(region, kind));
			w->agencies[region * KINDS + kind] = (struct demo_agency){
				str_fmt(a, "%.*s %s", STR_ARG(demo_name_str(&place)), agency_kinds[kind]), region,
				false};
		}
		for (int i = 0; i < PLANS; i++)
			add_project(w, a, region, county_of(region, i), &plans[i]);
	}
	for (size_t i = 0; i < sizeof(safe_haven_regions) / sizeof(safe_haven_regions[0]); i++)
		add_project(w, a, safe_haven_regions[i], county_of(safe_haven_regions[i], PLANS), &safe_haven);
	add_project(w, a, 4, 49, &strays[0]);
	add_project(w, a, 8, -1, &strays[1]);
	add_statewide(w);
	return w;
}

int demo_project_find(const struct demo_world *w, int region, enum project_type type, enum audience who, unsigned pick)
{
	const struct demo_choice *choice = &w->choices[region][type];
	int found[CHOICE_MAX];
	unsigned n = 0;
	for (int i = 0; i < choice->n; i++) {
		enum audience audience = w->projects[choice->projects[i]].audience;
		if (audience == AUDIENCE_ANY || audience == who)
			found[n++] = choice->projects[i];
	}
	return n == 0 ? -1 : found[pick % n];
}
