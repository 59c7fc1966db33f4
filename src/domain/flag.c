#include "domain/flag.h"

#include <string.h>

const struct flag_row flag_table[FLAGS_N] = {
#define X(name, word, say, who, facts) [name##_NUMBER] = {name, word, say, who, facts},
	FLAGS(X)
#undef X
};

const struct flag_row *flag_by_word(const char *word)
{
	for (int i = 0; i < FLAGS_N; i++)
		if (strcmp(flag_table[i].word, word) == 0)
			return &flag_table[i];
	return NULL;
}
