#include "domain/scan.h"

#include "base/buf.h"

#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
const struct scan_mark_row scan_mark_table[SCAN_MARKS_N] = {SCAN_MARKS(X)};
#undef X

bool scan_mark_parse(struct str key, enum scan_mark *out)
{
	for (int i = 0; i < SCAN_MARKS_N; i++) {
		if (str_eq(scan_mark_table[i].key, key)) {
			*out = (enum scan_mark)i;
			return true;
		}
	}
	return false;
}

int scan_seconds(const struct instant *at, size_t n)
{
	int64_t ms = 0;
	int gaps = 0;
	for (size_t i = 1; i < n; i++) {
		int64_t gap = at[i].ms - at[i - 1].ms;
		if (gap < 0 || gap > (int64_t)SCAN_PAUSE_SECONDS * 1000)
			continue;
		ms += gap;
		gaps++;
	}
	return gaps > 0 ? (int)((ms / gaps + 500) / 1000) : 0;
}

struct str scan_say(struct arena *a, const int counts[SCAN_MARKS_N])
{
	enum { LINE = 200 };
	struct buf out = buf_new(a, LINE);
	const char *mark = "";
	for (int i = 0; i < SCAN_MARKS_N; i++) {
		if (counts[i] == 0)
			continue;
		buf_fmt(&out, "%s%d %.*s", mark, counts[i], STR_ARG(scan_mark_table[i].words));
		mark = ", ";
	}
	return buf_text(&out);
}
