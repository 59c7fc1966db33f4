#include "domain/preference.h"

#include "base/buf.h"

const struct preference_row preference_table[PREFERENCES_N] = {
#define X(name, key, label) {STR_INIT(key), STR_INIT(label)},
	PREFERENCES(X)
#undef X
};

/* Adds a key to the set; an empty one is none. */
static bool add_key(struct str key, unsigned *set)
{
	for (unsigned p = 0; p < PREFERENCES_N; p++)
		if (str_eq(preference_table[p].key, key)) {
			*set |= 1U << p;
			return true;
		}
	return key.n == 0;
}

bool preference_set_parse(struct str keys, unsigned *out)
{
	unsigned set = 0;
	struct str word;
	bool more;
	do {
		more = str_cut(keys, ' ', &word, &keys);
		if (!add_key(word, &set))
			return false;
	} while (more);
	*out = set;
	return true;
}

bool preference_set_of(const struct str *keys, size_t n, unsigned *out)
{
	unsigned set = 0;
	for (size_t i = 0; i < n; i++)
		if (!add_key(keys[i], &set))
			return false;
	*out = set;
	return true;
}

static struct str joined(struct arena *a, unsigned set, bool labels)
{
	struct buf out = buf_new(a, 1024);
	for (unsigned p = 0; p < PREFERENCES_N; p++) {
		if ((set & 1U << p) == 0)
			continue;
		if (out.n > 0)
			buf_str(&out, labels ? S(", ") : S(" "));
		buf_str(&out, labels ? preference_table[p].label : preference_table[p].key);
	}
	return buf_text(&out);
}

struct str preference_set_keys(struct arena *a, unsigned set)
{
	return joined(a, set, false);
}

struct str preference_set_labels(struct arena *a, unsigned set)
{
	return joined(a, set, true);
}
