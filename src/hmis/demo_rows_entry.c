/* Assessment with its questions and results, and Event: what coordinated entry writes down. */
#include "hmis/demo_dice.h"
#include "hmis/demo_rows.h"

enum { SERIAL_ASSESSMENT = 30000, SERIAL_EVENT = 40000, PER_STAY = 32, ASSESSMENTS_MAX = 16 };

struct assessed {
	struct day on;
	struct day recorded;
	bool housing; /* a housing needs assessment, with a score; else a crisis needs assessment */
	bool placed;
	int how; /* list 4.19.3 */
	int luck;
};

/* The assessments of one stay in coordinated entry, so far as the export knows them. Three files ask. */
static int assessments_of(const struct demo_pass *p, const struct demo_history *h, int stay,
			  struct assessed out[ASSESSMENTS_MAX])
{
	const struct demo_stay *s = &h->stays[stay];
	if (demo_stay_type(p, s) != TYPE_ENTRY || !demo_pass_sees(p, s->recorded))
		return 0;
	struct dice d = dice_new(p->view->seed, DICE_ASSESSMENTS, (uint64_t)h->family.number, (uint64_t)stay);
	struct day until = demo_stay_until(p, s);
	struct day on = s->entry;
	bool declines = dice_chance(&d, 70) && h->family.plant == PLANT_NONE;
	int n = 0;
	while (n < ASSESSMENTS_MAX && on.n < until.n) {
		struct assessed next = {
			.on = on,
			.recorded = day_add(on, dice_below(&d, 3)),
			.housing = n > 0,
			.placed = n > 0 && dice_chance(&d, 930),
			.how = dice_chance(&d, 700) ? 3 : dice_between(&d, 1, 2),
			.luck = dice_below(&d, 4),
		};
		if (!demo_pass_sees(p, next.recorded))
			break;
		out[n++] = next;
		if (declines)
			break;
		on = day_add(on, n == 1 ? dice_between(&d, 1, 16) : dice_between(&d, 140, 330));
	}
	return n;
}

static void assessment_row(struct demo_pass *p, const struct demo_history *h, int stay, int i,
			   const struct assessed *at)
{
	struct demo_row *r = &p->row;
	const struct demo_project *project = &p->view->world->projects[h->stays[stay].project];
	demo_row_begin(r, p->out);
	demo_row_id(r, Assessment_AssessmentID, (struct demo_row_id){'A', h->family.number, stay, 0, i});
	demo_row_keys(r, Assessment_EnrollmentID, Assessment_PersonalID, h, stay, 0);
	demo_row_day(r, Assessment_AssessmentDate, at->on);
	demo_row_text(r, Assessment_AssessmentLocation, p->view->world->agencies[project->agency].name);
	demo_row_int(r, Assessment_AssessmentType, at->how);
	demo_row_int(r, Assessment_AssessmentLevel, at->housing ? 2 : 1);
	demo_row_int(r, Assessment_PrioritizationStatus, at->placed ? 1 : 2);
	demo_row_stamp(p, h, at->recorded, at->recorded, SERIAL_ASSESSMENT + stay * PER_STAY + i);
	demo_row_end(r);
}

void demo_rows_assessment(struct demo_pass *p, const struct demo_history *h)
{
	struct assessed made[ASSESSMENTS_MAX];
	for (int i = 0; i < h->stays_n; i++) {
		int n = assessments_of(p, h, i, made);
		for (int j = 0; j < n; j++)
			assessment_row(p, h, i, j, &made[j]);
	}
}

/* 0 to 17, with children 0 to 22. */
static int score_of(const struct demo_history *h, const struct assessed *at)
{
	bool family = demo_family_has_children(&h->family);
	const struct demo_stay here = {.entry = at->on};
	struct demo_prior prior = demo_prior_of(h, &here, TYPE_ENTRY);
	int days = day_known(prior.to_street) ? day_diff(prior.to_street, at->on) : 0;
	int score = h->need * 6 / 10 + at->luck;
	score += h->family.members[0].disability != 0 ? 3 : 0;
	score += days > 730 ? 4 : days > 365 ? 3 : days > 120 ? 1 : 0;
	score += family ? h->family.members_n - 1 : 0;
	int most = family ? 22 : 17;
	return score < most ? score : most;
}

static void result_row(struct demo_pass *p, const struct demo_history *h, int stay, int i, const struct assessed *at)
{
	static const char *const numbers[] = {"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  "10", "11",
					      "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22"};
	struct demo_row *r = &p->row;
	bool wordy = h->family.plant == PLANT_WORDY_SCORE && i == 1;
	demo_row_begin(r, p->out);
	demo_row_id(r, AssessmentResults_AssessmentResultID, (struct demo_row_id){'R', h->family.number, stay, 0, i});
	demo_row_id(r, AssessmentResults_AssessmentID, (struct demo_row_id){'A', h->family.number, stay, 0, i});
	demo_row_keys(r, AssessmentResults_EnrollmentID, AssessmentResults_PersonalID, h, stay, 0);
	demo_row_text(r, AssessmentResults_AssessmentResultType, S("Housing Needs Score"));
	demo_row_text(r, AssessmentResults_AssessmentResult, str_from(wordy ? "refused" : numbers[score_of(h, at)]));
	demo_row_stamp(p, h, at->recorded, at->recorded, SERIAL_ASSESSMENT + stay * PER_STAY + i);
	demo_row_end(r);
}

void demo_rows_assessment_results(struct demo_pass *p, const struct demo_history *h)
{
	struct assessed made[ASSESSMENTS_MAX];
	for (int i = 0; i < h->stays_n; i++) {
		int n = assessments_of(p, h, i, made);
		for (int j = 0; j < n; j++) {
			if (made[j].housing)
				result_row(p, h, i, j, &made[j]);
		}
	}
}

/* Few communities export their questions; one household in fifty keeps the file from being empty. */
void demo_rows_assessment_questions(struct demo_pass *p, const struct demo_history *h)
{
	struct demo_row *r = &p->row;
	struct assessed made[ASSESSMENTS_MAX];
	if (h->family.number % 50 != 0)
		return;
	for (int i = 0; i < h->stays_n; i++) {
		int n = assessments_of(p, h, i, made);
		for (int j = 0; j < n; j++) {
			demo_row_begin(r, p->out);
			demo_row_id(r, AssessmentQuestions_AssessmentQuestionID,
				    (struct demo_row_id){'Q', h->family.number, i, 0, j});
			demo_row_id(r, AssessmentQuestions_AssessmentID,
				    (struct demo_row_id){'A', h->family.number, i, 0, j});
			demo_row_keys(r, AssessmentQuestions_EnrollmentID, AssessmentQuestions_PersonalID, h, i, 0);
			demo_row_text(r, AssessmentQuestions_AssessmentQuestionGroup, S("Tonight"));
			demo_row_int(r, AssessmentQuestions_AssessmentQuestionOrder, 1);
			demo_row_text(r, AssessmentQuestions_AssessmentQuestion,
				      S("Is there a safe place for tonight?"));
			demo_row_text(r, AssessmentQuestions_AssessmentAnswer, made[j].luck == 0 ? S("Yes") : S("No"));
			demo_row_stamp(p, h, made[j].recorded, made[j].recorded, SERIAL_ASSESSMENT + i * PER_STAY + j);
			demo_row_end(r);
		}
	}
}

struct happened {
	struct day on;
	int event;            /* list 4.20.2 */
	int result;           /* list 4.20.D; 0: none yet */
	struct day result_on; /* DAY_NONE: nobody ever writes it down */
	int to;               /* project, or −1 */
	bool solved;          /* of a problem-solving conversation (2) */
};

static void event_row(struct demo_pass *p, const struct demo_history *h, int stay, int serial, const struct happened *e)
{
	struct demo_row *r = &p->row;
	if (!demo_pass_sees(p, e->on))
		return;
	bool settled = demo_pass_sees(p, e->result_on);
	demo_row_begin(r, p->out);
	demo_row_id(r, Event_EventID, (struct demo_row_id){'V', h->family.number, stay, 0, serial});
	demo_row_keys(r, Event_EnrollmentID, Event_PersonalID, h, stay, 0);
	demo_row_day(r, Event_EventDate, e->on);
	demo_row_int(r, Event_Event, e->event);
	if (e->event == 2)
		demo_row_int(r, Event_ProbSolDivRRResult, e->solved);
	if (e->to >= 0)
		demo_row_text(r, Event_LocationCrisisOrPHHousing, p->view->world->projects[e->to].name);
	if (settled) {
		demo_row_int(r, Event_ReferralResult, e->result);
		demo_row_day(r, Event_ResultDate, e->result_on);
	}
	demo_row_stamp(p, h, e->on, settled ? e->result_on : e->on, SERIAL_EVENT + stay * PER_STAY + serial);
	demo_row_end(r);
}

static int referral_event(enum project_type type)
{
	return type == TYPE_RRH ? 13 : type == TYPE_PSH ? 14 : type == TYPE_TRANSITIONAL ? 11 : 15;
}

/* The referrals that led from this stay into housing; some entries have none, as by a side door. */
static int events_into_housing(struct demo_pass *p, const struct demo_history *h, int stay, int serial, struct dice *d)
{
	const struct demo_stay *s = &h->stays[stay];
	for (int i = 0; i < h->stays_n; i++) {
		const struct demo_stay *to = &h->stays[i];
		enum project_type type = demo_stay_type(p, to);
		bool led = day_known(to->move_in) && to->entry.n > s->entry.n && to->entry.n <= s->exit.n;
		if (!led || dice_chance(d, 80))
			continue;
		struct day on = day_max(s->entry, day_add(to->entry, -dice_between(d, 1, 21)));
		event_row(p, h, stay, serial++,
			  &(struct happened){on, referral_event(type), 1, to->entry, to->project, false});
	}
	return serial;
}

static void events_of(struct demo_pass *p, const struct demo_history *h, int stay)
{
	const struct demo_stay *s = &h->stays[stay];
	struct dice d = dice_new(p->view->seed, DICE_EVENTS, (uint64_t)h->family.number, (uint64_t)stay);
	int days = day_diff(s->entry, s->exit);
	int serial = 0;
	if (dice_chance(&d, 280))
		event_row(p, h, stay, serial++, &(struct happened){s->entry, 2, 0, DAY_NONE, -1, dice_chance(&d, 120)});
	if (dice_chance(&d, 160))
		event_row(p, h, stay, serial++, &(struct happened){s->entry, 4, 0, DAY_NONE, -1, false});
	serial = events_into_housing(p, h, stay, serial, &d);
	for (int tries = 0; tries < 3 && days > 60 && dice_chance(&d, 330); tries++) {
		enum project_type type = dice_chance(&d, 600) ? TYPE_RRH : TYPE_PSH;
		struct day on = day_add(s->entry, dice_between(&d, 20, days - 20));
		int to = demo_project_find(p->view->world, h->family.region, type, demo_family_audience(&h->family), 0);
		bool forgotten = dice_chance(&d, 170);
		struct day result_on = forgotten ? DAY_NONE : day_add(on, dice_between(&d, 2, 25));
		event_row(p, h, stay, serial++,
			  &(struct happened){on, referral_event(type), dice_between(&d, 2, 3), result_on, to, false});
	}
}

void demo_rows_event(struct demo_pass *p, const struct demo_history *h)
{
	for (int i = 0; i < h->stays_n; i++) {
		if (demo_stay_type(p, &h->stays[i]) == TYPE_ENTRY && demo_pass_sees(p, h->stays[i].recorded))
			events_of(p, h, i);
	}
}
