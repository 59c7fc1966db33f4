/* The needs matrix: how much housing and how much service a household needs, and what then helps.
 *
 * Source: the table "Housing Needs × Service Needs" of the case conferencing training, whose nine texts
 * are the defaults here; a CoC may word its own. A cell suggests what to look for first: it is never a
 * denial, and no key of the order.
 */
#ifndef DOMAIN_NEEDS_H
#define DOMAIN_NEEDS_H

#include "base/str.h"
#include "domain/situation.h"
#include "domain/standing.h"

/* Word as stored, for people, what it means of housing, what it means of services. */
#define NEED_LEVELS(X)                                                                                                 \
	X(NEED_LOW, "low", "Low", "At-Risk of Homelessness (Category 2)",                                              \
	  "Able bodied, connected to workforce, few barriers to employment, self-sufficiency.")                        \
	X(NEED_MODERATE, "moderate", "Moderate", "Recent first-time homelessness for a short period of time",          \
	  "Some barriers to employment, self-sufficiency. Barriers resolved through services and/or treatment")        \
	X(NEED_HIGH, "high", "High", "Chronic homelessness or persistent and frequent episodes of homelessness",       \
	  "Multiple barriers to employment, self-sufficiency, and activities of daily living; needs ongoing services")

enum need_level {
#define X(name, word, say, housing, service) name,
	NEED_LEVELS(X)
#undef X
		NEED_LEVELS_N
};

struct need_row {
	struct str word;
	struct str say;
	struct str housing;
	struct str service;
};
extern const struct need_row need_table[NEED_LEVELS_N];
bool need_level_parse(struct str word, enum need_level *out);

struct needs {
	enum need_level housing;
	enum need_level service;
};

/* As stored: "high moderate", housing first. */
struct str needs_text(struct arena *a, struct needs n);
bool needs_read(struct str text, struct needs *out);

/* The menu of the seed's cell. */
struct str needs_menu(struct needs n);

/* What the facts say of the housing need until a person says it: verified or likely
 * chronic is high; doubled up or in other housing is low; else moderate. (ours) */
enum need_level needs_suggest(enum chronic chronic, enum situation situation);

#endif
