#include "app/journal.h"
#include "base/buf.h"

/* In quotes always; a cell that a table program would take for a formula gets an apostrophe. */
static void cell(struct buf *out, struct str s, char end)
{
	buf_char(out, '"');
	if (s.n > 0 && (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '-' || s.p[0] == '@'))
		buf_char(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(out, '"');
		buf_char(out, s.p[i]);
	}
	buf_char(out, '"');
	buf_char(out, end);
}

void journal_csv(struct buf *out, const struct journal_view *v, bool header)
{
	if (header)
		buf_lit(out, "number,at_utc,who,login,act,in_words,kind,id,what,more\n");
	for (size_t i = 0; i < v->rows_n; i++) {
		const struct journal_row *row = &v->rows[i];
		char at[INSTANT_TEXT];
		buf_fmt(out, "%lld,%s,", (long long)row->seq, instant_text(row->at, at));
		cell(out, row->who, ',');
		cell(out, row->login, ',');
		cell(out, row->act, ',');
		cell(out, row->did, ',');
		cell(out, row->noun, ',');
		cell(out, row->noun_id, ',');
		cell(out, row->what, ',');
		cell(out, row->more, '\n');
	}
}

void shown_csv(struct buf *out, const struct shown_view *v, bool header)
{
	if (header)
		buf_lit(out, "at_utc,who,login,page,in_words,household\n");
	for (size_t i = 0; i < v->rows_n; i++) {
		const struct shown_row *row = &v->rows[i];
		char at[INSTANT_TEXT];
		instant_text(row->at, at);
		for (size_t k = 0; k < row->codes_n; k++) {
			buf_fmt(out, "%s,", at);
			cell(out, row->who, ',');
			cell(out, row->login, ',');
			cell(out, row->page, ',');
			cell(out, row->where, ',');
			cell(out, row->codes[k], '\n');
		}
	}
}
