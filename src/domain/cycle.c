#include "domain/cycle.h"

#include <stdlib.h>

const struct cycle_join_row cycle_join_table[CYCLE_JOIN_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	CYCLE_JOINS(X)
#undef X
};

const struct cycle_ending_row cycle_ending_table[CYCLE_ENDING_N] = {
#define X(name, key, words, by_person) {STR_INIT(key), STR_INIT(words), by_person},
	CYCLE_ENDINGS(X)
#undef X
};

bool cycle_join_parse(struct str key, enum cycle_join *out)
{
	for (unsigned i = 0; i < CYCLE_JOIN_N; i++) {
		if (str_eq(cycle_join_table[i].key, key)) {
			*out = (enum cycle_join)i;
			return true;
		}
	}
	return false;
}

bool cycle_ending_parse(struct str key, enum cycle_ending *out)
{
	for (unsigned i = 0; i < CYCLE_ENDING_N; i++) {
		if (str_eq(cycle_ending_table[i].key, key)) {
			*out = (enum cycle_ending)i;
			return true;
		}
	}
	return false;
}

size_t cycle_fill(const struct cycle_candidate *list, size_t n, int size, bool *joins)
{
	size_t joined = 0;
	int critical = 0;
	for (size_t i = 0; i < n; i++) {
		/* A household that was added out of order keeps its seat wherever it stands; it counts
		 * among the most critical only where its place says so. */
		joins[i] = critical < size && !list[i].skipped && !list[i].in;
		critical += list[i].skipped ? 0 : 1;
		joined += joins[i] ? 1 : 0;
	}
	return joined;
}

err_t cycle_check_reason(struct arena *a, struct str reason)
{
	if (str_utf8_len(str_trim(reason)) < CYCLE_REASON_LEAST)
		return err_new(a, ERR_INVALID, "Say why, in at least %d characters: the reason is kept with the cycle.",
			       CYCLE_REASON_LEAST);
	return NULL;
}

static int by_number(const void *x, const void *y)
{
	const int *a = x;
	const int *b = y;
	return (*a > *b) - (*a < *b);
}

struct str cycle_dates_held(struct arena *a, int *late, size_t n)
{
	size_t kept = 0;
	if (n == 0)
		return (struct str){0};
	qsort(late, n, sizeof *late, by_number);
	while (kept < n && late[kept] <= 0)
		kept++;
	int middle = late[(n - 1) / 2];
	struct str first = n == 1 ? S("The household that moved in and had a target date")
				  : str_fmt(a, "Of the %zu households that moved in and had a target date,", n);
	struct str did = n == 1 ? (kept == 1 ? S(" moved in by it") : S(" did not move in by it"))
				: str_fmt(a, " %zu moved in by it", kept);
	struct str who = n == 1 ? S("it was") : S("the middle one was");
	if (middle == 0)
		return str_fmt(a, "%.*s%.*s; %.*s on the day.", STR_ARG(first), STR_ARG(did), STR_ARG(who));
	int days = middle < 0 ? -middle : middle;
	return str_fmt(a, "%.*s%.*s; %.*s %d %s %s.", STR_ARG(first), STR_ARG(did), STR_ARG(who), days,
		       days == 1 ? "day" : "days", middle < 0 ? "early" : "late");
}
