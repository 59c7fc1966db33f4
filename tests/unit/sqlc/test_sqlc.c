/* The statement generator: what it writes (golden files) and what it refuses.
 *
 * With BYNAME_GOLDEN=write the golden files are written anew, to be looked at before they are
 * committed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "sqlc.h"

#define GOLDEN SOURCE_ROOT "/tests/golden/sqlc/"

static struct str read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return (struct str){0};
	char *p = arena_many(a, 1 << 20, char);
	size_t n = fread(p, 1, 1 << 20, f);
	fclose(f);
	return (struct str){p, n};
}

static void check_golden(struct arena *a, const char *path, struct str text)
{
	const char *mode = getenv("BYNAME_GOLDEN");
	if (mode != NULL && str_eq(str_from(mode), S("write"))) {
		FILE *f = fopen(path, "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
		fclose(f);
	}
	if (!str_eq(read_file(a, path), text))
		fail_msg("%s differs from what is generated:\n%.*s", path, STR_ARG(text));
}

static struct sqlc_file file_of(const char *text)
{
	return (struct sqlc_file){.path = S("db/queries/thing.sql"), .noun = S("thing"), .text = str_from(text)};
}

static void test_golden(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 64 << 20);
	struct sqlc_file file = file_of("");
	struct str table;
	file.text = read_file(a, GOLDEN "thing.sql");
	err_t e = sqlc_read(a, &file);
	if (e != NULL)
		fail_msg("%.*s", STR_ARG(e->say));
	check_golden(a, GOLDEN "q_thing.h", sqlc_header(a, &file));
	check_golden(a, GOLDEN "q_thing.c", sqlc_source(a, &file));
	assert_null(sqlc_table(a, &file, 1, &table));
	check_golden(a, GOLDEN "q_all.c", table);
	struct sqlc_file step = file_of("");
	struct str schema;
	step.noun = S("0001_thing");
	step.text = read_file(a, GOLDEN "0001_thing.sql");
	assert_null(sqlc_schema(a, &step, 1, &schema));
	check_golden(a, GOLDEN "schema.c", schema);
	arena_free(&a);
}

#define HEAD "-- name: t one\n-- It is.\n"

static const struct {
	const char *text;
	const char *say; /* behind "db/queries/thing.sql:" */
} refusals[] = {
	{"SELECT 1;", "1: a statement begins with a line '-- name: NAME KIND'"},
	{"-- name: T one\n-- x\nSELECT 1;", "1: 'T' is no name for a statement: lower case, digits and _"},
	{"-- name: t\n-- x\nSELECT 1;", "1: 't': say what comes back: exec, count, one, many, each or bulk"},
	{"-- name: t all\n-- x\nSELECT 1;", "1: 't': say what comes back: exec, count, one, many, each or bulk"},
	{"\n-- name: t one\n-- x\n", "2: 't' has no SQL"},
	{"-- name: t one\n-- name: u one\n", "1: 't' has no SQL"},
	{"-- name: t exec\nDELETE FROM x;", "1: 't' has no sentence that says what it is for"},
	{HEAD "-- out: id text\nSELECT id FROM x", "1: 't' has no ';' at its end"},
	{HEAD "-- out: id text\nSELECT id FROM x; SELECT 2;", "4: something stands behind the ';'"},
	{HEAD "SELECT a FROM x;", "1: 't' gives rows back but has no 'out:'"},
	{"-- name: t exec\n-- x\n-- out: id text\nDELETE FROM x;", "1: 't' has an 'out:' but gives no rows back"},
	{"-- name: t exec\n-- x\n-- for: nobody\nDELETE FROM x;",
	 "3: 'nobody' is nobody: 'for:' wants people, lead, privacy, administrator, or \"all: why\""},
	{"-- name: t exec\n-- x\n-- for: all:\nDELETE FROM x;",
	 "3: 'all:' is nobody: 'for:' wants people, lead, privacy, administrator, or \"all: why\""},
	{"-- name: t exec\n-- x\n-- for:\nDELETE FROM x;", "3: 'for:' wants whom the statement serves"},
	{HEAD "-- out: a text, a int\nSELECT a, a FROM x;",
	 "3: 'a' means something else in the generated C: choose another name"},
	{HEAD "-- out: id text, id int\nSELECT id, id FROM x;", "3: 'id' is declared twice"},
	{HEAD "-- out: id txt\nSELECT id FROM x;", "3: 'id' has the type 'txt'; there are text, int, bool, day, "
						   "instant and bytes, with a '?' for NULL; the size of an "
						   "array stands in the statement, IN (:id[50])"},
	{HEAD "-- out: id bool?\nSELECT id FROM x;", "3: 'id': a bool has no third value; use int? instead"},
	{HEAD "-- out: Id text\nSELECT id FROM x;",
	 "3: 'Id text' is no field: write \"name type\", the name in lower case"},
	{HEAD "-- out: id text,\nSELECT id FROM x;", "3: '' is no field: write \"name type\", the name in lower case"},
	{HEAD "-- scan:\n-- out: id text\nSELECT id FROM x;",
	 "3: 'scan:' wants the reason why a whole table may be read"},
	{HEAD "-- */ evil\n-- out: id text\nSELECT id FROM x;",
	 "3: a sentence becomes a comment in C and may not begin or end one"},
	{HEAD "-- out: id text\nSELECT id FROM x\nWHERE id = :id;", "5: ':id' is not declared behind 'in:'"},
	{HEAD "-- in: key text\n-- out: id text\nSELECT id FROM x;", "1: 't' declares 'key' but does not use it"},
	{HEAD "-- out: id text\nSELECT id FROM x WHERE id = $1;", "4: '$': parameters are written :name"},
	{HEAD "-- out: id text\nSELECT id FROM x WHERE id = ?;", "4: '?': parameters are written :name"},
	{HEAD "-- out: id text\nSELECT id::text FROM x;", "4: '::' is unknown to SQLite; use CAST"},
	{HEAD "-- out: id text\nSELECT id /* x */ FROM x;", "4: comments are written --"},
	{HEAD "-- out: id text\nSELECT {nothing} FROM x;",
	 "4: '{nothing' is no token: {now_lock}, {true}, {int}, {bytes}, {strict}"},
	{HEAD "-- out: id text\nSELECT {true FROM x;",
	 "4: '{true FROM x' is no token: {now_lock}, {true}, {int}, {bytes}, {strict}"},
	{HEAD "-- in: key text\n-- out: id text\nSELECT id FROM x\nWHERE id LIKE :key;",
	 "6: LIKE folds case on one engine only; search through an index of folded words"},
	{HEAD "-- out: id text\nSELECT id FROM x WHERE at < now();",
	 "4: NOW reads a clock; pass the time as a parameter"},
	{HEAD "-- in: ids text\n-- out: id text\nSELECT id FROM x WHERE id IN (:ids[0]);",
	 "5: ':ids[…]' wants a number from 1 to 500"},
	{HEAD "-- in: ids text\n-- out: id text\nSELECT id FROM x WHERE id IN (:ids[501]);",
	 "5: ':ids[…]' wants a number from 1 to 500"},
	{HEAD "-- in: ids day\n-- out: id text\nSELECT id FROM x WHERE id IN (:ids[5]);",
	 "5: ':ids[…]' can only be of text or int"},
	{HEAD "-- in: ids text\n-- out: id text\nSELECT id FROM x WHERE id NOT IN (:ids[5]);",
	 "5: ':ids[…]' is filled up with NULL, which NOT IN and '?' do not bear"},
	{HEAD "-- in: ids text\n-- out: id text\nSELECT id FROM x WHERE id IN (:ids[5]) AND id = :ids;",
	 "5: ':ids' is used both as one value and as an array"},
	{"-- name: t exec\n-- x\nINSERT INTO x (a) SELECT b FROM y\nON CONFLICT (a) DO NOTHING;",
	 "4: INSERT … SELECT … ON CONFLICT wants a WHERE before it (WHERE {true})"},
	{"-- name: t each\n-- x\n-- out: id text\nDELETE FROM x RETURNING id;",
	 "1: 't': each is for reading alone; use many"},
	{"-- name: t bulk\n-- x\n-- in: id text\nINSERT INTO x (id) VALUES (lower(:id));",
	 "1: 't': bulk is INSERT INTO table (…) VALUES (:…), the parameters in the order of 'in:'"},
	{"-- name: t bulk\n-- x\n-- in: id text, b int\nINSERT INTO x (b, id) VALUES (:b, :id);",
	 "1: 't': bulk is INSERT INTO table (…) VALUES (:…), the parameters in the order of 'in:'"},
	{"-- name: t bulk\n-- x\n-- in: id text\nINSERT INTO x (id) VALUES (:id) ON CONFLICT (id) DO NOTHING;",
	 "1: 't': bulk is INSERT INTO table (…) VALUES (:…), the parameters in the order of 'in:'"},
	{HEAD "-- out: id text\nSELECT id FROM x;\n\n" HEAD "-- out: id text\nSELECT id FROM x;",
	 "6: 't' is already the name of line 1"},
};

static void test_refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		struct arena *a = arena_new("test", 8 << 20);
		struct sqlc_file file = file_of(refusals[i].text);
		err_t e = sqlc_read(a, &file);
		if (e == NULL)
			fail_msg("taken: %s", refusals[i].text);
		struct str say = str_fmt(a, "db/queries/thing.sql:%s", refusals[i].say);
		if (e->class != ERR_INVALID || !str_eq(e->say, say))
			fail_msg("%.*s\ninstead of\n%.*s", STR_ARG(e->say), STR_ARG(say));
		assert_null(file.statements);
		arena_free(&a);
	}
}

static void test_accepted(void **state)
{
	static const char *const texts[] = {
		"",
		"-- A file may hold words alone.\n",
		"-- name: t exec\n-- x\nINSERT INTO x (a) SELECT b FROM y WHERE {true}\nON CONFLICT (a) DO NOTHING;",
		"-- name: t exec\n-- x\nDELETE FROM x WHERE a = 'it''s; LIKE :this $1 {x}';",
		"-- name: t exec\r\n-- x\r\nDELETE FROM x;\r\n",
		"-- name: t many\n-- x\n-- out: id text\nDELETE FROM x RETURNING id;",
	};
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct arena *a = arena_new("test", 8 << 20);
		struct sqlc_file file = file_of(texts[i]);
		err_t e = sqlc_read(a, &file);
		if (e != NULL)
			fail_msg("%s: %.*s", texts[i], STR_ARG(e->say));
		arena_free(&a);
	}
}

static void test_names_over_files(void **state)
{
	(void)state;
	struct arena *a = arena_new("test", 8 << 20);
	struct sqlc_file files[2] = {file_of(HEAD "-- out: id text\nSELECT id FROM x;"),
				     file_of("\n" HEAD "-- out: id text\nSELECT id FROM x;")};
	struct str out;
	files[1].path = S("db/queries/other.sql");
	assert_null(sqlc_read(a, &files[0]));
	assert_null(sqlc_read(a, &files[1]));
	err_t e = sqlc_table(a, files, 2, &out);
	assert_non_null(e);
	assert_true(str_eq(e->say, S("db/queries/other.sql:2: 't' is already a statement of db/queries/thing.sql")));
	arena_free(&a);
}

static void test_schema_numbers(void **state)
{
	static const char *const names[][2] = {
		{"0002_a", "0003_b"}, {"0001_a", "0003_b"}, {"0001_a", "0001_b"},
		{"0001_a", "2_b"},    {"0001_a", "second"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct arena *a = arena_new("test", 8 << 20);
		struct sqlc_file files[2] = {file_of("CREATE TABLE a (b {int});"), file_of("")};
		struct str out;
		files[0].noun = str_from(names[i][0]);
		files[1].noun = str_from(names[i][1]);
		assert_non_null(sqlc_schema(a, files, 2, &out));
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),         cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_accepted),       cmocka_unit_test(test_names_over_files),
		cmocka_unit_test(test_schema_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
