/* CurrentLivingSituation and Services: who was seen, where, when. */
#include "hmis/demo_dice.h"
#include "hmis/demo_names.h"
#include "hmis/demo_rows.h"

enum { SERIAL_SITUATION = 10000, SERIAL_SERVICE = 20000, SERIALS_PER_STAY = 400 };

/* "Behind the mill, Larkmere": short, and like real ones precise enough to be kept off shared lists. */
static void situation_place(struct demo_row *r, const struct demo_history *h, struct dice *d)
{
	static const char *const places[] = {
		"Behind the mill",          "Car in the co-op lot, north side",
		"Under the \"old\" bridge", "Picnic shelter",
		"Tent by the rail spur",    "Library porch",
		"Grain elevator",           "Boat ramp, second bay",
	};
	struct demo_name place = demo_name_place(h->family.region * 10 + dice_below(d, 10));
	struct str start = str_from(places[dice_below(d, 8)]);
	char *text = r->scratch + r->used;
	size_t n = 0;
	for (size_t i = 0; i < start.n; i++)
		text[n++] = start.p[i];
	text[n++] = ',';
	text[n++] = ' ';
	for (size_t i = 0; i < place.n; i++)
		text[n++] = place.s[i];
	r->used += n;
	demo_row_text(r, CurrentLivingSituation_LocationDetails, (struct str){text, n});
}

static void situation_row(struct demo_pass *p, const struct demo_history *h, int stay, int serial, struct day on,
			  struct day recorded, struct dice *d)
{
	struct demo_row *r = &p->row;
	const struct demo_project *project = &p->view->world->projects[h->stays[stay].project];
	int situation = demo_situation(h, on);
	if (situation == 99)
		situation = 37;
	demo_row_begin(r, p->out);
	demo_row_id(r, CurrentLivingSituation_CurrentLivingSitID,
		    (struct demo_row_id){'L', h->family.number, stay, 0, serial});
	demo_row_keys(r, CurrentLivingSituation_EnrollmentID, CurrentLivingSituation_PersonalID, h, stay, 0);
	demo_row_day(r, CurrentLivingSituation_InformationDate, on);
	demo_row_int(r, CurrentLivingSituation_CurrentLivingSituation, situation);
	if (situation == 435)
		demo_row_int(r, CurrentLivingSituation_CLSSubsidyType, 433);
	if (project->type == TYPE_ENTRY)
		demo_row_text(r, CurrentLivingSituation_VerifiedBy, p->view->world->agencies[project->agency].name);
	if (situation >= 200) {
		bool leaves = dice_chance(d, 400);
		demo_row_int(r, CurrentLivingSituation_LeaveSituation14Days, leaves);
		if (leaves) {
			demo_row_int(r, CurrentLivingSituation_SubsequentResidence, dice_chance(d, 200));
			demo_row_int(r, CurrentLivingSituation_ResourcesToObtain, dice_chance(d, 150));
		}
	}
	if (situation == 116 && dice_chance(d, 250))
		situation_place(r, h, d);
	if (stay == 0 && serial == 0 && h->family.plant == PLANT_31_FEBRUARY)
		demo_row_text(r, CurrentLivingSituation_InformationDate, S("2026-02-31"));
	if (stay == 0 && serial == 0 && h->family.plant == PLANT_LINE_BREAK)
		demo_row_text(r, CurrentLivingSituation_LocationDetails,
			      S("Behind the mill,\r\nby the \"old\" bridge;\nasks to be called, not visited"));
	demo_row_stamp(p, h, recorded, recorded, SERIAL_SITUATION + stay * SERIALS_PER_STAY + serial);
	demo_row_end(r);
}

void demo_rows_living_situation(struct demo_pass *p, const struct demo_history *h)
{
	for (int i = 0; i < h->stays_n; i++) {
		const struct demo_stay *s = &h->stays[i];
		enum project_type type = demo_stay_type(p, s);
		if (!demo_pass_sees(p, s->recorded) || (type != TYPE_ENTRY && type != TYPE_OUTREACH))
			continue;
		struct dice d = dice_new(p->view->seed, DICE_CONTACTS, (uint64_t)h->family.number, (uint64_t)i);
		struct day until = demo_stay_until(p, s);
		int longest = type == TYPE_ENTRY ? 88 : 62;
		int serial = 0;
		for (struct day on = s->entry; on.n < until.n; on = day_add(on, dice_between(&d, 30, longest))) {
			struct day recorded = day_add(on, dice_below(&d, 4));
			if (demo_pass_sees(p, recorded))
				situation_row(p, h, i, serial, on, recorded, &d);
			serial++;
		}
	}
}

struct service {
	int record_type; /* list 1.4 */
	int type;
};

static void service_row(struct demo_pass *p, const struct demo_history *h, int stay, int member, int serial,
			struct day on, struct service what)
{
	struct demo_row *r = &p->row;
	demo_row_begin(r, p->out);
	demo_row_id(r, Services_ServicesID, (struct demo_row_id){'S', h->family.number, stay, member, serial});
	demo_row_keys(r, Services_EnrollmentID, Services_PersonalID, h, stay, member);
	demo_row_day(r, Services_DateProvided, on);
	demo_row_int(r, Services_RecordType, what.record_type);
	demo_row_int(r, Services_TypeProvided, what.type);
	if (what.record_type == 161)
		demo_row_int(r, Services_ReferralOutcome, 1 + serial % 3);
	demo_row_stamp(p, h, on, on, SERIAL_SERVICE + (stay * MEMBERS_MAX + member) * SERIALS_PER_STAY + serial);
	demo_row_end(r);
}

/* A bed in a night-by-night shelter is given night by night, to the whole household or not at all. */
static void bed_nights(struct demo_pass *p, const struct demo_history *h, int stay)
{
	const struct demo_stay *s = &h->stays[stay];
	struct dice d = dice_new(p->view->seed, DICE_NIGHTS, (uint64_t)h->family.number, (uint64_t)stay);
	struct day until = demo_stay_until(p, s);
	for (struct day on = s->entry; on.n < until.n; on = day_add(on, 1)) {
		bool stays = dice_chance(&d, 860) || on.n == s->entry.n;
		if (!stays || !demo_pass_sees(p, on))
			continue;
		for (int j = 0; j < h->family.members_n; j++) {
			if (demo_member_in(&h->family.members[j], s))
				service_row(p, h, stay, j, day_diff(s->entry, on), on, (struct service){200, 200});
		}
	}
}

/* What the grants PATH, RHY and SSVF have their workers write down. */
static struct service grant_service(struct dice *d, int funder)
{
	static const int path[] = {1, 2, 4, 5, 6, 6, 6, 10, 14};
	static const int youth[] = {5, 6, 8, 8, 14, 26};
	static const int veterans[] = {1, 2, 2, 2, 6, 9};
	switch (funder) {
	case 21:
		if (dice_chance(d, 120))
			return (struct service){161, dice_between(d, 1, 11)};
		return (struct service){141, path[dice_below(d, 9)]};
	case 22:
	case 24:
		return (struct service){142, youth[dice_below(d, 6)]};
	case 33:
		return (struct service){144, veterans[dice_below(d, 6)]};
	default:
		return (struct service){0, 0};
	}
}

static void grant_services(struct demo_pass *p, const struct demo_history *h, int stay, int funder)
{
	const struct demo_stay *s = &h->stays[stay];
	struct dice d = dice_new(p->view->seed, DICE_NIGHTS, (uint64_t)h->family.number, (uint64_t)stay);
	struct day until = demo_stay_until(p, s);
	int serial = 0;
	for (struct day on = s->entry; on.n < until.n; on = day_add(on, dice_between(&d, 6, 24))) {
		struct service what = grant_service(&d, funder);
		if (what.record_type != 0 && demo_pass_sees(p, on))
			service_row(p, h, stay, 0, serial, on, what);
		serial++;
	}
}

void demo_rows_services(struct demo_pass *p, const struct demo_history *h)
{
	for (int i = 0; i < h->stays_n; i++) {
		const struct demo_stay *s = &h->stays[i];
		if (!demo_pass_sees(p, s->recorded))
			continue;
		if (demo_stay_type(p, s) == TYPE_NIGHTS)
			bed_nights(p, h, i);
		else
			grant_services(p, h, i, p->view->world->projects[s->project].funder);
	}
}
