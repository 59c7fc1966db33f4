/* Every act that the sources write, and every page that may show a person, has its words (domain/act.h). */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "domain/access.h"
#include "domain/act.h"

enum { FILE_MOST = 256 << 10 };

static struct arena *memory;
static int seen;
static int missing;

/* Calls `look` with each line of the folder's files. */
static void walk(const char *folder, bool (*wanted)(struct str text), void (*look)(const char *name, struct str line))
{
	char path[1000];
	snprintf(path, sizeof path, "%s/%s", SOURCE_ROOT, folder);
	DIR *dir = opendir(path);
	assert_non_null(dir);
	for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (entry->d_name[0] == '.' ||
		    !(str_ends(str_from(entry->d_name), S(".c")) || str_ends(str_from(entry->d_name), S(".h"))))
			continue;
		snprintf(path, sizeof path, "%s/%s/%s", SOURCE_ROOT, folder, entry->d_name);
		FILE *f = fopen(path, "rb");
		assert_non_null(f);
		char *bytes = arena_many(memory, FILE_MOST, char);
		struct str rest = {bytes, fread(bytes, 1, FILE_MOST, f)};
		fclose(f);
		assert_true(rest.n < FILE_MOST);
		for (bool some = wanted(rest); some && rest.n > 0;) {
			struct str line;
			str_cut(rest, '\n', &line, &rest);
			look(entry->d_name, line);
		}
		arena_reset(memory);
	}
	closedir(dir);
}

static bool has(struct str text, const char *word)
{
	return memmem(text.p, text.n, word, strlen(word)) != NULL;
}

/* noun.verb and nothing else. */
static bool is_act(struct str s)
{
	struct str noun, verb;
	if (!str_cut(s, '.', &noun, &verb) || noun.n == 0 || verb.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && s.p[i] != '_' && s.p[i] != '-' && i != noun.n)
			return false;
	return true;
}

static bool records(struct str text)
{
	return has(text, "_record(");
}

static void look_for_acts(const char *name, struct str line)
{
	struct str quoted;
	if (has(line, "log_err(") || has(line, "LOG("))
		return;
	while (str_cut(line, '"', &quoted, &line) && str_cut(line, '"', &quoted, &line)) {
		if (!is_act(quoted))
			continue;
		seen++;
		if (act_say(quoted).n > 0)
			continue;
		missing++;
		print_error("src/app/%s writes the act %.*s, which has no words in domain/act.c\n", name,
			    STR_ARG(quoted));
	}
}

static void every_act_that_is_written_has_words(void **state)
{
	(void)state;
	seen = missing = 0;
	walk("src/app", records, look_for_acts);
	assert_int_equal(missing, 0);
	assert_true(seen > 60);
	/* These are put together from a table of answers. */
	assert_true(act_say(S("region_move.accept")).n > 0);
	assert_true(act_say(S("region_move.refuse")).n > 0);
	assert_true(act_say(S("region_move.withdraw")).n > 0);
	assert_int_equal(act_say(S("region_move")).n, 0);
}

static bool all(struct str text)
{
	(void)text;
	return true;
}

static void look_for_pages(const char *name, struct str line)
{
	struct str before, pattern, word;
	if (!has(line, "{METHOD_") || !str_cut(line, '"', &before, &line) || !str_cut(line, '"', &pattern, &line))
		return;
	for (int c = CAN_NOTHING + 1; c < CAPABILITIES_N; c++) {
		str_cut(str_trim(str_sub(line, 1, line.n)), ',', &word, &before);
		if (!capability_table[c].person || !str_eq(word, str_from(capability_table[c].word)))
			continue;
		seen++;
		if (act_page_say(pattern).n > 0)
			continue;
		missing++;
		print_error("src/web/%s: %.*s may show a person and has no words in domain/act.c\n", name,
			    STR_ARG(pattern));
	}
}

static void every_page_that_may_show_a_person_has_words(void **state)
{
	(void)state;
	seen = missing = 0;
	walk("src/web", all, look_for_pages);
	assert_int_equal(missing, 0);
	assert_true(seen > 60);
	assert_int_equal(act_page_say(S("/account")).n, 0);
}

static void the_words_of_an_act_stand_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < act_table_n; i++) {
		assert_true(is_act(str_from(act_table[i].word)));
		assert_true(i == 0 || strcmp(act_table[i - 1].word, act_table[i].word) < 0);
	}
}

static void an_id_among_others(void **state)
{
	static const struct {
		const char *more, *id;
		bool has;
	} cases[] = {
		{"step=s1,card=c1", "c1", true},
		{"step=s1,card=c1", "s1", true},
		{"step=s1", "s", false},
		{"step=s1", "step", false},
		{"", "s1", false},
		{"step=s1", "", false},
		{"s1", "s1", false},
		{"step=,card=", "", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(act_more_has(str_from(cases[i].more), str_from(cases[i].id)), cases[i].has);
}

static int up(void **state)
{
	(void)state;
	memory = arena_new("sources", (size_t)4 << 20);
	return 0;
}

static int down(void **state)
{
	(void)state;
	arena_free(&memory);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_act_that_is_written_has_words),
		cmocka_unit_test(every_page_that_may_show_a_person_has_words),
		cmocka_unit_test(the_words_of_an_act_stand_once),
		cmocka_unit_test(an_id_among_others),
	};
	return cmocka_run_group_tests(tests, up, down);
}
