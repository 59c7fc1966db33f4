#include "app/list_ask.h"

const struct list_column_row list_column_table[LIST_COLUMNS_N] = {
#define X(name, word, heading, style, key, down, usual) {word, heading, style, key, down, usual},
	LIST_COLUMNS(X)
#undef X
};

static const struct {
	const char *word;
	const char *say;
	const char *filter;
} lanes[LIST_LANES_N] = {
#define X(name, word, say, filter) {word, say, filter},
	LIST_LANES(X)
#undef X
};

/* What is asked most: for people, as a filter. */
static const struct {
	const char *say;
	const char *filter;
} chips[] = {
	{"Chronic", "chronic:verified,likely"},
	{"Veteran", "veteran:yes"},
	{"Families", "type:family"},
	{"Youth", "group:youth"},
	{"Older people", "group:older"},
	{"Unsheltered", "situation:unsheltered"},
	{"Contact overdue", "flag:contact_overdue"},
	{"With flags", "flag:any"},
};
enum { CHIPS_N = sizeof chips / sizeof *chips };

const char *list_lane_word(enum list_lane l)
{
	return lanes[l].word;
}

const char *list_lane_say(enum list_lane l)
{
	return lanes[l].say;
}

void list_lanes(const struct list_region *region, int64_t out[LIST_LANES_N])
{
	out[LIST_ACTIVE] = (int64_t)region->active;
	out[LIST_RECONNECT] = (int64_t)region->reconnect;
	out[LIST_HOUSED] = (int64_t)region->housed;
	out[LIST_TENANCY] = 0;
	out[LIST_ENDED] = (int64_t)(region->listed - region->active - region->reconnect - region->housed);
}

err_t list_ask_saved(struct call *c, struct db *db, struct arena *a, struct list_query *q, struct list_view *v)
{
	TRY(list_saved_load(c, db, a, q->region, &v->saved, &v->saved_n));
	bool plain = q->saved.n == 0 && q->where.n == 0 && q->sort.n == 0 && q->columns.n == 0 && q->find.n == 0;
	const struct list_saved *use = NULL;
	for (size_t i = 0; i < v->saved_n; i++)
		if (plain ? v->saved[i].begins : str_eq(v->saved[i].id, q->saved))
			use = &v->saved[i];
	if (use == NULL) {
		q->saved = str_eq(q->saved, S("none")) ? q->saved : (struct str){0};
		return NULL;
	}
	q->saved = use->id;
	q->where = q->where.n > 0 ? q->where : use->where;
	q->sort = q->sort.n > 0 ? q->sort : use->sort;
	q->columns = q->columns.n > 0 ? q->columns : use->columns;
	return NULL;
}

static bool asks_for(const struct filter *f, enum filter_key key)
{
	return (filter_keys(f) >> key & 1) != 0;
}

/* The filter's text without one of its terms, or without all of a key. */
static struct str text_without(struct arena *a, const struct filter *f, const struct filter_term *term,
			       enum filter_key key)
{
	struct filter left = {.terms = arena_many(a, f->terms_n, struct filter_term)};
	for (size_t i = 0; i < f->terms_n; i++)
		if (&f->terms[i] != term && f->terms[i].key != key)
			left.terms[left.terms_n++] = f->terms[i];
	return filter_text(a, &left);
}

static struct filter one_term(struct filter_term *term)
{
	return (struct filter){.terms = term, .terms_n = 1};
}

static void fill_switches(struct arena *a, const struct filter *f, struct list_view *v)
{
	struct str all = filter_text(a, &(struct filter){.terms = f->terms, .terms_n = f->terms_n});
	v->chips = arena_many(a, CHIPS_N, struct list_switch);
	for (size_t i = 0; i < CHIPS_N; i++)
		v->chips[v->chips_n++] = (struct list_switch){
			.say = str_from(chips[i].say),
			.where = str_fmt(a, "%.*s%s%s", STR_ARG(all), all.n > 0 ? " " : "", chips[i].filter),
		};
	v->conditions = arena_many(a, f->terms_n, struct list_switch);
	for (size_t i = 0; i < f->terms_n; i++) {
		struct filter one = one_term(&f->terms[i]);
		struct str text = filter_text(a, &one);
		struct list_switch off = {
			.say = filter_say(a, &one),
			.where = text_without(a, f, &f->terms[i], FILTER_KEYS_N),
			.on = true,
		};
		size_t chip = 0;
		while (chip < CHIPS_N && !str_eq(text, str_from(chips[chip].filter)))
			chip++;
		if (chip < CHIPS_N) {
			v->chips[chip].where = off.where;
			v->chips[chip].on = true;
		} else {
			v->conditions[v->conditions_n++] = off;
		}
	}
}

err_t list_ask_filter(struct arena *a, struct list_query *q, struct list_view *v, struct list_asked *out)
{
	struct filter *f;
	struct filter *rows;
	struct str text = S("");
	err_t e = filter_parse(a, q->where, &v->names, &f);
	if (e != NULL && e->class != ERR_INVALID)
		return e;
	if (e != NULL) {
		v->wrong = e->say;
		TRY(filter_parse(a, S(""), &v->names, &f));
	} else {
		if (f->words.n > 0)
			q->find =
				q->find.n > 0 ? str_fmt(a, "%.*s %.*s", STR_ARG(q->find), STR_ARG(f->words)) : f->words;
		f->words = (struct str){0};
		text = q->where = filter_text(a, f);
	}
	v->lane_free = asks_for(f, FILTER_STATUS);
	v->lane_where = text_without(a, f, NULL, FILTER_STATUS);
	fill_switches(a, f, v);
	/* Somebody is looked for in every lane. */
	bool lane = !v->lane_free && q->find.n == 0;
	TRY(filter_parse(a, str_fmt(a, "%.*s %s", STR_ARG(text), lane ? lanes[q->lane].filter : ""), &v->names, &rows));
	v->stamp = filter_say(a, rows);
	if (q->find.n > 0)
		v->stamp = str_fmt(a, "%.*s%sfound by words", STR_ARG(v->stamp), v->stamp.n > 0 ? "; " : "");
	*out = (struct list_asked){f, rows};
	return NULL;
}

/* A column by its word, as v->sorted numbers them; −1 where there is none. */
static int column_of(const struct list_view *v, struct str word)
{
	for (int k = 0; k < LIST_COLUMNS_N; k++)
		if (str_eq(word, str_from(list_column_table[k].word)))
			return k;
	for (size_t i = 0; i < v->own_n; i++)
		if (str_eq(word, v->own[i].word))
			return LIST_COLUMNS_N + (int)i;
	return -1;
}

static enum filter_key key_of(const struct list_view *v, int column)
{
	if (column < 0)
		return FILTER_KEYS_N;
	return column < LIST_COLUMNS_N ? list_column_table[column].key : v->own[column - LIST_COLUMNS_N].key;
}

void list_ask_columns(const struct list_query *q, struct list_view *v)
{
	struct str word;
	struct str rest = q->sort;
	for (bool more = rest.n > 0; more && v->keys_n < LIST_KEYS_MOST;) {
		more = str_cut(rest, ',', &word, &rest);
		bool down = str_starts(word, S("-"));
		int column = column_of(v, str_sub(word, down, word.n));
		if (key_of(v, column) == FILTER_KEYS_N)
			continue;
		v->sorted[v->keys_n] = column;
		v->keys[v->keys_n++] = (struct list_key){key_of(v, column), down};
	}
	if (v->keys_n == 0) {
		v->sorted[0] = COL_PLACE;
		v->keys[v->keys_n++] = (struct list_key){FILTER_PLACE, false};
	}
	rest = q->columns;
	for (bool more = rest.n > 0; more;) {
		more = str_cut(rest, ',', &word, &rest);
		int column = column_of(v, word);
		if (column >= LIST_COLUMNS_N)
			v->own[column - LIST_COLUMNS_N].shows = true;
		else if (column >= 0)
			v->shows[column] = true;
	}
	for (int k = 0; k < LIST_COLUMNS_N && q->columns.n == 0; k++)
		v->shows[k] = list_column_table[k].usual;
	v->shows[COL_FIRST] = true; /* the row's link */
}
