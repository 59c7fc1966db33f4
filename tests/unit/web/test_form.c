#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/pii.h"
#include "web/form.h"

static struct arena *a;

static int setup(void **state)
{
	(void)state;
	a = arena_new("test", 4 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&a);
	return 0;
}

static void text_equal(struct str have, const char *want)
{
	assert_string_equal(str_c(a, have), want);
}

static void pairs_are_split(void **state)
{
	(void)state;
	static const struct {
		const char *in;
		bool ok;
		size_t n;
		const char *name, *value; /* of the last pair */
	} cases[] = {
		{"", true, 0, "", ""},
		{"a=b", true, 1, "a", "b"},
		{"&&a=b&", true, 1, "a", "b"},
		{"a", true, 1, "a", ""},
		{"=b", true, 1, "", "b"},
		{"a=b=c", true, 1, "a", "b=c"},
		{"a+b=%41%2b+c", true, 1, "a b", "A+ c"},
		{"a=1&b=2&c=%c3%bC", true, 3, "c", "\xc3\xbc"},
		{"a=%", false, 0, NULL, NULL},
		{"a=%4", false, 0, NULL, NULL},
		{"a=%4g", false, 0, NULL, NULL},
		{"a=%00", false, 0, NULL, NULL},
		{"%00=a", false, 0, NULL, NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct form_pair *pairs = NULL;
		size_t n = 0;
		bool too_many = true;
		assert_int_equal(form_split(a, str_from(cases[i].in), 5, &pairs, &n, &too_many), cases[i].ok);
		if (!cases[i].ok)
			continue;
		assert_false(too_many);
		assert_int_equal(n, cases[i].n);
		if (n > 0) {
			text_equal(pairs[n - 1].name, cases[i].name);
			text_equal(pairs[n - 1].value, cases[i].value);
		}
	}
}

static void pairs_have_a_limit(void **state)
{
	(void)state;
	struct form_pair *pairs;
	size_t n;
	bool too_many;
	assert_true(form_split(a, S("a&b&c&d&e"), 5, &pairs, &n, &too_many));
	assert_false(too_many);
	assert_true(form_split(a, S("a&b&c&d&e&f"), 5, &pairs, &n, &too_many));
	assert_true(too_many);
	assert_int_equal(n, 5);
}

static const char *const answers[] = {"yes", "no", NULL};

static const struct form_field fields[] = {
	{.name = "line", .label = "Line", .kind = FIELD_TEXT, .max = 5},
	{.name = "lines", .label = "Lines", .kind = FIELD_LINES},
	{.name = "note", .label = "Note", .kind = FIELD_PRIVATE},
	{.name = "int", .label = "Int", .kind = FIELD_INT},
	{.name = "bound", .label = "Bound", .kind = FIELD_INT, .least = -2, .most = 2},
	{.name = "day", .label = "Day", .kind = FIELD_DAY},
	{.name = "choice", .label = "Choice", .kind = FIELD_CHOICE, .choices = answers},
	{.name = "check", .label = "Check", .kind = FIELD_CHECK},
	{.name = "many", .label = "Many", .kind = FIELD_MANY},
	{.name = "secret", .label = "Secret", .kind = FIELD_SECRET},
	{.name = "file", .label = "File", .kind = FIELD_FILE},
};
static const struct form_spec spec = FORM(fields);

static struct form parse(const char *encoded)
{
	struct form_pair *pairs = NULL;
	size_t n = 0;
	bool too_many;
	assert_true(form_split(a, str_from(encoded), 50, &pairs, &n, &too_many));
	return form_parse(a, &spec, pairs, n, NULL, 0);
}

static void values_and_sentences(void **state)
{
	(void)state;
	static const struct {
		const char *in, *field, *text, *error;
	} cases[] = {
		{"line=+ab+", "line", "ab", ""},
		{"line=a%0Ab", "line", "a b", ""},
		{"line=%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC", "line", "\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc", ""},
		{"line=abcdef", "line", "abcdef", "Line is too long: it has 6 characters, and 5 fit."},
		{"line=%07", "line", "\a", "Line holds a character that cannot be kept. Please type it again."},
		{"lines=a%0D%0Ab%0Dc%0Ad", "lines", "a\nb\nc\nd", ""},
		{"int=-12", "int", "-12", ""},
		{"int=1e3", "int", "1e3", "Int must be a whole number."},
		{"int=99999999999999999999", "int", "99999999999999999999", "Int must be a whole number."},
		{"bound=2", "bound", "2", ""},
		{"bound=3", "bound", "3", "Bound must be a whole number from -2 to 2."},
		{"bound=-3", "bound", "-3", "Bound must be a whole number from -2 to 2."},
		{"day=2026-02-29", "day", "2026-02-29", "Day is not a date. Write it like 11/21/2026."},
		{"day=02/29/2028", "day", "02/29/2028", ""},
		{"day=2/29/28", "day", "2/29/28", "Day is not a date. Write it like 11/21/2026."},
		{"day=-2/1/2028", "day", "-2/1/2028", "Day is not a date. Write it like 11/21/2026."},
		{"day=1/1/1899", "day", "1/1/1899", "Day is not a date. Write it like 11/21/2026."},
		{"choice=no", "choice", "no", ""},
		{"choice=No", "choice", "No", "Choice: choose one of the answers."},
		{"secret=+a+", "secret", "", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct form f = parse(cases[i].in);
		const struct form_value *v = form_value(&f, cases[i].field);
		text_equal(v->text, cases[i].text);
		text_equal(v->error, cases[i].error);
		assert_int_equal(form_ok(&f), cases[i].error[0] == '\0');
	}
}

static void typed_faces(void **state)
{
	(void)state;
	struct form f =
		parse("line=x&note=Mr+X&int=7&bound=9&day=11/21/2026&choice=no&check=&many=1&many=+&many=2&secret=+p");
	text_equal(form_text(&f, "line"), "x");
	text_equal(pii_reveal(form_pii(a, &f, "note")), "Mr X");
	assert_int_equal(form_int(&f, "int", -1), 7);
	assert_int_equal(form_int(&f, "bound", -1), -1); /* an error gives the other value */
	assert_int_equal(form_day(&f, "day").n, 20778);
	assert_int_equal(form_choice(&f, "choice"), 1);
	assert_true(form_checked(&f, "check"));
	size_t n;
	const struct str *many = form_many(&f, "many", &n);
	assert_int_equal(n, 2);
	text_equal(many[1], "2");
	text_equal(form_secret(&f, "secret"), " p");
	assert_null(form_upload(&f, "file"));
}

static void an_empty_form(void **state)
{
	(void)state;
	struct form f = parse("other=1");
	assert_true(form_ok(&f));
	text_equal(form_text(&f, "line"), "");
	assert_null(form_pii(a, &f, "note"));
	assert_int_equal(form_int(&f, "int", 42), 42);
	assert_false(day_known(form_day(&f, "day")));
	assert_int_equal(form_choice(&f, "choice"), -1);
	assert_false(form_checked(&f, "check"));
	size_t n = 1;
	form_many(&f, "many", &n);
	assert_int_equal(n, 0);
	f = form_parse(a, NULL, NULL, 0, NULL, 0);
	assert_true(form_ok(&f));
}

static void required_fields(void **state)
{
	(void)state;
	for (size_t i = 0; i < spec.n; i++) {
		struct form_field field = fields[i];
		field.required = true;
		const struct form_spec one = {&field, 1};
		struct form f = form_parse(a, &one, NULL, 0, NULL, 0);
		assert_false(form_ok(&f));
		const char *want = str_fmt(a, "%s is needed.", field.label).p;
		text_equal(f.values[0].error, want);
	}
}

static void the_first_error_stays(void **state)
{
	(void)state;
	struct form f = parse("line=x");
	form_fail(&f, "line", S("There is no such person."));
	form_fail(&f, "line", S("Another."));
	assert_false(form_ok(&f));
	text_equal(form_value(&f, "line")->error, "There is no such person.");
}

static void uploads_are_found_and_taken(void **state)
{
	(void)state;
	struct upload sent[] = {{.field = S("other"), .fd = 5, .size = 1}, {.field = S("file"), .fd = 7, .size = 3}};
	struct form f = form_parse(a, &spec, NULL, 0, sent, 2);
	struct upload *u = form_upload(&f, "file");
	assert_ptr_equal(u, &sent[1]);
	assert_int_equal(upload_take(u), 7);
	assert_int_equal(sent[1].fd, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_split),       cmocka_unit_test(pairs_have_a_limit),
		cmocka_unit_test(values_and_sentences),  cmocka_unit_test(typed_faces),
		cmocka_unit_test(an_empty_form),         cmocka_unit_test(required_fields),
		cmocka_unit_test(the_first_error_stays), cmocka_unit_test(uploads_are_found_and_taken),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
