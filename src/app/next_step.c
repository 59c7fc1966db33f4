#include "app/next_step.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/limit.h"
#include "domain/barrier.h"
#include "store/q_journal.h"
#include "store/q_list.h"
#include "store/seal.h"

/* What is open for one household. */
struct open_work {
	int64_t no;
	int64_t seq; /* of the journal when it was read */
	struct day target;
	struct day reviewed;
	bool in_cycle;
	bool has_step;
	struct q_list_next_steps step; /* the most pressing one */
	struct str barriers;           /* keys of domain/barrier.h */
};

/* A household has one place; whoever comes next takes it over. */
enum { PLACES = 8192 };

struct step_cache {
	pthread_mutex_t lock;
	struct open_work *places[PLACES];
};

struct step_cache *step_cache_new(void)
{
	struct step_cache *cache = calloc(1, sizeof *cache);
	if (cache == NULL)
		abort();
	pthread_mutex_init(&cache->lock, NULL);
	return cache;
}

void step_cache_free(struct step_cache **cache)
{
	if (*cache == NULL)
		return;
	for (size_t i = 0; i < PLACES; i++)
		free((*cache)->places[i]);
	pthread_mutex_destroy(&(*cache)->lock);
	free(*cache);
	*cache = NULL;
}

static size_t place_of(int64_t no)
{
	return (uint64_t)no % PLACES;
}

/* All texts of it. */
enum { TEXTS = 7 };

static void work_texts(struct open_work *work, struct str *texts[TEXTS])
{
	struct q_list_next_steps *step = &work->step;
	struct str *const all[TEXTS] = {&step->id,        &step->words,    &step->owner,   &step->agency,
					&step->agency_id, &step->owner_id, &work->barriers};
	memcpy(texts, all, sizeof all);
}

/* A copy in one block, or NULL where memory is short: then it is read again next time. */
static struct open_work *work_keep(const struct open_work *from)
{
	struct open_work source = *from;
	struct str *texts[TEXTS];
	work_texts(&source, texts);
	size_t n = 0;
	for (size_t i = 0; i < TEXTS; i++)
		n += texts[i]->n;
	struct open_work *work = malloc(sizeof *work + n);
	if (work == NULL)
		return NULL;
	char *p = (char *)(work + 1);
	for (size_t i = 0; i < TEXTS; i++) {
		if (texts[i]->n > 0)
			memcpy(p, texts[i]->p, texts[i]->n);
		texts[i]->p = p;
		p += texts[i]->n;
	}
	*work = source;
	return work;
}

static void work_remember(struct step_cache *cache, const struct open_work *all, size_t n)
{
	pthread_mutex_lock(&cache->lock);
	for (size_t i = 0; i < n; i++) {
		struct open_work **place = &cache->places[place_of(all[i].no)];
		free(*place);
		*place = work_keep(&all[i]);
	}
	pthread_mutex_unlock(&cache->lock);
}

/* True when all of them are remembered as of `seq`. */
static bool work_recall(struct step_cache *cache, struct arena *a, int64_t seq, struct open_work *all, size_t n)
{
	bool whole = true;
	pthread_mutex_lock(&cache->lock);
	for (size_t i = 0; i < n && whole; i++) {
		const struct open_work *work = cache->places[place_of(all[i].no)];
		whole = work != NULL && work->no == all[i].no && work->seq == seq;
		if (!whole)
			break;
		all[i] = *work;
		struct str *texts[TEXTS];
		work_texts(&all[i], texts);
		for (size_t k = 0; k < TEXTS; k++)
			*texts[k] = str_dup(a, *texts[k]);
	}
	pthread_mutex_unlock(&cache->lock);
	return whole;
}

static err_t work_read(struct db *db, struct arena *a, struct open_work *all, size_t n)
{
	int64_t nos[LIMIT_LIST_PAGE];
	struct q_list_next_steps *steps;
	struct q_list_in_cycle *seats;
	struct q_list_targets *targets;
	struct q_list_barriers *barriers;
	struct q_list_reviews *reviews;
	size_t steps_n, seats_n, targets_n, barriers_n, reviews_n;
	for (size_t i = 0; i < n; i++)
		nos[i] = all[i].no;
	TRY(q_list_next_steps(db, a, nos, n, &steps, &steps_n));
	TRY(q_list_in_cycle(db, a, nos, n, &seats, &seats_n));
	TRY(q_list_targets(db, a, nos, n, &targets, &targets_n));
	TRY(q_list_barriers(db, a, nos, n, &barriers, &barriers_n));
	TRY(q_list_reviews(db, a, nos, n, &reviews, &reviews_n));
	for (size_t i = 0; i < n; i++) {
		struct open_work *work = &all[i];
		work->target = work->reviewed = DAY_NONE;
		for (size_t k = 0; k < steps_n && !work->has_step; k++) {
			work->has_step = steps[k].household_no == work->no;
			if (work->has_step)
				work->step = steps[k];
		}
		for (size_t k = 0; k < seats_n; k++)
			work->in_cycle = work->in_cycle || seats[k].household_no == work->no;
		for (size_t k = 0; k < targets_n; k++)
			if (targets[k].household_no == work->no)
				work->target = targets[k].day;
		for (size_t k = 0; k < barriers_n; k++)
			if (barriers[k].household_no == work->no)
				work->barriers = barriers[k].barriers;
		for (size_t k = 0; k < reviews_n; k++)
			if (reviews[k].household_no == work->no)
				work->reviewed = reviews[k].day;
	}
	return NULL;
}

/* A transaction that writes may see what is never committed: it neither takes nor leaves anything. */
static err_t work_load(struct step_cache *cache, struct db *db, struct arena *a, struct open_work *all, size_t n)
{
	struct q_journal_head_get head;
	bool found = false;
	if (cache != NULL && db_reads_only(db))
		TRY(q_journal_head_get(db, a, &head, &found));
	if (found && work_recall(cache, a, head.seq, all, n))
		return NULL;
	TRY(work_read(db, a, all, n));
	for (size_t i = 0; i < n; i++)
		all[i].seq = found ? head.seq : 0;
	if (found)
		work_remember(cache, all, n);
	return NULL;
}

static err_t fill_step(struct call *c, struct arena *a, const struct q_list_next_steps *row,
		       const struct household_face *face, struct next_step *out)
{
	out->text = S("A step is under way");
	if (face->coarse) {
		out->who = S("not shown");
		return NULL;
	}
	if (face->notes && !row->former) { /* who may read that is for the household's page to ask */
		const struct pii *words;
		TRY(seal_open(a, c->app->keys, (struct seal_place){"step", "words", row->id}, row->words, &words));
		out->text = pii_reveal(words);
	}
	out->who = row->owner;
	if (row->owner.n > 0 && row->agency.n > 0)
		out->who = str_fmt(a, "%.*s, %.*s", STR_ARG(row->owner), STR_ARG(row->agency));
	out->due = row->due;
	out->overdue = day_known(row->due) && row->due.n < c->today.n;
	return NULL;
}

err_t app_next_steps(struct call *c, struct db *db, struct arena *a, const struct household_face *faces, size_t n,
		     struct next_step *out)
{
	struct open_work all[LIMIT_LIST_PAGE] = {0};
	for (size_t i = 0; i < n; i++)
		all[i].no = faces[i].no;
	TRY(work_load(c->app->steps, db, a, all, n));
	for (size_t i = 0; i < n; i++) {
		out[i] = (struct next_step){.target = DAY_NONE, .due = DAY_NONE, .reviewed = DAY_NONE};
		if (!faces[i].visible)
			continue;
		if (all[i].has_step)
			TRY(fill_step(c, a, &all[i].step, &faces[i], &out[i]));
		out[i].in_cycle = all[i].in_cycle;
		if (faces[i].coarse)
			continue;
		out[i].target = all[i].target;
		out[i].reviewed = all[i].reviewed;
		barrier_set set;
		if (all[i].barriers.n > 0 && barrier_set_parse(all[i].barriers, &set))
			out[i].barrier = barrier_set_labels(a, set);
	}
	return NULL;
}
