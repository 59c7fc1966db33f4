/* Tables that people keep: what is read of them, and the sentence where nothing is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limit.h"
#include "made_book.h"
#include "sheet/sheet.h"

static struct arena *a;
static char path[64];

static int set_up(void **state)
{
	(void)state;
	a = arena_new("test", (size_t)512 << 20);
	snprintf(path, sizeof path, "/tmp/byname-sheet-XXXXXX");
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	arena_free(&a);
	return 0;
}

static void write_bytes(struct str bytes)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
	fclose(f);
}

/* Rows as "line|kind:text|…", a line each. */
static err_t on_row(void *ctx, const struct sheet_row *row)
{
	static const char kinds[] = {'-', 't', 'n', 'd', 'b', 'e'};
	struct buf *b = ctx;
	buf_fmt(b, "%lld", (long long)row->line);
	for (size_t i = 0; i < row->n; i++)
		buf_fmt(b, "|%c%.*s", kinds[row->cells[i].kind], STR_ARG(row->cells[i].text));
	buf_char(b, '\n');
	return NULL;
}

static struct str read_tab(size_t tab)
{
	struct sheet *s;
	struct buf b = buf_new(a, 64 << 20);
	err_t e = sheet_open(a, path, &s);
	if (e == NULL) {
		e = sheet_read(a, s, tab, &b, on_row);
		sheet_close(&s);
	}
	return e != NULL ? e->say : buf_text(&b);
}

static void assert_reads(const char *expected)
{
	assert_string_equal(str_c(a, read_tab(0)), expected);
}

static struct sheet_head head_of(void)
{
	struct sheet *s;
	struct sheet_head head;
	assert_null(sheet_open(a, path, &s));
	err_t e = sheet_head_read(a, s, 0, &head);
	if (e != NULL)
		fail_msg("%.*s", STR_ARG(e->say));
	sheet_close(&s);
	return head;
}

static const char *joined(const struct sheet_head *head)
{
	struct buf b = buf_new(a, 1 << 16);
	buf_fmt(&b, "%lld:", (long long)head->line);
	for (size_t i = 0; i < head->n; i++)
		buf_fmt(&b, "%s%.*s", i == 0 ? "" : "|", STR_ARG(head->names[i]));
	return str_c(a, buf_text(&b));
}

static void text_in_every_encoding(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct str bytes;
	} rows[] = {
		{"UTF-8", STR_INIT("Name,Age\nJos\xc3\xa9,41\n")},
		{"UTF-8 with a mark", STR_INIT("\xef\xbb\xbfName,Age\nJos\xc3\xa9,41\n")},
		{"Windows-1252", STR_INIT("Name,Age\nJos\xe9,41\n")},
		{"UTF-16, little end first",
		 STR_INIT("\xff\xfeN\0a\0m\0e\0,\0A\0g\0e\0\n\0J\0o\0s\0\xe9\0,\0004\0001\0\n\0")},
		{"UTF-16, big end first",
		 STR_INIT("\xfe\xff\0N\0a\0m\0e\0,\0A\0g\0e\0\n\0J\0o\0s\0\xe9\0,\0004\0001\0\n")},
		{"UTF-16 without a mark", STR_INIT("N\0a\0m\0e\0,\0A\0g\0e\0\n\0J\0o\0s\0\xe9\0,\0004\0001\0\n\0")},
		{"old line ends", STR_INIT("Name,Age\rJos\xc3\xa9,41\r")},
		{"both line ends", STR_INIT("Name,Age\r\nJos\xc3\xa9,41\r\n")},
		{"no last line end", STR_INIT("Name,Age\nJos\xc3\xa9,41")},
		{"semicolons", STR_INIT("Name;Age\nJos\xc3\xa9;41\n")},
		{"tabs", STR_INIT("Name\tAge\nJos\xc3\xa9\t41\n")},
		{"bars", STR_INIT("Name|Age\nJos\xc3\xa9|41\n")},
		{"blanks around", STR_INIT("Name , Age\n Jos\xc3\xa9 , 41 \n")},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		write_bytes(rows[i].bytes);
		struct str got = read_tab(0);
		if (!str_eq(got, S("1|tName|tAge\n2|tJos\xc3\xa9|t41\n")))
			fail_msg("%s: %.*s", rows[i].name, STR_ARG(got));
	}
}

static void text_with_quotes(void **state)
{
	(void)state;
	write_bytes(S("a,b\n\"Smith, \"\"Joe\"\"\",\"two\nlines\"\n\n,,\n5' 11\",x\n"));
	assert_reads("1|ta|tb\n2|tSmith, \"Joe\"|ttwo\nlines\n6|t5' 11\"|tx\n");
	/* Commas in half of the cells do not make a table with semicolons one with commas. */
	write_bytes(S("Name;Born\nDoe, Ann;2001\nRoe, Bob;2002\n"));
	assert_reads("1|tName|tBorn\n2|tDoe, Ann|t2001\n3|tRoe, Bob|t2002\n");
	write_bytes(S("a,b\nx,\"never closed\ny,z\n"));
	assert_reads("Line 2 has a quotation mark that is never closed. Mend it and choose the file again.");
}

static void what_is_no_table_is_refused(void **state)
{
	(void)state;
	static const struct {
		struct str bytes;
		const char *say;
	} rows[] = {
		{STR_INIT(""), "The file is empty."},
		{STR_INIT("%PDF-1.7"), "This is a PDF. Take the spreadsheet that it was made from."},
		{STR_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "This is neither a workbook (.xlsx) nor a table as text "
							    "(.csv). Save it as one of them and take that."},
		{STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0k\0b\0o\0o\0k\0"),
		 "This is a workbook of the old kind (.xls). Open it, save it as .xlsx or CSV and take that."},
		{STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
		 "This workbook has a password. Open it, save a copy without one and take that."},
		{STR_INIT("PK\3\4 cut off"), "The workbook is damaged. Open it, save it again as .xlsx and take that."},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		write_bytes(rows[i].bytes);
		assert_reads(rows[i].say);
	}
	made_parts(path, (const struct made_part[]){{"mimetype", S("application/vnd.oasis")}, {NULL, {0}}});
	assert_reads("This is an OpenDocument file. Open it, save it as .xlsx or CSV and take that.");
	made_parts(path, (const struct made_part[]){{"people.csv", S("a,b")}, {NULL, {0}}});
	assert_reads("This is a zip file, but no workbook. Take the spreadsheet itself.");
}

#define XF "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"46\"/></cellXfs>"
#define FORMATS "<numFmts><numFmt numFmtId=\"164\" formatCode=\"&quot;on &quot;dd\\.mm\\.yyyy\"/></numFmts>" XF

static void cells_of_a_workbook(void **state)
{
	(void)state;
	struct made_book book = {
		.strings = S("<si><t>Name</t></si><si><r><t>Joe </t></r><r><t>Smith</t></r><rPh><t>no</t></rPh></si>"),
		.formats = S(FORMATS),
		.rows = S("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" "
			  "t=\"inlineStr\"><is><t>Born</t></is></c>"
			  "</row>"
			  "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\"><v>12.000000000000002</v></c>"
			  "<c r=\"C3\" s=\"1\"><v>44197.75</v></c><c r=\"D3\" s=\"2\"><v>59</v></c>"
			  "<c r=\"E3\" s=\"3\"><v>1.5</v></c></row>"
			  "<row><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c><c "
			  "t=\"str\"><f>A1&amp;B1</f><v>kept</v></c>"
			  "<c><f>1+1</f></c><c t=\"d\"><v>2026-11-21T00:00:00</v></c><c t=\"s\"><v>99</v></c></row>"
			  "<row><c s=\"1\"/></row>"),
		.macros = true,
	};
	made_book(a, path, &book);
	assert_reads("1|tName|-|tBorn\n"
		     "3|tJoe Smith|n12|d2021-01-01|d1900-02-28|n1.5\n"
		     "4|byes|e#N/A|tkept|e|d2026-11-21|e\n");
	book.from_1904 = true;
	book.rows = S("<row><c s=\"1\"><v>0</v></c><c s=\"1\"><v>42735</v></c></row>");
	made_book(a, path, &book);
	assert_reads("1|d1904-01-01|d2021-01-01\n");
}

static void sheets_of_a_workbook(void **state)
{
	(void)state;
	made_book(a, path,
		  &(struct made_book){
			  .rows = S("<row><c><v>1</v></c></row>"),
			  .second = S("<row><c><v>2</v></c></row>"),
		  });
	struct sheet *s;
	size_t n;
	assert_null(sheet_open(a, path, &s));
	const struct sheet_tab *tabs = sheet_tabs(s, &n);
	assert_int_equal(n, 2);
	assert_true(str_eq(tabs[0].name, S("People")) && !tabs[0].hidden);
	assert_true(str_eq(tabs[1].name, S("Old")) && tabs[1].hidden);
	sheet_close(&s);
	assert_true(str_eq(read_tab(1), S("1|n2\n")));
}

static void headers_are_found(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *head;
	} rows[] = {
		{"Name,Born\nJoe,2001\n", "1:Name|Born"},
		{"Winter list\n\nName,Born,Name,\nJoe,2001,x,y\n", "3:Name|Born|Name (2)|Column D"},
		{"Code\nA-1\nA-2\n", "1:Code"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		write_bytes(str_from(rows[i].text));
		struct sheet_head head = head_of();
		assert_string_equal(joined(&head), rows[i].head);
	}
#define T(at, text) "<c r=\"" at "\" t=\"str\"><v>" text "</v></c>"
	made_book(a, path,
		  &(struct made_book){
			  .rows = S("<row r=\"1\">" T(
				  "A1",
				  "Our list") "</row>"
					      "<row r=\"2\">" T("A2", "Code") T("B2", "Contact")
						      T("D2",
							"Need") "</row>"
								"<row r=\"3\">" T("B3", "Phone") T("C3", "Last seen")
									T("D3", "Band") "</row>"
											"<row r=\"4\">" T(
												"A4",
												"Q7") "<c "
												      "r=\"B4\"><v>1</"
												      "v></c></row>"),
			  .behind = S("<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A2:A3\"/>"
				      "<mergeCell ref=\"B2:C2\"/></mergeCells>"),
		  });
	struct sheet_head head = head_of();
	assert_string_equal(joined(&head), "3:Code|Contact: Phone|Contact: Last seen|Need: Band");
}

static void written_days(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum sheet_order order;
		const char *day; /* NULL: none */
	} rows[] = {
		{"11/21/2026", SHEET_MONTH_FIRST, "2026-11-21"},
		{"21.11.2026", SHEET_DAY_FIRST, "2026-11-21"},
		{"3/4/85", SHEET_MONTH_FIRST, "1985-03-04"},
		{"3/4/85", SHEET_DAY_FIRST, "1985-04-03"},
		{"3/4/26", SHEET_MONTH_FIRST, "2026-03-04"},
		{"3/4/27", SHEET_MONTH_FIRST, "1927-03-04"},
		{"2026-11-21", SHEET_DAY_FIRST, "2026-11-21"},
		{"2026-11-21 00:00:00", SHEET_MONTH_FIRST, "2026-11-21"},
		{"21 Nov 2026", SHEET_MONTH_FIRST, "2026-11-21"},
		{"November 21, 2026", SHEET_DAY_FIRST, "2026-11-21"},
		{"21/11/2026", SHEET_MONTH_FIRST, NULL},
		{"44197", SHEET_MONTH_FIRST, "2021-01-01"},
		{"1985", SHEET_MONTH_FIRST, NULL},
		{"11/2026", SHEET_MONTH_FIRST, NULL},
		{"unknown", SHEET_MONTH_FIRST, NULL},
		{"2/30/2026", SHEET_MONTH_FIRST, NULL},
		{"", SHEET_MONTH_FIRST, NULL},
		{"3/4/1026", SHEET_MONTH_FIRST, NULL},
		{"11/21/2026", SHEET_YEAR_FIRST, NULL},
	};
	struct day today;
	assert_true(day_from_ymd(2026, 11, 22, &today));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct sheet_cell cell = {SHEET_TEXT, str_from(rows[i].text), DAY_NONE};
		struct day day = DAY_NONE;
		char text[DAY_TEXT];
		bool is = sheet_day(&cell, rows[i].order, today, &day);
		if (is != (rows[i].day != NULL) || (is && strcmp(day_text(day, text), rows[i].day) != 0))
			fail_msg("%s: %s", rows[i].text, is ? text : "none");
	}
}

static err_t count_row(void *ctx, const struct sheet_row *row)
{
	(void)row;
	++*(size_t *)ctx;
	return NULL;
}

static struct str many_rows(size_t n)
{
	struct buf b = buf_new(a, (size_t)256 << 20);
	for (size_t i = 1; i <= n; i++)
		buf_fmt(&b, "<row r=\"%zu\"><c r=\"A%zu\"><v>%zu</v></c><c r=\"B%zu\" t=\"s\"><v>0</v></c></row>", i, i,
			i * 7919 % 100003, i);
	return buf_text(&b);
}

static void the_largest_list_and_one_row_more(void **state)
{
	(void)state;
	struct made_book book = {.strings = S("<si><t>Shelter</t></si>"), .rows = many_rows(LIMIT_SHEET_ROWS)};
	made_book(a, path, &book);
	struct sheet *s;
	size_t rows = 0;
	assert_null(sheet_open(a, path, &s));
	struct arena *small = arena_new("reading", 1 << 20);
	assert_null(sheet_read(small, s, 0, &rows, count_row));
	arena_free(&small);
	assert_int_equal(rows, LIMIT_SHEET_ROWS);
	sheet_close(&s);
	book.rows = many_rows(LIMIT_SHEET_ROWS + 1);
	made_book(a, path, &book);
	assert_null(sheet_open(a, path, &s));
	err_t e = sheet_read(a, s, 0, &rows, count_row);
	assert_non_null(e);
	assert_string_equal(str_c(a, e->say), "The sheet has more than 200000 rows. Divide it.");
	sheet_close(&s);
}

static void what_wants_to_grow_is_refused(void **state)
{
	(void)state;
	char *blanks = arena_many(a, 64 << 20, char);
	memset(blanks, ' ', 64 << 20);
	made_book(a, path, &(struct made_book){.rows = {blanks, 64 << 20}});
	assert_reads(
		"A part of the workbook would grow to 64 MB when it is unpacked, which no list of people does. It was "
		"not read.");
	made_book(
		a, path,
		&(struct made_book){.rows = S("<row><c t=\"str\"><v>x</v></c></row>"),
				    .strings = S("<si><t>x</t></si></sst><!DOCTYPE lolz [<!ENTITY l \"lol\">]><sst>")});
	assert_reads("The workbook is damaged. Open it, save it again as .xlsx and take that.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(text_in_every_encoding, set_up, tear_down),
		cmocka_unit_test_setup_teardown(text_with_quotes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_table_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cells_of_a_workbook, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sheets_of_a_workbook, set_up, tear_down),
		cmocka_unit_test_setup_teardown(headers_are_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(written_days, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_largest_list_and_one_row_more, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_wants_to_grow_is_refused, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
