#include "domain/board.h"

const struct board_words notice_table[NOTICE_KINDS_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	NOTICE_KINDS(X)
#undef X
};

const struct board_words issue_table[ISSUE_LEVELS_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	ISSUE_LEVELS(X)
#undef X
};

bool notice_kind_parse(struct str key, enum notice_kind *out)
{
	for (int i = 0; i < NOTICE_KINDS_N; i++)
		if (str_eq(notice_table[i].key, key)) {
			*out = (enum notice_kind)i;
			return true;
		}
	return false;
}

bool issue_level_parse(struct str key, enum issue_level *out)
{
	for (int i = 0; i < ISSUE_LEVELS_N; i++)
		if (str_eq(issue_table[i].key, key)) {
			*out = (enum issue_level)i;
			return true;
		}
	return false;
}

bool notice_until_fits(struct day until, struct day today)
{
	return day_known(until) && until.n >= today.n && until.n <= today.n + NOTICE_DAYS_MOST;
}
