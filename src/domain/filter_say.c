#include <ctype.h>

#include "base/buf.h"
#include "domain/filter_inside.h"

enum { SAY_MAX = 8 * FILTER_TEXT_MAX };

/* Between the values of one condition. */
static void next(struct buf *out, bool *first, const char *between)
{
	if (!*first)
		buf_fmt(out, "%s", between);
	*first = false;
}

static void add_folded(struct buf *out, const char *word, bool typed)
{
	for (; *word != '\0'; word++) {
		char c = (char)tolower((unsigned char)*word);
		if (typed)
			buf_char(out, c == ' ' || c == '-' ? '_' : c);
		else
			buf_char(out, c == '_' ? ' ' : c);
	}
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isalnum((unsigned char)s.p[i]) && s.p[i] != '_' && s.p[i] != '-' && s.p[i] != '.')
			return false;
	return s.n > 0;
}

static void add_quoted(struct buf *out, struct str s)
{
	const char *mark = is_plain(s) ? "" : "\"";
	buf_fmt(out, "%s%.*s%s", mark, STR_ARG(s), mark);
}

static void add_amount(struct buf *out, enum filter_kind kind, int32_t v, bool ago, bool typed)
{
	char day[DAY_SAY];
	char iso[DAY_TEXT];
	if (kind == FILTER_IS_DAY && !ago)
		buf_fmt(out, "%s", typed ? day_text((struct day){v}, iso) : day_say((struct day){v}, day));
	else if (ago && typed)
		buf_fmt(out, "%dd", v);
	else if (ago)
		buf_fmt(out, "%d day%s", v, v == 1 ? "" : "s");
	else
		buf_fmt(out, "%d", v);
}

static bool is_open(const struct filter_range *r)
{
	return r->low == INT32_MIN + 1 || r->high == INT32_MAX;
}

/* "12", "6..12"; an open one is behind a sign and never one of several. */
static void type_range(struct buf *out, enum filter_kind kind, const struct filter_range *r)
{
	if (r->high == INT32_MAX)
		buf_lit(out, ">=");
	else if (is_open(r))
		buf_lit(out, "<=");
	if (r->high == INT32_MAX || r->low == INT32_MIN + 1) {
		add_amount(out, kind, r->high == INT32_MAX ? r->low : r->high, r->ago, true);
		return;
	}
	add_amount(out, kind, r->low, r->ago, true);
	if (r->low != r->high) {
		buf_lit(out, "..");
		add_amount(out, kind, r->high, r->ago, true);
	}
}

static void say_range(struct buf *out, enum filter_kind kind, const struct filter_range *r)
{
	bool day = kind == FILTER_IS_DAY;
	if (r->high == INT32_MAX) {
		buf_fmt(out, "%s", day && !r->ago ? "from " : "");
		add_amount(out, kind, r->low, r->ago, false);
		buf_fmt(out, "%s", !day ? " or more" : r->ago ? " ago or longer" : " on");
	} else if (r->low == INT32_MIN + 1) {
		buf_fmt(out, "%s", day && !r->ago ? "up to " : "");
		add_amount(out, kind, r->high, r->ago, false);
		buf_fmt(out, "%s", !day ? " or fewer" : r->ago ? " ago or less" : "");
	} else {
		add_amount(out, kind, r->low, r->ago, false);
		if (r->low != r->high) {
			buf_lit(out, " to ");
			add_amount(out, kind, r->high, r->ago, false);
		}
		buf_fmt(out, "%s", r->ago ? " ago" : "");
	}
}

static void add_set(struct buf *out, const struct filter_term *t, bool typed, bool *first)
{
	const struct filter_row *row = t->row;
	const char *between = typed ? "," : " or ";
	if (t->set == UINT64_MAX) {
		next(out, first, between);
		buf_lit(out, "any");
		return;
	}
	for (int i = 0; row->values[i] != NULL; i++)
		if ((t->set >> i & 1) != 0) {
			next(out, first, between);
			if (typed || t->key < FILTER_KEYS_N)
				add_folded(out, row->values[i], typed);
			else
				buf_fmt(out, "%s", row->values[i]); /* as the CoC wrote it */
		}
}

static void add_ranges(struct buf *out, const struct filter_term *t, bool typed, bool *first)
{
	enum filter_kind kind = t->row->kind;
	for (size_t i = 0; i < t->ranges_n; i++) {
		next(out, first, typed ? "," : " or ");
		if (kind == FILTER_IS_NAME && typed)
			add_quoted(out, t->names[i]);
		else if (kind == FILTER_IS_NAME)
			buf_str(out, t->names[i]);
		else if (typed)
			type_range(out, kind, &t->ranges[i]);
		else
			say_range(out, kind, &t->ranges[i]);
	}
}

static void add_term(struct buf *out, const struct filter_term *t, bool typed)
{
	const struct filter_row *row = t->row;
	bool none = row->kind == FILTER_IS_NAME || row->kind == FILTER_IS_FLAGS;
	bool sign = t->ranges_n == 1 && is_open(&t->ranges[0]);
	bool first = true;
	if (typed)
		buf_fmt(out, "%s%s%s", t->turned ? "-" : "", row->word, sign ? "" : ":");
	else
		buf_fmt(out, "%s: %s", row->say, t->turned ? "not " : "");
	if (row->values != NULL)
		add_set(out, t, typed, &first);
	add_ranges(out, t, typed, &first);
	if (t->unknown) {
		next(out, &first, typed ? "," : " or ");
		buf_fmt(out, "%s", none ? "none" : "unknown");
	}
}

static struct str joined(struct arena *a, const struct filter *f, bool typed)
{
	struct buf out = buf_new(a, SAY_MAX);
	for (size_t i = 0; i < f->terms_n; i++) {
		if (i > 0)
			buf_fmt(&out, "%s", typed ? " " : "; ");
		add_term(&out, &f->terms[i], typed);
	}
	if (f->words.n > 0) {
		if (out.n > 0)
			buf_fmt(&out, "%s", typed ? " " : "; ");
		if (typed)
			buf_fmt(&out, "\"%.*s\"", STR_ARG(f->words));
		else
			buf_lit(&out, "found by words");
	}
	return buf_text(&out);
}

struct str filter_text(struct arena *a, const struct filter *f)
{
	return joined(a, f, true);
}

struct str filter_say(struct arena *a, const struct filter *f)
{
	return joined(a, f, false);
}
