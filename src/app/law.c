#include "app/law.h"

#include "app/evidence.h"
#include "app/household_access.h"
#include "app/journal_inside.h"
#include "app/list_head.h"
#include "app/meeting.h"
#include "app/person.h"
#include "app/record.h"
#include "app/release.h"
#include "store/q_law.h"
#include "store/q_list.h"
#include "store/seal.h"

/* One of the people of the household, and what may be shown about them. */
struct person {
	int64_t client_no;
	struct str called;
	struct household_laws may;
};

struct work {
	struct call *call;
	struct str household_id;
	struct db *db;
	struct arena *arena;
	const struct list_image *image;
	struct household_face face;
	const struct list_head *head;
	struct person *people; /* the head first */
	size_t people_n;
	struct law_view *view; /* NULL: somebody writes */
	/* What is written. */
	size_t member;
	enum fact_law law;
	const struct pii *words;
	struct str fact_id;
	err_t (*then)(struct work *w);
};

/* --- whom it is about, and what may be shown of them --- */

static err_t fill_person(struct work *w, const struct household_asked *head, const struct access_decision *of_head,
			 const struct q_list_members *row, size_t at, struct person *p)
{
	struct household_asked asked = *head;
	struct access_decision may;
	struct person_name name;
	struct arena *a = w->arena;
	*p = (struct person){.client_no = row->client_no, .called = str_fmt(a, "Member %zu", at + 1)};
	if (!of_head->named) /* nobody is named in a household that is not */
		return NULL;
	if (w->face.record == 0)
		TRY(app_household_signer(w->call, a, w->image->as_of, head->client_no, row->client_no, row->birth,
					 &asked.client_no));
	TRY(app_household_decide_laws(w->call, w->db, a, w->image, USE_DEVICE, &asked, &p->may));
	TRY(app_household_decide_member(w->call, w->db, a, w->image, head, of_head, row->client_no, row->birth, &may));
	if (may.field[FIELD_NAME] != ACCESS_FULL)
		return NULL;
	TRY(app_person_name(w->call, a, row->client_no, row->name, row->hashed, &name));
	if (name.full.n > 0)
		p->called = name.full;
	return NULL;
}

static err_t fill_people(struct work *w)
{
	const struct list_row *row = list_image_row(w->image, w->face.no);
	struct q_list_members *rows;
	struct access_decision of_head;
	if (row == NULL)
		return err_new(w->arena, ERR_MISSING, "This household is on no list any more.");
	TRY(list_heads(w->call, w->db, w->arena, w->image, &row, 1, &w->head));
	const struct household_asked head = {row, w->face.record != 0 ? w->face.record : w->head->client_no,
					     w->face.serves};
	TRY(app_household_decide(w->call, w->db, w->arena, w->image, USE_DEVICE, &head, 1, &of_head));
	TRY(release_members(w->db, w->arena, &w->face, w->image->version, &rows, &w->people_n));
	w->people = arena_many(w->arena, w->people_n, struct person);
	for (size_t i = 0; i < w->people_n; i++)
		TRY(fill_person(w, &head, &of_head, &rows[i], i, &w->people[i]));
	return NULL;
}

static err_t run(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct call *c = w->call;
	struct list_image *image;
	c->shown.n = 0;
	c->shown.laws = c->shown.general = 0;
	w->db = db;
	w->arena = a;
	TRY(evidence_face(c, db, a, w->household_id, &w->face));
	TRY(list_image_take(c->app->lists, db, a, &image));
	w->image = image;
	err_t e = fill_people(w);
	if (e == NULL)
		e = w->then(w);
	list_image_give(c->app->lists, &image);
	return e;
}

/* --- reading --- */

static struct seal_place place_of(struct str id)
{
	return (struct seal_place){"law_fact", "words", id};
}

/* The law and the words of a fact, which are sealed as one. */
static err_t open_fact(const struct work *w, const struct q_law_facts_of *row, enum fact_law *law, struct str *words)
{
	const struct pii *sealed;
	struct str word;
	TRY(seal_open(w->arena, w->call->app->keys, place_of(row->id), row->words, &sealed));
	if (!str_cut(pii_reveal(sealed), '\n', &word, words) || !law_parse(word, law))
		return err_internal(w->arena, "a fact under a law that is not known");
	return NULL;
}

static bool may_show(const struct household_laws *may, bool own, enum fact_law law)
{
	return ((may->others | (own ? may->own : 0)) & LAW_BIT(law)) != 0;
}

static void note_shown(struct work *w, enum fact_law law, bool general)
{
	w->call->shown.laws |= LAW_BIT(law);
	w->call->shown.general |= general ? LAW_BIT(law) : 0;
}

static err_t add_facts_of(struct work *w, const struct person *p, struct law_line *lines)
{
	struct q_law_facts_of *rows;
	size_t n;
	TRY(q_law_facts_of(w->db, w->arena, p->client_no, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		bool own = str_eq(rows[i].agency_id, w->call->actor.agency_id);
		enum fact_law law;
		struct str words;
		TRY(open_fact(w, &rows[i], &law, &words));
		if (!may_show(&p->may, own, law))
			continue;
		struct law_line *line = &lines[law];
		line->facts = db_rows_room(w->arena, line->facts, line->facts_n, sizeof *line->facts);
		line->facts[line->facts_n++] = (struct law_fact_row){
			.id = rows[i].id,
			.about = p->called,
			.words = words,
			.agency = rows[i].agency,
			.by = rows[i].written_by,
			.day = instant_day(rows[i].written_at),
			.own = own,
		};
		line->notice = line->notice || !own;
		if (!own)
			note_shown(w, law, (p->may.general & LAW_BIT(law)) != 0);
	}
	return NULL;
}

/* Whom an agency serves is known of the household as a whole: what its head signed counts. */
static err_t add_agencies(struct work *w, const struct person *head, struct law_line *lines)
{
	struct q_list_agencies *rows;
	size_t n;
	TRY(q_list_agencies(w->db, w->arena, &w->face.no, 1, w->image->version, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		bool own = str_eq(rows[i].agency_id, w->call->actor.agency_id);
		enum fact_law law;
		if (!law_parse(rows[i].law, &law) || law == LAW_HMIS || !may_show(&head->may, own, law))
			continue;
		struct law_line *line = &lines[law];
		line->agencies = db_rows_room(w->arena, line->agencies, line->agencies_n, sizeof *line->agencies);
		line->agencies[line->agencies_n++] = rows[i].name;
		line->notice = line->notice || !own;
		if (!own)
			note_shown(w, law, (head->may.general & LAW_BIT(law)) != 0);
	}
	return NULL;
}

static err_t add_told(struct work *w, struct law_line *line)
{
	struct q_law_disclosures *rows;
	struct journal_people people;
	struct instant begin, end;
	size_t n;
	journal_span(day_add_years(w->call->today, -LAW_LIST_YEARS), DAY_NONE, &begin, &end);
	TRY(q_law_disclosures(w->db, w->arena, w->face.id, begin, &rows, &n));
	if (n > 0)
		TRY(journal_people_read(w->db, w->arena, &people));
	line->told = arena_many(w->arena, n, struct law_told);
	for (size_t i = 0; i < n; i++) {
		struct law_told told = {instant_day(rows[i].at), S("")};
		if ((rows[i].general & LAW_BIT(line->law)) == 0)
			continue;
		told.who = journal_who_of(NULL, w->arena, &people, rows[i].user_id);
		const struct law_told *last = line->told_n > 0 ? &line->told[line->told_n - 1] : NULL;
		if (last == NULL || last->day.n != told.day.n || !str_eq(last->who, told.who))
			line->told[line->told_n++] = told;
	}
	return NULL;
}

static err_t look(struct work *w)
{
	struct law_view *v = w->view;
	struct law_line *lines = arena_many(w->arena, LAWS_N, struct law_line);
	uint32_t own = 0;
	uint32_t released = w->people_n > 0 ? UINT32_MAX : 0;
	*v = (struct law_view){.face = w->face, .lines = lines + 1, .lines_n = LAWS_N - 1};
	v->members = arena_many(w->arena, w->people_n, struct law_member);
	for (size_t i = 0; i < w->people_n; i++) {
		const struct person *p = &w->people[i];
		own |= p->may.own;
		released &= p->may.others;
		TRY(add_facts_of(w, p, lines));
		if (p->may.own != 0)
			v->members[v->members_n++] = (struct law_member){i, p->called};
	}
	if (w->people_n > 0)
		TRY(add_agencies(w, &w->people[0], lines));
	for (int l = LAW_HMIS + 1; l < LAWS_N; l++) {
		lines[l].law = (enum fact_law)l;
		lines[l].released = (released & LAW_BIT(l)) != 0;
		lines[l].lists_told = law_lists_disclosures(lines[l].law) && ((own | released) & LAW_BIT(l)) != 0;
		if (lines[l].lists_told)
			TRY(add_told(w, &lines[l]));
	}
	return NULL;
}

err_t app_laws(struct call *c, struct str household_id, struct law_view *out)
{
	struct law_view view;
	struct work w = {.call = c, .household_id = household_id, .view = &view, .then = look};
	TRY(db_run(c->db, c->arena, DB_READ, run, &w));
	*out = view;
	return NULL;
}

/* --- writing --- */

/* What the journal says is what it says of anything that is written about a household. */
static err_t note_written(struct work *w)
{
	w->call->shown.n = 0; /* nothing of it is shown */
	return app_record(w->call, w->db, w->arena, "household.write", "household", w->face.id,
			  str_fmt(w->arena, "fact=%.*s", STR_ARG(w->fact_id)));
}

static err_t write_fact(struct work *w)
{
	struct arena *a = w->arena;
	struct call *c = w->call;
	if (w->member >= w->people_n)
		return err_new(a, ERR_MISSING, "This household has no such member.");
	const struct person *p = &w->people[w->member];
	if ((p->may.own & LAW_BIT(w->law)) == 0)
		return err_new(a, ERR_DENIED, "Such facts are written down by an agency that serves the household.");
	const struct pii *both =
		pii_new(a, str_fmt(a, "%s\n%.*s", law_word(w->law), STR_ARG(str_trim(pii_reveal(w->words)))));
	TRY(q_law_fact_add(w->db, a,
			   &(struct q_law_fact_add_in){
				   .id = w->fact_id,
				   .household_no = w->face.no,
				   .client_no = p->client_no,
				   .agency_id = c->actor.agency_id,
				   .words = seal_pii(a, c->app->keys, place_of(w->fact_id), both),
				   .written_by = c->actor.id,
				   .written_at = c->now,
			   }));
	return note_written(w);
}

static err_t end_fact(struct work *w)
{
	struct call *c = w->call;
	int64_t changed = 0;
	for (size_t i = 0; i < w->people_n && changed == 0; i++)
		TRY(q_law_fact_end(w->db, w->arena,
				   &(struct q_law_fact_end_in){.id = w->fact_id,
							       .client_no = w->people[i].client_no,
							       .agency_id = c->actor.agency_id,
							       .by = c->actor.id,
							       .now = c->now},
				   &changed));
	if (changed == 0)
		return err_new(w->arena, ERR_MISSING, "Your agency has no such fact about this household.");
	return note_written(w);
}

err_t app_law_write(struct call *c, struct str household_id, size_t member, enum fact_law law, const struct pii *words)
{
	struct work w = {.call = c,
			 .household_id = household_id,
			 .member = member,
			 .law = law,
			 .words = words,
			 .fact_id = meeting_new_id(c->arena),
			 .then = write_fact};
	if (law <= LAW_HMIS || law >= LAWS_N)
		return err_new(c->arena, ERR_INVALID, "Choose the law that the fact comes under.");
	TRY(meeting_check_words(c->arena, words));
	return db_run(c->db, c->arena, DB_WRITE, run, &w);
}

err_t app_law_take_back(struct call *c, struct str household_id, struct str fact_id)
{
	struct work w = {.call = c, .household_id = household_id, .fact_id = fact_id, .then = end_fact};
	return db_run(c->db, c->arena, DB_WRITE, run, &w);
}
