/* Packages and the rows in them: what is refused, what is flagged and in which words, and that a folder, a
 * zip and any number of threads give the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limit.h"
#include "hmis/csv.h"
#include "hmis/read.h"
#include "made_export.h"

struct test {
	struct arena *arena;
	const char *folder;
};

static int set_up(void **state)
{
	struct test *t = calloc(1, sizeof *t);
	assert_non_null(t);
	t->arena = arena_new("test", 256 << 20);
	t->folder = made_folder(t->arena);
	*state = t;
	return 0;
}

static int tear_down(void **state)
{
	struct test *t = *state;
	made_remove(t->folder);
	arena_free(&t->arena);
	free(t);
	return 0;
}

/* Everything that came of an export, as text, line by line. */
struct log {
	struct buf text;
	struct arena *arena;
};

static err_t log_flag(void *ctx, const struct hmis_flag *f)
{
	struct log *l = ctx;
	buf_fmt(&l->text, "%s|%.*s|%.*s|", hmis_problem_name(f->problem), STR_ARG(f->key),
		STR_ARG(pii_reveal(f->text)));
	buf_str(&l->text, hmis_flag_say(l->arena, f, (struct str){0}));
	buf_char(&l->text, '\n');
	return NULL;
}

static err_t nothing(void *ctx, const struct hmis_row *row)
{
	(void)ctx;
	assert_true(row->line > 1);
	return NULL;
}

static struct str read_log(struct test *t, const char *path, enum hmis_file file, unsigned threads,
			   struct hmis_counts *out)
{
	struct hmis_package *p;
	err_t e = hmis_package_open(t->arena, path, &p);
	if (e != NULL)
		fail_msg("%.*s", STR_ARG(e->say));
	struct log l = {.text = buf_new(t->arena, 4 << 20), .arena = t->arena};
	struct hmis_job job = {.file = file, .ctx = &l, .row = nothing, .flag = log_flag};
	e = hmis_read(t->arena, p, &job, 1, &(struct hmis_read_options){.threads = threads});
	if (e != NULL)
		fail_msg("%.*s", STR_ARG(e->say));
	*out = job.counts;
	hmis_package_close(&p);
	return buf_text(&l.text);
}

#define ENROLLMENT_HEADER                                                                                              \
	"EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,EnrollmentCoC,LivingSituation,"     \
	"RentalSubsidyType,LengthOfStay,LOSUnderThreshold,PreviousStreetESSH,DateToStreetESSH,"                        \
	"TimesHomelessPastThreeYears,MonthsHomelessPastThreeYears,DisablingCondition,DateOfEngagement,MoveInDate,"     \
	"DateUpdated,DateDeleted,ExportID\n"
/* An enrollment with these first eight cells. */
#define ENROLLMENT(cells) cells ",,10,,,,,,99,,,2026-01-01 00:00:00,,X1\n"

struct expect {
	const char *row;
	uint64_t kept, deleted, blanked;
	const char *flags; /* problem|key|text|sentence, one per line */
};

static void test_flags(void **state)
{
	struct test *t = *state;
	static const struct expect table[] = {
		{ENROLLMENT("E1,P1,R1,2026-01-05,H1,1,MO-606,116"), 1, 0, 0, ""},
		{ENROLLMENT(" E1 ,P1,R1, 2026-01-05\t,H1,1,,116"), 1, 0, 0, ""},
		{ENROLLMENT("E1,P1,R1,31-02-2026,H1,1,,116"), 0, 0, 0,
		 "HMIS_DAY_BAD|E1|31-02-2026|Enrollment.csv line 2: EntryDate is not a date; the row was set aside. "
		 "Write it "
		 "as 2026-02-28.\n"},
		{ENROLLMENT("E1,P1,R1,,H1,1,,116"), 0, 0, 0,
		 "HMIS_DAY_MISSING|E1||Enrollment.csv line 2: EntryDate is empty; the row was set aside. Every row "
		 "needs this "
		 "date.\n"},
		{ENROLLMENT("E1,,R1,2026-01-05,H1,1,,116"), 0, 0, 0,
		 "HMIS_ID_MISSING|E1||Enrollment.csv line 2: PersonalID is empty; the row was set aside. Every row "
		 "needs it.\n"},
		{ENROLLMENT("E12345678901234567890123456789012,P1,R1,2026-01-05,H1,1,,116"), 0, 0, 0,
		 "HMIS_ID_LONG||E12345678901234567890123456789012|Enrollment.csv line 2: EnrollmentID is longer than "
		 "32 bytes; "
		 "the row was set aside. Shorten the identifier in the software it comes from.\n"},
		{ENROLLMENT("E1,P1,R1,2026-01-05,,1,,116"), 1, 0, 0,
		 "HMIS_WANTED_MISSING|E1||Enrollment.csv line 2: HouseholdID is empty. The row is kept, but something "
		 "will be "
		 "missing.\n"},
		{ENROLLMENT("E1,P1,R1,2026-01-05,H1,0,,16"), 1, 0, 2,
		 "HMIS_VALUE_UNLISTED|E1|0|Enrollment.csv line 2: RelationshipToHoH is not in its HMIS list; the value "
		 "was left "
		 "out. Use a code of the list.\n"
		 "HMIS_SITUATION_LEGACY|E1|16|Enrollment.csv line 2: LivingSituation is a living situation code from "
		 "before "
		 "October 2023; the value was left out. Export again with the codes of FY2024 or later; old codes are "
		 "not "
		 "guessed at.\n"},
		{ENROLLMENT("E1,P1,R1,2026-01-05,H1,1,caf\xE9,x"), 1, 0, 2,
		 "HMIS_TEXT_UNREADABLE|E1|caf\xE9|Enrollment.csv line 2: EnrollmentCoC has bytes that are not UTF-8 "
		 "text; the "
		 "value was left out. Export again as UTF-8.\n"
		 "HMIS_INT_BAD|E1|x|Enrollment.csv line 2: LivingSituation is not a whole number; the value was left "
		 "out. Write "
		 "it in digits alone.\n"},
		/* Deleted rows need their keys alone, if the deletion is dated. */
		{"E1,P1,R1,,H1,1,,,,,,,,,,,,,2026-01-01 00:00:00,2026-01-02 00:00:00,X1\n", 1, 1, 0, ""},
		{"E1,P1,R1,2026-01-05,H1,1,,,,,,,,,,,,,2026-01-01 00:00:00,yesterday,X1\n", 1, 1, 1,
		 "HMIS_INSTANT_BAD|E1|yesterday|Enrollment.csv line 2: DateDeleted is not a date and time; the value "
		 "was left "
		 "out. Write it as 2026-02-28 14:30:00.\n"},
		{"E1,P1,R1,,H1,1,,,,,,,,,,,,,2026-01-01 00:00:00,X1,\n", 0, 0, 0,
		 "HMIS_DAY_MISSING|E1||Enrollment.csv line 2: EntryDate is empty; the row was set aside. Every row "
		 "needs this "
		 "date.\n"},
		/* The shape of the row. */
		{"E1,P1,R1,2026-01-05,H1,1\n", 1, 0, 0,
		 "HMIS_ROW_SHORT|||Enrollment.csv line 2: the row has fewer values than the header has columns. Look "
		 "for a "
		 "cut-off line.\n"
		 "HMIS_WANTED_MISSING|E1||Enrollment.csv line 2: DateUpdated is empty. The row is kept, but something "
		 "will be "
		 "missing.\n"},
		{ENROLLMENT("E1,P1,R1,2026-01-05,H1,1,Nowhere, MO,116"), 0, 0, 0,
		 "HMIS_ROW_WIDE|||Enrollment.csv line 2: the row has more values than the header has columns; the row "
		 "was set "
		 "aside. Look for a comma without quotes around its text.\n"},
		{"E1,P1,R1,2026-01-05,H1,1,,116,,10,,,,,,99,,,2026-01-01 00:00:00,,X1,,\"\", \r\n", 1, 0, 0, ""},
		{"E1,\"P1,R1,2026-01-05\n", 0, 0, 0,
		 "HMIS_QUOTE_OPEN|||Enrollment.csv line 2: a quotation mark is not closed; the row was set aside. "
		 "Close it, or "
		 "double it if it is text.\n"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct made_file files[] = {
			MADE_EXPORT,
			{"Enrollment.csv", str_fmt(t->arena, "%s%s", ENROLLMENT_HEADER, table[i].row)},
			{0},
		};
		const char *path = made_write(t->arena, t->folder, str_c(t->arena, str_fmt(t->arena, "%zu", i)), files);
		struct hmis_counts c;
		struct str flags = read_log(t, path, HMIS_Enrollment, 1, &c);
		if (!str_eq(flags, str_from(table[i].flags)))
			fail_msg("row %zu gave\n%.*s", i, STR_ARG(flags));
		assert_int_equal(c.rows, 1);
		assert_int_equal(c.kept, table[i].kept);
		assert_int_equal(c.set_aside, 1 - table[i].kept);
		assert_int_equal(c.deleted, table[i].deleted);
		assert_int_equal(c.blanked, table[i].blanked);
	}
}

static void test_shown_text(void **state)
{
	struct test *t = *state;
	struct hmis_flag f = {.problem = HMIS_DAY_BAD,
			      .file = HMIS_Enrollment,
			      .column = HMIS_Enrollment_EntryDate,
			      .set_aside = true,
			      .line = 17};
	assert_true(
		str_eq(hmis_flag_say(t->arena, &f, S("31-02-2026")),
		       S("Enrollment.csv line 17: EntryDate “31-02-2026” is not a date; the row was set aside. Write "
			 "it as 2026-02-28.")));
	struct hmis_flag missing = {.problem = HMIS_KEY_COLUMN_MISSING,
				    .file = HMIS_Exit,
				    .column = HMIS_Exit_ExitDate,
				    .line = 1,
				    .set_aside = true};
	assert_true(str_eq(
		hmis_flag_say(t->arena, &missing, (struct str){0}),
		S("Exit.csv line 1: ExitDate: the column is missing, and no row can be used without it; the file "
		  "was set aside. Export the file again with all columns.")));
	struct hmis_flag rows = {.problem = HMIS_EXPORT_ROWS, .file = HMIS_FILE_COUNT, .column = HMIS_NO_COLUMN};
	assert_true(str_starts(hmis_flag_say(t->arena, &rows, (struct str){0}), S("Export.csv has several rows. ")));
}

/* Many enrollments, some broken, over several chunks. */
static struct str many(struct test *t, size_t n)
{
	struct buf b = buf_new(t->arena, 64 << 20);
	buf_str(&b, S(ENROLLMENT_HEADER));
	for (size_t i = 0; i < n; i++) {
		if (i % 1000 == 77)
			buf_fmt(&b, ENROLLMENT("E%zu,P%zu,R1,2026-02-31,H1,1,,116"), i, i);
		else if (i % 1000 == 500)
			buf_fmt(&b, ENROLLMENT("E%zu,\"P%zu\",R1,2026-02-01,H1,77,,\"1\n16\""), i, i);
		else if (i % 1000 == 900)
			buf_fmt(&b, ENROLLMENT("E%zu,\"P%zu,R1,2026-02-01,H1,1,,116"), i, i);
		else
			buf_fmt(&b, ENROLLMENT("E%zu,P%zu,R1,2026-02-01,H1,1,,116"), i, i);
	}
	assert_false(b.full);
	return buf_text(&b);
}

static void test_same_everywhere(void **state)
{
	struct test *t = *state;
	struct made_file files[] = {MADE_EXPORT, {"Enrollment.csv", many(t, 20000)}, {0}};
	const char *paths[] = {
		made_write(t->arena, t->folder, "folder", files),
		made_zip(t->arena, t->folder, "deflated.zip", "", false, files),
		made_zip(t->arena, t->folder, "stored.zip", "", true, files),
		made_zip(t->arena, t->folder, "inside.zip", "export/", false, files),
	};
	struct str first = {0};
	for (size_t i = 0; i < 4; i++) {
		for (unsigned threads = 1; threads <= 3; threads++) {
			struct hmis_counts c;
			struct str flags = read_log(t, paths[i], HMIS_Enrollment, threads, &c);
			if (first.n == 0)
				first = flags;
			assert_true(str_eq(first, flags));
			assert_int_equal(c.rows, 20000);
			assert_int_equal(c.set_aside, 40);
			assert_int_equal(c.kept, 19960);
			assert_int_equal(c.blanked, 40);
			assert_int_equal(c.flags, 80);
		}
	}
}

struct fast {
	uint64_t rows;
	uint64_t done;
	uint64_t total;
};

static err_t fast_row(void *ctx, const struct hmis_row *row)
{
	struct fast *f = ctx;
	assert_true(row->cells[HMIS_Enrollment_EntryDate].known);
	assert_false(row->cells[HMIS_Enrollment_PersonalID].known);
	f->rows++;
	return NULL;
}

static void fast_progress(void *ctx, uint64_t done, uint64_t total)
{
	struct fast *f = ctx;
	assert_true(done >= f->done && done <= total);
	f->done = done;
	f->total = total;
}

/* A job with a few columns reads no others; progress ends at all. */
static void test_few_columns(void **state)
{
	struct test *t = *state;
	struct made_file files[] = {MADE_EXPORT, {"Enrollment.csv", many(t, 3000)}, {0}};
	const char *paths[] = {made_write(t->arena, t->folder, "folder", files),
			       made_zip(t->arena, t->folder, "a.zip", "", false, files)};
	for (size_t i = 0; i < 2; i++) {
		struct hmis_package *p;
		assert_null(hmis_package_open(t->arena, paths[i], &p));
		struct fast fast = {0};
		uint16_t columns[] = {HMIS_Enrollment_EntryDate};
		struct hmis_job job = {
			.file = HMIS_Enrollment, .columns = columns, .columns_n = 1, .ctx = &fast, .row = fast_row};
		assert_null(
			hmis_read(t->arena, p, &job, 1,
				  &(struct hmis_read_options){.threads = 1, .ctx = &fast, .progress = fast_progress}));
		assert_int_equal(fast.rows, 3000 - 3 - 3);
		assert_int_equal(fast.done, files[1].text.n);
		assert_int_equal(fast.total, files[1].text.n);
		hmis_package_close(&p);
	}
}

static err_t row_stops(void *ctx, const struct hmis_row *row)
{
	return row->line == 100 ? err_new(ctx, ERR_CONFLICT, "stop here") : NULL;
}

static void test_stops(void **state)
{
	struct test *t = *state;
	struct made_file files[] = {MADE_EXPORT, {"Enrollment.csv", many(t, 3000)}, {0}};
	const char *paths[] = {made_write(t->arena, t->folder, "folder", files),
			       made_zip(t->arena, t->folder, "a.zip", "", false, files)};
	for (size_t i = 0; i < 2; i++) {
		struct hmis_package *p;
		assert_null(hmis_package_open(t->arena, paths[i], &p));
		struct arena *own = arena_new("caller", 1 << 20);
		struct hmis_job job = {.file = HMIS_Enrollment, .ctx = own, .row = row_stops};
		err_t e = hmis_read(t->arena, p, &job, 1, &(struct hmis_read_options){.threads = 2});
		assert_non_null(e);
		assert_int_equal(e->class, ERR_CONFLICT);
		assert_true(str_eq(e->say, S("stop here")));
		arena_free(&own);
		hmis_package_close(&p);
	}
}

static void refused(struct test *t, const char *path, enum err_class class, const char *part)
{
	struct hmis_package *p = NULL;
	err_t e = hmis_package_open(t->arena, path, &p);
	if (e == NULL)
		fail_msg("%s was not refused", path);
	assert_null(p);
	assert_int_equal(e->class, class);
	const char *say = str_c(t->arena, e->say);
	if (strstr(say, part) == NULL)
		fail_msg("%s: %s", path, say);
}

/* Has the directory of the zip say that each of its files is almost as large as it can. */
static void claim_sizes(const char *path)
{
	FILE *f = fopen(path, "r+b");
	assert_non_null(f);
	unsigned char bytes[1 << 14];
	size_t n = fread(bytes, 1, sizeof bytes, f);
	assert_true(n < sizeof bytes);
	for (size_t i = 0; i + 28 < n; i++)
		if (memcmp(bytes + i, "PK\1\2", 4) == 0)
			memcpy(bytes + i + 20, "\xfe\xff\xff\xef\xfe\xff\xff\xef", 8);
	rewind(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void test_refused(void **state)
{
	struct test *t = *state;
	struct arena *a = t->arena;
	char zeros[1 << 16] = {0};
	struct made_file good[] = {
		MADE_EXPORT, {"Client.csv", S("PersonalID,DateUpdated\nP1,2026-01-01 00:00:00\n")}, {0}};
	struct made_file no_export[] = {good[1], {0}};
	struct made_file empty_export[] = {{"Export.csv", S("")}, {0}};
	struct made_file header_only[] = {{"Export.csv", S(MADE_EXPORT_HEADER)}, {0}};
	struct made_file other_kind[] = {MADE_EXPORT, {"Client.csv", S("Fruit,Colour\nplum,blue\n")}, {0}};
	struct made_file bomb[] = {MADE_EXPORT, {"Client.csv", {zeros, sizeof zeros}}, {0}};

	refused(t, "/nowhere/at/all", ERR_MISSING, "nothing to import");
	refused(t, "/dev/null", ERR_INVALID, "neither a folder nor a zip");
	refused(t, made_write(a, t->folder, "a", no_export), ERR_INVALID, "There is no Export.csv");
	refused(t, made_write(a, t->folder, "b", empty_export), ERR_INVALID, "There is no Export.csv");
	refused(t, made_write(a, t->folder, "c", header_only), ERR_INVALID, "Export.csv has no row");
	refused(t, made_write(a, t->folder, "d", other_kind), ERR_INVALID, "Client.csv is not an HMIS file");
	refused(t, made_zip(a, t->folder, "a.zip", "", false, no_export), ERR_INVALID, "There is no Export.csv");
	refused(t, made_zip(a, t->folder, "bomb.zip", "", false, bomb), ERR_INVALID, "more than 200 times");
	refused(t, str_c(a, str_fmt(a, "%s/Export.csv", made_write(a, t->folder, "e", good))), ERR_INVALID,
		"neither a folder nor a zip");

	/* A path in the zip that leads out of it is another name, and never a file that is written. */
	refused(t, made_zip(a, t->folder, "up.zip", "../", false, no_export), ERR_INVALID, "There is no Export.csv");

	const char *cut = made_zip(a, t->folder, "cut.zip", "", false, good);
	assert_int_equal(truncate(cut, 200), 0);
	refused(t, cut, ERR_INVALID, "is cut off or damaged");

	struct made_file large[12] = {MADE_EXPORT};
	for (enum hmis_file f = HMIS_Organization; f <= HMIS_Organization + 9; f++)
		large[f - HMIS_Organization + 1] = (struct made_file){hmis_files[f].name.p, S("x")};
	const char *claims = made_zip(a, t->folder, "claims.zip", "", true, large);
	claim_sizes(claims);
	refused(t, claims, ERR_INVALID, "more than 32768 MiB");

	struct made_file *crowd = arena_many(a, LIMIT_ZIP_ENTRIES + 2, struct made_file);
	for (int i = 0; i < LIMIT_ZIP_ENTRIES + 1; i++)
		crowd[i] = (struct made_file){str_c(a, str_fmt(a, "%d.csv", i)), S("x")};
	crowd[0] = good[0];
	refused(t, made_zip(a, t->folder, "crowd.zip", "", true, crowd), ERR_INVALID, "more than 1000 files");
}

/* One flipped bit in the packed bytes is found, at the latest by the checksum. */
static void test_damaged_zip(void **state)
{
	struct test *t = *state;
	struct made_file files[] = {MADE_EXPORT, {"Enrollment.csv", many(t, 40000)}, {0}};
	const char *path = made_zip(t->arena, t->folder, "a.zip", "", false, files);
	for (long at = 1000; at < 100000; at += 14777) {
		FILE *f = fopen(path, "r+b");
		assert_non_null(f);
		fseek(f, at, SEEK_SET);
		int c = fgetc(f);
		fseek(f, at, SEEK_SET);
		fputc(c ^ 4, f);
		fclose(f);
		/* Near its beginning the damage is met when the header is looked at. */
		struct hmis_package *p = NULL;
		struct hmis_job job = {.file = HMIS_Enrollment, .row = nothing};
		err_t e = hmis_package_open(t->arena, path, &p);
		if (e == NULL)
			e = hmis_read(t->arena, p, &job, 1, &(struct hmis_read_options){.threads = 2});
		assert_non_null(e);
		assert_int_equal(e->class, ERR_INVALID);
		assert_true(str_starts(e->say, S("Enrollment.csv is damaged inside the zip file")));
		hmis_package_close(&p);
		f = fopen(path, "r+b");
		assert_non_null(f);
		fseek(f, at, SEEK_SET);
		fputc(c, f);
		fclose(f);
	}
}

#define CLIENT(id)                                                                                                     \
	{                                                                                                              \
		"Client.csv", STR_INIT("PersonalID,ExportID\nP1," id "\n")                                             \
	}

/* Which row of Export.csv is the export, and what is said about it. */
static void test_export_rows(void **state)
{
	struct test *t = *state;
	static const struct {
		struct made_file files[4];
		const char *id;
		enum hmis_problem notes[3];
	} table[] = {
		{{MADE_EXPORT, CLIENT("X1")}, "X1", {0}},
		{{MADE_EXPORT}, "X1", {0}},
		{{{"Export.csv", STR_INIT(MADE_EXPORT_HEADER MADE_EXPORT_ROW("X1") MADE_EXPORT_ROW("X2"))},
		  CLIENT("X1")},
		 "X1",
		 {HMIS_EXPORT_ROWS}},
		{{{"Export.csv", STR_INIT(MADE_EXPORT_HEADER MADE_EXPORT_ROW("X1") MADE_EXPORT_ROW("X2"))},
		  CLIENT("X9")},
		 "X2",
		 {HMIS_EXPORT_ROWS, HMIS_EXPORT_UNNAMED}},
		{{MADE_EXPORT,
		  CLIENT("X9"),
		  {"Exit.csv", STR_INIT("ExitID,EnrollmentID,PersonalID,ExitDate,ExportID\n1,2,3,2026-01-01,X1\n")}},
		 "X1",
		 {HMIS_EXPORT_MIXED}},
		{{{"export.CSV", STR_INIT("ExportID,ExportDate,ExportStartDate,ExportEndDate,CSVVersion,HashStatus\n"
					  "X1,2026-01-01,soon,2026-01-01,FY2024,3\n")}},
		 "X1",
		 {HMIS_PERIOD_BAD, HMIS_HASHED}},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *name = str_c(t->arena, str_fmt(t->arena, "%zu", i));
		const char *path = i % 2 == 0 ? made_write(t->arena, t->folder, name, table[i].files)
					      : made_zip(t->arena, t->folder, name, "", false, table[i].files);
		struct hmis_package *p;
		assert_null(hmis_package_open(t->arena, path, &p));
		assert_true(str_eq(hmis_package_export(p)->id, str_from(table[i].id)));
		size_t n;
		size_t notes = 0;
		const struct hmis_flag *flags = hmis_package_flags(p, &n);
		for (size_t k = 0; k < n; k++)
			if (flags[k].file == HMIS_FILE_COUNT)
				assert_int_equal(flags[k].problem, table[i].notes[notes++]);
		assert_int_equal(table[i].notes[notes], 0);
		hmis_package_close(&p);
	}
}

static void test_export_facts(void **state)
{
	struct test *t = *state;
	struct made_file files[] = {
		{"Export.csv",
		 S("ExportID,ExportDate,ExportStartDate,ExportEndDate,CSVVersion,ExportPeriodType,ExportDirective,"
		   "HashStatus\nX1,2026-01-02 03:04:05,2025-01-01\t,2025-12-31,mystery,1,1,4\n")},
		{"client.csv", S("PersonalID,Woman,HispanicLatinaeo\nP1,1,0\n")},
		{"Exit.csv", S("ExitID,EnrollmentID,PersonalID\n1,2,3\n")},
		{"Event.csv", S("")},
		{0},
	};
	struct hmis_package *p;
	assert_null(hmis_package_open(t->arena, made_write(t->arena, t->folder, "a", files), &p));
	const struct hmis_export *e = hmis_package_export(p);
	assert_int_equal(e->year, HMIS_FY2024);
	assert_int_equal(e->period_type, 1);
	assert_int_equal(e->directive, HMIS_DELTA_REFRESH);
	assert_true(e->hashed);
	struct day day;
	assert_true(day_parse(S("2025-01-01"), &day) && day.n == e->start.n);
	assert_true(hmis_package_has(p, HMIS_Client));
	assert_false(hmis_package_has(p, HMIS_Exit)); /* without ExitDate no row can be used */
	assert_false(hmis_package_has(p, HMIS_Event));
	assert_int_equal(hmis_package_size(p, HMIS_Exit), 0);
	size_t n;
	const struct hmis_flag *flags = hmis_package_flags(p, &n);
	unsigned key = 0;
	unsigned empty = 0;
	unsigned version = 0;
	for (size_t i = 0; i < n; i++) {
		key += flags[i].problem == HMIS_KEY_COLUMN_MISSING && flags[i].file == HMIS_Exit &&
		       flags[i].set_aside && flags[i].column == HMIS_Exit_ExitDate;
		empty += flags[i].problem == HMIS_FILE_EMPTY && flags[i].file == HMIS_Event;
		version += flags[i].problem == HMIS_VERSION_UNKNOWN;
	}
	assert_int_equal(key, 1);
	assert_int_equal(empty, 1);
	assert_int_equal(version, 1);
	struct hmis_job job = {.file = HMIS_Exit, .row = nothing};
	assert_null(hmis_read(t->arena, p, &job, 1, &(struct hmis_read_options){.threads = 1}));
	assert_int_equal(job.counts.rows, 0);
	hmis_package_close(&p);
}

static err_t count_flag(void *ctx, const struct hmis_flag *f)
{
	(void)f;
	++*(uint64_t *)ctx;
	return NULL;
}

/* A line of 100 MB costs one row, in a folder and in a zip. */
static void test_monster_line(void **state)
{
	struct test *t = *state;
	struct arena *big = arena_new("a large file", 256 << 20);
	struct buf b = buf_new(big, 110 << 20);
	buf_str(&b, S(ENROLLMENT_HEADER ENROLLMENT("E1,P1,R1,2026-02-01,H1,1,,116") "E2,"));
	size_t size = 100 << 20;
	char *room = buf_room(&b, size);
	assert_non_null(room);
	/* Not all alike, or the zip would be refused as a bomb. */
	for (size_t i = 0; i < size; i++)
		room[i] = (char)('a' + (i * 2654435761u >> 13) % 23);
	b.n += size;
	buf_str(&b, S("\n" ENROLLMENT("E3,P1,R1,2026-02-01,H1,1,,116")));
	struct made_file files[] = {MADE_EXPORT, {"Enrollment.csv", buf_text(&b)}, {0}};
	const char *paths[] = {made_write(t->arena, t->folder, "folder", files),
			       made_zip(t->arena, t->folder, "a.zip", "", true, files)};
	for (size_t i = 0; i < 2; i++) {
		struct hmis_counts c;
		struct str flags = read_log(t, paths[i], HMIS_Enrollment, 2, &c);
		assert_int_equal(c.rows, 3);
		assert_int_equal(c.kept, 2);
		assert_true(str_eq(
			flags, S("HMIS_ROW_LONG|||Enrollment.csv line 3: the line is longer than 1048576 bytes; the "
				 "row was set aside. Look for missing line breaks.\n")));
	}
	arena_free(&big);
}

/* Flags past the maximum of a chunk are counted, not kept. */
static void test_many_flags(void **state)
{
	struct test *t = *state;
	struct buf b = buf_new(t->arena, 8 << 20);
	buf_str(&b, S("PersonalID,DateUpdated,NameDataQuality\n"));
	for (int i = 0; i < 20000; i++)
		buf_fmt(&b, "%d,x,7\n", i);
	struct made_file files[] = {MADE_EXPORT, {"Client.csv", buf_text(&b)}, {0}};
	struct hmis_package *p;
	assert_null(hmis_package_open(t->arena, made_write(t->arena, t->folder, "a", files), &p));
	uint64_t flags = 0;
	struct hmis_job job = {.file = HMIS_Client, .ctx = &flags, .row = nothing, .flag = count_flag};
	assert_null(hmis_read(t->arena, p, &job, 1, &(struct hmis_read_options){.threads = 1}));
	assert_int_equal(job.counts.kept, 20000);
	assert_int_equal(job.counts.flags, 40000);
	assert_int_equal(flags, HMIS_FLAGS_PER_CHUNK);
	hmis_package_close(&p);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_flags),        TEST(test_shown_text),   TEST(test_same_everywhere), TEST(test_few_columns),
		TEST(test_stops),        TEST(test_refused),      TEST(test_damaged_zip),     TEST(test_export_rows),
		TEST(test_export_facts), TEST(test_monster_line), TEST(test_many_flags),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
