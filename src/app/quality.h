/* What is to be mended in the facts behind the list: flags with who can mend them and by when, counts by agency, what
 * came and went with the last import, and what a person confirmed to be right as it is.
 *
 * A list holder sees the flags of the own region and of the unassigned; anybody else who sees lists those of the
 * households whose head was last enrolled with their own agency. What was confirmed neither counts nor shows in the
 * list, from the moment it is confirmed, and stays silent until the facts it came from change (domain/quality.h).
 */
#ifndef APP_QUALITY_H
#define APP_QUALITY_H

#include "app/household.h"
#include "domain/flag.h"

struct quality_agency {
	struct str name; /* of the head's latest stay */
	int64_t n;
};

struct quality_line {
	const struct flag_row *flag;
	int64_t n;                       /* open households that have it, confirmed ones aside */
	int64_t confirmed;               /* whose facts were confirmed */
	int64_t fresh;                   /* of the own region: have it since the last import and had not */
	int64_t mended;                  /* … had it and have not */
	struct day due;                  /* before the next meeting that could speak of one of them */
	struct quality_agency *agencies; /* the most first; empty where all are one's own */
	size_t agencies_n;
};

struct quality_view {
	bool whole;         /* a list's flags; otherwise those of one agency's households, without fresh and mended */
	int64_t households; /* that have a flag */
	struct quality_line *lines; /* the most first; flags that nobody has are left out */
	size_t lines_n;
};

/* ERR_DENIED for who sees no list. */
must err_t app_quality(struct call *c, struct quality_view *out);

struct quality_household {
	struct household_face face;
	struct str agency;
	bool may;      /* the viewer may confirm it or take that back */
	bool silent;   /* it was confirmed */
	struct str by; /* who confirmed it, on which day, and why, where the viewer may read notes */
	struct day day;
	struct str reason;
};

struct quality_flag_view {
	const struct flag_row *flag;
	struct day due;
	struct quality_household *lines; /* as in the list, confirmed ones last */
	size_t lines_n;
	size_t total; /* more than lines_n: the others follow when these are mended */
};

/* The households of one flag. ERR_MISSING: no such flag. */
must err_t app_quality_flag(struct call *c, struct str word, struct quality_flag_view *out);

/* Confirms that the facts behind a household's flag are right as they are, or takes it back. The list holder of the
 * region (of an unassigned household any), and who works for an agency that serves it. ERR_MISSING: no such household
 * or flag. ERR_DENIED. ERR_INVALID: without a reason, or a flag that only a newer fact answers. ERR_CONFLICT: the
 * household has it no more. */
must err_t app_quality_confirm(struct call *c, struct str household_id, struct str word, const struct pii *reason,
			       bool take_back);

#endif
