#include "app/contact.h"

#include "app/evidence.h"
#include "app/joined.h"
#include "app/meeting.h"
#include "app/record.h"
#include "app/setting.h"
#include "domain/spell.h"
#include "store/q_contact.h"
#include "store/q_list.h"
#include "store/seal.h"

struct contact_work {
	struct call *call;
	struct str household_id;
	const struct contact_new *what;
	int64_t no;
	bool derive; /* the list's answer follows from more than this household's row */
	struct contact_view view;
};

static struct seal_place place_of(struct arena *a, int64_t no)
{
	return (struct seal_place){"contact", "words", str_fmt(a, "%lld", (long long)no)};
}

static err_t fill_line(struct call *c, struct arena *a, const struct household_face *face,
		       const struct q_contacts_of *row, bool others, struct contact_line *out)
{
	enum contact_place place;
	*out = (struct contact_line){.no = row->no, .day = row->day, .by = row->user};
	if (!contact_way_parse(row->way, &out->way) || !contact_place_parse(row->place, &place))
		return err_internal(a, "contact %lld has an unknown word", (long long)row->no);
	if (place != CONTACT_PLACES_N)
		out->place = contact_place_table[place].words;
	if (row->agency.n > 0)
		out->by = str_fmt(a, "%.*s, %.*s", STR_ARG(row->user), STR_ARG(row->agency));
	out->can_take_back = !row->former && (face->holds || str_eq(row->user_id, c->actor.id));
	if (row->words.n == 0 || (row->former && !others))
		return NULL;
	const struct pii *words;
	TRY(seal_open(a, c->app->keys, place_of(a, row->no), row->words, &words));
	out->words = pii_reveal(words);
	return NULL;
}

err_t contact_lines(struct call *c, struct db *db, struct arena *a, const struct household_face *face, size_t most,
		    struct contact_line **out, size_t *n)
{
	struct q_contacts_of *rows;
	bool others;
	*n = 0;
	if (!face->notes)
		return NULL;
	TRY(joined_shown(c, db, a, face, &others));
	TRY(q_contacts_of(db, a, face->no, (int64_t)most, &rows, n));
	*out = arena_many(a, *n, struct contact_line);
	for (size_t i = 0; i < *n; i++)
		TRY(fill_line(c, a, face, &rows[i], others, &(*out)[i]));
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct contact_work *w = ctx;
	struct contact_view *v = &w->view;
	*v = (struct contact_view){0};
	w->call->shown.n = 0;
	TRY(evidence_face(w->call, db, a, w->household_id, &v->face));
	v->may = v->face.notes && w->call->actor.kind == ACTOR_USER;
	return contact_lines(w->call, db, a, &v->face, CONTACTS_SHOWN, &v->lines, &v->lines_n);
}

err_t app_contact(struct call *c, struct str household_id, struct contact_view *out)
{
	struct contact_work w = {.call = c, .household_id = household_id};
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = w.view;
	return NULL;
}

static err_t find(struct contact_work *w, struct db *db, struct arena *a)
{
	w->call->shown.n = 0;
	TRY(evidence_face(w->call, db, a, w->household_id, &w->view.face));
	if (!w->view.face.notes || w->call->actor.kind != ACTOR_USER)
		return err_new(a, ERR_DENIED,
			       "Contact is written down by the list holder and the agencies that serve the household.");
	return NULL;
}

/* The list has it at once, and does not wait for tomorrow's. Who was inactive becomes active by it, or nobody is any
 * the wiser: that is for the whole rule. */
static err_t hear(struct contact_work *w, struct db *db, struct arena *a)
{
	struct q_list_now now;
	struct q_contact_listed row;
	struct rules rules;
	bool found;
	struct day day = w->what->day;
	int64_t household = w->view.face.no;
	TRY(q_list_now(db, a, &now, &found));
	TRY(q_contact_listed(db, a, household, now.import_no, &row, &found));
	if (!found || (day_known(row.last_contact) && row.last_contact.n >= day.n))
		return NULL;
	TRY(app_rules(db, a, &rules));
	w->derive = row.status == STATUS_INACTIVE;
	uint64_t flags = contact_flags(&rules, now.as_of, day, (uint64_t)row.flags);
	return q_contact_heard(db, a, household, now.import_no, day, (int64_t)flags);
}

static err_t record(struct contact_work *w, struct db *db, struct arena *a, const char *act, enum contact_way way)
{
	return app_record(w->call, db, a, act, "household", w->household_id,
			  str_fmt(a, "way=%.*s", STR_ARG(contact_way_table[way].key)));
}

static err_t write_it(struct db *db, struct arena *a, void *ctx)
{
	struct contact_work *w = ctx;
	const struct contact_new *what = w->what;
	struct call *c = w->call;
	struct q_contact_last last;
	int64_t client_no;
	bool found;
	bool said = str_trim(pii_reveal(what->words)).n > 0;
	w->derive = false;
	TRY(find(w, db, a));
	TRY(evidence_head(db, a, w->view.face.no, &client_no));
	if (said)
		TRY(meeting_check_words(a, what->words));
	TRY(q_contact_last(db, a, &last, &found));
	w->no = last.no + 1;
	TRY(q_contact_add(
		db, a,
		&(struct q_contact_add_in){
			.no = w->no,
			.household_no = w->view.face.no,
			.client_no = client_no,
			.way = contact_way_table[what->way].key,
			.place =
				what->place < CONTACT_PLACES_N ? contact_place_table[what->place].key : (struct str){0},
			.day = what->day,
			.words = said ? seal_pii(a, c->app->keys, place_of(a, w->no), what->words) : (struct str){0},
			.user_id = c->actor.id,
			.agency_id = c->actor.agency_id,
			.at = c->now,
		}));
	if (contact_way_table[what->way].counts)
		TRY(hear(w, db, a));
	return record(w, db, a, "contact.log", what->way);
}

err_t app_contact_log(struct call *c, struct str household_id, const struct contact_new *n)
{
	struct contact_work w = {.call = c, .household_id = household_id, .what = n};
	TRY(contact_check(c->arena, n->day, c->today));
	TRY(db_run(c->db, c->arena, DB_WRITE, write_it, &w));
	return w.derive ? evidence_derive(c) : NULL;
}

static err_t take_back(struct db *db, struct arena *a, void *ctx)
{
	struct contact_work *w = ctx;
	struct q_contact_by_no row;
	enum contact_way way;
	bool found;
	TRY(find(w, db, a));
	TRY(q_contact_by_no(db, a, w->no, w->view.face.no, &row, &found));
	if (!found || !(w->view.face.holds || str_eq(row.user_id, w->call->actor.id)))
		return err_new(a, ERR_MISSING, "There is no such contact of yours.");
	if (!contact_way_parse(row.way, &way))
		return err_internal(a, "contact %lld has an unknown word", (long long)w->no);
	w->derive = contact_way_table[way].counts;
	TRY(q_contact_end(db, a, w->no, w->call->actor.id, w->call->now));
	return record(w, db, a, "contact.take_back", way);
}

err_t app_contact_take_back(struct call *c, struct str household_id, int64_t no)
{
	struct contact_work w = {.call = c, .household_id = household_id, .no = no};
	TRY(db_run(c->db, c->arena, DB_WRITE, take_back, &w));
	return w.derive ? evidence_derive(c) : NULL;
}
