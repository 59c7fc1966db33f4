/* What mail says. Its words stand here; from outside come the name of a region, a day and the site's address. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/list_redact.h"
#include "app/outbox_inside.h"
#include "app/series.h"
#include "app/setting.h"
#include "base/buf.h"
#include "base/file.h"
#include "domain/agenda.h"
#include "papers/calendar.h"
#include "store/q_conference.h"
#include "store/q_outbox.h"
#include "store/q_series.h"
#include "store/q_share.h"

enum { PASSWORD_MAX = 1000, MINUTE_MS = 60 * 1000, ABOUT_MOST = 4000 };

#define PASSWORD_FILE "mail.password"

struct waying {
	struct call *call;
	struct settings settings;
	struct mail_way *way;
};

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct waying *w = ctx;
	struct q_outbox_next due;
	bool found;
	TRY(app_settings(db, a, &w->settings));
	if (str_eq(w->settings.mail_host, S("none")))
		return NULL;
	TRY(q_outbox_next(db, a, w->call->now, &due, &found));
	return found ? list_redactor(w->call, db, a, &w->way->redactor) : NULL;
}

static err_t read_password(const struct call *c, struct str *out)
{
	const char *credentials = getenv("CREDENTIALS_DIRECTORY");
	struct str path = str_fmt(c->arena, "%.*s/" PASSWORD_FILE, STR_ARG(c->app->data));
	struct str text, rest;
	if (credentials != NULL)
		path = str_fmt(c->arena, "%s/" PASSWORD_FILE, credentials);
	TRY(file_read(c->arena, str_c(c->arena, path), PASSWORD_MAX, &text));
	str_cut(text, '\n', out, &rest);
	return NULL;
}

static struct str unless_none(struct str value)
{
	return str_eq(value, S("none")) ? (struct str){0} : value;
}

err_t mail_way(struct call *c, struct mail_way *out)
{
	struct waying w = {.call = c, .way = out};
	const struct settings *s = &w.settings;
	*out = (struct mail_way){0};
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	out->server = (struct mail_server){
		.host = unless_none(s->mail_host),
		.port = s->mail_port,
		.user = unless_none(s->mail_user),
		.authorities = unless_none(s->mail_authorities),
		.plain = s->mail_plain != 0,
	};
	out->from = s->mail_from;
	out->site = unless_none(s->site_address);
	if (out->redactor == NULL)
		out->server.host = (struct str){0}; /* nothing is due */
	if (out->server.host.n > 0 && out->server.user.n > 0)
		return read_password(c, &out->server.password);
	return NULL;
}

/* What a meeting goes through and is for; its words are the program's and lines that were searched when they were
 * written (app/unnamed.h). */
static err_t say_objectives(struct call *c, struct db *db, struct arena *a, struct str series_id, struct buf *text)
{
	struct series_objective *objectives;
	size_t n;
	TRY(series_objectives(c, db, a, series_id, &objectives, &n));
	if (n > 0)
		buf_fmt(text, "\nWhat these meetings are for:\n");
	for (size_t i = 0; i < n; i++)
		buf_fmt(text, "- %.*s\n", STR_ARG(objectives[i].words));
	return NULL;
}

static err_t say_about(struct call *c, struct db *db, struct arena *a, struct str sitting_id, struct str series_id,
		       struct str *out)
{
	struct q_sitting_items *items;
	size_t n;
	struct buf text = buf_new(a, ABOUT_MOST);
	TRY(q_sitting_items(db, a, sitting_id, &items, &n));
	for (size_t i = 0; i < n; i++)
		if (items[i].minutes > 0 && items[i].position >= 0 && items[i].position < BUSINESS_ITEMS_N)
			buf_fmt(&text, "%.*s, %lld minutes\n", STR_ARG(business_table[items[i].position].title),
				(long long)items[i].minutes);
	TRY(say_objectives(c, db, a, series_id, &text));
	*out = buf_text(&text);
	return NULL;
}

/* The same of a case conference; `series_id` empty: it belongs to none. */
static err_t say_agenda(struct call *c, struct db *db, struct arena *a, struct str conference_id, struct str series_id,
			struct str *out)
{
	struct q_agenda_items *items;
	size_t n;
	struct buf text = buf_new(a, ABOUT_MOST);
	TRY(q_agenda_items(db, a, conference_id, &items, &n));
	for (size_t i = 0; i < n; i++)
		if (items[i].position >= 0 && items[i].position < AGENDA_PARTS)
			buf_fmt(&text, "%.*s, %lld minutes\n", STR_ARG(agenda_table[items[i].position].title),
				(long long)items[i].minutes);
	if (series_id.n > 0)
		TRY(say_objectives(c, db, a, series_id, &text));
	*out = buf_text(&text);
	return NULL;
}

static err_t draft_conference(struct call *c, struct db *db, struct arena *a, const struct mail_way *way,
			      const struct mail_job *job, struct str to, struct mail_draft *out, struct str *why)
{
	struct q_conference_by_id row;
	struct q_sitting_of_conference before = {0};
	struct str about;
	bool found, follows;
	char day[DAY_SAY], clock[CLOCK_TEXT];
	TRY(q_conference_by_id(db, a, job->about, &row, &found));
	TRY(q_sitting_of_conference(db, a, job->about, &before, &follows));
	if (!found || !str_eq(row.state, S("planned"))) {
		*why = S("The meeting has begun or is over.");
		return NULL;
	}
	TRY(say_agenda(c, db, a, job->about, before.series_id, &about));
	day_say(row.day, day);
	instant_clock(row.starts_at, clock);
	const struct str attendees[] = {to};
	const struct calendar_event e = {
		.uid = job->about,
		.sequence = (int)job->version,
		.region = row.region_name,
		.place = before.link.n > 0 ? before.link : before.place,
		.about = about,
		.made = job->made,
		.from = row.starts_at,
		.until = {row.starts_at.ms + row.minutes * MINUTE_MS},
		.organizer = way->from,
		.attendees = attendees,
		.attendees_n = 1,
	};
	TRY(calendar_write(a, &e, &out->invitation));
	const char *what = job->version == 0 ? "was planned" : "has changed";
	out->subject = str_fmt(a, "Case conference of %.*s on %s", STR_ARG(row.region_name), day);
	out->text = str_fmt(
		a,
		"The case conference of %.*s %s: %s at %s, %lld minutes.\n\n%.*s\nSign in to see whom it is "
		"about: %.*s/conferences\n\nThis mail says nothing about anybody, and neither should an "
		"answer to it.\n",
		STR_ARG(row.region_name), what, day, clock, (long long)row.minutes, STR_ARG(about), STR_ARG(way->site));
	out->public[0] = row.region_name;
	out->public[1] = str_dup(a, str_from(day));
	out->public[2] = way->site;
	return NULL;
}

static err_t draft_sitting(struct call *c, struct db *db, struct arena *a, const struct mail_way *way,
			   const struct mail_job *job, struct str to, struct mail_draft *out, struct str *why)
{
	struct q_sitting_by_id row;
	struct q_series_by_id series;
	struct str about;
	bool found, known = false;
	char day[DAY_SAY];
	TRY(q_sitting_by_id(db, a, job->about, &row, &found));
	if (found)
		TRY(q_series_by_id(db, a, row.series_id, &series, &known));
	bool cancelled = found && str_eq(row.state, S("cancelled"));
	if (!known || (!cancelled && !str_eq(row.state, S("planned")))) {
		*why = S("The meeting has begun or is over.");
		return NULL;
	}
	TRY(say_about(c, db, a, job->about, row.series_id, &about));
	day_say(row.day, day);
	struct str region = series.region.n > 0 ? series.region : S("all regions");
	struct str clock = series_clock(a, (int)row.starts);
	struct instant from = day_at(row.day, (int)row.starts / 60, (int)row.starts % 60);
	const struct calendar_event e = {
		.uid = job->about,
		.sequence = (int)job->version,
		.cancelled = cancelled,
		.title = S("Business meeting"),
		.region = region,
		.place = row.link.n > 0 ? row.link : row.place,
		.about = about,
		.made = job->made,
		.from = from,
		.until = {from.ms + row.minutes * MINUTE_MS},
		.organizer = way->from,
		.attendees = &to,
		.attendees_n = 1,
	};
	TRY(calendar_write(a, &e, &out->invitation));
	const char *what = cancelled ? "does not take place" : job->version == 0 ? "was planned" : "has changed";
	out->subject = str_fmt(a, "Business meeting of %.*s on %s", STR_ARG(region), day);
	out->text = str_fmt(
		a,
		"The business meeting of %.*s %s: %s at %.*s, %lld minutes.\n%.*s\n%.*s\n\n%.*s\nSign in to see "
		"what is new: %.*s/sitting/%.*s\n\nNobody on the list is named in a business meeting.\n",
		STR_ARG(region), what, day, STR_ARG(clock), (long long)row.minutes, STR_ARG(row.place),
		STR_ARG(row.link), STR_ARG(about), STR_ARG(way->site), STR_ARG(job->about));
	out->public[0] = region;
	out->public[1] = str_dup(a, str_from(day));
	out->public[2] = way->site;
	out->public[3] = row.place;
	out->public[4] = row.link;
	return NULL;
}

static err_t draft_share(struct db *db, struct arena *a, const struct mail_way *way, const struct mail_job *job,
			 struct instant now, struct mail_draft *out, struct str *why)
{
	struct q_share_by_id row;
	bool found;
	char day[DAY_SAY];
	TRY(q_share_by_id(db, a, job->about, &row, &found));
	if (!found || row.content.n == 0 || row.expires_at.ms <= now.ms) {
		*why = S("The file has expired or was withdrawn.");
		return NULL;
	}
	out->subject = S("A file waits for your agency");
	day_say(instant_day(row.expires_at), day);
	out->text = str_fmt(a,
			    "The list holder of a region has made a file for your agency. It can be fetched until "
			    "%s.\n\nSign in to fetch it: %.*s/share\n\nIts pass-phrase comes by telephone, never by "
			    "mail.\n",
			    day, STR_ARG(way->site));
	out->public[0] = str_dup(a, str_from(day));
	out->public[1] = way->site;
	return NULL;
}

static struct str without(struct arena *a, struct str text, struct str part)
{
	const char *at = part.n == 0 ? NULL : memmem(text.p, text.n, part.p, part.n);
	if (at == NULL)
		return text;
	size_t before = (size_t)(at - text.p);
	struct str behind = str_sub(text, before + part.n, text.n);
	return str_fmt(a, "%.*s %.*s", (int)before, text.p, STR_ARG(without(a, behind, part)));
}

/* The last look before it goes. */
static bool says_somebody(struct arena *a, const struct mail_way *way, const struct mail_draft *d)
{
	struct redact_find *finds;
	struct str text = str_fmt(a, "%.*s\n%.*s", STR_ARG(d->subject), STR_ARG(d->text));
	for (int i = 0; i < PUBLIC_MOST; i++)
		text = without(a, text, d->public[i]);
	return redact_find(a, way->redactor, text, &finds) > 0;
}

err_t mail_write(struct call *c, struct db *db, struct arena *a, const struct mail_way *way, const struct mail_job *job,
		 struct str *to, struct str *message, struct str *why)
{
	struct q_mail_address_of address;
	struct mail_draft draft = {0};
	enum mail_kind kind;
	bool found;
	*to = *message = *why = (struct str){0};
	TRY(q_mail_address_of(db, a, job->user_id, &address, &found));
	if (!found) {
		*why = S("Its reader gets no mail any more.");
		return NULL;
	}
	if (!mail_kind_parse(job->kind, &kind))
		return err_internal(a, "outbox.kind: %.*s", STR_ARG(job->kind));
	switch (kind) {
	case MAIL_CONFERENCE:
		TRY(draft_conference(c, db, a, way, job, address.address, &draft, why));
		break;
	case MAIL_BUSINESS:
		TRY(draft_sitting(c, db, a, way, job, address.address, &draft, why));
		break;
	case MAIL_TASKS:
		TRY(mail_draft_tasks(c, db, a, way, job, &draft, why));
		break;
	case MAIL_DUE:
		TRY(mail_draft_due(c, db, a, way, job, &draft, why));
		break;
	case MAIL_MIDWAY:
		TRY(mail_draft_midway(c, db, a, way, job, &draft, why));
		break;
	default:
		TRY(draft_share(db, a, way, job, c->now, &draft, why));
	}
	if (why->n > 0)
		return NULL;
	if (says_somebody(a, way, &draft)) {
		*why = S("It would say who somebody is.");
		return NULL;
	}
	*to = address.address;
	return mail_build(a,
			  &(struct mail){
				  .id = job->id,
				  .at = job->made,
				  .from = way->from,
				  .to = *to,
				  .subject = draft.subject,
				  .text = draft.text,
				  .invitation = draft.invitation,
			  },
			  message);
}
