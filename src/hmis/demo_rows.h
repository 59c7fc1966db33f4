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
	struct row row;
};

typedef void demo_write_places(struct demo_pass *p);
typedef void demo_write_household(struct demo_pass *p, const struct demo_history *h);

/* Files about places: written once. */
demo_write_places rows_export, rows_organization, rows_user, rows_project, rows_funder, rows_project_coc,
	rows_inventory, rows_affiliation, rows_hmis_participation, rows_ce_participation;

/* Files about people: written household by household. */
demo_write_household rows_client, rows_enrollment, rows_exit, rows_living_situation, rows_services, rows_assessment,
	rows_assessment_questions, rows_assessment_results, rows_event, rows_disabilities, rows_health, rows_income,
	rows_youth_education, rows_employment;

/* The clients and enrollments that a victim service provider should never have sent: two of each. */
void rows_victim_clients(struct demo_pass *p);
void rows_victim_enrollments(struct demo_pass *p);

/* Shared by the files above. */

/* Whether something recorded on that day is in the export; DAY_NONE never is. */
bool pass_sees(const struct demo_pass *p, struct day recorded);

bool pass_touched(const struct demo_pass *p, int64_t household);

enum project_type stay_type(const struct demo_pass *p, const struct demo_stay *s);

/* The end of contact as far as the export knows: the exit or today. */
struct day stay_until(const struct demo_pass *p, const struct demo_stay *s);

/* EnrollmentID and PersonalID, in the two given columns. */
void row_keys(struct row *r, int enrollment, int person, const struct demo_history *h, int stay, int member);

enum { DEMO_USERS = 60 }; /* six for each region */
void row_user(struct row *r, int column, int user);

/* DateCreated, DateUpdated, UserID and ExportID at the end of a row about a household; `serial` tells rows
 * of one day apart. */
void row_stamp(struct demo_pass *p, const struct demo_history *h, struct day created, struct day updated, int serial);

/* The same for a row about places. */
void row_stamp_place(struct demo_pass *p, struct day created);

#endif
