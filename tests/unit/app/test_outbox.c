/* Mail on both engines: to whom, what stands in it, that it is tried again and never sent twice. The server is this
 * test, on 127.0.0.1. Expectations were written from app/outbox.h. */
#include "import_fixture.h"

#include <string.h>

#include "../papers/mail_sink.h"
#include "app/list_image.h"
#include "app/outbox.h"
#include "app/setting.h"

static const struct export_head head = {"S1", "2026-08-10 12:00:00", "2024-01-01", "2026-08-10", 2, 1};
/* A world with one person on the list. */
static const struct export_file files[] = {
	{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-08-01 09:00:00,\n"},
	{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-08-01 09:00:00,\n"},
	{"Client.csv", CLIENT "C1,Quillon,,Zarrowby,,1980-01-01,0,2026-08-01 09:00:00,\n"},
	{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-08-01 09:00:00,\n"},
	{0}};

/* Somebody who is called like a word of the mail itself. */
static const struct export_file unlucky[] = {
	{"Organization.csv", ORGANIZATION "O1,Millpond Aid,0,2026-08-01 09:00:00,\n"},
	{"Project.csv", PROJECT "P1,O1,Millpond Shelter,0,2026-08-01 09:00:00,\n"},
	{"Client.csv", CLIENT "C1,Boris,,Case,,1980-01-01,0,2026-08-01 09:00:00,\n"},
	{"Enrollment.csv", ENROLLMENT "E1,C1,P1,2026-06-01,H1,1,116,2026-08-01 09:00:00,\n"},
	{0}};

struct post {
	struct store *s;
	struct call *c;
	struct sink sink;
};

static void open_world(struct store *s, const struct export_file *files_of, struct post *w)
{
	struct import_view v;
	struct call *c = import_operator(s);
	import_apply(s, export_write(s, &head, files_of), &v);
	struct app *app = arena_one(s->a, struct app);
	*app = *c->app;
	app->lists = list_cache_new();
	c->app = app;
	*w = (struct post){.s = s, .c = c};
	store_force(s, "INSERT INTO region (id, number, name) VALUES ('r1', 1, 'Zarrowby Valley')");
	store_force(s,
		    "INSERT INTO app_user (id, login, name, role, region_id, password, must_change, created_at) VALUES "
		    "('u1', 'lee', 'Lee Tran', 'list-holder', 'r1', 'x', 0, 0), "
		    "('u2', 'sam', 'Sam Orr', 'specialist', NULL, 'x', 0, 0), "
		    "('u3', 'far', 'Far Off', 'list-holder', NULL, 'x', 0, 0)");
	store_force(
		s,
		"INSERT INTO cycle (id, region_id, number, size, goal, started_at, started_by) VALUES ('y1', 'r1', 1, "
		"1, 0, 0, 'u1')");
	store_force(
		s,
		"INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, minutes, household_seconds, "
		"facilitator_id, scribe_id, state, part, planned_at, planned_by) VALUES ('k1', 'r1', 'y1', 'highest', "
		"20780, 1795395600000, 60, 120, 'u1', 'u2', 'planned', 0, 0, 'u1')");
	assert_ok(s, app_mail_address(c, S("lee"), S("lee@coc.example")));
	assert_ok(s, app_mail_address(c, S("far"), S("far@coc.example")));
	assert_err(s, ERR_INVALID, app_mail_address(c, S("sam"), S("sam@coc.example\nBcc: x@y.example")));
	assert_ok(s, app_setting_put(c, S("mail_host"), S("127.0.0.1")));
	assert_ok(s, app_setting_put(c, S("mail_plain"), S("1")));
	assert_ok(s, app_setting_put(c, S("mail_from"), S("byname@coc.example")));
	assert_ok(s, app_setting_put(c, S("site_address"), S("https://zarrowby.coc.example")));
}

static void open_post(struct store *s, struct post *w)
{
	open_world(s, files, w);
}

static void close_post(struct post *w)
{
	struct list_cache *lists = w->c->app->lists;
	list_cache_free(&lists);
}

static err_t queue(struct db *db, struct arena *a, void *ctx)
{
	struct post *w = ctx;
	return outbox_conference(w->c, db, a, S("k1"), S("r1"));
}

static void plan(struct post *w)
{
	assert_ok(w->s, db_run(w->s->db, w->s->a, DB_WRITE, queue, w));
}

static void port_is(struct post *w, int port)
{
	assert_ok(w->s, app_setting_put(w->c, S("mail_port"), str_fmt(w->s->a, "%d", port)));
}

static int sent(struct post *w)
{
	int n = -1;
	assert_ok(w->s, app_outbox_send(w->c, OUTBOX_TURN, &n));
	return n;
}

static int64_t in_state(struct post *w, const char *state)
{
	return store_number(w->s,
			    str_c(w->s->a, str_fmt(w->s->a, "SELECT count(*) FROM outbox WHERE state = '%s'", state)));
}

static bool holds(struct str s, const char *what)
{
	return memmem(s.p, s.n, what, strlen(what)) != NULL;
}

static void a_planned_meeting_is_sent_once_to_who_may_come_and_reads_mail(void **state)
{
	struct store *s = *state;
	struct post w;
	open_post(s, &w);
	plan(&w);
	assert_int_equal(in_state(&w, "waiting"), 1); /* sam has no address, far is of no region */
	sink_open(&w.sink, "250 ok", NULL);
	port_is(&w, w.sink.port);
	assert_int_equal(sent(&w), 1);
	struct str said = sink_close(&w.sink);
	assert_true(holds(said, "RCPT TO:<lee@coc.example>"));
	assert_false(holds(said, "far@"));
	assert_true(holds(said, "Message-ID"));
	assert_true(holds(said, "text/calendar"));
	/* The region and the site are called like somebody on the list; nothing else of a mail may be. */
	assert_false(holds(said, "Quillon"));
	assert_int_equal(in_state(&w, "sent"), 1);
	assert_int_equal(sent(&w), 0); /* never twice */
	assert_int_equal(store_number(s, "SELECT count(*) FROM journal WHERE act = 'mail.send'"), 1);
	close_post(&w);
}

static void what_is_not_taken_is_tried_again_later_and_refused_for_good_once(void **state)
{
	struct store *s = *state;
	struct post w;
	open_post(s, &w);
	plan(&w);
	sink_open(&w.sink, "451 later", NULL);
	port_is(&w, w.sink.port);
	assert_int_equal(sent(&w), 0);
	sink_close(&w.sink);
	assert_int_equal(in_state(&w, "waiting"), 1);
	sink_open(&w.sink, "550 nobody here", NULL);
	port_is(&w, w.sink.port);
	assert_int_equal(sent(&w), 0); /* not before a minute has passed: nobody calls */
	assert_int_equal(store_number(s, "SELECT tries FROM outbox"), 1);
	w.c->now.ms += 61 * 1000;
	assert_int_equal(sent(&w), 0);
	sink_close(&w.sink);
	assert_int_equal(in_state(&w, "refused"), 1);
	w.c->now.ms += 24LL * 3600 * 1000;
	assert_int_equal(sent(&w), 0);
	assert_int_equal(store_number(s, "SELECT tries FROM outbox"), 2);
	close_post(&w);
}

static void a_change_takes_the_place_of_what_waits(void **state)
{
	struct store *s = *state;
	struct post w;
	open_post(s, &w);
	plan(&w);
	plan(&w);
	assert_int_equal(in_state(&w, "over"), 1);
	assert_int_equal(in_state(&w, "waiting"), 1);
	sink_open(&w.sink, "250 ok", NULL);
	port_is(&w, w.sink.port);
	assert_int_equal(sent(&w), 1);
	sink_close(&w.sink);
	assert_int_equal(store_number(s, "SELECT version FROM outbox WHERE state = 'sent'"), 1);
	close_post(&w);
}

static void what_a_program_that_ended_was_sending_is_not_sent_again(void **state)
{
	struct store *s = *state;
	struct post w;
	open_post(s, &w);
	plan(&w);
	store_force(s, "UPDATE outbox SET state = 'sending'");
	w.c->now.ms += 11LL * 60 * 1000;
	plan(&w); /* another one, so that something is due */
	sink_open(&w.sink, "250 ok", NULL);
	port_is(&w, w.sink.port);
	assert_int_equal(sent(&w), 1);
	sink_close(&w.sink);
	assert_int_equal(in_state(&w, "unsure"), 1);
	assert_int_equal(in_state(&w, "sent"), 1);
	close_post(&w);
}

static void what_would_name_somebody_is_not_sent(void **state)
{
	struct store *s = *state;
	struct post w;
	open_world(s, unlucky, &w);
	plan(&w);
	port_is(&w, 9); /* it may not even be tried */
	assert_int_equal(sent(&w), 0);
	assert_int_equal(in_state(&w, "refused"), 1);
	assert_int_equal(store_number(s, "SELECT count(*) FROM outbox WHERE said = 'It would say who somebody is.'"),
			 1);
	close_post(&w);
}

static void an_invitation_to_what_is_over_is_not_sent(void **state)
{
	struct store *s = *state;
	struct post w;
	open_post(s, &w);
	plan(&w);
	store_force(s, "UPDATE conference SET state = 'closed'");
	port_is(&w, 9);
	assert_int_equal(sent(&w), 0);
	assert_int_equal(in_state(&w, "refused"), 1);
	close_post(&w);
}

static void without_a_server_nothing_is_sent_and_nothing_is_lost(void **state)
{
	struct store *s = *state;
	struct post w;
	open_post(s, &w);
	plan(&w);
	assert_ok(s, app_setting_put(w.c, S("mail_host"), S("none")));
	assert_int_equal(sent(&w), 0);
	assert_int_equal(in_state(&w, "waiting"), 1);
	assert_err(s, ERR_INVALID, app_setting_put(w.c, S("mail_from"), S("nobody")));
	close_post(&w);
}

static void people_say_where_they_read_mail_themselves(void **state)
{
	struct store *s = *state;
	struct post w;
	struct str address;
	open_post(s, &w);
	w.c->actor = (struct actor){.kind = ACTOR_USER, .id = S("u2"), .role = ROLE_SPECIALIST};
	assert_ok(s, app_mail_own(w.c, &address));
	assert_int_equal(address.n, 0);
	assert_err(s, ERR_INVALID, app_mail_address(w.c, S(""), S("nowhere")));
	assert_ok(s, app_mail_address(w.c, S(""), S("sam@coc.example")));
	assert_ok(s, app_mail_own(w.c, &address));
	assert_true(str_eq(address, S("sam@coc.example")));
	/* Their own and nobody else's, not by its login either. */
	assert_err(s, ERR_DENIED, app_mail_address(w.c, S("lee"), S("sam@coc.example")));
	assert_int_equal(store_number(s, "SELECT count(*) FROM mail_address WHERE address = 'lee@coc.example'"), 1);
	assert_ok(s, app_mail_address(w.c, S(""), S("")));
	assert_ok(s, app_mail_own(w.c, &address));
	assert_int_equal(address.n, 0);
	close_post(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_planned_meeting_is_sent_once_to_who_may_come_and_reads_mail),
		BOTH(what_is_not_taken_is_tried_again_later_and_refused_for_good_once),
		BOTH(a_change_takes_the_place_of_what_waits),
		BOTH(what_a_program_that_ended_was_sending_is_not_sent_again),
		BOTH(what_would_name_somebody_is_not_sent),
		BOTH(an_invitation_to_what_is_over_is_not_sent),
		BOTH(without_a_server_nothing_is_sent_and_nothing_is_lost),
		BOTH(people_say_where_they_read_mail_themselves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
