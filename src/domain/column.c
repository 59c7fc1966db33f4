#include "domain/column.h"

#include <string.h>

#include "base/buf.h"
#include "base/day.h"

static const struct {
	const char *word;
	const char *say;
} kinds[COLUMN_KINDS_N] = {
#define X(name, word, say) {word, say},
	COLUMN_KINDS(X)
#undef X
};

const char *column_kind_word(enum column_kind k)
{
	return kinds[k].word;
}

const char *column_kind_say(enum column_kind k)
{
	return kinds[k].say;
}

bool column_kind_parse(struct str word, enum column_kind *out)
{
	for (int k = 0; k < COLUMN_KINDS_N; k++)
		if (str_eq(word, str_from(kinds[k].word))) {
			*out = (enum column_kind)k;
			return true;
		}
	return false;
}

struct str column_word(struct arena *a, struct str name)
{
	char *p = arena_many(a, name.n, char);
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		bool upper = c >= 'A' && c <= 'Z';
		bool plain = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
		p[i] = upper ? (char)(c - 'A' + 'a') : plain ? (char)c : '_';
	}
	return str_fmt(a, "our.%.*s", STR_ARG(((struct str){p, name.n})));
}

/* The choice that is meant, as it is written among `choices`, and its place among them. */
static bool find_choice(struct str choices, struct str typed, struct str *out, int32_t *place)
{
	struct str choice;
	int32_t i = 0;
	for (bool more = choices.n > 0; more; i++) {
		more = str_cut(choices, ',', &choice, &choices);
		choice = str_trim(choice);
		if (str_eq_nocase(choice, typed)) {
			*out = choice;
			*place = i;
			return true;
		}
	}
	return false;
}

bool column_number(enum column_kind kind, struct str choices, struct str value, int32_t *out)
{
	int64_t number;
	struct day day;
	struct str choice;
	switch (kind) {
	case COLUMN_NUMBER:
		if (!str_to_i64(value, &number) || number <= INT32_MIN || number >= INT32_MAX)
			return false;
		*out = (int32_t)number;
		return true;
	case COLUMN_DATE:
		if (!day_parse(value, &day))
			return false;
		*out = day.n;
		return true;
	case COLUMN_CHOICE:
		return find_choice(choices, value, &choice, out);
	case COLUMN_TEXT:
	case COLUMN_KINDS_N:
		break;
	}
	return false;
}

err_t column_choices(struct arena *a, struct str typed, struct str *out)
{
	struct buf all = buf_new(a, 4096);
	struct str choice;
	struct str twice;
	int32_t place;
	int n = 0;
	for (bool more = typed.n > 0; more;) {
		more = str_cut(typed, ',', &choice, &typed);
		choice = str_trim(choice);
		if (choice.n == 0)
			continue;
		if (memchr(choice.p, '"', choice.n) != NULL)
			return err_new(a, ERR_INVALID, "A choice goes without quotation marks.");
		if (find_choice(buf_text(&all), choice, &twice, &place))
			return err_new(a, ERR_INVALID, "The choice \"%.*s\" is there twice; leave one out.",
				       STR_ARG(choice));
		buf_fmt(&all, "%s%.*s", n++ > 0 ? ", " : "", STR_ARG(choice));
	}
	if (n < 2 || n > COLUMN_CHOICES_MAX || all.full)
		return err_new(a, ERR_INVALID, "A choice wants 2 to %d words, with a comma between.",
			       COLUMN_CHOICES_MAX);
	*out = buf_text(&all);
	return NULL;
}

err_t column_value(struct arena *a, enum column_kind kind, struct str choices, struct str typed, struct str *out)
{
	struct str s = str_trim(typed);
	struct day day;
	int64_t number;
	int32_t place;
	char text[DAY_TEXT];
	if (s.n > 0 && kind == COLUMN_NUMBER) {
		if (!str_to_i64(s, &number))
			return err_new(a, ERR_INVALID, "This column takes a whole number.");
		s = str_fmt(a, "%lld", (long long)number);
	} else if (s.n > 0 && kind == COLUMN_DATE) {
		if (!day_parse(s, &day))
			return err_new(a, ERR_INVALID, "This column takes a date, as 2026-11-21.");
		s = str_dup(a, str_from(day_text(day, text)));
	} else if (s.n > 0 && kind == COLUMN_CHOICE) {
		if (!find_choice(choices, s, &s, &place))
			return err_new(a, ERR_INVALID, "This column takes one of: %.*s.", STR_ARG(choices));
	}
	*out = s;
	return NULL;
}
