#include "app/source_row.h"

#include <string.h>

#include "app/import_fact.h"
#include "domain/priority.h"
#include "domain/situation.h"

enum { MONTHS_MOST = 600, SIZE_MOST = 50 };

int64_t source_hash(struct str text)
{
	/* Letter case and blanks at the ends make no other word. */
	char folded[128];
	size_t n = 0;
	text = str_trim(text);
	for (size_t i = 0; i < text.n && n < sizeof folded; i++) {
		char c = text.p[i];
		folded[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	}
	return (int64_t)import_hash((struct str){folded, n}, 1);
}

bool source_meaning_of(const struct source_mapping *m, enum source_field field, struct str word, int *code)
{
	int64_t hash = source_hash(word);
	for (size_t i = 0; i < m->meanings_n; i++)
		if (m->meanings[i].field == field && m->meanings[i].word == hash) {
			*code = m->meanings[i].code;
			return true;
		}
	return source_word(field, word, code);
}

/* "Smith, Joe Alan" or "Joe Alan Smith". */
static void take_whole_name(struct str text, struct source_person *p)
{
	struct str head;
	struct str rest;
	if (str_cut(text, ',', &head, &rest)) {
		p->last = str_trim(head);
		str_cut(str_trim(rest), ' ', &p->first, &p->middle);
	} else {
		size_t n = text.n;
		while (n > 0 && text.p[n - 1] != ' ')
			n--;
		p->last = str_sub(text, n, text.n);
		str_cut(str_trim(str_sub(text, 0, n)), ' ', &p->first, &p->middle);
	}
	p->middle = str_trim(p->middle);
}

/* Nine digits, or five unknown ones and the last four. */
static bool take_ssn(struct arena *a, struct str text, struct source_person *p)
{
	char digits[9];
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] >= '0' && text.p[i] <= '9') {
			if (n == sizeof digits)
				return false;
			digits[n++] = text.p[i];
		} else if (strchr("- xX*.", text.p[i]) == NULL) {
			return false;
		}
	}
	if (n == 4)
		p->ssn = str_fmt(a, "xxxxx%.4s", digits);
	else if (n == 9)
		p->ssn = str_dup(a, (struct str){digits, n});
	return n == 4 || n == 9;
}

static bool take_number(const struct sheet_cell *cell, int most, int *out)
{
	int64_t number;
	struct str whole;
	struct str rest;
	str_cut(cell->text, '.', &whole, &rest);
	if (!str_to_i64(whole, &number) || number < 0 || number > most)
		return false;
	*out = (int)number;
	return true;
}

static bool place_is_ours(const struct source_mapping *m, struct str text)
{
	for (size_t i = 0; i < m->places_n; i++) {
		struct str place = m->places[i];
		struct str county = S(" county");
		bool short_county = place.n > county.n &&
				    str_eq_nocase(str_sub(place, place.n - county.n, county.n), county) &&
				    str_eq_nocase(text, str_sub(place, 0, place.n - county.n));
		/* "4" for "Region 4". */
		bool number = place.n > text.n + 1 && place.p[place.n - text.n - 1] == ' ' && str_ends(place, text);
		if (str_eq_nocase(text, place) || short_county || (number && text.p[0] >= '0' && text.p[0] <= '9'))
			return true;
	}
	return false;
}

static struct str *text_of(struct source_person *p, enum source_field f)
{
	switch (f) {
	case SOURCE_KEY:
		return &p->key;
	case SOURCE_FIRST:
		return &p->first;
	case SOURCE_MIDDLE:
		return &p->middle;
	case SOURCE_LAST:
		return &p->last;
	default:
		return &p->household;
	}
}

static struct day *day_of(struct source_person *p, enum source_field f)
{
	switch (f) {
	case SOURCE_BIRTH:
		return &p->birth;
	case SOURCE_CONTACT:
		return &p->contact;
	case SOURCE_HOMELESS:
		return &p->homeless;
	case SOURCE_SCORED:
		return &p->scored;
	case SOURCE_ATTESTED:
		return &p->attested;
	default:
		return &p->listed;
	}
}

static int *number_of(struct source_person *p, enum source_field f)
{
	switch (f) {
	case SOURCE_VETERAN:
		return &p->veteran;
	case SOURCE_RELATION:
		return &p->relation;
	case SOURCE_SITUATION:
		return &p->situation;
	case SOURCE_MONTHS:
		return &p->months;
	case SOURCE_DISABLING:
		return &p->disabling;
	case SOURCE_SCORE:
		return &p->score;
	case SOURCE_SIZE:
		return &p->size;
	case SOURCE_CHILDREN:
		return &p->children;
	case SOURCE_TIME:
		return &p->time;
	case SOURCE_NEED:
		return &p->need;
	default:
		return &p->reached;
	}
}

/* One cell; what is wrong with it. */
static enum source_problem take_cell(struct arena *a, const struct source_mapping *m, enum source_field f,
				     const struct sheet_cell *cell, struct source_person *p)
{
	if (m->coded && source_text_identifies(cell->text) != NULL)
		return SOURCE_IDENTIFIES;
	if (f == SOURCE_FIELDS_N || cell->kind == SHEET_EMPTY || cell->text.n == 0)
		return SOURCE_FINE;
	switch (source_fields[f].cells) {
	case SOURCE_DAYS: {
		struct day d;
		if (!sheet_day(cell, m->order, m->today, &d) || d.n > m->today.n)
			return SOURCE_BAD_DAY;
		*day_of(p, f) = d;
		return SOURCE_FINE;
	}
	case SOURCE_NUMBERS:
		return take_number(cell, f == SOURCE_SIZE ? SIZE_MOST : MONTHS_MOST, number_of(p, f))
			       ? SOURCE_FINE
			       : SOURCE_BAD_NUMBER;
	case SOURCE_WORDS:
		return source_meaning_of(m, f, cell->text, number_of(p, f)) ? SOURCE_FINE : SOURCE_BAD_WORD;
	case SOURCE_TEXTS:
		break;
	}
	if (f == SOURCE_NAME)
		take_whole_name(cell->text, p);
	else if (f == SOURCE_SSN)
		return take_ssn(a, cell->text, p) ? SOURCE_FINE : SOURCE_BAD_SSN;
	else if (f == SOURCE_REGION)
		return place_is_ours(m, cell->text) ? SOURCE_FINE : SOURCE_OTHER_REGION;
	else
		*text_of(p, f) = cell->text;
	return SOURCE_FINE;
}

/* A named row without a number of its own is found again by who it is. */
static void make_key(struct arena *a, struct source_person *p)
{
	char day[DAY_TEXT];
	struct folded first;
	struct folded last;
	if (p->key.n > 0 || !day_known(p->birth) || p->first.n == 0 || p->last.n == 0)
		return;
	client_fold(p->first, &first);
	client_fold(p->last, &last);
	if (first.n > 0 && last.n > 0)
		p->key = str_fmt(a, "\x1f%.*s\x1f%.*s\x1f%s", (int)first.words[0].n, first.words[0].p,
				 (int)last.words[0].n, last.words[0].p, day_text(p->birth, day));
}

enum source_problem source_row_read(struct arena *a, const struct source_mapping *m, const struct sheet_row *row,
				    struct source_person *out, int64_t *blanked, enum source_problem *why)
{
	*out = (struct source_person){
		.line = row->line,
		.birth = DAY_NONE,
		.listed = DAY_NONE,
		.contact = DAY_NONE,
		.homeless = DAY_NONE,
		.scored = DAY_NONE,
		.attested = DAY_NONE,
		.relation = SOURCE_UNKNOWN,
		.veteran = SOURCE_UNKNOWN,
		.situation = SOURCE_UNKNOWN,
		.months = SOURCE_UNKNOWN,
		.disabling = SOURCE_UNKNOWN,
		.score = SOURCE_UNKNOWN,
		.size = SOURCE_UNKNOWN,
		.children = SOURCE_UNKNOWN,
		.time = SOURCE_UNKNOWN,
		.need = SOURCE_UNKNOWN,
		.reached = SOURCE_UNKNOWN,
	};
	enum source_problem aside = SOURCE_FINE;
	*blanked = 0;
	*why = SOURCE_FINE;
	for (size_t i = 0; i < row->n && i < m->fields_n; i++) {
		enum source_problem p = take_cell(a, m, m->fields[i], &row->cells[i], out);
		if (source_problem_aside(p)) {
			aside = aside == SOURCE_FINE ? p : aside;
		} else if (p != SOURCE_FINE) {
			++*blanked;
			*why = *why == SOURCE_FINE ? p : *why;
		}
	}
	if (aside != SOURCE_FINE)
		return aside;
	make_key(a, out);
	if (!m->coded && out->first.n == 0 && out->last.n == 0)
		return SOURCE_NO_NAME;
	return out->key.n == 0 ? SOURCE_NO_KEY : SOURCE_FINE;
}

static const char *choice_say(enum source_field f, int code)
{
	size_t n;
	const struct source_choice *choices = source_choices(f, &n);
	for (size_t i = 0; i < n; i++)
		if (choices[i].code == code)
			return choices[i].say;
	return "";
}

struct str source_person_say(struct arena *a, const struct source_person *p)
{
	char day[DAY_SAY];
	struct buf b = buf_new(a, 1024);
	if (day_known(p->listed))
		buf_fmt(&b, "on the list since %s", day_say(p->listed, day));
	else
		buf_lit(&b, "on the list from today");
	if (day_known(p->contact))
		buf_fmt(&b, " · last contact %s", day_say(p->contact, day));
	if (p->situation != SOURCE_UNKNOWN)
		buf_fmt(&b, " · %s", choice_say(SOURCE_SITUATION, p->situation));
	if (day_known(p->homeless))
		buf_fmt(&b, " · homeless since %s", day_say(p->homeless, day));
	if (p->months != SOURCE_UNKNOWN)
		buf_fmt(&b, " · %d months", p->months);
	if (p->score != SOURCE_UNKNOWN)
		buf_fmt(&b, " · score %d", p->score);
	if (p->size != SOURCE_UNKNOWN)
		buf_fmt(&b, " · household of %d", p->size);
	if (p->time != SOURCE_UNKNOWN)
		buf_fmt(&b, " · homeless: %s", choice_say(SOURCE_TIME, p->time));
	if (p->need != SOURCE_UNKNOWN)
		buf_fmt(&b, " · need: %s", choice_say(SOURCE_NEED, p->need));
	if (p->reached != SOURCE_UNKNOWN)
		buf_fmt(&b, " · contact: %s", choice_say(SOURCE_REACHED, p->reached));
	return buf_text(&b);
}

struct str source_mapping_missing(const struct source_mapping *m)
{
	bool has[SOURCE_FIELDS_N + 1] = {false};
	for (size_t i = 0; i < m->fields_n; i++)
		has[m->fields[i]] = true;
	bool named = has[SOURCE_NAME] || has[SOURCE_FIRST] || has[SOURCE_LAST];
	if (m->coded && !has[SOURCE_KEY])
		return S("Say which column holds the code of each row.");
	if (!m->coded && !named)
		return S("Say which columns hold the names.");
	if (!has[SOURCE_KEY] && !has[SOURCE_BIRTH])
		return S("Say which column holds each row's own number, or its birth date: without one of them nobody "
			 "is found again in the next file.");
	return (struct str){0};
}
