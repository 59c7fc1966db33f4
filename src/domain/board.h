/* The words of a region's board: kinds of notices, levels of issues. */
#ifndef DOMAIN_BOARD_H
#define DOMAIN_BOARD_H

#include "base/day.h"
#include "base/str.h"

/* Key as stored, words. What lead agencies tell is their own kind: it stands first. */
#define NOTICE_KINDS(X)                                                                                                \
	X(NOTICE_LEADS, "leads", "From the lead agencies")                                                             \
	X(NOTICE_FUNDING, "funding", "Funding and grants")                                                             \
	X(NOTICE_EVENT, "event", "Events and training")                                                                \
	X(NOTICE_RESOURCE, "resource", "Resources for clients")
enum notice_kind {
#define X(name, key, words) name,
	NOTICE_KINDS(X)
#undef X
		NOTICE_KINDS_N
};

/* Where an issue sits (Under 1 Roof, "personal, interpersonal, organisational and structural challenges"), so that a
 * person's trouble is not taken for an agency's, or an agency's for the system's. */
#define ISSUE_LEVELS(X)                                                                                                \
	X(ISSUE_PERSONAL, "personal", "one worker")                                                                    \
	X(ISSUE_BETWEEN, "interpersonal", "between people")                                                            \
	X(ISSUE_AGENCY, "organizational", "between or within agencies")                                                \
	X(ISSUE_SYSTEM, "structural", "the system")
enum issue_level {
#define X(name, key, words) name,
	ISSUE_LEVELS(X)
#undef X
		ISSUE_LEVELS_N
};

struct board_words {
	struct str key, words;
};
extern const struct board_words notice_table[NOTICE_KINDS_N];
extern const struct board_words issue_table[ISSUE_LEVELS_N];
bool notice_kind_parse(struct str key, enum notice_kind *out);
bool issue_level_parse(struct str key, enum issue_level *out);

/* A notice is shown for 30 days unless its writer says otherwise, and for a year at most. */
enum { NOTICE_DAYS = 30, NOTICE_DAYS_MOST = 366 };
bool notice_until_fits(struct day until, struct day today);

#endif
