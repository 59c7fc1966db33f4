/* Client, Enrollment, Exit. */
#include <string.h>

#include "hmis/demo_dice.h"
#include "hmis/demo_names.h"
#include "hmis/demo_rows.h"

/* Serials of demo_row_stamp: rows of different kinds fall on different minutes. */
enum { SERIAL_CLIENT = 1000, SERIAL_ENROLLMENT = 2000, SERIAL_EXIT = 4000 };

/* The day on which the first stay of a member was recorded; DAY_NONE while none is in the export. */
static struct day client_created(const struct demo_pass *p, const struct demo_history *h, int member)
{
	struct day first = DAY_NONE;
	for (int i = 0; i < h->stays_n; i++) {
		const struct demo_stay *s = &h->stays[i];
		if (demo_member_in(&h->family.members[member], s) && demo_pass_sees(p, s->recorded))
			first = day_min(first, s->recorded);
	}
	return first;
}

static void client_name(struct demo_row *r, struct demo_name parts[3], uint64_t seed, const struct demo_history *h,
			int member)
{
	struct dice shared = dice_new(seed, DICE_NAME, (uint64_t)h->family.number, 0);
	struct dice own = dice_new(seed, DICE_NAME, (uint64_t)h->family.number, (uint64_t)member + 1);
	int quality = dice_below(&own, 200);
	parts[0] = demo_name_first_make(&own);
	parts[1] = demo_name_last_make(dice_chance(&own, member == 0 ? 0 : 120) ? &own : &shared);
	parts[2] = demo_name_first_make(&own);
	if (quality == 0) {
		demo_row_int(r, Client_NameDataQuality, 99);
		return;
	}
	bool one_word = quality <= 3;
	demo_row_text(r, Client_FirstName, demo_name_str(&parts[0]));
	demo_row_int(r, Client_NameDataQuality, one_word ? 2 : 1);
	if (one_word)
		return;
	demo_row_text(r, Client_LastName, demo_name_str(&parts[1]));
	if (dice_chance(&own, 250))
		demo_row_text(r, Client_MiddleName, demo_name_str(&parts[2]));
	if (dice_chance(&own, 15))
		demo_row_text(r, Client_NameSuffix, str_from(demo_name_suffixes[dice_below(&own, NAME_SUFFIXES)]));
}

/* Areas 000, 666 and 900 to 999 have never been issued (20 CFR 422.103; SSA, SSN randomization). */
static void client_ssn(struct demo_row *r, char ssn[9], struct dice *d)
{
	static const int missing[] = {8, 9, 99};
	int kind = dice_below(d, 100);
	if (kind >= 84) {
		demo_row_int(r, Client_SSNDataQuality, missing[kind % 3]);
		return;
	}
	int area = kind < 10 ? 0 : kind < 20 ? 666 : 900 + dice_below(d, 100);
	int64_t number = (int64_t)area * 1000000 + dice_between(d, 1, 99) * 10000 + dice_between(d, 1, 9999);
	for (int i = 8; i >= 0; i--, number /= 10)
		ssn[i] = (char)('0' + number % 10);
	bool partial = kind >= 76;
	if (partial)
		memset(ssn, 'x', 5);
	demo_row_text(r, Client_SSN, (struct str){ssn, 9});
	demo_row_int(r, Client_SSNDataQuality, partial ? 2 : 1);
}

static void client_birth(struct demo_row *r, const struct demo_history *h, int member, struct dice *d)
{
	struct day birth = h->family.members[member].birth;
	int kind = dice_below(d, 200);
	if (h->family.plant == PLANT_LATE_BIRTH) {
		birth = day_add(h->stays[0].entry, 30);
		kind = 200;
	}
	if (kind < 2) {
		demo_row_int(r, Client_DOBDataQuality, kind == 0 ? 9 : 99);
		return;
	}
	bool guessed = kind < 8;
	demo_row_day(r, Client_DOB, guessed ? day_add(month_first(day_month(birth)), 0) : birth);
	demo_row_int(r, Client_DOBDataQuality, guessed ? 2 : 1);
}

static void client_race(struct demo_row *r, struct dice *d)
{
	static const int columns[] = {Client_AmIndAKNative,
				      Client_Asian,
				      Client_BlackAfAmerican,
				      Client_HispanicLatinao,
				      Client_MidEastNAfrican,
				      Client_NativeHIPacific,
				      Client_White};
	static const int weights[] = {6, 3, 30, 14, 2, 2, 43};
	for (int i = 0; i < 7; i++)
		demo_row_int(r, columns[i], 0);
	if (dice_chance(d, 30)) {
		demo_row_int(r, Client_RaceNone, dice_chance(d, 500) ? 9 : 99);
		return;
	}
	for (int n = dice_chance(d, 90) ? 2 : 1; n > 0; n--)
		demo_row_int(r, columns[dice_pick(d, weights, 7)], 1);
}

static void client_service(struct demo_row *r, const struct demo_member *m, struct day today, struct dice *d)
{
	static const int theaters[] = {Client_WorldWarII,     Client_KoreanWar, Client_VietnamWar, Client_DesertStorm,
				       Client_AfghanistanOEF, Client_IraqOIF,   Client_IraqOND,    Client_OtherTheater};
	static const int branches[] = {1, 2, 3, 4, 6};
	static const int discharges[] = {1, 1, 1, 1, 2, 2, 6, 7};
	int entered = day_to_ymd(m->birth).year + dice_between(d, 18, 22);
	int separated = entered + dice_between(d, 2, 8);
	int this_year = day_to_ymd(today).year;
	demo_row_int(r, Client_YearEnteredService, entered);
	demo_row_int(r, Client_YearSeparated, separated < this_year ? separated : this_year);
	for (int i = 0; i < 8; i++)
		demo_row_int(r, theaters[i], 0);
	if (entered > 2000)
		demo_row_int(r, dice_chance(d, 500) ? Client_AfghanistanOEF : Client_IraqOIF, 1);
	else if (entered < 1974)
		demo_row_int(r, Client_VietnamWar, dice_chance(d, 500));
	demo_row_int(r, Client_MilitaryBranch, branches[dice_below(d, 5)]);
	demo_row_int(r, Client_DischargeStatus, discharges[dice_below(d, 8)]);
}

static void client_row(struct demo_pass *p, const struct demo_history *h, int member, struct day created, bool again)
{
	const struct demo_view *v = p->view;
	const struct demo_member *m = &h->family.members[member];
	struct demo_row *r = &p->row;
	struct dice d = dice_new(v->seed, DICE_CLIENT, (uint64_t)h->family.number, (uint64_t)member);
	struct demo_name parts[3];
	char ssn[9];
	demo_row_begin(r, p->out);
	demo_row_id(r, Client_PersonalID, (struct demo_row_id){'P', h->family.number, -1, member, -1});
	client_name(r, parts, v->seed, h, member);
	client_ssn(r, ssn, &d);
	client_birth(r, h, member, &d);
	demo_row_int(r, Client_Sex, m->sex);
	client_race(r, &d);
	bool adult = demo_member_adult(m, v->world_day);
	demo_row_int(r, Client_VeteranStatus, !adult ? 99 : m->veteran ? 1 : dice_chance(&d, 20) ? 99 : 0);
	if (adult && m->veteran)
		client_service(r, m, v->world_day, &d);
	struct day corrected = day_add(created, dice_between(&d, 25, 600));
	bool was_corrected = dice_chance(&d, 250) && demo_pass_sees(p, corrected);
	if (again || demo_pass_touched(p, h->family.number))
		demo_row_text(r, Client_AdditionalRaceEthnicity, S("entered again at intake"));
	demo_row_stamp(p, h, created,
		       again           ? day_add(created, 2)
		       : was_corrected ? corrected
				       : created,
		       SERIAL_CLIENT + member);
	demo_row_end(r);
}

void demo_rows_client(struct demo_pass *p, const struct demo_history *h)
{
	for (int i = 0; i < h->family.members_n; i++) {
		struct day created = client_created(p, h, i);
		if (!day_known(created))
			continue;
		client_row(p, h, i, created, false);
		if (h->family.plant == PLANT_TWICE)
			client_row(p, h, i, created, true);
	}
}

static void enrollment_prior(struct demo_pass *p, const struct demo_history *h, const struct demo_stay *s,
			     struct dice *d)
{
	struct demo_row *r = &p->row;
	enum project_type type = demo_stay_type(p, s);
	struct demo_prior prior = demo_prior_of(h, s, type);
	enum demo_plant plant = h->family.plant;
	demo_row_int(r, Enrollment_LivingSituation,
		     plant == PLANT_LEGACY_CODE && type == TYPE_SHELTER ? 16 : prior.situation);
	if (prior.situation == 435)
		demo_row_int(r, Enrollment_RentalSubsidyType, 433);
	demo_row_int(r, Enrollment_LengthOfStay, prior.length_of_stay);
	if (prior.under_threshold >= 0)
		demo_row_int(r, Enrollment_LOSUnderThreshold, prior.under_threshold);
	if (prior.previous_street >= 0)
		demo_row_int(r, Enrollment_PreviousStreetESSH, prior.previous_street);
	if (!day_known(prior.to_street))
		return;
	bool unasked = dice_chance(d, 30) && plant == PLANT_NONE;
	if (!(plant == PLANT_NO_START && type == TYPE_SHELTER))
		demo_row_day(r, Enrollment_DateToStreetESSH, prior.to_street);
	demo_row_int(r, Enrollment_TimesHomelessPastThreeYears, unasked ? 99 : prior.times);
	int more = demo_pass_touched(p, h->family.number) && prior.months < 113;
	demo_row_int(r, Enrollment_MonthsHomelessPastThreeYears, unasked ? 99 : prior.months + more);
}

/* What single grants ask for: PATH (21), runaway and homeless youth (22, 24), veteran families (33). */
static void enrollment_grant(struct demo_pass *p, const struct demo_stay *s, struct dice *d)
{
	struct demo_row *r = &p->row;
	static const int referral_sources[] = {1, 2, 7, 11, 30, 34, 38, 39};
	switch (p->view->world->projects[s->project].funder) {
	case 21: {
		struct day determined = day_add(s->entry, dice_between(d, 3, 30));
		if (!demo_pass_sees(p, determined))
			break;
		bool enrolled = dice_chance(d, 800);
		demo_row_day(r, Enrollment_DateOfPATHStatus, determined);
		demo_row_int(r, Enrollment_ClientEnrolledInPATH, enrolled);
		if (!enrolled)
			demo_row_int(r, Enrollment_ReasonNotEnrolled, dice_between(d, 1, 3));
		break;
	}
	case 22:
	case 24:
		demo_row_int(r, Enrollment_ReferralSource, referral_sources[dice_below(d, 8)]);
		demo_row_int(r, Enrollment_FormerWardChildWelfare, dice_chance(d, 250));
		demo_row_int(r, Enrollment_FormerWardJuvenileJustice, dice_chance(d, 120));
		break;
	case 33:
		demo_row_int(r, Enrollment_PercentAMI, dice_between(d, 1, 3));
		demo_row_text(r, Enrollment_VAMCStation, S("99"));
		break;
	default:
		break;
	}
}

static int enrollment_relation(const struct demo_history *h, int stay, int member)
{
	if (h->family.plant == PLANT_NO_HEAD && stay == 1)
		return 99;
	if (h->family.plant == PLANT_TWO_HEADS && stay == 1)
		return 1;
	return h->family.members[member].relation;
}

static bool is_permanent(enum project_type type)
{
	return type == TYPE_PSH || type == TYPE_RRH || type == TYPE_PH_ONLY || type == TYPE_PH_SERVICES;
}

/* Fills all but the enrollment's own id and what a planted error changes. */
static void enrollment_fill(struct demo_pass *p, const struct demo_history *h, int stay, int member)
{
	struct demo_row *r = &p->row;
	const struct demo_stay *s = &h->stays[stay];
	const struct demo_member *m = &h->family.members[member];
	enum project_type type = demo_stay_type(p, s);
	struct dice d = dice_new(p->view->seed, DICE_ENROLLMENT, (uint64_t)h->family.number,
				 (uint64_t)(stay * MEMBERS_MAX + member));
	struct day updated = s->recorded;
	demo_row_begin(r, p->out);
	demo_row_keys(r, Enrollment_EnrollmentID, Enrollment_PersonalID, h, stay, member);
	demo_row_text(r, Enrollment_ProjectID, p->view->world->projects[s->project].id);
	demo_row_day(r, Enrollment_EntryDate, s->entry);
	demo_row_id(r, Enrollment_HouseholdID, (struct demo_row_id){'H', h->family.number, stay, -1, -1});
	demo_row_int(r, Enrollment_RelationshipToHoH, enrollment_relation(h, stay, member));
	demo_row_text(r, Enrollment_EnrollmentCoC, S(DEMO_COC));
	if (m->relation == 1 || demo_member_adult(m, s->entry))
		enrollment_prior(p, h, s, &d);
	demo_row_int(r, Enrollment_DisablingCondition, dice_chance(&d, 25) ? 99 : m->disability != 0);
	struct day engaged = day_add(s->entry, dice_below(&d, 40));
	bool engages = type == TYPE_OUTREACH || type == TYPE_NIGHTS || type == TYPE_SERVICES;
	if (engages && engaged.n < s->exit.n && demo_pass_sees(p, engaged)) {
		demo_row_day(r, Enrollment_DateOfEngagement, engaged);
		updated = day_max(updated, engaged);
	}
	if (is_permanent(type) && demo_pass_sees(p, s->move_in)) {
		demo_row_day(r, Enrollment_MoveInDate, s->move_in);
		updated = day_max(updated, s->move_in);
	}
	if (member == 0)
		enrollment_grant(p, s, &d);
	demo_row_int(r, Enrollment_TranslationNeeded, dice_chance(&d, 30));
	demo_row_stamp(p, h, s->recorded, updated, SERIAL_ENROLLMENT + stay * MEMBERS_MAX + member);
}

/* A further row beside the first stay's, whose id nothing else names. */
static void enrollment_plant(struct demo_pass *p, const struct demo_history *h)
{
	enum demo_plant plant = h->family.plant;
	if (plant != PLANT_LONG_ID && plant != PLANT_DELETED && plant != PLANT_NO_ENTRY)
		return;
	struct demo_row *r = &p->row;
	enrollment_fill(p, h, 1, 0);
	demo_row_id(r, Enrollment_EnrollmentID, (struct demo_row_id){'E', h->family.number, 90, 0, -1});
	demo_row_id(r, Enrollment_HouseholdID, (struct demo_row_id){'H', h->family.number, 90, -1, -1});
	char long_id[33];
	if (plant == PLANT_LONG_ID) {
		struct str id = r->cells[Enrollment_EnrollmentID].text;
		memset(long_id, '0', sizeof(long_id));
		memcpy(long_id, id.p, id.n);
		demo_row_text(r, Enrollment_EnrollmentID, (struct str){long_id, sizeof(long_id)});
	} else if (plant == PLANT_NO_ENTRY) {
		demo_row_day(r, Enrollment_EntryDate, DAY_NONE);
	} else {
		demo_row_time(r, Enrollment_DateDeleted, day_add(h->stays[1].recorded, 3), 45000);
	}
	demo_row_end(r);
}

void demo_rows_enrollment(struct demo_pass *p, const struct demo_history *h)
{
	for (int i = 0; i < h->stays_n; i++) {
		if (!demo_pass_sees(p, h->stays[i].recorded))
			continue;
		for (int j = 0; j < h->family.members_n; j++) {
			if (!demo_member_in(&h->family.members[j], &h->stays[i]))
				continue;
			enrollment_fill(p, h, i, j);
			demo_row_end(&p->row);
		}
	}
	enrollment_plant(p, h);
}

static void exit_row(struct demo_pass *p, const struct demo_history *h, int stay, int member, bool lost)
{
	struct demo_row *r = &p->row;
	const struct demo_stay *s = &h->stays[stay];
	int known_as = lost ? 91 : stay;
	int destination = s->destination == 24 && member > 0 ? 30 : s->destination;
	demo_row_begin(r, p->out);
	demo_row_id(r, Exit_ExitID, (struct demo_row_id){'X', h->family.number, known_as, member, -1});
	demo_row_keys(r, Exit_EnrollmentID, Exit_PersonalID, h, known_as, member);
	demo_row_day(r, Exit_ExitDate, s->exit);
	demo_row_int(r, Exit_Destination, destination);
	if (destination == 435)
		demo_row_int(r, Exit_DestinationSubsidyType, s->subsidy > 0 ? s->subsidy : 420);
	demo_row_stamp(p, h, s->exit_recorded, s->exit_recorded, SERIAL_EXIT + stay * MEMBERS_MAX + member);
	demo_row_end(r);
}

void demo_rows_exit(struct demo_pass *p, const struct demo_history *h)
{
	for (int i = 0; i < h->stays_n; i++) {
		const struct demo_stay *s = &h->stays[i];
		if (!demo_pass_sees(p, s->recorded) || !demo_pass_sees(p, s->exit_recorded))
			continue;
		for (int j = 0; j < h->family.members_n; j++) {
			if (demo_member_in(&h->family.members[j], s))
				exit_row(p, h, i, j, false);
		}
	}
	if (h->family.plant == PLANT_LOST_EXIT)
		exit_row(p, h, 1, 0, true);
}

/* Two people who exist for the victim service provider's project alone: numbers above every household. */
enum { VICTIM_NUMBER = 99999901, VICTIMS = 2 };

static struct demo_history victim(const struct demo_pass *p, int i)
{
	const struct demo_view *v = p->view;
	struct day entry = day_add(v->world_day, -60 - i);
	return (struct demo_history){
		.family = {.number = VICTIM_NUMBER + i,
			   .members_n = 1,
			   .members = {{.birth = day_add(v->world_day, -12000 - i * 1000), .relation = 1}}},
		.stays_n = 1,
		.stays = {{.project = v->world->victim_project,
			   .entry = entry,
			   .recorded = entry,
			   .exit = DAY_LAST,
			   .move_in = DAY_NONE}},
	};
}

void demo_rows_victim_clients(struct demo_pass *p)
{
	for (int i = 0; i < VICTIMS; i++) {
		struct demo_history h = victim(p, i);
		demo_rows_client(p, &h);
	}
}

void demo_rows_victim_enrollments(struct demo_pass *p)
{
	for (int i = 0; i < VICTIMS; i++) {
		struct demo_history h = victim(p, i);
		demo_rows_enrollment(p, &h);
	}
}
