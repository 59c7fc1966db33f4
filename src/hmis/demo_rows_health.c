/* Disabilities, HealthAndDV, IncomeBenefits, YouthEducationStatus, EmploymentEducation. */
#include "hmis/demo_dice.h"
#include "hmis/demo_rows.h"

enum { SERIAL_HEALTH = 60000, STAGE_ENTRY = 1 };

/* Health is asked at entry to coordinated entry, income and school at entry to permanent housing. */
static bool asks_health(const struct demo_pass *p, const struct demo_stay *s)
{
	return demo_pass_sees(p, s->recorded) && demo_stay_type(p, s) == TYPE_ENTRY;
}

static bool asks_income(const struct demo_pass *p, const struct demo_stay *s)
{
	return demo_pass_sees(p, s->recorded) && day_known(s->move_in);
}

static struct dice dice_of(const struct demo_pass *p, enum dice_purpose purpose, const struct demo_history *h, int stay,
			   int member)
{
	return dice_new(p->view->seed, purpose, (uint64_t)h->family.number, (uint64_t)(stay * MEMBERS_MAX + member));
}

/* The columns that all five files have in this order: the row's id, EnrollmentID, PersonalID, InformationDate. */
static void health_begin(struct demo_pass *p, const struct demo_history *h, int stay, int member, char letter,
			 int serial)
{
	struct demo_row *r = &p->row;
	demo_row_begin(r, p->out);
	demo_row_id(r, 0, (struct demo_row_id){letter, h->family.number, stay, member, serial});
	demo_row_keys(r, 1, 2, h, stay, member);
	demo_row_day(r, 3, h->stays[stay].entry);
}

/* DataCollectionStage is the last column before the stamp. */
static void health_end(struct demo_pass *p, const struct demo_history *h, int stay, int member)
{
	struct day recorded = h->stays[stay].recorded;
	demo_row_int(&p->row, demo_files[p->out->file].columns - 6, STAGE_ENTRY);
	demo_row_stamp(p, h, recorded, recorded, SERIAL_HEALTH + stay * MEMBERS_MAX + member);
	demo_row_end(&p->row);
}

void demo_rows_disabilities(struct demo_pass *p, const struct demo_history *h)
{
	for (int i = 0; i < h->stays_n; i++) {
		for (int j = 0; j < h->family.members_n && asks_health(p, &h->stays[i]); j++) {
			const struct demo_member *m = &h->family.members[j];
			if (m->disability == 0 || !demo_member_in(m, &h->stays[i]))
				continue;
			health_begin(p, h, i, j, 'D', m->disability);
			demo_row_int(&p->row, Disabilities_DisabilityType, m->disability);
			demo_row_int(&p->row, Disabilities_DisabilityResponse,
				     m->disability == 10 ? 1 + (int)(h->family.number % 3) : 1);
			demo_row_int(&p->row, Disabilities_IndefiniteAndImpairs, 1);
			health_end(p, h, i, j);
		}
	}
}

void demo_rows_health(struct demo_pass *p, const struct demo_history *h)
{
	for (int i = 0; i < h->stays_n; i++) {
		for (int j = 0; j < h->family.members_n && asks_health(p, &h->stays[i]); j++) {
			if (!demo_member_adult(&h->family.members[j], h->stays[i].entry))
				continue;
			struct dice d = dice_of(p, DICE_HEALTH, h, i, j);
			int survivor = dice_chance(&d, 40) ? 99 : dice_chance(&d, 230);
			health_begin(p, h, i, j, 'T', -1);
			demo_row_int(&p->row, HealthAndDV_DomesticViolenceSurvivor, survivor);
			if (survivor == 1) {
				demo_row_int(&p->row, HealthAndDV_WhenOccurred, dice_between(&d, 1, 4));
				demo_row_int(&p->row, HealthAndDV_CurrentlyFleeing, dice_chance(&d, 220));
			}
			health_end(p, h, i, j);
		}
	}
}

static void income_fill(struct demo_row *r, struct dice *d, bool disabled)
{
	static const int yes_no[] = {
		IncomeBenefits_Unemployment,
		IncomeBenefits_VADisabilityService,
		IncomeBenefits_VADisabilityNonService,
		IncomeBenefits_PrivateDisability,
		IncomeBenefits_WorkersComp,
		IncomeBenefits_TANF,
		IncomeBenefits_GA,
		IncomeBenefits_SocSecRetirement,
		IncomeBenefits_Pension,
		IncomeBenefits_ChildSupport,
		IncomeBenefits_Alimony,
		IncomeBenefits_OtherIncomeSource,
		IncomeBenefits_WIC,
		IncomeBenefits_TANFChildCare,
		IncomeBenefits_OtherBenefitsSource,
	};
	for (size_t i = 0; i < sizeof(yes_no) / sizeof(yes_no[0]); i++)
		demo_row_int(r, yes_no[i], 0);
	int earned = dice_chance(d, 260) ? dice_between(d, 20, 180) * 10 : 0;
	int ssi = disabled && dice_chance(d, 380) ? 943 : 0;
	int ssdi = disabled && ssi == 0 && dice_chance(d, 250) ? dice_between(d, 90, 160) * 10 : 0;
	demo_row_int(r, IncomeBenefits_IncomeFromAnySource, earned + ssi + ssdi > 0);
	demo_row_int(r, IncomeBenefits_TotalMonthlyIncome, earned + ssi + ssdi);
	demo_row_int(r, IncomeBenefits_Earned, earned > 0);
	demo_row_int(r, IncomeBenefits_SSI, ssi > 0);
	demo_row_int(r, IncomeBenefits_SSDI, ssdi > 0);
	if (earned > 0)
		demo_row_int(r, IncomeBenefits_EarnedAmount, earned);
	if (ssi > 0)
		demo_row_int(r, IncomeBenefits_SSIAmount, ssi);
	if (ssdi > 0)
		demo_row_int(r, IncomeBenefits_SSDIAmount, ssdi);
	int snap = dice_chance(d, 580);
	int medicaid = dice_chance(d, 640);
	demo_row_int(r, IncomeBenefits_BenefitsFromAnySource, snap);
	demo_row_int(r, IncomeBenefits_SNAP, snap);
	demo_row_int(r, IncomeBenefits_InsuranceFromAnySource, medicaid);
	demo_row_int(r, IncomeBenefits_Medicaid, medicaid);
}

void demo_rows_income(struct demo_pass *p, const struct demo_history *h)
{
	for (int i = 0; i < h->stays_n; i++) {
		for (int j = 0; j < h->family.members_n && asks_income(p, &h->stays[i]); j++) {
			const struct demo_member *m = &h->family.members[j];
			if (!demo_member_adult(m, h->stays[i].entry))
				continue;
			struct dice d = dice_of(p, DICE_INCOME, h, i, j);
			health_begin(p, h, i, j, 'I', -1);
			income_fill(&p->row, &d, m->disability != 0);
			health_end(p, h, i, j);
		}
	}
}

void demo_rows_youth_education(struct demo_pass *p, const struct demo_history *h)
{
	for (int i = 0; i < h->stays_n; i++) {
		if (demo_family_audience(&h->family) != AUDIENCE_YOUTH || !asks_income(p, &h->stays[i]))
			continue;
		struct dice d = dice_of(p, DICE_SCHOOL, h, i, 0);
		int attends = dice_below(&d, 3);
		health_begin(p, h, i, 0, 'Y', -1);
		demo_row_int(&p->row, YouthEducationStatus_CurrentSchoolAttend, attends);
		if (attends == 0)
			demo_row_int(&p->row, YouthEducationStatus_MostRecentEdStatus, dice_below(&d, 4));
		else
			demo_row_int(&p->row, YouthEducationStatus_CurrentEdStatus, dice_chance(&d, 300));
		health_end(p, h, i, 0);
	}
}

void demo_rows_employment(struct demo_pass *p, const struct demo_history *h)
{
	static const int grades[] = {3, 4, 4, 5, 5, 7, 10};
	for (int i = 0; i < h->stays_n; i++) {
		if (demo_family_audience(&h->family) != AUDIENCE_YOUTH || !asks_income(p, &h->stays[i]))
			continue;
		struct dice d = dice_of(p, DICE_SCHOOL, h, i, 1);
		bool employed = dice_chance(&d, 300);
		health_begin(p, h, i, 0, 'M', -1);
		demo_row_int(&p->row, EmploymentEducation_LastGradeCompleted, grades[dice_below(&d, 7)]);
		demo_row_int(&p->row, EmploymentEducation_SchoolStatus, dice_between(&d, 1, 5));
		demo_row_int(&p->row, EmploymentEducation_Employed, employed);
		if (employed)
			demo_row_int(&p->row, EmploymentEducation_EmploymentType, dice_between(&d, 1, 3));
		else
			demo_row_int(&p->row, EmploymentEducation_NotEmployedReason, dice_between(&d, 1, 3));
		health_end(p, h, i, 0);
	}
}
