/* Names in a text: the index of the people, words that match it, and runs of words that are one person. */
#include "domain/redact.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/redact_inside.h"

enum {
	FUZZY_NAME = 5, /* letters that a name has at least, for one of them to be wrong */
	RUN_GAP = 2,    /* bytes between two names of a run: ", " */
	BIRTH_YEARS = 10,
};

static const struct {
	const char *say;
	const char *instead;
} kinds[REDACT_KINDS_N] = {
#define X(name, say, instead) {say, instead},
	REDACT_KINDS(X)
#undef X
};

const char *redact_say(enum redact_kind kind)
{
	return kinds[kind].say;
}

/* Parts of names that alone are words of Spanish, Dutch, Arabic or a rank. */
static const char *const particles[] = {"al",  "bin", "da",  "de",  "del", "den", "der", "di",  "do",
					"dos", "du",  "el",  "ii",  "iii", "iv",  "jr",  "la",  "las",
					"le",  "los", "mac", "san", "sr",  "st",  "van", "von", "y"};

/* A word of somebody's name. */
struct name {
	struct str word;
	uint32_t person;
	bool nick; /* not the list's word, but what people with that name are called */
};

/* A word with one letter less. */
struct near {
	uint64_t hash;
	uint32_t at; /* first of its word in names */
};

struct redactor {
	const struct redact_person *people;
	struct name *names; /* by word, then person */
	size_t names_n;
	struct near *nears; /* by hash */
	size_t nears_n;
	struct redact_births births;
	struct redact_words words;
};

/* A set of people, ascending. */
struct people {
	uint32_t *at;
	size_t n;
};

static uint64_t hash_without(struct str word, size_t skip)
{
	uint64_t h = 0xcbf29ce484222325U;
	for (size_t i = 0; i < word.n; i++)
		if (i != skip)
			h = (h ^ (unsigned char)word.p[i]) * 0x100000001b3U;
	return h ^ h >> 29;
}

static int by_word(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int c = str_cmp(x->word, y->word);
	if (c != 0)
		return c;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (int)x->nick - (int)y->nick;
}

static int by_hash(const void *a, const void *b)
{
	const struct near *x = a, *y = b;
	return (x->hash > y->hash) - (x->hash < y->hash);
}

static int by_day(const void *a, const void *b)
{
	const struct day *x = a, *y = b;
	return (x->n > y->n) - (x->n < y->n);
}

static bool is_particle(struct str word)
{
	for (size_t i = 0; i < sizeof particles / sizeof particles[0]; i++)
		if (str_eq(word, str_from(particles[i])))
			return true;
	return false;
}

struct names {
	struct arena *arena;
	struct name *at;
	size_t n;
	size_t room;
};

static void name_add(struct names *l, struct str word, size_t person, bool nick)
{
	if (word.n < 2)
		return;
	if (l->n == l->room) {
		size_t room = l->room > 0 ? 2 * l->room : 64;
		struct name *more = arena_many(l->arena, room, struct name);
		if (l->n > 0)
			memcpy(more, l->at, l->n * sizeof *more);
		l->at = more;
		l->room = room;
	}
	l->at[l->n++] = (struct name){word, (uint32_t)person, nick};
}

/* The words of somebody's name, what they may be called, and two words written as one: "Mary Ann", "Maryann". */
static void person_add(struct names *l, const struct redact_person *p, size_t person)
{
	struct redact_word *words;
	size_t n = redact_split(l->arena, p->names, &words);
	for (size_t i = 0; i < n; i++) {
		struct str word = words[i].folded;
		size_t next = 0;
		const char *const *row;
		name_add(l, word, person, false);
		while ((row = redact_namesakes(word, &next)) != NULL)
			for (; *row != NULL; row++)
				name_add(l, str_from(*row), person, true);
		if (i > 0 && words[i - 1].folded.n + word.n <= REDACT_WORD_MAX)
			name_add(l, str_fmt(l->arena, "%.*s%.*s", STR_ARG(words[i - 1].folded), STR_ARG(word)), person,
				 true);
	}
}

static bool has_digit(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] >= '0' && word.p[i] <= '9')
			return true;
	return false;
}

static void near_index(struct arena *a, struct redactor *r)
{
	size_t room = 0;
	for (size_t i = 0; i < r->names_n; i++)
		room += r->names[i].word.n + 1;
	r->nears = arena_many(a, room, struct near);
	for (size_t i = 0; i < r->names_n; i++) {
		struct str word = r->names[i].word;
		if (word.n < FUZZY_NAME || has_digit(word) || (i > 0 && str_eq(word, r->names[i - 1].word)))
			continue;
		for (size_t skip = 0; skip <= word.n; skip++)
			r->nears[r->nears_n++] = (struct near){hash_without(word, skip), (uint32_t)i};
	}
	if (r->nears_n > 0)
		qsort(r->nears, r->nears_n, sizeof *r->nears, by_hash);
}

struct redactor *redactor_new(struct arena *a, const struct redact_person *people, size_t n, struct redact_words words,
			      struct day today)
{
	struct redactor *r = arena_one(a, struct redactor);
	struct names l = {.arena = a};
	struct day *births = arena_many(a, n, struct day);
	*r = (struct redactor){.people = people, .words = words};
	for (size_t i = 0; i < n; i++) {
		person_add(&l, &people[i], i);
		if (day_known(people[i].birth))
			births[r->births.n++] = people[i].birth;
	}
	if (r->births.n > 0)
		qsort(births, r->births.n, sizeof *births, by_day);
	r->births.at = births;
	r->births.long_ago = day_add_years(today, -BIRTH_YEARS);
	if (l.n > 0)
		qsort(l.at, l.n, sizeof *l.at, by_word);
	r->names = l.at;
	r->names_n = l.n;
	near_index(a, r);
	return r;
}

/* First of a word in names, or SIZE_MAX. */
static size_t exact(const struct redactor *r, struct str word)
{
	size_t low = 0, high = r->names_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (str_cmp(r->names[mid].word, word) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < r->names_n && str_eq(r->names[low].word, word) ? low : SIZE_MAX;
}

/* Whether one letter is wrong, missing, added, or changed places with its neighbour. */
static bool one_off(struct str x, struct str y)
{
	size_t head = 0, tail = 0, most = x.n < y.n ? x.n : y.n;
	if (x.n > y.n + 1 || y.n > x.n + 1)
		return false;
	while (head < most && x.p[head] == y.p[head])
		head++;
	while (tail < most - head && x.p[x.n - 1 - tail] == y.p[y.n - 1 - tail])
		tail++;
	size_t in_x = x.n - head - tail, in_y = y.n - head - tail;
	if (in_x == 2 && in_y == 2)
		return x.p[head] == y.p[head + 1] && x.p[head + 1] == y.p[head];
	return in_x <= 1 && in_y <= 1;
}

/* The union of a set with the people of the word that begins at `at` in names; `listed` leaves nicknames out. */
static void people_add(struct arena *a, const struct redactor *r, size_t at, bool listed, struct people *set)
{
	size_t n = 0, i = 0, room = set->n;
	struct str word = r->names[at].word;
	for (size_t k = at; k < r->names_n && str_eq(r->names[k].word, word); k++)
		room++;
	uint32_t *both = arena_many(a, room, uint32_t);
	for (size_t k = at; k < r->names_n && str_eq(r->names[k].word, word); k++) {
		uint32_t person = r->names[k].person;
		if (listed && r->names[k].nick)
			continue;
		while (i < set->n && set->at[i] < person)
			both[n++] = set->at[i++];
		if (i < set->n && set->at[i] == person)
			i++;
		if (n == 0 || both[n - 1] != person)
			both[n++] = person;
	}
	while (i < set->n)
		both[n++] = set->at[i++];
	*set = (struct people){both, n};
}

static void hash_people(struct arena *a, const struct redactor *r, uint64_t hash, struct str word, struct people *set)
{
	size_t low = 0, high = r->nears_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (r->nears[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < r->nears_n && r->nears[low].hash == hash; low++)
		if (one_off(word, r->names[r->nears[low].at].word))
			people_add(a, r, r->nears[low].at, true, set);
}

/* What a word of the text is. */
enum strength { NO_NAME, WEAK_NAME, NAME }; /* weak: a name only beside another */

struct match {
	enum strength strength;
	struct people people;
};

static bool is_ordinary(const struct redactor *r, struct str word)
{
	return r->words.ordinary != NULL && r->words.ordinary(r->words.ctx, word);
}

static struct match match_of(struct arena *a, const struct redactor *r, const struct redact_word *w)
{
	struct match m = {0};
	if (w->digits || w->folded.n < 2)
		return m;
	bool ordinary = is_ordinary(r, w->folded);
	size_t at = exact(r, w->folded);
	if (at == SIZE_MAX && w->folded.p[w->folded.n - 1] == 's' && !ordinary) /* "Joes voucher" */
		at = exact(r, str_sub(w->folded, 0, w->folded.n - 1));
	if (at != SIZE_MAX) {
		bool weak = is_particle(w->folded) || (ordinary && !w->capital);
		people_add(a, r, at, false, &m.people);
		m.strength = weak ? WEAK_NAME : NAME;
		return m;
	}
	if (w->folded.n < FUZZY_NAME - 1 || (ordinary && (!w->capital || w->opens)))
		return m;
	for (size_t skip = 0; skip <= w->folded.n; skip++)
		hash_people(a, r, hash_without(w->folded, skip), w->folded, &m.people);
	m.strength = m.people.n > 0 ? NAME : NO_NAME;
	return m;
}

static struct people in_both(struct arena *a, struct people x, struct people y)
{
	struct people both = {arena_many(a, x.n < y.n ? x.n : y.n, uint32_t), 0};
	for (size_t i = 0, k = 0; i < x.n && k < y.n;) {
		if (x.at[i] == y.at[k])
			both.at[both.n++] = x.at[i];
		if (x.at[i] <= y.at[k])
			i++;
		else
			k++;
	}
	return both;
}

/* Whether the words stand side by side: a blank, a comma, a hyphen, the point of an initial between them. */
static bool side_by_side(struct str text, const struct redact_word *x, const struct redact_word *y)
{
	size_t from = x->at + x->n;
	if (x->n != x->bare || y->at - from > RUN_GAP || y->at == from)
		return false;
	for (size_t i = from; i < y->at; i++)
		if (strchr(" ,.-", text.p[i]) == NULL)
			return false;
	return true;
}

/* "S." behind "Joe": the first letter of another name of his. */
static bool is_initial(const struct redactor *r, const struct redact_word *w, struct people people)
{
	if (w->digits || !w->capital || w->folded.n != 1)
		return false;
	for (size_t i = 0; i < people.n; i++) {
		struct str names = r->people[people.at[i]].names;
		for (size_t k = 0; k < names.n; k++)
			if ((k == 0 || names.p[k - 1] == ' ') && (names.p[k] | 32) == w->folded.p[0])
				return true;
	}
	return false;
}

static struct str people_instead(const struct redactor *r, struct people people)
{
	struct str one = r->people[people.at[0]].instead;
	for (size_t i = 1; i < people.n; i++)
		if (!str_eq(r->people[people.at[i]].instead, one))
			return (struct str){0};
	return one;
}

/* "Joe Smith", not "Will will". */
static bool names_together(struct arena *a, struct str text, const struct redact_word *words,
			   const struct match *matches, size_t left)
{
	return side_by_side(text, &words[left], &words[left + 1]) &&
	       !str_eq(words[left].folded, words[left + 1].folded) &&
	       in_both(a, matches[left].people, matches[left + 1].people).n > 0;
}

/* A weak name counts beside a name of the same person. */
static void settle_weak(struct arena *a, struct str text, const struct redact_word *words, size_t n,
			struct match *matches)
{
	for (size_t i = 0; i < n; i++) {
		struct match *m = &matches[i];
		if (m->strength != WEAK_NAME)
			continue;
		bool left = i > 0 && matches[i - 1].strength == NAME && names_together(a, text, words, matches, i - 1);
		bool right = i + 1 < n && matches[i + 1].strength == NAME && names_together(a, text, words, matches, i);
		if (left || right)
			m->strength = NAME;
	}
	/* "de la Cruz": from the right. */
	for (size_t i = n; i-- > 1;)
		if (matches[i].strength == NAME && matches[i - 1].strength == WEAK_NAME &&
		    names_together(a, text, words, matches, i - 1))
			matches[i - 1].strength = NAME;
}

static void find_names(struct arena *a, const struct redactor *r, struct str text, const struct redact_word *words,
		       size_t n, struct redact_finds *out)
{
	struct match *matches = arena_many(a, n, struct match);
	for (size_t i = 0; i < n; i++)
		matches[i] = match_of(a, r, &words[i]);
	settle_weak(a, text, words, n, matches);
	for (size_t i = 0; i < n;) {
		if (matches[i].strength != NAME) {
			i++;
			continue;
		}
		struct people people = matches[i].people;
		size_t last = i;
		for (size_t k = i + 1; k < n && side_by_side(text, &words[k - 1], &words[k]); k++) {
			if (matches[k].strength == NAME) {
				struct people both = in_both(a, people, matches[k].people);
				if (both.n == 0)
					break;
				people = both;
			} else if (!is_initial(r, &words[k], people)) {
				break;
			}
			last = k;
		}
		size_t at = words[i].at;
		if (i > 0 && is_initial(r, &words[i - 1], people) && side_by_side(text, &words[i - 1], &words[i]) &&
		    (out->n == 0 || out->at[out->n - 1].at + out->at[out->n - 1].n <= words[i - 1].at))
			at = words[i - 1].at;
		redact_add(a, out, at, words[last].at + words[last].bare - at, REDACT_NAME, people_instead(r, people));
		i = last + 1;
	}
}

void redact_add(struct arena *a, struct redact_finds *f, size_t at, size_t n, enum redact_kind kind, struct str instead)
{
	if (f->n == f->room) {
		size_t room = f->room > 0 ? 2 * f->room : 16;
		struct redact_find *more = arena_many(a, room, struct redact_find);
		if (f->n > 0)
			memcpy(more, f->at, f->n * sizeof *more);
		f->at = more;
		f->room = room;
	}
	f->at[f->n++] = (struct redact_find){at, n, kind, instead.n > 0 ? instead : str_from(kinds[kind].instead)};
}

static int by_place(const void *a, const void *b)
{
	const struct redact_find *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->n < y->n) - (x->n > y->n);
}

/* Overlapping finds become one, which says what the longer said. */
static void settle(struct redact_finds *f)
{
	size_t n = 0;
	if (f->n > 0)
		qsort(f->at, f->n, sizeof *f->at, by_place);
	for (size_t i = 0; i < f->n; i++) {
		struct redact_find *last = n > 0 ? &f->at[n - 1] : NULL;
		struct redact_find now = f->at[i];
		if (last == NULL || now.at >= last->at + last->n) {
			f->at[n++] = now;
			continue;
		}
		size_t end = now.at + now.n > last->at + last->n ? now.at + now.n : last->at + last->n;
		if (now.n > last->n) {
			last->kind = now.kind;
			last->instead = now.instead;
		}
		last->n = end - last->at;
	}
	f->n = n;
}

size_t redact_find(struct arena *a, const struct redactor *r, struct str text, struct redact_find **out)
{
	struct redact_word *words;
	struct redact_finds finds = {0};
	size_t n = redact_split(a, text, &words);
	find_names(a, r, text, words, n, &finds);
	redact_shapes(a, text, words, n, &r->births, &finds);
	settle(&finds);
	*out = finds.at;
	return finds.n;
}

size_t redact_mark(struct arena *a, struct str text, struct str marked, struct redact_find **finds, size_t n)
{
	struct redact_finds all = {.at = arena_many(a, n + 1, struct redact_find), .n = n, .room = n + 1};
	if (n > 0)
		memcpy(all.at, *finds, n * sizeof **finds);
	marked = str_trim(marked);
	for (size_t i = 0; marked.n > 0 && i + marked.n <= text.n;) {
		if (!str_eq_nocase(str_sub(text, i, marked.n), marked)) {
			i++;
			continue;
		}
		redact_add(a, &all, i, marked.n, REDACT_MARKED, (struct str){0});
		i += marked.n;
	}
	settle(&all);
	*finds = all.at;
	return all.n;
}

struct str redact_apply(struct arena *a, struct str text, const struct redact_find *finds, size_t n)
{
	size_t room = text.n + 1, at = 0;
	for (size_t i = 0; i < n; i++)
		room += finds[i].instead.n;
	struct buf out = buf_new(a, room);
	for (size_t i = 0; i < n; i++) {
		buf_str(&out, str_sub(text, at, finds[i].at - at));
		buf_str(&out, finds[i].instead);
		at = finds[i].at + finds[i].n;
	}
	buf_str(&out, str_sub(text, at, text.n - at));
	return buf_text(&out);
}
