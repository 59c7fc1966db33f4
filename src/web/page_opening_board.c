#include "web/page_opening_board.h"

#include "web/site.h"
#include "web/t_openings_board.h"

enum { ID_MOST = 40 };

static const struct form_field query_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec opening_board_query = FORM(query_fields);

enum { ACT_ACCEPT, ACT_PASS, ACT_HOLD, ACT_UNDO };
static const char *const acts[] = {
	[ACT_ACCEPT] = "accept", [ACT_PASS] = "pass", [ACT_HOLD] = "hold", [ACT_UNDO] = "undo", NULL};
static const struct form_field put_fields[] = {
	{.name = "region", .label = "Region", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "act", .label = "What to do", .kind = FIELD_CHOICE, .required = true, .choices = acts},
	{.name = "opening", .label = "Opening", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "household", .label = "Household", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "decision", .label = "Decision", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "fetcher", .label = "Who fetches it", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "until", .label = "Held until", .kind = FIELD_DAY},
	{.name = "why", .label = "Why", .kind = FIELD_PRIVATE, .max = OPENING_WHY_MOST},
};
const struct form_spec opening_board_form = FORM(put_fields);

static struct str people(struct arena *a, size_t n, const char *one, const char *many)
{
	return str_fmt(a, "%zu %s", n, n == 1 ? one : many);
}

static struct str why_of(struct arena *a, const struct opening_board_view *v, const struct board_line *line)
{
	struct buf b = buf_new(a, 1000);
	if (line->elsewhere == 0)
		buf_lit(&b, "Nobody who stands before it on this board fits the home.");
	else
		buf_fmt(&b, "%.*s before it on this board fit%s too, and get%s another home here.",
			STR_ARG(people(a, line->elsewhere, "household", "households")), line->elsewhere == 1 ? "s" : "",
			line->elsewhere == 1 ? "s" : "");
	if (line->wants.n > 0)
		buf_fmt(&b, " Of its wishes, the home has: %.*s.", STR_ARG(line->wants));
	buf_fmt(&b, " %.*s of the %zu on the board.",
		STR_ARG(people(a, line->fits_n, "household fits", "households fit")), v->active);
	return buf_text(&b);
}

static struct str warning_of(struct arena *a, const struct board_line *line)
{
	if (line->skipped == 0)
		return (struct str){0};
	return str_fmt(
		a,
		"In the order for %s, %.*s who %s this home stand%s before it and get%s no home here. Choose from "
		"them, or say why it is this one.",
		policy_kind_table[line->opening.kind].say, STR_ARG(people(a, line->skipped, "household", "households")),
		line->skipped == 1 ? "fits" : "fit", line->skipped == 1 ? "s" : "", line->skipped == 1 ? "s" : "");
}

static struct str nobody_of(const struct board_line *line)
{
	if (line->state == BOARD_STALE)
		return S("Nobody has confirmed it for two weeks, so nobody is matched to it.");
	if (line->state == BOARD_REFERRED)
		return S("A household was referred to it otherwise.");
	if (line->state != BOARD_NOBODY)
		return (struct str){0};
	return line->fits_n == 0 ? S("No household fits it.") : S("Everybody who fits it gets another home here.");
}

static struct board_said_line said_line(struct arena *a, const struct board_said *said)
{
	return (struct board_said_line){
		.said = said,
		.called = said->face.visible ? opening_called(a, &said->face)
					     : S("A household that is on no list any more"),
		.href = url_path(a, "/household/{}", said->face.id),
	};
}

static struct board_card card_of(struct arena *a, const struct opening_board_view *v, const struct board_line *line)
{
	static const struct {
		const char *say;
		enum tone tone;
	} chips[] = {
		[BOARD_PROPOSED] = {"proposed", TONE_INFO},    [BOARD_NOBODY] = {"nobody", TONE_WARN},
		[BOARD_ACCEPTED] = {"accepted", TONE_GOOD},    [BOARD_HELD] = {"held for a paper", TONE_WARN},
		[BOARD_STALE] = {"to be confirmed", TONE_BAD}, [BOARD_REFERRED] = {"referred", TONE_GOOD},
	};
	struct board_card card = {
		.line = line,
		.home = opening_line_of(a, &line->opening),
		.chip = {str_from(chips[line->state].say), chips[line->state].tone},
		.proposed = line->state == BOARD_PROPOSED,
		.nobody = nobody_of(line),
		.passed_n = line->passed_n,
	};
	if (card.proposed) {
		card.called = opening_called(a, &line->face);
		card.href = url_path(a, "/household/{}", line->face.id);
		card.facts = opening_facts(a, &line->face, line->place);
		card.why = why_of(a, v, line);
		card.warning = warning_of(a, line);
	}
	struct option_view *others = arena_many(a, line->others_n, struct option_view);
	for (size_t i = 0; i < line->others_n; i++)
		if (line->others[i].visible)
			others[card.others_n++] =
				(struct option_view){line->others[i].id, opening_called(a, &line->others[i]), false};
	card.others = others;
	struct board_said_line *passed = arena_many(a, line->passed_n, struct board_said_line);
	for (size_t i = 0; i < line->passed_n; i++)
		passed[i] = said_line(a, &line->passed[i]);
	card.passed = passed;
	if (line->taken != NULL) {
		struct board_said_line *taken = arena_one(a, struct board_said_line);
		*taken = said_line(a, line->taken);
		card.taken = taken;
		card.taken_as = str_fmt(a, line->state == BOARD_HELD ? "Held by %.*s on" : "Accepted by %.*s on",
					STR_ARG(line->taken->by));
		card.held = line->state == BOARD_HELD;
	}
	return card;
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct opening_board_view view;
	TRY(app_opening_board(site_call(rq), form_text(&rq->form, "region"), &view));
	struct openings_board_page page = {
		.layout = site_layout(rq, S("Board of openings"), ""),
		.csrf = rq->csrf,
		.error = error,
		.region = view.region,
		.region_id = view.region_id,
		.regions = opening_options(a, view.regions, view.regions_n, view.region_id),
		.regions_n = view.regions_n,
		.summary =
			str_fmt(a, "%zu of %zu openings have a proposal, out of %.*s.", view.proposed_n, view.lines_n,
				STR_ARG(people(a, view.active, "active household", "active households"))),
		.order = str_from(view.order),
		.cards_n = view.lines_n,
	};
	struct board_card *cards = arena_many(a, view.lines_n, struct board_card);
	for (size_t i = 0; i < view.lines_n; i++)
		cards[i] = card_of(a, &view, &view.lines[i]);
	page.cards = cards;
	t_openings_board(reply_html(out, status), &page);
	return NULL;
}

err_t page_opening_board(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

err_t page_opening_board_put(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct call *c = site_call(rq);
	struct str opening = form_text(f, "opening");
	struct str household = form_text(f, "household");
	struct url to = url_path(rq->arena, "/openings/board?region={}#o-{}", form_text(f, "region"), opening);
	err_t e = form_error(rq->arena, f);
	if (e == NULL) {
		const struct pii *why = form_pii(rq->arena, f, "why");
		int act = form_choice(f, "act");
		if (act == ACT_ACCEPT)
			e = app_board_accept(c, opening, household, why);
		else if (act == ACT_PASS)
			e = app_board_reject(c, opening, household, why);
		else if (act == ACT_HOLD)
			e = app_board_hold(c, opening, household, form_text(f, "fetcher"), form_day(f, "until"));
		else
			e = app_board_undo(c, form_text(f, "decision"));
	}
	return site_written(rq, e, show, to.s, out);
}
