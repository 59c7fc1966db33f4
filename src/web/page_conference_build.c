/* The cockpit's parts from the view of the meeting: addresses, chips, tiles, choices. */
#include "web/page_conference.h"

#include "base/buf.h"
#include "base/id.h"

enum { MINUTE = 60, ASK_DAYS = 7 };

/* The acts that change each part; the journal's words. */
static const char *const queue_acts[] = {"card.open",        "card.next",       "card.shelve", "conference.start",
					 "conference.close", "conference.part", NULL};
static const char *const room_acts[] = {"attendance.admit",
					"attendance.guest",
					"stage.check",
					"attendance.in",
					"attendance.out",
					"attendance.wish",
					"conference.read",
					"note.add",
					"question.ask",
					"conference.part",
					"conference.next",
					"conference.start",
					"conference.close",
					"card.open",
					"card.next",
					"card.shelve",
					NULL};

static struct str live_words(struct arena *a, struct str topic, const char *const *acts)
{
	struct buf out = buf_new(a, 4096);
	for (; *acts != NULL; acts++)
		buf_fmt(&out, "%.*s/%s ", STR_ARG(topic), *acts);
	buf_lit(&out, "list");
	return buf_text(&out);
}

static struct url with_card(struct arena *a, struct url u, struct str card)
{
	return card.n > 0 ? url_query(a, u, "card", card) : u;
}

/* The card that the page holds on to: none, where it follows the one that is open for all. */
static struct str pinned(const struct conference_view *v)
{
	return v->card != NULL && !v->shows_now ? v->card->id : (struct str){0};
}

static struct chip_view state_chip(const struct card_step *step)
{
	if (step->overdue_days > 0)
		return (struct chip_view){S("overdue"), TONE_WARN};
	if (str_eq(step->state_key, S("done")))
		return (struct chip_view){step->state, TONE_GOOD};
	if (str_eq(step->state_key, S("carried")) || str_eq(step->state_key, S("not_yet")))
		return (struct chip_view){step->state, TONE_WARN};
	return (struct chip_view){str_eq(step->state_key, S("open")) ? S("") : step->state, TONE_IDLE};
}

const struct option_view *conference_owners(struct arena *a, const struct person_row *people, size_t people_n,
					    struct str chosen, size_t *n)
{
	struct option_view *options = arena_many(a, people_n + 1, struct option_view);
	*n = 0;
	options[(*n)++] = (struct option_view){S(""), S("Who?"), chosen.n == 0};
	for (size_t i = 0; i < people_n; i++) {
		const struct person_row *p = &people[i];
		struct str label =
			p->agency.n > 0 ? str_fmt(a, "%.*s · %.*s", STR_ARG(p->name), STR_ARG(p->agency)) : p->name;
		if (!p->here)
			label = str_fmt(a, "%.*s (not here)", STR_ARG(label));
		options[(*n)++] = (struct option_view){p->id, label, str_eq(p->id, chosen)};
	}
	return options;
}

static const struct step_form *step_forms(struct arena *a, const struct conference_view *v, struct str csrf,
					  const struct card_step *rows, size_t n)
{
	struct step_form *forms = arena_many(a, n, struct step_form);
	for (size_t i = 0; i < n; i++) {
		struct step_form *f = &forms[i];
		*f = (struct step_form){
			.step = &rows[i],
			.done = str_eq(rows[i].state_key, S("done")),
			.not_yet = str_eq(rows[i].state_key, S("not_yet")),
			.changed = str_eq(rows[i].state_key, S("changed")),
			.dropped = str_eq(rows[i].state_key, S("dropped")),
			.answer = url_path(a, "/conference/{}/step/{}/answer", v->id, rows[i].id),
			.change = url_path(a, "/conference/{}/step/{}/change", v->id, rows[i].id),
			.confirm = url_path(a, "/conference/{}/step/{}/confirm", v->id, rows[i].id),
			.chip = state_chip(&rows[i]),
			.card = v->card->id,
			.csrf = csrf,
		};
		if (rows[i].can_change)
			f->owners = conference_owners(a, v->people, v->people_n, rows[i].owner_id, &f->owners_n);
	}
	return forms;
}

static const struct conflict_form *conflict_forms(struct arena *a, const struct conference_view *v, struct str csrf)
{
	const struct card_view *card = v->card;
	struct conflict_form *forms = arena_many(a, card->conflicts_n, struct conflict_form);
	for (size_t i = 0; i < card->conflicts_n; i++) {
		const struct conflict_row *row = &card->conflicts[i];
		forms[i] = (struct conflict_form){
			.row = row,
			.settle = url_path(a, "/conference/{}/settle/{}", v->id, row->id),
			.csrf = csrf,
			.field = str_eq(row->field, S("follow_up")) ? S("Follow-up")
				 : str_eq(row->field, S("barrier")) ? S("System barrier")
								    : S("Notes"),
			.card = card->id,
		};
	}
	return forms;
}

static const struct option_view *way_options(struct arena *a, struct str chosen, size_t *n)
{
	struct option_view *ways = arena_many(a, TELLING_WAY_N + 1, struct option_view);
	*n = TELLING_WAY_N + 1;
	ways[0] = (struct option_view){S(""), S("By which safe way?"), chosen.n == 0};
	for (int i = 0; i < TELLING_WAY_N; i++)
		ways[i + 1] = (struct option_view){telling_way_table[i].key, telling_way_table[i].words,
						   str_eq(telling_way_table[i].key, chosen)};
	return ways;
}

static const struct tell_form *tell_form(struct arena *a, const struct conference_view *v, struct str csrf)
{
	const struct card_view *card = v->card;
	struct tell_form *f = arena_one(a, struct tell_form);
	*f = (struct tell_form){
		.tell = &card->tell,
		.told = &card->told,
		.put = url_path(a, "/conference/{}/card/{}/tell", v->id, card->id),
		.answer = url_path(a, "/conference/{}/card/{}/told", v->id, card->told.card),
		.sheet = url_path(a, "/conference/{}/card/{}/sheet", v->id, card->id),
		.done = card->done_tell,
		.current = card->current == 6,
		.can_write = card->can_write,
		.was_told = str_eq(card->told.answer, S("told")),
		.was_not_yet = str_eq(card->told.answer, S("not_yet")),
		.was_not_reached = str_eq(card->told.answer, S("not_reached")),
		.card = card->id,
		.csrf = csrf,
	};
	f->ways = way_options(a, card->tell.way_key, &f->ways_n);
	f->tellers = conference_owners(a, v->people, v->people_n, card->tell.teller_id, &f->tellers_n);
	return f;
}

static void build_tiles(struct arena *a, const struct card_view *card, struct household_part *part)
{
	const struct household_face *face = &card->face;
	enum { MOST = 5 };
	struct tile_view *tiles = arena_many(a, MOST, struct tile_view);
	size_t n = 0;
	if (face->days_on_list >= 0)
		tiles[n++] = (struct tile_view){str_fmt(a, "%d days", face->days_on_list), S("On the list")};
	if (face->months_36 >= 0)
		tiles[n++] = (struct tile_view){str_fmt(a, "%d", face->months_36), S("Months in 36")};
	tiles[n++] = (struct tile_view){face->situation.n > 0 ? face->situation : S("not known"), S("Staying")};
	if (card->place.n > 0)
		tiles[n++] = (struct tile_view){card->place, S("Place")};
	tiles[n++] = (struct tile_view){card->contact, S("Last contact")};
	part->tiles = (struct tiles_view){.tiles = tiles, .tiles_n = n, .joined = true};
}

struct str conference_new_id(const struct request *rq)
{
	struct id id = id_new();
	return str_dup(rq->arena, id_str(&id));
}

static void build_household(const struct request *rq, const struct conference_view *v, struct str error,
			    struct household_part *part)
{
	struct arena *a = rq->arena;
	const struct card_view *card = v->card;
	*part = (struct household_part){
		.card = card,
		.self = with_card(a, url_path(a, "/conference/{}/household", v->id), pinned(v)),
		.live = str_fmt(a, "%.*s list", STR_ARG(v->topic)),
		.csrf = rq->csrf,
		.error = error,
		.open = url_path(a, "/conference/{}/card/{}/open", v->id, card->id),
		.next = url_path(a, "/conference/{}/next", v->id),
		.shelve = url_path(a, "/conference/{}/card/{}/shelve", v->id, card->id),
		.barrier = url_path(a, "/conference/{}/card/{}/barrier", v->id, card->id),
		.text = url_path(a, "/conference/{}/card/{}/text", v->id, card->id),
		.target = url_path(a, "/conference/{}/card/{}/target", v->id, card->id),
		.review = url_path(a, "/conference/{}/card/{}/review", v->id, card->id),
		.step = url_path(a, "/conference/{}/card/{}/step", v->id, card->id),
		.note = url_path(a, "/conference/{}/note", v->id),
		.match = url_path(a, "/conference/{}/card/{}/match", v->id, card->id),
		.left = conference_clock_text(a, card->allotted_seconds - card->used_seconds),
		.others = str_fmt(a, "%d to go", v->households - v->households_done),
		.carried = step_forms(a, v, rq->csrf, card->carried, card->carried_n),
		.carried_n = card->carried_n,
		.steps = step_forms(a, v, rq->csrf, card->steps, card->steps_n),
		.steps_n = card->steps_n,
		.conflicts = conflict_forms(a, v, rq->csrf),
		.conflicts_n = card->conflicts_n,
		.tell = tell_form(a, v, rq->csrf),
		.draft = {.id = conference_new_id(rq), .due = card->due_default_iso},
		.note_id = conference_new_id(rq),
		.can_drive = v->can_drive,
		.headings = v->headings,
		.live_meeting = v->live,
		.elsewhere = v->live && !card->now && v->now_card.n > 0,
		.follow = url_path(a, "/conference/{}", v->id),
		.until_default = card->review_default_iso,
	};
	build_tiles(a, card, part);
	part->owners = conference_owners(a, v->people, v->people_n, part->draft.owner, &part->owners_n);
}

static void build_queue(struct arena *a, const struct conference_view *v, struct conference_page *page)
{
	struct queue_line *lines = arena_many(a, v->queue_n, struct queue_line);
	for (size_t i = 0; i < v->queue_n; i++) {
		const struct queue_row *row = &v->queue[i];
		enum tone tone = row->shelved ? TONE_WARN : row->done ? TONE_GOOD : row->now ? TONE_INFO : TONE_IDLE;
		lines[i] = (struct queue_line){
			.row = row,
			.href = url_query(a, url_path(a, "/conference/{}", v->id), "card", row->card_id),
			.chip = {row->tag, tone},
		};
	}
	page->queue = lines;
	page->queue_n = v->queue_n;
	page->queue_live = live_words(a, v->topic, queue_acts);
	page->queue_url = with_card(a, url_path(a, "/conference/{}/queue", v->id), pinned(v));
}

static void build_room(struct arena *a, const struct conference_view *v, struct str me, struct conference_page *page)
{
	struct seat_line *seats = arena_many(a, v->seats_n, struct seat_line);
	struct agenda_line *agenda = arena_many(a, v->agenda_n, struct agenda_line);
	struct option_view *absent = arena_many(a, v->people_n + 1, struct option_view);
	for (size_t i = 0; i < v->seats_n; i++) {
		const struct seat_row *seat = &v->seats[i];
		bool leads = str_eq(seat->role, S("facilitator"));
		seats[i] = (struct seat_line){
			.seat = seat,
			.chip = {seat->here ? seat->role : str_fmt(a, "left %.*s", STR_ARG(seat->out)),
				 leads ? TONE_INFO : TONE_IDLE},
			.can_leave = seat->here && v->can_attend && !str_eq(seat->user_id, me),
			.guest = seat->guest,
		};
	}
	for (size_t i = 0; i < v->agenda_n; i++) {
		const struct agenda_row_view *row = &v->agenda[i];
		bool over = row->now && row->spent_minutes > row->minutes;
		agenda[i] = (struct agenda_line){
			.part = row,
			.chip = {row->reached ? str_fmt(a, "%d of %d min", row->spent_minutes, row->minutes)
					      : str_fmt(a, "%d min", row->minutes),
				 over       ? TONE_WARN
				 : row->now ? TONE_INFO
					    : TONE_IDLE},
		};
	}
	for (size_t i = 0; i < v->people_n; i++) {
		if (!v->people[i].here)
			absent[page->absent_n++] = (struct option_view){v->people[i].id, v->people[i].name, false};
	}
	page->absent = absent;
	page->seats = seats;
	page->seats_n = v->seats_n;
	page->agenda = agenda;
	page->agenda_n = v->agenda_n;
	page->room_live = live_words(a, v->topic, room_acts);
	page->room_url = with_card(a, url_path(a, "/conference/{}/room", v->id), pinned(v));
}

/* What has moved since last time, and what there is to move into. */
static void build_figures(struct arena *a, const struct conference_view *v, struct conference_page *page)
{
	enum { TILES = 5 };
	const struct figures *f = v->figures;
	if (f != NULL) {
		struct tile_view *tiles = arena_many(a, TILES, struct tile_view);
		size_t n = 0;
		tiles[n++] = (struct tile_view){str_fmt(a, "%d", f->came), S("New")};
		tiles[n++] = (struct tile_view){str_fmt(a, "%d", f->returned), S("Returned")};
		tiles[n++] = (struct tile_view){str_fmt(a, "%d", f->moved_in), S("Moved in")};
		if (v->goal > 0)
			tiles[n++] = (struct tile_view){str_fmt(a, "%d of %d", v->goal_reached, v->goal),
							str_fmt(a, "%.*s: housed or dated", STR_ARG(v->month))};
		tiles[n++] = (struct tile_view){str_fmt(a, "%d", f->active), S("On the list")};
		page->moved = (struct tiles_view){.tiles = tiles, .tiles_n = n};
	}
	if (v->homes == NULL)
		return;
	static const char *const when[OPENING_WINDOWS] = {"now", "within 30 days", "within 60", "within 90", "later"};
	struct buf out = buf_new(a, 200);
	for (int i = 0; i < OPENING_WINDOWS; i++)
		if (v->homes->windows[i] > 0)
			buf_fmt(&out, "%s%d %s", out.n > 0 ? ", " : "", v->homes->windows[i], when[i]);
	page->homes = buf_text(&out);
}

static void build_bar(struct arena *a, const struct conference_view *v, struct conference_page *page)
{
	enum { METERS = 3 };
	struct meter_view *meters = arena_many(a, METERS, struct meter_view);
	size_t n = 0;
	if (v->inside && v->households > 0)
		meters[n++] = (struct meter_view){
			.label = str_fmt(a, "Households %d of %d done", v->households_done, v->households),
			.value = v->households_done,
			.max = v->households,
			.tone = TONE_IDLE,
		};
	if (v->live && v->inside)
		meters[n++] = (struct meter_view){
			.label = str_fmt(a, "Time %d of %d min · %.*s", v->elapsed_minutes, v->minutes,
					 STR_ARG(v->pace)),
			.value = v->elapsed_minutes < v->minutes ? v->elapsed_minutes : v->minutes,
			.max = v->minutes,
			.tone = v->behind ? TONE_WARN : TONE_GOOD,
		};
	if (v->inside && v->goal > 0)
		meters[n++] = (struct meter_view){
			.label = str_fmt(a, "%.*s: %d of %d dated", STR_ARG(v->month), v->goal_reached, v->goal),
			.value = v->goal_reached < v->goal ? v->goal_reached : v->goal,
			.max = v->goal,
			.tone = v->goal_gap > 0 ? TONE_WARN : TONE_GOOD,
		};
	page->meeting = (struct meeting_layout){
		.layout = page->layout,
		.title = v->title,
		.subtitle = str_fmt(a, "%.*s%s%.*s · %.*s · facilitator %.*s, scribe %.*s", STR_ARG(v->list),
				    v->list.n > 0 ? " · " : "", STR_ARG(v->day), STR_ARG(v->time),
				    STR_ARG(v->facilitator), STR_ARG(v->scribe)),
		.back = conference_list_url(a, URL("/conferences"), (struct worklist_ref){v->region_id, v->list_id}),
		.here = v->here_n > 0 ? str_fmt(a, "%d here", v->here_n) : S(""),
		.bar = url_path(a, "/conference/{}/bar", v->id),
		.live = v->topic,
		.stage = v->stage != NULL ? url_path(a, "/conference/{}/stage", v->id) : (struct url){{0}},
		.meters = meters,
		.meters_n = n,
	};
}

void conference_page_build(const struct request *rq, const struct conference_view *v, struct str error,
			   struct conference_page *out)
{
	struct arena *a = rq->arena;
	struct conference_page page = {.layout = out->layout, .view = v, .csrf = rq->csrf, .error = error};
	page.here = url_path(a, "/conference/{}", v->id);
	page.door = url_path(a, "/conference/{}/door", v->id);
	page.in = url_path(a, "/conference/{}/in", v->id);
	page.wish = url_path(a, "/conference/{}/wish", v->id);
	page.read = url_path(a, "/conference/{}/read", v->id);
	page.pulse = url_path(a, "/conference/{}/pulse", v->id);
	page.out = url_path(a, "/conference/{}/out", v->id);
	page.in_for = url_path(a, "/conference/{}/in-for", v->id);
	page.out_for = url_path(a, "/conference/{}/out-for", v->id);
	page.start = url_path(a, "/conference/{}/start", v->id);
	page.part = url_path(a, "/conference/{}/part", v->id);
	page.next = url_path(a, "/conference/{}/next", v->id);
	page.next_day = url_path(a, "/conference/{}/next-day", v->id);
	page.close = url_path(a, "/conference/{}/close", v->id);
	page.note = url_path(a, "/conference/{}/note", v->id);
	page.question = url_path(a, "/conference/{}/question", v->id);
	if (v->live && v->can_write) {
		char due[DAY_TEXT];
		page.askers = conference_owners(a, v->people, v->people_n, S(""), &page.askers_n);
		page.ask_due = str_dup(a, str_from(day_text(day_add(rq->today, ASK_DAYS), due)));
	}
	page.note_id = conference_new_id(rq);
	page.change = url_path(a, "/conference/{}/plan", v->id);
	page.notes = url_path(a, "/conference/{}/notes", v->id);
	page.scan = url_path(a, "/conference/{}/scan", v->id);
	page.back = conference_list_url(a, URL("/conferences"), (struct worklist_ref){v->region_id, v->list_id});
	page.stage = stage_box(rq, v->id, v->stage);
	page.facilitates = v->live && str_eq(v->my_role, S("facilitator"));
	build_queue(a, v, &page);
	build_room(a, v, rq->actor->id, &page);
	build_figures(a, v, &page);
	page.me = rq->actor->id;
	page.household_url = url_path(a, "/conference/{}/household", v->id);
	if (v->card != NULL) {
		struct household_part *part = arena_one(a, struct household_part);
		build_household(rq, v, error, part);
		page.household = part;
	}
	build_bar(a, v, &page);
	*out = page;
}
