/* Export, User, and the files about organizations and projects. */
#include "hmis/demo_names.h"
#include "hmis/demo_rows.h"

/* Every agency and project has been there since 2014-10-01. */
static const struct day opened = {16344};

enum { EXPORT_YEARS = -4, CLOSES = 18 * 3600, LATE = 21 * 3600 };

static struct str scratch_number(struct demo_row *r, const char *prefix, int n, int width)
{
	char *start = r->scratch + r->used;
	char *p = start;
	while (*prefix != '\0')
		*p++ = *prefix++;
	for (int i = width - 1; i >= 0; i--, n /= 10)
		p[i] = (char)('0' + n % 10);
	p += width;
	r->used += (size_t)(p - start);
	return (struct str){start, (size_t)(p - start)};
}

void demo_rows_export(struct demo_pass *p)
{
	const struct demo_view *v = p->view;
	struct demo_row *r = &p->row;
	demo_row_begin(r, p->out);
	demo_row_text(r, Export_ExportID, v->export_id);
	demo_row_int(r, Export_SourceType, 1);
	demo_row_text(r, Export_SourceID, S(DEMO_COC));
	demo_row_text(r, Export_SourceName, S("Hundred and One Counties HMIS (made up)"));
	demo_row_text(r, Export_SourceContactFirst, S("Whimbrel"));
	demo_row_text(r, Export_SourceContactLast, S("Thimblequilt"));
	demo_row_text(r, Export_SourceContactPhone, S("5555550100"));
	demo_row_text(r, Export_SourceContactEmail, S("hmis@hundred-and-one.example"));
	demo_row_time(r, Export_ExportDate, v->today, v->touched_permille > 0 ? LATE : CLOSES);
	demo_row_day(r, Export_ExportStartDate, day_add_years(v->today, EXPORT_YEARS));
	demo_row_day(r, Export_ExportEndDate, v->today);
	demo_row_text(r, Export_SoftwareName, S("byname demo"));
	demo_row_text(r, Export_SoftwareVersion, S(BYNAME_VERSION));
	demo_row_text(r, Export_CSVVersion, S("2026 v1.0"));
	demo_row_int(r, Export_ExportPeriodType, 3);
	demo_row_int(r, Export_ExportDirective, 2);
	demo_row_int(r, Export_HashStatus, 1);
	demo_row_text(r, Export_ImplementationID, S("MADE-UP-606"));
	demo_row_end(r);
}

static struct str agency_id(struct demo_row *r, int agency)
{
	return scratch_number(r, "AG-", agency + 1, 3);
}

void demo_rows_organization(struct demo_pass *p)
{
	struct demo_row *r = &p->row;
	for (int i = 0; i < WORLD_AGENCIES; i++) {
		const struct demo_agency *agency = &p->view->world->agencies[i];
		demo_row_begin(r, p->out);
		demo_row_text(r, Organization_OrganizationID, agency_id(r, i));
		demo_row_text(r, Organization_OrganizationName, agency->name);
		demo_row_int(r, Organization_VictimServiceProvider, agency->victim_services);
		demo_row_stamp_place(p, opened);
		demo_row_end(r);
	}
}

void demo_rows_user(struct demo_pass *p)
{
	struct demo_row *r = &p->row;
	for (int i = 0; i < DEMO_USERS; i++) {
		struct dice d = dice_new(p->view->seed, DICE_PLACES, (uint64_t)i, 0);
		struct demo_name first = demo_name_first_make(&d);
		struct demo_name last = demo_name_last_make(&d);
		demo_row_begin(r, p->out);
		demo_row_user(r, User_UserID, i);
		demo_row_text(r, User_UserFirstName, demo_name_str(&first));
		demo_row_text(r, User_UserLastName, demo_name_str(&last));
		demo_row_text(r, User_UserPhone, scratch_number(r, "55555501", i, 2));
		struct str user = r->cells[User_UserID].text;
		char *mail = r->scratch + r->used;
		static const char host[] = "@hundred-and-one.example";
		size_t n = 0;
		for (; n < user.n; n++)
			mail[n] = user.p[n] == 'U' ? 'u' : user.p[n];
		for (const char *h = host; *h != '\0'; h++)
			mail[n++] = *h;
		r->used += n;
		demo_row_text(r, User_UserEmail, (struct str){mail, n});
		demo_row_time(r, User_DateCreated, opened, CLOSES);
		demo_row_time(r, User_DateUpdated, opened, CLOSES);
		demo_row_text(r, User_ExportID, p->view->export_id);
		demo_row_end(r);
	}
}

static bool has_beds(enum project_type type)
{
	return type == TYPE_SHELTER || type == TYPE_NIGHTS || type == TYPE_TRANSITIONAL || type == TYPE_PSH ||
	       type == TYPE_SAFE_HAVEN || type == TYPE_PH_ONLY || type == TYPE_PH_SERVICES || type == TYPE_RRH;
}

/* Supportive services of the first region are affiliated with its family shelter. */
static bool is_affiliated(const struct demo_project *project)
{
	return project->type == TYPE_SERVICES && project->region == 0;
}

void demo_rows_project(struct demo_pass *p)
{
	struct demo_row *r = &p->row;
	for (int i = 0; i < p->view->world->projects_n; i++) {
		const struct demo_project *project = &p->view->world->projects[i];
		bool scattered = project->type == TYPE_RRH || project->type == TYPE_PH_ONLY;
		demo_row_begin(r, p->out);
		demo_row_text(r, Project_ProjectID, project->id);
		demo_row_text(r, Project_OrganizationID, agency_id(r, project->agency));
		demo_row_text(r, Project_ProjectName, project->name);
		demo_row_day(r, Project_OperatingStartDate, opened);
		demo_row_int(r, Project_ContinuumProject, 1);
		demo_row_int(r, Project_ProjectType, (int)project->type);
		if (has_beds(project->type)) {
			demo_row_int(r, Project_HousingType, scattered ? 3 : 1);
			demo_row_int(r, Project_PITCount, project->beds * 3 / 4);
		}
		if (project->type == TYPE_RRH)
			demo_row_int(r, Project_RRHSubType, 2);
		if (project->type == TYPE_SERVICES)
			demo_row_int(r, Project_ResidentialAffiliation, is_affiliated(project));
		demo_row_int(r, Project_TargetPopulation, i == p->view->world->victim_project ? 1 : 4);
		demo_row_int(r, Project_HOPWAMedAssistedLivingFac, 2);
		demo_row_stamp_place(p, opened);
		demo_row_end(r);
	}
}

/* A row for project i: the row's id in the first column and the project's in the second. */
static const struct demo_project *project_begin(struct demo_pass *p, int i, const char *prefix)
{
	const struct demo_project *project = &p->view->world->projects[i];
	demo_row_begin(&p->row, p->out);
	demo_row_text(&p->row, 0, scratch_number(&p->row, prefix, i + 1, 4));
	demo_row_text(&p->row, 1, project->id);
	return project;
}

static void project_end(struct demo_pass *p)
{
	demo_row_stamp_place(p, opened);
	demo_row_end(&p->row);
}

void demo_rows_funder(struct demo_pass *p)
{
	struct demo_row *r = &p->row;
	for (int i = 0; i < p->view->world->projects_n; i++) {
		const struct demo_project *project = project_begin(p, i, "FU-");
		demo_row_int(r, Funder_Funder, project->funder);
		if (project->funder == 46)
			demo_row_text(r, Funder_OtherFunder, S("County and local giving"));
		demo_row_text(r, Funder_GrantID, scratch_number(r, "XX606G", i + 1, 4));
		demo_row_day(r, Funder_StartDate, opened);
		project_end(p);
	}
}

void demo_rows_project_coc(struct demo_pass *p)
{
	struct demo_row *r = &p->row;
	for (int i = 0; i < p->view->world->projects_n; i++) {
		const struct demo_project *project = project_begin(p, i, "PC-");
		int place = project->county < 0 ? 0 : project->county;
		struct demo_name city = demo_name_place(place);
		demo_row_text(r, ProjectCoC_CoCCode, S(DEMO_COC));
		demo_row_text(r, ProjectCoC_Geocode, scratch_number(r, "99", place + 1, 4)); /* no state's number */
		demo_row_text(r, ProjectCoC_City, demo_name_str(&city));
		demo_row_text(r, ProjectCoC_State, S("XX"));
		demo_row_text(r, ProjectCoC_ZIP, scratch_number(r, "000", place % 100, 2)); /* no post office's */
		demo_row_int(r, ProjectCoC_GeographyType, 3);
		project_end(p);
	}
}

void demo_rows_inventory(struct demo_pass *p)
{
	struct demo_row *r = &p->row;
	for (int i = 0; i < p->view->world->projects_n; i++) {
		if (!has_beds(p->view->world->projects[i].type))
			continue;
		const struct demo_project *project = project_begin(p, i, "IN-");
		bool families = project->audience == AUDIENCE_FAMILIES;
		bool shelter = project->type == TYPE_SHELTER || project->type == TYPE_NIGHTS;
		demo_row_text(r, Inventory_CoCCode, S(DEMO_COC));
		demo_row_int(r, Inventory_HouseholdType, families ? 3 : 1);
		if (shelter) {
			demo_row_int(r, Inventory_Availability, 1);
			demo_row_int(r, Inventory_ESBedType, 1);
		}
		demo_row_int(r, Inventory_UnitInventory, families ? project->beds / 3 : project->beds);
		demo_row_int(r, Inventory_BedInventory, project->beds);
		demo_row_int(r, Inventory_VetBedInventory, project->audience == AUDIENCE_VETERANS ? project->beds : 0);
		demo_row_int(r, Inventory_YouthBedInventory, project->audience == AUDIENCE_YOUTH ? project->beds : 0);
		bool dedicated = project->audience == AUDIENCE_VETERANS || project->audience == AUDIENCE_YOUTH;
		demo_row_int(r, Inventory_OtherBedInventory, dedicated ? 0 : project->beds);
		demo_row_day(r, Inventory_InventoryStartDate, opened);
		project_end(p);
	}
}

void demo_rows_affiliation(struct demo_pass *p)
{
	for (int i = 0; i < p->view->world->projects_n; i++) {
		if (!is_affiliated(&p->view->world->projects[i]))
			continue;
		(void)project_begin(p, i, "AF-");
		demo_row_text(&p->row, Affiliation_ResProjectID, p->view->world->projects[0].id);
		project_end(p);
	}
}

void demo_rows_hmis_participation(struct demo_pass *p)
{
	for (int i = 0; i < p->view->world->projects_n; i++) {
		(void)project_begin(p, i, "HP-");
		bool victims = i == p->view->world->victim_project;
		demo_row_int(&p->row, HMISParticipation_HMISParticipationType, victims ? 2 : 1);
		demo_row_day(&p->row, HMISParticipation_HMISParticipationStatusStartDate, opened);
		project_end(p);
	}
}

void demo_rows_ce_participation(struct demo_pass *p)
{
	struct demo_row *r = &p->row;
	for (int i = 0; i < p->view->world->projects_n; i++) {
		const struct demo_project *project = project_begin(p, i, "CE-");
		bool entry = project->type == TYPE_ENTRY;
		bool access = entry || project->type == TYPE_OUTREACH;
		demo_row_int(r, CEParticipation_AccessPoint, access);
		demo_row_int(r, CEParticipation_PreventionAssessment, entry);
		demo_row_int(r, CEParticipation_CrisisAssessment, access);
		demo_row_int(r, CEParticipation_HousingAssessment, entry);
		demo_row_int(r, CEParticipation_DirectServices, access);
		demo_row_int(r, CEParticipation_ReceivesReferrals, has_beds(project->type));
		demo_row_day(r, CEParticipation_CEParticipationStatusStartDate, opened);
		project_end(p);
	}
}
