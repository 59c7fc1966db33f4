#include "made_book.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <zip.h>

#include <cmocka.h>

#include "base/arena.h"

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

void made_parts(const char *path, const struct made_part *parts)
{
	int code;
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
	assert_non_null(z);
	for (; parts->name != NULL; parts++) {
		zip_source_t *source = zip_source_buffer(z, parts->text.p, parts->text.n, 0);
		assert_non_null(source);
		assert_true(zip_file_add(z, parts->name, source, 0) >= 0);
	}
	assert_int_equal(zip_close(z), 0);
}

static struct str worksheet(struct arena *a, struct str rows, struct str behind)
{
	return str_fmt(a, "<?xml version=\"1.0\"?><worksheet><sheetData>%.*s</sheetData>%.*s</worksheet>",
		       STR_ARG(rows), STR_ARG(behind));
}

void made_book(struct arena *a, const char *path, const struct made_book *book)
{
	struct made_part parts[10] = {
		{"_rels/.rels", S("<Relationships><Relationship Id=\"r1\" Type=\"" RELATION
				  "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")},
		{"xl/_rels/workbook.xml.rels",
		 S("<Relationships><Relationship Id=\"r1\" Type=\"" RELATION
		   "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" RELATION
		   "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/><Relationship Id=\"r3\" Type=\"" RELATION
		   "/styles\" Target=\"styles.xml\"/><Relationship Id=\"r4\" Type=\"" RELATION
		   "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>")},
		{"xl/workbook.xml",
		 str_fmt(a,
			 "<workbook><workbookPr%s/><sheets><sheet name=\"People\" sheetId=\"1\" r:id=\"r1\"/>%s"
			 "</sheets></workbook>",
			 book->from_1904 ? " date1904=\"1\"" : "",
			 book->second.n > 0 ? "<sheet name=\"Old\" sheetId=\"2\" state=\"hidden\" r:id=\"r2\"/>" : "")},
		{"xl/worksheets/sheet1.xml", worksheet(a, book->rows, book->behind)},
		{"xl/styles.xml", str_fmt(a, "<styleSheet>%.*s</styleSheet>", STR_ARG(book->formats))},
		{"xl/sharedStrings.xml", str_fmt(a, "<sst>%.*s</sst>", STR_ARG(book->strings))},
		{"xl/worksheets/sheet2.xml", worksheet(a, book->second, S(""))},
	};
	if (book->macros)
		parts[7] = (struct made_part){"xl/vbaProject.bin", S("\1\2not to be run")};
	made_parts(path, parts);
}
