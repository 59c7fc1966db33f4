#include "domain/pulse.h"

#include <inttypes.h>

#include "base/buf.h"

#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
const struct pulse_row pulse_table[PULSES_N] = {PULSES(X)};
#undef X

bool pulse_parse(struct str key, enum pulse *out)
{
	for (int i = 0; i < PULSES_N; i++) {
		if (str_eq(pulse_table[i].key, key)) {
			*out = (enum pulse)i;
			return true;
		}
	}
	return false;
}

static int64_t sum(const int64_t counts[PULSES_N])
{
	int64_t all = 0;
	for (int i = 0; i < PULSES_N; i++)
		all += counts[i];
	return all;
}

bool pulse_shown(const int64_t counts[PULSES_N], struct day meeting, struct day today)
{
	return today.n > meeting.n && sum(counts) >= PULSE_LEAST;
}

struct str pulse_say(struct arena *a, const int64_t counts[PULSES_N])
{
	enum { LINE = 200 };
	struct buf out = buf_new(a, LINE);
	buf_fmt(&out, "%" PRId64 " answers", sum(counts));
	const char *between = ": ";
	for (int i = 0; i < PULSES_N; i++) {
		if (counts[i] == 0)
			continue;
		buf_fmt(&out, "%s%" PRId64 " %.*s", between, counts[i], STR_ARG(pulse_table[i].words));
		between = ", ";
	}
	return buf_text(&out);
}
