/* The floors of docs/ARCHITECTURE.md, held by reading the sources: who includes whom, who may turn
 * personal data into text, and how long a file may be. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"

enum { SOURCES_MOST = 2000, LINES_MOST = 600, FACES = 5 };

/* Files that turn `struct pii` into text. Each opens what domain/access has decided, works on words
 * that their writer has just typed, or belongs to the sealing and its blind index. */
static const struct {
	const char *path;
	const char *why;
} reveals[] = {
	{"src/store/seal.c", "seals it"},
	{"src/app/person.c", "names, SSN digits and birth dates of a view, after access_decide"},
	{"src/app/household_page.c", "the text of steps, where access shows notes"},
	{"src/app/list_saved.c", "the names of saved views, which are of no household"},
	{"src/app/worklist.c", "the names of working lists, which are of no household"},
	{"src/app/quality_work.c", "why a flag was confirmed, where access shows notes"},
	{"src/app/disability.c", "what evidences a disability, for who may read notes"},
	{"src/app/entry.c", "what is written about a household, for who may read it"},
	{"src/app/support.c", "joins an attempt and its words before they are sealed"},
	{"src/app/tenancy.c", "joins a day and its reason before they are sealed"},
	{"src/app/needs.c", "joins a household's wishes and its words before they are sealed"},
	{"src/app/column.c", "checks a value by the kind of its column"},
	{"src/app/next_step.c", "the text of the next step, where access shows notes"},
	{"src/app/own_copy.c",
	 "what conferences wrote, for the copy that the household gets, where access shows notes"},
	{"src/app/household_mask.c", "names taken out of free text"},
	{"src/app/household_names.c", "names to be taken out of free text"},
	{"src/app/step_view.c", "free text as its viewer may read it"},
	{"src/app/conference_load.c", "notes about the meeting, which are of no household"},
	{"src/app/attendance.c", "how somebody wishes to be called, for who is in the room with them"},
	{"src/app/card_view.c", "two texts that met, for who settles them"},
	{"src/app/card.c", "compares what was typed with what stands"},
	{"src/app/telling.c", "checks the words for a person"},
	{"src/app/stage.c", "who a guest of a meeting is, for who let them in"},
	{"src/app/step.c", "the sentence that is read back to who typed it"},
	{"src/app/adjustment.c", "checks the words of a reason"},
	{"src/app/nomination.c", "checks the words of a reason"},
	{"src/app/referral_told.c", "events of referrals in a dossier, which are codes and days"},
	{"src/app/opening_board.c", "why a household was taken or passed over, where access shows notes"},
	{"src/app/opening_decide.c", "checks the words of a reason"},
	{"src/app/release.c", "checks the words of a note and the strokes of a signature"},
	{"src/app/release_view.c", "notes and signatures of releases, for who may record them"},
	{"src/app/correction.c", "what somebody asked to have put right, for who reads notes about them"},
	{"src/app/law.c", "facts under a law of their own, for who was decided to read them"},
	{"src/app/protection.c", "checks the words of a reason"},
	{"src/app/contact.c", "whether a line was typed, and lines for who may read notes"},
	{"src/app/handout.c", "notes without names, as somebody read them and let them go"},
	{"src/app/evidence.c", "whether somebody is named who signed"},
	{"src/app/evidence_view.c", "who signed a paper and where it is kept, where access shows notes"},
	{"src/app/cycle.c", "checks the length of a reason"},
	{"src/app/assessed.c", "results of assessments, for who may know facts and places"},
	{"src/app/policy_traits.c", "race and sex of a head, as the group of a report, and gone again"},
	{"src/app/meeting.c", "checks the length of what was typed"},
	{"src/app/import_enrollment.c", "merges a dossier with the rows of an export"},
	{"src/app/client_fact.c", "the row of a client, for an import that compares it and an export that writes it"},
	{"src/app/ce_book.c", "days and kinds of referrals and entries, for counts"},
	{"src/app/side_door.c", "an agency’s answer, for who asked and for the agency"},
	{"src/app/checkin.c", "joins what a check-in found before it is sealed"},
	{"src/app/hmis_export.c", "the rows of an export, for the HMIS that they came from"},
	{"src/app/incident.c", "what was told to the privacy officer, who alone reads it"},
	{"src/app/word.c", "joins what somebody sends word of before it is sealed"},
	{"src/app/unnamed.c", "words for a business meeting, in which nobody is named"},
	{"src/app/import_flag.c", "the text of a value that was left out, to be sealed"},
	{"src/app/source_draft.c", "the file that waits, for the one who chose it"},
	{"src/app/duplicate_open.c", "what is compared of a record, in memory"},
	{"src/app/duplicate_view.c", "why a pair was decided, for who sees both"},
	{"src/app/source_load.c", "merges a dossier with the rows of a list; what was typed from paper"},
	{"src/app/pack_store.c", "whether a pack is the one that is there"},
	{"src/app/standing_pack.c", "stays and nights of everybody, which leave it as counts alone"},
	{"src/app/roster.c", "ages and stays, from which the list is derived"},
	{"src/app/share.c", "the closed file of an agency, still encrypted"},
	{"src/app/setting.c", "the secret that single sign-on shares with its provider; no person"},
	{"src/app/factor.c", "the secret of a second step and what a form carries between two steps; no person"},
};

/* Files that are longer, and the reason. */
static const struct {
	const char *path;
	const char *why;
} long_files[] = {
	{NULL, "none"},
};

static const struct room {
	const char *name;
	int floor;
} rooms[] = {
	{"base", 1},   {"domain", 2}, {"store", 3}, {"hmis", 3},    {"sheet", 3},
	{"papers", 3}, {"oidc", 3},   {"app", 4},   {"web", FACES}, {"cli", FACES},
};

struct source {
	struct str path; /* "src/base/arena.c" */
	struct str text;
};

static struct arena *memory;
static struct source *sources;
static size_t sources_n;

/* --- reading --- */

static struct str text_of(const char *path, size_t size)
{
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	char *text = arena_many(memory, size, char);
	size_t n = fread(text, 1, size, f);
	fclose(f);
	assert_int_equal(n, size);
	return (struct str){text, n};
}

static void read_folder(struct str folder)
{
	const char *root = str_c(memory, str_fmt(memory, "%s/%.*s", SOURCE_ROOT, STR_ARG(folder)));
	DIR *dir = opendir(root);
	assert_non_null(dir);
	for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		struct str name = str_from(entry->d_name);
		struct stat st;
		if (entry->d_name[0] == '.')
			continue;
		struct str path = str_fmt(memory, "%.*s/%s", STR_ARG(folder), entry->d_name);
		const char *whole = str_c(memory, str_fmt(memory, "%s/%.*s", SOURCE_ROOT, STR_ARG(path)));
		assert_int_equal(stat(whole, &st), 0);
		if (S_ISDIR(st.st_mode)) {
			read_folder(path);
		} else if (str_ends(name, S(".c")) || str_ends(name, S(".h"))) {
			assert_true(sources_n < SOURCES_MOST);
			sources[sources_n++] = (struct source){path, text_of(whole, (size_t)st.st_size)};
		}
	}
	closedir(dir);
}

static int read_all(void **state)
{
	(void)state;
	memory = arena_new("sources", (size_t)64 << 20);
	sources = arena_many(memory, SOURCES_MOST, struct source);
	sources_n = 0;
	read_folder(S("src"));
	read_folder(S("tools"));
	return 0;
}

static int forget_all(void **state)
{
	(void)state;
	arena_free(&memory);
	return 0;
}

/* The next line of *rest without its end; false behind the last. */
static bool line_next(struct str *rest, struct str *line)
{
	if (rest->n == 0)
		return false;
	str_cut(*rest, '\n', line, rest);
	return true;
}

static bool has_word(struct str text, struct str word)
{
	return text.n >= word.n && memmem(text.p, text.n, word.p, word.n) != NULL;
}

/* --- the floors --- */

static const struct room *room_named(struct str name)
{
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
		if (str_eq(name, str_from(rooms[i].name)))
			return &rooms[i];
	return NULL;
}

/* The room of src/<room>/…; NULL for src/main.c and for tools. */
static const struct room *room_of(struct str path)
{
	struct str name, rest;
	if (!str_starts(path, S("src/")))
		return NULL;
	return str_cut(str_sub(path, strlen("src/"), path.n), '/', &name, &rest) ? room_named(name) : NULL;
}

/* What is wrong with an include of one of our own files; NULL: nothing. */
static const char *include_fault(struct str path, struct str included)
{
	struct str name, rest;
	bool tool = str_starts(path, S("tools/"));
	if (has_word(included, S("..")))
		return "goes by way of a folder above";
	if (!str_cut(included, '/', &name, &rest))
		return tool ? NULL : "names no room";
	const struct room *to = room_named(name);
	if (to == NULL)
		return "is of no room";
	if (tool)
		return to->floor == 1 ? NULL : "is not for a tool, which is built before the rooms";
	if (str_eq(path, S("src/main.c")))
		return NULL;
	const struct room *from = room_of(path);
	if (from == NULL)
		return "is included from no room";
	if (from->floor == FACES && str_starts(included, S("store/q_")))
		return "is a statement, and a face knows no SQL";
	if (to == from || to->floor < from->floor)
		return NULL;
	return to->floor > from->floor ? "climbs" : "goes sideways";
}

static void an_include_that_climbs_is_seen(void **state)
{
	(void)state;
	static const struct {
		const char *path, *included;
		bool fine;
	} rows[] = {
		{"src/app/step.c", "app/step.h", true},      {"src/app/step.c", "store/q_step.h", true},
		{"src/web/page_list.c", "app/list.h", true}, {"src/web/site.c", "web/assets.h", true},
		{"src/main.c", "web/server.h", true},        {"tools/tplc.c", "tpl.h", true},
		{"tools/tplc.c", "base/arena.h", true},      {"src/base/arena.c", "domain/step.h", false},
		{"src/domain/step.c", "store/db.h", false},  {"src/store/db.c", "hmis/spec.h", false},
		{"src/hmis/read.c", "store/db.h", false},    {"src/sheet/sheet.c", "hmis/csv.h", false},
		{"src/app/list.c", "web/site.h", false},     {"src/web/site.c", "cli/cli.h", false},
		{"src/cli/cli.c", "web/site.h", false},      {"src/web/site.c", "store/q_user.h", false},
		{"src/app/list.c", "../web/site.h", false},  {"src/app/list.c", "list.h", false},
		{"src/app/list.c", "assets.h", false},       {"src/app/list.c", "attic/list.h", false},
		{"src/attic/list.c", "base/str.h", false},   {"tools/tplc.c", "store/statement.h", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool fine = include_fault(str_from(rows[i].path), str_from(rows[i].included)) == NULL;
		if (fine != rows[i].fine)
			fail_msg("%s includes %s", rows[i].path, rows[i].included);
	}
}

static void includes_go_down(void **state)
{
	(void)state;
	int faults = 0;
	size_t seen = 0;
	for (size_t i = 0; i < sources_n; i++) {
		struct str line, rest = sources[i].text;
		while (line_next(&rest, &line)) {
			struct str included, behind;
			if (!str_starts(line, S("#include \"")))
				continue;
			assert_true(str_cut(str_sub(line, strlen("#include \""), line.n), '"', &included, &behind));
			const char *fault = include_fault(sources[i].path, included);
			seen++;
			if (fault == NULL)
				continue;
			faults++;
			print_error("%.*s includes \"%.*s\", which %s\n", STR_ARG(sources[i].path), STR_ARG(included),
				    fault);
		}
	}
	assert_true(seen > 0);
	assert_int_equal(faults, 0);
}

/* --- personal data --- */

static bool may_reveal(struct str path)
{
	for (size_t i = 0; i < sizeof reveals / sizeof *reveals; i++)
		if (str_eq(path, str_from(reveals[i].path)))
			return true;
	return false;
}

static bool reveals_now(const char *path)
{
	for (size_t i = 0; i < sources_n; i++)
		if (str_eq(sources[i].path, str_from(path)))
			return has_word(sources[i].text, S("pii_reveal"));
	return false;
}

static void personal_data_becomes_text_in_few_files(void **state)
{
	(void)state;
	int faults = 0;
	for (size_t i = 0; i < sources_n; i++) {
		struct str path = sources[i].path;
		if (!has_word(sources[i].text, S("pii_reveal")) || str_starts(path, S("src/base/pii.")) ||
		    may_reveal(path))
			continue;
		faults++;
		print_error("%.*s calls pii_reveal: let a file that may do it, or say here why it must\n",
			    STR_ARG(path));
	}
	for (size_t i = 0; i < sizeof reveals / sizeof *reveals; i++)
		if (!reveals_now(reveals[i].path)) {
			faults++;
			print_error("%s (%s) calls pii_reveal no more: take it off the list\n", reveals[i].path,
				    reveals[i].why);
		}
	assert_int_equal(faults, 0);
}

/* --- length --- */

static bool may_be_long(struct str path)
{
	for (size_t i = 0; i < sizeof long_files / sizeof *long_files; i++)
		if (long_files[i].path != NULL && str_eq(path, str_from(long_files[i].path)))
			return true;
	return false;
}

static void files_stay_short(void **state)
{
	(void)state;
	int faults = 0;
	for (size_t i = 0; i < sources_n; i++) {
		struct str line, rest = sources[i].text;
		int lines = 0;
		while (line_next(&rest, &line))
			lines++;
		if (lines <= LINES_MOST || may_be_long(sources[i].path))
			continue;
		faults++;
		print_error("%.*s has %d lines: divide it, or say here why it is longer than %d\n",
			    STR_ARG(sources[i].path), lines, LINES_MOST);
	}
	assert_int_equal(faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_include_that_climbs_is_seen),
		cmocka_unit_test(includes_go_down),
		cmocka_unit_test(personal_data_becomes_text_in_few_files),
		cmocka_unit_test(files_stay_short),
	};
	return cmocka_run_group_tests_name("floors", tests, read_all, forget_all);
}
