/* The cockpit of a conference: the page, its parts, and the acts on the meeting itself. */
#include "web/page_conference.h"

#include "app/attendance.h"
#include "app/card.h"
#include "app/conference.h"
#include "domain/agenda.h"
#include "web/site.h"
#include "web/t_conference.h"
#include "web/t_conference_door.h"
#include "web/t_conference_door_part.h"
#include "web/t_conference_household.h"
#include "web/t_conference_queue.h"
#include "web/t_conference_room.h"
#include "web/t_meeting_bar.h"

enum { ID_MOST = 40 };

static const struct form_field card_fields[] = {
	{.name = "card", .label = "Household", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec card_form = FORM(card_fields);

static const struct form_field events_fields[] = {
	{.name = "after", .label = "Event", .kind = FIELD_INT, .least = -1, .most = INT64_MAX},
};
const struct form_spec events_form = FORM(events_fields);

static const struct form_field person_fields[] = {
	{.name = "person", .label = "Person", .kind = FIELD_TEXT, .required = true, .max = ID_MOST},
};
const struct form_spec person_choice_form = FORM(person_fields);

static const struct form_field in_fields[] = {
	{.name = "asked", .label = "Asked", .kind = FIELD_CHECK},
	{.name = "called", .label = "The name", .kind = FIELD_PRIVATE, .max = 60},
	{.name = "pronouns", .label = "The pronouns", .kind = FIELD_PRIVATE, .max = 30},
	{.name = "person", .label = "Person", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec in_form = FORM(in_fields);

static const struct form_field pulse_fields[] = {
	{.name = "answer", .label = "The answer", .kind = FIELD_TEXT, .required = true, .max = 20},
};
const struct form_spec pulse_form = FORM(pulse_fields);

static const struct form_field part_fields[] = {
	{.name = "part", .label = "Part", .kind = FIELD_INT, .required = true, .least = 0, .most = AGENDA_PARTS - 1},
};
const struct form_spec part_form = FORM(part_fields);

static const struct form_field day_fields[] = {
	{.name = "day", .label = "The day", .kind = FIELD_DAY},
	{.name = "chosen", .label = "The day", .kind = FIELD_DAY},
};
const struct form_spec day_form = FORM(day_fields);

static const struct form_field next_fields[] = {
	{.name = "from", .label = "Household", .kind = FIELD_TEXT, .max = ID_MOST},
};
const struct form_spec next_form = FORM(next_fields);

static const char *const note_kinds[] = {"note", "decision", "offer", "addendum", NULL};
static const struct form_field note_fields[] = {
	{.name = "id", .label = "Note", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "card", .label = "Household", .kind = FIELD_TEXT, .max = ID_MOST},
	{.name = "kind", .label = "Kind", .kind = FIELD_CHOICE, .required = true, .choices = note_kinds},
	{.name = "words", .label = "The note", .kind = FIELD_PRIVATE, .required = true},
	{.name = "back", .label = "Page", .kind = FIELD_TEXT, .max = 10},
};
const struct form_spec note_form = FORM(note_fields);

err_t conference_form_fault(const struct request *rq)
{
	for (size_t i = 0; i < rq->form.n; i++) {
		struct str sentence = rq->form.values[i].error;
		if (sentence.n > 0)
			return err_new(rq->arena, ERR_INVALID, "%.*s", STR_ARG(sentence));
	}
	return NULL;
}

static struct str conference_id(const struct request *rq)
{
	return request_param(rq, "id");
}

/* Loads the meeting and lays its page out. */
static err_t load(struct request *rq, struct str card, struct str error, struct conference_view *view,
		  struct conference_page *page)
{
	TRY(app_conference(site_call(rq), conference_id(rq), card, view));
	*page = (struct conference_page){0};
	page->layout = site_layout(rq, view->title, view->inside ? "page--meeting" : "page--narrow");
	conference_page_build(rq, view, error, page);
	return NULL;
}

static err_t show(struct request *rq, struct reply *out, struct str card, int status, struct str error)
{
	struct conference_view view;
	struct conference_page page;
	TRY(load(rq, card, error, &view, &page));
	struct layout *layout = arena_one(rq->arena, struct layout);
	*layout = *page.layout;
	if (view.inside && !view.closed) {
		layout->stream = url_path(rq->arena, "/conference/{}/events", view.id);
		layout->stream_after = view.seen;
	}
	page.layout = layout;
	page.meeting.layout = layout;
	if (view.inside)
		t_conference(reply_html(out, status), &page);
	else
		t_conference_door(reply_html(out, status), &page);
	return NULL;
}

err_t page_conference(struct request *rq, struct reply *out)
{
	return show(rq, out, form_text(&rq->form, "card"), 200, S(""));
}

/* The household's part alone, for who has a script. */
static err_t show_household(struct request *rq, struct reply *out, struct str card, int status, struct str error)
{
	struct conference_view view;
	struct conference_page page;
	TRY(load(rq, card, error, &view, &page));
	if (!view.inside)
		return err_new(rq->arena, ERR_DENIED, "Check in first: then you see the meeting.");
	t_conference_household(reply_html(out, status), &page);
	return NULL;
}

err_t conference_again(struct request *rq, struct reply *out, struct str card, err_t why)
{
	if (why->class == ERR_INTERNAL || why->class == ERR_RETRY || why->class == ERR_DENIED ||
	    why->class == ERR_MISSING)
		return why;
	if (rq->fragment)
		return show_household(rq, out, card, err_http_status(why->class), why->say);
	return show(rq, out, card, err_http_status(why->class), why->say);
}

err_t conference_go_on(struct request *rq, struct reply *out, struct str card, err_t e)
{
	if (e != NULL)
		return conference_again(rq, out, card, e);
	if (rq->fragment)
		return show_household(rq, out, card, 200, S(""));
	struct url page = url_path(rq->arena, "/conference/{}", conference_id(rq));
	reply_redirect(out, card.n > 0 ? url_query(rq->arena, page, "card", card).s : page.s);
	return NULL;
}

err_t page_conference_household(struct request *rq, struct reply *out)
{
	return show_household(rq, out, form_text(&rq->form, "card"), 200, S(""));
}

/* For who waits in the lobby: whether they have been let in. */
err_t page_conference_door(struct request *rq, struct reply *out)
{
	struct conference_view view;
	struct conference_page page;
	TRY(load(rq, S(""), S(""), &view, &page));
	site_call(rq)->shown.n = 0; /* a door names nobody */
	t_conference_door_part(reply_html(out, 200), &page);
	return NULL;
}

err_t page_conference_bar(struct request *rq, struct reply *out)
{
	struct conference_view view;
	struct conference_page page;
	TRY(load(rq, S(""), S(""), &view, &page));
	t_meeting_bar(reply_html(out, 200), &page.meeting);
	return NULL;
}

err_t page_conference_queue(struct request *rq, struct reply *out)
{
	struct conference_view view;
	struct conference_page page;
	TRY(load(rq, form_text(&rq->form, "card"), S(""), &view, &page));
	t_conference_queue(reply_html(out, 200), &page);
	return NULL;
}

err_t page_conference_room(struct request *rq, struct reply *out)
{
	struct conference_view view;
	struct conference_page page;
	TRY(load(rq, form_text(&rq->form, "card"), S(""), &view, &page));
	t_conference_room(reply_html(out, 200), &page);
	return NULL;
}

err_t page_conference_events(struct request *rq, struct reply *out)
{
	struct conference_view view;
	TRY(app_conference(site_call(rq), conference_id(rq), S(""), &view));
	if (!view.inside)
		return err_new(rq->arena, ERR_DENIED, "Check in first: then you see the meeting.");
	site_call(rq)->shown.n = 0; /* events say what changed and name nobody */
	/* What the list says of a household stands on its card, so a list that was renewed changes them all. */
	const struct str topics[] = {view.topic, S("list")};
	reply_events(out, topics, sizeof topics / sizeof *topics, form_int(&rq->form, "after", -1));
	return NULL;
}

/* The door asks how somebody wishes to be called; the button in the room does not. */
static struct attendance_wish wish_of(const struct request *rq)
{
	return (struct attendance_wish){form_pii(rq->arena, &rq->form, "called"),
					form_pii(rq->arena, &rq->form, "pronouns")};
}

err_t page_conference_in(struct request *rq, struct reply *out)
{
	struct attendance_wish wish = wish_of(rq);
	err_t e = conference_form_fault(rq);
	if (e == NULL && form_checked(&rq->form, "asked"))
		e = app_attendance_in_as(site_call(rq), conference_id(rq), &wish);
	else if (e == NULL)
		e = app_attendance_in(site_call(rq), conference_id(rq));
	return conference_go_on(rq, out, S(""), e);
}

err_t page_conference_wish(struct request *rq, struct reply *out)
{
	struct attendance_wish wish = wish_of(rq);
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_attendance_wish(site_call(rq), conference_id(rq), form_text(&rq->form, "person"), &wish);
	return conference_go_on(rq, out, S(""), e);
}

err_t page_conference_read(struct request *rq, struct reply *out)
{
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_conference_read(site_call(rq), conference_id(rq), form_text(&rq->form, "person"));
	return conference_go_on(rq, out, S(""), e);
}

err_t page_conference_pulse(struct request *rq, struct reply *out)
{
	enum pulse answer = PULSES_N;
	err_t e = conference_form_fault(rq);
	if (e == NULL && !pulse_parse(form_text(&rq->form, "answer"), &answer))
		e = err_new(rq->arena, ERR_INVALID, "Choose one of the three answers.");
	if (e == NULL)
		e = app_pulse_give(site_call(rq), conference_id(rq), answer);
	return conference_go_on(rq, out, S(""), e);
}

err_t page_conference_out(struct request *rq, struct reply *out)
{
	return conference_go_on(rq, out, S(""), app_attendance_out(site_call(rq), conference_id(rq)));
}

err_t page_conference_in_for(struct request *rq, struct reply *out)
{
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_attendance_in_for(site_call(rq), conference_id(rq), form_text(&rq->form, "person"));
	return conference_go_on(rq, out, S(""), e);
}

err_t page_conference_out_for(struct request *rq, struct reply *out)
{
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_attendance_out_for(site_call(rq), conference_id(rq), form_text(&rq->form, "person"));
	return conference_go_on(rq, out, S(""), e);
}

err_t page_conference_start(struct request *rq, struct reply *out)
{
	return conference_go_on(rq, out, S(""), app_conference_start(site_call(rq), conference_id(rq)));
}

err_t page_conference_part(struct request *rq, struct reply *out)
{
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_conference_part(site_call(rq), conference_id(rq),
					(enum agenda_key)form_int(&rq->form, "part", 0));
	return conference_go_on(rq, out, S(""), e);
}

err_t page_conference_next(struct request *rq, struct reply *out)
{
	return conference_go_on(rq, out, S(""),
				app_card_next(site_call(rq), conference_id(rq), form_text(&rq->form, "from")));
}

err_t page_conference_next_day(struct request *rq, struct reply *out)
{
	err_t e = conference_form_fault(rq);
	if (e == NULL)
		e = app_conference_next_day(site_call(rq), conference_id(rq), form_day(&rq->form, "day"));
	return conference_go_on(rq, out, S(""), e);
}

err_t page_conference_close(struct request *rq, struct reply *out)
{
	err_t e = app_conference_close(site_call(rq), conference_id(rq));
	if (e != NULL)
		return conference_again(rq, out, S(""), e);
	reply_redirect(out, url_path(rq->arena, "/conference/{}/notes", conference_id(rq)).s);
	return NULL;
}

err_t page_conference_note(struct request *rq, struct reply *out)
{
	err_t e = conference_form_fault(rq);
	struct str card = form_text(&rq->form, "card");
	if (e == NULL)
		e = app_conference_note(site_call(rq), conference_id(rq),
					&(struct note_new){
						.id = form_text(&rq->form, "id"),
						.card = card,
						.kind = (enum note_kind)form_choice(&rq->form, "kind"),
						.words = form_pii(rq->arena, &rq->form, "words"),
					});
	if (e == NULL && str_eq(form_text(&rq->form, "back"), S("notes"))) {
		reply_redirect(out, url_path(rq->arena, "/conference/{}/notes", conference_id(rq)).s);
		return NULL;
	}
	return conference_go_on(rq, out, card, e);
}
