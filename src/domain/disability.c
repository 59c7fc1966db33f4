#include "domain/disability.h"

static const struct {
	const char *word;
	const char *say;
} papers[] = {
#define X(name, word, say) {word, say},
	DISABILITY_PAPERS(X)
#undef X
};

const char *disability_word(enum disability_paper p)
{
	return papers[p].word;
}

const char *disability_say(enum disability_paper p)
{
	return papers[p].say;
}

bool disability_parse(struct str word, enum disability_paper *out)
{
	for (int p = 0; p < DISABILITY_PAPERS_N; p++)
		if (str_eq(word, str_from(papers[p].word))) {
			*out = (enum disability_paper)p;
			return true;
		}
	return false;
}

struct day disability_until(enum disability_paper p, struct day dated)
{
	return p == DISABILITY_OBSERVED ? day_add(dated, DISABILITY_CONFIRM_DAYS) : DAY_NONE;
}

err_t disability_check(struct arena *a, struct day dated, bool given_by, struct day today)
{
	if (dated.n > today.n)
		return err_new(a, ERR_INVALID, "The paper cannot be dated after today.");
	if (!given_by)
		return err_new(a, ERR_INVALID,
			       "Say who gave it: a professional, an office, or the worker who observed it.");
	return NULL;
}
