/* After the move: who is to be looked in on, and what was found. */
#include <stdlib.h>

#include "app/checkin.h"
#include "app/meeting.h"
#include "app/report_inside.h"
#include "domain/spell.h"
#include "store/q_checkin.h"
#include "store/q_hmis.h"

enum { AHEAD_DAYS = 14, ASKED_DAYS = 425 }; /* two months past the last one nobody asks any more */

struct written {
	int64_t household_no;
	size_t which;
	struct checkin said;
};

struct outcomes {
	struct report_work *w;
	struct written *all; /* by household */
	size_t n;
	struct q_checkin_served *served; /* by the viewer's agency, ascending; of a provider */
	size_t served_n;
};

static size_t which_of(struct str item)
{
	size_t i = 0;
	while (i < CHECKINS_N && !str_eq(item, checkin_item(i)))
		i++;
	return i;
}

static err_t load_rows(struct outcomes *o)
{
	struct report_work *w = o->w;
	struct str items[CHECKINS_N];
	struct q_checkins *rows;
	size_t n;
	for (size_t i = 0; i < CHECKINS_N; i++)
		items[i] = checkin_item(i);
	TRY(q_checkins(w->db, w->a, items, CHECKINS_N, &rows, &n));
	o->all = arena_many(w->a, n, struct written);
	for (size_t i = 0; i < n; i++) {
		struct entry e = {.household_no = rows[i].household_no,
				  .item = rows[i].item,
				  .no = rows[i].no,
				  .sealed = rows[i].value};
		struct written *out = &o->all[o->n++];
		struct str text;
		TRY(entry_text(w->c, w->a, &e, &text));
		*out = (struct written){.household_no = e.household_no, .which = which_of(e.item)};
		if (out->which == CHECKINS_N || !checkin_read(text, &out->said))
			return err_internal(w->a, "entry %.*s/%lld is no check-in", STR_ARG(e.item), (long long)e.no);
	}
	return NULL;
}

static err_t load(struct outcomes *o, struct report_work *w)
{
	struct q_hmis_now now;
	bool found;
	*o = (struct outcomes){.w = w};
	/* Counts of what was found, and the day of the newest: never the words. */
	uint32_t was = db_serve(w->db, DB_FOR_PROGRAM);
	err_t e = load_rows(o);
	db_serve(w->db, was);
	TRY(e);
	TRY(q_hmis_now(w->db, w->a, &now, &found));
	if (w->c->actor.agency_id.n == 0)
		return NULL;
	return q_checkin_served(w->db, w->a, w->c->actor.agency_id, now.import_no, &o->served, &o->served_n);
}

static int by_number(const void *key, const void *at)
{
	int64_t want = *(const int64_t *)key;
	int64_t is = *(const int64_t *)at; /* the first of struct written and of struct q_checkin_served */
	return (want > is) - (want < is);
}

/* The household's check-ins since it moved in. */
static unsigned made_of(const struct outcomes *o, const struct list_row *row, const struct written *of[CHECKINS_N])
{
	unsigned made = 0;
	const struct written *any = o->n == 0 ? NULL : bsearch(&row->no, o->all, o->n, sizeof *o->all, by_number);
	for (size_t i = 0; i < CHECKINS_N; i++)
		of[i] = NULL;
	if (any == NULL)
		return 0;
	while (any > o->all && any[-1].household_no == row->no)
		any--;
	for (; any < o->all + o->n && any->household_no == row->no; any++)
		if (any->said.day.n >= row->since.n) {
			of[any->which] = any;
			made |= 1U << any->which;
		}
	return made;
}

static bool is_shown(const struct outcomes *o, const struct list_row *row, struct str region)
{
	const struct actor *actor = &o->w->c->actor;
	if (!report_about_region(o->w, region))
		return false;
	return actor->kind != ACTOR_USER || meeting_may_plan(actor, region) ||
	       (o->served_n > 0 && bsearch(&row->no, o->served, o->served_n, sizeof *o->served, by_number) != NULL);
}

/* --- who is to be looked in on --- */

static void write_due(struct outcomes *o, const struct list_row *row, struct str region)
{
	struct report_work *w = o->w;
	const struct written *of[CHECKINS_N];
	struct day day = w->view->to;
	size_t next = checkin_next(row->since, day, made_of(o, row, of));
	if (next == CHECKINS_N || checkin_due(row->since, next).n > day.n + AHEAD_DAYS ||
	    day_diff(row->since, day) > ASKED_DAYS)
		return;
	struct day due = checkin_due(row->since, next);
	const struct written *last = NULL;
	for (size_t i = 0; i < CHECKINS_N; i++)
		if (of[i] != NULL && (last == NULL || of[i]->said.day.n >= last->said.day.n))
			last = of[i];
	struct paper_cell *cells = report_next(w);
	cells[0] = paper_text(str_dup(w->a, str_from(row->code)));
	cells[1] = paper_text(report_region_name(w, region));
	cells[2] = paper_day(row->since);
	cells[3] = paper_number(checkin_days[next]);
	cells[4] = paper_day(due);
	cells[5] = paper_number(due.n < day.n ? day_diff(due, day) : 0);
	if (last != NULL) {
		cells[6] = paper_text(checkin_found_say(last->said.found));
		cells[7] = paper_day(last->said.day);
	}
	w->view->abouts[w->view->rows_n - 1] = (struct report_about){.household_no = row->no};
}

err_t report_checkins(struct report_work *w)
{
	static const struct report_column columns[] = {
		{"code", "Household", PAPER_TEXT, COLUMN_FACT},
		{"region", "Region", PAPER_TEXT, COLUMN_FACT},
		{"housed", "Moved in", PAPER_DAY, COLUMN_FACT},
		{"check_in", "Check-in (days)", PAPER_NUMBER, COLUMN_FACT},
		{"due", "Due", PAPER_DAY, COLUMN_FACT},
		{"overdue_days", "Overdue (days)", PAPER_NUMBER, COLUMN_FACT},
		{"last_found", "Last found", PAPER_TEXT, COLUMN_FACT},
		{"last_day", "On", PAPER_DAY, COLUMN_FACT},
	};
	struct outcomes o;
	TRY(load(&o, w));
	REPORT_COLUMNS(w, columns);
	w->view->abouts = arena_many(w->a, w->image->n, struct report_about);
	for (size_t i = 0; i < w->image->n; i++) {
		const struct list_row *row = &w->image->rows[i];
		struct str region = str_from(w->image->regions[row->region].id);
		if (row->status == STATUS_HOUSED && is_shown(&o, row, region))
			write_due(&o, row, region);
	}
	return w->ask->faces ? report_faces(w) : NULL;
}

/* --- what was found --- */

struct tally {
	int64_t found[FOUND_N], not_made;
};

static void count_housed(struct outcomes *o, const struct list_row *row, struct tally *tallies)
{
	const struct written *of[CHECKINS_N];
	made_of(o, row, of);
	for (size_t i = 0; i < CHECKINS_N; i++) {
		if (!report_within(o->w, checkin_due(row->since, i)))
			continue;
		if (of[i] != NULL)
			tallies[i].found[of[i]->said.found]++;
		else
			tallies[i].not_made++;
	}
}

/* Who is back on the list is housed no more, and the list has forgotten since when it was. */
static void count_lost(struct outcomes *o, struct tally *tallies)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct written *w = &o->all[i];
		const struct list_row *row = list_image_row(o->w->image, w->household_no);
		if (row != NULL && row->status != STATUS_HOUSED && w->said.found == FOUND_LOST &&
		    report_within(o->w, w->said.day) &&
		    report_about_region(o->w, str_from(o->w->image->regions[row->region].id)))
			tallies[w->which].found[FOUND_LOST]++;
	}
}

err_t report_outcomes(struct report_work *w)
{
	static const struct report_column columns[] = {
		{"check_in", "Days after the move", PAPER_NUMBER, COLUMN_FACT},
		{"housed", "Still housed", PAPER_NUMBER, COLUMN_COUNT},
		{"at_risk", "At risk", PAPER_NUMBER, COLUMN_COUNT},
		{"lost", "No longer housed", PAPER_NUMBER, COLUMN_COUNT},
		{"unreached", "Not reached", PAPER_NUMBER, COLUMN_COUNT},
		{"not_made", "Not made", PAPER_NUMBER, COLUMN_COUNT},
		{"due", "Due", PAPER_NUMBER, COLUMN_TOTAL},
	};
	struct outcomes o;
	struct tally tallies[CHECKINS_N] = {{{0}, 0}};
	TRY(load(&o, w));
	REPORT_COLUMNS(w, columns);
	for (size_t i = 0; i < w->image->n; i++) {
		const struct list_row *row = &w->image->rows[i];
		if (row->status == STATUS_HOUSED && report_about_region(w, str_from(w->image->regions[row->region].id)))
			count_housed(&o, row, tallies);
	}
	count_lost(&o, tallies);
	for (size_t i = 0; i < CHECKINS_N; i++) {
		struct paper_cell *cells = report_next(w);
		int64_t all = tallies[i].not_made;
		cells[0] = paper_number(checkin_days[i]);
		for (enum checkin_found f = 0; f < FOUND_N; f++) {
			cells[1 + f] = paper_number(tallies[i].found[f]);
			all += tallies[i].found[f];
		}
		cells[1 + FOUND_N] = paper_number(tallies[i].not_made);
		cells[2 + FOUND_N] = paper_number(all);
	}
	return NULL;
}
