/* Papers that evidence a disability: recorded, withdrawn, and read by who may read notes about the household. */
#include "app/evidence.h"
#include "app/meeting.h"
#include "app/record.h"
#include "store/q_evidence.h"
#include "store/seal.h"

struct changing {
	struct call *call;
	struct str household_id;
	struct str id;
	const struct disability_words *words;
	struct household_face face;
	int64_t client_no;
};

static struct str seal_words(const struct changing *w, struct arena *a, const char *column, const struct pii *words)
{
	return seal_pii(a, w->call->app->keys, (struct seal_place){"disability_paper", column, w->id}, words);
}

static err_t add_paper(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	const struct disability_words *words = w->words;
	TRY(evidence_for_writer(w->call, db, a, w->household_id, &w->face, &w->client_no));
	TRY(disability_check(a, words->dated, str_trim(pii_reveal(words->by_whom)).n > 0, w->call->today));
	TRY(meeting_check_words(a, words->by_whom));
	TRY(meeting_check_words(a, words->kept));
	w->id = meeting_new_id(a);
	TRY(q_disability_add(
		db, a,
		&(struct q_disability_add_in){
			.id = w->id,
			.household_no = w->face.no,
			.client_no = w->client_no,
			.what = seal_words(w, a, "what", pii_new(a, str_from(disability_word(words->what)))),
			.by_whom = seal_words(w, a, "by_whom", words->by_whom),
			.dated = words->dated,
			.until = disability_until(words->what, words->dated),
			.kept = seal_words(w, a, "kept", words->kept),
			.recorded_by = w->call->actor.id,
			.recorded_at = w->call->now,
		}));
	return app_record(w->call, db, a, "evidence.record", "household", w->household_id,
			  str_fmt(a, "paper=%.*s", STR_ARG(w->id)));
}

static err_t withdraw(struct db *db, struct arena *a, void *ctx)
{
	struct changing *w = ctx;
	struct q_disability_by_id row;
	bool found;
	int64_t changed;
	TRY(evidence_for_writer(w->call, db, a, w->household_id, &w->face, &w->client_no));
	TRY(q_disability_by_id(db, a, w->id, w->client_no, &row, &found));
	TRY(evidence_may_withdraw(w->call, db, a, &w->face, found, found && row.other,
				  found ? row.ended_at : INSTANT_NONE));
	TRY(q_disability_end(db, a, w->id, w->call->actor.id, w->call->now, &changed));
	return app_record(w->call, db, a, "evidence.withdraw", "household", w->household_id,
			  str_fmt(a, "paper=%.*s", STR_ARG(w->id)));
}

err_t app_disability_record(struct call *c, struct str household_id, const struct disability_words *words)
{
	struct changing w = {.call = c, .household_id = household_id, .words = words};
	TRY(db_run(c->db, c->arena, DB_WRITE, add_paper, &w));
	return evidence_derive(c);
}

err_t app_disability_withdraw(struct call *c, struct str household_id, struct str paper_id)
{
	struct changing w = {.call = c, .household_id = household_id, .id = paper_id};
	TRY(db_run(c->db, c->arena, DB_WRITE, withdraw, &w));
	return evidence_derive(c);
}

static err_t open_words(const struct call *c, struct arena *a, const char *column, struct str id, struct str sealed,
			struct str *out)
{
	const struct pii *words;
	TRY(seal_open(a, c->app->keys, (struct seal_place){"disability_paper", column, id}, sealed, &words));
	*out = pii_reveal(words);
	return NULL;
}

static struct str by_and_when(struct arena *a, struct str name, struct instant at)
{
	char day[DAY_SAY];
	return str_fmt(a, "%.*s, %s", STR_ARG(name), day_say_date(instant_day(at), day));
}

err_t disability_papers(struct call *c, struct db *db, struct arena *a, int64_t client_no, bool others,
			struct disability_on_file **out, size_t *n)
{
	struct q_disability_of *rows;
	size_t rows_n;
	TRY(q_disability_of(db, a, client_no, &rows, &rows_n));
	*out = arena_many(a, rows_n, struct disability_on_file);
	*n = 0;
	for (size_t i = 0; i < rows_n; i++) {
		if (rows[i].other && !others)
			continue;
		struct disability_on_file *p = &(*out)[(*n)++];
		enum disability_paper what;
		struct str word;
		*p = (struct disability_on_file){
			.id = rows[i].id,
			.dated = rows[i].dated,
			.until = rows[i].until,
			.over = day_known(rows[i].until) && rows[i].until.n < c->today.n,
			.recorded = by_and_when(a, rows[i].recorded_by, rows[i].recorded_at),
		};
		TRY(open_words(c, a, "what", p->id, rows[i].what, &word));
		TRY(open_words(c, a, "by_whom", p->id, rows[i].by_whom, &p->given_by));
		TRY(open_words(c, a, "kept", p->id, rows[i].kept, &p->kept));
		if (!disability_parse(word, &what))
			return err_internal(a, "a disability paper of no kind");
		p->what = str_from(disability_say(what));
		if (instant_known(rows[i].ended_at))
			p->withdrawn = by_and_when(a, rows[i].ended_by, rows[i].ended_at);
	}
	return NULL;
}
