/* Parts of an export go through four steps: A load and sort, B look up what the database has, C merge
 * and seal, D write. A and C are done by a thread of their own, B and D by the calling one, which owns
 * the connection; while part n is merged, part n − 1 is written and part n + 1 is sorted. */
#include <stdlib.h>

#include "app/import_client.h"
#include "app/import_merge.h"
#include "app/import_number.h"

enum {
	BATCH_MEMORY = 1 << 30,
	SCRATCH_MEMORY = 1 << 20,
	ROWS_BESIDE = 4000,  /* of one transaction while others may be waiting for theirs: some 20 ms */
	ROWS_ALONE = 100000, /* of a first import, for which nobody waits */
	OLD_AT_ONCE = 500,   /* people looked up in one read transaction */
};

struct stage {
	struct import_job *j;
	unsigned number; /* of the part */
	struct import_part part;
	struct arena *arena;   /* of the batch and what is known of its people */
	struct arena *scratch; /* of the step at work */
	struct import_task *tasks;
	size_t tasks_n;
	struct import_batch batch;
	err_t error; /* in `arena` */
};

/* One thread at work for another: steps are handed over one at a time. */
struct helper {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	void (*steps[2])(struct stage *);
	struct stage *stages[2];
	size_t n; /* steps that are waiting */
	bool busy;
	bool over;
};

static void *help(void *ctx)
{
	struct helper *h = ctx;
	pthread_mutex_lock(&h->lock);
	for (;;) {
		while (h->n == 0 && !h->over)
			pthread_cond_wait(&h->wake, &h->lock);
		if (h->n == 0)
			break;
		void (*step)(struct stage *) = h->steps[0];
		struct stage *stage = h->stages[0];
		h->steps[0] = h->steps[1];
		h->stages[0] = h->stages[1];
		h->n--;
		h->busy = true;
		pthread_mutex_unlock(&h->lock);
		if (stage->error == NULL)
			step(stage);
		pthread_mutex_lock(&h->lock);
		h->busy = false;
		pthread_cond_broadcast(&h->wake);
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

static void helper_give(struct helper *h, void (*step)(struct stage *), struct stage *stage)
{
	pthread_mutex_lock(&h->lock);
	h->steps[h->n] = step;
	h->stages[h->n++] = stage;
	pthread_cond_broadcast(&h->wake);
	pthread_mutex_unlock(&h->lock);
}

static void helper_wait(struct helper *h)
{
	pthread_mutex_lock(&h->lock);
	while (h->n > 0 || h->busy)
		pthread_cond_wait(&h->wake, &h->lock);
	pthread_mutex_unlock(&h->lock);
}

static void step_load(struct stage *s)
{
	s->error = import_part_load(s->j, s->arena, s->number, &s->part);
}

static void step_merge(struct stage *s)
{
	s->batch = (struct import_batch){.arena = s->arena, .scratch = s->scratch};
	for (size_t i = 0; i < s->tasks_n && s->error == NULL; i++)
		s->error = import_merge(s->j, &s->part, &s->tasks[i], &s->batch);
	import_part_free(&s->part);
}

/* What the database says about a part's people. */
struct known {
	struct stage *s;
	struct import_known_person *people; /* but those who are passed over */
	struct q_hmis_deleted_between *deleted;
	size_t people_n, deleted_n;
	size_t next;             /* people whose rows are read */
	struct import_old **old; /* beside `people`; NULL where the rows are not needed */
	bool *wanted;
};

static err_t read_deleted(struct db *db, struct arena *a, void *ctx)
{
	struct known *k = ctx;
	const struct import_job *j = k->s->j;
	int64_t low = (int64_t)k->s->part.low;
	int64_t high = (int64_t)k->s->part.high;
	return q_hmis_deleted_between(db, a, j->source_no, low, high, j->now, &k->deleted, &k->deleted_n);
}

static void take_known(struct known *k, struct arena *a)
{
	const struct import_known *all = k->s->j->known;
	const struct import_known_person *first;
	size_t n = import_known_between(all, k->s->part.low, k->s->part.high, &first);
	k->people = arena_many(a, n, struct import_known_person);
	for (size_t i = 0; i < n; i++)
		if (!import_known_same(all, first[i].key))
			k->people[k->people_n++] = first[i];
}

static err_t read_old(struct db *db, struct arena *a, void *ctx)
{
	struct known *k = ctx;
	int64_t now = k->s->j->now;
	size_t i = k->next;
	for (size_t read = 0; i < k->people_n && read < OLD_AT_ONCE; i++) {
		const struct import_known_person *p = &k->people[i];
		if (!k->wanted[i])
			continue;
		struct import_old *old = arena_one(a, struct import_old);
		bool found;
		*old = (struct import_old){.client_no = p->client_no, .known = p};
		TRY(q_client_by_no(db, a, p->client_no, now, &old->client, &found));
		if (!found)
			return err_internal(a, "client %lld has a key but no row", (long long)p->client_no);
		TRY(q_enrollments_of_client(db, a, p->client_no, now, &old->enrollments, &old->enrollments_n));
		k->old[i] = old;
		read++;
	}
	/* Only now: a transaction that is tried again begins where it began. */
	k->next = i;
	return NULL;
}

/* True where the rows of the database are those of the export's person. */
static bool is_same_person(const struct import_old *old, const struct import_person *in)
{
	return (uint32_t)import_hash(old->client.personal_id, 2) == in->check;
}

static void note_task(struct stage *s, const struct known *k, struct import_task task)
{
	size_t low = 0;
	size_t high = k->deleted_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if ((uint64_t)k->deleted[mid].key < task.key)
			low = mid + 1;
		else
			high = mid;
	}
	task.deleted = k->deleted + low;
	while (low + task.deleted_n < k->deleted_n && (uint64_t)k->deleted[low + task.deleted_n].key == task.key)
		task.deleted_n++;
	s->tasks[s->tasks_n++] = task;
}

/* People of the database whose key is that of people[*k]; the first that is behind them. */
static size_t same_key_end(const struct known *known, size_t k)
{
	size_t end = k;
	while (end < known->people_n && known->people[end].key == known->people[k].key)
		end++;
	return end;
}

/* One key of the export with those of the database that share it: nearly always one and one. */
static void match_key(struct stage *s, struct known *k, size_t in, size_t in_end, size_t old, size_t old_end)
{
	for (; in < in_end; in++) {
		const struct import_person *p = &s->part.people[in];
		struct import_task task = {.kind = TASK_MERGE, .in = p, .key = p->key};
		for (size_t i = old; i < old_end && task.old == NULL && task.kind == TASK_MERGE; i++) {
			if (!k->wanted[i] && k->people[i].settled && k->people[i].digest == (int64_t)p->digest) {
				task.kind = TASK_SAME;
				task.same = &k->people[i];
			} else if (k->old[i] != NULL && is_same_person(k->old[i], p)) {
				task.old = k->old[i];
				k->old[i] = NULL;
			}
		}
		note_task(s, k, task);
	}
	for (; old < old_end; old++)
		if (k->old[old] != NULL)
			note_task(s, k,
				  (struct import_task){
					  .kind = TASK_ABSENT,
					  .old = k->old[old],
					  .key = k->people[old].key,
				  });
}

/* Walks both sides by key. First to say whose rows are needed, then, with these, to make the tasks. */
static void match(struct stage *s, struct known *k, bool make)
{
	const struct import_part *p = &s->part;
	for (size_t in = 0, old = 0; in < p->people_n || old < k->people_n;) {
		bool left = in < p->people_n;
		bool right = old < k->people_n;
		uint64_t key = left && (!right || p->people[in].key <= k->people[old].key) ? p->people[in].key
											   : k->people[old].key;
		size_t in_end = in;
		while (in_end < p->people_n && p->people[in_end].key == key)
			in_end++;
		size_t old_end = right && k->people[old].key == key ? same_key_end(k, old) : old;
		if (make) {
			match_key(s, k, in, in_end, old, old_end);
		} else {
			bool same = in_end == in + 1 && old_end == old + 1 && k->people[old].settled &&
				    k->people[old].digest == (int64_t)p->people[in].digest;
			for (size_t i = old; i < old_end; i++)
				k->wanted[i] = !same;
		}
		in = in_end;
		old = old_end;
	}
}

/* Step B. Without a visible import there is nothing to look up. */
static err_t step_match(struct stage *s)
{
	struct import_job *j = s->j;
	struct arena *a = s->arena;
	struct known k = {.s = s};
	take_known(&k, a);
	if (!j->first)
		TRY(db_run(j->call->db, a, DB_READ, read_deleted, &k));
	k.wanted = arena_many(a, k.people_n, bool);
	k.old = arena_many(a, k.people_n, struct import_old *);
	match(s, &k, false);
	while (k.next < k.people_n)
		TRY(db_run(j->call->db, a, DB_READ, read_old, &k));
	s->tasks = arena_many(a, s->part.people_n + k.people_n, struct import_task);
	s->tasks_n = 0;
	match(s, &k, true);
	return NULL;
}

struct write {
	const struct import_job *j;
	const struct import_batch *b;
	size_t first, end; /* of the rows at hand */
};

static err_t write_closings(struct db *db, struct arena *a, void *ctx)
{
	const struct write *w = ctx;
	int64_t no = w->j->no;
	for (size_t i = w->first; i < w->end; i++) {
		const struct import_closing *c = &w->b->closings[i];
		switch (c->kind) {
		case CLOSE_PERSON:
			TRY(q_hmis_person_close(db, a, w->j->source_no, c->a, c->b, no));
			break;
		case CLOSE_DELETED:
			TRY(q_hmis_deleted_close(
				db, a, &(struct q_hmis_deleted_close_in){w->j->source_no, c->a, c->b, c->row_id, no}));
			break;
		case CLOSE_CLIENT:
			TRY(q_client_close(db, a, c->a, no));
			break;
		case CLOSE_ENROLLMENT:
			TRY(q_enrollment_close(db, a, c->a, c->b, no));
			break;
		}
	}
	return NULL;
}

#define WRITE_BULK(name, query, list)                                                                                  \
	static err_t name(struct db *db, struct arena *a, void *ctx)                                                   \
	{                                                                                                              \
		const struct write *w = ctx;                                                                           \
		struct db_bulk bulk;                                                                                   \
		TRY(query##_open(db, a, &bulk));                                                                       \
		for (size_t i = w->first; i < w->end; i++)                                                             \
			TRY(query(&bulk, &w->b->list[i]));                                                             \
		return db_bulk_end(&bulk);                                                                             \
	}
WRITE_BULK(write_clients, q_client_add, clients)
WRITE_BULK(write_enrollments, q_enrollment_add, enrollments)
WRITE_BULK(write_people, q_hmis_person_add, people)
WRITE_BULK(write_deleted, q_hmis_deleted_add, deleted)
#undef WRITE_BULK

/* Step D. */
static err_t step_write(struct stage *s)
{
	const struct import_batch *b = &s->batch;
	const struct {
		err_t (*fn)(struct db *, struct arena *, void *);
		size_t n;
	} lists[] = {
		{write_closings, b->closings_n}, {write_clients, b->clients_n}, {write_enrollments, b->enrollments_n},
		{write_people, b->people_n},     {write_deleted, b->deleted_n},
	};
	size_t at_once = s->j->first ? ROWS_ALONE : ROWS_BESIDE;
	for (size_t i = 0; i < sizeof lists / sizeof lists[0] && !s->j->look; i++) {
		struct write w = {.j = s->j, .b = b};
		for (; w.first < lists[i].n; w.first = w.end) {
			w.end = lists[i].n - w.first < at_once ? lists[i].n : w.first + at_once;
			struct arena_mark mark = arena_mark(s->arena);
			TRY(import_number_write(s->j->call, s->arena, s->j->no, lists[i].fn, &w));
			arena_rewind(s->arena, mark);
		}
	}
	return NULL;
}

/* Part n of three that are on their way is in stages[n % 3]. */
static err_t run_parts(struct import_job *j, struct helper *h, struct stage stages[3])
{
	unsigned parts = 1U << j->parts_bits;
	helper_give(h, step_load, &stages[0]);
	for (unsigned n = 0; n <= parts; n++) {
		helper_wait(h);
		struct stage *now = &stages[n % 3];
		struct stage *before = &stages[(n + 2) % 3];
		if (n < parts && now->error == NULL)
			now->error = step_match(now);
		if (now->error != NULL)
			return now->error;
		if (n > 0 && before->error != NULL)
			return before->error;
		if (n < parts)
			helper_give(h, step_merge, now);
		if (n + 1 < parts) {
			struct stage *next = &stages[(n + 1) % 3];
			next->number = n + 1;
			helper_give(h, step_load, next);
		}
		if (n > 0) {
			TRY(step_write(before));
			arena_reset(before->arena);
		}
		import_tell(j, "saving", n, parts);
	}
	return NULL;
}

err_t import_parts(struct import_job *j)
{
	struct stage stages[3];
	struct helper h = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};
	if (pthread_create(&h.thread, NULL, help, &h) != 0)
		return err_internal(j->arena, "no thread for the import");
	for (size_t i = 0; i < 3; i++)
		stages[i] = (struct stage){
			.j = j,
			.arena = arena_new("import batch", BATCH_MEMORY),
			.scratch = arena_new("import merge", BATCH_MEMORY),
		};
	/* A scratch arena is emptied after every person: its first block should be one that is enough. */
	for (size_t i = 0; i < 3; i++) {
		(void)arena_alloc(stages[i].scratch, 1, SCRATCH_MEMORY);
		arena_reset(stages[i].scratch);
	}
	err_t e = run_parts(j, &h, stages);
	helper_wait(&h);
	pthread_mutex_lock(&h.lock);
	h.over = true;
	pthread_cond_broadcast(&h.wake);
	pthread_mutex_unlock(&h.lock);
	pthread_join(h.thread, NULL);
	if (e != NULL) /* it lives in a stage's arena */
		e = err_with_detail(j->arena, err_new(j->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(j->arena, e));
	for (size_t i = 0; i < 3; i++) {
		import_part_free(&stages[i].part);
		arena_free(&stages[i].arena);
		arena_free(&stages[i].scratch);
	}
	return e;
}
