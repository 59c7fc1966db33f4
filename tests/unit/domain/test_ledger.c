/* The books of the list: cases of booking, then a hundred thousand random histories whose facts arrive in
 * random order over several derivations.
 *
 * On failure the seed is printed; BYNAME_SEED=N tests/unit/domain/test_ledger runs that batch first. */
#include "history.h"

#include "domain/ledger_small.h"

static struct movement move(int32_t month, int day, enum status from, enum status to)
{
	return (struct movement){
		.day = day_add(month_first(month), day - 1),
		.from = (uint8_t)from,
		.to = (uint8_t)to,
		.cause = (uint8_t)movement_cause(from, to, false),
	};
}

#define JAN (2026 * 12)
#define ACT STATUS_ACTIVE
#define INA STATUS_INACTIVE
#define HOU STATUS_HOUSED
#define NON STATUS_NONE

/* What is known at a derivation, and what the books then say: per month from January, net step of the entries
 * and of the adjustments. */
struct derivation {
	int last, month; /* of the year 2026, 1 to 12; last 0: never */
	struct {
		int month, day;
		enum status from, to;
	} moves[5];
	int booked[5];   /* entries in each month, net */
	int adjusted[5]; /* adjustments in each month */
};

struct book_case {
	const char *what;
	struct derivation derivations[3];
};

static const struct book_case books[] = {
	{"months before the first list are made from facts",
	 {{0, 4, {{1, 5, NON, ACT}, {3, 9, ACT, HOU}}, {1, 0, -1}, {0}}}},
	{"the current month is replaced freely",
	 {{0, 2, {{2, 5, NON, ACT}}, {0, 1}, {0}}, {2, 2, {{2, 5, NON, ACT}, {2, 7, ACT, HOU}}, {0, 0}, {0}}}},
	{"a list of a later month writes the open month for the last time",
	 {{0, 2, {{2, 5, NON, ACT}}, {0, 1}, {0}},
	  {2, 3, {{2, 5, NON, ACT}, {2, 20, ACT, HOU}}, {0, 0}, {0}},
	  {3, 3, {{2, 5, NON, ACT}, {2, 20, ACT, HOU}}, {0, 0}, {0}}}},
	{"a move-in of a closed month, learnt late",
	 {{0, 2, {{1, 5, NON, ACT}}, {1}, {0}},
	  {2, 3, {{1, 5, NON, ACT}, {1, 20, ACT, HOU}}, {1}, {0, 0, -1}},
	  {3, 4, {{1, 5, NON, ACT}, {1, 20, ACT, HOU}}, {1}, {0, 0, -1}}}},
	{"somebody who was on the list in a closed month, learnt late",
	 {{0, 3, {{0}}, {0}, {0}}, {3, 3, {{1, 5, NON, ACT}}, {0}, {0, 0, 1}}}},
	{"what was learnt late was wrong",
	 {{0, 2, {{1, 5, NON, ACT}}, {1}, {0}},
	  {2, 3, {{1, 5, NON, ACT}, {1, 20, ACT, HOU}}, {1}, {0, 0, -1}},
	  {3, 4, {{1, 5, NON, ACT}}, {1}, {0, 0, -1, 1}}}},
	{"wrong for longer",
	 {{0, 3, {{1, 5, NON, ACT}, {1, 20, ACT, HOU}}, {0}, {0}},
	  {3, 4, {{1, 5, NON, ACT}}, {0}, {0, 0, 0, 1}},
	  {5, 5, {{1, 5, NON, ACT}, {5, 2, ACT, INA}}, {0, 0, 0, 0, -1}, {0, 0, 0, 1}}}},
	{"a late change, then one of the current month",
	 {{0, 3, {{1, 5, NON, ACT}}, {1}, {0}},
	  {3, 3, {{1, 5, NON, ACT}, {2, 5, ACT, HOU}, {3, 9, HOU, ACT}}, {1, 0, 1}, {0, 0, -1}}}},
	{"a late change, then one of an open month that is over: the net is what counts",
	 {{0, 3, {{1, 5, NON, ACT}}, {1}, {0}},
	  {3, 4, {{1, 5, NON, ACT}, {2, 5, ACT, HOU}, {3, 9, HOU, ACT}}, {1}, {0}}}},
	{"a day corrected within a closed month changes nothing",
	 {{0, 3, {{1, 5, NON, ACT}}, {1}, {0}}, {3, 3, {{1, 7, NON, ACT}}, {1}, {0}}}},
	{"a household that is no more", {{0, 3, {{1, 5, NON, ACT}}, {1}, {0}}, {3, 4, {{0}}, {1}, {0, 0, 0, -1}}}},
	{"housed out of the reconnect lane is in the history only",
	 {{0, 4, {{1, 5, NON, ACT}, {2, 5, ACT, INA}, {3, 5, INA, HOU}}, {1, -1}, {0}}}},
};

static void the_table_of_books(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof books / sizeof books[0]; i++) {
		struct arena *a = arena_new("test", 1 << 20);
		struct ledger_entry *entries = NULL;
		size_t n = 0;
		for (int d = 0; d < 3 && books[i].derivations[d].month != 0; d++) {
			const struct derivation *x = &books[i].derivations[d];
			struct movement moves[5];
			size_t moves_n = 0;
			for (; moves_n < 5 && x->moves[moves_n].month != 0; moves_n++)
				moves[moves_n] = move(JAN + x->moves[moves_n].month - 1, x->moves[moves_n].day,
						      x->moves[moves_n].from, x->moves[moves_n].to);
			struct day last = x->last == 0 ? DAY_NONE : month_first(JAN + x->last - 1);
			struct ledger_when when = ledger_when(last, day_add(month_first(JAN + x->month - 1), 9));
			entries = ledger_book(a, entries, n, moves, moves_n, &when, &n);
			struct ledger l = ledger_new(a, JAN, JAN + 4);
			size_t holding = 0;
			for (size_t k = 0; k < n; k++) {
				ledger_count(&l, &entries[k]);
				holding += entries[k].holds;
			}
			ledger_close(&l);
			for (int m = 0; m < 5; m++) {
				int64_t net = l.months[m].active_end - l.months[m].active_start;
				int64_t late = l.months[m].flows[LEDGER_ADJUSTMENTS];
				if (net - late != x->booked[m] || late != x->adjusted[m])
					fail_msg("%s: derivation %d, month %d: %lld booked, %lld adjusted",
						 books[i].what, d, m + 1, (long long)(net - late), (long long)late);
			}
			if (holding != moves_n)
				fail_msg("%s: derivation %d: %zu of %zu changes are in the history", books[i].what, d,
					 holding, moves_n);
		}
		arena_free(&a);
	}
}

static void each_change_has_its_column(void **state)
{
	(void)state;
	static const struct {
		enum status from, to;
		bool quiet;
		int column; /* −1: none */
	} changes[] = {
		{NON, ACT, false, LEDGER_NEW},
		{HOU, ACT, true, LEDGER_NEW},
		{HOU, ACT, false, LEDGER_FROM_HOUSING},
		{INA, ACT, false, LEDGER_FROM_INACTIVE},
		{STATUS_MOVED_AWAY, ACT, false, LEDGER_FROM_INACTIVE},
		{ACT, HOU, false, LEDGER_MOVE_INS},
		{ACT, INA, false, LEDGER_TO_INACTIVE},
		{ACT, STATUS_INELIGIBLE, false, LEDGER_INELIGIBLE},
		{ACT, STATUS_MOVED_AWAY, false, LEDGER_INELIGIBLE},
		{ACT, STATUS_DECEASED, false, LEDGER_INELIGIBLE},
		{INA, HOU, false, -1},
		{HOU, STATUS_DECEASED, false, -1},
	};
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		struct arena *a = arena_new("test", 1 << 20);
		struct ledger l = ledger_new(a, JAN, JAN);
		ledger_count(&l,
			     &(struct ledger_entry){
				     .month = JAN,
				     .from = (uint8_t)changes[i].from,
				     .to = (uint8_t)changes[i].to,
				     .cause = (uint8_t)movement_cause(changes[i].from, changes[i].to, changes[i].quiet),
			     });
		for (int f = 0; f < LEDGER_FLOWS_N; f++)
			assert_int_equal(l.months[0].flows[f], f == changes[i].column);
		arena_free(&a);
	}
}

static void months_are_read_as_they_are_written(void **state)
{
	(void)state;
	static const char *const wrong[] = {"",           "2026",  "2026-3",  "2026-13", "2026-00",
					    "2026-03-01", "26-03", "2026/03", "2026-0a"};
	int32_t month = 0;
	char text[MONTH_TEXT];
	assert_true(month_parse(S("2026-03"), &month));
	assert_int_equal(month, JAN + 2);
	assert_string_equal(month_text(month, text), "2026-03");
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(month_parse(str_from(wrong[i]), &month));
}

/* How many cells of a balance are hidden. */
static int hidden_in(const struct ledger_mask *m)
{
	int n = 0;
	for (int cell = 0; cell < LEDGER_CELLS_N; cell++)
		n += m->hidden[cell];
	return n;
}

/* Random ledgers of four parts and their sum: what is small is hidden, and nothing that is hidden is the only
 * one of a balance or of a sum. Where all numbers are large, or nought, nothing is. */
static void small_cells_cannot_be_worked_out(void **state)
{
	(void)state;
	enum { PARTS = 4, MONTHS = 6 };
	uint64_t seed = 5;
	for (int round = 0; round < 2000; round++) {
		struct arena *a = arena_new("test", 1 << 20);
		struct ledger l[PARTS + 1];
		struct ledger_mask **masks;
		uint32_t size = round % 3 == 0 ? 200 : 14;
		bool large = round % 5 == 0;
		for (int i = 0; i <= PARTS; i++)
			l[i] = ledger_new(a, JAN, JAN + MONTHS - 1);
		for (int i = 0; i < PARTS; i++) {
			l[i].before = 1000 + dice(&seed, 100);
			l[PARTS].before += l[i].before;
			for (int m = 0; m < MONTHS; m++)
				for (int f = 0; f < LEDGER_FLOWS_N; f++) {
					int64_t n = large ? 11 + dice(&seed, 9) : dice(&seed, size);
					if (dice(&seed, 3) == 0)
						n = 0;
					l[i].months[m].flows[f] = n;
					l[PARTS].months[m].flows[f] += n;
				}
		}
		for (int i = 0; i <= PARTS; i++)
			ledger_close(&l[i]);
		ledger_hide_small(a, l, PARTS + 1, &masks);
		for (int m = 0; m < MONTHS; m++) {
			for (int i = 0; i <= PARTS; i++) {
				assert_int_not_equal(hidden_in(&masks[i][m]), 1);
				assert_true(!large || hidden_in(&masks[i][m]) == 0);
				assert_true(m == 0 ||
					    masks[i][m].hidden[LEDGER_START] == masks[i][m - 1].hidden[LEDGER_END]);
				for (int cell = 0; cell < LEDGER_CELLS_N; cell++) {
					int64_t n = llabs(ledger_cell(&l[i].months[m], cell));
					assert_true(n == 0 || n > 10 || masks[i][m].hidden[cell]);
				}
			}
			for (int cell = 0; cell < LEDGER_CELLS_N; cell++) {
				int hidden = 0;
				for (int i = 0; i < PARTS; i++)
					hidden += masks[i][m].hidden[cell];
				assert_true(hidden != 1 || masks[PARTS][m].hidden[cell]);
			}
		}
		arena_free(&a);
	}
}

/* ---- random histories in random orders of arrival ---- */

enum { HISTORIES = 100000, BATCH = 500, IMPORTS = 4, FIRST_DAY = 250, APART = 75 };

struct story {
	struct fact facts[HISTORY_FACTS];
	uint8_t arrives[HISTORY_FACTS]; /* with which import; one that is not there yet knows nothing of the fact */
};

struct batch {
	uint64_t seed; /* as it was at its start */
	struct story *stories;
	uint8_t *sizes; /* of households, people in the order of stories */
	int days[IMPORTS];
};

/* One way of learning everything, import by import. */
struct books_of_batch {
	struct arena *a;
	struct roster *r;
	struct trace *t;
	struct listing list;
	struct ledger_entry *entries[BATCH]; /* by household */
	size_t n[BATCH];
	struct ledger ledger;
};

#define CHECK(cond, b, what)                                                                                           \
	do {                                                                                                           \
		if (!(cond))                                                                                           \
			fail_msg("BYNAME_SEED=%llu: %s: " #cond, (unsigned long long)(b)->seed, what);                 \
	} while (0)

/* The facts that have arrived; those about a stay that has not are not known either. */
static void arrived(const struct story *s, int import, struct fact *out)
{
	bool stay_known[HISTORY_STAYS] = {false};
	size_t n = 0;
	for (size_t i = 0; s->facts[i].kind != FACT_NONE; i++)
		if (s->facts[i].kind == FACT_STAY && s->arrives[i] <= import)
			stay_known[s->facts[i].stay] = true;
	for (size_t i = 0; s->facts[i].kind != FACT_NONE; i++)
		if (s->arrives[i] <= import && (s->facts[i].kind == FACT_DECIDED || stay_known[s->facts[i].stay]))
			out[n++] = s->facts[i];
	out[n] = (struct fact){.kind = FACT_NONE};
}

static void fill(struct books_of_batch *w, const struct batch *b, int import)
{
	static uint32_t stays[BATCH][HISTORY_STAYS];
	static struct fact facts[BATCH][HISTORY_FACTS];
	w->r = roster_new(on(b->days[import]), on(b->days[import]), &rules_default);
	CHECK(w->r != NULL, b, "memory");
	for (size_t i = 0; i < BATCH; i++) {
		arrived(&b->stories[i], import, facts[i]);
		uint32_t person = history_add(w->r, facts[i], stays[i]);
		w->r->people[person].birth = on(-9000 - (int)i);
		w->r->people[person].tie = (uint32_t)i;
	}
	roster_settle(w->r);
	for (uint32_t i = 0, k = 0; i < BATCH; k++) {
		uint32_t root = i;
		w->r->people[root].member = ROSTER_NONE;
		for (uint8_t m = 0; m < b->sizes[k] && i < BATCH; m++, i++) {
			w->r->people[i].household = root;
			w->r->people[i].next = w->r->people[root].member;
			w->r->people[root].member = i;
		}
	}
	w->t = trace_new(w->r);
	CHECK(w->t != NULL, b, "memory");
	for (size_t i = 0; i < BATCH; i++)
		history_tell(w->r, w->t, facts[i], stays[i]);
	listing_build(w->r, w->a, &priority_default, LISTING_EVERYWHERE, &w->list);
}

/* Nobody is in two states, and every change is in the history once. */
static void check_moves(const struct batch *b, const struct movements *moves, const struct ledger_entry *entries,
			size_t n)
{
	size_t k = 0;
	for (size_t i = 0; i < moves->n; i++) {
		CHECK(moves->list[i].from == (i == 0 ? STATUS_NONE : moves->list[i - 1].to), b, "changes join");
		CHECK(i == 0 || moves->list[i].day.n >= moves->list[i - 1].day.n, b, "changes come by days");
	}
	for (size_t i = 0; i < n; i++)
		k += entries[i].holds;
	CHECK(k == moves->n, b, "the history is in the entries");
}

/* The books of one household: active or not at the end of every month, and closed months untouched. */
static void check_books(const struct batch *b, const struct ledger_entry *was, size_t was_n,
			const struct ledger_entry *is, size_t n, const struct ledger_when *when, int64_t *ends,
			bool active)
{
	int running = 0;
	size_t closed = 0;
	for (size_t i = 0; i < was_n && when->open != LEDGER_NO_MONTH; i++)
		closed += was[i].month != LEDGER_NO_MONTH && was[i].month < when->open;
	for (size_t i = 0; i < n; i++) {
		bool found = false;
		if (is[i].month == LEDGER_NO_MONTH || when->open == LEDGER_NO_MONTH || is[i].month >= when->open)
			continue;
		closed--;
		for (size_t k = 0; k < was_n; k++)
			found |= was[k].month == is[i].month && was[k].day.n == is[i].day.n &&
				 was[k].from == is[i].from && was[k].to == is[i].to && was[k].cause == is[i].cause;
		CHECK(found, b, "a closed month is not rewritten");
	}
	CHECK(closed == 0, b, "nothing is lost from a closed month");
	int32_t first = day_month(on(0));
	for (int32_t month = first; month <= when->month; month++) {
		for (size_t i = 0; i < n; i++)
			if (is[i].month == month)
				running += (is[i].to == STATUS_ACTIVE) - (is[i].from == STATUS_ACTIVE);
		CHECK(running == 0 || running == 1, b, "a household is active once or not at all");
		ends[month - first] += running;
	}
	CHECK(running == active, b, "the books end where the list stands");
}

static void check_ledger(const struct batch *b, const struct ledger *l, const int64_t *ends, int64_t active)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct ledger_month *m = &l->months[i];
		const int64_t *f = m->flows;
		for (int k = 0; k < LEDGER_ADJUSTMENTS; k++)
			CHECK(f[k] >= 0, b, "counts are not negative");
		CHECK(m->active_end == m->active_start + f[LEDGER_NEW] + f[LEDGER_FROM_HOUSING] +
					       f[LEDGER_FROM_INACTIVE] - f[LEDGER_MOVE_INS] - f[LEDGER_TO_INACTIVE] -
					       f[LEDGER_INELIGIBLE] + f[LEDGER_ADJUSTMENTS],
		      b, "the month balances");
		CHECK(i == 0 || m->active_start == l->months[i - 1].active_end, b, "months join");
		CHECK(m->active_end == ends[i], b, "the end of the month is who is active then");
	}
	CHECK(l->months[l->n - 1].active_end == active, b, "the last end is the list");
}

static void derive(struct books_of_batch *w, const struct batch *b, int import, struct arena *kept)
{
	struct day last = import == 0 ? DAY_NONE : on(b->days[import - 1]);
	struct ledger_when when = ledger_when(last, on(b->days[import]));
	int32_t first = day_month(on(0));
	int64_t ends[64] = {0};
	uint8_t status[BATCH] = {0};
	struct mover m;
	struct movements moves = {0};
	fill(w, b, import);
	for (size_t i = 0; i < w->list.n; i++)
		status[w->list.rows[i].household] = w->list.rows[i].status;
	struct ledger was = w->ledger;
	w->ledger = ledger_new(kept, first, when.month);
	mover_begin(&m, w->a, w->r, w->t);
	for (uint32_t i = 0; i < BATCH; i++) {
		if (w->r->people[i].household != i)
			continue;
		size_t n;
		mover_household(&m, i, &moves);
		struct ledger_entry *e = ledger_book(kept, w->entries[i], w->n[i], moves.list, moves.n, &when, &n);
		CHECK(movement_status(moves.list, moves.n, on(b->days[import])) == status[i], b,
		      "the history ends where the list stands");
		check_moves(b, &moves, e, n);
		check_books(b, w->entries[i], w->n[i], e, n, &when, ends, status[i] == STATUS_ACTIVE);
		w->entries[i] = e;
		w->n[i] = n;
		for (size_t k = 0; k < n; k++)
			ledger_count(&w->ledger, &e[k]);
	}
	ledger_close(&w->ledger);
	check_ledger(b, &w->ledger, ends, (int64_t)w->list.active);
	for (size_t i = 0; i < was.n && was.months[i].month < when.month; i++) {
		const struct ledger_month *then = &was.months[i];
		const struct ledger_month *now = &w->ledger.months[i];
		CHECK(then->month >= when.open || memcmp(then, now, sizeof *then) == 0, b,
		      "a closed month stays as it was");
		CHECK(then->flows[LEDGER_ADJUSTMENTS] == now->flows[LEDGER_ADJUSTMENTS], b,
		      "what was learnt in a month that is over stays there");
	}
}

/* Derives list after list; the last one is left in `w`. */
static void learn(struct books_of_batch *w, const struct batch *b, struct arena *kept)
{
	for (int import = 0; import < IMPORTS; import++) {
		if (import > 0) {
			trace_free(&w->t);
			roster_free(&w->r);
			arena_reset(w->a);
		}
		derive(w, b, import, kept);
	}
}

/* Most facts arrive with the first list after their day; some later, some only at the end. */
static void deal_arrivals(struct batch *b, uint64_t *seed)
{
	for (size_t i = 0; i < BATCH; i++)
		for (size_t k = 0; b->stories[i].facts[k].kind != FACT_NONE; k++) {
			int import = 0;
			while (import < IMPORTS - 1 && b->days[import] < b->stories[i].facts[k].day)
				import++;
			int late = dice(seed, 3) == 0 ? (int)dice(seed, IMPORTS) : 0;
			import += late;
			b->stories[i].arrives[k] = (uint8_t)(import < IMPORTS ? import : IMPORTS - 1);
		}
}

static void run_batch(uint64_t *seed, struct batch *b)
{
	static struct books_of_batch one;
	static struct books_of_batch other;
	struct arena *kept = arena_new("entries", 64 << 20);
	b->seed = *seed;
	for (size_t i = 0; i < BATCH; i++) {
		history_random(seed, b->stories[i].facts);
		b->sizes[i] = (uint8_t)(dice(seed, 4) == 0 ? 2 : 1);
	}
	b->days[0] = FIRST_DAY + (int)dice(seed, APART);
	for (int i = 1; i < IMPORTS; i++)
		b->days[i] = b->days[i - 1] + (int)dice(seed, 2 * APART);
	one = (struct books_of_batch){.a = arena_new("one order", 64 << 20)};
	other = (struct books_of_batch){.a = arena_new("another order", 64 << 20)};
	deal_arrivals(b, seed);
	learn(&one, b, kept);
	deal_arrivals(b, seed);
	learn(&other, b, kept);
	CHECK(one.list.n == other.list.n && one.list.active == other.list.active, b, "another order, the same list");
	for (size_t i = 0; i < one.list.n; i++) {
		const struct listing_row *x = &one.list.rows[i];
		const struct listing_row *y = &other.list.rows[i];
		CHECK(x->household == y->household && x->status == y->status && x->start.n == y->start.n &&
			      x->since.n == y->since.n && x->order == y->order && x->rank == y->rank,
		      b, "another order, the same row");
	}
	CHECK(one.ledger.months[one.ledger.n - 1].active_end == other.ledger.months[other.ledger.n - 1].active_end, b,
	      "another order, the same end");
	trace_free(&one.t);
	trace_free(&other.t);
	roster_free(&one.r);
	roster_free(&other.r);
	arena_free(&one.a);
	arena_free(&other.a);
	arena_free(&kept);
}

static void random_histories_balance(void **state)
{
	(void)state;
	const char *given = getenv("BYNAME_SEED");
	uint64_t seed = given != NULL ? strtoull(given, NULL, 10) : 20261122;
	struct batch b = {.stories = calloc(BATCH, sizeof *b.stories), .sizes = calloc(BATCH, sizeof *b.sizes)};
	assert_non_null(b.stories);
	assert_non_null(b.sizes);
	for (int done = 0; done < HISTORIES; done += BATCH)
		run_batch(&seed, &b);
	free(b.stories);
	free(b.sizes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_of_books),
		cmocka_unit_test(each_change_has_its_column),
		cmocka_unit_test(months_are_read_as_they_are_written),
		cmocka_unit_test(small_cells_cannot_be_worked_out),
		cmocka_unit_test(random_histories_balance),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
