#include "invented.h"

#include <stdio.h>

#include "base/str.h"

const char *const invented_odd[INVENTED_ODD] = {
	INVENTED_NAME " Ada",
	"=HYPERLINK(\"http://127.0.0.1/\",\"open\")",
	"+1 555 0100",
	"-2 days",
	"@SUM(A1)",
	"snow ☃ and a tent ⛺ and \xF0\x9F\x8F\xA0",
	"שלום עולם",
	"bell\x07 and escape\x1B[31m",
	"broken \xC3( and \xFF",
	"two\r\nlines\tand a tab",
	"quoted \"word\", comma; _x000D_ <b>&amp;</b>",
	"null\xEF\xBF\xBF"
	"character",
};

static const struct paper_column columns[INVENTED_COLUMNS] = {
	{.title = STR_INIT("Name"), .kind = PAPER_TEXT},
	{.title = STR_INIT("Days homeless"), .kind = PAPER_NUMBER},
	{.title = STR_INIT("Last seen"), .kind = PAPER_DAY},
	{.title = STR_INIT("This week's step"), .kind = PAPER_TEXT, .width = 36},
	{.title = STR_INIT("=Region"), .kind = PAPER_TEXT, .width = 12},
};

static const struct paper_stamp stamps[] = {
	{STR_INIT("As of"), STR_INIT("20 Nov 2026")},
	{STR_INIT("Filter"), STR_INIT("region:\"Region 4\" months>=12")},
	{STR_INIT("Made for"), STR_INIT("Invented Harbor House")},
	{STR_INIT("Made by"), STR_INIT("lee")},
	{STR_INIT("Expires"), STR_INIT("20 Dec 2026")},
};

static err_t next(void *ctx, struct paper_cell *cells, bool *more)
{
	struct invented *i = ctx;
	*more = i->at < i->rows;
	if (!*more)
		return NULL;
	size_t n = i->at++;
	snprintf(i->text, sizeof i->text, "Invented Person %zu", n);
	cells[0] = paper_text(str_from(n < INVENTED_ODD ? invented_odd[n] : i->text));
	cells[1] = paper_number((int64_t)(n * 7 % 900) - 3);
	cells[2] = n % 5 == 4 ? paper_text(S("withheld")) : paper_day((struct day){20000 + (int32_t)(n % 700)});
	cells[3] = paper_text(S("Call the invented landlord about the second viewing, and bring the paper"));
	cells[4] = n % 3 == 0 ? paper_text((struct str){0}) : paper_text(S("Region 4"));
	return NULL;
}

struct paper_table invented_table(struct invented *i, size_t rows)
{
	*i = (struct invented){.rows = rows};
	return (struct paper_table){
		.title = S("By-name list, Invented County"),
		.recipient = S("Invented Harbor House & Friends"),
		.notice =
			S("This copy was made for the recipient alone. Passing it on needs the written consent of each "
			  "person in it."),
		.stamps = stamps,
		.stamps_n = sizeof stamps / sizeof *stamps,
		.columns = columns,
		.columns_n = INVENTED_COLUMNS,
		.ctx = i,
		.row = next,
	};
}
