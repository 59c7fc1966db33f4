/* The queue of referrals, and asking for one. */
#include "app/opening.h"
#include "web/page_opening.h"
#include "web/page_referral.h"
#include "web/site.h"
#include "web/t_referrals.h"

enum { ID_MOST = 40 };

static const struct form_field ask_fields[] = {
	{.name = "opening", .label = "Opening", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "kind", .label = "Kind of housing", .kind = FIELD_TEXT, .max = 20},
	{.name = "program", .label = "Program", .kind = FIELD_TEXT, .max = REFERRAL_TEXT_MOST},
};
const struct form_spec referral_ask_form = FORM(ask_fields);

static const struct form_field refer_fields[] = {
	{.name = "opening", .label = "Opening", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
	{.name = "household", .label = "Household", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
};
const struct form_spec referral_refer_form = FORM(refer_fields);

static const struct form_field contact_fields[] = {
	{.name = "contact", .label = "Who", .kind = FIELD_TEXT, .required = true, .max = REFERRAL_TEXT_MOST},
	{.name = "reach",
	 .label = "Telephone or mail at work",
	 .kind = FIELD_TEXT,
	 .required = true,
	 .max = REFERRAL_TEXT_MOST},
};
const struct form_spec referral_contact_form = FORM(contact_fields);

/* --- one line --- */

struct str referral_called(struct arena *a, const struct referral_row *row)
{
	if (!row->chosen)
		return S("Nobody chosen yet");
	return opening_called(a, &row->face);
}

static struct chip_view chip_of(const struct referral_row *row)
{
	static const enum tone clocks[REFERRAL_CLOCKS_N] = {
		[CLOCK_TIME] = TONE_INFO,
		[CLOCK_AMBER] = TONE_WARN,
		[CLOCK_RED] = TONE_BAD,
	};
	const struct str words = referral_state_table[row->state].words;
	if (row->state == REFERRAL_REQUESTED)
		return (struct chip_view){str_from(referral_clock_say(row->clock)), clocks[row->clock]};
	if (referral_is_open(row->state))
		return (struct chip_view){words, row->late ? TONE_BAD : TONE_INFO};
	if (row->review)
		return (struct chip_view){S("to be looked at"), TONE_WARN};
	return (struct chip_view){words, row->state == REFERRAL_MOVED_IN ? TONE_GOOD : TONE_IDLE};
}

static struct str when_of(struct arena *a, const struct referral_row *row)
{
	char first[DAY_SAY], second[DAY_SAY];
	const char *asked = day_say_date(row->asked, first);
	if (row->state == REFERRAL_REQUESTED)
		return str_fmt(a, "asked for on %s · to be issued by %s", asked, day_say(row->due, second));
	if (referral_is_open(row->state))
		return str_fmt(a, "since %s · waits for %.*s, expected by %s", day_say_date(row->since, first),
			       STR_ARG(row->agency), day_say(row->answer, second));
	const char *reason = row->reason.n > 0 ? ": " : "";
	return str_fmt(a, "%.*s on %s%s%.*s", STR_ARG(referral_state_table[row->state].words),
		       day_say_date(row->ended, first), reason, STR_ARG(row->reason));
}

struct referral_card referral_card_of(const struct request *rq, const struct referral_row *row)
{
	struct arena *a = rq->arena;
	return (struct referral_card){
		.row = row,
		.called = referral_called(a, row),
		.where = str_fmt(a, "%.*s · %.*s · %.*s", STR_ARG(row->program), STR_ARG(row->agency),
				 STR_ARG(row->region)),
		.when = when_of(a, row),
		.chip = chip_of(row),
		.href = url_path(a, "/referrals/{}", row->id),
	};
}

/* --- the page --- */

static void build_cards(struct request *rq, const struct referral_queue *q, struct referrals_page *page)
{
	struct referral_card *issue = arena_many(rq->arena, q->rows_n, struct referral_card);
	struct referral_card *running = arena_many(rq->arena, q->rows_n, struct referral_card);
	struct referral_card *review = arena_many(rq->arena, q->ended_n, struct referral_card);
	struct referral_card *ended = arena_many(rq->arena, q->ended_n, struct referral_card);
	for (size_t i = 0; i < q->rows_n; i++)
		if (q->rows[i].state == REFERRAL_REQUESTED)
			issue[page->issue_n++] = referral_card_of(rq, &q->rows[i]);
		else
			running[page->running_n++] = referral_card_of(rq, &q->rows[i]);
	for (size_t i = 0; i < q->ended_n; i++)
		if (q->ended[i].review && q->ended[i].plans)
			review[page->review_n++] = referral_card_of(rq, &q->ended[i]);
		else
			ended[page->ended_n++] = referral_card_of(rq, &q->ended[i]);
	page->issue = issue;
	page->running = running;
	page->review = review;
	page->ended = ended;
	if (q->issued_n > 0)
		page->rate = str_fmt(rq->arena, "%zu of %zu %s of the last %d days %s issued in time.", q->in_time_n,
				     q->issued_n, q->issued_n == 1 ? "referral" : "referrals", REFERRAL_KEPT_DAYS,
				     q->issued_n == 1 ? "was" : "were");
}

/* What the own agency can ask for: its openings that nothing holds, or a program by name. */
static err_t build_ask(struct request *rq, bool again, struct referrals_page *page)
{
	struct arena *a = rq->arena;
	struct openings_view openings;
	struct str chosen = form_typed(&rq->form, again, "opening", (struct str){0});
	struct str kind = form_typed(&rq->form, again, "kind", (struct str){0});
	TRY(app_openings(site_call(rq), &openings));
	struct option_view *options = arena_many(a, openings.rows_n, struct option_view);
	for (size_t i = 0; i < openings.rows_n; i++) {
		const struct opening_row *o = &openings.rows[i];
		if (!str_eq(o->agency_id, rq->actor->agency_id) || !opening_offered(o->state) || o->held)
			continue;
		struct str say =
			o->unit.n > 0 ? str_fmt(a, "%.*s, %.*s", STR_ARG(o->program), STR_ARG(o->unit)) : o->program;
		options[page->openings_n++] = (struct option_view){o->id, say, str_eq(o->id, chosen)};
	}
	struct option_view *kinds = arena_many(a, POLICY_KINDS_N, struct option_view);
	for (int k = POLICY_LIST + 1; k < POLICY_KINDS_N; k++) {
		struct str word = policy_kind_table[k].word;
		kinds[page->kinds_n++] =
			(struct option_view){word, str_from(policy_kind_table[k].say), str_eq(word, kind)};
	}
	page->openings = options;
	page->kinds = kinds;
	page->program = form_typed(&rq->form, again, "program", (struct str){0});
	return NULL;
}

static err_t build(struct request *rq, int status, struct str error, bool again, struct reply *out)
{
	struct referral_queue queue;
	TRY(app_referrals(site_call(rq), &queue));
	struct referrals_page page = {
		.layout = site_layout(rq, S("Referrals"), ""),
		.queue = &queue,
		.csrf = rq->csrf,
		.error = error,
		.contact = form_typed(&rq->form, again, "contact", queue.contact),
		.reach = form_typed(&rq->form, again, "reach", queue.reach),
	};
	build_cards(rq, &queue, &page);
	if (queue.may_ask)
		TRY(build_ask(rq, again, &page));
	t_referrals(reply_html(out, status), &page);
	return NULL;
}

err_t page_referrals(struct request *rq, struct reply *out)
{
	return build(rq, 200, (struct str){0}, false, out);
}

static err_t show_typed(struct request *rq, int status, struct str error, struct reply *out)
{
	return build(rq, status, error, true, out);
}

static struct str to_one(struct request *rq, err_t e, struct str id)
{
	return e == NULL ? str_fmt(rq->arena, "/referrals/%.*s", STR_ARG(id)) : (struct str){0};
}

err_t page_referral_ask(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id = {0};
	struct referral_ask ask = {.opening = form_text(f, "opening"), .source = REFERRAL_ASKED};
	err_t e = form_error(rq->arena, f);
	if (e == NULL && ask.opening.n == 0) {
		ask.program = form_text(f, "program");
		if (!policy_kind_parse(form_text(f, "kind"), &ask.kind))
			ask.kind = POLICY_LIST; /* refused there, with what is missing */
	}
	if (e == NULL)
		e = app_referral_ask(site_call(rq), &ask, &id);
	return site_written(rq, e, show_typed, to_one(rq, e, id), out);
}

err_t page_referral_refer(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id = {0};
	const struct referral_ask ask = {
		.opening = form_text(f, "opening"), .household = form_text(f, "household"), .source = REFERRAL_BOARD};
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_referral_refer(site_call(rq), &ask, &id);
	return site_written(rq, e, show_typed, to_one(rq, e, id), out);
}

err_t page_referral_contact(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	err_t e = form_error(rq->arena, f);
	if (e == NULL)
		e = app_referral_contact(site_call(rq), form_text(f, "contact"), form_text(f, "reach"));
	return site_written(rq, e, show_typed, S("/referrals"), out);
}
