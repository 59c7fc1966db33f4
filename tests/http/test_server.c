/* What takes time or many connections: slow and silent peers, live events, parallel requests, stop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "client.h"
#include "toy.h"
#include "web/events.h"

struct fixture {
	struct arena *a;
	struct server *server;
	const char *url;
};

static void start(struct fixture *f, const struct web_options *options)
{
	toy_journal_empty();
	f->a = arena_new("test", 1 << 20);
	assert_null(server_start(f->a, options, &f->server));
	f->url = server_url(f->server);
}

static void stop(struct fixture *f)
{
	server_stop(&f->server);
	arena_free(&f->a);
}

static long long now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void rest_ms(long ms)
{
	const struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	nanosleep(&t, NULL);
}

static int status_of(const char *url, const char *request)
{
	struct response r = client_ask(url, request);
	int status = r.status;
	response_free(&r);
	return status;
}

static const char hello[] = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";

static void refusals_to_start(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	static const struct {
		const char *listen;
		const char *says;
	} cases[] = {
		{"8080", "not an address"},
		{"host.example:80", "not an address"},
		{"127.0.0.1:70000", "not an address"},
		{"::1:80", "not an address"},
		{"[::1:80", "not an address"},
		{"127.0.0.1:x", "not an address"},
		{"192.0.2.1:8080", "Cannot listen on 192.0.2.1:8080"},
		{NULL, "already in use"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct server *other = NULL;
		const char *taken = f.url + strlen("http://");
		options.listen = str_from(cases[i].listen == NULL ? taken : cases[i].listen);
		err_t e = server_start(f.a, &options, &other);
		assert_non_null(e);
		assert_int_equal(e->class, ERR_INVALID);
		assert_non_null(strstr(str_c(f.a, e->say), cases[i].says));
		assert_null(other);
	}
	options.listen = S("127.0.0.1:0");
	options.tls_cert = S("/nowhere/cert.pem");
	struct server *other;
	err_t e = server_start(f.a, &options, &other);
	assert_non_null(strstr(str_c(f.a, e->say), "give both"));
	options.tls_key = S("/nowhere/key.pem");
	e = server_start(f.a, &options, &other);
	assert_non_null(strstr(str_c(f.a, e->say), "/nowhere/cert.pem cannot be read"));
	options.tls_cert = options.tls_key = S("/proc/self/exe");
	e = server_start(f.a, &options, &other);
	assert_int_equal(e->class, ERR_INVALID);
	stop(&f);
}

static void both_families(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	options.listen = S("[::1]:0");
	start(&f, &options);
	assert_non_null(strstr(f.url, "http://[::1]:"));
	assert_int_equal(status_of(f.url, hello), 200);
	stop(&f);
}

static void hosts_are_listed(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	options.hosts = S("byname.example, other.example:8443");
	start(&f, &options);
	assert_int_equal(status_of(f.url, "GET / HTTP/1.1\r\nHost: ByName.example\r\n\r\n"), 200);
	assert_int_equal(status_of(f.url, "GET / HTTP/1.1\r\nHost: byname.example:80\r\n\r\n"), 200);
	assert_int_equal(status_of(f.url, "GET / HTTP/1.1\r\nHost: other.example:8443\r\n\r\n"), 200);
	assert_int_equal(status_of(f.url, "GET / HTTP/1.1\r\nHost: other.example\r\n\r\n"), 421);
	assert_int_equal(status_of(f.url, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), 421);
	assert_int_equal(status_of(f.url, "GET / HTTP/1.1\r\n\r\n"), 400);
	stop(&f);
}

static void heads_have_limits(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	static char request[40000];
	size_t n = (size_t)snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: t\r\nX-Long: ");
	memset(request + n, 'a', 20000);
	snprintf(request + n + 20000, sizeof request - n - 20000, "\r\n\r\n");
	assert_int_equal(status_of(f.url, request), 431);
	n = (size_t)snprintf(request, sizeof request, "GET /?q=");
	memset(request + n, 'a', 20000);
	snprintf(request + n + 20000, sizeof request - n - 20000, " HTTP/1.1\r\nHost: t\r\n\r\n");
	assert_int_equal(status_of(f.url, request), 414);
	/* What a browser sends at most passes. */
	n = (size_t)snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: t\r\nX-Long: ");
	memset(request + n, 'a', 4000);
	snprintf(request + n + 4000, sizeof request - n - 4000, "\r\n\r\n");
	assert_int_equal(status_of(f.url, request), 200);
	assert_int_equal(status_of(f.url, "NONSENSE\r\n\r\n"), 0); /* the library hangs up */
	stop(&f);
}

/* --- parallel requests --- */

static void *ask_many(void *cls)
{
	const struct fixture *f = cls;
	intptr_t wrong = 0;
	int fd = client_connect(f->url);
	for (int i = 0; i < 200; i++) {
		char request[128];
		int n = snprintf(request, sizeof request, "GET /%s HTTP/1.1\r\nHost: t\r\n\r\n",
				 i % 3 == 0   ? "big"
				 : i % 3 == 1 ? ""
					      : "nothing");
		client_send(fd, request, (size_t)n);
		struct response r = client_response(fd, false);
		wrong += r.status != (i % 3 == 2 ? 404 : 200) || (i % 3 == 0 && r.body_n != 102400);
		response_free(&r);
	}
	close(fd);
	return (void *)wrong;
}

static void requests_in_parallel(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	pthread_t threads[8];
	for (size_t i = 0; i < 8; i++)
		pthread_create(&threads[i], NULL, ask_many, &f);
	for (size_t i = 0; i < 8; i++) {
		void *wrong;
		pthread_join(threads[i], &wrong);
		assert_null(wrong);
	}
	stop(&f);
}

static void slow_handlers_do_not_hold_up_others(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	options.loops = 1;
	options.workers = 2;
	start(&f, &options);
	int slow = client_connect(f.url);
	const char ask[] = "GET /slow/800 HTTP/1.1\r\nHost: t\r\n\r\n";
	client_send(slow, ask, strlen(ask));
	rest_ms(50);
	long long began = now_ms();
	for (int i = 0; i < 20; i++)
		assert_int_equal(status_of(f.url, hello), 200);
	assert_in_range((uintmax_t)(now_ms() - began), 0, 500);
	struct response r = client_response(slow, false);
	assert_int_equal(r.status, 200);
	response_free(&r);
	close(slow);
	stop(&f);
}

static void exhausted_memory_is_one_requests_trouble(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	options.workers = 1;
	start(&f, &options);
	char hungry[256];
	snprintf(hungry, sizeof hungry, "GET /hungry HTTP/1.1\r\nHost: t\r\nCookie: byname=%s\r\n\r\n", toy_lee);
	int before = toy_abandoned();
	for (int i = 0; i < 5; i++) {
		assert_int_equal(status_of(f.url, hungry), 500);
		assert_int_equal(status_of(f.url, hello), 200);
	}
	assert_int_equal(toy_abandoned() - before, 5);
	stop(&f);
}

static void nothing_is_sent_that_is_not_settled(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	toy_settle_fails(true);
	struct response r = client_ask(f.url, hello);
	toy_settle_fails(false);
	assert_int_equal(r.status, 503);
	assert_null(strstr(r.body, "hello"));
	response_free(&r);
	assert_int_equal(status_of(f.url, hello), 200);
	stop(&f);
}

/* --- live events --- */

static int listen_to(const struct fixture *f, const char *query, long long last)
{
	char request[512];
	char header[64] = "";
	if (last >= 0)
		snprintf(header, sizeof header, "Last-Event-ID: %lld\r\n", last);
	int n = snprintf(request, sizeof request, "GET /events?%s HTTP/1.1\r\nHost: t\r\nCookie: byname=%s\r\n%s\r\n",
			 query, toy_lee, header);
	int fd = client_connect(f->url);
	assert_true(client_send(fd, request, (size_t)n));
	return fd;
}

/* Reads until `needle` has come; false when it does not. Keeps all in `text`. */
static bool hears(int fd, char *text, size_t room, const char *needle)
{
	size_t n = strlen(text);
	long long until = now_ms() + 3000;
	while (strstr(text, needle) == NULL && n + 1 < room && now_ms() < until) {
		size_t got = client_read(fd, text + n, 1, 500);
		n += got;
		text[n] = '\0';
	}
	return strstr(text, needle) != NULL;
}

/* --- peers that are slow, silent or gone --- */

/* One byte a second is never silent; but the whole head has twenty seconds. */
static void drip(const struct fixture *f)
{
	int dripping = client_connect(f->url);
	long long began = now_ms();
	bool open = true;
	for (int i = 0; i < 30 && open; i++)
		open = client_send(dripping, i == 0 ? "G" : "E", 1) && !client_closed(dripping, 1000);
	assert_false(open);
	assert_in_range((uintmax_t)(now_ms() - began), 15000, 25000);
	close(dripping);
}

static void peers_that_are_slow_silent_or_gone(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	options.idle_seconds = 2;
	start(&f, &options);
	char text[4096] = "";
	int gone = listen_to(&f, "topic=a", -1);
	assert_true(hears(gone, text, sizeof text, "retry"));
	text[0] = '\0';
	int here = listen_to(&f, "topic=a", -1);
	assert_true(hears(here, text, sizeof text, "retry"));
	close(gone);

	int silent = client_connect(f.url);
	assert_true(client_send(silent, "GET / HTT", 9));
	assert_true(client_closed(silent, 6000));
	close(silent);
	drip(&f);

	/* The first comment line finds nobody, the second is told so: two times fifteen seconds. */
	long long until = now_ms() + 25000;
	while (server_listeners(f.server) > 1 && now_ms() < until)
		rest_ms(200);
	assert_int_equal(server_listeners(f.server), 1);
	assert_true(hears(here, text, sizeof text, ":\n\n"));
	close(here);
	stop(&f);
}

static void events_reach_those_who_asked(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	static char north[20000];
	static char both[20000];
	north[0] = both[0] = '\0';
	int one = listen_to(&f, "topic=list:north", -1);
	int two = listen_to(&f, "topic=list:north&topic=list:south", -1);
	assert_true(hears(one, north, sizeof north, "retry: 1000\n\n"));
	assert_true(hears(two, both, sizeof both, "retry: 1000\n\n"));
	assert_non_null(strstr(north, "text/event-stream"));
	assert_non_null(strstr(north, "Content-Security-Policy"));
	for (int i = 0; i < 50; i++)
		toy_journal(i % 2 == 0 ? "list:north" : "list:south", "row");
	server_poke(f.server);
	assert_true(hears(one, north, sizeof north, "\"id\":49,"));
	assert_true(hears(two, both, sizeof both, "\"id\":50,"));
	assert_null(strstr(north, "list:south"));
	const char *at = both;
	for (int i = 1; i <= 50; i++) {
		char line[64];
		snprintf(line, sizeof line, "id: %d\ndata: {\"id\":%d,", i, i);
		at = strstr(at, line); /* each once, in order */
		assert_non_null(at);
	}
	close(one);
	close(two);
	stop(&f);
}

static void a_row_with_two_topics_ends_with_its_id(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	static char text[20000];
	text[0] = '\0';
	int fd = listen_to(&f, "topic=a&topic=b", -1);
	assert_true(hears(fd, text, sizeof text, "retry"));
	toy_journal_pair("a", "b", "step");
	server_poke(f.server);
	assert_true(hears(fd, text, sizeof text, "\"topic\":\"b\""));
	const char *first = strstr(text, "data: {\"id\":1,\"topic\":\"a\"");
	const char *id = strstr(text, "id: 1\n");
	assert_non_null(first);
	assert_true(id > first);
	close(fd);
	stop(&f);
}

static void who_comes_back_misses_nothing(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	for (int i = 0; i < 700; i++)
		toy_journal(i % 7 == 0 ? "list:north" : "list:south", "row");
	server_poke(f.server);
	rest_ms(100);
	static char text[200000];
	text[0] = '\0';
	int fd = listen_to(&f, "topic=list:north", 8);
	assert_true(hears(fd, text, sizeof text, "\"id\":694,"));
	for (int i = 15; i <= 694; i += 7) {
		char line[64];
		snprintf(line, sizeof line, "id: %d\n", i);
		assert_non_null(strstr(text, line));
	}
	assert_null(strstr(text, "\"id\":8,"));
	toy_journal("list:north", "new");
	server_poke(f.server);
	assert_true(hears(fd, text, sizeof text, "\"id\":701,\"topic\":\"list:north\",\"noun\":\"new\""));
	close(fd);
	/* A page says what it shows; the browser's own word counts more. */
	text[0] = '\0';
	fd = listen_to(&f, "topic=list:north&after=690", -1);
	assert_true(hears(fd, text, sizeof text, "\"id\":701,"));
	assert_non_null(strstr(text, "\"id\":694,"));
	assert_null(strstr(text, "\"id\":687,"));
	close(fd);
	text[0] = '\0';
	fd = listen_to(&f, "topic=list:north&after=690", 700);
	assert_true(hears(fd, text, sizeof text, "\"id\":701,"));
	assert_null(strstr(text, "\"id\":694,"));
	close(fd);
	stop(&f);
}

static void who_was_away_too_long_looks_anew(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	for (int i = 0; i < 3000; i++)
		toy_journal("list:north", "row");
	server_poke(f.server);
	rest_ms(200);
	static char text[20000];
	text[0] = '\0';
	int fd = listen_to(&f, "topic=list:north&topic=list:south", 1);
	assert_true(hears(fd, text, sizeof text,
			  "id: 3000\ndata: {\"id\":3000,\"topic\":\"list:south\",\"noun\":\"all\"}"));
	assert_null(strstr(text, "\"noun\":\"row\""));
	close(fd);
	stop(&f);
}

static void changes_from_elsewhere_are_found(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	static char text[20000];
	text[0] = '\0';
	int fd = listen_to(&f, "topic=list:north", -1);
	assert_true(hears(fd, text, sizeof text, "retry"));
	toy_journal("list:north", "row"); /* nobody pokes: another process wrote it */
	assert_true(hears(fd, text, sizeof text, "\"id\":1,"));
	close(fd);
	stop(&f);
}

static void bad_topics_and_words_are_not_told(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	int fd = listen_to(&f, "topic=a%0Ab", -1);
	struct response r = client_response(fd, false);
	assert_int_equal(r.status, 422);
	response_free(&r);
	close(fd);
	static char text[20000];
	text[0] = '\0';
	fd = listen_to(&f, "topic=a", -1);
	assert_true(hears(fd, text, sizeof text, "retry"));
	toy_journal("a", "x\n\ndata: forged");
	toy_journal("a", "fine");
	server_poke(f.server);
	assert_true(hears(fd, text, sizeof text, "\"noun\":\"fine\""));
	assert_null(strstr(text, "forged"));
	close(fd);
	stop(&f);
}

static void a_listener_that_does_not_read_is_cut_off(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	static char text[20000];
	text[0] = '\0';
	int deaf = listen_to(&f, "topic=a", -1);
	int small = 4096;
	setsockopt(deaf, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	assert_true(hears(deaf, text, sizeof text, "retry"));
	int good = listen_to(&f, "topic=a", -1);
	text[0] = '\0';
	assert_true(hears(good, text, sizeof text, "retry"));
	static char line[1 << 20];
	for (int i = 1; i <= 19000; i++) {
		toy_journal("a", "row");
		if (i % 100 != 0)
			continue;
		server_poke(f.server);
		char want[32];
		snprintf(want, sizeof want, "\"id\":%d,", i);
		line[0] = '\0';
		size_t n = 0;
		while (strstr(line, want) == NULL && n < sizeof line - 4096) {
			size_t got = client_some(good, line + n, 4096, 2000);
			assert_true(got > 0); /* the one who reads gets all */
			n += got;
			line[n] = '\0';
		}
	}
	/* What had been sent comes, then the end of the stream; the browser would come back. */
	static char all[4 << 20];
	size_t n = 0;
	for (size_t got = 1; got > 0 && n < sizeof all - 1; n += got)
		got = client_some(deaf, all + n, sizeof all - 1 - n, 1000);
	all[n] = '\0';
	assert_true(n > 5 && strcmp(all + n - 5, "0\r\n\r\n") == 0);
	assert_null(strstr(all, "\"id\":19000,"));
	close(deaf);
	close(good);
	stop(&f);
}

static void streams_end_with_the_server(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	start(&f, &options);
	enum { N = 50 };
	int fds[N];
	for (int i = 0; i < N; i++) {
		char text[4096] = "";
		fds[i] = listen_to(&f, "topic=a", -1);
		assert_true(hears(fds[i], text, sizeof text, "retry"));
	}
	for (int i = 0; i < N; i += 2)
		close(fds[i]); /* half of them are gone, and nobody noticed */
	int slow = client_connect(f.url);
	const char ask[] = "GET /slow/300 HTTP/1.1\r\nHost: t\r\n\r\n";
	client_send(slow, ask, strlen(ask));
	rest_ms(50);
	long long began = now_ms();
	const char *url = str_c(f.a, str_from(f.url));
	server_stop(&f.server);
	assert_in_range((uintmax_t)(now_ms() - began), 0, 2000);
	struct response r = client_response(slow, false);
	assert_int_equal(r.status, 200); /* what ran was finished */
	response_free(&r);
	close(slow);
	for (int i = 1; i < N; i += 2) {
		assert_true(client_closed(fds[i], 1000));
		close(fds[i]);
	}
	assert_int_equal(client_connect(url), -1);
	arena_free(&f.a);
}

/* Pages that are kept up to date ask again and again on their connections: what waits is refused, and does not hold
 * the end up until it breaks off what runs. */
static void what_waits_does_not_hold_up_the_end(void **state)
{
	(void)state;
	struct fixture f;
	struct web_options options = toy_options();
	options.workers = 2;
	start(&f, &options);
	enum { N = 40 };
	int fds[N];
	const char ask[] = "GET /slow/400 HTTP/1.1\r\nHost: t\r\n\r\n";
	for (int i = 0; i < N; i++) {
		fds[i] = client_connect(f.url);
		client_send(fds[i], ask, strlen(ask));
		if (i == 1)
			rest_ms(100); /* two run, the others wait */
	}
	rest_ms(100);
	assert_true(server_stop(&f.server));
	int finished = 0, refused = 0;
	for (int i = 0; i < N; i++) {
		struct response r = client_response(fds[i], false);
		finished += r.status == 200 ? 1 : 0;
		refused += r.status == 503 ? 1 : 0;
		response_free(&r);
		close(fds[i]);
	}
	assert_int_equal(finished, 2);
	assert_int_equal(refused, N - 2);
	arena_free(&f.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refusals_to_start),
		cmocka_unit_test(both_families),
		cmocka_unit_test(hosts_are_listed),
		cmocka_unit_test(heads_have_limits),
		cmocka_unit_test(peers_that_are_slow_silent_or_gone),
		cmocka_unit_test(requests_in_parallel),
		cmocka_unit_test(slow_handlers_do_not_hold_up_others),
		cmocka_unit_test(exhausted_memory_is_one_requests_trouble),
		cmocka_unit_test(nothing_is_sent_that_is_not_settled),
		cmocka_unit_test(events_reach_those_who_asked),
		cmocka_unit_test(a_row_with_two_topics_ends_with_its_id),
		cmocka_unit_test(who_comes_back_misses_nothing),
		cmocka_unit_test(who_was_away_too_long_looks_anew),
		cmocka_unit_test(changes_from_elsewhere_are_found),
		cmocka_unit_test(bad_topics_and_words_are_not_told),
		cmocka_unit_test(a_listener_that_does_not_read_is_cut_off),
		cmocka_unit_test(streams_end_with_the_server),
		cmocka_unit_test(what_waits_does_not_hold_up_the_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
