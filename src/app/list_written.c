#include "app/list_written.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/column.h"
#include "app/list_image.h"
#include "app/needs.h"
#include "base/limit.h"
#include "store/q_entry.h"
#include "store/q_household.h"
#include "store/q_journal.h"

struct written_cache {
	pthread_mutex_t lock;
	pthread_mutex_t making; /* one maker at a time; the others wait and find it made */
	struct list_written *newest;
};

struct written_cache *written_cache_new(void)
{
	struct written_cache *cache = calloc(1, sizeof *cache);
	if (cache == NULL)
		abort();
	pthread_mutex_init(&cache->lock, NULL);
	pthread_mutex_init(&cache->making, NULL);
	return cache;
}

static void written_free(struct list_written *w)
{
	if (w == NULL)
		return;
	free(w->value);
	free(w->ids);
	free(w);
}

void written_cache_free(struct written_cache **cache)
{
	if (*cache == NULL)
		return;
	written_free((*cache)->newest);
	pthread_mutex_destroy(&(*cache)->making);
	pthread_mutex_destroy(&(*cache)->lock);
	free(*cache);
	*cache = NULL;
}

const int32_t *list_written_item(const struct list_written *w, int item)
{
	return item < 0 ? NULL : &w->value[(size_t)item * w->room];
}

int list_written_own(const struct list_written *w, struct str column_id)
{
	for (size_t i = 0; i < w->ids_n; i++)
		if (str_eq(w->ids[i], column_id))
			return WRITTEN_OWN + (int)i;
	return -1;
}

bool list_written_asked(uint64_t keys)
{
	const uint64_t all = UINT64_C(1) << FILTER_READY | UINT64_C(1) << FILTER_MISSING |
			     UINT64_C(1) << FILTER_HOUSING | UINT64_C(1) << FILTER_SERVICE;
	return (keys & all) != 0 || keys >> FILTER_OWN != 0;
}

static bool paper_holds(const struct list_written *w, int paper, int64_t household_no, struct day today)
{
	return (size_t)household_no < w->room && w->value[(size_t)paper * w->room + (size_t)household_no] >= today.n;
}

uint32_t list_written_missing(const struct list_written *w, int64_t household_no, bool veteran, struct day today)
{
	uint32_t missing = 0;
	for (int k = 0; k < DOCUMENTS_N; k++)
		if ((veteran || !document_table[k].veterans) && !paper_holds(w, k, household_no, today))
			missing |= UINT32_C(1) << k;
	return missing;
}

int32_t list_written_ready(const struct list_written *w, int64_t household_no, bool veteran, struct day today)
{
	int32_t of = 0;
	for (int k = 0; k < DOCUMENTS_N; k++)
		of += veteran || !document_table[k].veterans;
	return 100 * (of - __builtin_popcount(list_written_missing(w, household_no, veteran, today))) / of;
}

struct making {
	struct call *call;
	struct db *db;
	struct arena *arena;
	const struct column *columns;
	size_t columns_n;
	struct list_written *w;
};

/* Ids and values are copied behind the structures, so that they need no arena. */
static err_t written_new(const struct making *m, int64_t seq, size_t room, struct list_written **out)
{
	size_t n = WRITTEN_OWN + m->columns_n;
	size_t text = 0;
	for (size_t i = 0; i < m->columns_n; i++)
		text += m->columns[i].id.n;
	struct list_written *w = calloc(1, sizeof *w);
	if (w != NULL) {
		w->value = malloc(n * room * sizeof *w->value);
		w->ids = malloc((m->columns_n + 1) * sizeof *w->ids + text);
	}
	if (w == NULL || w->value == NULL || w->ids == NULL) {
		written_free(w);
		return err_internal(m->arena, "no memory for what is written about %zu households", room);
	}
	for (size_t i = 0; i < n * room; i++)
		w->value[i] = FILTER_UNKNOWN;
	char *p = (char *)(w->ids + m->columns_n + 1);
	for (size_t i = 0; i < m->columns_n; i++) {
		struct str id = m->columns[i].id;
		memcpy(p, id.p, id.n);
		w->ids[w->ids_n++] = (struct str){p, id.n};
		p += id.n;
	}
	w->seq = seq;
	w->room = room;
	w->readers = 1; /* whoever has it made */
	*out = w;
	return NULL;
}

static void put(const struct making *m, int64_t household_no, int item, int32_t value)
{
	m->w->value[(size_t)item * m->w->room + (size_t)household_no] = value;
}

static err_t put_paper(const struct making *m, const struct entry *e, enum document_kind kind)
{
	struct str text;
	struct document d;
	TRY(entry_text(m->call, m->arena, e, &text));
	if (document_read(text, &d) && d.have)
		put(m, e->household_no, (int)kind, day_known(d.expires) ? d.expires.n : INT32_MAX);
	return NULL;
}

static err_t put_needs(const struct making *m, const struct entry *e)
{
	struct str text;
	struct needs needs;
	TRY(entry_text(m->call, m->arena, e, &text));
	if (!needs_read(text, &needs))
		return NULL;
	put(m, e->household_no, WRITTEN_HOUSING, (int32_t)needs.housing);
	put(m, e->household_no, WRITTEN_SERVICE, (int32_t)needs.service);
	return NULL;
}

static err_t put_own(const struct making *m, const struct entry *e, struct str column_id)
{
	struct str text;
	int32_t value;
	size_t i = 0;
	while (i < m->columns_n && !str_eq(m->columns[i].id, column_id))
		i++;
	if (i == m->columns_n || m->columns[i].kind == COLUMN_TEXT)
		return NULL;
	TRY(entry_text(m->call, m->arena, e, &text));
	if (column_number(m->columns[i].kind, m->columns[i].choices, text, &value))
		put(m, e->household_no, WRITTEN_OWN + (int)i, value);
	return NULL;
}

static err_t put_entry(const struct making *m, const struct entry *e)
{
	struct str noun;
	struct str rest;
	enum document_kind kind;
	if (e->sealed.n == 0 || e->household_no < 0 || (size_t)e->household_no >= m->w->room)
		return NULL;
	if (str_eq(e->item, NEEDS_ITEM))
		return put_needs(m, e);
	if (!str_cut(e->item, '.', &noun, &rest))
		return NULL;
	if (str_eq(noun, S("document")) && document_kind_parse(rest, &kind))
		return put_paper(m, e, kind);
	return str_eq(noun, S("column")) ? put_own(m, e, rest) : NULL;
}

static err_t read_all(const struct making *m)
{
	struct db_rows rows;
	struct q_entries_all row;
	TRY(q_entries_all(m->db, m->arena, &rows));
	while (q_entries_all_next(&rows, &row)) {
		struct arena_mark mark = arena_mark(m->arena);
		const struct entry e = {
			.household_no = row.household_no, .item = row.item, .no = row.no, .sealed = row.value};
		err_t failed = put_entry(m, &e);
		if (failed != NULL) {
			(void)!db_rows_end(&rows);
			return failed;
		}
		arena_rewind(m->arena, mark); /* what was opened is wiped at once */
	}
	return db_rows_end(&rows);
}

/* The households that were written about since `before`, on top of what it says of the others. */
static err_t read_changes(const struct making *m, const struct list_written *before)
{
	enum { BATCH = LIMIT_LIST_PAGE };
	struct q_entry_changes *changed;
	size_t n;
	for (size_t i = 0; i < WRITTEN_OWN + m->columns_n; i++)
		memcpy(&m->w->value[i * m->w->room], &before->value[i * before->room],
		       before->room * sizeof *before->value);
	TRY(q_entry_changes(m->db, m->arena, before->seq, &changed, &n));
	for (size_t done = 0; done < n; done += BATCH) {
		struct arena_mark mark = arena_mark(m->arena);
		int64_t nos[BATCH];
		size_t batch = n - done < BATCH ? n - done : BATCH;
		struct entry *entries;
		size_t entries_n;
		for (size_t i = 0; i < batch; i++) {
			nos[i] = changed[done + i].household_no;
			for (size_t k = 0; k < WRITTEN_OWN + m->columns_n && (size_t)nos[i] < m->w->room; k++)
				put(m, nos[i], (int)k, FILTER_UNKNOWN);
		}
		TRY(entries_load(m->db, m->arena, nos, batch, &entries, &entries_n));
		for (size_t i = 0; i < entries_n; i++)
			TRY(put_entry(m, &entries[i]));
		arena_rewind(m->arena, mark);
	}
	return NULL;
}

static bool same_columns(const struct making *m, const struct list_written *w)
{
	bool same = w->ids_n == m->columns_n;
	for (size_t i = 0; i < m->columns_n && same; i++)
		same = str_eq(w->ids[i], m->columns[i].id);
	return same;
}

/* The newest one with one reader more, if it knows all that the transaction sees. */
static struct list_written *take_made(struct written_cache *cache, const struct making *m, int64_t seq)
{
	pthread_mutex_lock(&cache->lock);
	struct list_written *w = cache->newest;
	if (w != NULL && w->seq >= seq && same_columns(m, w))
		w->readers++;
	else
		w = NULL;
	pthread_mutex_unlock(&cache->lock);
	return w;
}

static void put_made(struct written_cache *cache, struct list_written *w)
{
	pthread_mutex_lock(&cache->lock);
	struct list_written *old = cache->newest;
	cache->newest = w;
	if (old != NULL && old->readers == 0)
		written_free(old);
	pthread_mutex_unlock(&cache->lock);
}

/* With `making` held: `newest` is replaced by nobody else meanwhile. */
static err_t make(struct written_cache *cache, struct making *m, int64_t seq, struct list_written **out)
{
	struct q_household_last last;
	bool found;
	const struct list_written *before = cache->newest;
	TRY(q_household_last(m->db, m->arena, &last, &found));
	TRY(written_new(m, seq, found ? (size_t)last.no + 1 : 1, &m->w));
	bool follows = before != NULL && same_columns(m, before) && before->room <= m->w->room;
	err_t e = follows ? read_changes(m, before) : read_all(m);
	if (e != NULL) {
		written_free(m->w);
		return e;
	}
	put_made(cache, m->w);
	*out = m->w;
	return NULL;
}

err_t list_written_take(struct call *c, struct db *db, struct arena *a, struct list_written **out)
{
	struct written_cache *cache = list_cache_written(c->app->lists);
	struct making m = {.call = c, .db = db, .arena = a};
	struct q_journal_head_get head = {0};
	struct column *columns;
	bool found;
	TRY(columns_load(db, a, &columns, &m.columns_n));
	m.columns = columns;
	TRY(q_journal_head_get(db, a, &head, &found));
	struct list_written *w = take_made(cache, &m, head.seq);
	err_t e = NULL;
	if (w == NULL) {
		pthread_mutex_lock(&cache->making);
		w = take_made(cache, &m, head.seq);
		if (w == NULL)
			e = make(cache, &m, head.seq, &w);
		pthread_mutex_unlock(&cache->making);
	}
	if (e == NULL)
		*out = w;
	return e;
}

void list_written_give(struct call *c, struct list_written **w)
{
	if (*w == NULL)
		return;
	struct written_cache *cache = list_cache_written(c->app->lists);
	pthread_mutex_lock(&cache->lock);
	if (--(*w)->readers == 0 && *w != cache->newest)
		written_free(*w);
	pthread_mutex_unlock(&cache->lock);
	*w = NULL;
}
