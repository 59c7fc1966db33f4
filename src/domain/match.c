#include "domain/match.h"

#include <string.h>

#include "base/buf.h"

const struct match_weight match_weights[MATCH_WEIGHTS_N] = {
#define X(field, level, m, u, say) {field, level, m, u, say},
	MATCH_WEIGHTS(X)
#undef X
};

/* Worked out by the compiler, so that every machine has the same. */
#define HUNDREDTHS(x) ((int)((x) < 0 ? (x)-0.5 : (x) + 0.5))
static const int bits_of[MATCH_FIELDS_N][MATCH_LEVELS_N] = {
#define X(field, level, m, u, say) [field][level] = HUNDREDTHS(100 * __builtin_log2((m) / (u))),
	MATCH_WEIGHTS(X)
#undef X
};

int match_bits(enum match_field field, enum match_level level)
{
	return bits_of[field][level];
}

const char *match_level_say(enum match_field field, enum match_level level)
{
	for (size_t i = 0; i < MATCH_WEIGHTS_N; i++)
		if (match_weights[i].field == field && match_weights[i].level == level)
			return match_weights[i].say[0] != '\0' ? match_weights[i].say : NULL;
	return NULL;
}

const char *match_field_say(enum match_field field)
{
	static const char *const says[MATCH_FIELDS_N] = {
		[MATCH_BIRTH] = "birth date", [MATCH_SSN] = "SSN, nine digits", [MATCH_SSN4] = "SSN, last four digits",
		[MATCH_FIRST] = "first name", [MATCH_LAST] = "last name",       [MATCH_SEX] = "sex",
	};
	return says[field];
}

/* --- names --- */

enum { LETTERS_MOST = 64, SHORT_NAME = 3 };

struct letters {
	uint32_t p[LETTERS_MOST];
	size_t n;
};

/* The code points, so that a letter counts as one in every script; what is longer is cut. */
static struct letters letters_of(struct str s)
{
	struct letters out = {.n = 0};
	for (size_t i = 0; i < s.n && out.n < LETTERS_MOST; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c & 0xc0) != 0x80)
			out.p[out.n++] = c;
		else if (out.n > 0)
			out.p[out.n - 1] = out.p[out.n - 1] << 8 | c;
	}
	return out;
}

/* One letter more, less or other, or two neighbours that changed places. */
static bool one_letter(const struct letters *a, const struct letters *b)
{
	const struct letters *shorter = a->n <= b->n ? a : b;
	const struct letters *longer = a->n <= b->n ? b : a;
	size_t same = 0;
	if (longer->n - shorter->n > 1 || shorter->n < SHORT_NAME)
		return false;
	while (same < shorter->n && a->p[same] == b->p[same])
		same++;
	size_t rest = shorter->n - same;
	if (longer->n > shorter->n)
		return memcmp(shorter->p + same, longer->p + same + 1, rest * sizeof *a->p) == 0;
	if (rest == 0)
		return false;
	if (memcmp(a->p + same + 1, b->p + same + 1, (rest - 1) * sizeof *a->p) == 0)
		return true;
	return rest >= 2 && a->p[same] == b->p[same + 1] && a->p[same + 1] == b->p[same] &&
	       memcmp(a->p + same + 2, b->p + same + 2, (rest - 2) * sizeof *a->p) == 0;
}

/* Jaro's likeness in thousandths: letters that both have, not too far apart, and how many of them changed places. */
static int jaro(const struct letters *a, const struct letters *b)
{
	bool taken[LETTERS_MOST] = {false};
	uint32_t common[LETTERS_MOST];
	size_t longest = a->n > b->n ? a->n : b->n;
	size_t reach = longest / 2 > 0 ? longest / 2 - 1 : 0;
	size_t n = 0;
	for (size_t i = 0; i < a->n; i++) {
		size_t end = i + reach + 1 < b->n ? i + reach + 1 : b->n;
		for (size_t k = i > reach ? i - reach : 0; k < end; k++) {
			if (taken[k] || a->p[i] != b->p[k])
				continue;
			taken[k] = true;
			common[n++] = a->p[i];
			break;
		}
	}
	if (n == 0)
		return 0;
	size_t moved = 0;
	for (size_t k = 0, i = 0; k < b->n; k++)
		if (taken[k])
			moved += b->p[k] != common[i++];
	return (int)((1000 * n / a->n + 1000 * n / b->n + 1000 * (2 * n - moved) / (2 * n)) / 3);
}

/* Winkler's: beginnings count for more. Which name is walked first can matter to Jaro's, so both are tried. */
static int likeness(const struct letters *a, const struct letters *b)
{
	enum { BEGINNING = 4, PART = 10 };
	int one = jaro(a, b);
	int other = jaro(b, a);
	int most = one > other ? one : other;
	int begins = 0;
	while (begins < BEGINNING && (size_t)begins < a->n && (size_t)begins < b->n && a->p[begins] == b->p[begins])
		begins++;
	return most + begins * (1000 - most) / PART;
}

static bool has_word(struct str text, struct str wanted)
{
	struct str word;
	for (bool more = true; more;) {
		more = str_cut(text, ' ', &word, &text);
		if (str_eq(word, wanted))
			return true;
	}
	return false;
}

/* All words of one are words of the other: "garcia" and "garcia lopez". */
static bool is_part(struct str some, struct str all)
{
	struct str word;
	for (bool more = true; more;) {
		more = str_cut(some, ' ', &word, &some);
		if (word.n < 2 || !has_word(all, word))
			return false;
	}
	return true;
}

static enum match_level name_level(struct str a, struct str b)
{
	enum { ALIKE = 920 };
	if (a.n == 0 || b.n == 0)
		return MATCH_MISSING;
	if (str_eq(a, b))
		return MATCH_SAME;
	struct letters x = letters_of(a);
	struct letters y = letters_of(b);
	/* An initial says next to nothing where it fits. */
	if ((x.n == 1 || y.n == 1) && x.p[0] == y.p[0])
		return MATCH_MISSING;
	if (one_letter(&x, &y))
		return MATCH_ONE_OFF;
	return is_part(a, b) || is_part(b, a) || likeness(&x, &y) >= ALIKE ? MATCH_ALIKE : MATCH_DIFFERS;
}

static void compare_names(const struct match_person *a, const struct match_person *b, enum match_level *first,
			  enum match_level *last)
{
	*first = name_level(a->first, b->first);
	*last = name_level(a->last, b->last);
	bool crossed = a->first.n > 0 && a->last.n > 0 && str_eq(a->first, b->last) && str_eq(a->last, b->first);
	int straight = match_bits(MATCH_FIRST, *first) + match_bits(MATCH_LAST, *last);
	if (crossed && straight < match_bits(MATCH_FIRST, MATCH_SWAPPED) + match_bits(MATCH_LAST, MATCH_SWAPPED))
		*first = *last = MATCH_SWAPPED;
}

/* --- numbers --- */

/* How many places differ between two texts of one length; two neighbours that changed places count as one. */
static int places_off(const char *a, const char *b, size_t n)
{
	int off = 0;
	for (size_t i = 0; i < n; i++) {
		if (a[i] == b[i])
			continue;
		off++;
		if (i + 1 < n && a[i] == b[i + 1] && a[i + 1] == b[i])
			i++;
	}
	return off;
}

static enum match_level birth_level(struct day a, struct day b)
{
	if (!day_known(a) || !day_known(b))
		return MATCH_MISSING;
	if (a.n == b.n)
		return MATCH_SAME;
	struct ymd x = day_to_ymd(a);
	struct ymd y = day_to_ymd(b);
	if (x.year == y.year && x.month == y.day && x.day == y.month)
		return MATCH_SWAPPED;
	char one[DAY_TEXT];
	char other[DAY_TEXT];
	day_text(a, one);
	day_text(b, other);
	int off = 0;
	for (size_t i = 0; i < DAY_TEXT - 1; i++)
		off += one[i] != other[i];
	return off == 1 ? MATCH_ONE_OFF : MATCH_DIFFERS;
}

enum { SSN_DIGITS = 9, SSN_END = 4 };

static size_t digits_from(struct str s, size_t from)
{
	size_t n = 0;
	while (from + n < s.n && s.p[from + n] >= '0' && s.p[from + n] <= '9')
		n++;
	return n;
}

static bool all_one(struct str s)
{
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] != s.p[0])
			return false;
	return true;
}

/* Numbers that are given to nobody are typed where one is not known: 000-…, 666-…, 9…, 999999999. */
static bool ssn_whole(struct str s)
{
	return s.n == SSN_DIGITS && digits_from(s, 0) == SSN_DIGITS && s.p[0] != '9' && !str_starts(s, S("000")) &&
	       !str_starts(s, S("666")) && !all_one(s) && !str_eq(s, S("123456789"));
}

struct str match_ssn4(struct str ssn)
{
	if (ssn.n < SSN_END || digits_from(ssn, ssn.n - SSN_END) < SSN_END)
		return (struct str){0};
	struct str end = str_sub(ssn, ssn.n - SSN_END, SSN_END);
	bool whole = ssn.n == SSN_DIGITS && digits_from(ssn, 0) == SSN_DIGITS;
	return str_eq(end, S("0000")) || (whole && !ssn_whole(ssn)) ? (struct str){0} : end;
}

static enum match_level digits_level(struct str a, struct str b)
{
	int off = places_off(a.p, b.p, a.n);
	return off == 0 ? MATCH_SAME : off == 1 ? MATCH_ONE_OFF : MATCH_DIFFERS;
}

static void compare_ssns(struct str a, struct str b, struct match_result *out)
{
	struct str x = match_ssn4(a);
	struct str y = match_ssn4(b);
	if (ssn_whole(a) && ssn_whole(b))
		out->level[MATCH_SSN] = digits_level(a, b);
	else if (x.n > 0 && y.n > 0)
		out->level[MATCH_SSN4] = digits_level(x, y);
}

/* --- the sum --- */

static bool agrees(const struct match_result *r, enum match_field field)
{
	return r->level[field] != MATCH_MISSING && r->level[field] != MATCH_DIFFERS;
}

void match_compare(const struct match_person *a, const struct match_person *b, struct match_result *out)
{
	enum { KINDS_WANTED = 2 };
	struct match_result r = {.bits = 0};
	compare_names(a, b, &r.level[MATCH_FIRST], &r.level[MATCH_LAST]);
	r.level[MATCH_BIRTH] = birth_level(a->birth, b->birth);
	compare_ssns(a->ssn, b->ssn, &r);
	if (a->sex != MATCH_SEX_UNKNOWN && b->sex != MATCH_SEX_UNKNOWN)
		r.level[MATCH_SEX] = a->sex == b->sex ? MATCH_SAME : MATCH_DIFFERS;
	for (int f = 0; f < MATCH_FIELDS_N; f++)
		r.bits += match_bits((enum match_field)f, r.level[f]);
	int kinds = (agrees(&r, MATCH_FIRST) || agrees(&r, MATCH_LAST)) + agrees(&r, MATCH_BIRTH) +
		    (agrees(&r, MATCH_SSN) || agrees(&r, MATCH_SSN4));
	if (kinds >= KINDS_WANTED && r.bits >= MATCH_POSSIBLE_FROM)
		r.verdict = r.bits >= MATCH_LIKELY_FROM ? MATCH_LIKELY : MATCH_POSSIBLE;
	*out = r;
}

struct str match_say(struct arena *a, const struct match_result *r)
{
	enum { SAY_MAX = 1024 };
	struct buf b = buf_new(a, SAY_MAX);
	for (int differ = 0; differ <= 1; differ++) {
		for (int f = 0; f < MATCH_FIELDS_N; f++) {
			bool differs = r->level[f] == MATCH_DIFFERS;
			const char *say = match_level_say((enum match_field)f, r->level[f]);
			if (say == NULL || differs != (differ == 1))
				continue;
			if (b.n > 0)
				buf_lit(&b, "; ");
			buf_str(&b, str_from(say));
		}
	}
	if (b.n > 0 && b.p[0] >= 'a' && b.p[0] <= 'z')
		b.p[0] = (char)(b.p[0] - 'a' + 'A');
	return buf_text(&b);
}
