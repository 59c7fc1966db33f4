#include "web/page_household.h"

#include "app/listing.h"
#include "base/limit.h"
#include "web/page_list.h"
#include "web/site.h"
#include "web/t_household.h"

#define X(name, word, say) word,
static const char *const mark_words[] = {HOUSEHOLD_MARKS(X) NULL};
#undef X
#define X(name, word, say) say,
static const char *const mark_says[] = {HOUSEHOLD_MARKS(X)};
#undef X

enum { MARKS = sizeof mark_says / sizeof *mark_says };

static const struct form_field mark_fields[] = {
	{.name = "kind", .label = "What is decided", .kind = FIELD_CHOICE, .required = true, .choices = mark_words},
	{.name = "day", .label = "From which day", .kind = FIELD_DAY, .required = true},
	{.name = "reason", .label = "Why", .kind = FIELD_PRIVATE, .required = true, .max = 1000},
	{.name = "back", .label = "Take back", .kind = FIELD_CHECK},
};
const struct form_spec mark_form = FORM(mark_fields);

enum { FLAG_CONFIRM, FLAG_BACK, FLAG_MEND, FLAG_STOP, FLAG_WORD_MOST = 40 };
static const char *const flag_acts[] = {
	[FLAG_CONFIRM] = "confirm", [FLAG_BACK] = "back", [FLAG_MEND] = "mend", [FLAG_STOP] = "stop", NULL,
};
static const struct form_field flag_fields[] = {
	{.name = "flag", .label = "Flag", .kind = FIELD_TEXT, .required = true, .max = FLAG_WORD_MOST},
	{.name = "act", .label = "What to do", .kind = FIELD_CHOICE, .required = true, .choices = flag_acts},
	{.name = "reason", .label = "Why", .kind = FIELD_PRIVATE, .max = 1000},
};
const struct form_spec household_flag_form = FORM(flag_fields);

/* `flags`: the sentence is about a flag, else about a decision. */
static struct referral_link *referral_links(struct arena *a, const struct household_view *v)
{
	struct referral_link *links = arena_many(a, v->referrals_n, struct referral_link);
	for (size_t i = 0; i < v->referrals_n; i++)
		links[i] = (struct referral_link){
			.had = &v->referrals[i],
			.state = referral_state_table[v->referrals[i].state].words,
			.href = url_path(a, "/referrals/{}", v->referrals[i].id),
		};
	return links;
}

static err_t show(struct request *rq, int status, struct str said, bool flags, struct reply *out)
{
	struct str error = flags ? (struct str){0} : said;
	struct arena *a = rq->arena;
	struct str id = request_param(rq, "id");
	struct household_view view;
	TRY(app_household_page(site_call(rq), id, &view));
	const struct list_panel *panel = view.panel;
	struct tile_view *tiles = arena_many(a, view.tiles_n, struct tile_view);
	for (size_t i = 0; i < view.tiles_n; i++)
		tiles[i] = (struct tile_view){.value = view.tiles[i].value, .label = view.tiles[i].say};
	struct mark_view *marks = arena_many(a, MARKS, struct mark_view);
	bool again = error.n > 0;
	for (int i = 0; i < MARKS; i++)
		marks[i] =
			(struct mark_view){str_from(mark_words[i]), str_from(mark_says[i]),
					   again ? form_choice(&rq->form, "kind") == i : view.absent && i == MARK_HERE};
	struct contact_row *contacts = arena_many(a, view.contacts_n, struct contact_row);
	for (size_t i = 0; i < view.contacts_n; i++)
		contacts[i] = (struct contact_row){&view.contacts[i], page_contact_how(a, &view.contacts[i])};
	char today[DAY_TEXT];
	struct household_page page = {
		.layout = site_layout(rq, S("Household"), ""),
		.household = &view,
		.tiles = {.tiles = tiles, .tiles_n = view.tiles_n, .joined = true},
		.why = page_why(a, panel),
		.referrals = referral_links(a, &view),
		.referrals_n = view.referrals_n,
		.reviews = page_reviews(a, view.reviews, view.reviews_n, id),
		.reviews_n = view.reviews_n,
		.standing = url_path(a, "/household/{}/standing", id),
		.months = url_path(a, "/household/{}/months", id),
		.csrf = rq->csrf,
		.contact = url_path(a, "/household/{}/contact", id),
		.contacts = contacts,
		.contacts_n = view.contacts_n,
		.mark = url_path(a, "/household/{}/mark", id),
		.adjustment = url_path(a, "/household/{}/adjustment", id),
		.nomination = url_path(a, "/household/{}/nomination", id),
		.shown = url_path(a, "/household/{}/copy", id),
		.ready = url_path(a, "/household/{}/ready", id),
		.wishes = preference_set_labels(a, view.wishes.set),
		.support = url_path(a, "/household/{}/support", id),
		.openings = url_path(a, "/household/{}/openings", id),
		.at_risk = day_known(view.at_risk),
		.flag = url_path(a, "/household/{}/flag", id),
		.flag_error = flags ? said : (struct str){0},
		.has_due = day_known(view.flags.due),
		.move = url_path(a, "/household/{}/move", id),
		.split = url_path(a, "/household/{}/split", id),
		.corrections = url_path(a, "/household/{}/corrections", id),
		.laws = url_path(a, "/household/{}/laws", id),
		.releases = url_path(a, "/household/{}/releases", id),
		.marks = marks,
		.marks_n = MARKS,
		.error = error,
		.today = str_dup(a, str_from(day_text(rq->today, today))),
		.reason = again ? form_value(&rq->form, "reason")->text : (struct str){0},
	};
	t_household(reply_html(out, status), &page);
	return NULL;
}

err_t page_household(struct request *rq, struct reply *out)
{
	return show(rq, 200, (struct str){0}, false, out);
}

err_t page_household_mark(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct str id = request_param(rq, "id");
	bool back = form_checked(f, "back");
	if (!form_ok(f) && !(back && form_choice(f, "kind") >= 0))
		return show(rq, 422, S("Say what is decided, from which day, and why."), false, out);
	struct household_mark_new m = {
		.household_id = id,
		.kind = (enum household_mark)form_choice(f, "kind"),
		.day = form_day(f, "day"),
		.reason = form_pii(rq->arena, f, "reason"),
		.take_back = back,
	};
	err_t e = app_household_mark(site_call(rq), &m);
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, false, out);
	reply_redirect(out, str_fmt(rq->arena, "/household/%.*s", STR_ARG(id)));
	return NULL;
}

err_t page_household_flag(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	struct call *c = site_call(rq);
	struct str id = request_param(rq, "id");
	struct str word = form_text(f, "flag");
	int act = form_choice(f, "act");
	if (!form_ok(f))
		return show(rq, 422, S("Choose a flag of this page, and what to do about it."), true, out);
	err_t e = act == FLAG_MEND || act == FLAG_STOP
			  ? app_quality_mend(c, id, word, act == FLAG_STOP)
			  : app_quality_confirm(c, id, word, form_pii(rq->arena, f, "reason"), act == FLAG_BACK);
	if (e != NULL && (e->class == ERR_CONFLICT || e->class == ERR_INVALID))
		return show(rq, err_http_status(e->class), e->say, true, out);
	TRY(e);
	reply_redirect(out, str_fmt(rq->arena, "/household/%.*s#flags", STR_ARG(id)));
	return NULL;
}
