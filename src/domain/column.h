/* Columns that a CoC adds to its list: what kind of value one takes. */
#ifndef DOMAIN_COLUMN_H
#define DOMAIN_COLUMN_H

#include "base/arena.h"
#include "base/err.h"

/* Word as stored, for people. */
#define COLUMN_KINDS(X)                                                                                                \
	X(COLUMN_TEXT, "text", "Text")                                                                                 \
	X(COLUMN_NUMBER, "number", "Number")                                                                           \
	X(COLUMN_DATE, "date", "Date")                                                                                 \
	X(COLUMN_CHOICE, "choice", "Choice")

enum column_kind {
#define X(name, word, say) name,
	COLUMN_KINDS(X)
#undef X
		COLUMN_KINDS_N
};
const char *column_kind_word(enum column_kind k);
const char *column_kind_say(enum column_kind k);
bool column_kind_parse(struct str word, enum column_kind *out);

enum { COLUMN_NAME_MAX = 40, COLUMN_CHOICES_MAX = 30, COLUMNS_MOST = 20 };

/* The name as a word of a filter or an address: "our.street_team". Two columns must not read alike. */
struct str column_word(struct arena *a, struct str name);

/* A value as a number that orders and filters: a number, a day's n, the place of a choice among the choices; false
 * for text, for none and for what does not fit. */
bool column_number(enum column_kind kind, struct str choices, struct str value, int32_t *out);

/* The choices as typed ("yes, no ,  maybe") in one form, ", " between. ERR_INVALID for fewer than two, too
 * many or the same one twice. */
must err_t column_choices(struct arena *a, struct str typed, struct str *out);

/* The value as it is stored: numbers and dates in one spelling, a choice as it is written in the list of
 * choices. Empty stays empty. ERR_INVALID with one sentence for what the kind does not take. */
must err_t column_value(struct arena *a, enum column_kind kind, struct str choices, struct str typed, struct str *out);

#endif
