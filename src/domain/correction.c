#include "domain/correction.h"

static const char *const words[CORRECTIONS_N] = {
#define X(name, word) [name] = (word),
	CORRECTIONS(X)
#undef X
};

const char *correction_word(enum correction k)
{
	return words[k];
}

bool correction_parse(struct str word, enum correction *out)
{
	for (int i = 0; i < CORRECTIONS_N; i++)
		if (str_eq(word, str_from(words[i]))) {
			*out = (enum correction)i;
			return true;
		}
	return false;
}

err_t correction_answers(struct arena *a, enum correction was, enum correction answer, bool reason)
{
	if (was != CORRECTION_OPEN)
		return err_new(a, ERR_CONFLICT, "It is answered already. What is still wrong can be asked for anew.");
	if (answer != CORRECTION_MADE && answer != CORRECTION_DECLINED)
		return err_new(a, ERR_INVALID, "Say whether it was corrected or declined.");
	if (answer == CORRECTION_DECLINED && !reason)
		return err_new(a, ERR_INVALID, "Write down the reason as it was told to the person.");
	return NULL;
}

err_t correction_disagrees(struct arena *a, enum correction was)
{
	if (was != CORRECTION_DECLINED)
		return err_new(a, ERR_CONFLICT, "A statement of disagreement belongs to something that was declined.");
	return NULL;
}
