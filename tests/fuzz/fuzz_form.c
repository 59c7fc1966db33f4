/* Any bytes as the query or body of a form: they parse or are refused, and what parses is within its
 * limits. */
#include "replay.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/limit.h"
#include "web/encode.h"
#include "web/form.h"

static const char *const answers[] = {"yes", "no", NULL};
static const struct form_field fields[] = {
	{.name = "a", .label = "A", .kind = FIELD_TEXT, .required = true, .max = 5},
	{.name = "b", .label = "B", .kind = FIELD_LINES},
	{.name = "c", .label = "C", .kind = FIELD_INT, .least = 1, .most = 9},
	{.name = "d", .label = "D", .kind = FIELD_DAY},
	{.name = "e", .label = "E", .kind = FIELD_CHOICE, .choices = answers},
	{.name = "f", .label = "F", .kind = FIELD_MANY, .max = 3},
	{.name = "g", .label = "G", .kind = FIELD_SECRET},
	{.name = "h", .label = "H", .kind = FIELD_CHECK},
};
static const struct form_spec spec = FORM(fields);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_form(struct arena *a, struct str text)
{
	struct form_pair *pairs = NULL;
	size_t n = 0;
	bool too_many = false;
	if (!form_split(a, text, LIMIT_FORM_FIELDS, &pairs, &n, &too_many))
		return;
	check(n <= LIMIT_FORM_FIELDS);
	struct form f = form_parse(a, &spec, pairs, n, NULL, 0);
	if (!form_ok(&f))
		return;
	check(form_value(&f, "a")->given && str_utf8_len(form_text(&f, "a")) <= 5);
	check(str_is_clean_text(form_text(&f, "b")));
	int64_t number = form_int(&f, "c", 1);
	check(number >= 1 && number <= 9);
	struct day d = form_day(&f, "d");
	check(!day_known(d) || (d.n >= DAY_FIRST.n && d.n <= DAY_LAST.n));
	check(form_choice(&f, "e") < 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new("fuzz", 64 << 20);
	struct str text = {(const char *)data, n};
	struct str path;
	check_form(a, text);
	if (path_decode(text, arena_many(a, n, char), &path))
		check(path.n > 0 && path.p[0] == '/' && path.n <= n && str_is_clean_text(path));
	disposition(a, text);
	arena_free(&a);
	return 0;
}
