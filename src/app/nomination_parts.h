/* Between nomination.c, which changes nominations, and nomination_view.c, which shows them. */
#ifndef APP_NOMINATION_PARTS_H
#define APP_NOMINATION_PARTS_H

#include "app/nomination.h"

/* One use case about a household's nominations, inside its transaction. */
struct nominating {
	struct call *call;
	struct str household_id;
	struct str id;
	struct str agency_id;
	enum nomination_stance stance;
	const struct nomination_words *words;
	const struct pii *why;
	struct day review;
	struct nomination_view *view;
	/* Filled by nomination_open. */
	struct household_face face;
	struct str region_id; /* empty: unassigned */
	bool knows;           /* works with the household, for an agency */
	bool of_group;        /* works for an agency of the region */
	bool plans;           /* the region's conferences */
};

/* The household and what the actor has to do with it. ERR_MISSING. */
must err_t nomination_open(struct nominating *w, struct db *db, struct arena *a);

/* What the agencies said, counted; NULL for who needs the count alone. */
must err_t nomination_said_load(struct db *db, struct arena *a, struct str id, struct nomination_count *count,
				struct nomination_said **said, size_t *n);

#endif
