#include "app/scan.h"

#include "app/conference_load.h"
#include "app/say.h"
#include "base/limit.h"
#include "store/journal.h"
#include "store/q_household.h"
#include "store/q_scan.h"

static bool spoken_of(const struct q_cards *cards, size_t n, int64_t household)
{
	for (size_t i = 0; i < n; i++)
		if (cards[i].household_no == household)
			return instant_known(cards[i].closed_at) ||
			       str_eq(cards[i].state, card_state_table[CARD_NOW].key);
	return false;
}

/* The list of the conference without those it has spoken of, in the list's order. */
static err_t rest_of_list(const struct meeting *m, int64_t **out, size_t *n)
{
	struct q_cards *cards;
	int64_t *order;
	size_t cards_n, order_n;
	TRY(q_cards(m->db, m->arena, m->id, &cards, &cards_n));
	TRY(worklist_order(m->call, m->db, m->arena, meeting_list(m), 0, &order, &order_n));
	*out = arena_many(m->arena, order_n, int64_t);
	*n = 0;
	for (size_t i = 0; i < order_n; i++)
		if (!spoken_of(cards, cards_n, order[i]))
			(*out)[(*n)++] = order[i];
	return NULL;
}

static const struct q_scans *mark_of(const struct q_scans *marks, size_t n, int64_t household)
{
	for (size_t i = 0; i < n; i++)
		if (marks[i].household_no == household)
			return &marks[i];
	return NULL;
}

/* What the meeting said so far, over all pages. */
static err_t sum_fill(const struct meeting *m, const struct q_scans *marks, size_t n, struct scan_view *v)
{
	struct instant *at = arena_many(m->arena, n, struct instant);
	int counts[SCAN_MARKS_N] = {0};
	for (size_t i = 0; i < n; i++) {
		enum scan_mark mark;
		if (!scan_mark_parse(marks[i].mark, &mark))
			return err_internal(m->arena, "scan with an unknown mark");
		counts[mark]++;
		at[i] = marks[i].at;
	}
	v->say = scan_say(m->arena, counts);
	v->seconds = scan_seconds(at, n);
	return NULL;
}

static struct str days_say(struct arena *a, const struct household_face *face)
{
	if (face->days_on_list < 0)
		return S("");
	return str_fmt(a, face->coarse ? "%d days or more" : "%d days", face->days_on_list);
}

static err_t lines_fill(const struct meeting *m, const int64_t *nos, size_t n, const struct q_scans *marks,
			size_t marks_n, struct scan_view *v)
{
	struct arena *a = m->arena;
	struct household_face *faces = arena_many(a, n, struct household_face);
	struct next_step *steps = arena_many(a, n, struct next_step);
	bool next = true;
	TRY(app_household_faces(m->call, m->db, a, nos, n, faces));
	TRY(app_next_steps(m->call, m->db, a, faces, n, steps));
	v->lines = arena_many(a, n, struct scan_line);
	for (size_t i = 0; i < n; i++) {
		const struct household_face *face = &faces[i];
		const struct q_scans *said = mark_of(marks, marks_n, face->no);
		enum scan_mark mark;
		if (!face->visible)
			continue;
		struct scan_line *line = &v->lines[v->lines_n++];
		*line = (struct scan_line){
			.face = *face,
			.called = conference_called(a, face),
			.days = days_say(a, face),
			.contact = face->coarse ? S("not shown") : say_days_ago(a, face->last_contact, m->call->today),
			.step = steps[i],
			.due = text_day(a, steps[i].due),
		};
		if (said != NULL && scan_mark_parse(said->mark, &mark)) {
			line->mark = scan_mark_table[mark].key.p;
			line->mark_said = scan_mark_table[mark].words;
		}
		line->next = next && said == NULL;
		next = next && !line->next;
	}
	return NULL;
}

/* Which lines a page holds; page 0 is that of the first household without a mark. */
static void page_choose(int page, const int64_t *nos, size_t n, const struct q_scans *marks, size_t marks_n,
			struct scan_view *v)
{
	size_t first = n;
	for (size_t i = 0; i < n; i++) {
		bool looked = mark_of(marks, marks_n, nos[i]) != NULL;
		v->looked += looked ? 1 : 0;
		if (!looked && first == n)
			first = i;
	}
	v->all = (int)n;
	v->pages = n > 0 ? (v->all + LIMIT_LIST_PAGE - 1) / LIMIT_LIST_PAGE : 1;
	v->page = page > 0 ? page : first < n ? (int)first / LIMIT_LIST_PAGE + 1 : 1;
	if (v->page > v->pages)
		v->page = v->pages;
	v->first = (v->page - 1) * LIMIT_LIST_PAGE + 1;
	v->last = v->first + LIMIT_LIST_PAGE - 1;
	if (v->last > v->all)
		v->last = v->all;
}

struct scanning {
	struct call *call;
	struct str conference;
	int page;
	struct scan_view view;
	struct str household;
	enum scan_mark mark;
	const struct step_new *step;
	struct step_said said;
};

static err_t people_fill(const struct meeting *m, struct scan_view *v)
{
	struct conference_load l = {.m = *m};
	TRY(q_attendances(m->db, m->arena, m->id, &l.seats, &l.seats_n));
	TRY(q_conference_people(m->db, m->arena, m->row.region_id, &l.people, &l.people_n));
	conference_people_fill(&l, &v->people, &v->people_n);
	return NULL;
}

static err_t fill_scan(struct db *db, struct arena *a, void *ctx)
{
	struct scanning *w = ctx;
	struct meeting m;
	struct q_scans *marks;
	int64_t *nos;
	size_t marks_n, n;
	TRY(meeting_open(w->call, db, a, w->conference, &m));
	TRY(meeting_may(&m, CONFERENCE_VIEW));
	if (m.state != CONFERENCE_LIVE)
		return err_new(a, ERR_CONFLICT, "The quick scan is part of a conference that runs.");
	struct calendar calendar = meeting_calendar(a, m.row.day);
	struct scan_view *v = &w->view;
	*v = (struct scan_view){
		.id = m.id,
		.title = conference_title(a, m.row.region_name, m.row.focus),
		.day = text_day(a, m.row.day),
		.topic = str_fmt(a, "conference:%.*s", STR_ARG(m.id)),
		.can_write = m.acts & CONFERENCE_WRITE,
		.due_default_iso = text_iso(a, calendar_open_from(&calendar, day_add(m.row.day, 7))),
	};
	TRY(q_scans(db, a, m.id, &marks, &marks_n));
	TRY(rest_of_list(&m, &nos, &n));
	page_choose(w->page, nos, n, marks, marks_n, v);
	TRY(sum_fill(&m, marks, marks_n, v));
	if (n > 0)
		TRY(lines_fill(&m, nos + v->first - 1, (size_t)(v->last - v->first + 1), marks, marks_n, v));
	if (v->can_write)
		TRY(people_fill(&m, v));
	return journal_last(db, a, &v->seen);
}

err_t app_scan(struct call *c, struct str conference, int page, struct scan_view *out)
{
	struct scanning w = {.call = c, .conference = conference, .page = page};
	TRY(db_run(c->db, c->arena, DB_READ, fill_scan, &w));
	*out = w.view;
	return NULL;
}

/* A household of the rest, which the actor sees at least as a code. */
static err_t find_household(const struct meeting *m, struct str id, int64_t *no)
{
	struct q_household_by_id row;
	struct household_face face;
	int64_t *nos;
	size_t n;
	bool found, rest = false;
	TRY(q_household_by_id(m->db, m->arena, id, &row, &found));
	if (found) {
		TRY(rest_of_list(m, &nos, &n));
		for (size_t i = 0; i < n; i++)
			rest = rest || nos[i] == row.household_no;
	}
	if (rest) {
		TRY(app_household_faces(m->call, m->db, m->arena, &row.household_no, 1, &face));
		rest = face.visible;
	}
	if (!rest)
		return err_new(m->arena, ERR_MISSING,
			       "There is no such household in the rest of the list, or it was spoken of meanwhile.");
	*no = row.household_no;
	return NULL;
}

static err_t put_mark(struct meeting *m, int64_t household, enum scan_mark mark)
{
	return q_scan_put(m->db, m->arena,
			  &(struct q_scan_put_in){
				  .conference_id = m->id,
				  .household_no = household,
				  .mark = scan_mark_table[mark].key,
				  .at = m->call->now,
				  .by_id = m->call->actor.id,
			  });
}

static err_t mark(struct meeting *m, void *ctx)
{
	const struct scanning *w = ctx;
	int64_t no;
	TRY(find_household(m, w->household, &no));
	TRY(put_mark(m, no, w->mark));
	return meeting_record(m, "scan.mark",
			      str_fmt(m->arena, "household=%.*s,mark=%.*s", STR_ARG(w->household),
				      STR_ARG(scan_mark_table[w->mark].key)));
}

err_t app_scan_mark(struct call *c, struct str conference, struct str household, enum scan_mark what)
{
	struct scanning w = {.household = household, .mark = what};
	return meeting_do(c, conference, CONFERENCE_WRITE, mark, &w);
}

static err_t take_step(struct meeting *m, void *ctx)
{
	struct scanning *w = ctx;
	int64_t no;
	TRY(find_household(m, w->household, &no));
	TRY(step_put(m, no, w->step, str_fmt(m->arena, ",household=%.*s", STR_ARG(w->household)), &w->said));
	return put_mark(m, no, SCAN_STEP);
}

err_t app_scan_step(struct call *c, struct str conference, struct str household, const struct step_new *step,
		    struct step_said *out)
{
	struct scanning w = {.household = household, .step = step};
	TRY(meeting_check_words(c->arena, step->words));
	TRY(meeting_do(c, conference, CONFERENCE_WRITE, take_step, &w));
	*out = w.said;
	return NULL;
}

/* What became of one household: its steps, or that it comes next time. */
static err_t record_lines(const struct meeting *m, bool names, const struct q_scans *row,
			  const struct household_face *face, const struct q_scan_steps *steps, size_t n,
			  struct scan_record *out)
{
	struct arena *a = m->arena;
	struct str called = names ? conference_called(a, face) : str_fmt(a, "Household %.*s", STR_ARG(face->code));
	if (str_eq(row->mark, scan_mark_table[SCAN_NEXT].key))
		out->lines[out->lines_n++] =
			(struct scan_record_line){.called = called, .words = scan_mark_table[SCAN_NEXT].words};
	struct household_face coded = *face;
	coded.notes = coded.notes && names;
	for (size_t i = 0; i < n; i++) {
		const struct pii *words;
		if (steps[i].household_no != row->household_no)
			continue;
		TRY(meeting_unseal(m, "step", "words", steps[i].id, steps[i].words, &words));
		out->lines[out->lines_n++] = (struct scan_record_line){
			.called = called,
			.words = step_words_for(m->call, a, &coded, false, words),
			.owner = steps[i].owner,
			.agency = face->coarse ? S("") : steps[i].agency,
			.due = text_day(a, steps[i].due),
		};
	}
	return NULL;
}

err_t scan_record(struct meeting *m, bool names, struct scan_record *out)
{
	struct q_scans *marks;
	struct q_scan_steps *steps;
	struct scan_view sum = {0};
	size_t n, steps_n;
	TRY(q_scans(m->db, m->arena, m->id, &marks, &n));
	TRY(q_scan_steps(m->db, m->arena, m->id, &steps, &steps_n));
	TRY(sum_fill(m, marks, n, &sum));
	int64_t *nos = arena_many(m->arena, n, int64_t);
	struct household_face *faces = arena_many(m->arena, n, struct household_face);
	size_t told = 0; /* who is fine is counted and not named */
	for (size_t i = 0; i < n; i++)
		if (!str_eq(marks[i].mark, scan_mark_table[SCAN_FINE].key)) {
			nos[told] = marks[i].household_no;
			marks[told++] = marks[i];
		}
	TRY(app_household_faces(m->call, m->db, m->arena, nos, told, faces));
	TRY(app_household_unlisted(m->call, m->db, m->arena, faces, told));
	TRY(app_household_names(m->call, m->db, m->arena, faces, told));
	*out = (struct scan_record){
		.looked = (int)n, .say = sum.say, .lines = arena_many(m->arena, n + steps_n, struct scan_record_line)};
	for (size_t i = 0; i < told; i++)
		if (faces[i].visible)
			TRY(record_lines(m, names, &marks[i], &faces[i], steps, steps_n, out));
	return NULL;
}

err_t scan_carry(struct meeting *m, size_t *carried)
{
	struct q_scan_steps *steps;
	size_t n;
	TRY(q_scan_steps(m->db, m->arena, m->id, &steps, &n));
	for (size_t i = 0; i < n; i++)
		if (i == 0 || steps[i].household_no != steps[i - 1].household_no)
			TRY(step_carry_all(m, steps[i].household_no, carried));
	return NULL;
}
