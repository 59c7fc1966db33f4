#include "web/page_journal.h"

#include "app/dispose.h"
#include "base/limit.h"
#include "domain/act.h"
#include "web/site.h"
#include "web/t_disposal.h"
#include "web/t_journal.h"

enum { PAGE = 50, FILE_STEP = 500, SHOWN_STEP = 50, CODES_SHOWN = 5, FILE_BYTES = 4 << 20 };

static const struct form_field journal_fields[] = {
	{.name = "who", .label = "Who", .kind = FIELD_TEXT, .max = 64},
	{.name = "act", .label = "What was done", .kind = FIELD_TEXT, .max = 64},
	{.name = "kind", .label = "To what", .kind = FIELD_TEXT, .max = 64},
	{.name = "household", .label = "Household", .kind = FIELD_TEXT, .max = 64},
	{.name = "from", .label = "From", .kind = FIELD_DAY},
	{.name = "until", .label = "Until", .kind = FIELD_DAY},
	{.name = "before", .label = "Before", .kind = FIELD_INT, .least = 0, .most = INT64_MAX},
	{.name = "below", .label = "Below", .kind = FIELD_TEXT, .max = 100},
	{.name = "shown", .label = "Disclosures", .kind = FIELD_CHECK},
};
const struct form_spec journal_form = FORM(journal_fields);

static struct str when_of(struct arena *a, struct instant at)
{
	char day[DAY_SAY];
	char clock[CLOCK_TEXT];
	return str_fmt(a, "%s, %s", day_say_date(instant_day(at), day), instant_clock(at, clock));
}

static struct journal_ask ask_of(const struct form *f)
{
	return (struct journal_ask){
		.who = form_text(f, "who"),
		.act = form_text(f, "act"),
		.kind = form_text(f, "kind"),
		.household = form_text(f, "household"),
		.from = form_day(f, "from"),
		.until = form_day(f, "until"),
		.before = form_int(f, "before", 0),
		.most = PAGE,
	};
}

/* The address with the filter of the form. */
static struct url filtered(struct request *rq, struct url u)
{
	static const char *const names[] = {"who", "act", "kind", "household", "from", "until"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct str text = form_value(&rq->form, names[i])->text;
		if (text.n > 0)
			u = url_query(rq->arena, u, names[i], text);
	}
	return u;
}

static const struct journal_line *lines_of(struct arena *a, const struct journal_view *v)
{
	struct journal_line *lines = arena_many(a, v->rows_n, struct journal_line);
	for (size_t i = 0; i < v->rows_n; i++) {
		const struct journal_row *row = &v->rows[i];
		lines[i] = (struct journal_line){
			.number = str_fmt(a, "%lld", (long long)row->seq),
			.when = when_of(a, row->at),
			.who = row->who,
			.login = row->login,
			.did = row->did,
			.what = row->what,
			.more = row->more,
		};
	}
	return lines;
}

static struct str codes_say(struct arena *a, const struct shown_row *row)
{
	struct buf out = buf_new(a, LIMIT_FORM_FIELD);
	for (size_t i = 0; i < row->codes_n && i < CODES_SHOWN; i++)
		buf_fmt(&out, "%s%.*s", i > 0 ? ", " : "", STR_ARG(row->codes[i]));
	if (row->codes_n > CODES_SHOWN)
		buf_fmt(&out, " and %zu more", row->codes_n - CODES_SHOWN);
	return buf_text(&out);
}

static const struct journal_line *shown_lines(struct arena *a, const struct shown_view *v)
{
	struct journal_line *lines = arena_many(a, v->rows_n, struct journal_line);
	for (size_t i = 0; i < v->rows_n; i++) {
		const struct shown_row *row = &v->rows[i];
		lines[i] = (struct journal_line){
			.when = when_of(a, row->at),
			.who = row->who,
			.login = row->login,
			.did = str_fmt(a, "was shown %zu household%s on %.*s", row->codes_n,
				       row->codes_n == 1 ? "" : "s", STR_ARG(row->where)),
			.what = codes_say(a, row),
		};
	}
	return lines;
}

/* The acts of the table, and the kinds of thing that they are done to. */
static void fill_choices(struct request *rq, struct journal_page *page)
{
	struct option_view *acts = arena_many(rq->arena, act_table_n + 1, struct option_view);
	struct option_view *kinds = arena_many(rq->arena, act_table_n + 1, struct option_view);
	struct str act = form_value(&rq->form, "act")->text;
	struct str kind = form_value(&rq->form, "kind")->text;
	acts[page->acts_n++] = (struct option_view){.label = S("anything")};
	kinds[page->kinds_n++] = (struct option_view){.label = S("anything")};
	for (size_t i = 0; i < act_table_n; i++) {
		struct str word = str_from(act_table[i].word);
		struct str noun, verb;
		str_cut(word, '.', &noun, &verb);
		acts[page->acts_n++] = (struct option_view){word, str_from(act_table[i].say), str_eq(word, act)};
		if (!str_eq(kinds[page->kinds_n - 1].value, noun))
			kinds[page->kinds_n++] = (struct option_view){noun, noun, str_eq(noun, kind)};
	}
	page->acts = acts;
	page->kinds = kinds;
}

static err_t show(struct request *rq, bool shown, struct reply *out)
{
	struct arena *a = rq->arena;
	const struct form *f = &rq->form;
	struct journal_ask ask = ask_of(f);
	struct journal_view acts = {0};
	struct shown_view seen = {0};
	struct str below = form_text(f, "below");
	struct url here = shown ? URL("/journal/shown") : URL("/journal");
	struct url other = shown ? URL("/journal") : URL("/journal/shown");
	struct journal_page page = {
		.layout = site_layout(rq, shown ? S("Disclosures") : S("Journal"), ""),
		.shown = shown,
		.here = here,
		.other = filtered(rq, other),
		.file = filtered(rq, URL("/journal/file")),
		.newest = filtered(rq, here),
		.is_later = ask.before > 0 || below.n > 0,
		.who = form_value(f, "who")->text,
		.household = form_value(f, "household")->text,
		.from = form_value(f, "from")->text,
		.until = form_value(f, "until")->text,
	};
	if (shown)
		page.file = url_query(a, page.file, "shown", S("on"));
	fill_choices(rq, &page);
	err_t e = NULL;
	if (!form_ok(f))
		page.error = S("A day is written as 2026-11-21.");
	else if (shown)
		e = app_journal_shown(site_call(rq), &ask, below, &seen);
	else
		e = app_journal(site_call(rq), &ask, &acts);
	if (e != NULL && e->class != ERR_INVALID)
		return e;
	if (e != NULL)
		page.error = e->say;
	page.lines = shown ? shown_lines(a, &seen) : lines_of(a, &acts);
	page.lines_n = shown ? seen.rows_n : acts.rows_n;
	page.has_next = shown ? seen.next.n > 0 : acts.next > 0;
	if (page.has_next)
		page.next = shown ? url_query(a, page.newest, "below", seen.next)
				  : url_query(a, page.newest, "before", str_fmt(a, "%lld", (long long)acts.next));
	t_journal(reply_html(out, page.error.n > 0 ? 422 : 200), &page);
	return NULL;
}

err_t page_journal(struct request *rq, struct reply *out)
{
	return show(rq, false, out);
}

err_t page_journal_shown(struct request *rq, struct reply *out)
{
	return show(rq, true, out);
}

static err_t too_many(struct arena *a)
{
	return err_new(a, ERR_INVALID,
		       "That is more than one file of %d MiB holds. Choose fewer days, or ask for \"byname journal\".",
		       FILE_BYTES >> 20);
}

err_t page_journal_file(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct arena *a = rq->arena;
	if (!form_ok(f))
		return err_new(a, ERR_INVALID, "A day is written as 2026-11-21.");
	struct journal_ask ask = ask_of(f);
	bool shown = form_checked(f, "shown");
	struct buf text = buf_new(a, FILE_BYTES);
	struct str below = {0};
	ask.most = shown ? SHOWN_STEP : FILE_STEP;
	for (bool first = true, more = true; more; first = false) {
		struct journal_view acts = {0};
		struct shown_view seen = {0};
		if (shown)
			TRY(app_journal_shown(site_call(rq), &ask, below, &seen));
		else
			TRY(app_journal(site_call(rq), &ask, &acts));
		if (shown)
			shown_csv(&text, &seen, first);
		else
			journal_csv(&text, &acts, first);
		ask.before = acts.next;
		below = seen.next;
		more = acts.next > 0 || seen.next.n > 0;
		if (text.n > FILE_BYTES - (256 << 10))
			return too_many(a);
	}
	char day[DAY_TEXT];
	struct str name = str_fmt(a, "byname-%s-%s.csv", shown ? "disclosures" : "journal", day_text(rq->today, day));
	buf_str(reply_file(out, "text/csv; charset=utf-8", name), buf_text(&text));
	return NULL;
}

err_t page_disposal(struct request *rq, struct reply *out)
{
	struct arena *a = rq->arena;
	struct dispose_view view;
	TRY(app_dispose_due(site_call(rq), &view));
	struct disposal_line *lines = arena_many(a, view.n, struct disposal_line);
	for (size_t i = 0; i < view.n; i++) {
		const struct dispose_row *row = &view.rows[i];
		lines[i] = (struct disposal_line){
			.what = row->say,
			.kept = row->kept,
			.due = row->due == 0 ? S("nothing") : str_fmt(a, "%lld", (long long)row->due),
			.last = instant_known(row->last) ? when_of(a, row->last) : S("never"),
		};
	}
	struct disposal_page page = {
		.layout = site_layout(rq, S("What is no longer kept"), "page--narrow"),
		.lines = lines,
		.lines_n = view.n,
		.went = url_query(a, URL("/journal"), "act", S("dispose.run")),
	};
	t_disposal(reply_html(out, 200), &page);
	return NULL;
}
