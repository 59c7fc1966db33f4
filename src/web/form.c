#include "web/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limit.h"
#include "base/pii.h"
#include "web/encode.h"

enum { TEXT_MAX = 200, SECRET_MAX = 1000 };

bool form_split(struct arena *a, struct str encoded, size_t max, struct form_pair **pairs, size_t *n, bool *too_many)
{
	size_t found = 0;
	struct form_pair *out = arena_many(a, max, struct form_pair);
	*too_many = false;
	while (encoded.n > 0) {
		struct str item;
		struct str name;
		struct str value;
		struct str rest;
		str_cut(encoded, '&', &item, &rest);
		encoded = rest;
		if (item.n == 0)
			continue;
		if (found == max) {
			*too_many = true;
			break;
		}
		str_cut(item, '=', &name, &value);
		if (!form_decode(a, name, &out[found].name) || !form_decode(a, value, &out[found].value))
			return false;
		found++;
	}
	*pairs = out;
	*n = found;
	return true;
}

static void fail(struct form_value *v, struct str sentence)
{
	if (v->error.n == 0)
		v->error = sentence;
}

/* Line ends as '\n'; in one line every white space as a blank. */
static struct str tidy(struct arena *a, struct str s, bool one_line)
{
	char *p = arena_many(a, s.n, char);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\r') {
			if (i + 1 < s.n && s.p[i + 1] == '\n')
				continue;
			c = '\n';
		}
		if (one_line && (c == '\n' || c == '\t'))
			c = ' ';
		p[n++] = c;
	}
	return str_trim((struct str){p, n});
}

static size_t field_max(const struct form_field *field)
{
	if (field->max != 0)
		return field->max;
	switch (field->kind) {
	case FIELD_LINES:
	case FIELD_PRIVATE:
		return LIMIT_NOTE;
	case FIELD_SECRET:
		return SECRET_MAX;
	default:
		return TEXT_MAX;
	}
}

static bool check_text(struct arena *a, struct form_value *v, struct str s)
{
	const struct form_field *field = v->field;
	if (!str_is_clean_text(s)) {
		fail(v, str_fmt(a, "%s holds a character that cannot be kept. Please type it again.", field->label));
		return false;
	}
	size_t len = str_utf8_len(s);
	if (len > field_max(field)) {
		fail(v, str_fmt(a, "%s is too long: it has %zu characters, and %zu fit.", field->label, len,
				field_max(field)));
		return false;
	}
	return true;
}

static void parse_int(struct arena *a, struct form_value *v)
{
	const struct form_field *field = v->field;
	int64_t x;
	bool bounded = field->least != field->most;
	if (str_to_i64(v->text, &x) && (!bounded || (x >= field->least && x <= field->most)))
		v->number = x;
	else if (bounded)
		fail(v, str_fmt(a, "%s must be a whole number from %lld to %lld.", field->label,
				(long long)field->least, (long long)field->most));
	else
		fail(v, str_fmt(a, "%s must be a whole number.", field->label));
}

/* Month, day and year as people write them in the United States: 11/21/2026. */
static bool day_from_slashes(struct str s, struct day *out)
{
	struct str month;
	struct str day;
	struct str year;
	int64_t m;
	int64_t d;
	int64_t y;
	if (!str_cut(s, '/', &month, &s) || !str_cut(s, '/', &day, &year))
		return false;
	if (year.n != 4 || month.n > 2 || day.n > 2)
		return false;
	if (!str_to_i64(month, &m) || !str_to_i64(day, &d) || !str_to_i64(year, &y))
		return false;
	if (!day_from_ymd((int)y, (int)m, (int)d, out))
		return false;
	return out->n >= DAY_FIRST.n && out->n <= DAY_LAST.n;
}

static void parse_day(struct arena *a, struct form_value *v)
{
	struct day d;
	if (day_parse(v->text, &d) || day_from_slashes(v->text, &d))
		v->day = d;
	else
		fail(v, str_fmt(a, "%s is not a date. Write it like 11/21/2026.", v->field->label));
}

static void parse_choice(struct arena *a, struct form_value *v)
{
	for (int i = 0; v->field->choices != NULL && v->field->choices[i] != NULL; i++) {
		if (str_eq(v->text, str_from(v->field->choices[i])))
			v->choice = i;
	}
	if (v->choice < 0)
		fail(v, str_fmt(a, "%s: choose one of the answers.", v->field->label));
}

static void parse_one(struct arena *a, struct form_value *v, struct str raw)
{
	bool one_line = v->field->kind != FIELD_LINES && v->field->kind != FIELD_PRIVATE;
	v->text = tidy(a, raw, one_line);
	v->given = v->text.n > 0;
	if (!v->given || !check_text(a, v, v->text))
		return;
	switch (v->field->kind) {
	case FIELD_INT:
		parse_int(a, v);
		return;
	case FIELD_DAY:
		parse_day(a, v);
		return;
	case FIELD_CHOICE:
		parse_choice(a, v);
		return;
	default:
		return;
	}
}

static void parse_many(struct arena *a, struct form_value *v, const struct form_pair *pairs, size_t n)
{
	struct str name = str_from(v->field->name);
	struct str *items = arena_many(a, n, struct str);
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(pairs[i].name, name))
			continue;
		struct str s = tidy(a, pairs[i].value, false);
		if (s.n > 0 && check_text(a, v, s))
			items[v->many_n++] = s;
	}
	v->many = items;
	v->given = v->many_n > 0;
}

static void parse_field(struct arena *a, struct form_value *v, const struct form_pair *pairs, size_t n)
{
	struct str name = str_from(v->field->name);
	const struct form_pair *pair = NULL;
	for (size_t i = 0; i < n && pair == NULL; i++) {
		if (str_eq(pairs[i].name, name))
			pair = &pairs[i];
	}
	switch (v->field->kind) {
	case FIELD_MANY:
		parse_many(a, v, pairs, n);
		break;
	case FIELD_CHECK:
		v->given = pair != NULL;
		break;
	case FIELD_FILE:
		break;
	case FIELD_SECRET:
		v->secret = pair == NULL ? (struct str){0} : pair->value;
		v->given = v->secret.n > 0;
		check_text(a, v, v->secret);
		break;
	default:
		if (pair != NULL)
			parse_one(a, v, pair->value);
		break;
	}
}

struct form form_parse(struct arena *a, const struct form_spec *spec, const struct form_pair *pairs, size_t n,
		       struct upload *uploads, size_t uploads_n)
{
	static const struct form_spec none;
	if (spec == NULL)
		spec = &none;
	struct form f = {.spec = spec, .n = spec->n, .pairs = pairs, .pairs_n = n};
	f.values = arena_many(a, spec->n, struct form_value);
	f.uploads = uploads;
	f.uploads_n = uploads_n;
	for (size_t i = 0; i < spec->n; i++) {
		struct form_value *v = &f.values[i];
		*v = (struct form_value){.field = &spec->fields[i], .day = DAY_NONE, .choice = -1};
		parse_field(a, v, pairs, n);
		for (size_t k = 0; v->field->kind == FIELD_FILE && k < uploads_n; k++) {
			if (uploads[k].size > 0 && str_eq(uploads[k].field, str_from(v->field->name)))
				v->upload = &uploads[k];
		}
		v->given = v->given || v->upload != NULL;
		if (!v->given && v->field->required)
			fail(v, str_fmt(a, "%s is needed.", v->field->label));
	}
	return f;
}

bool form_ok(const struct form *f)
{
	for (size_t i = 0; i < f->n; i++) {
		if (f->values[i].error.n > 0)
			return false;
	}
	return true;
}

err_t form_error(struct arena *a, const struct form *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->values[i].error.n > 0)
			return err_new(a, ERR_INVALID, "%.*s", STR_ARG(f->values[i].error));
	return NULL;
}

struct str form_typed(const struct form *f, bool again, const char *name, struct str first)
{
	for (size_t i = 0; again && i < f->pairs_n; i++)
		if (str_eq(f->pairs[i].name, str_from(name)))
			return f->pairs[i].value;
	return again ? (struct str){0} : first;
}

static struct form_value *find(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++) {
		if (strcmp(f->values[i].field->name, name) == 0)
			return &f->values[i];
	}
	fprintf(stderr, "byname: a form is asked for the field %s, which it does not declare\n", name);
	abort();
}

/* The field, which must be of one of two kinds. */
static const struct form_value *find_kind(const struct form *f, const char *name, enum field_kind kind,
					  enum field_kind or_kind)
{
	const struct form_value *v = find(f, name);
	if (v->field->kind != kind && v->field->kind != or_kind) {
		fprintf(stderr, "byname: the field %s is asked for as a kind that it is not\n", name);
		abort();
	}
	return v;
}

const struct form_value *form_value(const struct form *f, const char *name)
{
	return find(f, name);
}

struct str form_text(const struct form *f, const char *name)
{
	return find_kind(f, name, FIELD_TEXT, FIELD_LINES)->text;
}

const struct pii *form_pii(struct arena *a, const struct form *f, const char *name)
{
	return pii_new(a, find_kind(f, name, FIELD_PRIVATE, FIELD_PRIVATE)->text);
}

int64_t form_int(const struct form *f, const char *name, int64_t otherwise)
{
	const struct form_value *v = find_kind(f, name, FIELD_INT, FIELD_INT);
	return v->given && v->error.n == 0 ? v->number : otherwise;
}

struct day form_day(const struct form *f, const char *name)
{
	return find_kind(f, name, FIELD_DAY, FIELD_DAY)->day;
}

int form_choice(const struct form *f, const char *name)
{
	return find_kind(f, name, FIELD_CHOICE, FIELD_CHOICE)->choice;
}

bool form_checked(const struct form *f, const char *name)
{
	return find_kind(f, name, FIELD_CHECK, FIELD_CHECK)->given;
}

struct str form_secret(const struct form *f, const char *name)
{
	return find_kind(f, name, FIELD_SECRET, FIELD_SECRET)->secret;
}

const struct str *form_many(const struct form *f, const char *name, size_t *n)
{
	const struct form_value *v = find_kind(f, name, FIELD_MANY, FIELD_MANY);
	*n = v->many_n;
	return v->many;
}

struct upload *form_upload(const struct form *f, const char *name)
{
	return find_kind(f, name, FIELD_FILE, FIELD_FILE)->upload;
}

void form_fail(struct form *f, const char *name, struct str sentence)
{
	fail(find(f, name), sentence);
}

int upload_take(struct upload *u)
{
	int fd = u->fd;
	u->fd = -1;
	return fd;
}
