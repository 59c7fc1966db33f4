#include "app/list_own.h"

/* The words of a choice, by number, NULL behind the last. */
static const char *const *words_of(struct arena *a, struct str choices)
{
	const char **words = arena_many(a, COLUMN_CHOICES_MAX + 1, const char *);
	struct str choice;
	size_t n = 0;
	for (bool more = choices.n > 0; more && n < COLUMN_CHOICES_MAX;) {
		more = str_cut(choices, ',', &choice, &choices);
		words[n++] = str_c(a, str_trim(choice));
	}
	return words;
}

static struct filter_row row_of(struct arena *a, const struct list_own *own)
{
	const struct column *c = &own->column;
	struct filter_row row = {.word = str_c(a, own->word), .say = str_c(a, c->name)};
	if (c->kind == COLUMN_CHOICE) {
		row.kind = FILTER_IS_CHOICE;
		row.values = words_of(a, c->choices);
		row.example = str_c(a, str_fmt(a, "%s:\"%s\"", row.word, row.values[0]));
	} else if (c->kind == COLUMN_DATE) {
		row.kind = FILTER_IS_DAY;
		row.example = str_c(a, str_fmt(a, "%s<30d", row.word));
	} else {
		row.kind = FILTER_IS_NUMBER;
		row.example = str_c(a, str_fmt(a, "%s>=10", row.word));
	}
	return row;
}

err_t list_own_load(struct db *db, struct arena *a, struct filter_names *names, struct list_own **out, size_t *n)
{
	struct column *columns;
	TRY(columns_load(db, a, &columns, n));
	*n = *n < FILTER_OWN_MOST ? *n : FILTER_OWN_MOST;
	struct filter_row *rows = arena_many(a, *n, struct filter_row);
	*out = arena_many(a, *n, struct list_own);
	names->own = rows;
	names->own_n = 0;
	for (size_t i = 0; i < *n; i++) {
		struct list_own *own = &(*out)[i];
		*own = (struct list_own){
			.column = columns[i],
			.word = column_word(a, columns[i].name),
			.key = FILTER_KEYS_N,
		};
		if (columns[i].kind == COLUMN_TEXT)
			continue;
		own->key = (enum filter_key)(FILTER_OWN + names->own_n);
		rows[names->own_n++] = row_of(a, own);
	}
	return NULL;
}

static bool is_asked(const struct list_own *own, uint64_t keys)
{
	return own->key != FILTER_KEYS_N && (keys >> own->key & 1) != 0;
}

/* The households of whom some asked column says something. */
static size_t said_of(const struct list_written *w, const int32_t *const *asked, size_t asked_n, int64_t *nos)
{
	size_t n = 0;
	for (size_t no = 0; no < w->room; no++) {
		bool said = false;
		for (size_t i = 0; i < asked_n; i++)
			said = said || asked[i][no] != FILTER_UNKNOWN;
		if (said)
			nos[n++] = (int64_t)no;
	}
	return n;
}

err_t list_own_facts(struct call *c, struct db *db, struct arena *a, const struct list_own *own, size_t n,
		     uint64_t keys, struct list_facts *out)
{
	const struct list_written *w = out->written;
	const int32_t *asked[FILTER_OWN_MOST];
	int32_t *copies[FILTER_OWN_MOST];
	size_t asked_n = 0;
	for (size_t i = 0; i < n; i++) {
		const int32_t *from =
			is_asked(&own[i], keys) ? list_written_item(w, list_written_own(w, own[i].column.id)) : NULL;
		if (from == NULL)
			continue;
		asked[asked_n] = from;
		copies[asked_n] = arena_many(a, w->room, int32_t);
		for (size_t no = 0; no < w->room; no++)
			copies[asked_n][no] = FILTER_UNKNOWN;
		out->own[own[i].key - FILTER_OWN] = copies[asked_n++];
	}
	if (asked_n == 0)
		return NULL;
	int64_t *nos = arena_many(a, w->room, int64_t);
	size_t nos_n = said_of(w, asked, asked_n, nos);
	bool *may = arena_many(a, nos_n, bool);
	TRY(app_household_readable(c, db, a, nos, nos_n, may));
	for (size_t i = 0; i < nos_n; i++)
		for (size_t k = 0; k < asked_n && may[i]; k++)
			copies[k][nos[i]] = asked[k][nos[i]];
	return NULL;
}
