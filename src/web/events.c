#include "web/events.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/limit.h"
#include "base/log.h"

enum {
	RING = 512, /* a listener that is further behind than this is cut off and comes back */
	LINE_MAX_BYTES = 256,
	BATCH = 128,          /* events read from the journal at a time */
	PAST_MAX = 1024,      /* events told to one that comes back; beyond, it is told to look anew */
	BLOCK = 512,          /* of the library's own buffer per stream */
	PING_MS = 15 * 1000,  /* a peer that is gone is noticed at the second write */
	LIFE_MS = 600 * 1000, /* then the browser comes back and its rights are looked at again */
	TICK_MS = 1000,
};

struct slot {
	size_t topic_n;
	char topic[EVENT_TOPIC_MAX];
	size_t n;
	char line[LINE_MAX_BYTES];
};

struct listener {
	struct hub *hub;
	struct MHD_Connection *connection;
	struct listener *next;
	struct listener **link; /* what points here */
	char *past;             /* what came before it listened; NULL once sent */
	size_t past_n;
	uint64_t at;   /* the next slot to look at, counted from the hub's start */
	size_t offset; /* how much of `past` or of that slot has been sent */
	bool waiting;  /* its connection is suspended */
	bool ping;     /* a comment line is due */
	bool over;     /* its owner's sessions were ended */
	int64_t born;  /* milliseconds of the monotonic clock, as below */
	int64_t written;
	size_t topics_n;
	struct str topics[EVENT_TOPICS]; /* point behind the struct */
	struct str owner;                /* so does this */
	char text[];
};

struct hub {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t thread;
	struct hub_source source;
	void *worker;
	struct arena *arena;
	bool poked;
	bool failing;  /* the journal cannot be read; said once */
	bool finished; /* no stream goes on */
	bool stopped;  /* the thread ends */
	int64_t last;  /* id of the newest event in the ring */
	uint64_t tail; /* slots written since the start */
	struct slot *ring;
	struct listener *listeners;
	size_t listeners_n;
};

static int64_t clock_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Topics and nouns stand in JSON and in a line of a stream as they are. */
static bool is_word(struct str s, size_t max)
{
	if (s.n == 0 || s.n >= max)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && (c == '\0' || strchr("-_:.", c) == NULL))
			return false;
	}
	return true;
}

/* One event as the stream has it; `complete`: no event with the same id follows. */
static size_t line_write(char out[LINE_MAX_BYTES], const struct event *e, bool complete)
{
	char id[40] = "";
	if (complete)
		snprintf(id, sizeof id, "id: %lld\n", (long long)e->id);
	int n = snprintf(out, LINE_MAX_BYTES, "%sdata: {\"id\":%lld,\"topic\":\"%.*s\",\"noun\":\"%.*s\"}\n\n", id,
			 (long long)e->id, STR_ARG(e->topic), STR_ARG(e->noun));
	return (size_t)n;
}

static bool wants(const struct str *topics, size_t n, struct str topic)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(topics[i], topic))
			return true;
	}
	return false;
}

/* --- a listener's stream, in its event loop --- */

static const struct slot *slot_at(const struct hub *h, uint64_t at)
{
	return &h->ring[at % RING];
}

static struct str slot_topic(const struct slot *slot)
{
	return (struct str){slot->topic, slot->topic_n};
}

static size_t copy_part(struct listener *l, const char *p, size_t n, char *out, size_t room, bool *whole)
{
	size_t left = n - l->offset;
	size_t take = left < room ? left : room;
	memcpy(out, p + l->offset, take);
	*whole = take == left;
	l->offset = *whole ? 0 : l->offset + take;
	return take;
}

/* Fills `out` with what the listener has not seen; 0: nothing new. */
static size_t stream_fill(struct listener *l, char *out, size_t max)
{
	struct hub *h = l->hub;
	size_t n = 0;
	bool whole = true;
	if (l->past != NULL) {
		n = copy_part(l, l->past, l->past_n, out, max, &whole);
		if (!whole)
			return n;
		free(l->past);
		l->past = NULL;
	}
	while (l->at < h->tail && n < max && whole) {
		const struct slot *slot = slot_at(h, l->at);
		if (wants(l->topics, l->topics_n, slot_topic(slot)))
			n += copy_part(l, slot->line, slot->n, out + n, max - n, &whole);
		if (whole)
			l->at++;
	}
	if (n == 0 && l->ping && max >= 3) {
		memcpy(out, ":\n\n", 3);
		n = 3;
	}
	l->ping = false;
	return n;
}

static ssize_t stream_read(void *cls, uint64_t pos, char *out, size_t max)
{
	(void)pos;
	struct listener *l = cls;
	struct hub *h = l->hub;
	pthread_mutex_lock(&h->lock);
	int64_t now = clock_ms();
	ssize_t n;
	if (h->finished || l->over || h->tail - l->at > RING || now - l->born > LIFE_MS) {
		n = MHD_CONTENT_READER_END_OF_STREAM;
	} else {
		n = (ssize_t)stream_fill(l, out, max);
		if (n > 0) {
			l->written = now;
		} else {
			l->waiting = true;
			MHD_suspend_connection(l->connection);
		}
	}
	pthread_mutex_unlock(&h->lock);
	return n;
}

static void listener_free(void *cls)
{
	struct listener *l = cls;
	struct hub *h = l->hub;
	pthread_mutex_lock(&h->lock);
	*l->link = l->next;
	if (l->next != NULL)
		l->next->link = l->link;
	h->listeners_n--;
	pthread_mutex_unlock(&h->lock);
	free(l->past);
	free(l);
}

/* --- the hub's thread --- */

static void wake(struct listener *l)
{
	if (!l->waiting)
		return;
	l->waiting = false;
	MHD_resume_connection(l->connection);
}

/* Who was signed out hears no more. The lock is held. */
static void end_streams(struct hub *h, struct str owner)
{
	for (struct listener *l = h->listeners; l != NULL; l = l->next) {
		if (!str_eq(l->owner, owner))
			continue;
		l->over = true;
		wake(l);
	}
}

/* Puts events into the ring and wakes those who want one of them. The lock is held. */
static void spread(struct hub *h, const struct event *events, size_t n)
{
	uint64_t before = h->tail;
	for (size_t i = 0; i < n; i++) {
		const struct event *e = &events[i];
		if (e->id > h->last)
			h->last = e->id;
		if (!is_word(e->topic, EVENT_TOPIC_MAX) || !is_word(e->noun, EVENT_NOUN_MAX)) {
			LOG(LOG_WARN, "events.unfit", log_int("id", e->id));
			continue;
		}
		if (e->ends)
			end_streams(h, e->topic);
		struct slot *slot = &h->ring[h->tail % RING];
		slot->topic_n = e->topic.n;
		memcpy(slot->topic, e->topic.p, e->topic.n);
		slot->n = line_write(slot->line, e, i + 1 == n || events[i + 1].id != e->id);
		h->tail++;
	}
	for (struct listener *l = h->listeners; l != NULL; l = l->next) {
		bool wanted = false;
		for (uint64_t at = before; at < h->tail && !wanted; at++)
			wanted = wants(l->topics, l->topics_n, slot_topic(slot_at(h, at)));
		if (wanted)
			wake(l);
		else if (l->waiting)
			l->at = h->tail; /* it has seen all of its own */
	}
}

static bool journal_read(struct hub *h)
{
	struct event *events = arena_many(h->arena, BATCH, struct event);
	size_t n = 0;
	err_t e = h->source.after(h->worker, h->arena, h->last, BATCH, events, &n);
	if (e != NULL && !h->failing)
		log_err("events.journal", e); /* it is read again at the next tick */
	h->failing = e != NULL;
	if (e != NULL)
		return false;
	pthread_mutex_lock(&h->lock);
	spread(h, events, n);
	pthread_mutex_unlock(&h->lock);
	return n > 0;
}

static void journal_read_guarded(struct hub *h)
{
	if (ARENA_GUARD(h->arena)) {
		LOG(LOG_ERROR, "events.memory");
		arena_reset(h->arena);
		return;
	}
	while (journal_read(h))
		arena_reset(h->arena);
	arena_unguard(h->arena);
	arena_reset(h->arena);
}

static void ping_the_silent(struct hub *h)
{
	int64_t now = clock_ms();
	for (struct listener *l = h->listeners; l != NULL; l = l->next) {
		if (now - l->written < PING_MS)
			continue;
		l->ping = true;
		l->written = now;
		wake(l);
	}
}

static void *hub_run(void *cls)
{
	struct hub *h = cls;
	pthread_mutex_lock(&h->lock);
	while (!h->stopped) {
		struct timespec until;
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += TICK_MS / 1000;
		int timed_out = 0;
		while (!h->poked && !h->stopped && timed_out == 0) {
			if (h->listeners != NULL)
				timed_out = pthread_cond_timedwait(&h->wake, &h->lock, &until);
			else
				pthread_cond_wait(&h->wake, &h->lock);
		}
		h->poked = false;
		if (h->stopped)
			break;
		ping_the_silent(h);
		pthread_mutex_unlock(&h->lock);
		journal_read_guarded(h);
		pthread_mutex_lock(&h->lock);
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

void hub_poke(struct hub *h)
{
	pthread_mutex_lock(&h->lock);
	h->poked = true;
	pthread_cond_signal(&h->wake);
	pthread_mutex_unlock(&h->lock);
}

size_t hub_listeners(struct hub *h)
{
	pthread_mutex_lock(&h->lock);
	size_t n = h->listeners_n;
	pthread_mutex_unlock(&h->lock);
	return n;
}

/* --- listening --- */

/* What happened to the topics after `after` and up to `until`, as stream text. */
static err_t past_read(struct hub *h, struct arena *a, void *worker, const struct str *topics, size_t topics_n,
		       int64_t after, int64_t until, struct buf *out)
{
	struct event *events = arena_many(a, BATCH, struct event);
	char line[LINE_MAX_BYTES];
	size_t start = out->n;
	size_t read = 0;
	size_t n = BATCH;
	int64_t from = after;
	while (from < until && n > 0 && read < PAST_MAX) {
		TRY(h->source.after(worker, a, from, BATCH, events, &n));
		for (size_t i = 0; i < n && events[i].id <= until; i++) {
			bool complete = i + 1 == n || events[i + 1].id != events[i].id;
			if (wants(topics, topics_n, events[i].topic) && is_word(events[i].noun, EVENT_NOUN_MAX))
				buf_add(out, line, line_write(line, &events[i], complete));
		}
		read += n;
		if (n > 0)
			from = events[n - 1].id;
	}
	if (from >= until || n == 0)
		return NULL;
	/* Too long away: one event per topic that says so. */
	out->n = start;
	for (size_t i = 0; i < topics_n; i++) {
		struct event e = {.id = until, .topic = topics[i], .noun = S("all")};
		buf_add(out, line, line_write(line, &e, i + 1 == topics_n));
	}
	return NULL;
}

static struct listener *listener_new(struct hub *h, const struct str *topics, size_t n, struct str owner,
				     struct str past)
{
	size_t text_n = owner.n;
	for (size_t i = 0; i < n; i++)
		text_n += topics[i].n;
	struct listener *l = calloc(1, sizeof *l + text_n);
	char *copy = malloc(past.n);
	if (l == NULL || copy == NULL) {
		free(l);
		free(copy);
		return NULL;
	}
	memcpy(copy, past.p, past.n);
	l->hub = h;
	l->past = copy;
	l->past_n = past.n;
	l->topics_n = n;
	char *text = l->text;
	for (size_t i = 0; i < n; i++) {
		memcpy(text, topics[i].p, topics[i].n);
		l->topics[i] = (struct str){text, topics[i].n};
		text += topics[i].n;
	}
	if (owner.n > 0)
		memcpy(text, owner.p, owner.n);
	l->owner = (struct str){text, owner.n};
	return l;
}

static void listener_join(struct listener *l, uint64_t at)
{
	struct hub *h = l->hub;
	pthread_mutex_lock(&h->lock);
	l->at = at;
	l->born = l->written = clock_ms();
	l->next = h->listeners;
	l->link = &h->listeners;
	if (l->next != NULL)
		l->next->link = &l->next;
	h->listeners = l;
	h->listeners_n++;
	pthread_cond_signal(&h->wake); /* the thread begins to tick */
	pthread_mutex_unlock(&h->lock);
}

err_t hub_listen(struct hub *h, struct arena *a, void *worker, struct MHD_Connection *connection,
		 const struct str *topics, size_t n, int64_t after, struct str owner, struct MHD_Response **out)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_word(topics[i], EVENT_TOPIC_MAX))
			return err_new(a, ERR_INVALID, "This is not a topic that events are told about.");
	}
	/* The ring's end now is where past and future will meet, whatever comes while the past is read. */
	pthread_mutex_lock(&h->lock);
	int64_t last = h->last;
	uint64_t at = h->tail;
	pthread_mutex_unlock(&h->lock);

	struct buf past = buf_new(a, (size_t)(PAST_MAX + BATCH) * LINE_MAX_BYTES);
	/* The first bytes tell the browser how soon to come back, and a proxy that there is a stream. */
	buf_lit(&past, "retry: 1000\n\n");
	if (after >= 0 && after < last)
		TRY(past_read(h, a, worker, topics, n, after, last, &past));

	struct listener *l = listener_new(h, topics, n, owner, buf_text(&past));
	if (l == NULL)
		return err_internal(a, "no memory for a listener");
	struct MHD_Response *r =
		MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, stream_read, l, listener_free);
	if (r == NULL) {
		free(l->past);
		free(l);
		return err_internal(a, "no memory for a stream");
	}
	l->connection = connection;
	listener_join(l, at);
	MHD_add_response_header(r, "Content-Type", "text/event-stream");
	MHD_add_response_header(r, "Cache-Control", "no-store");
	MHD_add_response_header(r, "X-Accel-Buffering", "no"); /* nginx would hold the events back */
	*out = r;
	return NULL;
}

/* --- start and stop --- */

err_t hub_start(struct arena *a, void *app, const struct hub_source *source, struct hub **out)
{
	struct hub *h = calloc(1, sizeof *h);
	struct slot *ring = calloc(RING, sizeof *ring);
	if (h == NULL || ring == NULL) {
		free(h);
		free(ring);
		return err_internal(a, "no memory for the events");
	}
	h->source = *source;
	h->ring = ring;
	h->arena = arena_new("events", LIMIT_REQUEST_MEMORY);
	pthread_mutex_init(&h->lock, NULL);
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&h->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	err_t e = source->open(app, a, &h->worker);
	bool opened = e == NULL;
	if (e == NULL)
		e = source->last(h->worker, a, &h->last);
	if (e == NULL && pthread_create(&h->thread, NULL, hub_run, h) != 0)
		e = err_internal(a, "no thread for the events");
	if (e != NULL) {
		if (opened)
			source->close(h->worker);
		arena_free(&h->arena);
		free(ring);
		free(h);
		return e;
	}
	*out = h;
	return NULL;
}

void hub_finish(struct hub *h)
{
	pthread_mutex_lock(&h->lock);
	h->finished = true;
	for (struct listener *l = h->listeners; l != NULL; l = l->next)
		wake(l);
	pthread_mutex_unlock(&h->lock);
}

void hub_stop(struct hub **h)
{
	struct hub *gone = *h;
	if (gone == NULL)
		return;
	pthread_mutex_lock(&gone->lock);
	gone->stopped = true;
	pthread_cond_signal(&gone->wake);
	pthread_mutex_unlock(&gone->lock);
	pthread_join(gone->thread, NULL);
	gone->source.close(gone->worker);
	arena_free(&gone->arena);
	pthread_mutex_destroy(&gone->lock);
	pthread_cond_destroy(&gone->wake);
	free(gone->ring);
	free(gone);
	*h = NULL;
}
