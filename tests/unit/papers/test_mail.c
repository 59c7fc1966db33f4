/* Mail and invitations: what is in them, what is refused, and how they reach a server that this test is. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <libical/ical.h>
#include <sodium.h>

#include "base/arena.h"
#include "mail_sink.h"
#include "papers/calendar.h"
#include "papers/mail.h"
#include "papers/recurrence.h"

static struct arena *a;

static int set_up(void **state)
{
	(void)state;
	a = arena_new("test", 64 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&a);
	return 0;
}

static bool holds(struct str s, const char *what)
{
	return memmem(s.p, s.n, what, strlen(what)) != NULL;
}

/* --- invitations --- */

static const struct instant at_nine = {1795338000000}; /* 2026-11-22 09:00 UTC */

static struct calendar_event event(void)
{
	static const struct str attendees[] = {STR_INIT("dana@harbor.example"), STR_INIT("o'neil+x@kofi.example")};
	return (struct calendar_event){
		.uid = S("0123456789abcdefghjk"),
		.sequence = 3,
		.region = S("Region 4; north, \"Lake\"\r\nATTENDEE:mailto:evil@example.org"),
		.place = S("Room 2"),
		.made = at_nine,
		.from = at_nine,
		.until = {at_nine.ms + 5400000},
		.organizer = S("lee@coc.example"),
		.attendees = attendees,
		.attendees_n = 2,
	};
}

static struct str invitation(bool cancelled)
{
	struct calendar_event e = event();
	struct str text;
	e.cancelled = cancelled;
	assert_null(calendar_write(a, &e, &text));
	return text;
}

static void an_invitation_reads_back(void **state)
{
	(void)state;
	for (int cancelled = 0; cancelled < 2; cancelled++) {
		icalcomponent *c = icalparser_parse_string(str_c(a, invitation(cancelled)));
		assert_non_null(c);
		assert_int_equal(icalcomponent_get_method(c), cancelled ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST);
		icalcomponent *v = icalcomponent_get_first_component(c, ICAL_VEVENT_COMPONENT);
		assert_string_equal(icalcomponent_get_uid(v), "0123456789abcdefghjk");
		assert_int_equal(icalcomponent_get_sequence(v), 3);
		assert_int_equal(icalcomponent_get_status(v),
				 cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED);
		assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtstart(v)), "20261122T090000Z");
		assert_string_equal(icaltime_as_ical_string(icalcomponent_get_dtend(v)), "20261122T103000Z");
		assert_int_equal(icalcomponent_count_properties(v, ICAL_ATTENDEE_PROPERTY), 2);
		assert_true(strstr(icalcomponent_get_summary(v), "Case conference: Region 4; north, \"Lake\"") != NULL);
		assert_int_equal(icalcomponent_count_errors(c), 0);
		icalcomponent_free(c);
	}
}

static void an_invitation_is_refused(void **state)
{
	(void)state;
	struct str text = {0}, bad = S("dana@harbor.example\r\nX-A: b");
	struct calendar_event e = event();
	e.attendees = &bad;
	e.attendees_n = 1;
	assert_non_null(calendar_write(a, &e, &text));
	e = event();
	e.organizer = S("lee");
	assert_non_null(calendar_write(a, &e, &text));
	e = event();
	e.until = e.from;
	assert_non_null(calendar_write(a, &e, &text));
	assert_int_equal(text.n, 0);
}

/* --- what recurs --- */

static void days_follow_from_a_rule(void **state)
{
	(void)state;
	static const struct {
		const char *rule, *first, *from;
		const char *days[4]; /* the first three */
	} rows[] = {
		{"FREQ=MONTHLY;BYDAY=3TU", "2026-12-15", "2026-11-17", {"2026-12-15", "2027-01-19", "2027-02-16"}},
		{"FREQ=MONTHLY;BYDAY=3TU", "2026-12-15", "2027-01-19", {"2027-01-19", "2027-02-16", "2027-03-16"}},
		{"FREQ=MONTHLY;BYDAY=-1TU", "2026-12-29", "2026-12-30", {"2027-01-26", "2027-02-23", "2027-03-30"}},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
		 "2026-12-16",
		 "2026-12-17",
		 {"2026-12-30", "2027-01-13", "2027-01-27"}},
		{"FREQ=MONTHLY;INTERVAL=3;BYDAY=3TH",
		 "2026-12-17",
		 "2027-01-01",
		 {"2027-03-18", "2027-06-17", "2027-09-16"}},
		{"FREQ=WEEKLY;BYDAY=WE;COUNT=2", "2026-12-16", "2026-12-17", {"2026-12-23", NULL}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct day first, from, out[3];
		char said[DAY_TEXT];
		size_t n;
		assert_true(day_parse(str_from(rows[i].first), &first) && day_parse(str_from(rows[i].from), &from));
		assert_null(recurrence_days(a, str_from(rows[i].rule), first, from, 3, out, &n));
		for (size_t k = 0; k < n; k++)
			assert_string_equal(day_text(out[k], said), rows[i].days[k]);
		assert_true(rows[i].days[n] == NULL);
	}
	struct day out[1];
	size_t n = 7;
	assert_non_null(recurrence_days(a, S("every now and then"), (struct day){0}, (struct day){0}, 1, out, &n));
	assert_int_equal(n, 7);
}

/* --- messages --- */

static struct mail letter(void)
{
	return (struct mail){
		.id = S("0123456789abcdefghjk"),
		.at = at_nine,
		.from = S("byname@coc.example"),
		.to = S("dana@harbor.example"),
		.subject = S("The conference of Region 4 — Sunday at nine, for everybody who serves a household"),
		.text = S("Sign in to see what waits for you.\n.\nA line with a dot alone is text.\n"),
	};
}

/* The body of the part that begins with `type`, decoded. */
static struct str body_of(struct str message, const char *type)
{
	const char *at = memmem(message.p, message.n, type, strlen(type));
	assert_non_null(at);
	struct str rest = {at, (size_t)(message.p + message.n - at)};
	const char *body = memmem(rest.p, rest.n, "\r\n\r\n", 4);
	assert_non_null(body);
	unsigned char *p = arena_many(a, rest.n, unsigned char);
	size_t n = 0;
	const char *end;
	rest = (struct str){body + 4, (size_t)(message.p + message.n - body - 4)};
	sodium_base642bin(p, rest.n, rest.p, rest.n, "\r\n", &n, &end, sodium_base64_VARIANT_ORIGINAL);
	return (struct str){(const char *)p, n};
}

static void a_message_has_its_parts(void **state)
{
	(void)state;
	struct mail m = letter();
	struct str message;
	m.invitation = invitation(false);
	assert_null(mail_build(a, &m, &message));
	assert_true(str_starts(message, S("Date: Sun, 22 Nov 2026 09:00:00 +0000\r\nFrom: <byname@coc.example>\r\n"
					  "To: <dana@harbor.example>\r\n"
					  "Message-ID: <0123456789abcdefghjk@coc.example>\r\nSubject: =?UTF-8?B?")));
	assert_true(str_eq(body_of(message, "Content-Type: text/plain"), m.text));
	assert_true(str_eq(body_of(message, "Content-Type: text/calendar; method=REQUEST"), m.invitation));
	for (struct str line, rest = message; rest.n > 0;) {
		str_cut(rest, '\n', &line, &rest);
		assert_true(str_ends(line, S("\r")));
		assert_true(line.n <= 79);
	}
	m.invitation = (struct str){0};
	assert_null(mail_build(a, &m, &message));
	assert_false(holds(message, "multipart"));
	assert_true(str_eq(body_of(message, "Content-Type: text/plain"), m.text));
}

static void headers_take_one_line(void **state)
{
	(void)state;
	static const struct {
		struct str to, subject;
	} cases[] = {
		{STR_INIT("dana@harbor.example\r\nBcc: evil@example.org"), STR_INIT("fine")},
		{STR_INIT("dana@harbor.example>,<evil@example.org"), STR_INIT("fine")},
		{STR_INIT("dana@harbor.example, evil@example.org"), STR_INIT("fine")},
		{STR_INIT("dana"), STR_INIT("fine")},
		{STR_INIT("@harbor.example"), STR_INIT("fine")},
		{STR_INIT("dana@"), STR_INIT("fine")},
		{STR_INIT("a@b@c.example"), STR_INIT("fine")},
		{STR_INIT("d\xC3\xA4na@harbor.example"), STR_INIT("fine")},
		{STR_INIT("dana@harbor.example\0"), STR_INIT("fine")},
		{STR_INIT("dana@harbor.example"), STR_INIT("two\r\nBcc: evil@example.org")},
		{STR_INIT("dana@harbor.example"), STR_INIT("two\nlines")},
		{STR_INIT("dana@harbor.example"), STR_INIT("null\0byte")},
		{STR_INIT("dana@harbor.example"), STR_INIT("broken \xFF")},
		{STR_INIT("dana@harbor.example"), STR_INIT("")},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mail m = letter();
		struct str message = {0};
		m.to = cases[i].to;
		m.subject = cases[i].subject;
		err_t e = mail_build(a, &m, &message);
		if (e == NULL || e->class != ERR_INVALID || message.n != 0)
			fail_msg("case %zu is taken", i);
	}
}

/* --- sending --- */

static err_t send_trusting(struct sink *s, const char *host, bool plain, const char *authorities)
{
	struct mail m = letter();
	struct str message;
	assert_null(mail_build(a, &m, &message));
	const struct mail_server server = {
		.host = str_from(host), .port = s->port, .plain = plain, .authorities = str_from(authorities)};
	return mail_send(a, &server, m.from, m.to, message);
}

static err_t send_to(struct sink *s, const char *host, bool plain)
{
	return send_trusting(s, host, plain, "");
}

static struct sink sink;

static void a_message_arrives_once_and_whole(void **state)
{
	(void)state;
	sink_open(&sink, "250 fine", NULL);
	assert_null(send_to(&sink, "127.0.0.1", true));
	struct str said = sink_close(&sink);
	assert_true(holds(said, "MAIL FROM:<byname@coc.example>"));
	assert_true(holds(said, "RCPT TO:<dana@harbor.example>"));
	assert_true(str_eq(body_of(said, "Content-Type: text/plain"), letter().text));
}

static void a_server_without_tls_gets_nothing(void **state)
{
	(void)state;
	sink_open(&sink, "250 fine", NULL);
	err_t e = send_to(&sink, "127.0.0.1", false);
	struct str said = sink_close(&sink);
	assert_non_null(e);
	assert_int_equal(e->class, ERR_RETRY);
	assert_false(holds(said, "MAIL FROM"));
	assert_false(holds(said, "harbor"));
}

static void tls_needs_a_certificate_for_that_server(void **state)
{
	(void)state;
	static const struct {
		const char *address; /* in the certificate */
		bool trusted, arrives;
	} cases[] = {
		{"127.0.0.1", true, true},
		{"127.0.0.9", true, false},
		{"127.0.0.1", false, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sink_open(&sink, "250 fine", cases[i].address);
		err_t e = send_trusting(&sink, "127.0.0.1", false, cases[i].trusted ? sink.certificate : "");
		struct str said = sink_close(&sink);
		assert_true(holds(said, "STARTTLS"));
		if ((e == NULL) != cases[i].arrives) {
			struct str why = e != NULL ? err_describe(a, e) : S("it arrives");
			fail_msg("case %zu: %.*s", i, STR_ARG(why));
		}
		assert_int_equal(holds(said, "MAIL FROM"), cases[i].arrives);
		if (cases[i].arrives)
			assert_true(str_eq(body_of(said, "Content-Type: text/plain"), letter().text));
		else
			assert_int_equal(e->class, ERR_RETRY);
	}
}

static void answers_say_whether_to_try_again(void **state)
{
	(void)state;
	sink_open(&sink, "550 no such person", NULL);
	err_t e = send_to(&sink, "127.0.0.1", true);
	sink_close(&sink);
	assert_non_null(e);
	assert_int_equal(e->class, ERR_INVALID);
	sink_open(&sink, "451 later", NULL);
	e = send_to(&sink, "127.0.0.1", true);
	sink_close(&sink);
	assert_non_null(e);
	assert_int_equal(e->class, ERR_RETRY);
	e = send_to(&sink, "127.0.0.1", true); /* nobody listens any more */
	assert_non_null(e);
	assert_int_equal(e->class, ERR_RETRY);
}

static void plain_mail_stays_on_this_machine(void **state)
{
	(void)state;
	static const char *const hosts[] = {"localhost", "127.0.0.2", "mail.example", "127.0.0.1/x", "a@127.0.0.1", ""};
	sink = (struct sink){.port = 9};
	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
		err_t e = send_to(&sink, hosts[i], true);
		assert_non_null(e);
		assert_int_equal(e->class, ERR_INVALID);
	}
}

/* Sent again it might arrive twice. */
static void what_nobody_confirmed_is_not_to_be_sent_again(void **state)
{
	(void)state;
	sink_open(&sink, "250 fine", NULL);
	sink.hangs_up = true;
	err_t e = send_to(&sink, "127.0.0.1", true);
	assert_non_null(e);
	assert_int_equal(e->class, ERR_CONFLICT);
	assert_true(holds(sink_close(&sink), "Subject:"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_invitation_reads_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_invitation_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(days_follow_from_a_rule, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_message_has_its_parts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(headers_take_one_line, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_message_arrives_once_and_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_server_without_tls_gets_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(tls_needs_a_certificate_for_that_server, set_up, tear_down),
		cmocka_unit_test_setup_teardown(answers_say_whether_to_try_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_nobody_confirmed_is_not_to_be_sent_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(plain_mail_stays_on_this_machine, set_up, tear_down),
	};
	signal(SIGPIPE, SIG_IGN); /* a client may hang up while the server of the test speaks */
	return cmocka_run_group_tests_name("mail", tests, NULL, NULL);
}
