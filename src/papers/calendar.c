#include "papers/calendar.h"

#include <stdlib.h>

#include <libical/ical.h>

#include "base/arena.h"
#include "papers/inside.h"
#include "papers/mail.h"

static struct icaltimetype utc(struct instant t)
{
	return icaltime_from_timet_with_zone((time_t)(t.ms / 1000), 0, icaltimezone_get_utc_timezone());
}

static const char *address(struct arena *a, struct str mail)
{
	return str_c(a, str_fmt(a, "mailto:%.*s", STR_ARG(mail)));
}

static err_t event_check(struct arena *a, const struct calendar_event *e)
{
	if (e->until.ms <= e->from.ms)
		return err_new(a, ERR_INVALID, "The meeting ends before it begins. Correct its time.");
	if (!mail_address_valid(e->organizer))
		return err_new(a, ERR_INVALID, "The organizer has no mail address that can be used. Correct it.");
	for (size_t i = 0; i < e->attendees_n; i++)
		if (!mail_address_valid(e->attendees[i]))
			return err_new(a, ERR_INVALID, "Invited person %zu has no mail address that can be used.",
				       i + 1);
	return NULL;
}

static icalcomponent *event_make(struct arena *a, const struct calendar_event *e)
{
	icalcomponent *event = icalcomponent_new_vevent();
	struct str title = e->title.n > 0 ? e->title : S("Case conference");
	struct str summary = str_fmt(a, "%.*s: %.*s", STR_ARG(title), STR_ARG(e->region));
	icalcomponent_add_property(event, icalproperty_new_uid(str_c(a, e->uid)));
	icalcomponent_add_property(event, icalproperty_new_dtstamp(utc(e->made)));
	icalcomponent_add_property(event, icalproperty_new_sequence(e->sequence));
	icalcomponent_add_property(event, icalproperty_new_dtstart(utc(e->from)));
	icalcomponent_add_property(event, icalproperty_new_dtend(utc(e->until)));
	icalcomponent_add_property(event, icalproperty_new_summary(paper_clean(a, summary).p));
	if (e->place.n > 0)
		icalcomponent_add_property(event, icalproperty_new_location(paper_clean(a, e->place).p));
	if (e->about.n > 0)
		icalcomponent_add_property(event, icalproperty_new_description(paper_clean(a, e->about).p));
	icalcomponent_add_property(
		event, icalproperty_new_status(e->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
	icalcomponent_add_property(event, icalproperty_new_organizer(address(a, e->organizer)));
	for (size_t i = 0; i < e->attendees_n; i++) {
		icalproperty *p = icalproperty_new_attendee(address(a, e->attendees[i]));
		icalproperty_add_parameter(p, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
		icalcomponent_add_property(event, p);
	}
	return event;
}

err_t calendar_write(struct arena *a, const struct calendar_event *e, struct str *out)
{
	TRY(event_check(a, e));
	icalcomponent *calendar = icalcomponent_new_vcalendar();
	icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
	icalcomponent_add_property(calendar, icalproperty_new_prodid("-//byname//EN"));
	icalcomponent_add_property(calendar,
				   icalproperty_new_method(e->cancelled ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST));
	icalcomponent_add_component(calendar, event_make(a, e));
	char *text = icalcomponent_as_ical_string_r(calendar);
	icalcomponent_free(calendar);
	if (text == NULL)
		return err_internal(a, "no memory for an invitation");
	*out = str_dup(a, str_from(text));
	free(text);
	return NULL;
}
