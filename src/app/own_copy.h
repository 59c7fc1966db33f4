/* A household's own copy: what is held about it in byname, whom it was shown to, what was written or changed.
 *
 * (Seed, informed consent: tell people "how the person can get access to the information … recorded about them"; HMIS
 * privacy standards 4.2.5: a copy for inspection.) It is made of what the viewer may see, who is the worker that prints
 * it; what stands under a law of its own is on the page of those facts (app/law.h), and what agencies keep in files of
 * their own is theirs to give. Each line is as it was written: headings alone are in the person's language
 * (web/sheet.h).
 */
#ifndef APP_OWN_COPY_H
#define APP_OWN_COPY_H

#include "app/journal.h"

enum own_part {
	OWN_PEOPLE,
	OWN_WISHES,   /* in their own words */
	OWN_PLACE,    /* on the list, why, and since when */
	OWN_TIME,     /* homeless: stays and counts */
	OWN_SCORES,   /* of assessments */
	OWN_PAPERS,   /* that are there */
	OWN_WRITTEN,  /* needs, the CoC's own columns, where to find them, what was tried */
	OWN_MEETINGS, /* what conferences said */
	OWN_STEPS,    /* what somebody is to do */
	OWN_RELEASES, /* what was agreed to or declined; empty where the viewer may not read releases */
	OWN_PARTS_N
};

struct own_held {
	struct day day; /* DAY_NONE: it has none */
	struct str what;
	struct str by; /* who wrote or recorded it, or whom it is about; empty: not said */
};

struct own_copy {
	struct own_view shown;
	struct {
		struct own_held *lines;
		size_t n;
	} parts[OWN_PARTS_N];
};

/* `from` as app_household_shown, for what was shown and changed. ERR_MISSING: no such household, or not for a viewer
 * who may not read notes about it. */
must err_t app_own_copy(struct call *c, struct str household_id, struct day from, struct own_copy *out);

#endif
