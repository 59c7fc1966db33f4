/* What a file says with the mapping at hand, beside what was loaded before. */
#include <stdlib.h>
#include <string.h>

#include "app/import_fact.h"
#include "app/source_work.h"
#include "store/q_hmis.h"
#include "store/q_list_source.h"
#include "store/q_region.h"

static err_t places_of(struct db *db, struct arena *a, struct str region_id, struct source_mapping *m)
{
	struct q_region_by_id region;
	struct q_counties *counties;
	size_t n;
	bool found;
	TRY(q_region_by_id(db, a, region_id, &region, &found));
	TRY(q_counties(db, a, &counties, &n));
	struct str *places = arena_many(a, n + 1, struct str);
	if (found)
		places[m->places_n++] = region.name;
	for (size_t i = 0; i < n; i++)
		if (str_eq(counties[i].region_id, region_id))
			places[m->places_n++] = counties[i].name;
	m->places = places;
	return NULL;
}

/* A guess gives way to a column that was remembered as the same. */
static bool is_taken(const enum source_field *fields, const bool *known, size_t n, enum source_field f)
{
	for (size_t i = 0; i < n; i++)
		if (fields[i] == f && known[i])
			return true;
	return false;
}

err_t source_mapping_get(const struct call *c, struct db *db, struct arena *a, const struct source_file *file,
			 struct source_mapping *out, bool **remembered)
{
	unsigned kind = file->source.coded ? SOURCE_CODED : SOURCE_NAMED;
	struct q_list_columns *columns;
	struct q_list_words *words;
	size_t columns_n;
	size_t words_n;
	*out = (struct source_mapping){
		.coded = file->source.coded, .order = file->source.order, .today = c->today, .fields_n = file->names_n};
	TRY(q_list_columns(db, a, file->source.no, &columns, &columns_n));
	TRY(q_list_words(db, a, file->source.no, &words, &words_n));
	enum source_field *fields = arena_many(a, file->names_n, enum source_field);
	bool *known = arena_many(a, file->names_n, bool);
	for (size_t i = 0; i < file->names_n; i++) {
		fields[i] = SOURCE_FIELDS_N;
		for (size_t k = 0; k < columns_n; k++)
			if (columns[k].header == source_hash(file->names[i])) {
				fields[i] = source_field_of(columns[k].field);
				known[i] = true;
			}
	}
	for (size_t i = 0; i < file->names_n; i++) {
		enum source_field guess = source_guess(file->names[i], kind);
		bool twice = is_taken(fields, known, file->names_n, guess);
		for (size_t k = 0; k < i; k++)
			twice = twice || fields[k] == guess;
		if (!known[i] && guess != SOURCE_FIELDS_N && !twice)
			fields[i] = guess;
	}
	struct source_meaning *meanings = arena_many(a, words_n, struct source_meaning);
	for (size_t i = 0; i < words_n; i++)
		meanings[i] =
			(struct source_meaning){source_field_of(words[i].field), words[i].word, (int)words[i].code};
	out->fields = fields;
	out->meanings = meanings;
	out->meanings_n = words_n;
	*remembered = known;
	return places_of(db, a, file->source.region_id, out);
}

static void note_aside(struct source_batch *b, int64_t line, enum source_problem problem)
{
	if (b->asides_n < SOURCE_ASIDE_SHOWN)
		b->asides[b->asides_n++] = (struct source_aside_view){line, problem};
}

static struct str keep(struct arena *a, struct str s)
{
	return s.n == 0 ? (struct str){0} : str_dup(a, s);
}

void source_batch_begin(struct arena *a, const struct source *source, struct source_batch *out)
{
	*out = (struct source_batch){.source = *source, .complete = true};
	out->asides = arena_many(a, SOURCE_ASIDE_SHOWN, struct source_aside_view);
}

void source_batch_take(struct arena *a, const struct source_mapping *m, const struct sheet_row *row,
		       struct source_batch *b)
{
	struct source_person p;
	int64_t blanked;
	enum source_problem why;
	enum source_problem aside = source_row_read(a, m, row, &p, &blanked, &why);
	b->counts.rows++;
	if (aside != SOURCE_FINE) {
		b->counts.aside++;
		note_aside(b, row->line, aside);
		return;
	}
	b->counts.blanked += blanked;
	/* Words that nobody has explained are shown once, not row by row. */
	if (blanked > 0 && why != SOURCE_BAD_WORD)
		note_aside(b, row->line, why);
	p.key = keep(a, p.key);
	p.first = keep(a, p.first);
	p.middle = keep(a, p.middle);
	p.last = keep(a, p.last);
	p.household = keep(a, p.household);
	b->people = db_rows_room(a, b->people, b->n, sizeof p);
	b->people[b->n++] = p;
}

struct reading {
	struct arena *a;
	const struct source_mapping *m;
	struct source_batch *b;
};

static err_t take_row(void *ctx, const struct sheet_row *row)
{
	const struct reading *r = ctx;
	source_batch_take(r->a, r->m, row, r->b);
	return NULL;
}

err_t source_batch_read(const struct call *c, struct db *db, struct arena *a, struct str draft_id,
			const struct source_file *file, const struct source_mapping *m, struct source_batch *out)
{
	source_batch_begin(a, &file->source, out);
	struct reading r = {a, m, out};
	return source_file_each(c, db, a, draft_id, file, &r, take_row);
}

/* Everything that is told about a person, as a number: the same number, nothing new. */
static int64_t digest_of(const struct source_person *p, struct day today)
{
	char text[4096];
	size_t n = 0;
	const struct str texts[] = {p->first, p->middle, p->last, p->ssn, p->household};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct str t = str_sub(texts[i], 0, 512);
		if (t.n > 0)
			memcpy(text + n, t.p, t.n);
		n += t.n;
		text[n++] = CLIENT_SEPARATOR;
	}
	bool attests = p->time != SOURCE_UNKNOWN || p->need != SOURCE_UNKNOWN || p->reached != SOURCE_UNKNOWN;
	const int32_t numbers[] = {p->birth.n,    p->listed.n,  p->contact.n,
				   p->homeless.n, p->scored.n,  attests ? source_attested(p, today).n : 0,
				   p->relation,   p->veteran,   p->situation,
				   p->months,     p->disabling, p->score,
				   p->size,       p->children,  p->time,
				   p->need,       p->reached};
	memcpy(text + n, numbers, sizeof numbers);
	return (int64_t)import_hash((struct str){text, n + sizeof numbers}, 2);
}

static int keyed_compare(const void *x, const void *y)
{
	const struct source_keyed *a = x;
	const struct source_keyed *b = y;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

err_t source_batch_settle(const struct call *c, struct db *db, struct arena *a, struct source_batch *b)
{
	struct q_hmis_now now;
	struct q_hmis_people_between *old;
	size_t old_n;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_hmis_people_between(db, a, b->source.no, INT64_MIN, INT64_MAX, now.import_no, &old, &old_n));
	b->keyed = arena_many(a, b->n, struct source_keyed);
	for (size_t i = 0; i < b->n; i++)
		b->keyed[i] = (struct source_keyed){(int64_t)import_key(b->people[i].key),
						    digest_of(&b->people[i], c->today), (uint32_t)i};
	qsort(b->keyed, b->n, sizeof *b->keyed, keyed_compare);
	b->keyed_n = 0;
	for (size_t i = 0; i < b->n; i++) {
		if (i > 0 && b->keyed[i].key == b->keyed[b->keyed_n - 1].key) {
			b->counts.aside++;
			note_aside(b, b->people[b->keyed[i].person].line, SOURCE_KEY_TWICE);
		} else {
			b->keyed[b->keyed_n++] = b->keyed[i];
		}
	}
	size_t k = 0;
	for (size_t i = 0; i < b->keyed_n; i++) {
		for (; k < old_n && old[k].key < b->keyed[i].key; k++)
			b->counts.absent += b->complete;
		if (k == old_n || old[k].key != b->keyed[i].key) {
			b->counts.added++;
			continue;
		}
		bool same = old[k].digest == b->keyed[i].digest && old[k].settled;
		b->counts.unchanged += same;
		b->counts.changed += !same;
		k++;
	}
	b->counts.absent += b->complete ? (int64_t)(old_n - k) : 0;
	return NULL;
}
