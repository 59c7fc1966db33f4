#include "app/list_coarse.h"

#include "app/household.h"
#include "app/household_access.h"
#include "app/mou.h"
#include "store/q_list.h"
#include "store/q_report.h"

#define KEY(k) (UINT64_C(1) << FILTER_##k)
static const uint64_t shown_keys = KEY(REGION) | KEY(STATUS) | KEY(PLACE);

/* By household number. */
struct marks {
	bool *protected;
	bool *served; /* by the actor's agency */
};

static err_t load_marks(struct call *c, struct db *db, struct arena *a, const struct list_facts *f, struct marks *out)
{
	struct q_report_protected *hidden;
	struct q_list_served *served;
	size_t hidden_n, served_n = 0;
	*out = (struct marks){arena_many(a, f->room, bool), arena_many(a, f->room, bool)};
	TRY(q_report_protected(db, a, &hidden, &hidden_n));
	if (c->actor.agency_id.n > 0)
		TRY(q_list_served(db, a, c->actor.agency_id, f->image->version, &served, &served_n));
	for (size_t i = 0; i < hidden_n; i++)
		if ((size_t)hidden[i].household_no < f->room)
			out->protected[hidden[i].household_no] = true;
	for (size_t i = 0; i < served_n; i++)
		if ((size_t)served[i].household_no < f->room)
			out->served[served[i].household_no] = true;
	return NULL;
}

/* The question about a row without what was signed and who meets: neither makes facts coarse, nor lets anybody
 * record. */
static void decide(const struct call *c, const struct list_facts *f, const struct marks *m, const struct list_row *row,
		   struct access_decision *out)
{
	const struct access_question q = {
		.role = c->actor.kind == ACTOR_USER ? c->actor.role : ROLE_NOBODY,
		.covered = mou_covers_region(&c->actor.cover, str_from(f->image->regions[row->region].id)),
		.working = m->served[row->no]                      ? WORKING_SERVES
			   : app_household_holds(c, f->image, row) ? WORKING_LIST
								   : WORKING_NOT,
		.protected = m->protected[row->no],
		.victim = (row->flags & FLAG_CODED) != 0,
		.law = LAW_HMIS,
		.use = USE_DEVICE,
	};
	access_decide(&q, out);
}

static err_t narrow_tenancies(struct call *c, struct db *db, struct arena *a, struct list_facts *f)
{
	int64_t *nos = arena_many(a, f->at_risk_n, int64_t);
	bool *may = arena_many(a, f->at_risk_n, bool);
	size_t n = 0;
	TRY(app_household_readable(c, db, a, f->at_risk, f->at_risk_n, may));
	for (size_t i = 0; i < f->at_risk_n; i++)
		if (may[i])
			nos[n++] = f->at_risk[i];
	f->at_risk = nos;
	f->at_risk_n = n;
	return NULL;
}

err_t list_coarse_load(struct call *c, struct db *db, struct arena *a, uint64_t keys, struct list_facts *f)
{
	const struct list_image *image = f->image;
	struct marks marks;
	if ((keys & ~shown_keys) == 0 || image->n == 0)
		return NULL;
	f->room = (size_t)image->rows[image->by_no[image->n - 1]].no + 1; /* as list_facts_load has it */
	TRY(load_marks(c, db, a, f, &marks));
	bool *coarse = arena_many(a, f->room, bool);
	int32_t *release = f->release != NULL ? arena_many(a, f->room, int32_t) : NULL;
	for (size_t i = 0; i < image->n; i++) {
		const struct list_row *row = &image->rows[i];
		struct access_decision may;
		decide(c, f, &marks, row, &may);
		coarse[row->no] = may.field[FIELD_FACTS] != ACCESS_FULL;
		if (release != NULL)
			release[row->no] = may.records ? f->release[row->no] : FILTER_UNKNOWN;
	}
	f->coarse = coarse;
	f->release = release;
	return (keys & KEY(TENANCY)) != 0 ? narrow_tenancies(c, db, a, f) : NULL;
}
#undef KEY
