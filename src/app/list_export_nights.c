/* Nights of the last three years, one bit each: a union is then an "or", and counting it is counting
 * bits. Only people who have a night take the 144 bytes. */
#include <stdlib.h>
#include <sys/mman.h>

#include "app/list_export_load.h"
#include "app/list_report.h"
#include "base/arena.h"
#include "domain/code.h"
#include "hmis/package.h"

enum { YEARS = 3, WORDS = 18, NIGHTS_MOST = YEARS * 366 };
_Static_assert(WORDS * 64 >= NIGHTS_MOST, "every night has a bit");

struct nights {
	const struct list_nights_ask *ask;
	struct arena *arena;
	struct export_book *book;
	struct day first;     /* of the window; its last is as_of */
	_Atomic uint32_t *of; /* by person: which set of bits, plus 1; 0: none yet */
	_Atomic uint64_t (*sets)[WORDS];
	_Atomic uint32_t sets_n;
	_Atomic uint32_t *latest; /* by person: latest stay, plus 1 */
};

struct longest {
	int nights;
	uint32_t person;
};

/* Where the arrays are: one stretch of zeroed memory, touched in random order. */
struct stretch {
	char *p;
	size_t n;
};

static bool stretch_new(size_t n, struct stretch *out)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED)
		return false;
	madvise(p, n, MADV_HUGEPAGE);
	*out = (struct stretch){p, n};
	return true;
}

static _Atomic uint64_t *set_of(struct nights *n, uint32_t person)
{
	uint32_t set = atomic_load_explicit(&n->of[person], memory_order_relaxed);
	if (set == 0) {
		uint32_t fresh = atomic_fetch_add_explicit(&n->sets_n, 1, memory_order_relaxed) + 1;
		/* Two threads may both have taken a set; the one that comes second leaves its own empty. */
		if (fresh <= 2 * n->book->people.n && atomic_compare_exchange_strong(&n->of[person], &set, fresh))
			set = fresh;
	}
	return n->sets[set - 1];
}

static void add_nights(struct nights *n, uint32_t person, struct day first, struct day last)
{
	int32_t from = first.n > n->first.n ? first.n - n->first.n : 0;
	int32_t to = (last.n < n->ask->as_of.n ? last.n : n->ask->as_of.n) - n->first.n;
	if (from > to)
		return;
	_Atomic uint64_t *set = set_of(n, person);
	for (int32_t w = from / 64; w <= to / 64; w++) {
		uint64_t bits = ~(uint64_t)0;
		if (w == from / 64)
			bits &= ~(uint64_t)0 << from % 64;
		if (w == to / 64)
			bits &= ~(uint64_t)0 >> (63 - to % 64);
		if ((atomic_load_explicit(&set[w], memory_order_relaxed) & bits) != bits)
			atomic_fetch_or_explicit(&set[w], bits, memory_order_relaxed);
	}
}

/* True where the stay counts: it is there, it has begun, and its people may be listed. */
static bool counts(const struct nights *n, const struct roster_stay *s)
{
	return s->person != ROSTER_NONE && day_known(s->entry) && s->entry.n <= n->ask->as_of.n &&
	       !n->book->r->projects[s->project].victim;
}

static void on_night(void *ctx, uint32_t stay, struct day day)
{
	struct nights *n = ctx;
	const struct roster_stay *s = &n->book->r->stays[stay];
	if (counts(n, s) && roster_type(n->book->r, s) == PROJECT_NIGHT_SHELTER)
		add_nights(n, s->person, day, day);
}

static bool is_later(const struct nights *n, uint32_t a, uint32_t b)
{
	const struct roster_stay *stays = n->book->r->stays;
	if (stays[a].entry.n != stays[b].entry.n)
		return stays[a].entry.n > stays[b].entry.n;
	return str_cmp(ids_str(&n->book->stays.texts[a]), ids_str(&n->book->stays.texts[b])) > 0;
}

static void add_stays(void *ctx, unsigned part, unsigned parts)
{
	enum { AHEAD = 16 };
	struct nights *n = ctx;
	const struct roster *r = n->book->r;
	struct roster_range share = roster_share(r->stays_n, part, parts);
	for (uint32_t i = share.from; i < share.to; i++) {
		if (share.to - i > AHEAD && r->stays[i + AHEAD].person != ROSTER_NONE) {
			__builtin_prefetch(&n->latest[r->stays[i + AHEAD].person], 1);
			__builtin_prefetch(&n->of[r->stays[i + AHEAD].person], 1);
		}
		const struct roster_stay *s = &r->stays[i];
		if (!counts(n, s))
			continue;
		_Atomic uint32_t *latest = &n->latest[s->person];
		uint32_t old = atomic_load_explicit(latest, memory_order_relaxed);
		while ((old == 0 || is_later(n, i, old - 1)) && !atomic_compare_exchange_weak(latest, &old, i + 1))
			;
		int type = roster_type(r, s);
		if (type == PROJECT_SHELTER || type == PROJECT_SAFE_HAVEN)
			add_nights(n, s->person, s->entry, day_known(s->exit) ? day_add(s->exit, -1) : n->ask->as_of);
	}
}

static int nights_of(const struct nights *n, uint32_t person)
{
	int count = 0;
	uint32_t set = n->of[person];
	for (int w = 0; set != 0 && w < WORDS; w++)
		count += __builtin_popcountll(n->sets[set - 1][w]);
	return count;
}

static int compare_longest(const void *x, const void *y, void *ctx)
{
	const struct longest *a = x;
	const struct longest *b = y;
	const struct nights *n = ctx;
	if (a->nights != b->nights)
		return b->nights - a->nights;
	return str_cmp(ids_str(&n->book->people.texts[a->person]), ids_str(&n->book->people.texts[b->person]));
}

/* Everybody with as many nights as the last of the first `top`, or more: there may be many with the
 * same, and only those are put in order. */
static err_t choose(struct nights *n, struct longest **out, size_t *out_n)
{
	size_t people_n = n->book->people.n;
	uint16_t *all = malloc((people_n + 1) * sizeof *all);
	if (all == NULL)
		return err_internal(n->arena, "no memory for %zu people", people_n);
	size_t with[NIGHTS_MOST + 2] = {0}; /* how many people have so many nights */
	for (uint32_t i = 0; i < people_n; i++) {
		bool here = n->latest[i] != 0 && (n->book->in_coc == NULL || n->book->in_coc[n->latest[i] - 1]);
		all[i] = here ? (uint16_t)nights_of(n, i) : 0;
		with[all[i]]++;
	}
	int least = NIGHTS_MOST + 1;
	size_t count = 0;
	while (least > 1 && (n->ask->top == 0 || count < (size_t)n->ask->top))
		count += with[--least];
	struct longest *chosen = arena_many(n->arena, count, struct longest);
	size_t k = 0;
	for (uint32_t i = 0; i < people_n; i++)
		if (all[i] >= least)
			chosen[k++] = (struct longest){all[i], i};
	free(all);
	if (k > 0)
		qsort_r(chosen, k, sizeof *chosen, compare_longest, n);
	*out = chosen;
	*out_n = n->ask->top > 0 && k > (size_t)n->ask->top ? (size_t)n->ask->top : k;
	return NULL;
}

static err_t report(struct nights *n, const struct hmis_package *p)
{
	const struct export_book *b = n->book;
	struct longest *chosen;
	size_t chosen_n;
	export_side_by_side(add_stays, n, b->threads);
	TRY(export_bed_nights(n->arena, p, n->book, n, on_night));
	TRY(choose(n, &chosen, &chosen_n));
	for (size_t i = 0; i < chosen_n; i++) {
		const struct roster_stay *latest = &b->r->stays[n->latest[chosen[i].person] - 1];
		struct list_nights_row row = {
			.personal_id = ids_str(&b->people.texts[chosen[i].person]),
			.nights_3y = chosen[i].nights,
			.project = b->projects[latest->project].id,
		};
		TRY(n->ask->row(n->ask->ctx, &row));
	}
	return NULL;
}

static err_t nights_of_book(struct arena *a, const struct hmis_package *p, const struct list_nights_ask *ask,
			    struct export_book *b)
{
	struct nights n = {
		.ask = ask,
		.arena = a,
		.book = b,
		.first = day_add(day_add_years(ask->as_of, -YEARS), 1),
	};
	size_t people = b->people.n + 1;
	size_t sets = 2 * people * sizeof *n.sets;
	struct stretch s;
	if (!stretch_new(sets + people * (sizeof *n.of + sizeof *n.latest), &s))
		return err_internal(a, "no memory for the nights of %zu people", people);
	n.sets = (void *)s.p;
	n.of = (void *)(s.p + sets);
	n.latest = (void *)(s.p + sets + people * sizeof *n.of);
	err_t e = report(&n, p);
	munmap(s.p, s.n);
	return e;
}

err_t app_list_nights(struct arena *a, struct str path, const struct list_nights_ask *ask)
{
	struct hmis_package *p;
	struct export_book *b;
	struct export_wish wish = {.depth = EXPORT_STAYS,
				   .as_of = ask->as_of,
				   .today = ask->as_of,
				   .rules = &rules_default,
				   .coc = ask->coc};
	TRY(hmis_package_open(a, str_c(a, path), &p));
	err_t e = export_book_load(a, p, &wish, &b);
	if (e == NULL) {
		e = nights_of_book(a, p, ask, b);
		export_book_free(&b);
	}
	hmis_package_close(&p);
	return e;
}
