/* Any bytes as a table: opening, the header and all rows end in cells or in an error, within bounds. */
#include <stdlib.h>

#include "../in_file.h"
#include "../replay.h"
#include "base/limit.h"
#include "sheet/sheet.h"

static err_t on_row(void *ctx, const struct sheet_row *row)
{
	int64_t *line = ctx;
	struct day day = {0};
	if (row->line <= *line || row->n == 0 || row->n > LIMIT_SHEET_COLUMNS)
		abort();
	*line = row->line;
	for (size_t i = 0; i < row->n; i++)
		if (sheet_day(&row->cells[i], SHEET_MONTH_FIRST, day, &day) &&
		    (day.n < DAY_FIRST.n || day.n > DAY_LAST.n))
			abort();
	return NULL;
}

static void read_all(struct arena *a, const char *path)
{
	struct sheet *s;
	struct sheet_head head;
	size_t n;
	if (sheet_open(a, path, &s) != NULL)
		return;
	const struct sheet_tab *tabs = sheet_tabs(s, &n);
	for (size_t i = 0; i < n; i++) {
		int64_t line = 0;
		if (tabs[i].name.n > 0 && tabs[i].name.p == NULL)
			abort();
		if (sheet_read(a, s, i, &line, on_row) != NULL)
			continue;
		if (sheet_head_read(a, s, i, &head) == NULL && (head.n == 0 || head.line > line))
			abort();
	}
	sheet_close(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	in_file(data, n, read_all);
	return 0;
}
