#include "domain/flag.h"

const struct flag_row flag_table[FLAGS_N] = {
#define X(name, word, say, who) [name##_NUMBER] = {name, word, say, who},
	FLAGS(X)
#undef X
};
