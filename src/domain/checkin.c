#include "domain/checkin.h"

const int checkin_days[CHECKINS_N] = {30, 90, 180, 365};

static const struct {
	struct str key, say;
} founds[FOUND_N] = {
#define X(name, key, say) [name] = {STR_INIT(key), STR_INIT(say)},
	CHECKIN_FOUND(X)
#undef X
};

struct str checkin_found_key(enum checkin_found f)
{
	return founds[f].key;
}

struct str checkin_found_say(enum checkin_found f)
{
	return founds[f].say;
}

bool checkin_found_parse(struct str key, enum checkin_found *out)
{
	for (enum checkin_found f = 0; f < FOUND_N; f++)
		if (str_eq(key, founds[f].key)) {
			*out = f;
			return true;
		}
	return false;
}

struct str checkin_text(struct arena *a, const struct checkin *c)
{
	char day[DAY_TEXT];
	return str_fmt(a, "%.*s %s\n%.*s", STR_ARG(founds[c->found].key), day_text(c->day, day), STR_ARG(c->words));
}

bool checkin_read(struct str text, struct checkin *out)
{
	struct str head;
	struct str key;
	struct str day;
	struct checkin c;
	str_cut(text, '\n', &head, &c.words);
	if (!str_cut(head, ' ', &key, &day) || !checkin_found_parse(key, &c.found) || !day_parse(day, &c.day))
		return false;
	*out = c;
	return true;
}

struct day checkin_due(struct day housed, size_t which)
{
	return day_add(housed, checkin_days[which]);
}

size_t checkin_next(struct day housed, struct day today, unsigned made)
{
	size_t next = 0;
	while (next < CHECKINS_N && checkin_due(housed, next).n <= today.n)
		next++;
	if (next > 0 && (made >> (next - 1) & 1) == 0)
		return next - 1;
	while (next < CHECKINS_N && (made >> next & 1) != 0)
		next++;
	return next;
}
