#include "domain/omission.h"

const struct omission_row omission_table[OMISSIONS_N] = {
#define X(name, word, say, mend) {word, say, mend},
	OMISSIONS(X)
#undef X
};

/* What a household's people were asked, and where. */
struct asked {
	struct day day;
	uint32_t project;
	struct day entry; /* the newest into coordinated entry, with where they came from */
	int living;
	bool enrolled; /* somebody still is, anywhere */
};

static void take(struct asked *a, struct day day, uint32_t project)
{
	/* Of one day, the project with the lower number: people come in no order. */
	if (day.n < a->day.n || (day.n == a->day.n && project > a->project))
		return;
	a->day = day;
	a->project = project;
}

static void look_at(const struct roster *r, uint32_t person, struct asked *a)
{
	struct day day;
	uint32_t project, first, end;
	if (roster_assessed_of(&r->people[person], &day, &project))
		take(a, day, project);
	roster_stays(r, person, &first, &end);
	for (; first < end; first++) {
		const struct roster_stay *s = &r->stays[r->order[first]];
		a->enrolled |= !day_known(s->exit);
		if (roster_type(r, s) != PROJECT_COORDINATED)
			continue;
		take(a, s->entry, s->project);
		if (!day_known(a->entry) || s->entry.n >= a->entry.n) {
			a->entry = s->entry;
			a->living = s->living;
		}
	}
}

/* Living situations below a hundred say that it is not known (list 3.12.1), but for one. */
static bool is_unknown(int living)
{
	return living < SITUATION_CODE_SHELTER && living != SITUATION_CODE_OTHER;
}

static enum omitted of_unlisted(const struct asked *a)
{
	if (!a->enrolled)
		return OMITTED_EXITED;
	if (!day_known(a->entry))
		return OMITTED_ASIDE;
	return is_unknown(a->living) ? OMITTED_UNKNOWN : OMITTED_SHELTERED;
}

static enum omitted why(const struct roster *r, const struct listing_row *row, const struct asked *a)
{
	int region = r->projects[a->project].region;
	switch ((enum status)row->status) {
	case STATUS_NONE:
		return of_unlisted(a);
	case STATUS_ACTIVE:
	case STATUS_INACTIVE:
		return region != REGION_NONE && row->region != REGION_NONE && region != row->region ? OMITTED_ELSEWHERE
												    : OMITTED_NOT;
	case STATUS_HOUSED:
		return a->day.n > row->since.n ? OMITTED_HOUSED : OMITTED_NOT;
	case STATUS_INELIGIBLE:
	case STATUS_MOVED_AWAY:
		return a->day.n > row->since.n ? OMITTED_DECIDED : OMITTED_NOT;
	case STATUS_DECEASED:
		break; /* whoever is seen afterwards is flagged, and on the list */
	}
	return OMITTED_NOT;
}

void omission_of(const struct roster *r, const struct listing_row *row, struct omission *out)
{
	struct asked asked = {.day = DAY_NONE, .project = ROSTER_NONE, .entry = DAY_NONE, .living = CODE_MISSING};
	*out = (struct omission){.day = DAY_NONE, .project = ROSTER_NONE};
	for (uint32_t m = r->people[row->household].member; m != ROSTER_NONE; m = r->people[m].next)
		look_at(r, m, &asked);
	if (asked.project == ROSTER_NONE || day_diff(asked.day, r->as_of) > OMISSION_DAYS)
		return;
	enum omitted is = why(r, row, &asked);
	if (is != OMITTED_NOT)
		*out = (struct omission){is, asked.day, asked.project};
}
