/* The keys by which records find those they are compared with. */
#include "domain/match.h"

#include <string.h>

#include "base/buf.h"

/* A name as it is often misheard or mistyped: its first letter and the consonants that follow, each once. */
static void add_bones(struct buf *b, struct str name)
{
	enum { BONES = 4 };
	size_t kept = 0;
	char before = 0;
	for (size_t i = 0; i < name.n && name.p[i] != ' ' && kept < BONES; i++) {
		char c = name.p[i];
		bool vowel = strchr("aeiouyhw", c) != NULL;
		if (i == 0 || (!vowel && c != before)) {
			buf_char(b, c);
			kept++;
		}
		before = c;
	}
}

static struct str year_key(struct arena *a, struct str name, struct day birth)
{
	struct buf b = buf_new(a, MATCH_KEY_MAX);
	buf_lit(&b, "year ");
	add_bones(&b, name);
	buf_fmt(&b, " %d", day_to_ymd(birth).year);
	return buf_text(&b);
}

/* Both names, the one first that sorts first: so swapped names meet. */
static struct str names_key(struct arena *a, struct str first, struct str last)
{
	struct buf b = buf_new(a, MATCH_KEY_MAX);
	bool turned = str_cmp(first, last) > 0;
	buf_lit(&b, "names ");
	add_bones(&b, turned ? last : first);
	buf_char(&b, ' ');
	add_bones(&b, turned ? first : last);
	return buf_text(&b);
}

size_t match_keys(struct arena *a, const struct match_person *p, struct str out[MATCH_KEYS])
{
	size_t n = 0;
	char day[DAY_TEXT];
	struct str ssn4 = match_ssn4(p->ssn);
	if (day_known(p->birth))
		out[n++] = str_fmt(a, "born %s", day_text(p->birth, day));
	if (day_known(p->birth) && p->last.n > 0)
		out[n++] = year_key(a, p->last, p->birth);
	if (day_known(p->birth) && p->first.n > 0)
		out[n++] = year_key(a, p->first, p->birth);
	if (p->first.n > 0 && p->last.n > 0 && (day_known(p->birth) || ssn4.n > 0))
		out[n++] = names_key(a, p->first, p->last);
	if (ssn4.n > 0 && p->first.n > 0)
		out[n++] = str_fmt(a, "ssn %.*s %c", STR_ARG(ssn4), p->first.p[0]);
	if (ssn4.n > 0 && p->last.n > 0)
		out[n++] = str_fmt(a, "ssn %.*s %c", STR_ARG(ssn4), p->last.p[0]);
	return n;
}
