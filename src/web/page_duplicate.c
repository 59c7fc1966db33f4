#include "web/page_duplicate.h"

#include "base/limit.h"
#include "web/site.h"
#include "web/t_duplicates.h"

#define X(name, word, say) word,
static const char *const word_choices[] = {DUPLICATE_WORDS(X) NULL};
#undef X
static const struct form_field decide_fields[] = {
	{.name = "pair", .label = "Which pair", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "word", .label = "What you say", .kind = FIELD_CHOICE, .required = true, .choices = word_choices},
	{.name = "reason", .label = "Why", .kind = FIELD_PRIVATE, .required = true, .max = 1000},
};
const struct form_spec duplicate_form = FORM(decide_fields);
static const struct form_field undo_fields[] = {
	{.name = "pair", .label = "Which pair", .kind = FIELD_TEXT, .required = true, .max = 40},
};
const struct form_spec duplicate_undo_form = FORM(undo_fields);

static struct duplicate_side_view side_view(struct arena *a, const struct duplicate_side *s)
{
	char day[DAY_SAY];
	struct buf facts = buf_new(a, 1024);
	buf_str(&facts, s->region);
	if (s->days_on_list >= 0)
		buf_fmt(&facts, " · on the list for %.*s", STR_ARG(day_span_say(a, s->days_on_list)));
	if (day_known(s->last_contact))
		buf_fmt(&facts, " · last contact %s", day_say_date(s->last_contact, day));
	if (s->served_by.n > 0)
		buf_fmt(&facts, " · %.*s", STR_ARG(s->served_by));
	if (s->hmis_id.n > 0)
		buf_fmt(&facts, " · HMIS %.*s", STR_ARG(s->hmis_id));
	return (struct duplicate_side_view){
		.side = s,
		.called = s->name.n > 0 ? s->name : str_fmt(a, "Household %.*s", STR_ARG(s->code)),
		.facts = buf_text(&facts),
		.href = url_path(a, "/household/{}", s->household),
	};
}

static struct str said(struct arena *a, const struct duplicate_pair_view *p)
{
	static const char *const says[] = {
		[DUPLICATE_SAME] = "The same person",
		[DUPLICATE_DIFFERENT] = "Not the same",
		[DUPLICATE_LATER] = "Put off",
	};
	char day[DAY_SAY];
	if (p->by.n == 0)
		return (struct str){0};
	struct str who = str_fmt(a, "%s, says %.*s, %s.%s%.*s", says[p->word], STR_ARG(p->by),
				 day_say_date(p->day, day), p->reason.n > 0 ? " " : "", STR_ARG(p->reason));
	if (p->own_half)
		return str_fmt(a, "%.*s It waits for the list holder of the other region.", STR_ARG(who));
	return p->half ? str_fmt(a, "%.*s It waits for you.", STR_ARG(who)) : who;
}

static struct duplicate_line_view *line_views(struct arena *a, const struct duplicate_pair_view *pairs, size_t n,
					      const char *prefix)
{
	struct duplicate_line_view *lines = arena_many(a, n, struct duplicate_line_view);
	for (size_t i = 0; i < n; i++) {
		const struct duplicate_pair_view *p = &pairs[i];
		struct duplicate_row_view *rows = arena_many(a, p->fields_n, struct duplicate_row_view);
		for (size_t k = 0; k < p->fields_n; k++)
			rows[k] = (struct duplicate_row_view){
				p->fields[k].label,
				p->fields[k].one,
				p->fields[k].other,
				{p->fields[k].says, p->fields[k].agrees ? TONE_GOOD : TONE_IDLE}};
		lines[i] = (struct duplicate_line_view){
			.pair = p,
			.chip = p->likely ? (struct chip_view){S("likely"), TONE_WARN}
					  : (struct chip_view){S("possible"), TONE_IDLE},
			.one = side_view(a, &p->one),
			.other = side_view(a, &p->other),
			.rows = rows,
			.rows_n = p->fields_n,
			.said = said(a, p),
			.key = str_fmt(a, "%s%zu", prefix, i),
		};
	}
	return lines;
}

static struct str looked_say(struct arena *a, const struct duplicates_view *v)
{
	char day[DAY_SAY];
	if (!instant_known(v->looked))
		return S("Records have not been compared yet.");
	struct str when = str_fmt(a, "Everybody who was new or changed was compared on %s.",
				  day_say(instant_day(v->looked), day));
	if (v->left_out == 0)
		return when;
	return str_fmt(a,
		       "%.*s %lld keys are shared by more than %d records each; by those nobody was compared, though "
		       "perhaps by others.",
		       STR_ARG(when), (long long)v->left_out, LIMIT_MATCH_BLOCK);
}

static err_t show(struct request *rq, int status, struct str error, struct reply *out)
{
	struct arena *a = rq->arena;
	struct duplicates_view v;
	TRY(app_duplicates(site_call(rq), &v));
	struct duplicates_page page = {
		.layout = site_layout(rq, S("Duplicates"), ""),
		.csrf = rq->csrf,
		.error = error,
		.looked = looked_say(a, &v),
		.open = line_views(a, v.open, v.open_n, "o"),
		.open_n = v.open_n,
		.decided = line_views(a, v.decided, v.decided_n, "d"),
		.decided_n = v.decided_n,
		.empty = {.title = S("Nobody seems to be on record twice"),
			  .text = S("After every import, who is new or changed is compared with everybody.")},
	};
	if (v.more > 0)
		page.more = str_fmt(a, "%zu of %zu are shown; the others follow when these are decided.", v.open_n,
				    v.open_n + v.more);
	t_duplicates(reply_html(out, status), &page);
	return NULL;
}

err_t page_duplicates(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, out);
}

static err_t done(struct request *rq, err_t e, struct reply *out)
{
	if (e != NULL && (e->class == ERR_CONFLICT || e->class == ERR_INVALID || e->class == ERR_MISSING))
		return show(rq, err_http_status(e->class), e->say, out);
	TRY(e);
	reply_redirect(out, S("/duplicates"));
	return NULL;
}

err_t page_duplicate_decide(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, S("Say why, in a sentence: the reason stays with the decision."), out);
	return done(rq,
		    app_duplicate_decide(site_call(rq), form_text(f, "pair"),
					 (enum duplicate_word)form_choice(f, "word"), form_pii(rq->arena, f, "reason")),
		    out);
}

err_t page_duplicate_undo(struct request *rq, struct reply *out)
{
	if (!form_ok(&rq->form))
		return show(rq, 422, S("Choose what to take back."), out);
	return done(rq, app_duplicate_undo(site_call(rq), form_text(&rq->form, "pair")), out);
}

err_t page_duplicate_look(struct request *rq, struct reply *out)
{
	return done(rq, app_duplicate_look(site_call(rq)), out);
}
