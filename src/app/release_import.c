#include "app/release_import.h"

#include <stdlib.h>

#include "app/import_fact.h"
#include "app/record.h"
#include "app/release.h"
#include "base/limit.h"
#include "sheet/sheet.h"
#include "store/q_client.h"
#include "store/q_hmis.h"
#include "store/statement.h"

enum release_column {
#define X(name, word, required, say) name,
	RELEASE_COLUMNS(X)
#undef X
		COLUMNS
};

static const struct {
	const char *word;
	bool required;
} columns[COLUMNS] = {
#define X(name, word, required, say) [name] = {word, required},
	RELEASE_COLUMNS(X)
#undef X
};

enum { NOT_THERE = LIMIT_SHEET_COLUMNS, FORM_MAX = 100, LANGUAGE_MAX = 8, AGENCIES_MOST = 200 };

struct row {
	int64_t line;
	struct str person;
	struct release_new says; /* agencies as the file names them */
	struct day ended;
	struct str why; /* not empty: set aside */
};

struct reading {
	struct arena *arena;
	struct day today;
	int64_t head; /* line of the header */
	size_t at[COLUMNS];
	struct row *rows;
	size_t n;
};

/* --- the file --- */

static const struct sheet_cell *cell(const struct reading *r, const struct sheet_row *row, enum release_column k)
{
	static const struct sheet_cell none = {.day = {INT32_MIN}};
	return r->at[k] < row->n ? &row->cells[r->at[k]] : &none;
}

static struct str text(const struct reading *r, const struct sheet_row *row, enum release_column k)
{
	return str_dup(r->arena, cell(r, row, k)->text);
}

/* False for what is no day; a cell without anything is DAY_NONE. */
static bool day(const struct reading *r, const struct sheet_row *row, enum release_column k, struct day *out)
{
	const struct sheet_cell *c = cell(r, row, k);
	*out = c->kind == SHEET_DAY ? c->day : DAY_NONE;
	return c->kind == SHEET_DAY || c->text.n == 0 || day_parse(c->text, out);
}

/* Words of a cell with ";" between, as bits by their place. */
static bool bits(struct str words, bool (*bit_of)(struct str word, uint32_t *bit), uint32_t *out)
{
	struct str one;
	*out = 0;
	while (words.n > 0) {
		uint32_t bit;
		str_cut(words, ';', &one, &words);
		one = str_trim(one);
		if (one.n > 0 && !bit_of(one, &bit))
			return false;
		*out |= one.n > 0 ? bit : 0;
	}
	return true;
}

static bool purpose_bit(struct str word, uint32_t *bit)
{
	enum purpose p;
	if (!purpose_parse(word, &p))
		return false;
	*bit = PURPOSE_BIT(p);
	return true;
}

static bool law_bit(struct str word, uint32_t *bit)
{
	enum fact_law law;
	if (!law_parse(word, &law))
		return false;
	*bit = law == LAW_HMIS ? 0 : LAW_BIT(law); /* every release extends to that one */
	return true;
}

static bool agencies(struct arena *a, struct str names, struct release_new *says)
{
	struct str *out = arena_many(a, AGENCIES_MOST, struct str);
	struct str one;
	says->agencies = out;
	while (names.n > 0) {
		str_cut(names, ';', &one, &names);
		one = str_trim(one);
		if (one.n > 0 && says->agencies_n == AGENCIES_MOST)
			return false;
		if (one.n > 0)
			out[says->agencies_n++] = one;
	}
	return true;
}

static const char *read_days(const struct reading *r, const struct sheet_row *row, struct str decision, struct row *out)
{
	struct release_new *says = &out->says;
	if (!day(r, row, COLUMN_SIGNED, &says->from) || !day(r, row, COLUMN_UNTIL, &says->until) ||
	    !day(r, row, COLUMN_WITHDRAWN, &out->ended) || !day(r, row, COLUMN_OFFER, &says->offer_again))
		return "A day is none: write it as 2026-11-21.";
	if (!day_known(says->from) || says->from.n > r->today.n)
		return "The day of signing is missing, or is after today.";
	if (day_known(says->until) && says->until.n < says->from.n)
		return "It would end before it was signed.";
	if (day_known(out->ended) != str_eq(decision, S("withdrawn")))
		return "A release that was withdrawn has both the decision \"withdrawn\" and the day of it.";
	if (day_known(out->ended) && (out->ended.n < says->from.n || out->ended.n > r->today.n))
		return "The day of withdrawal is before the day of signing, or after today.";
	if (day_known(says->offer_again) && (!says->refused || says->offer_again.n <= says->from.n))
		return "A day to ask again belongs to a refusal, and comes after it.";
	return NULL;
}

static const char *read_scope(const struct reading *r, const struct sheet_row *row, struct release_new *says)
{
	struct str scope = text(r, row, COLUMN_SCOPE);
	struct str names = text(r, row, COLUMN_AGENCIES);
	says->scope = SCOPE_NAMED;
	if (says->refused) { /* whatever stands there was not agreed to */
		says->until = DAY_NONE;
		says->laws = 0;
		return NULL;
	}
	if (!release_scope_parse(scope, &says->scope))
		return "The scope is coc, region or named.";
	if (!agencies(r->arena, names, says))
		return "It names more than 200 agencies.";
	if ((says->scope == SCOPE_NAMED) != (says->agencies_n > 0))
		return "Agencies are named where the scope is \"named\", and nowhere else.";
	return NULL;
}

/* The sentence about what is wrong with a row; NULL: nothing is. */
static const char *read_row(const struct reading *r, const struct sheet_row *row, struct row *out)
{
	struct release_new *says = &out->says;
	struct str decision = text(r, row, COLUMN_DECISION);
	struct str given = text(r, row, COLUMN_GIVEN);
	out->person = text(r, row, COLUMN_PERSON);
	says->form = text(r, row, COLUMN_FORM);
	says->language = text(r, row, COLUMN_LANGUAGE);
	says->refused = str_eq(decision, S("refused"));
	if (out->person.n == 0 || out->person.n > LIMIT_HMIS_ID)
		return "The PersonalID is missing, or is longer than 32 letters.";
	if (!says->refused && decision.n > 0 && !str_eq(decision, S("given")) && !str_eq(decision, S("withdrawn")))
		return "The decision is given, refused or withdrawn.";
	if (says->form.n > FORM_MAX || !str_is_clean_text(says->form))
		return "The name of the form is longer than 100 letters, or cannot be read.";
	if (says->language.n > LANGUAGE_MAX || !str_is_clean_text(says->language))
		return "The language is a short word such as en or es.";
	if (says->language.n == 0)
		says->language = S("en");
	if (given.n > 0 && !release_given_parse(given, &says->given))
		return "How it was given is written, scanned, witnessed or screen.";
	if (!bits(text(r, row, COLUMN_PURPOSES), purpose_bit, &says->purposes))
		return "The purposes are housing, referral and benefits.";
	if (!bits(text(r, row, COLUMN_LAWS), law_bit, &says->laws))
		return "The laws are part2, 27f, vawa, hipaa, rhy and va.";
	const char *wrong = read_days(r, row, decision, out);
	return wrong != NULL ? wrong : read_scope(r, row, says);
}

static err_t take_row(void *ctx, const struct sheet_row *row)
{
	struct reading *r = ctx;
	if (row->line <= r->head)
		return NULL;
	struct row out = {.line = row->line, .ended = DAY_NONE};
	out.why = str_from(read_row(r, row, &out));
	r->rows = db_rows_room(r->arena, r->rows, r->n, sizeof out);
	r->rows[r->n++] = out;
	return NULL;
}

static err_t find_columns(struct reading *r, const struct sheet_head *head)
{
	for (int k = 0; k < COLUMNS; k++)
		r->at[k] = NOT_THERE;
	for (size_t i = 0; i < head->n; i++) {
		int k = 0;
		while (k < COLUMNS && !str_eq_nocase(head->names[i], str_from(columns[k].word)))
			k++;
		if (k == COLUMNS)
			return err_new(r->arena, ERR_INVALID,
				       "Column %zu is none of a file of releases; byname help import lists them.",
				       i + 1);
		r->at[k] = i;
	}
	for (int k = 0; k < COLUMNS; k++)
		if (columns[k].required && r->at[k] == NOT_THERE)
			return err_new(r->arena, ERR_INVALID, "This is no file of releases: it has no column %s.",
				       columns[k].word);
	r->head = head->line;
	return NULL;
}

static err_t read_sheet(struct reading *r, struct sheet *s)
{
	struct sheet_head head;
	TRY(sheet_head_read(r->arena, s, 0, &head));
	TRY(find_columns(r, &head));
	return sheet_read(r->arena, s, 0, r, take_row);
}

/* --- the rows together --- */

static int row_compare(const void *x, const void *y)
{
	const struct row *a = x;
	const struct row *b = y;
	int by = str_cmp(a->person, b->person);
	if (by == 0)
		by = (a->says.from.n > b->says.from.n) - (a->says.from.n < b->says.from.n);
	if (by == 0)
		by = str_cmp(a->says.form, b->says.form);
	return by != 0 ? by : (a->line > b->line) - (a->line < b->line);
}

/* Of rows about one form of one day the first counts. So does the first word of a day on whether anything was agreed
 * to, since nothing tells which of the two came later. */
static void part_twins(struct arena *a, struct row *rows, size_t n)
{
	const struct row *day = NULL, *form = NULL; /* first of the person's day, and of its form */
	qsort(rows, n, sizeof *rows, row_compare);
	for (size_t i = 0; i < n; i++) {
		struct row *row = &rows[i];
		if (row->why.n > 0)
			continue;
		if (day == NULL || !str_eq(day->person, row->person) || day->says.from.n != row->says.from.n)
			day = form = row;
		else if (str_eq(form->says.form, row->says.form))
			row->why = str_fmt(a, "Line %lld is about the same release.", (long long)form->line);
		else if (day->says.refused != row->says.refused)
			row->why = str_fmt(a, "Line %lld says otherwise of that day.", (long long)day->line);
		else
			form = row;
	}
}

struct work {
	struct call *call;
	bool look;
	const struct reading *file;
	struct release_import_view view;
};

static void aside(struct work *w, const struct row *row, const char *why)
{
	w->view.asides[w->view.asides_n++] = (struct release_aside){row->line, why == NULL ? row->why : str_from(why)};
}

/* Who is called so; 0: nobody, or several in different HMIS. */
static err_t find_client(struct db *db, struct arena *a, struct str person, int64_t sources, int64_t now,
			 int64_t *client_no, bool *several)
{
	struct q_client_by_personal_id *found;
	size_t n;
	*client_no = 0;
	*several = false;
	for (int64_t source = 1; source <= sources; source++) {
		TRY(q_client_by_personal_id(db, a, source, (int64_t)import_key(person), person, now, &found, &n));
		for (size_t i = 0; i < n; i++) {
			*several = *several || (*client_no != 0 && *client_no != found[i].client_no);
			*client_no = found[i].client_no;
		}
	}
	return NULL;
}

/* Ids of the agencies in place of what the file calls them; *missing: one is not known. */
static err_t find_agencies(struct db *db, struct arena *a, struct release_new *says, bool *missing)
{
	struct str *ids = arena_many(a, says->agencies_n, struct str);
	*missing = false;
	for (size_t i = 0; i < says->agencies_n; i++) {
		err_t e = agency_find(db, a, says->agencies[i], &ids[i]);
		if (e != NULL && e->class != ERR_MISSING)
			return e;
		*missing = *missing || e != NULL;
	}
	says->agencies = ids;
	return NULL;
}

static err_t put_row(struct work *w, struct db *db, struct arena *a, const struct row *row, int64_t sources,
		     int64_t now)
{
	struct release_new says = row->says;
	struct release_import_view *v = &w->view;
	enum release_put put;
	int64_t client_no;
	bool several, missing;
	TRY(find_client(db, a, row->person, sources, now, &client_no, &several));
	TRY(find_agencies(db, a, &says, &missing));
	if (client_no == 0 || several || missing) {
		aside(w, row,
		      several          ? "Several HMIS know that PersonalID."
		      : client_no == 0 ? "No HMIS that was imported knows that PersonalID."
				       : "There is no agency of one of the names.");
		return NULL;
	}
	TRY(release_put(w->call, db, a, client_no, &says, row->ended, w->look, &put));
	v->added += put == RELEASE_ADDED;
	v->changed += put == RELEASE_CHANGED;
	v->same += put == RELEASE_SAME;
	if (put == RELEASE_BY_HAND)
		aside(w, row,
		      "Somebody recorded it otherwise by hand, which counts; withdraw it there if it is wrong.");
	else if (put == RELEASE_ENDED)
		aside(w, row, "It was withdrawn; a new one wants a new signature on a later day.");
	return NULL;
}

static int aside_compare(const void *x, const void *y)
{
	const struct release_aside *a = x;
	const struct release_aside *b = y;
	return (a->line > b->line) - (a->line < b->line);
}

static err_t run(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct q_hmis_now now;
	struct q_hmis_source_last sources;
	bool found;
	struct release_aside *room = w->view.asides;
	w->view = (struct release_import_view){.rows = (int64_t)w->file->n, .asides = room};
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_hmis_source_last(db, a, &sources, &found));
	for (size_t i = 0; i < w->file->n; i++) {
		const struct row *row = &w->file->rows[i];
		struct arena_mark mark = arena_mark(a);
		if (row->why.n > 0)
			aside(w, row, NULL);
		else
			TRY(put_row(w, db, a, row, sources.no, now.import_no));
		arena_rewind(a, mark);
	}
	qsort(w->view.asides, w->view.asides_n, sizeof *w->view.asides, aside_compare);
	if (w->look || w->view.added + w->view.changed == 0)
		return NULL;
	return app_record(w->call, db, a, "release.import", "release", S("all"),
			  str_fmt(a, "added=%lld,changed=%lld,aside=%zu", (long long)w->view.added,
				  (long long)w->view.changed, w->view.asides_n));
}

err_t app_release_import(struct call *c, const char *path, bool look, struct release_import_view *out)
{
	struct reading r = {.arena = c->arena, .today = c->today};
	struct sheet *s;
	if (c->actor.kind != ACTOR_OPERATOR)
		return err_new(c->arena, ERR_DENIED, "Files of releases are imported at the command line.");
	TRY(sheet_open(c->arena, path, &s));
	err_t e = read_sheet(&r, s);
	sheet_close(&s);
	TRY(e);
	part_twins(c->arena, r.rows, r.n);
	struct work w = {.call = c, .look = look, .file = &r};
	w.view.asides = arena_many(c->arena, r.n, struct release_aside);
	TRY(db_run(c->db, c->arena, look ? DB_READ : DB_WRITE, run, &w));
	*out = w.view;
	return NULL;
}
