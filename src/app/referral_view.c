/* What people see of referrals. */
#include "app/referral_view.h"

#include "app/closed_day.h"
#include "app/meeting.h"
#include "app/mou.h"
#include "app/referral_inside.h"
#include "app/setting.h"
#include "app/step.h"
#include "domain/listing.h"
#include "store/q_hmis.h"
#include "store/q_hmis_export.h"
#include "store/seal.h"

struct seeing {
	struct call *call;
	struct db *db;
	struct arena *arena;
	struct calendar calendar;
	int days; /* setting referral_days */
	struct referral_queue *queue;
	struct referral_view *view;
	struct str id;
};

/* The calendar of clocks that began as long ago as any of these. */
static err_t clock_of(struct seeing *w, struct day from)
{
	struct settings settings;
	TRY(app_settings(w->db, w->arena, &settings));
	w->days = settings.referral_days;
	return closed_day_calendar(w->call, w->db, w->arena, from, &w->calendar);
}

static err_t row_of(const struct seeing *w, const struct q_referrals_seen *r, struct referral_row *out)
{
	const struct actor *actor = &w->call->actor;
	*out = (struct referral_row){
		.id = r->id,
		.chosen = r->household_no_known,
		.face.no = r->household_no,
		.region_id = r->region_id,
		.region = r->region,
		.opening_id = r->opening_id,
		.agency_id = r->agency_id,
		.agency = r->agency,
		.program = r->program,
		.asked = instant_day(r->requested_at),
		.issued = r->issued_day,
		.since = r->state_day,
		.ended = r->ended_day,
		.review = str_eq(r->review, S("waits")),
		.plans = meeting_may_plan(actor, r->region_id),
		.receives = actor->agency_id.n > 0 && str_eq(actor->agency_id, r->agency_id),
	};
	if (!referral_state_parse(r->state, &out->state) || !policy_kind_parse(r->kind, &out->kind) ||
	    !referral_source_parse(r->source, &out->source))
		return err_internal(w->arena, "referral %.*s holds a word that is not known", STR_ARG(r->id));
	out->due = day_known(r->due_day) ? r->due_day : referral_due(&w->calendar, out->asked, w->days);
	out->clock = referral_clock_of(out->due, r->issued_day, w->call->today);
	out->expires = referral_expires(out->state, out->since);
	out->answer = DAY_NONE;
	if (out->state == REFERRAL_REQUESTED)
		out->answer = out->due;
	else if (referral_is_open(out->state))
		out->answer = referral_due(&w->calendar, out->since, referral_state_table[out->state].answer_days);
	out->late = day_known(out->answer) && out->answer.n < w->call->today.n;
	const struct referral_reason *reason = referral_reason_of(out->state, r->reason);
	if (reason != NULL)
		out->reason = reason->words;
	return NULL;
}

/* --- the queue --- */

/* Those that may be the actor's to see, with their households; at the end those that are. */
static err_t faces_of(const struct seeing *w, struct referral_row *rows, size_t *n)
{
	struct call *c = w->call;
	int64_t *nos = arena_many(w->arena, *n, int64_t);
	struct household_face *faces = arena_many(w->arena, *n, struct household_face);
	size_t asked = 0;
	for (size_t i = 0; i < *n; i++)
		if (rows[i].chosen)
			nos[asked++] = rows[i].face.no;
	TRY(app_household_faces(c, w->db, w->arena, nos, asked, faces));
	TRY(app_household_unlisted(c, w->db, w->arena, faces, asked));
	size_t kept = 0;
	size_t next = 0;
	for (size_t i = 0; i < *n; i++) {
		if (rows[i].chosen)
			rows[i].face = faces[next++];
		rows[i].sends = rows[i].chosen && rows[i].face.serves;
		if (rows[i].plans || rows[i].receives || rows[i].sends)
			rows[kept++] = rows[i];
	}
	*n = kept;
	return NULL;
}

static bool may_be_seen(const struct seeing *w, const struct referral_row *row)
{
	return row->plans || row->receives || mou_works_in(&w->call->actor.cover, row->region_id);
}

/* What each agency has to answer, the longest wait first. */
static void count_loads(const struct seeing *w)
{
	struct referral_queue *q = w->queue;
	q->loads = arena_many(w->arena, q->rows_n, struct referral_load);
	for (size_t i = 0; i < q->rows_n; i++) {
		const struct referral_row *row = &q->rows[i];
		size_t at = 0;
		if (referral_state_table[row->state].waits != WAITS_AGENCY)
			continue;
		while (at < q->loads_n && !str_eq(q->loads[at].agency, row->agency))
			at++;
		if (at == q->loads_n)
			q->loads[q->loads_n++] = (struct referral_load){.agency = row->agency};
		struct referral_load *load = &q->loads[at];
		int age = day_diff(row->since, w->call->today);
		load->n++;
		load->late += row->late;
		load->oldest = age > load->oldest ? age : load->oldest;
	}
}

static void part_rows(const struct seeing *w, const struct referral_row *rows, size_t n)
{
	struct referral_queue *q = w->queue;
	q->rows = arena_many(w->arena, n, struct referral_row);
	q->ended = arena_many(w->arena, n, struct referral_row);
	for (size_t i = 0; i < n; i++)
		if (referral_is_open(rows[i].state))
			q->rows[q->rows_n++] = rows[i];
	for (int review = 1; review >= 0; review--)
		for (size_t i = n; i-- > 0;)
			if (!referral_is_open(rows[i].state) && rows[i].review == review)
				q->ended[q->ended_n++] = rows[i];
	for (size_t i = 0; i < n; i++) {
		bool lately =
			day_known(rows[i].issued) && day_diff(rows[i].issued, w->call->today) <= REFERRAL_KEPT_DAYS;
		q->issued_n += lately;
		q->in_time_n += lately && rows[i].clock == CLOCK_ON_TIME;
	}
}

static err_t read_queue(struct db *db, struct arena *a, void *ctx)
{
	struct seeing *w = ctx;
	struct call *c = w->call;
	struct q_referrals_seen *found;
	struct q_referral_contact_of contact;
	size_t all;
	bool known;
	w->db = db;
	w->arena = a;
	*w->queue = (struct referral_queue){0};
	TRY(q_referrals_seen(db, a, day_add(c->today, -REFERRAL_KEPT_DAYS), &found, &all));
	TRY(clock_of(w, all > 0 ? instant_day(found[0].requested_at) : c->today));
	struct referral_row *rows = arena_many(a, all, struct referral_row);
	size_t n = 0;
	for (size_t i = 0; i < all; i++) {
		TRY(row_of(w, &found[i], &rows[n]));
		n += may_be_seen(w, &rows[n]);
	}
	TRY(faces_of(w, rows, &n));
	part_rows(w, rows, n);
	count_loads(w);
	w->queue->may_ask = c->actor.agency_id.n > 0 && c->actor.cover.works_in_n > 0;
	TRY(q_referral_contact_of(db, a, c->actor.agency_id, &contact, &known));
	if (known) {
		w->queue->contact = contact.name;
		w->queue->reach = contact.reach;
	}
	return NULL;
}

err_t app_referrals(struct call *c, struct referral_queue *out)
{
	struct seeing w = {.call = c, .queue = out};
	return db_run(c->db, c->arena, DB_READ, read_queue, &w);
}

/* --- one --- */

static struct str event_say(struct str what)
{
	static const struct {
		struct str what, say;
	} others[] = {
		{STR_INIT("attempt"), STR_INIT("tried to reach the household")},
		{STR_INIT("note"), STR_INIT("note")},
		{STR_INIT("plan"), STR_INIT("how to reach the household")},
		{STR_INIT("appeal"), STR_INIT("reopened: issued once more")},
		{STR_INIT("agreed"), STR_INIT("the decline was looked at and stands")},
		{STR_INIT("requested"), STR_INIT("asked for")},
	};
	enum referral_state s;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_eq(others[i].what, what))
			return others[i].say;
	return referral_state_parse(what, &s) ? referral_state_table[s].words : what;
}

static struct str reason_say(struct str what, struct str key)
{
	enum referral_state s;
	if (str_eq(key, S("elsewhere")))
		return S("accepted elsewhere");
	if (str_eq(key, S("opening")))
		return S("the opening ended");
	if (!referral_state_parse(what, &s))
		return (struct str){0};
	const struct referral_reason *reason = referral_reason_of(s, key);
	return reason == NULL ? (struct str){0} : reason->words;
}

static err_t fill_lines(const struct seeing *w)
{
	struct referral_view *v = w->view;
	struct q_referral_events *rows;
	TRY(q_referral_events(w->db, w->arena, w->id, &rows, &v->lines_n));
	v->lines = arena_many(w->arena, v->lines_n, struct referral_line);
	for (size_t i = 0; i < v->lines_n; i++) {
		struct str row = str_fmt(w->arena, "%.*s.%d", STR_ARG(w->id), (int)rows[i].no);
		const struct pii *words;
		TRY(seal_open(w->arena, w->call->app->keys, (struct seal_place){"referral_event", "note", row},
			      rows[i].note, &words));
		v->lines[i] = (struct referral_line){
			.day = rows[i].day,
			.say = event_say(rows[i].what),
			.by = rows[i].by,
			.reason = reason_say(rows[i].what, rows[i].reason),
		};
		if (words != NULL)
			v->lines[i].note = step_words_for(w->call, w->arena, &v->row.face, false, words);
		if (v->plan.n == 0 && str_eq(rows[i].what, S("plan")))
			v->plan = v->lines[i].note;
	}
	return NULL;
}

static err_t fill_tasks(const struct seeing *w)
{
	struct referral_view *v = w->view;
	struct q_referral_tasks *rows;
	struct q_conference_people *people;
	size_t n;
	for (int t = 0; t < REFERRAL_TASKS_N; t++)
		v->tasks[t] =
			(struct referral_task_row){.task = (enum referral_task)t, .due = DAY_NONE, .done = DAY_NONE};
	TRY(q_referral_tasks(w->db, w->arena, w->id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		enum referral_task task;
		if (!referral_task_parse(rows[i].task, &task))
			return err_internal(w->arena, "referral with an unknown task");
		bool late = day_known(rows[i].due_day) && !day_known(rows[i].done_day) &&
			    rows[i].due_day.n < w->call->today.n;
		v->tasks[task] = (struct referral_task_row){
			.task = task,
			.owner_id = rows[i].owner_id,
			.owner = rows[i].owner,
			.due = rows[i].due_day,
			.done = rows[i].done_day,
			.done_by = rows[i].done_by_name,
			.late = late,
		};
	}
	TRY(q_conference_people(w->db, w->arena, v->row.region_id, &people, &v->people_n));
	v->people = arena_many(w->arena, v->people_n, struct referral_person);
	for (size_t i = 0; i < v->people_n; i++)
		v->people[i] = (struct referral_person){
			people[i].id, people[i].agency.n > 0 ? str_fmt(w->arena, "%.*s, %.*s", STR_ARG(people[i].name),
								       STR_ARG(people[i].agency))
							     : people[i].name};
	return NULL;
}

/* Whoever must be in no HMIS export is in no block to copy either. */
static err_t hmis_withheld(const struct seeing *w, int64_t household_no, bool *out)
{
	struct q_hmis_now now;
	struct q_hmis_export_withheld *withheld;
	struct q_referral_members *members;
	size_t withheld_n, members_n;
	bool found;
	TRY(q_hmis_now(w->db, w->arena, &now, &found));
	TRY(q_hmis_export_withheld(w->db, w->arena, now.import_no, &withheld, &withheld_n));
	TRY(q_referral_members(w->db, w->arena, household_no, now.import_no, &members, &members_n));
	*out = members_n == 0;
	for (size_t m = 0; m < members_n; m++) {
		*out = *out || (members[m].flags & FLAG_CODED) != 0;
		for (size_t i = 0; i < withheld_n; i++)
			*out = *out || withheld[i].client_no == members[m].client_no;
	}
	return NULL;
}

static void add_hmis(const struct seeing *w, const char *what, struct str value)
{
	w->view->hmis[w->view->hmis_n++] = (struct referral_hmis){str_from(what), value};
}

/* HMIS Data Standards 4.20, Coordinated Entry Event. */
static err_t fill_hmis(const struct seeing *w)
{
	static const char *const events[POLICY_KINDS_N] = {
		[POLICY_PSH] = "14, Referral to PSH project resource opening",
		[POLICY_RRH] = "13, Referral to RRH project resource opening",
		[POLICY_TH] = "11, Referral to Transitional Housing bed/unit opening",
		[POLICY_OPH] = "15, Referral to Other PH project/unit/resource opening",
		[POLICY_VOUCHER] = "18, Referral to a Housing Stability Voucher",
	};
	static const char *const results[] = {"", "1, Successful referral: client accepted",
					      "2, Unsuccessful referral: client rejected",
					      "3, Unsuccessful referral: provider rejected"};
	enum { LINES = 6 };
	struct referral_view *v = w->view;
	const struct referral_row *row = &v->row;
	char day[DAY_TEXT];
	bool withheld;
	if (!row->chosen || !day_known(row->issued)) {
		v->hmis_not = S("There is nothing to record before it is issued.");
		return NULL;
	}
	TRY(hmis_withheld(w, row->face.no, &withheld));
	if (withheld) {
		v->hmis_not = S("Nothing about this household goes into the HMIS.");
		return NULL;
	}
	if (row->face.hmis_id.n == 0) {
		v->hmis_not = S("Who reads the household’s HMIS id records it there.");
		return NULL;
	}
	v->hmis = arena_many(w->arena, LINES, struct referral_hmis);
	add_hmis(w, "Client (head of household)", row->face.hmis_id);
	add_hmis(w, "Date of event", str_dup(w->arena, str_from(day_text(row->issued, day))));
	add_hmis(w, "Event", str_from(events[row->kind]));
	add_hmis(w, "Project it is referred to", row->program);
	int result = referral_result(row->state);
	if (result > 0) {
		add_hmis(w, "Referral result", str_from(results[result]));
		add_hmis(w, "Date of result", str_dup(w->arena, str_from(day_text(row->since, day))));
	}
	return NULL;
}

static err_t fill(struct seeing *w, const struct referral_work *one)
{
	const struct q_referral_by_id *r = &one->row;
	struct referral_view *v = w->view;
	struct q_referral_contact_of contact;
	bool known;
	const struct q_referrals_seen seen = {
		.id = one->id,
		.household_no = r->household_no,
		.household_no_known = r->household_no_known,
		.region_id = r->region_id,
		.region = r->region,
		.opening_id = r->opening_id,
		.agency_id = r->agency_id,
		.agency = r->agency,
		.kind = r->kind,
		.program = r->program,
		.source = r->source,
		.requested_at = r->requested_at,
		.state = r->state,
		.state_day = r->state_day,
		.issued_day = r->issued_day,
		.due_day = r->due_day,
		.reason = r->reason,
		.review = r->review,
		.ended_day = r->ended_day,
	};
	size_t n = 1;
	TRY(clock_of(w, instant_day(r->requested_at)));
	TRY(row_of(w, &seen, &v->row));
	TRY(faces_of(w, &v->row, &n));
	if (n == 0)
		return err_new(w->arena, ERR_MISSING, "There is no such referral.");
	if (v->row.chosen)
		TRY(app_household_names(w->call, w->db, w->arena, &v->row.face, 1));
	v->asked_by = r->requested_by;
	v->rank = r->rank_known ? (int)r->rank : 0;
	v->may_write = v->row.plans || v->row.receives;
	v->may_appeal = v->row.plans && referral_may_appeal(v->row.state, v->row.ended, w->call->today);
	v->may_review = v->row.plans && v->row.review;
	TRY(q_referral_contact_of(w->db, w->arena, v->row.agency_id, &contact, &known));
	if (known) {
		v->contact = contact.name;
		v->reach = contact.reach;
	}
	TRY(fill_lines(w));
	TRY(fill_tasks(w));
	return fill_hmis(w);
}

static err_t read_one(struct db *db, struct arena *a, void *ctx)
{
	struct seeing *w = ctx;
	struct referral_work one;
	w->db = db;
	w->arena = a;
	w->call->shown.n = 0;
	*w->view = (struct referral_view){0};
	TRY(referral_open(w->call, db, a, w->id, &one));
	return fill(w, &one);
}

err_t app_referral(struct call *c, struct str id, struct referral_view *out)
{
	struct seeing w = {.call = c, .id = id, .view = out};
	return db_run(c->db, c->arena, DB_READ, read_one, &w);
}

err_t referrals_had(struct db *db, struct arena *a, const struct household_face *face, struct referral_had **out,
		    size_t *n)
{
	struct q_referrals_had *rows;
	*n = 0;
	*out = NULL;
	if (!face->notes)
		return NULL;
	TRY(q_referrals_had(db, a, face->no, &rows, n));
	*out = arena_many(a, *n, struct referral_had);
	for (size_t i = 0; i < *n; i++) {
		(*out)[i] = (struct referral_had){.id = rows[i].id,
						  .agency = rows[i].agency,
						  .program = rows[i].program,
						  .day = rows[i].state_day};
		if (!referral_state_parse(rows[i].state, &(*out)[i].state))
			return err_internal(a, "referral with an unknown state");
	}
	return NULL;
}
