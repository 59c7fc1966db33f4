#include "app/prepare.h"

#include <stdlib.h>

#include "app/meeting.h"
#include "app/series.h"
#include "store/q_mou.h"
#include "store/q_prepare.h"
#include "store/q_series.h"

enum { CHECKS = 7, SENTENCES = 3, INTEREST_PERCENT = 40 };

struct preparing {
	struct call *call;
	struct str id;
	struct meeting m;
	struct q_sitting_of_conference before;
	bool follows; /* a business meeting */
	struct prepare_view view;
};

/* An agency while it is counted. */
struct table_agency {
	struct str id, name;
	int queue;
	bool memorandum;
};

static struct str day_words(struct arena *a, struct day d)
{
	char said[DAY_SAY];
	return str_dup(a, str_from(day_say_date(d, said)));
}

static int find_agency(const struct table_agency *agencies, size_t n, struct str id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(agencies[i].id, id))
			return (int)i;
	return -1;
}

static bool agency_comes(const struct q_series_agencies *named, size_t named_n, const struct q_series_people *people,
			 size_t people_n, struct str agency_id)
{
	for (size_t i = 0; i < named_n; i++)
		if (str_eq(named[i].agency_id, agency_id) && (named[i].user_id.n > 0 || named[i].deputy_id.n > 0))
			return true;
	for (size_t i = 0; i < people_n && named_n == 0; i++)
		if (str_eq(people[i].agency_id, agency_id))
			return true;
	return false;
}

/* Named for the series; without one, whoever has somebody who takes part. */
static err_t fill_coming(struct preparing *w, const struct table_agency *agencies, struct coverage_agency *counts,
			 size_t n)
{
	struct meeting *m = &w->m;
	struct q_series_agencies *named = NULL;
	struct q_series_people *people;
	size_t named_n = 0, people_n;
	if (w->follows)
		TRY(q_series_agencies(m->db, m->arena, w->before.series_id, m->row.region_id, 0, &named, &named_n));
	TRY(q_series_people(m->db, m->arena, m->row.region_id, 0, &people, &people_n));
	for (size_t i = 0; i < n; i++)
		counts[i].comes = agency_comes(named, named_n, people, people_n, agencies[i].id);
	return NULL;
}

static int compare_asked(const void *x, const void *y)
{
	const struct prepare_agency *a = x, *b = y;
	if (a->queue != b->queue)
		return a->queue < b->queue ? 1 : -1;
	if (a->lift != b->lift)
		return a->lift < b->lift ? 1 : -1;
	return str_cmp(a->name, b->name);
}

static void fill_asked(struct arena *a, const struct table_agency *agencies, const struct coverage_agency *counts,
		       size_t n, struct prepare_view *v)
{
	const struct prepare_agency *most = NULL;
	int households = v->coverage.households;
	v->agencies = arena_many(a, n, struct prepare_agency);
	for (size_t i = 0; i < n; i++) {
		if (counts[i].comes || (counts[i].lift == 0 && agencies[i].queue == 0))
			continue;
		struct prepare_agency *row = &v->agencies[v->agencies_n++];
		*row = (struct prepare_agency){
			.name = agencies[i].name,
			.queue = agencies[i].queue,
			.lift = counts[i].lift,
			.points = households == 0 ? 0 : counts[i].lift * 100 / households,
			.memorandum = agencies[i].memorandum,
		};
	}
	qsort(v->agencies, v->agencies_n, sizeof *v->agencies, compare_asked);
	for (size_t i = 0; i < v->agencies_n; i++)
		if (v->agencies[i].lift > 0 && (most == NULL || v->agencies[i].lift > most->lift))
			most = &v->agencies[i];
	if (most != NULL)
		v->most = str_fmt(a, "%.*s would lift it most: to %d %%%s.", STR_ARG(most->name),
				  (v->coverage.covered + most->lift) * 100 / households,
				  most->memorandum ? "" : ", once it has a memorandum");
	if (v->agencies_n > PREPARE_AGENCIES)
		v->agencies_n = PREPARE_AGENCIES;
}

static err_t fill_table(struct preparing *w)
{
	struct meeting *m = &w->m;
	struct arena *a = m->arena;
	struct q_prepare_ties *rows;
	struct q_prepare_queue *queue;
	struct q_mou_partners *partners;
	size_t n, queue_n, partners_n, agencies_n = 0;
	TRY(q_prepare_ties(m->db, a, m->row.region_id, 1, &rows, &n));
	TRY(q_prepare_queue(m->db, a, m->id, &queue, &queue_n));
	TRY(q_mou_partners(m->db, a, m->call->today, m->row.region_id, &partners, &partners_n));
	struct coverage_tie *ties = arena_many(a, n, struct coverage_tie);
	struct table_agency *agencies = arena_many(a, n, struct table_agency);
	for (size_t i = 0; i < n; i++) {
		int at = rows[i].agency_id.n == 0 ? -1 : find_agency(agencies, agencies_n, rows[i].agency_id);
		if (at < 0 && rows[i].agency_id.n > 0) {
			at = (int)agencies_n++;
			agencies[at] = (struct table_agency){.id = rows[i].agency_id, .name = rows[i].agency};
		}
		ties[i] = (struct coverage_tie){rows[i].household_no, at};
	}
	for (size_t i = 0; i < queue_n; i++) {
		int at = find_agency(agencies, agencies_n, queue[i].agency_id);
		if (at >= 0)
			agencies[at].queue++;
	}
	for (size_t i = 0; i < partners_n; i++) {
		int at = find_agency(agencies, agencies_n, partners[i].id);
		if (at >= 0)
			agencies[at].memorandum = true;
	}
	struct coverage_agency *counts = arena_many(a, agencies_n, struct coverage_agency);
	TRY(fill_coming(w, agencies, counts, agencies_n));
	coverage_count(ties, n, counts, agencies_n, &w->view.coverage);
	fill_asked(a, agencies, counts, agencies_n, &w->view);
	return NULL;
}

/* "Familiar with CE process", "Connected to focus", "Minimal conflict of interest" (case conferencing training). */
static err_t fill_facilitator(struct preparing *w)
{
	struct meeting *m = &w->m;
	struct arena *a = m->arena;
	struct prepare_view *v = &w->view;
	struct q_prepare_led led;
	struct q_prepare_openings openings;
	struct q_series_people *people;
	struct q_prepare_queue *queue;
	size_t people_n, queue_n;
	struct str agency = {0}, agency_id = {0};
	int households = 0, own = 0;
	bool found;
	TRY(q_prepare_led(m->db, a, m->row.facilitator_id, &led, &found));
	long long times = found ? (long long)led.conferences : 0;
	TRY(q_series_people(m->db, a, m->row.region_id, 0, &people, &people_n));
	TRY(q_prepare_queue(m->db, a, m->id, &queue, &queue_n));
	for (size_t i = 0; i < people_n; i++)
		if (str_eq(people[i].id, m->row.facilitator_id)) {
			agency = people[i].agency;
			agency_id = people[i].agency_id;
		}
	for (size_t i = 0; i < queue_n; i++) {
		households += i == 0 || queue[i].household_no != queue[i - 1].household_no ? 1 : 0;
		own += agency_id.n > 0 && str_eq(queue[i].agency_id, agency_id) ? 1 : 0;
	}
	TRY(q_prepare_openings(m->db, a, m->row.region_id, agency_id, &openings, &found));
	v->interest = households > 0 && own * 100 >= INTEREST_PERCENT * households;
	v->facilitator = arena_many(a, SENTENCES + 1, struct str);
	v->facilitator_n = SENTENCES;
	v->facilitator[0] = times == 0 ? S("It would be their first conference: offer to go through it together.")
				       : str_fmt(a, "Knows the process: has facilitated %lld.", times);
	v->facilitator[1] = own > 0 ? str_fmt(a, "Connected: %.*s serves %d of the %d households.", STR_ARG(agency),
					      own, households)
				    : S("Their agency serves none of the households.");
	v->facilitator[2] =
		v->interest
			? str_fmt(a,
				  "A conflict of interest is likely, since so many of the households are its own: let "
				  "somebody of another agency lead those.")
			: S("No conflict of interest shows.");
	if (agency_id.n > 0 && openings.own > 0) {
		v->interest = true;
		v->facilitator[v->facilitator_n++] =
			str_fmt(a,
				"%.*s has %lld of the %lld homes that are to be filled: let somebody of another agency "
				"lead when they are matched.",
				STR_ARG(agency), (long long)openings.own, (long long)openings.openings);
	}
	return NULL;
}

static void check_add(struct prepare_view *v, bool done, struct str what, struct str say, struct day due)
{
	v->checks[v->checks_n++] = (struct prepare_check){what, say, due, done};
	v->done += done ? 1 : 0;
}

static err_t fill_checks(struct preparing *w)
{
	struct meeting *m = &w->m;
	struct arena *a = m->arena;
	struct prepare_view *v = &w->view;
	struct q_prepare_export export;
	struct q_prepare_heard heard;
	struct str none = S("");
	bool found;
	int without = 0;
	struct day before = day_add(m->row.day, -1);
	v->checks = arena_many(a, CHECKS, struct prepare_check);
	TRY(q_prepare_export(m->db, a, &export, &found));
	struct day exported = found && instant_known(export.exported) ? instant_day(export.exported) : DAY_NONE;
	check_add(v, day_known(exported) && exported.n + EXPORT_DAYS >= m->call->today.n, S("The list is fresh"),
		  day_known(exported) ? str_fmt(a, "The newest export is of %.*s.", STR_ARG(day_words(a, exported)))
				      : S("No export has been switched on."),
		  before);
	for (size_t i = 0; i < v->agencies_n; i++)
		without += v->agencies[i].queue > 0 && !v->agencies[i].memorandum ? 1 : 0;
	check_add(v, without == 0, S("Memoranda are in force"),
		  without == 0 ? S("Every agency to ask for the queue has one.")
			       : str_fmt(a, "%d of the agencies that serve the queue %s none.", without,
					 without == 1 ? "has" : "have"),
		  before);
	check_add(v, v->coverage.percent >= COVERAGE_WANTED, S("The right agencies come"),
		  str_fmt(a, "%d %% of the list; %d %% are wanted.", v->coverage.percent, COVERAGE_WANTED), before);
	TRY(q_prepare_heard(m->db, a, m->id, &heard, &found));
	check_add(
		v, found && heard.invited > 0, S("Invitations are out"),
		found && heard.invited > 0
			? str_fmt(a, "%lld people get mail about it.", (long long)heard.invited)
			: S("Nobody who takes part reads mail here: call them, or let an administrator add addresses."),
		day_add(m->row.day, -7));
	check_add(v, found && heard.households > 0, S("Who cannot come was asked for word"),
		  found && heard.households > 0
			  ? str_fmt(a, "Word was sent about %lld of the households.", (long long)heard.households)
			  : S("Nothing has come yet. It takes a minute, on a phone, under “Word for a conference”."),
		  before);
	check_add(v, !str_eq(m->row.facilitator_id, m->row.scribe_id), S("Two people lead and write"),
		  str_fmt(a, "%.*s leads, %.*s writes.", STR_ARG(m->row.facilitator), STR_ARG(m->row.scribe)),
		  DAY_NONE);
	check_add(v, w->follows, S("It follows a business meeting"),
		  w->follows ? none : S("It stands alone; a series of meetings links the two."), DAY_NONE);
	return NULL;
}

static err_t prepare(struct db *db, struct arena *a, void *ctx)
{
	struct preparing *w = ctx;
	struct prepare_view *v = &w->view;
	TRY(meeting_open(w->call, db, a, w->id, &w->m));
	TRY(meeting_may(&w->m, CONFERENCE_PREPARE));
	if (w->m.state != CONFERENCE_PLANNED)
		return err_new(a, ERR_CONFLICT, "The conference has begun.");
	*v = (struct prepare_view){
		.id = w->id,
		.title = conference_title(a, w->m.row.region_name, w->m.row.focus),
		.region_id = w->m.row.region_id,
		.day = day_words(a, w->m.row.day),
	};
	TRY(q_sitting_of_conference(db, a, w->id, &w->before, &w->follows));
	if (w->follows)
		v->sitting_id = w->before.sitting_id;
	TRY(fill_table(w));
	TRY(fill_facilitator(w));
	return fill_checks(w);
}

err_t app_prepare(struct call *c, struct str conference, struct prepare_view *out)
{
	struct preparing w = {.call = c, .id = conference};
	TRY(db_run(c->db, c->arena, DB_READ, prepare, &w));
	*out = w.view;
	return NULL;
}
