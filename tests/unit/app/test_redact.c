/* Redaction by its measure: a labelled set of sentences, and every one-letter misspelling of the names in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/words.h"
#include "base/file.h"

enum { SENTENCES_LEAST = 300, NAME_LEAST = 5 };

static struct arena *arena;
static struct redactor *redactor;
static struct redact_person people[64];
static size_t people_n;

static struct str load(const char *folder, const char *name)
{
	struct str text;
	assert_null(file_read(arena, str_c(arena, str_fmt(arena, "%s/%s", folder, name)), 1 << 20, &text));
	return text;
}

static const char *folder;

static int with_people(void **state)
{
	(void)state;
	struct str line, rest, text;
	bool more;
	arena = arena_new("test", 256 << 20);
	text = load(folder, "people.txt");
	do {
		struct redact_person *p = &people[people_n];
		struct str birth;
		more = str_cut(text, '\n', &line, &text);
		if (line.n == 0)
			continue;
		assert_true(str_cut(line, '|', &p->names, &rest) && str_cut(rest, '|', &birth, &p->instead));
		assert_true(day_parse(birth, &p->birth));
		people_n++;
	} while (more);
	struct day today;
	assert_true(day_from_ymd(2026, 11, 22, &today));
	redactor = redactor_new(arena, people, people_n, words_ordinary(), today);
	return 0;
}

static int without_people(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* A sentence without its marks, and what they say of each byte: '{' a name, '<' a shape, ' ' neither. */
struct labelled {
	struct str text;
	char *label;
};

static struct labelled read_labels(struct str line)
{
	char *text = arena_many(arena, line.n + 1, char), *label = arena_many(arena, line.n + 1, char), now = ' ';
	size_t n = 0;
	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];
		if (c == '{' || c == '<') {
			now = c;
		} else if (c == '}' || c == '>') {
			now = ' ';
		} else {
			text[n] = c;
			label[n++] = now;
		}
	}
	return (struct labelled){{text, n}, label};
}

static bool is_letter(char c)
{
	return (c & 0x80) != 0 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool found_at(const struct redact_find *finds, size_t n, size_t at)
{
	for (size_t i = 0; i < n; i++)
		if (at >= finds[i].at && at < finds[i].at + finds[i].n)
			return true;
	return false;
}

static void all_that_is_marked_is_found_and_little_else(void **state)
{
	(void)state;
	struct str text = load(folder, "sentences.txt"), line;
	size_t sentences = 0, words = 0, flagged = 0, missed = 0;
	bool more;
	do {
		more = str_cut(text, '\n', &line, &text);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		struct labelled l = read_labels(line);
		struct redact_find *finds;
		size_t n = redact_find(arena, redactor, l.text, &finds);
		sentences++;
		for (size_t i = 0; i < l.text.n; i++) {
			bool first = is_letter(l.text.p[i]) && (i == 0 || !is_letter(l.text.p[i - 1]));
			if (l.label[i] != ' ' && is_letter(l.text.p[i]) && !found_at(finds, n, i)) {
				print_message("missed: %.*s\n", STR_ARG(line));
				missed++;
				break;
			}
			if (l.label[i] == ' ' && first) {
				words++;
				if (found_at(finds, n, i)) {
					print_message("flagged at %zu: %.*s\n", i, STR_ARG(line));
					flagged++;
				}
			}
		}
	} while (more);
	print_message("%zu sentences, %zu missed, %zu of %zu other words flagged\n", sentences, missed, flagged, words);
	assert_true(sentences >= SENTENCES_LEAST);
	assert_int_equal(missed, 0);
	assert_true(flagged * 100 <= words * 2);
}

static bool finds_in(const char *before, struct str word, const char *after)
{
	struct arena_mark mark = arena_mark(arena);
	struct redact_find *finds;
	struct str text = str_fmt(arena, "%s%.*s%s", before, STR_ARG(word), after);
	size_t n = redact_find(arena, redactor, text, &finds);
	bool found = found_at(finds, n, strlen(before));
	arena_rewind(arena, mark);
	return found;
}

struct tally {
	size_t tried;
	size_t found;
};

/* The misspelling in the middle of a sentence and at its start. */
static void try_word(struct tally *t, struct str word, struct str right)
{
	if (str_eq(word, right))
		return;
	t->tried += 2;
	t->found += finds_in("Yesterday we met ", word, " near the river.");
	t->found += finds_in("", word, " was near the river.");
}

static void misspell(struct tally *t, struct str name)
{
	char word[64];
	for (size_t i = 0; i < name.n; i++) { /* a letter less, neighbours swapped */
		memcpy(word, name.p, i);
		memcpy(word + i, name.p + i + 1, name.n - i - 1);
		try_word(t, (struct str){word, name.n - 1}, name);
		memcpy(word, name.p, name.n);
		if (i > 0 && i + 1 < name.n) {
			word[i] = name.p[i + 1];
			word[i + 1] = name.p[i];
			try_word(t, (struct str){word, name.n}, name);
		}
	}
	for (char c = 'a'; c <= 'z'; c++)
		for (size_t i = 1; i <= name.n; i++) { /* another letter, a letter more */
			memcpy(word, name.p, name.n);
			if (i < name.n)
				word[i] = c;
			try_word(t, (struct str){word, name.n}, name);
			memcpy(word, name.p, i);
			word[i] = c;
			memcpy(word + i + 1, name.p + i, name.n - i);
			try_word(t, (struct str){word, name.n + 1}, name);
		}
}

static void names_are_found_with_one_letter_wrong(void **state)
{
	(void)state;
	struct tally t = {0};
	for (size_t p = 0; p < people_n; p++) {
		struct str names = people[p].names, name;
		bool more;
		do {
			bool plain = true;
			more = str_cut(names, ' ', &name, &names);
			for (size_t i = 0; i < name.n; i++)
				plain = plain && ((name.p[i] | 32) >= 'a' && (name.p[i] | 32) <= 'z');
			if (plain && name.n >= NAME_LEAST)
				misspell(&t, name);
		} while (more);
	}
	print_message("%zu of %zu misspellings found\n", t.found, t.tried);
	assert_true(t.tried > 10000);
	assert_true(t.found * 100 >= t.tried * 99);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_is_marked_is_found_and_little_else),
		cmocka_unit_test(names_are_found_with_one_letter_wrong),
	};
	folder = argc > 1 ? argv[1] : "";
	return cmocka_run_group_tests_name("app redact", tests, with_people, without_people);
}
