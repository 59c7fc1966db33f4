#include "domain/cycle.h"

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
