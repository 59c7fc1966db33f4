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
#include "app/worklist.h"
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
	struct str mender; /* who has taken it on: "Dana Reyes, Alder Agency"; empty: nobody */
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

/* Takes on to mend a flag, from whoever had it, or gives it up. For the same people, of any flag; as refused. */
must err_t app_quality_mend(struct call *c, struct str household_id, struct str word, bool give_up);

/* A flag of one household, open or confirmed. */
struct quality_item {
	const struct flag_row *flag;
	bool silent;      /* it was confirmed */
	bool can_confirm; /* the viewer may confirm it or take that back */
	struct str by;    /* who confirmed it, on which day, and why, where the viewer may read notes */
	struct day day;
	struct str reason;
	struct str mender; /* who has taken it on; empty: nobody */
	bool mine;         /* the viewer has */
};

struct quality_items {
	struct quality_item *list; /* open ones first */
	size_t list_n;
	struct str agency; /* of the latest stay; empty: not known, or not for the viewer */
	struct day due;
	bool may; /* the viewer may take one on */
};

/* Those of a household whose face is given and not coarse. `db` is in a transaction; private to src/app. */
struct list_image;
struct list_row;
must err_t quality_items_of(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
			    const struct list_row *row, const struct household_face *face, struct quality_items *out);

/* Before a conference: what is to be mended of the households of the region's cycle, and by whom. */
struct quality_seat {
	struct household_face face;
	struct quality_items items; /* open ones alone */
};

struct quality_owed {
	struct str agency;
	int64_t households; /* of the region, that have a flag */
	int64_t flags;
	int64_t seats; /* … of the cycle */
};

struct quality_ready {
	struct str region;
	struct day meeting;         /* DAY_NONE: none is planned */
	struct day due;             /* the day before */
	struct quality_seat *seats; /* in the order of the list, those with something to mend first */
	size_t seats_n;
	size_t clear;                  /* seats with nothing to mend */
	struct quality_owed *agencies; /* of the whole region, the most first */
	size_t agencies_n;
};

/* Before the conference of a list (app/worklist.h). For who works in the region's conferences, agencies by their
 * counts. ERR_MISSING, ERR_DENIED. */
must err_t app_quality_ready(struct call *c, struct worklist_ref list, struct quality_ready *out);

#endif
