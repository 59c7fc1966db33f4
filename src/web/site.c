#include "web/site.h"

#include <stdlib.h>
#include <string.h>

#include "app/mou.h"
#include "app/refusal.h"
#include "app/sign.h"
#include "base/log.h"
#include "store/disclosure.h"
#include "store/journal.h"
#include "store/pool.h"
#include "web/assets.h"
#include "web/page_home.h"
#include "web/page_sign.h"
#include "web/t_error.h"
#include "web/t_error_part.h"

/* The topic of a user is the journal's noun and id. */
#define TOPIC_USER "user:"

enum { GROUP_MOST = 64, SHOWN_MEMORY = 8 << 20 };

/* One response that named people, until its group is settled. */
struct shown_page {
	struct str user_id;
	const char *route;
	struct instant at;
	struct shown shown;
};

struct site_worker {
	const struct app *app;
	struct db *db;
	struct call call;
	const char *route;   /* of the call */
	struct str user_id;  /* of the call; its arena is gone when the group is settled */
	struct arena *shown; /* holds what the pages of the group named */
	struct shown_page pages[GROUP_MOST];
	size_t pages_n;
};

static err_t worker_open(void *app, struct arena *a, void **worker)
{
	struct site_worker *w = calloc(1, sizeof *w);
	if (w == NULL)
		return err_internal(a, "no memory for a worker");
	w->app = app;
	w->shown = arena_new("disclosure", SHOWN_MEMORY);
	err_t e = db_pool_take(w->app->pool, a, &w->db);
	if (e != NULL) {
		arena_free(&w->shown);
		free(w);
		return e;
	}
	*worker = w;
	return NULL;
}

static void worker_close(void *worker)
{
	struct site_worker *w = worker;
	db_pool_give(w->app->pool, &w->db);
	arena_free(&w->shown);
	free(w);
}

static void worker_abandon(void *worker)
{
	struct site_worker *w = worker;
	db_rollback(w->db);
	w->call.shown.n = 0;
}

struct call *site_call(const struct request *rq)
{
	struct site_worker *w = rq->worker;
	return &w->call;
}

/* What the last call named waits for its group to be settled. */
static void keep_shown(struct site_worker *w)
{
	if (w->call.shown.n > 0 && w->pages_n < GROUP_MOST)
		w->pages[w->pages_n++] = (struct shown_page){
			.user_id = w->user_id,
			.route = w->route,
			.at = w->call.now,
			.shown = w->call.shown,
		};
	w->call.shown = (struct shown){.arena = w->shown};
}

static err_t session_load(struct request *rq)
{
	struct site_worker *w = rq->worker;
	keep_shown(w);
	struct shown shown = w->call.shown;
	w->call = (struct call){
		.app = w->app,
		.db = w->db,
		.arena = rq->arena,
		.actor = {.kind = ACTOR_NOBODY},
		.now = rq->now,
		.today = rq->today,
		.route = rq->route == NULL ? (struct str){0} : str_from(rq->route->pattern),
		.agent = rq->user_agent,
		.shown = shown,
	};
	w->route = rq->route == NULL ? "" : rq->route->pattern;
	w->user_id = (struct str){0};
	db_serve(w->db, 0);
	if (rq->session.n == 0)
		return NULL;
	bool live = rq->route != NULL && (rq->route->flags & ROUTE_LIVE) != 0;
	bool found;
	TRY(app_session_actor(&w->call, rq->session, live, &w->call.actor, &found));
	if (!found)
		return NULL;
	db_serve(w->db, ROLE_BIT(w->call.actor.role));
	w->user_id = str_dup(w->shown, w->call.actor.id);
	rq->actor = &w->call.actor;
	rq->owner = str_fmt(rq->arena, TOPIC_USER "%.*s", STR_ARG(rq->actor->id));
	return NULL;
}

/* Somebody with a one-time password reaches the page that changes it and nothing else. */
static bool may(const struct actor *actor, enum capability capability)
{
	if (capability == CAN_SIGN)
		return true;
	if (actor->must_change)
		return capability == CAN_ACCOUNT;
	return access_may(actor->role, capability);
}

/* No second step where the role asks for one: nothing else. No memorandum or no signature, no list. Meetings stay open
 * to their guests, who read codes. */
static const char *closed(const struct actor *actor, enum capability capability)
{
	static const char *const says[COVERED_N] = {
		[COVERED_NOT_AGENCY] =
			"Your agency has no memorandum of understanding in force today, so the list is closed to you. "
			"Conferences are open and show codes. An administrator records the memorandum.",
		[COVERED_NOT_SIGNED] =
			"You have not signed this year’s confidentiality agreement, so the list is closed to you. "
			"Conferences are open and show codes. Sign it under Account.",
		[COVERED_NOT_TRAINED] =
			"Your privacy training is overdue, so the list is closed to you. Conferences are open and show "
			"codes. An administrator records the training once it is done.",
	};
	if (actor->must_enrol && capability != CAN_SIGN)
		return "Your role signs in with a second step. Set it up first: it stands in the menu and takes two "
		       "minutes.";
	return access_list_open(capability, actor->cover.today) ? NULL : says[actor->cover.today];
}

/* Every page of the group that named somebody is on record before any of them is sent. */
static err_t settle(void *worker, struct arena *a)
{
	struct site_worker *w = worker;
	keep_shown(w);
	struct disclosure records[GROUP_MOST];
	for (size_t i = 0; i < w->pages_n; i++)
		records[i] = (struct disclosure){
			.at = w->pages[i].at,
			.user_id = w->pages[i].user_id,
			.route = w->pages[i].route,
			.households = w->pages[i].shown.ids,
			.households_n = w->pages[i].shown.n,
			.laws = w->pages[i].shown.laws,
			.general = w->pages[i].shown.general,
		};
	err_t e = disclosure_record(w->app->disclosures, a, records, w->pages_n);
	w->pages_n = 0;
	w->call.shown = (struct shown){0};
	arena_reset(w->shown);
	return e;
}

static err_t load_last(struct db *db, struct arena *a, void *ctx)
{
	return journal_last(db, a, ctx);
}

static err_t events_last(void *worker, struct arena *a, int64_t *id)
{
	struct site_worker *w = worker;
	return db_run(w->db, a, DB_READ, load_last, id);
}

struct tail {
	int64_t after;
	size_t max;
	struct event *out;
	size_t n;
};

/* The list as a whole: an import was switched on, a new day or setting made it anew, a release was signed. */
#define TOPIC_LIST "list"

/* Whoever reads a name reads it anew: what was signed counts at once, in open meetings too. */
static bool renews_list(const char *act)
{
	static const char *const acts[] = {"import.apply",      "list.refresh",       "release.add",
					   "release.refused",   "release.withdrawn",  "release.import",
					   "household.protect", "household.unprotect"};
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (strcmp(act, acts[i]) == 0)
			return true;
	return false;
}

/* One event per journal row: its thing is the topic, its act what changed. */
static struct str topic_of(struct arena *a, const struct journal_entry *e)
{
	if (renews_list(e->act))
		return S(TOPIC_LIST);
	return str_fmt(a, "%s:%.*s", e->noun, STR_ARG(e->noun_id));
}

/* What ends sessions of whom the row is about. */
static bool ends_sessions(const char *act)
{
	static const char *const acts[] = {"user.disable",       "user.move",        "user.reset",
					   "user.password",      "user.sign-out",    "user.session-end",
					   "user.session-moved", "user.factor-reset"};
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (strcmp(act, acts[i]) == 0)
			return true;
	return false;
}

static err_t load_tail(struct db *db, struct arena *a, void *ctx)
{
	struct tail *t = ctx;
	struct journal_entry *entries;
	size_t n;
	TRY(journal_after(db, a, t->after, (int64_t)t->max, &entries, &n));
	for (size_t i = 0; i < n; i++)
		t->out[i] = (struct event){
			.id = entries[i].seq,
			.topic = topic_of(a, &entries[i]),
			.noun = str_from(entries[i].act),
			.ends = ends_sessions(entries[i].act),
		};
	t->n = n;
	return NULL;
}

static err_t events_after(void *worker, struct arena *a, int64_t id, size_t max, struct event *out, size_t *n)
{
	struct site_worker *w = worker;
	struct tail t = {.after = id, .max = max, .out = out};
	TRY(db_run(w->db, a, DB_READ, load_tail, &t));
	*n = t.n;
	return NULL;
}

/* The menu: what the role may open. A page says by its path whether it is here. */
static const struct {
	const char *label;
	const char *path;
	int capability;
} menu_table[] = {
	{"List", "/list", CAN_LIST},
	{"Conference", "/conferences", CAN_CONFERENCE},
	{"Meetings", "/series", CAN_BUSINESS},
	{"Openings", "/openings", CAN_OPENINGS},
	{"Referrals", "/referrals", CAN_LIST},
	{"Flags", "/flags", CAN_MEND},
	{"Requests", "/requests", CAN_LIST},
	{"Files", "/share", CAN_LIST},
	{"Counts", "/counts", CAN_COUNTS},
	{"Ledger", "/ledger", CAN_COUNTS},
	{"Reports", "/reports", CAN_COUNTS},
	{"Import", "/import", CAN_IMPORT},
	{"Other lists", "/sources", CAN_SOURCES},
	{"Duplicates", "/duplicates", CAN_SOURCES},
	{"Columns", "/local", CAN_COLUMNS},
	{"Regions", "/regions", CAN_REGIONS},
	{"Calendar", "/calendar", CAN_REGIONS},
	{"People", "/people", CAN_USERS},
	{"Agencies", "/agencies", CAN_USERS},
	{"Journal", "/journal", CAN_JOURNAL},
	{"Incidents", "/incidents", CAN_JOURNAL},
	{"Policy", "/policy", CAN_POLICY},
	{"Consent forms", "/consent/forms", CAN_CONSENT_FORMS},
	{"Account", "/account", CAN_ACCOUNT},
	{"Second step", "/account/second-step", CAN_SIGN},
};

/* The first of them stand there, and where one is; the others are folded. */
enum { MENU_N = sizeof menu_table / sizeof *menu_table, MENU_SHOWN = 6 };

/* Pages that are read alone at a desk. A conference's are on a shared screen while hands are elsewhere. */
static bool shows_people(const struct request *rq)
{
	return str_starts(rq->path, S("/list")) || str_starts(rq->path, S("/household")) ||
	       str_starts(rq->path, S("/share")) || str_starts(rq->path, S("/requests")) ||
	       str_starts(rq->path, S("/openings/")) || str_starts(rq->path, S("/referrals")) ||
	       str_starts(rq->path, S("/reports"));
}

const struct layout *site_layout(const struct request *rq, struct str title, const char *body_class)
{
	struct arena *a = rq->arena;
	struct layout *layout = arena_one(a, struct layout);
	*layout = (struct layout){
		.title = title,
		.css = asset_app_css,
		.js = asset_app_js,
		.icon = asset_icon_svg,
		.home = URL("/"),
		.sign_out = URL("/sign-out"),
		.csrf = rq->csrf,
		.body_class = str_from(body_class),
		.leaves = shows_people(rq),
	};
	const struct actor *actor = rq->actor;
	if (actor == NULL)
		return layout;
	struct menu_entry *menu = arena_many(a, MENU_N, struct menu_entry);
	struct menu_entry *more = arena_many(a, MENU_N, struct menu_entry);
	for (size_t i = 0; i < MENU_N; i++) {
		/* The second step is reached from the account, but where nothing else is open. */
		if (!may(actor, menu_table[i].capability) ||
		    (menu_table[i].capability == CAN_SIGN) != actor->must_enrol)
			continue;
		struct menu_entry entry = {
			.label = str_from(menu_table[i].label),
			.href = url_path_parts(a, menu_table[i].path, NULL, 0),
			.here = str_starts(rq->path, str_from(menu_table[i].path)),
		};
		if (layout->menu_n < MENU_SHOWN || entry.here)
			menu[layout->menu_n++] = entry;
		else
			more[layout->more_n++] = entry;
	}
	layout->more = more;
	struct str reminder = mou_reminder(a, actor, rq->today, false);
	if (reminder.n > 0) {
		struct notice_view *notice = arena_one(a, struct notice_view);
		*notice = (struct notice_view){.tone = TONE_INFO, .text = reminder};
		layout->notices = notice;
		layout->notices_n = 1;
	}
	layout->menu = menu;
	layout->who = str_fmt(a, "%.*s · %s%s%.*s", STR_ARG(actor->name), role_say(actor->role),
			      actor->agency_name.n > 0 ? " · " : "", STR_ARG(actor->agency_name));
	return layout;
}

err_t site_written(struct request *rq, err_t e,
		   err_t (*show)(struct request *rq, int status, struct str error, struct reply *out), struct str to,
		   struct reply *out)
{
	if (e != NULL && e->class == ERR_INTERNAL)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), e->say, out);
	reply_redirect(out, to);
	return NULL;
}

/* A known address, asked by somebody who is signed in, in a way that our own pages do not. */
static void note_refusal(struct request *rq, int status)
{
	bool refused = status == 400 || status == 403 || status == 404 || status == 413 || status == 421;
	if (!refused || rq->actor == NULL || rq->route == NULL)
		return;
	err_t e = app_refused(site_call(rq), status);
	if (e != NULL)
		log_err("refusal.record", e);
}

static void render_error(struct request *rq, int status, struct str title, struct str say, struct reply *out)
{
	struct site_worker *w = rq->worker;
	w->call.shown.n = 0; /* nothing of what was prepared is sent */
	note_refusal(rq, status);
	struct error_page page = {
		.layout = site_layout(rq, title, "page--narrow"),
		.title = title,
		.say = say,
	};
	struct buf *html = reply_html(out, status);
	if (rq->fragment || (rq->route != NULL && (rq->route->flags & ROUTE_FRAGMENT) != 0))
		t_error_part(html, &page);
	else
		t_error(html, &page);
}

struct web_hooks site_hooks(void)
{
	return (struct web_hooks){
		.worker_open = worker_open,
		.worker_close = worker_close,
		.worker_abandon = worker_abandon,
		.session_load = session_load,
		.may = may,
		.closed = closed,
		.signed_out = page_signed_out,
		.form_stale = page_form_stale,
		.render_error = render_error,
		.settle = settle,
		.events_last = events_last,
		.events_after = events_after,
	};
}
