#include "app/conference_view.h"

#include "app/attendance.h"
#include "app/conference_load.h"
#include "app/habit.h"
#include "app/needs.h"
#include "app/step.h"
#include "base/buf.h"
#include "domain/icebreaker.h"
#include "domain/spell.h"
#include "store/journal.h"
#include "store/q_room.h"

enum { MINUTE = 60 };

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
				     "July",    "August",   "September", "October", "November", "December"};

static struct str queue_tag(const struct conference_load *l, size_t i)
{
	struct arena *a = l->m.arena;
	const struct q_cards *card = &l->cards[i];
	enum card_state state;
	if (!card_state_parse(card->state, &state))
		return S("");
	if (l->faces[i].unlisted && state == CARD_WAITING)
		return S("no longer on the list");
	if (state == CARD_SHELVED)
		return str_fmt(a, "to %.*s", STR_ARG(text_day_short(a, card->shelved_until)));
	if (state != CARD_WAITING)
		return card_state_table[state].words;
	return l->faces[i].status == STATUS_INACTIVE ? S("to reconnect") : S("");
}

static void queue_fill(const struct conference_load *l, struct str selected, struct conference_view *v)
{
	struct arena *a = l->m.arena;
	int gone = 0; /* from the list, before anything was said */
	v->queue = arena_many(a, l->cards_n, struct queue_row);
	for (size_t i = 0; i < l->cards_n; i++) {
		const struct q_cards *card = &l->cards[i];
		const struct household_face *face = &l->faces[i];
		struct queue_row *row = &v->queue[v->queue_n];
		if (!face->visible)
			continue;
		*row = (struct queue_row){
			.card_id = card->id,
			.number = (int)++v->queue_n,
			.called = conference_called(a, face),
			.others = face->members > 1 ? face->members - 1 : 0,
			.days = face->days_on_list >= 0 ? str_fmt(a, "%d days", face->days_on_list) : S(""),
			.tag = queue_tag(l, i),
			.shelved = str_eq(card->state, card_state_table[CARD_SHELVED].key),
			.now = str_eq(card->state, card_state_table[CARD_NOW].key),
			.selected = str_eq(card->id, selected),
		};
		row->done = row->shelved || str_eq(card->state, card_state_table[CARD_DONE].key);
		v->households_done += row->done ? 1 : 0;
		gone += face->unlisted && !row->done && !row->now ? 1 : 0;
		if (row->now)
			v->now_card = card->id;
	}
	v->households = (int)v->queue_n - gone;
}

static void agenda_fill_rows(const struct conference_load *l, struct conference_view *v)
{
	struct instant end = instant_known(l->m.row.closed_at) ? l->m.row.closed_at : l->m.call->now;
	v->agenda = arena_many(l->m.arena, l->agenda_n, struct agenda_row_view);
	v->agenda_n = l->agenda_n;
	for (size_t i = 0; i < l->agenda_n; i++) {
		const struct q_agenda_items *item = &l->agenda[i];
		struct agenda_row_view *row = &v->agenda[i];
		if (item->position < 0 || item->position >= AGENDA_PARTS)
			continue;
		*row = (struct agenda_row_view){
			.position = (int)item->position,
			.key = item->key,
			.title = agenda_table[item->position].title,
			.what = agenda_table[item->position].what,
			.minutes = (int)item->minutes,
			.now = v->live && item->position == l->m.row.part,
			.reached = instant_known(item->started_at),
		};
		struct instant until = end;
		for (size_t k = i + 1; k < l->agenda_n; k++) {
			if (instant_known(l->agenda[k].started_at)) {
				until = l->agenda[k].started_at;
				break;
			}
		}
		if (row->reached && until.ms > item->started_at.ms)
			row->spent_minutes = (int)((until.ms - item->started_at.ms) / 1000 / MINUTE);
		if (row->now)
			v->part = row;
	}
	v->agreements = agenda_agreement_table;
	v->agreements_n = AGENDA_AGREEMENT_N;
}

static err_t seats_fill(const struct conference_load *l, struct conference_view *v)
{
	struct arena *a = l->m.arena;
	struct attendance_called *wishes;
	size_t wishes_n;
	TRY(attendance_wishes(&l->m, &wishes, &wishes_n));
	v->seats = arena_many(a, l->seats_n + l->guests_n, struct seat_row);
	v->seats_n = l->seats_n;
	for (size_t i = 0; i < l->seats_n; i++) {
		const struct q_attendances *row = &l->seats[i];
		enum conference_part part = PART_PROVIDER;
		bool known = conference_part_parse(row->role, &part);
		v->seats[i] = (struct seat_row){
			.user_id = row->user_id,
			.name = row->name,
			.agency = row->agency,
			.role = known ? conference_part_table[part].words : row->role,
			.in = text_clock(a, row->in_at),
			.out = text_clock(a, row->out_at),
			.here = !instant_known(row->out_at),
		};
		for (size_t k = 0; k < wishes_n; k++)
			if (str_eq(wishes[k].user_id, row->user_id)) {
				v->seats[i].called = wishes[k].called;
				v->seats[i].pronouns = wishes[k].pronouns;
			}
		v->here_n += v->seats[i].here ? 1 : 0;
	}
	for (size_t i = 0; i < l->guests_n; i++) {
		const struct q_guests_were *row = &l->guests[i];
		struct seat_row *seat = &v->seats[v->seats_n++];
		*seat = (struct seat_row){
			.user_id = row->id,
			.agency = S("no account"),
			.role = S("guest"),
			.in = text_clock(a, row->admitted_at),
			.out = text_clock(a, row->out_at),
			.here = !instant_known(row->out_at),
			.guest = true,
		};
		TRY(stage_guest_called(&l->m, row->id, row->called, &seat->name));
		v->here_n += seat->here ? 1 : 0;
	}
	return NULL;
}

/* Where the meeting stands: time, pace, and what fits. */
static void clock_fill(const struct conference_load *l, struct conference_view *v)
{
	const struct q_cards *now = conference_now(l->cards, l->cards_n);
	int minutes[AGENDA_PARTS] = {0};
	int opening = 0, closing = 0;
	for (size_t i = 0; i < v->agenda_n; i++) {
		const struct agenda_row_view *part = &v->agenda[i];
		int left = part->now && part->spent_minutes < part->minutes ? part->minutes - part->spent_minutes : 0;
		minutes[part->position] = part->minutes;
		if (part->position > AGENDA_WORK)
			closing += part->minutes;
		else if (part->position < AGENDA_WORK && part->position >= l->m.row.part)
			opening += part->now ? left : part->minutes;
	}
	int per_household = (int)l->m.row.household_seconds;
	struct conference_clock clock = {
		.length_seconds = v->minutes * MINUTE,
		.elapsed_seconds = meeting_elapsed(&l->m),
		.opening_seconds = opening * MINUTE,
		.closing_seconds = closing * MINUTE,
		.household_seconds = per_household,
		.households_waiting = v->households - v->households_done - (now != NULL ? 1 : 0),
		.card_open = now != NULL,
		.card_seconds = now != NULL ? conference_card_seconds(&l->m, now->opened_at, now->used_seconds) : 0,
	};
	for (size_t i = 0; i < l->cards_n; i++) {
		bool done = instant_known(l->cards[i].closed_at) && &l->cards[i] != now;
		clock.households_done += done ? 1 : 0;
		clock.done_seconds += done ? (int)l->cards[i].used_seconds : 0;
	}
	v->elapsed_minutes = clock.elapsed_seconds / MINUTE;
	v->households_fit = conference_fit(v->minutes, agenda_fixed_minutes(minutes), per_household);
	v->per_household_seconds = per_household;
	v->per_household = conference_clock_text(l->m.arena, per_household);
	if (!v->live)
		return;
	int behind = conference_behind(&clock);
	v->pace = conference_pace(l->m.arena, behind);
	v->behind = behind >= MINUTE;
}

static err_t goal_fill(const struct conference_load *l, struct conference_view *v)
{
	int32_t month = day_month(l->m.row.day);
	struct day first = month_first(month), last = month_last(month);
	struct day from = day_max(first, l->m.call->today);
	struct worklist_ref list = meeting_list(&l->m);
	struct q_conference_dated *rows;
	int64_t *moved;
	int64_t *dated;
	size_t moved_n, dated_n;
	v->month = str_from(months[month % 12]);
	v->goal = (int)l->m.row.goal;
	if (v->goal == 0)
		return NULL;
	TRY(app_household_housed(l->m.call, l->m.db, l->m.arena, v->region_id, first, last, &moved, &moved_n));
	TRY(worklist_keep(l->m.call, l->m.db, l->m.arena, list, moved, &moved_n));
	TRY(q_conference_dated(l->m.db, l->m.arena, v->region_id, from, last, STATUS_HOUSED, &rows, &dated_n));
	dated = arena_many(l->m.arena, dated_n, int64_t);
	for (size_t i = 0; i < dated_n; i++)
		dated[i] = rows[i].household_no;
	TRY(worklist_keep(l->m.call, l->m.db, l->m.arena, list, dated, &dated_n));
	v->goal_reached = (int)(moved_n + dated_n);
	v->goal_gap = conference_goal_gap(v->goal, (int)moved_n, (int)dated_n);
	return NULL;
}

static struct str lack_step(struct arena *a, const struct card_step *step)
{
	return str_fmt(a, "“%.*s” lacks %.*s", STR_ARG(step->words), STR_ARG(step->lacks));
}

static void lack_add(struct conference_view *v, struct str called, struct str what)
{
	v->lacks[v->lacks_n++] = (struct lack_row){called, what};
}

/* What the record lacks; told before closing and shown in it. */
static err_t lacks_fill(const struct conference_load *l, struct conference_view *v)
{
	struct arena *a = l->m.arena;
	v->lacks = arena_many(a, l->steps_n + 2 * l->cards_n, struct lack_row);
	for (size_t i = 0; i < l->cards_n; i++) {
		struct card_view card;
		if (!l->faces[i].visible)
			continue;
		TRY(card_view_fill(l, i, &card));
		if (card.face.unlisted)
			lack_add(v, card.called, S("is no longer on the list"));
		else if (!card.done && !card.shelved)
			lack_add(v, card.called, S("was not finished in this meeting"));
		for (size_t k = 0; k < card.steps_n; k++) {
			if (card.steps[k].lacks.n > 0)
				lack_add(v, card.called, lack_step(a, &card.steps[k]));
		}
		for (size_t k = 0; k < card.carried_n; k++) {
			if (card.carried[k].lacks.n > 0)
				lack_add(v, card.called, lack_step(a, &card.carried[k]));
		}
	}
	return NULL;
}

/* Who reads the agreements: this time, and the last ones, so that it is somebody else. */
static err_t readers_fill(const struct conference_load *l, struct conference_view *v)
{
	enum { READERS = 4, LINE = 400 };
	struct q_conference_readers *rows;
	size_t n;
	struct buf names = buf_new(l->m.arena, LINE);
	TRY(q_conference_readers(l->m.db, l->m.arena, l->m.row.region_id, l->m.row.day, READERS, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (str_eq(rows[i].id, l->m.id))
			v->reader = rows[i].reader;
		else
			buf_fmt(&names, "%s%.*s", names.n > 0 ? ", " : "", STR_ARG(rows[i].reader));
	}
	v->readers = buf_text(&names);
	return NULL;
}

/* What belongs to the room and to no household. */
static err_t room_fill(const struct conference_load *l, struct conference_view *v)
{
	struct habits habits;
	struct figures *figures;
	struct figures_homes *homes;
	TRY(habits_load(l->m.db, l->m.arena, l->m.row.region_id, &habits));
	v->headings = habits.on[HABIT_HEADINGS];
	if (habits.on[HABIT_ICEBREAKER] && !v->closed)
		v->icebreaker = icebreaker_of(l->m.row.day);
	if (!v->here && !v->closed) {
		struct attendance_called last;
		TRY(attendance_wish_last(&l->m, l->m.call->actor.id, &last));
		v->my_called = last.called;
		v->my_pronouns = last.pronouns;
	}
	if (!v->inside)
		return NULL;
	TRY(pulse_load(&l->m, &v->pulse));
	TRY(readers_fill(l, v));
	if (v->closed || l->m.row.part >= AGENDA_WORK)
		return NULL;
	figures = arena_one(l->m.arena, struct figures);
	TRY(figures_load(&l->m, figures));
	v->figures = figures;
	if (l->m.row.part == AGENDA_RESOURCES) {
		homes = arena_one(l->m.arena, struct figures_homes);
		TRY(figures_homes_load(&l->m, homes));
		v->homes = homes;
	}
	return NULL;
}

static void rights_fill(const struct conference_load *l, struct conference_view *v)
{
	unsigned acts = l->m.acts;
	v->planned = l->m.state == CONFERENCE_PLANNED;
	v->live = l->m.state == CONFERENCE_LIVE;
	v->closed = l->m.state == CONFERENCE_CLOSED;
	v->inside = acts & CONFERENCE_VIEW;
	v->here = l->m.here;
	v->waits = l->m.waits && !v->closed;
	v->can_enter = l->m.door && !v->here && !v->waits && !v->closed;
	v->can_drive = acts & CONFERENCE_DRIVE;
	v->can_write = acts & CONFERENCE_WRITE;
	v->can_settle = acts & CONFERENCE_SETTLE;
	v->can_prepare = acts & CONFERENCE_PREPARE && v->planned;
	v->can_attend = acts & CONFERENCE_ATTENDANCE;
	v->can_addendum = acts & CONFERENCE_ADDENDUM;
	v->can_offer = acts & CONFERENCE_OWN_STEPS;
	const struct str me = l->m.call->actor.id;
	enum conference_part part = l->m.part;
	if (str_eq(me, l->m.row.facilitator_id))
		part = PART_FACILITATOR;
	else if (str_eq(me, l->m.row.scribe_id))
		part = PART_SCRIBE;
	v->my_role = conference_part_table[part].words;
}

static void head_fill(const struct conference_load *l, struct conference_view *v)
{
	struct arena *a = l->m.arena;
	const struct q_conference_by_id *row = &l->m.row;
	*v = (struct conference_view){
		.id = l->m.id,
		.title = conference_title(a, row->region_name, row->focus),
		.region_id = row->region_id,
		.region = row->region_name,
		.day = text_day(a, row->day),
		.time = text_clock(a, row->starts_at),
		.facilitator = row->facilitator,
		.scribe = row->scribe,
		.topic = str_fmt(a, "conference:%.*s", STR_ARG(l->m.id)),
		.minutes = (int)row->minutes,
		.next_day = text_day(a, row->next_day),
		.next_day_iso = text_iso(a, row->next_day),
	};
	rights_fill(l, v);
}

/* The card asked for, or the open one. */
static err_t selected_card(const struct conference_load *l, struct str wanted, size_t *index, bool *found)
{
	const struct q_cards *now = conference_now(l->cards, l->cards_n);
	*found = false;
	for (size_t i = 0; i < l->cards_n; i++) {
		bool is = wanted.n > 0 ? str_eq(l->cards[i].id, wanted) : &l->cards[i] == now;
		if (is && l->faces[i].visible) {
			*index = i;
			*found = true;
		}
	}
	if (wanted.n > 0 && !*found)
		return err_new(l->m.arena, ERR_MISSING, "There is no such household in this conference.");
	return NULL;
}

/* The person's own words come before everybody else's. */
static err_t own_words_fill(const struct conference_load *l, struct card_view *card)
{
	struct entry *entries;
	struct preference_words wishes;
	size_t n;
	if (!card->face.notes)
		return NULL;
	TRY(entries_load(l->m.db, l->m.arena, &card->face.no, 1, &entries, &n));
	TRY(preference_of(l->m.call, l->m.arena, entries, n, card->face.no, &wishes));
	card->own_words = wishes.words;
	return NULL;
}

err_t conference_view_fill(const struct conference_load *l, struct str card, struct conference_view *v)
{
	size_t index = 0;
	bool selected;
	struct worklist list;
	head_fill(l, v);
	TRY(worklist_load(l->m.call, l->m.db, l->m.arena, meeting_list(&l->m), &list));
	v->list_id = list.id;
	v->list = list.name;
	if (!v->closed && l->m.row.part < AGENDA_WORK)
		TRY(step_carried_over(l->m.call, l->m.db, l->m.arena, meeting_list(&l->m), &v->carried_over));
	TRY(room_fill(l, v));
	if (!v->inside)
		return NULL;
	TRY(selected_card(l, card, &index, &selected));
	queue_fill(l, selected ? l->cards[index].id : S(""), v);
	if (selected) {
		v->card = arena_one(l->m.arena, struct card_view);
		TRY(card_view_fill(l, index, v->card));
		TRY(own_words_fill(l, v->card));
		v->shows_now = v->card->now;
	}
	agenda_fill_rows(l, v);
	TRY(seats_fill(l, v));
	if (l->staged != NULL) {
		v->stage = arena_one(l->m.arena, struct stage_panel);
		TRY(stage_panel_fill(l, v->stage));
	}
	conference_people_fill(l, &v->people, &v->people_n);
	clock_fill(l, v);
	TRY(goal_fill(l, v));
	TRY(conference_notes_fill(l, S(""), &v->notes, &v->notes_n));
	if (v->closed || (v->part != NULL && v->part->position == AGENDA_CLOSING))
		TRY(lacks_fill(l, v));
	return NULL;
}

struct viewing {
	struct call *call;
	struct str id;
	struct str card;
	struct conference_view view;
};

static err_t view_conference(struct db *db, struct arena *a, void *ctx)
{
	struct viewing *w = ctx;
	struct conference_load load;
	TRY(conference_load(w->call, db, a, w->id, &load));
	TRY(conference_view_fill(&load, w->card, &w->view));
	return journal_last(db, a, &w->view.seen);
}

err_t app_conference(struct call *c, struct str id, struct str card, struct conference_view *out)
{
	struct viewing w = {.call = c, .id = id, .card = card};
	TRY(db_run(c->db, c->arena, DB_READ, view_conference, &w));
	*out = w.view;
	return NULL;
}
