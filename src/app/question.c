#include "app/question.h"

#include "app/meeting.h"
#include "app/record.h"
#include "app/unnamed.h"
#include "store/q_question.h"

struct question_work {
	struct call *call;
	struct str id;
	const struct question_new *asked;
	const struct pii *answer;
	bool sure;
	struct str owner_id;
	struct day due;
	struct q_question_by_id row;
	struct question_view view;
};

#define READERS "Everybody in the region’s conferences reads it"

static err_t check_owner(struct db *db, struct arena *a, struct str region_id, struct str owner_id, struct day due,
			 struct day today)
{
	bool works = false;
	if (owner_id.n > 0)
		TRY(meeting_person(db, a, region_id, owner_id, &works));
	if (!works)
		return err_new(a, ERR_INVALID, "Choose who finds it out: one of the people of these conferences.");
	if (!day_known(due) || due.n < today.n)
		return err_new(a, ERR_INVALID, "By which day? Choose today or a day to come.");
	return NULL;
}

static err_t ask(struct meeting *m, void *ctx)
{
	const struct question_new *q = ctx;
	struct call *c = m->call;
	struct arena *a = m->arena;
	struct str id = meeting_new_id(a);
	TRY(check_owner(m->db, a, m->row.region_id, q->owner_id, q->due, c->today));
	TRY(unnamed_check_for(c, m->db, a, q->words, QUESTION_MOST, q->sure, READERS));
	TRY(q_question_add(m->db, a,
			   &(struct q_question_add_in){
				   .id = id,
				   .conference_id = m->id,
				   .region_id = m->row.region_id,
				   .words = unnamed_seal(c, a, "question", "words", id, q->words),
				   .owner_id = q->owner_id,
				   .due = q->due,
				   .asked_by = c->actor.id,
				   .asked_at = c->now,
			   }));
	return meeting_record(m, "question.ask", str_fmt(a, "question=%.*s", STR_ARG(id)));
}

err_t app_question_ask(struct call *c, struct str conference, const struct question_new *q)
{
	struct question_new copy = *q;
	return meeting_do(c, conference, CONFERENCE_WRITE, ask, &copy);
}

static bool may_answer(const struct call *c, struct str region_id, struct str owner_id)
{
	return str_eq(owner_id, c->actor.id) || meeting_may_plan(&c->actor, region_id);
}

static err_t open_words(struct call *c, struct arena *a, struct str id, struct str sealed, struct str *out)
{
	return unnamed_open(c, a, "question", "words", id, sealed, out);
}

err_t questions_open(struct call *c, struct db *db, struct arena *a, struct str region_id, struct question_line **out,
		     size_t *n)
{
	struct q_questions_open *rows;
	TRY(q_questions_open(db, a, region_id, &rows, n));
	*out = arena_many(a, *n, struct question_line);
	for (size_t i = 0; i < *n; i++) {
		struct question_line *line = &(*out)[i];
		*line = (struct question_line){
			.id = rows[i].id,
			.owner = rows[i].owner,
			.agency = rows[i].agency,
			.due = rows[i].due,
			.overdue = rows[i].due.n < c->today.n,
			.mine = str_eq(rows[i].owner_id, c->actor.id),
			.can_answer = may_answer(c, region_id, rows[i].owner_id),
		};
		TRY(open_words(c, a, rows[i].id, rows[i].words, &line->words));
	}
	return NULL;
}

err_t questions_mine(struct call *c, struct db *db, struct arena *a, struct question_line **out, size_t *n)
{
	struct q_questions_of_owner *rows;
	TRY(q_questions_of_owner(db, a, c->actor.id, &rows, n));
	*out = arena_many(a, *n, struct question_line);
	for (size_t i = 0; i < *n; i++) {
		struct question_line *line = &(*out)[i];
		*line = (struct question_line){.id = rows[i].id,
					       .due = rows[i].due,
					       .overdue = rows[i].due.n < c->today.n,
					       .mine = true,
					       .can_answer = true};
		TRY(open_words(c, a, rows[i].id, rows[i].words, &line->words));
	}
	return NULL;
}

err_t questions_of(struct call *c, struct db *db, struct arena *a, struct str conference, struct question_line **out,
		   size_t *n)
{
	struct q_questions_of_conference *rows;
	TRY(q_questions_of_conference(db, a, conference, &rows, n));
	*out = arena_many(a, *n, struct question_line);
	for (size_t i = 0; i < *n; i++) {
		struct question_line *line = &(*out)[i];
		char day[DAY_SAY];
		*line = (struct question_line){.id = rows[i].id, .owner = rows[i].owner, .due = rows[i].due};
		TRY(open_words(c, a, rows[i].id, rows[i].words, &line->words));
		if (!instant_known(rows[i].answered_at))
			continue;
		TRY(unnamed_open(c, a, "question", "answer", rows[i].id, rows[i].answer, &line->answer));
		line->by = str_fmt(a, "%.*s, %s", STR_ARG(rows[i].answered_by),
				   day_say(instant_day(rows[i].answered_at), day));
	}
	return NULL;
}

/* The question, for somebody who works in its region, as long as it is open. */
static err_t find(struct question_work *w, struct db *db, struct arena *a)
{
	bool found, works = false;
	TRY(q_question_by_id(db, a, w->id, &w->row, &found));
	if (found)
		TRY(meeting_region_works(w->call, db, a, w->row.region_id, &works));
	if (!works)
		return err_new(a, ERR_MISSING, "There is no such question.");
	if (instant_known(w->row.answered_at))
		return err_new(a, ERR_CONFLICT, "This question is answered already.");
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct question_work *w = ctx;
	struct call *c = w->call;
	struct question_view *v = &w->view;
	struct q_conference_people *people;
	TRY(find(w, db, a));
	*v = (struct question_view){
		.region_id = w->row.region_id,
		.can_give = meeting_may_plan(&c->actor, w->row.region_id),
		.line = {.id = w->id,
			 .owner = w->row.owner,
			 .due = w->row.due,
			 .overdue = w->row.due.n < c->today.n,
			 .mine = str_eq(w->row.owner_id, c->actor.id),
			 .can_answer = may_answer(c, w->row.region_id, w->row.owner_id)},
	};
	TRY(open_words(c, a, w->id, w->row.words, &v->line.words));
	if (!v->can_give)
		return NULL;
	TRY(q_conference_people(db, a, w->row.region_id, &people, &v->people_n));
	v->people = arena_many(a, v->people_n, struct question_person);
	for (size_t i = 0; i < v->people_n; i++)
		v->people[i] =
			(struct question_person){people[i].id, people[i].name, str_eq(people[i].id, w->row.owner_id)};
	return NULL;
}

err_t app_question(struct call *c, struct str id, struct question_view *out)
{
	struct question_work w = {.call = c, .id = id};
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = w.view;
	return NULL;
}

static err_t record(const struct question_work *w, struct db *db, struct arena *a, const char *act)
{
	return app_record(w->call, db, a, act, "conference", w->row.conference_id,
			  str_fmt(a, "question=%.*s", STR_ARG(w->id)));
}

static err_t answer(struct db *db, struct arena *a, void *ctx)
{
	struct question_work *w = ctx;
	struct call *c = w->call;
	TRY(find(w, db, a));
	if (!may_answer(c, w->row.region_id, w->row.owner_id))
		return err_new(a, ERR_DENIED, "Whoever was to find it out answers it, or who plans the conferences.");
	TRY(unnamed_check_for(c, db, a, w->answer, QUESTION_MOST, w->sure, READERS));
	TRY(q_question_answer(db, a, w->id, unnamed_seal(c, a, "question", "answer", w->id, w->answer), c->actor.id,
			      c->now));
	return record(w, db, a, "question.answer");
}

err_t app_question_answer(struct call *c, struct str id, const struct pii *words, bool sure)
{
	struct question_work w = {.call = c, .id = id, .answer = words, .sure = sure};
	return db_run(c->db, c->arena, DB_WRITE, answer, &w);
}

static err_t give(struct db *db, struct arena *a, void *ctx)
{
	struct question_work *w = ctx;
	TRY(find(w, db, a));
	if (!meeting_may_plan(&w->call->actor, w->row.region_id))
		return err_new(a, ERR_DENIED, "Who plans the region’s conferences gives it to somebody else.");
	TRY(check_owner(db, a, w->row.region_id, w->owner_id, w->due, w->call->today));
	TRY(q_question_give(db, a, w->id, w->owner_id, w->due));
	return record(w, db, a, "question.give");
}

err_t app_question_give(struct call *c, struct str id, struct str owner_id, struct day due)
{
	struct question_work w = {.call = c, .id = id, .owner_id = owner_id, .due = due};
	return db_run(c->db, c->arena, DB_WRITE, give, &w);
}
