#include "domain/needs.h"

const struct need_row need_table[NEED_LEVELS_N] = {
#define X(name, word, say, housing, service) {STR_INIT(word), STR_INIT(say), STR_INIT(housing), STR_INIT(service)},
	NEED_LEVELS(X)
#undef X
};

/* By service, then by housing: as the table is printed. */
static const struct str menus[NEED_LEVELS_N][NEED_LEVELS_N] = {
	[NEED_LOW] =
		{
			[NEED_LOW] = STR_INIT("Community supports; homelessness prevention; diversion/Housing Problem "
					      "Solving; income supports"),
			[NEED_MODERATE] = STR_INIT("Community supports; diversion/Housing Problem Solving; income "
						   "supports; affordable housing"),
			[NEED_HIGH] =
				STR_INIT("Income supports; affordable housing; LIHTC/EHV/HCV or other PHA resources"),
		},
	[NEED_MODERATE] =
		{
			[NEED_LOW] = STR_INIT("Community supports; diversion/Housing Problem Solving; income supports; "
					      "affordable housing"),
			[NEED_MODERATE] = STR_INIT("Community supports; Rapid Rehousing; diversion/Housing Problem "
						   "Solving; income supports; affordable housing"),
			[NEED_HIGH] = STR_INIT("Income supports; affordable housing; LIHTC/EHV/HCV or other PHA "
					       "resources; potential PSH if barriers increase"),
		},
	[NEED_HIGH] =
		{
			[NEED_LOW] = STR_INIT("Community supports; income supports; mainstream services and case "
					      "management; housing search and location services; affordable housing"),
			[NEED_MODERATE] = STR_INIT("Community supports; Rapid Rehousing; diversion/Housing Problem "
						   "Solving; income supports; affordable housing"),
			[NEED_HIGH] = STR_INIT("Permanent Supportive Housing; long-term living; LIHTC/EHV/HCV with "
					       "supportive services"),
		},
};

bool need_level_parse(struct str word, enum need_level *out)
{
	for (int l = 0; l < NEED_LEVELS_N; l++)
		if (str_eq(need_table[l].word, word)) {
			*out = (enum need_level)l;
			return true;
		}
	return false;
}

struct str needs_text(struct arena *a, struct needs n)
{
	return str_fmt(a, "%.*s %.*s", STR_ARG(need_table[n.housing].word), STR_ARG(need_table[n.service].word));
}

bool needs_read(struct str text, struct needs *out)
{
	struct str housing;
	struct str service;
	struct needs n;
	if (!str_cut(text, ' ', &housing, &service) || !need_level_parse(housing, &n.housing) ||
	    !need_level_parse(service, &n.service))
		return false;
	*out = n;
	return true;
}

struct str needs_menu(struct needs n)
{
	return menus[n.service][n.housing];
}

enum need_level needs_suggest(enum chronic chronic, enum situation situation)
{
	if (chronic == CHRONIC_VERIFIED || chronic == CHRONIC_LIKELY)
		return NEED_HIGH;
	bool housed =
		situation == SITUATION_HOUSED || situation == SITUATION_DOUBLED_UP || situation == SITUATION_OTHER;
	return housed ? NEED_LOW : NEED_MODERATE;
}
