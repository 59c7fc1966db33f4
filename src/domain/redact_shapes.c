/* What says who somebody is by its shape: numbers, mail addresses, dates of birth, street addresses. */
#include <string.h>

#include "domain/redact_inside.h"

enum {
	BIRTH_REACH = 4,  /* words between "born" and its date */
	SSN_REACH = 4,    /* words between "SSN" and its last four digits */
	STREET_WORDS = 4, /* words between a house number and "Street" */
};

struct shapes {
	struct arena *arena;
	struct str text;
	const struct redact_word *words;
	size_t n;
	const struct redact_births *births;
	struct redact_finds *out;
};

static bool one_of(struct str word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_eq(word, str_from(*list)))
			return true;
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Mail: what stands around an @. */
static void find_mail(struct shapes *s)
{
	for (size_t i = 1; i + 1 < s->text.n; i++) {
		const char *p = s->text.p;
		size_t from = i, to = i + 1, dot = 0;
		if (p[i] != '@')
			continue;
		while (from > 0 && (is_alnum(p[from - 1]) || strchr("._%+-", p[from - 1]) != NULL) &&
		       p[from - 1] != '\0')
			from--;
		while (to < s->text.n && (is_alnum(p[to]) || p[to] == '-' || p[to] == '.')) {
			if (p[to] == '.' && to + 1 < s->text.n && is_alnum(p[to + 1]))
				dot = to;
			to++;
		}
		while (to > i + 1 && !is_alnum(p[to - 1]))
			to--;
		if (from < i && dot > i + 1)
			redact_add(s->arena, s->out, from, to - from, REDACT_MAIL, (struct str){0});
	}
}

/* Groups of digits with what is between them: "(555) 010-0134" is 3, 3, 4. */
enum { GROUPS_MAX = 5, GAP_MAX = 2 };

struct groups {
	size_t n;
	size_t digits[GROUPS_MAX];
	size_t at[GROUPS_MAX];
	char gap[GROUPS_MAX]; /* behind the group: the sign that is no blank, else ' ' */
};

static struct groups groups_at(struct str text, size_t at)
{
	struct groups g = {0};
	while (g.n < GROUPS_MAX) {
		size_t from = at, gap = 0;
		char sign = ' ';
		while (at < text.n && is_digit(text.p[at]))
			at++;
		g.at[g.n] = from;
		g.digits[g.n++] = at - from;
		while (at + gap < text.n && gap < GAP_MAX && text.p[at + gap] != '\0' &&
		       strchr(" -./()", text.p[at + gap]) != NULL) {
			sign = text.p[at + gap] != ' ' ? text.p[at + gap] : sign;
			gap++;
		}
		if (gap == 0 || at + gap >= text.n || !is_digit(text.p[at + gap]))
			break;
		g.gap[g.n - 1] = sign;
		at += gap;
	}
	return g;
}

/* Whether groups `from` … are of these lengths and nothing of digits or letters goes on behind. */
static bool lengths(const struct shapes *s, const struct groups *g, size_t from, size_t n, const size_t *want)
{
	if (from + n > g->n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (g->digits[from + i] != want[i])
			return false;
	size_t end = g->at[from + n - 1] + g->digits[from + n - 1];
	return end == s->text.n || !is_alnum(s->text.p[end]);
}

static size_t groups_end(const struct groups *g, size_t last)
{
	return g->at[last] + g->digits[last];
}

static const size_t phone_long[] = {3, 3, 4}, phone_short[] = {3, 4}, phone_plain[] = {10}, phone_country[] = {11};
static const size_t ssn_groups[] = {3, 2, 4}, ssn_plain[] = {9};

/* The number that begins with the groups: its last group and what it is. */
static bool number_at(const struct shapes *s, const struct groups *g, size_t *last, enum redact_kind *kind)
{
	size_t country = g->digits[0] == 1 && s->text.p[g->at[0]] == '1' ? 1 : 0;
	*kind = REDACT_PHONE;
	if (lengths(s, g, country, 3, phone_long)) {
		*last = country + 2;
		return true;
	}
	*last = 0;
	if (lengths(s, g, 0, 1, phone_plain) || (lengths(s, g, 0, 1, phone_country) && s->text.p[g->at[0]] == '1'))
		return true;
	*last = 1;
	if (g->n == 2 && lengths(s, g, 0, 2, phone_short) && (g->gap[0] == '-' || g->gap[0] == '.'))
		return true;
	*kind = REDACT_SSN;
	*last = 2;
	if (lengths(s, g, 0, 3, ssn_groups) && g->gap[0] != '/')
		return true;
	*last = 0;
	return lengths(s, g, 0, 1, ssn_plain);
}

static void find_numbers(struct shapes *s)
{
	const char *p = s->text.p;
	for (size_t i = 0; i < s->text.n; i++) {
		size_t last;
		enum redact_kind kind;
		if (!is_digit(p[i]) || (i > 0 && is_alnum(p[i - 1])))
			continue;
		struct groups g = groups_at(s->text, i);
		if (!number_at(s, &g, &last, &kind)) {
			i = groups_end(&g, 0);
			continue;
		}
		size_t end = groups_end(&g, last), from = i;
		while (from > 0 && (p[from - 1] == '(' || p[from - 1] == '+'))
			from--;
		redact_add(s->arena, s->out, from, end - from, kind, (struct str){0});
		i = end;
	}
}

/* Whether one of the words before i, in its sentence, speaks of an SSN or of "the last four", "last 4". */
static bool says_ssn(const struct shapes *s, size_t i)
{
	static const char *const said[] = {"ssn", "ss", "social", NULL};
	for (size_t k = i; k-- > 0 && i - k <= SSN_REACH && !s->words[k + 1].opens;) {
		struct str word = s->words[k].folded;
		bool four = str_eq(word, S("four")) || str_eq(word, S("4"));
		if (one_of(word, said) || (four && k > 0 && str_eq(s->words[k - 1].folded, S("last"))))
			return true;
	}
	return false;
}

/* "SSN ends in 6789", "last four 6789", "xxx-xx-6789". */
static void find_ssn_ends(struct shapes *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct redact_word *w = &s->words[i];
		if (!w->digits || w->n != 4)
			continue;
		bool masked = w->at >= 2 && s->text.p[w->at - 1] == '-' && strchr("xX*#", s->text.p[w->at - 2]) != NULL;
		if (masked || says_ssn(s, i))
			redact_add(s->arena, s->out, w->at, w->n, REDACT_SSN, (struct str){0});
	}
}

static int number_of(const struct redact_word *w)
{
	int64_t v;
	return w->digits && w->n <= 4 && str_to_i64(w->folded, &v) ? (int)v : -1;
}

/* The month of a word, English or Spanish, 0 for none. */
static int month_of(struct str word)
{
	static const char *const english[] = {"january", "february", "march",     "april",   "may",      "june",
					      "july",    "august",   "september", "october", "november", "december"};
	static const char *const spanish[] = {"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
					      "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
	for (int m = 0; m < 12; m++) {
		struct str whole = str_from(english[m]);
		bool cut = (word.n == 3 || (word.n == 4 && m == 8)) && str_starts(whole, word);
		if (cut || str_eq(word, whole) || str_eq(word, str_from(spanish[m])))
			return m + 1;
	}
	return 0;
}

/* A year of two digits is the latest that has been by `long_ago`, as birth years go. */
static int whole_year(const struct shapes *s, int year, size_t digits)
{
	int latest = day_to_ymd(s->births->long_ago).year;
	if (digits > 2)
		return year;
	year += 1900;
	while (year + 100 <= latest)
		year += 100;
	return year;
}

/* The date that begins with word i: its day, and how many words it has; 0: none. */
static size_t date_at(const struct shapes *s, size_t i, struct day *out)
{
	const struct redact_word *w = &s->words[i];
	int year, month, day;
	size_t n = 3;
	if (i + 2 >= s->n)
		return 0;
	size_t gap = w[1].at - w->at - w->n;
	char sign = s->text.p[w->at + w->n];
	if (w->digits && w[1].digits && w[2].digits && gap == 1 && w[2].at == w[1].at + w[1].n + 1 &&
	    s->text.p[w[1].at + w[1].n] == sign && strchr("/-.", sign) != NULL) {
		bool first = w->n == 4;
		year = first ? number_of(w) : whole_year(s, number_of(&w[2]), w[2].n);
		month = number_of(first ? &w[1] : w);
		day = number_of(first ? &w[2] : &w[1]);
		if (month > 12) {
			int swap = month;
			month = day;
			day = swap;
		}
	} else if (month_of(w->folded) > 0 && w[1].digits) { /* March 4, 1981; March 4th 1981 */
		size_t at = i + 2;
		static const char *const th[] = {"st", "nd", "rd", "th", NULL};
		if (!s->words[at].digits && one_of(s->words[at].folded, th) && ++at >= s->n)
			return 0;
		month = month_of(w->folded);
		day = number_of(&w[1]);
		year = s->words[at].digits && s->words[at].n == 4 ? number_of(&s->words[at]) : -1;
		n = at + 1 - i;
	} else if (w->digits && w->n <= 2) { /* 4 March 1981; 4 de marzo de 1981 */
		size_t at = i + 1;
		at += str_eq(s->words[at].folded, S("de")) ? 1 : 0;
		month = month_of(s->words[at++].folded);
		at += at < s->n && (str_eq(s->words[at].folded, S("de")) || str_eq(s->words[at].folded, S("del"))) ? 1
														   : 0;
		if (at >= s->n || !s->words[at].digits || s->words[at].n != 4)
			return 0;
		day = number_of(w);
		year = number_of(&s->words[at]);
		n = at + 1 - i;
	} else {
		return 0;
	}
	return day_from_ymd(year, month, day, out) ? n : 0;
}

static bool is_birth(const struct redact_births *births, struct day d)
{
	size_t low = 0, high = births->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (births->at[mid].n < d.n)
			low = mid + 1;
		else
			high = mid;
	}
	return low < births->n && births->at[low].n == d.n;
}

/* Whether one of the words before i, in its sentence, speaks of a birth. */
static bool says_birth(const struct shapes *s, size_t i)
{
	static const char *const said[] = {"born",  "dob",    "birthday", "birthdate",  "birth", "bday",
					   "nacio", "nacido", "nacida",   "nacimiento", NULL};
	for (size_t k = i; k-- > 0 && i - k <= BIRTH_REACH;) {
		if (one_of(s->words[k].folded, said))
			return true;
		if (s->words[k].opens && k + 1 < i && s->words[k + 1].opens)
			return false;
	}
	return i >= 3 && str_eq(s->words[i - 3].folded, S("d")) && str_eq(s->words[i - 2].folded, S("o")) &&
	       str_eq(s->words[i - 1].folded, S("b"));
}

static void find_births(struct shapes *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct day d;
		size_t n = date_at(s, i, &d);
		if (n > 0 && (is_birth(s->births, d) || d.n < s->births->long_ago.n || says_birth(s, i))) {
			size_t end = s->words[i + n - 1].at + s->words[i + n - 1].n;
			redact_add(s->arena, s->out, s->words[i].at, end - s->words[i].at, REDACT_BIRTH,
				   (struct str){0});
			i += n - 1;
		} else if (n == 0 && s->words[i].digits && says_birth(s, i)) { /* "DOB 0381", "born in 1981" */
			redact_add(s->arena, s->out, s->words[i].at, s->words[i].n, REDACT_BIRTH, (struct str){0});
		}
	}
}

/* Street types; the second list stands for other things too, and wants a capital letter before it. */
static const char *const streets[] = {"street", "avenue",  "ave", "road",    "rd",      "boulevard",
				      "blvd",   "highway", "hwy", "parkway", "pkwy",    "terrace",
				      "trail",  "alley",   "st",  "calle",   "avenida", NULL};
static const char *const streets_too[] = {"dr",    "drive", "lane",   "ln",  "court",  "ct",   "way",
					  "place", "pl",    "circle", "cir", "square", "sq",   "plaza",
					  "loop",  "route", "rte",    "run", "ridge",  "pike", NULL};
static const char *const units[] = {"apt", "apartment", "unit", "suite", "ste", "lot", NULL};
static const char *const numbered[] = {"highway", "hwy", "route", "rte", "road", NULL};
static const char *const compass[] = {"n",  "s",     "e",     "w",    "ne",   "nw", "se",
				      "sw", "north", "south", "east", "west", NULL};
static const char *const no_street[] = {"a",     "an",  "the",  "this", "that", "on",    "in",  "at",  "to",
					"of",    "off", "from", "by",   "and",  "or",    "per", "his", "her",
					"their", "our", "my",   "same", "each", "every", "for", NULL};

/* The words at i are "apt 4B", "unit 12": how many, 0 for none. */
static size_t unit_at(const struct shapes *s, size_t i)
{
	if (i + 1 >= s->n || !one_of(s->words[i].folded, units))
		return 0;
	const struct redact_word *w = &s->words[i + 1];
	if (w->digits)
		return i + 2 < s->n && s->words[i + 2].at == w->at + w->n && s->words[i + 2].folded.n == 1 ? 3 : 2;
	return w->folded.n == 1 && w->capital ? 2 : 0;
}

/* The words from a house number on that are a street address: how many, 0 for none. */
static size_t street_at(const struct shapes *s, size_t i)
{
	bool capitals = true;
	size_t n = 1;
	if (!s->words[i].digits || s->words[i].n > 6)
		return 0;
	for (; n <= STREET_WORDS + 1 && i + n < s->n; n++) {
		const struct redact_word *w = &s->words[i + n];
		size_t gap = w->at - s->words[i + n - 1].at - s->words[i + n - 1].n;
		bool type = gap > 0 && one_of(w->folded, streets); /* not "3rd" */
		if (gap > 2 || memchr(s->text.p + w->at - gap, ',', gap) != NULL || w->opens)
			return 0;
		if (n > 1 && (type || (capitals && one_of(w->folded, streets_too))))
			break;
		if (one_of(w->folded, no_street))
			return 0;
		bool ordinal = w->digits || s->words[i + n - 1].digits;
		capitals = capitals && (w->capital || ordinal || one_of(w->folded, compass));
		if (!capitals && n > 1 && !one_of(s->words[i + 1].folded, compass))
			return 0;
	}
	if (n > STREET_WORDS + 1 || i + n >= s->n)
		return 0;
	n++;
	if (i + n < s->n && s->words[i + n].digits && one_of(s->words[i + n - 1].folded, numbered))
		n++;
	if (i + n < s->n && one_of(s->words[i + n].folded, compass) && s->words[i + n].capital)
		n++;
	return n + unit_at(s, i + n);
}

/* "P.O. Box 12", "PO Box 12". */
static size_t box_at(const struct shapes *s, size_t i)
{
	size_t n = str_eq(s->words[i].folded, S("po")) ? 1 : 0;
	if (n == 0 && i + 1 < s->n && str_eq(s->words[i].folded, S("p")) && str_eq(s->words[i + 1].folded, S("o")))
		n = 2;
	if (n == 0 || i + n + 1 >= s->n || !str_eq(s->words[i + n].folded, S("box")) || !s->words[i + n + 1].digits)
		return 0;
	return n + 2;
}

/* "corner of 5th and Main", up to three words on either side. */
static size_t corner_at(const struct shapes *s, size_t i)
{
	if (i + 4 >= s->n || !str_eq(s->words[i].folded, S("corner")) || !str_eq(s->words[i + 1].folded, S("of")))
		return 0;
	size_t n = 2;
	while (i + n < s->n && n < 6 && !str_eq(s->words[i + n].folded, S("and")))
		n++;
	if (i + n + 1 >= s->n || n == 6)
		return 0;
	n++;
	n += s->words[i + n].digits && i + n + 1 < s->n ? 2 : 1;
	if (i + n < s->n && (one_of(s->words[i + n].folded, streets) || one_of(s->words[i + n].folded, streets_too)))
		n++;
	return n;
}

static void find_addresses(struct shapes *s)
{
	for (size_t i = 0; i < s->n; i++) {
		size_t n = street_at(s, i);
		n = n > 0 ? n : box_at(s, i);
		if (n == 0 && str_starts(s->words[i].folded, S("ap"))) /* "apt 12"; "unit 7" may be any room */
			n = unit_at(s, i);
		n = n > 0 ? n : corner_at(s, i);
		if (n == 0)
			continue;
		size_t end = s->words[i + n - 1].at + s->words[i + n - 1].n;
		redact_add(s->arena, s->out, s->words[i].at, end - s->words[i].at, REDACT_ADDRESS, (struct str){0});
		i += n - 1;
	}
}

void redact_shapes(struct arena *a, struct str text, const struct redact_word *words, size_t n,
		   const struct redact_births *births, struct redact_finds *out)
{
	struct shapes s = {a, text, words, n, births, out};
	find_mail(&s);
	find_numbers(&s);
	find_ssn_ends(&s);
	find_births(&s);
	find_addresses(&s);
}
