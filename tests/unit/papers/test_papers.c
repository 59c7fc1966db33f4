/* Documents: what goes in is read back by readers that are not the writers, with the right pass-phrase alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <qpdf/qpdf-c.h>
#include <zip.h>

#include "agile_open.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/limit.h"
#include "invented.h"
#include "sheet/sheet.h"

enum { ROWS = 40, CSV_MOST = 64 << 20 };

static struct arena *a;

static int set_up(void **state)
{
	(void)state;
	a = arena_new("test", (size_t)1 << 30);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&a);
	return 0;
}

static bool holds(struct str s, const char *what)
{
	return memmem(s.p, s.n, what, strlen(what)) != NULL;
}

static struct str made(enum paper_format f, size_t rows, struct paper_phrase *phrase)
{
	struct invented i;
	struct str file;
	struct paper_table t = invented_table(&i, rows);
	*phrase = paper_phrase_new();
	assert_null(paper_make(a, f, &t, phrase, &file));
	assert_int_equal(i.at, rows);
	return file;
}

/* --- pass-phrases and formats --- */

static void pass_phrases_are_four_groups_and_never_the_same(void **state)
{
	(void)state;
	bool seen[256] = {false};
	int letters = 0;
	struct paper_phrase last = paper_phrase_new();
	for (int i = 0; i < 500; i++) {
		struct paper_phrase p = paper_phrase_new();
		assert_int_equal(strlen(p.text), PAPER_PHRASE_TEXT - 1);
		for (int at = 0; at < PAPER_PHRASE_TEXT - 1; at++) {
			if (at % 6 == 5)
				assert_int_equal(p.text[at], '-');
			else
				seen[(unsigned char)p.text[at]] = true;
		}
		assert_string_not_equal(p.text, last.text);
		last = p;
	}
	for (int c = 0; c < 256; c++)
		letters += seen[c];
	assert_int_equal(letters, 32); /* five bits each, twenty of them */
}

static void formats_have_words(void **state)
{
	(void)state;
	enum paper_format f;
	assert_true(paper_format_parse(S("pdf"), &f));
	assert_int_equal(f, PAPER_PDF);
	assert_false(paper_format_parse(S("docx"), &f));
	assert_string_equal(paper_format_word(PAPER_XLSX), "xlsx");
	assert_string_equal(paper_format_media(PAPER_ZIP), "application/zip");
}

static void nothing_readable_is_in_a_document(void **state)
{
	(void)state;
	for (enum paper_format f = 0; f < PAPER_FORMATS_N; f++) {
		struct paper_phrase phrase;
		struct str file = made(f, ROWS, &phrase);
		assert_false(holds(file, INVENTED_NAME));
		assert_false(holds(file, "Harbor"));
		assert_false(holds(file, "worksheet"));
		assert_false(holds(file, phrase.text));
	}
}

/* --- workbooks --- */

struct grid {
	struct buf text; /* cells with | between, rows with ¶ */
	int64_t head;    /* the line of the head */
};

static err_t on_row(void *ctx, const struct sheet_row *row)
{
	static const char kinds[] = "-tndbe";
	struct grid *g = ctx;
	if (row->n > 2 && str_eq(row->cells[1].text, S("Days homeless")))
		g->head = row->line;
	for (size_t i = 0; i < row->n; i++)
		buf_fmt(&g->text, "%s%c:%.*s", i > 0 ? "|" : "", kinds[row->cells[i].kind],
			STR_ARG(row->cells[i].text));
	buf_lit(&g->text, "¶");
	return NULL;
}

static struct grid grid_of(struct str workbook)
{
	char path[32];
	struct sheet *s;
	struct grid g = {.text = buf_new(a, CSV_MOST)};
	int fd = memfd_create("test", MFD_CLOEXEC);
	assert_int_equal(write(fd, workbook.p, workbook.n), workbook.n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	assert_null(sheet_open(a, path, &s));
	assert_null(sheet_read(a, s, 0, &g, on_row));
	sheet_close(&s);
	close(fd);
	return g;
}

static void a_workbook_opens_with_its_pass_phrase(void **state)
{
	(void)state;
	struct paper_phrase phrase;
	struct str plain, file = made(PAPER_XLSX, ROWS, &phrase);
	assert_int_equal(agile_open(a, file, phrase.text, &plain), AGILE_OPENED);
	struct grid g = grid_of(plain);
	struct str s = buf_text(&g.text);
	static const char *const rows[] = {
		"t:By-name list, Invented County¶",
		"t:Invented Harbor House & Friends¶",
		"As of: 20 Nov 2026\nFilter: region:\"Region 4\" months>=12\nMade for: Invented Harbor House",
		"needs the written consent of each person in it.",
		"t:Name|t:Days homeless|t:Last seen|t:This week's step|t:=Region¶",
		"t:" INVENTED_NAME " Ada|n:-3|d:2024-10-04|t:Call the invented landlord",
		"t:=HYPERLINK(\"http://127.0.0.1/\",\"open\")|",
		"t:+1 555 0100|",
		"t:-2 days|",
		"t:@SUM(A1)|n:25|t:withheld|",
		"t:snow ☃ and a tent ⛺ and \xF0\x9F\x8F\xA0|",
		"t:שלום עולם|",
		"t:bell  and escape [31m|",
		"t:broken �( and �|",
		"t:two\nlines and a tab|",
		"t:quoted \"word\", comma; _x000D_ <b>&amp;</b>|",
		"t:null�character|",
		"t:Invented Person 39|",
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!holds(s, rows[i]))
			fail_msg("no \"%s\" in: %.*s", rows[i], STR_ARG(str_sub(s, 0, 3000)));
	assert_int_equal(g.head, 5);
	assert_false(holds(plain, "<f>")); /* nor is there one in the unzipped sheet: sheet/ would have said "e" */
}

static void a_workbook_stays_closed_otherwise(void **state)
{
	(void)state;
	struct paper_phrase phrase, other = paper_phrase_new();
	struct str plain, file = made(PAPER_XLSX, ROWS, &phrase);
	assert_int_equal(agile_open(a, file, other.text, &plain), AGILE_WRONG_PHRASE);
	phrase.text[0] ^= 1;
	assert_int_equal(agile_open(a, file, phrase.text, &plain), AGILE_WRONG_PHRASE);
	phrase.text[0] ^= 1;
	struct str package = agile_stream(a, file, "EncryptedPackage");
	/* The package lies in one piece or more; a bit is turned where 64 bytes of it are found. */
	for (size_t at = 0; at + 64 < package.n; at += package.n / 3) {
		struct str changed = str_dup(a, file);
		char *p = memmem(changed.p, changed.n, package.p + at, 64);
		if (p == NULL)
			continue;
		p[at == 0 ? 0 : 33] ^= 4;
		assert_int_equal(agile_open(a, changed, phrase.text, &plain), AGILE_CHANGED);
	}
}

static void two_documents_share_nothing(void **state)
{
	(void)state;
	struct paper_phrase p, q;
	struct str one = made(PAPER_XLSX, ROWS, &p), two = made(PAPER_XLSX, ROWS, &q);
	struct str first = agile_stream(a, one, "EncryptedPackage"), second = agile_stream(a, two, "EncryptedPackage");
	assert_memory_not_equal(first.p + 8, second.p + 8, 16);
}

static void data_spaces_say_what_is_encrypted(void **state)
{
	(void)state;
	struct paper_phrase phrase;
	struct str file = made(PAPER_XLSX, 1, &phrase);
	static const struct {
		const char *path;
		size_t n;
	} streams[] = {
		{"\006DataSpaces/Version", 76},
		{"\006DataSpaces/DataSpaceMap", 112},
		{"\006DataSpaces/DataSpaceInfo/StrongEncryptionDataSpace", 64},
		{"\006DataSpaces/TransformInfo/StrongEncryptionTransform/\006Primary", 200},
	};
	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
		assert_int_equal(agile_stream(a, file, streams[i].path).n, streams[i].n);
}

/* --- zip and PDF --- */

static struct str member(struct str file, const char *name, const char *phrase)
{
	zip_source_t *source = zip_source_buffer_create(file.p, file.n, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	assert_non_null(zip);
	zip_stat_t st;
	assert_int_equal(zip_stat(zip, name, 0, &st), 0);
	assert_int_equal(st.encryption_method, ZIP_EM_AES_256);
	zip_file_t *f = zip_fopen_encrypted(zip, name, 0, phrase);
	struct str text = {0};
	if (f != NULL) {
		char *p = arena_many(a, st.size, char);
		if (zip_fread(f, p, st.size) == (zip_int64_t)st.size)
			text = (struct str){p, st.size};
		zip_fclose(f);
	}
	zip_discard(zip);
	return text;
}

static void a_zip_holds_csv_without_formulas(void **state)
{
	(void)state;
	struct paper_phrase phrase, other = paper_phrase_new();
	struct str file = made(PAPER_ZIP, ROWS, &phrase);
	struct str csv = member(file, "list.csv", phrase.text), about = member(file, "about.txt", phrase.text);
	static const char *const lines[] = {
		"\xEF\xBB\xBFName,Days homeless,Last seen,This week's step,'=Region\r\n",
		"\r\n\"'=HYPERLINK(\"\"http://127.0.0.1/\"\",\"\"open\"\")\",4,2024-10-05,",
		"\r\n'+1 555 0100,",
		"\r\n'-2 days,",
		"\r\n'@SUM(A1),25,withheld,",
		"\r\nשלום עולם,",
		"\r\n\"two\nlines and a tab\",",
		"and bring the paper\",Region 4\r\n",
		"\r\nInvented Person 39,270,withheld,",
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (!holds(csv, lines[i]))
			fail_msg("no \"%s\" in: %.*s", lines[i], STR_ARG(str_sub(csv, 0, 3000)));
	assert_true(holds(about, "Invented Harbor House & Friends\r\n"));
	assert_true(holds(about, "Expires: 20 Dec 2026\r\n"));
	assert_true(holds(about, "written consent"));
	assert_int_equal(member(file, "list.csv", other.text).n, 0);
}

static QPDF_ERROR_CODE pdf_read(struct str file, const char *phrase, int *pages)
{
	qpdf_data q = qpdf_init();
	qpdf_silence_errors(q);
	QPDF_ERROR_CODE code = qpdf_read_memory(q, "test", file.p, file.n, phrase);
	if ((code & QPDF_ERRORS) == 0) {
		*pages = qpdf_get_num_pages(q);
		assert_true(qpdf_is_encrypted(q));
		assert_false(qpdf_allow_modify_all(q));
		assert_true(qpdf_allow_print_high_res(q));
	}
	qpdf_cleanup(&q);
	return code & QPDF_ERRORS;
}

static void a_pdf_opens_with_its_pass_phrase(void **state)
{
	(void)state;
	struct paper_phrase phrase, other = paper_phrase_new();
	int pages = 0;
	struct str file = made(PAPER_PDF, ROWS * 5, &phrase);
	assert_true(holds(file, "/R 6"));
	assert_int_equal(pdf_read(file, phrase.text, &pages), QPDF_SUCCESS);
	assert_in_range(pages, 6, 14);
	assert_int_not_equal(pdf_read(file, other.text, &pages), QPDF_SUCCESS);
}

/* --- limits --- */

struct one_cell {
	struct str text;
	size_t rows, at;
	err_t error;
};

static err_t same_row(void *ctx, struct paper_cell *cells, bool *more)
{
	struct one_cell *o = ctx;
	*more = o->at++ < o->rows;
	cells[0] = paper_text(o->text);
	return *more ? NULL : o->error;
}

static err_t one_cell_make(enum paper_format f, struct one_cell *o, size_t columns, struct str *out)
{
	static const struct paper_column column[LIMIT_PAPER_COLUMNS + 1];
	const struct paper_table t = {
		.title = S("Invented"), .columns = column, .columns_n = columns, .ctx = o, .row = same_row};
	struct paper_phrase phrase = paper_phrase_new();
	return paper_make(a, f, &t, &phrase, out);
}

static void limits_are_told(void **state)
{
	(void)state;
	char *longest = arena_many(a, LIMIT_PAPER_CELL + 1, char);
	memset(longest, 'w', LIMIT_PAPER_CELL + 1);
	const err_t stop = err_new(a, ERR_CONFLICT, "The list has changed.");
	struct {
		struct one_cell cell;
		size_t columns;
		const char *say; /* NULL: fine */
	} cases[] = {
		{{.text = {longest, LIMIT_PAPER_CELL}, .rows = 2}, 1, NULL},
		{{.rows = 0}, 1, NULL},
		{{.text = S("a"), .rows = 1}, LIMIT_PAPER_COLUMNS, NULL},
		{{.text = {longest, LIMIT_PAPER_CELL + 1}, .rows = 1}, 1, "Row 1 has more than 32000 bytes"},
		{{.rows = 1}, 0, "1 to 60 columns"},
		{{.rows = 1}, LIMIT_PAPER_COLUMNS + 1, "1 to 60 columns"},
		{{.text = S("a"), .rows = LIMIT_PAPER_ROWS + 1}, 1, "more than 100000 rows"},
		{{.text = {longest, LIMIT_PAPER_CELL}, .rows = 3000}, 1, "more than 64 MB of text"},
		{{.rows = 3, .error = stop}, 1, "The list has changed."},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		/* What is refused is refused before there is a format. */
		for (enum paper_format f = cases[i].say != NULL ? PAPER_ZIP : 0; f < PAPER_FORMATS_N; f++) {
			struct str out = {0};
			struct one_cell cell = cases[i].cell;
			err_t e = one_cell_make(f, &cell, cases[i].columns, &out);
			if (cases[i].say == NULL) {
				if (e != NULL)
					fail_msg("case %zu: %.*s", i, STR_ARG(err_describe(a, e)));
				assert_true(out.n > 0);
			} else if (e == NULL || !holds(e->say, cases[i].say)) {
				fail_msg("case %zu, %s: %.*s", i, paper_format_word(f), e != NULL ? (int)e->say.n : 0,
					 e != NULL ? e->say.p : "");
			} else {
				assert_int_equal(out.n, 0);
			}
		}
}

static void a_long_cell_goes_on_overleaf(void **state)
{
	(void)state;
	int pages = 0;
	struct buf text = buf_new(a, LIMIT_PAPER_CELL);
	for (int i = 0; i < 400; i++)
		buf_fmt(&text, "line %d\n", i);
	struct one_cell cell = {.text = buf_text(&text), .rows = 1};
	struct paper_column column = {.title = S("Words")};
	struct paper_table t = {.columns = &column, .columns_n = 1, .ctx = &cell, .row = same_row};
	struct paper_phrase phrase = paper_phrase_new();
	struct str file;
	assert_null(paper_make(a, PAPER_PDF, &t, &phrase, &file));
	assert_int_equal(pdf_read(file, phrase.text, &pages), QPDF_SUCCESS);
	assert_in_range(pages, 8, 10); /* about 48 lines on each */
}

/* Memory of a process that makes one large document; the sanitizer's own comes on top. */
static void large_lists_stay_within_memory(void **state)
{
	(void)state;
	static const size_t rows[PAPER_FORMATS_N] = {50000, 5000, 50000}; /* a PDF takes most while it is tagged */
#ifdef __SANITIZE_ADDRESS__
	static const long most_mib = 1000;
#else
	static const long most_mib = 160;
#endif
	for (enum paper_format f = 0; f < PAPER_FORMATS_N; f++) {
		int status;
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			struct paper_phrase phrase;
			struct rusage used;
			struct invented i;
			struct str file;
			struct paper_table t = invented_table(&i, rows[f]);
			phrase = paper_phrase_new();
			bool fine = paper_make(a, f, &t, &phrase, &file) == NULL && i.at == rows[f];
			getrusage(RUSAGE_SELF, &used);
			fprintf(stderr, "# %s: %ld MiB\n", paper_format_word(f), used.ru_maxrss >> 10);
			_exit(!fine ? 2 : used.ru_maxrss >> 10 > most_mib);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(large_lists_stay_within_memory, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pass_phrases_are_four_groups_and_never_the_same, set_up, tear_down),
		cmocka_unit_test_setup_teardown(formats_have_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_readable_is_in_a_document, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_workbook_opens_with_its_pass_phrase, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_workbook_stays_closed_otherwise, set_up, tear_down),
		cmocka_unit_test_setup_teardown(two_documents_share_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(data_spaces_say_what_is_encrypted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_zip_holds_csv_without_formulas, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_pdf_opens_with_its_pass_phrase, set_up, tear_down),
		cmocka_unit_test_setup_teardown(limits_are_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_long_cell_goes_on_overleaf, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("papers", tests, NULL, NULL);
}
