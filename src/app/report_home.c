/* Homes against households: how long openings stood empty, and who fits none. */
#include "app/list_facts.h"
#include "app/list_names.h"
#include "app/report_inside.h"
#include "domain/filter.h"
#include "domain/household.h"
#include "domain/opening.h"
#include "domain/policy.h"
#include "domain/standing.h"
#include "store/q_vacancy.h"

static struct opening_times times_of(const struct q_vacancies *o)
{
	return (struct opening_times){o->from_day, o->confirmed_day, o->ended_day, o->filled};
}

/* The days of the time on which it could be lived in and nobody did. */
static int vacant_within(const struct report_work *w, const struct opening_times *t)
{
	struct opening_times until = *t;
	struct day next = day_add(w->view->to, 1);
	if (t->from.n < w->view->from.n)
		until.from = w->view->from;
	if (!day_known(t->ended) || t->ended.n > next.n)
		until.ended = next;
	return opening_vacant(&until, w->view->to);
}

static struct str why(enum opening_state s, const struct q_vacancies *o)
{
	if (o->held)
		return S("a referral is under way");
	switch (s) {
	case OPENING_FILLED:
		return o->straight ? S("filled without a referral") : S("filled");
	case OPENING_WITHDRAWN:
		return S("withdrawn");
	case OPENING_STALE:
		return S("its agency has not confirmed it: nobody is matched");
	case OPENING_FORECAST:
		return S("forecast");
	case OPENING_NOW:
	case OPENING_ASK:
	case OPENING_STATES_N:
		break;
	}
	return S("waits for a household");
}

err_t report_vacancy(struct report_work *w)
{
	static const struct report_column columns[] = {
		{"agency", "Agency", PAPER_TEXT, COLUMN_FACT},
		{"program", "Program", PAPER_TEXT, COLUMN_FACT},
		{"unit", "Unit", PAPER_TEXT, COLUMN_FACT},
		{"kind", "Kind", PAPER_TEXT, COLUMN_FACT},
		{"region", "Region", PAPER_TEXT, COLUMN_FACT},
		{"from", "From", PAPER_DAY, COLUMN_FACT},
		{"ended", "Ended", PAPER_DAY, COLUMN_FACT},
		{"vacant_days", "Vacant (days)", PAPER_NUMBER, COLUMN_FACT},
		{"why", "Why", PAPER_TEXT, COLUMN_FACT},
	};
	struct q_vacancies *rows;
	size_t n;
	int64_t all = 0;
	TRY(q_vacancies(w->db, w->a, w->view->from, &rows, &n));
	REPORT_COLUMNS(w, columns);
	for (size_t i = 0; i < n; i++) {
		const struct q_vacancies *o = &rows[i];
		struct opening_times t = times_of(o);
		int days = vacant_within(w, &t);
		if (!report_about_region(w, o->region_id) || o->from_day.n > w->view->to.n)
			continue;
		struct paper_cell *cells = report_next(w);
		cells[0] = paper_text(o->agency);
		cells[1] = paper_text(o->program);
		/* When a certain home was filled tells who moved there. */
		bool days_too = !w->view->counts_only;
		cells[2] = paper_text(days_too ? o->unit : (struct str){0});
		cells[3] = paper_text(o->kind);
		cells[4] = paper_text(o->region);
		cells[5] = paper_day(days_too ? o->from_day : DAY_NONE);
		cells[6] = paper_day(days_too ? o->ended_day : DAY_NONE);
		cells[7] = paper_number(days);
		cells[8] = paper_text(why(opening_state(&t, w->c->today), o));
		all += days;
	}
	if (w->view->rows_n > 0) {
		struct paper_cell *total = report_next(w);
		total[0] = paper_text(S("All"));
		total[7] = paper_number(all);
		w->view->totals = true;
	}
	return NULL;
}

/* --- unmet need --- */

enum { UNMET_TYPES = HOUSEHOLD_CHILDREN + 1, UNMET_BINS = UNMET_TYPES * 2 };

struct rule {
	struct filter *filter;
	struct str region_id;
	bool now; /* else to come */
};

struct unmet {
	struct report_work *w;
	struct list_facts facts;
	struct rule *rules;
	size_t rules_n;
	int64_t now[UNMET_BINS], later[UNMET_BINS], none[UNMET_BINS];
};

/* An opening as it stood on the report's day. */
static bool stood(const struct report_work *w, const struct q_vacancies *o)
{
	return (!day_known(o->ended_day) || o->ended_day.n > w->view->to.n) &&
	       instant_day(o->made_at).n <= w->view->to.n;
}

static err_t load_rules(struct unmet *u)
{
	struct report_work *w = u->w;
	struct q_vacancies *rows;
	struct filter_names names;
	size_t n;
	uint64_t keys = 0;
	TRY(q_vacancies(w->db, w->a, w->view->to, &rows, &n));
	TRY(list_names(w->db, w->a, w->image, &names));
	u->rules = arena_many(w->a, n, struct rule);
	for (size_t i = 0; i < n; i++) {
		struct rule *r = &u->rules[u->rules_n];
		if (!stood(w, &rows[i]))
			continue;
		TRY(filter_parse(w->a, rows[i].rule, &names, &r->filter));
		keys |= filter_keys(r->filter);
		r->region_id = rows[i].region_id;
		r->now = rows[i].from_day.n <= w->view->to.n;
		u->rules_n++;
	}
	u->facts = (struct list_facts){.image = w->image, .today = w->view->to};
	return list_facts_load(w->c, w->db, w->a, keys, &u->facts);
}

static void count_household(struct unmet *u, const struct list_row *row, struct str region_id)
{
	bool chronic = row->chronic == CHRONIC_VERIFIED || row->chronic == CHRONIC_LIKELY;
	size_t bin = (size_t)row->type * 2 + (chronic ? 0 : 1);
	bool now = false;
	bool later = false;
	for (size_t i = 0; i < u->rules_n && !now; i++) {
		const struct rule *r = &u->rules[i];
		if (!str_eq(r->region_id, region_id) || (!r->now && later) ||
		    !list_row_passes(&u->facts, r->filter, row))
			continue;
		now = r->now;
		later = later || !r->now;
	}
	(now ? u->now : later ? u->later : u->none)[bin]++;
}

static void count_households(struct unmet *u)
{
	const struct list_image *image = u->w->image;
	for (size_t r = 0; r <= image->regions_n; r++) {
		const struct list_region *region = &image->regions[r];
		struct str id = str_from(region->id);
		for (size_t i = 0; i < region->active && report_about_region(u->w, id); i++)
			count_household(u, &image->rows[region->first + i], id);
	}
}

static void write_unmet(struct unmet *u)
{
	for (size_t bin = 0; bin < UNMET_BINS; bin++) {
		int64_t all = u->now[bin] + u->later[bin] + u->none[bin];
		if (all == 0)
			continue;
		struct paper_cell *cells = report_next(u->w);
		cells[0] = paper_text(str_from(household_type_say((enum household_type)(bin / 2))));
		cells[1] = paper_text(bin % 2 == 0 ? S("yes") : S("no"));
		cells[2] = paper_number(u->now[bin]);
		cells[3] = paper_number(u->later[bin]);
		cells[4] = paper_number(u->none[bin]);
		cells[5] = paper_number(all);
	}
	report_total(u->w);
}

/* Openings are counted beside the households, so that "fits one" is not read as "gets one". */
static void write_openings(struct unmet *u)
{
	struct paper_cell *total =
		u->w->view->rows_n > 0 ? u->w->view->cells + (u->w->view->rows_n - 1) * u->w->view->columns_n : NULL;
	int64_t now = 0;
	for (size_t i = 0; i < u->rules_n; i++)
		now += u->rules[i].now && report_about_region(u->w, u->rules[i].region_id);
	int64_t later = 0;
	for (size_t i = 0; i < u->rules_n; i++)
		later += !u->rules[i].now && report_about_region(u->w, u->rules[i].region_id);
	if (total == NULL)
		return;
	total[6] = paper_number(now);
	total[7] = paper_number(later);
}

err_t report_unmet(struct report_work *w)
{
	static const struct report_column columns[] = {
		{"household", "Household", PAPER_TEXT, COLUMN_FACT},
		{"chronic", "Chronic (verified or likely)", PAPER_TEXT, COLUMN_FACT},
		{"fit_now", "Fit an opening of now", PAPER_NUMBER, COLUMN_COUNT},
		{"fit_later", "Fit only one to come", PAPER_NUMBER, COLUMN_COUNT},
		{"fit_none", "Fit none", PAPER_NUMBER, COLUMN_COUNT},
		{"active", "Active", PAPER_NUMBER, COLUMN_TOTAL},
		{"openings_now", "Openings now", PAPER_NUMBER, COLUMN_FACT},
		{"openings_later", "Openings to come", PAPER_NUMBER, COLUMN_FACT},
	};
	struct unmet u = {.w = w};
	REPORT_COLUMNS(w, columns);
	err_t e = load_rules(&u);
	if (e == NULL) {
		count_households(&u);
		write_unmet(&u);
		write_openings(&u);
	}
	list_facts_give(w->c, &u.facts);
	return e;
}
