/* Writes what an export shows of a household, one function per file of the standard.
 *
 * A pass is the writing of one file from the first household to the last. It belongs to one thread;
 * what it is given by pointer is shared and read only.
 */
#ifndef HMIS_DEMO_ROWS_H
#define HMIS_DEMO_ROWS_H

#include "hmis/demo_history.h"
#include "hmis/demo_out.h"

/* A look at the world: what an export on that day knows. */
struct demo_view {
	const struct demo_world *world;
	uint64_t seed;
	struct day world_day; /* of the world's first export */
	struct day today;     /* of this export */
	int touched_permille; /* of the households whose rows were all saved again on the last evening */
	struct str export_id;
};

struct demo_pass {
	const struct demo_view *view;
	struct demo_out *out;
	struct demo_row row;
};

typedef void demo_write_places(struct demo_pass *p);
typedef void demo_write_household(struct demo_pass *p, const struct demo_history *h);

/* Files about places: written once. */
demo_write_places demo_rows_export, demo_rows_organization, demo_rows_user, demo_rows_project, demo_rows_funder,
	demo_rows_project_coc, demo_rows_inventory, demo_rows_affiliation, demo_rows_hmis_participation,
	demo_rows_ce_participation;

/* Files about people: written household by household. */
demo_write_household demo_rows_client, demo_rows_enrollment, demo_rows_exit, demo_rows_living_situation,
	demo_rows_services, demo_rows_assessment, demo_rows_assessment_questions, demo_rows_assessment_results,
	demo_rows_event, demo_rows_disabilities, demo_rows_health, demo_rows_income, demo_rows_youth_education,
	demo_rows_employment;

/* The clients and enrollments that a victim service provider should never have sent: two of each. */
void demo_rows_victim_clients(struct demo_pass *p);
void demo_rows_victim_enrollments(struct demo_pass *p);

/* Shared by the files above. */

/* Whether something recorded on that day is in the export; DAY_NONE never is. */
bool demo_pass_sees(const struct demo_pass *p, struct day recorded);

bool demo_pass_touched(const struct demo_pass *p, int64_t household);

enum project_type demo_stay_type(const struct demo_pass *p, const struct demo_stay *s);

/* The end of contact as far as the export knows: the exit or today. */
struct day demo_stay_until(const struct demo_pass *p, const struct demo_stay *s);

/* EnrollmentID and PersonalID, in the two given columns. */
void demo_row_keys(struct demo_row *r, int enrollment, int person, const struct demo_history *h, int stay, int member);

enum { DEMO_USERS = 60 }; /* six for each region */
void demo_row_user(struct demo_row *r, int column, int user);

/* DateCreated, DateUpdated, UserID and ExportID at the end of a row about a household; `serial` tells rows
 * of one day apart. */
void demo_row_stamp(struct demo_pass *p, const struct demo_history *h, struct day created, struct day updated,
		    int serial);

/* The same for a row about places. */
void demo_row_stamp_place(struct demo_pass *p, struct day created);

#endif
