/* Three households of one region that tests of releases, laws and corrections look at, each time as somebody else. */
#ifndef TESTS_UNIT_APP_HOUSEHOLD_SCENE_H
#define TESTS_UNIT_APP_HOUSEHOLD_SCENE_H

#include "import_fixture.h"

#include "domain/access.h"

struct scene {
	struct store *s;
	struct call *c;
	struct str ann, region; /* Ann's household; the region is known after as_holder */
	struct day today;
};

/* Ann (with a child), Bea and Cal, all served by Millpond Aid (`millpond`, u2 Dana Cole); Ann also by Tern Program
 * (`tern`, u4 Sol Ode), all of which HOPWA funds. Larkmere Center (`lark`, u1 Lee Tran) and Dell House (`dell`, u3 Kim
 * Orr) serve nobody. */
void scene_open(struct store *s, struct scene *w);
void scene_close(struct scene *w);

/* The call is somebody's whose agency and self signed what is needed. */
void scene_as(struct scene *w, const char *user, enum role role, const char *agency);

/* Lee, who holds the list of the region. */
void scene_as_holder(struct scene *w);

/* What Ann agreed to in place of all before, days counted from today; scope NULL: nothing. `laws`: LAW_BIT. */
enum { NEVER = 100000 };
void scene_ann_signed(struct scene *w, int refused, const char *scope, const char *agency, int until, int ended,
		      unsigned laws);

#endif
