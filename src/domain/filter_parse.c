#include "base/buf.h"
#include "domain/filter_inside.h"

struct reader {
	struct arena *arena;
	const struct filter_names *names;
	struct str text;
	size_t at;
	struct filter *filter;
	struct buf words;
};

/* What stands between a key and its values. */
enum operator{ OP_NONE, OP_IS, OP_LESS, OP_AT_MOST, OP_MORE, OP_AT_LEAST };

static err_t wrong(const struct reader *r, size_t at, struct str what)
{
	return err_new(r->arena, ERR_INVALID, "In the filter at character %zu: %.*s",
		       str_utf8_len(str_sub(r->text, 0, at)) + 1, STR_ARG(what));
}

#define WRONG(r, at, ...) wrong((r), (at), str_fmt((r)->arena, __VA_ARGS__))

static bool at_end(const struct reader *r)
{
	return r->at >= r->text.n;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct reader *r)
{
	while (!at_end(r) && is_blank(r->text.p[r->at]))
		r->at++;
}

/* The signs as typed; the longer ones first. */
static const struct {
	struct str sign;
	enum operator op;
} signs[] = {
	{STR_INIT("<="), OP_AT_MOST}, {STR_INIT(">="), OP_AT_LEAST}, {STR_INIT("≤"), OP_AT_MOST},
	{STR_INIT("≥"), OP_AT_LEAST}, {STR_INIT("<"), OP_LESS},      {STR_INIT(">"), OP_MORE},
	{STR_INIT("="), OP_IS},       {STR_INIT(":"), OP_IS},
};

static enum operator sign_at(const struct reader *r, size_t at, size_t *n)
{
	struct str rest = str_sub(r->text, at, r->text.n);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(rest, signs[i].sign)) {
			*n = signs[i].sign.n;
			return signs[i].op;
		}
	return OP_NONE;
}

/* A run of bytes up to a blank, a quote, `stop` or (in a key) a sign. */
static struct str take_run(struct reader *r, char stop, bool in_key)
{
	size_t from = r->at;
	size_t n;
	while (!at_end(r)) {
		char c = r->text.p[r->at];
		if (is_blank(c) || c == '"' || (stop != '\0' && c == stop))
			break;
		if (in_key && sign_at(r, r->at, &n) != OP_NONE)
			break;
		r->at++;
	}
	return str_sub(r->text, from, r->at - from);
}

/* At a quote: what stands up to the next one. */
static err_t take_quoted(struct reader *r, struct str *out)
{
	size_t from = ++r->at;
	while (!at_end(r) && r->text.p[r->at] != '"')
		r->at++;
	if (at_end(r))
		return WRONG(r, from - 1, "the quotation mark is not closed.");
	*out = str_trim(str_sub(r->text, from, r->at - from));
	r->at++;
	return NULL;
}

static err_t take_value(struct reader *r, struct str *out)
{
	skip_blanks(r);
	if (!at_end(r) && r->text.p[r->at] == '"')
		return take_quoted(r, out);
	*out = take_run(r, ',', false);
	return NULL;
}

/* The i-th of the keys that there are, then of the own columns. */
static const struct filter_row *row_at(const struct reader *r, size_t i)
{
	return i < FILTER_KEYS_N ? &filter_table[i] : &r->names->own[i - FILTER_KEYS_N];
}

static size_t rows_n(const struct reader *r)
{
	return FILTER_KEYS_N + r->names->own_n;
}

static const struct filter_row *key_of(const struct reader *r, struct str word, enum filter_key *out)
{
	for (size_t i = 0; i < rows_n(r); i++)
		if (filter_same(word, str_from(row_at(r, i)->word))) {
			*out = (enum filter_key)(i < FILTER_KEYS_N ? i : FILTER_OWN + i - FILTER_KEYS_N);
			return row_at(r, i);
		}
	return NULL;
}

static err_t no_key(struct reader *r, size_t at, struct str typed)
{
	struct arena *a = r->arena;
	struct filter_guess guess = {.typed = typed};
	struct buf all = buf_new(a, 4096);
	for (size_t i = 0; i < rows_n(r); i++) {
		struct str word = str_from(row_at(r, i)->word);
		filter_near(&guess, word);
		buf_fmt(&all, "%s%.*s", i > 0 ? ", " : "", STR_ARG(word));
	}
	if (guess.word.n > 0)
		return WRONG(r, at, "there is no “%.*s”. Did you mean “%.*s”?", STR_ARG(typed), STR_ARG(guess.word));
	return WRONG(r, at, "there is no “%.*s”. There are: %.*s.", STR_ARG(typed), STR_ARG(buf_text(&all)));
}

static err_t no_value(struct reader *r, size_t at, const struct filter_row *row, struct str typed,
		      const struct filter_guess *guess)
{
	if (typed.n == 0)
		return WRONG(r, at, "%s wants a value, as in %s.", row->word, row->example);
	if (guess->word.n > 0)
		return WRONG(r, at, "%s has no “%.*s”. Did you mean “%.*s”?", row->word, STR_ARG(typed),
			     STR_ARG(guess->word));
	if (row->values == NULL)
		return WRONG(r, at, "%s has no “%.*s”.", row->word, STR_ARG(typed));
	struct buf all = buf_new(r->arena, 1024);
	for (int i = 0; row->values[i] != NULL; i++)
		buf_fmt(&all, "%s%s", i > 0 ? ", " : "", row->values[i]);
	return WRONG(r, at, "%s has no “%.*s”. It can be: %.*s.", row->word, STR_ARG(typed), STR_ARG(buf_text(&all)));
}

static err_t add_range(struct reader *r, size_t at, struct filter_term *t, struct filter_range range)
{
	if (t->ranges_n == FILTER_VALUES_MAX)
		return WRONG(r, at, "more than %d values of one key; leave some out.", FILTER_VALUES_MAX);
	t->ranges[t->ranges_n++] = range;
	return NULL;
}

static err_t add_choice(struct reader *r, size_t at, struct filter_term *t, struct str typed)
{
	const struct filter_row *row = t->row;
	struct filter_guess guess = {.typed = typed};
	bool flags = row->kind == FILTER_IS_FLAGS;
	if (flags && filter_same(typed, S("none"))) {
		t->unknown = true;
		return NULL;
	}
	if (flags && filter_same(typed, S("any"))) {
		t->set = UINT64_MAX;
		return NULL;
	}
	for (int i = 0; row->values[i] != NULL; i++) {
		struct str word = str_from(row->values[i]);
		if (filter_same(typed, word)) {
			t->set |= UINT64_C(1) << i;
			return NULL;
		}
		filter_near(&guess, word);
	}
	if (!flags && filter_same(typed, S("unknown"))) {
		t->unknown = true;
		return NULL;
	}
	return no_value(r, at, row, typed, &guess);
}

static err_t add_name(struct reader *r, size_t at, struct filter_term *t, struct str typed)
{
	bool region = t->key == FILTER_REGION;
	const struct filter_name *names = region ? r->names->regions : r->names->counties;
	size_t n = region ? r->names->regions_n : r->names->counties_n;
	struct filter_guess guess = {.typed = typed};
	if (filter_same(typed, S("none"))) {
		t->unknown = true;
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		bool is_id = typed.n > 0 && str_eq(typed, names[i].id);
		if (is_id || filter_same(typed, names[i].name)) {
			TRY(add_range(r, at, t, (struct filter_range){(int32_t)i, (int32_t)i, false}));
			t->names[t->ranges_n - 1] = names[i].name;
			return NULL;
		}
		filter_near(&guess, names[i].name);
	}
	return no_value(r, at, t->row, typed, &guess);
}

/* A number, or for a day a date or an age. */
static bool read_amount(enum filter_kind kind, struct str s, int32_t *out, bool *ago)
{
	struct day day;
	*ago = false;
	if (kind == FILTER_IS_DAY && day_parse(s, &day)) {
		*out = day.n;
		return true;
	}
	int64_t times = 1;
	if (kind == FILTER_IS_DAY) {
		char unit = s.n > 0 ? s.p[s.n - 1] : '\0';
		if (unit != 'd' && unit != 'w')
			return false;
		times = unit == 'w' ? 7 : 1;
		s.n--;
		*ago = true;
	}
	int64_t v;
	if (!str_to_i64(s, &v) || v < -1000000 || v > 1000000)
		return false;
	*out = (int32_t)(v * times);
	return true;
}

static err_t add_amount(struct reader *r, size_t at, struct filter_term *t, enum operator op, struct str typed)
{
	const struct filter_row *row = t->row;
	size_t dots = 0;
	struct str low = typed;
	struct str high = typed;
	if (op == OP_IS && (filter_same(typed, S("unknown")) || filter_same(typed, S("never")))) {
		t->unknown = true;
		return NULL;
	}
	while (dots < typed.n && !str_starts(str_sub(typed, dots, 2), S("..")))
		dots++;
	if (op == OP_IS && dots < typed.n) {
		low.n = dots;
		high = str_sub(typed, dots + 2, typed.n);
	}
	struct filter_range range = {INT32_MIN + 1, INT32_MAX, false};
	int32_t a;
	int32_t b;
	bool ago;
	if (!read_amount(row->kind, low, &a, &range.ago) || !read_amount(row->kind, high, &b, &ago) || ago != range.ago)
		return WRONG(r, at, "%s wants %s, as in %s.", row->word,
			     row->kind == FILTER_IS_DAY ? "a date or an age such as 90d" : "a number", row->example);
	if (a > b)
		return WRONG(r, at, "from %.*s to %.*s is the wrong way round.", STR_ARG(low), STR_ARG(high));
	if (op == OP_IS || op == OP_AT_LEAST || op == OP_MORE)
		range.low = op == OP_MORE ? a + 1 : a;
	if (op == OP_IS || op == OP_AT_MOST || op == OP_LESS)
		range.high = op == OP_LESS ? b - 1 : b;
	return add_range(r, at, t, range);
}

static err_t add_value(struct reader *r, size_t at, struct filter_term *t, enum operator op, struct str typed)
{
	switch (t->row->kind) {
	case FILTER_IS_NAME:
		return add_name(r, at, t, typed);
	case FILTER_IS_CHOICE:
	case FILTER_IS_FLAGS:
		return add_choice(r, at, t, typed);
	case FILTER_IS_NUMBER:
	case FILTER_IS_DAY:
		break;
	}
	return add_amount(r, at, t, op, typed);
}

static err_t take_condition(struct reader *r, enum filter_key key, const struct filter_row *row, enum operator op,
			    bool turned)
{
	bool amount = row->kind == FILTER_IS_NUMBER || row->kind == FILTER_IS_DAY;
	struct filter *f = r->filter;
	if (!amount && op != OP_IS)
		return WRONG(r, r->at, "%s takes values, as in %s.", row->word, row->example);
	if (f->terms_n == FILTER_TERMS_MAX)
		return WRONG(r, r->at, "more than %d conditions; leave some out.", FILTER_TERMS_MAX);
	struct filter_term t = {
		.key = key,
		.row = row,
		.turned = turned,
		.ranges = arena_many(r->arena, FILTER_VALUES_MAX, struct filter_range),
		.names = row->kind == FILTER_IS_NAME ? arena_many(r->arena, FILTER_VALUES_MAX, struct str) : NULL,
	};
	bool more;
	do {
		struct str typed;
		skip_blanks(r);
		size_t at = r->at;
		TRY(take_value(r, &typed));
		TRY(add_value(r, at, &t, op, typed));
		more = !at_end(r) && r->text.p[r->at] == ',';
		if (more && op != OP_IS)
			return WRONG(r, r->at, "one number alone stands behind a sign; several are typed as %s:6,12.",
				     row->word);
		r->at += more;
	} while (more);
	/* Behind those of the same key: terms stay in the order of the keys. */
	size_t place = f->terms_n++;
	for (; place > 0 && f->terms[place - 1].key > key; place--)
		f->terms[place] = f->terms[place - 1];
	f->terms[place] = t;
	return NULL;
}

static void take_words(struct reader *r, struct str words)
{
	if (r->words.n > 0 && words.n > 0)
		buf_char(&r->words, ' ');
	buf_str(&r->words, words);
}

static err_t take_term(struct reader *r)
{
	size_t from = r->at;
	bool turned = r->text.p[r->at] == '-';
	r->at += turned;
	if (!turned && r->text.p[r->at] == '"') {
		struct str words;
		TRY(take_quoted(r, &words));
		take_words(r, words);
		return NULL;
	}
	size_t at = r->at;
	struct str word = take_run(r, '\0', true);
	enum filter_key key;
	const struct filter_row *row = key_of(r, word, &key);
	if (row != NULL)
		skip_blanks(r); /* "months >= 12" */
	size_t n = 0;
	enum operator op = at_end(r) ? OP_NONE : sign_at(r, r->at, &n);
	r->at += n;
	if (op != OP_NONE && row == NULL)
		return no_key(r, at, word);
	if (op != OP_NONE)
		return take_condition(r, key, row, op, turned);
	if (row != NULL)
		return WRONG(r, at, "say what about %s, as in %s; put it in quotes to look the word up.", row->word,
			     row->example);
	if (turned || word.n == 0)
		return WRONG(r, from, "“-” stands before a condition, as in -veteran:yes.");
	take_words(r, word);
	return NULL;
}

err_t filter_parse(struct arena *a, struct str text, const struct filter_names *names, struct filter **out)
{
	struct reader r = {
		.arena = a,
		.names = names,
		.text = text,
		.filter = arena_one(a, struct filter),
		.words = buf_new(a, FILTER_TEXT_MAX + 1),
	};
	if (text.n > FILTER_TEXT_MAX)
		return err_new(a, ERR_INVALID, "The filter is longer than %d bytes; leave some of it out.",
			       FILTER_TEXT_MAX);
	if (!str_is_clean_text(text))
		return err_new(a, ERR_INVALID, "The filter holds characters that are no text; type it anew.");
	r.filter->terms = arena_many(a, FILTER_TERMS_MAX, struct filter_term);
	for (skip_blanks(&r); !at_end(&r); skip_blanks(&r))
		TRY(take_term(&r));
	r.filter->words = buf_text(&r.words);
	*out = r.filter;
	return NULL;
}
