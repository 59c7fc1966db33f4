/* The places of the made-up CoC: counties, regions, agencies, projects. Nothing here exists.
 *
 * 101 counties in 10 regions; each region has seven agencies and some eighteen projects of every
 * type; one victim service provider, whose project must not have clients in an HMIS; one lead agency
 * that runs nothing. Two counties belong to no region and one project to no county, so that
 * "unassigned" can be seen. The same in every world: the seed changes the people, not the map.
 */
#ifndef HMIS_DEMO_WORLD_H
#define HMIS_DEMO_WORLD_H

#include <stdbool.h>

#include "base/str.h"

struct arena;

#define DEMO_COC "XX-606" /* no state is called XX */

enum { WORLD_COUNTIES = 101, WORLD_REGIONS = 10, WORLD_PROJECTS = 192, WORLD_AGENCIES = 72, PROJECT_TYPES = 15 };

/* Project types of the standard (list 2.02.6) by what they are for. */
enum project_type {
	TYPE_SHELTER = 0,
	TYPE_NIGHTS = 1,
	TYPE_TRANSITIONAL = 2,
	TYPE_PSH = 3,
	TYPE_OUTREACH = 4,
	TYPE_SERVICES = 6,
	TYPE_SAFE_HAVEN = 8,
	TYPE_PH_ONLY = 9,
	TYPE_PH_SERVICES = 10,
	TYPE_DAY_SHELTER = 11,
	TYPE_PREVENTION = 12,
	TYPE_RRH = 13,
	TYPE_ENTRY = 14,
};

/* Whom a project takes. */
enum audience { AUDIENCE_ANY, AUDIENCE_ADULTS, AUDIENCE_FAMILIES, AUDIENCE_YOUTH, AUDIENCE_VETERANS };

struct demo_county {
	struct str name; /* "Larkmere County" */
	int region;      /* 0 to 9, or −1: of no region */
};

struct demo_agency {
	struct str name;
	int region; /* −1: statewide */
	bool victim_services;
};

struct demo_project {
	struct str id; /* "PR-0417": region 4, the 17th there */
	struct str name;
	int agency;
	int region; /* who uses it; the county file may not say so */
	int county; /* −1: not in the county file */
	enum project_type type;
	enum audience audience;
	int funder; /* list 2.06.1 */
	int beds;
};

/* The projects of one type in one region. */
enum { CHOICE_MAX = 4 };
struct demo_choice {
	int projects[CHOICE_MAX];
	int n;
};

struct demo_world {
	struct demo_county counties[WORLD_COUNTIES];
	struct demo_agency agencies[WORLD_AGENCIES];
	struct demo_project projects[WORLD_PROJECTS];
	int projects_n;
	struct demo_choice choices[WORLD_REGIONS][PROJECT_TYPES];
	int victim_project; /* index of the one that must have no clients */
};

/* The map, in the arena. */
const struct demo_world *demo_world_make(struct arena *a);

/* A project of that type in the region that takes the audience; `pick` decides among several. −1
 * where the region has none. */
int demo_project_find(const struct demo_world *w, int region, enum project_type type, enum audience who, unsigned pick);

#endif
