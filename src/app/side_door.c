#include "app/side_door.h"

#include "app/meeting.h"
#include "app/record.h"
#include "app/report.h"
#include "app/report_inside.h"
#include "store/q_side_door.h"
#include "store/seal.h"

/* An entry, found by its handle, and what the actor is to it. */
struct door {
	struct call *c;
	struct str handle;
	struct side_door_view *view;
	int64_t client_no, enrollment_no;
	struct str agency_id, region_id;
	bool plans, own;
	struct ce_book *book;
	struct str answer;
	const struct pii *words;
};

static err_t missing(struct arena *a)
{
	return err_new(a, ERR_MISSING, "There is no such entry, or it is another agency's.");
}

static const struct ce_entry *find_entry(const struct door *d, struct arena *a)
{
	for (size_t i = 0; i < d->book->entries_n; i++) {
		struct arena_mark mark = arena_mark(a);
		bool same = str_eq(report_handle(a, d->c->app->keys, &d->book->entries[i]), d->handle);
		arena_rewind(a, mark);
		if (same)
			return &d->book->entries[i];
	}
	return NULL;
}

/* Who it is, and whether it is the actor's: in a transaction of its own, since all enrollments are read. */
static err_t find(struct db *db, struct arena *a, void *ctx)
{
	struct door *d = ctx;
	struct call *c = d->c;
	struct list_image *image;
	TRY(ce_book_load(c, db, a, &d->book));
	const struct ce_entry *e = find_entry(d, a);
	if (e == NULL || ce_book_door(d->book, a, e) == DOOR_REFERRED || e->at.agency == CE_ANY)
		return missing(a);
	TRY(list_image_take(c->app->lists, db, a, &image));
	struct report_work w = {.c = c, .db = db, .a = a, .image = image, .book = d->book};
	struct str region =
		str_dup(c->arena, report_region_of(&w, e->person, d->book->projects[e->at.project].region_id));
	list_image_give(c->app->lists, &image);
	d->client_no = e->client_no;
	d->enrollment_no = e->enrollment_no;
	d->region_id = region;
	d->agency_id = str_dup(c->arena, d->book->agencies[e->at.agency].id);
	d->plans = meeting_may_plan(&c->actor, region);
	d->own = c->actor.agency_id.n > 0 && str_eq(c->actor.agency_id, d->agency_id);
	return d->plans || d->own ? NULL : missing(a);
}

/* --- reading --- */

static const struct paper_cell *cell_of(const struct report_view *v, size_t row, const char *key)
{
	for (size_t c = 0; c < v->columns_n; c++)
		if (str_eq(str_from(v->columns[c].key), str_from(key)))
			return &report_cells(v, row)[c];
	return NULL;
}

/* The year of the agency, and the row of the entry as the report has it. */
static err_t read_year(struct door *d, struct day entry)
{
	struct call *c = d->c;
	struct report_view rows;
	struct report_view year;
	struct side_door_view *v = d->view;
	struct report_ask ask = {.report = REPORT_SIDE_DOOR, .from = entry, .to = entry};
	TRY(app_report(c, &ask, &rows));
	for (size_t i = 0; i < rows.rows_n; i++) {
		if (!str_eq(rows.abouts[i].handle, d->handle))
			continue;
		v->code = cell_of(&rows, i, "code")->text;
		v->agency = cell_of(&rows, i, "agency")->text;
		v->project = cell_of(&rows, i, "project")->text;
		v->region = cell_of(&rows, i, "region")->text;
		v->kind = cell_of(&rows, i, "kind")->text;
		v->found = cell_of(&rows, i, "found")->text;
		v->answer = cell_of(&rows, i, "answer")->text;
	}
	if (v->agency.n == 0) /* an answer has taken it out of the report */
		return missing(c->arena);
	ask = (struct report_ask){.report = REPORT_SIDE_DOOR_AGENCIES, .to = c->today};
	ask.from = day_add(c->today, 1 - SIDE_DOOR_YEAR);
	TRY(app_report(c, &ask, &year));
	for (size_t i = 0; i + year.totals < year.rows_n; i++)
		if (str_eq(cell_of(&year, i, "agency")->text, v->agency)) {
			v->doors += cell_of(&year, i, "side_door")->number;
			v->entries += cell_of(&year, i, "entries")->number;
		}
	v->again = side_door_repeats(v->doors, v->entries);
	return NULL;
}

static err_t read_asked(struct db *db, struct arena *a, void *ctx)
{
	struct door *d = ctx;
	struct side_door_view *v = d->view;
	struct q_side_door_by_entry row;
	const struct pii *words = NULL;
	bool found;
	TRY(q_side_door_by_entry(db, a, d->client_no, d->enrollment_no, &row, &found));
	v->asked = v->due = v->answered = v->closed = DAY_NONE;
	if (found) {
		TRY(seal_open(a, d->c->app->keys, (struct seal_place){"side_door", "words", row.id}, row.words,
			      &words));
		v->asked = instant_day(row.asked_at);
		v->due = row.due_day;
		if (instant_known(row.answered_at))
			v->answered = instant_day(row.answered_at);
		if (instant_known(row.closed_at))
			v->closed = instant_day(row.closed_at);
	}
	if (words != NULL)
		v->words = pii_reveal(words);
	bool open = found && !day_known(v->closed);
	v->may_ask = d->plans && !found;
	v->may_answer = open;
	v->may_close = d->plans && open && day_known(v->answered);
	return NULL;
}

err_t app_side_door(struct call *c, struct str handle, struct side_door_view *out)
{
	struct side_door_view view = {0};
	struct door d = {.c = c, .handle = handle, .view = &view};
	err_t e = db_run(c->db, c->arena, DB_READ, find, &d);
	if (e == NULL)
		view.entry = find_entry(&d, c->arena)->at.day;
	ce_book_free(&d.book);
	TRY(e);
	TRY(read_year(&d, view.entry));
	TRY(db_run(c->db, c->arena, DB_READ, read_asked, &d));
	*out = view;
	return NULL;
}

/* --- writing --- */

static err_t change(struct door *d, err_t (*write)(struct db *db, struct arena *a, void *ctx))
{
	struct call *c = d->c;
	err_t e = db_run(c->db, c->arena, DB_READ, find, d);
	ce_book_free(&d->book);
	return e != NULL ? e : db_run(c->db, c->arena, DB_WRITE, write, d);
}

static err_t ask(struct db *db, struct arena *a, void *ctx)
{
	const struct door *d = ctx;
	struct call *c = d->c;
	struct q_side_door_by_entry row;
	bool found;
	if (!d->plans)
		return err_new(a, ERR_DENIED, "An agency is asked by who plans the conferences of the region.");
	TRY(q_side_door_by_entry(db, a, d->client_no, d->enrollment_no, &row, &found));
	if (found)
		return err_new(a, ERR_CONFLICT, "The agency was asked about this entry already.");
	struct str id = meeting_new_id(a);
	TRY(q_side_door_ask(db, a,
			    &(struct q_side_door_ask_in){
				    .id = id,
				    .client_no = d->client_no,
				    .enrollment_no = d->enrollment_no,
				    .agency_id = d->agency_id,
				    .region_id = d->region_id,
				    .asked_at = c->now,
				    .asked_by = c->actor.id,
				    .due_day = day_add(c->today, SIDE_DOOR_ANSWER_DAYS),
			    }));
	return app_record(c, db, a, "side_door.ask", "side_door", id, (struct str){0});
}

err_t app_side_door_ask(struct call *c, struct str handle)
{
	return change(&(struct door){.c = c, .handle = handle}, ask);
}

static err_t load_asked(const struct door *d, struct db *db, struct arena *a, struct str *id)
{
	struct q_side_door_by_entry row;
	bool found;
	TRY(q_side_door_by_entry(db, a, d->client_no, d->enrollment_no, &row, &found));
	if (!found)
		return err_new(a, ERR_CONFLICT, "The agency was not asked about this entry yet.");
	*id = row.id;
	return NULL;
}

static err_t answer(struct db *db, struct arena *a, void *ctx)
{
	const struct door *d = ctx;
	struct call *c = d->c;
	struct str id;
	int64_t changed;
	TRY(load_asked(d, db, a, &id));
	TRY(q_side_door_answer(
		db, a,
		&(struct q_side_door_answer_in){
			.id = id,
			.answer = d->answer,
			.words = seal_pii(a, c->app->keys, (struct seal_place){"side_door", "words", id}, d->words),
			.answered_at = c->now,
			.answered_by = c->actor.id,
		},
		&changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "This question is closed.");
	return app_record(c, db, a, "side_door.answer", "side_door", id, (struct str){0});
}

err_t app_side_door_answer(struct call *c, struct str handle, struct str word, const struct pii *words)
{
	enum side_door_answer known;
	if (!side_door_answer_parse(word, &known))
		return err_new(c->arena, ERR_INVALID, "Choose what happened.");
	return change(&(struct door){.c = c, .handle = handle, .answer = word, .words = words}, answer);
}

static err_t close_it(struct db *db, struct arena *a, void *ctx)
{
	const struct door *d = ctx;
	struct call *c = d->c;
	struct str id;
	int64_t changed;
	if (!d->plans)
		return err_new(a, ERR_DENIED, "A question is closed by who plans the conferences of the region.");
	TRY(load_asked(d, db, a, &id));
	TRY(q_side_door_close(db, a, id, c->now, c->actor.id, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "There is no answer yet, or it is closed.");
	return app_record(c, db, a, "side_door.close", "side_door", id, (struct str){0});
}

err_t app_side_door_close(struct call *c, struct str handle)
{
	return change(&(struct door){.c = c, .handle = handle}, close_it);
}
