#include "domain/airtime.h"

#include "base/buf.h"

const struct airtime_row airtime_table[AIRTIMES_N] = {
#define X(name, key, label) {STR_INIT(key), STR_INIT(label)},
	AIRTIMES(X)
#undef X
};

bool airtime_parse(struct str keys, unsigned *out)
{
	unsigned set = 0;
	struct str word;
	bool more;
	do {
		more = str_cut(keys, ' ', &word, &keys);
		unsigned i = 0;
		while (i < AIRTIMES_N && !str_eq(airtime_table[i].key, word))
			i++;
		if (i == AIRTIMES_N && word.n > 0)
			return false;
		set |= word.n > 0 ? 1U << i : 0;
	} while (more);
	*out = set;
	return true;
}

static struct str joined(struct arena *a, unsigned set, bool labels)
{
	struct buf out = buf_new(a, 512);
	for (unsigned i = 0; i < AIRTIMES_N; i++) {
		if ((set & 1U << i) == 0)
			continue;
		if (out.n > 0)
			buf_str(&out, labels ? S("; ") : S(" "));
		buf_str(&out, labels ? airtime_table[i].label : airtime_table[i].key);
	}
	return buf_text(&out);
}

struct str airtime_keys(struct arena *a, unsigned set)
{
	return joined(a, set, false);
}

struct str airtime_labels(struct arena *a, unsigned set)
{
	return joined(a, set, true);
}
