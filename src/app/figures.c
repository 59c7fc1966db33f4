#include "app/figures.h"

#include "app/conference_load.h"
#include "app/opening.h"
#include "domain/movement.h"
#include "store/q_room.h"

static bool holds(const int64_t *nos, size_t n, int64_t household)
{
	for (size_t i = 0; i < n; i++)
		if (nos[i] == household)
			return true;
	return false;
}

err_t figures_load(const struct meeting *m, struct figures *out)
{
	struct q_conference_day_before before;
	struct q_movements_since *rows;
	int64_t *order, *housed;
	size_t order_n, housed_n, n;
	bool found;
	TRY(q_conference_day_before(m->db, m->arena, m->id, &before, &found));
	bool first = !found || !day_known(before.day);
	struct day since = first ? day_add(m->call->today, -FIGURES_DAYS) : before.day;
	struct figures f = {.since = text_day_short(m->arena, since), .first = first};
	TRY(worklist_order(m->call, m->db, m->arena, meeting_list(m), 0, &order, &order_n));
	TRY(app_household_housed(m->call, m->db, m->arena, m->row.region_id, day_add(since, 1), m->call->today, &housed,
				 &housed_n));
	TRY(worklist_keep(m->call, m->db, m->arena, meeting_list(m), housed, &housed_n));
	TRY(q_movements_since(m->db, m->arena, since, CAUSE_NEW, CAUSE_FROM_HOUSING, CAUSE_FROM_INACTIVE, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && rows[i].household_no == rows[i - 1].household_no)
			continue; /* it came once, however often it went since */
		if (!holds(order, order_n, rows[i].household_no) && !holds(housed, housed_n, rows[i].household_no))
			continue;
		f.came += rows[i].cause == CAUSE_NEW ? 1 : 0;
		f.returned += rows[i].cause != CAUSE_NEW ? 1 : 0;
	}
	f.moved_in = (int)housed_n;
	f.active = (int)order_n;
	*out = f;
	return NULL;
}

err_t figures_homes_load(const struct meeting *m, struct figures_homes *out)
{
	struct arena *a = m->arena;
	struct opening_row *rows;
	int64_t *order;
	size_t n, order_n;
	struct figures_homes h = {0};
	TRY(openings_offered(m->call, m->db, a, m->row.region_id, &rows, &n));
	TRY(worklist_order(m->call, m->db, a, meeting_list(m), 0, &order, &order_n));
	h.waiting = (int)order_n;
	h.homes = arena_many(a, n, struct figures_home);
	h.homes_n = n;
	for (size_t i = 0; i < n; i++) {
		const struct opening_row *row = &rows[i];
		int window = opening_window(row->times.from, m->call->today);
		h.windows[window]++;
		h.homes[i] = (struct figures_home){
			.what = row->county.n > 0
					? str_fmt(a, "%.*s, %.*s", STR_ARG(row->program), STR_ARG(row->county))
					: row->program,
			.kind = str_from(policy_kind_table[row->kind].say),
			.whom = row->rule_say,
			.from = window == 0 ? S("now")
					    : str_fmt(a, "from %.*s", STR_ARG(text_day_short(a, row->times.from))),
			.vacant = row->vacant,
		};
	}
	*out = h;
	return NULL;
}
