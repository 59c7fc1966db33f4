#include "hmis/demo_rows.h"
#include "hmis/demo_dice.h"

#include <string.h>

enum {
	STAFF = DEMO_USERS / WORLD_REGIONS,
	EVENING = 20 * 3600 + 900,
	OFFICE_OPENS = 8 * 3600,
	OFFICE_HOURS = 10 * 3600
};

bool demo_pass_sees(const struct demo_pass *p, struct day recorded)
{
	return day_known(recorded) && recorded.n <= p->view->today.n;
}

bool demo_pass_touched(const struct demo_pass *p, int64_t household)
{
	struct dice d = dice_new(p->view->seed, DICE_TOUCHED, (uint64_t)household, 0);
	return dice_chance(&d, p->view->touched_permille);
}

enum project_type demo_stay_type(const struct demo_pass *p, const struct demo_stay *s)
{
	return p->view->world->projects[s->project].type;
}

struct day demo_stay_until(const struct demo_pass *p, const struct demo_stay *s)
{
	return day_min(s->exit, day_add(p->view->today, 1));
}

void demo_row_keys(struct demo_row *r, int enrollment, int person, const struct demo_history *h, int stay, int member)
{
	demo_row_id(r, enrollment, (struct demo_row_id){'E', h->family.number, stay, member, -1});
	demo_row_id(r, person, (struct demo_row_id){'P', h->family.number, -1, member, -1});
}

/* The last columns of every file about households and of most others. */
enum { FROM_END_CREATED = 5, FROM_END_UPDATED = 4, FROM_END_USER = 3, FROM_END_EXPORT = 1 };

void demo_row_user(struct demo_row *r, int column, int user)
{
	char *text = r->scratch + r->used;
	memcpy(text, "U-000", 5);
	text[2] = (char)('0' + user / 100);
	text[3] = (char)('0' + user / 10 % 10);
	text[4] = (char)('0' + user % 10);
	r->used += 5;
	demo_row_text(r, column, (struct str){text, 5});
}

void demo_row_stamp(struct demo_pass *p, const struct demo_history *h, struct day created, struct day updated,
		    int serial)
{
	struct demo_row *r = &p->row;
	int columns = demo_files[p->out->file].columns;
	struct dice d = dice_new(p->view->seed, DICE_CLOCK, (uint64_t)h->family.number, (uint64_t)serial);
	int clock = OFFICE_OPENS + dice_below(&d, OFFICE_HOURS);
	demo_row_time(r, columns - FROM_END_CREATED, created, clock);
	if (p->view->touched_permille > 0 && demo_pass_touched(p, h->family.number))
		demo_row_time(r, columns - FROM_END_UPDATED, p->view->today, EVENING);
	else
		demo_row_time(r, columns - FROM_END_UPDATED, day_max(created, updated), clock + 60);
	demo_row_user(r, columns - FROM_END_USER, h->family.region * STAFF + dice_below(&d, STAFF));
	demo_row_text(r, columns - FROM_END_EXPORT, p->view->export_id);
}

void demo_row_stamp_place(struct demo_pass *p, struct day created)
{
	int columns = demo_files[p->out->file].columns;
	demo_row_time(&p->row, columns - FROM_END_CREATED, created, OFFICE_OPENS);
	demo_row_time(&p->row, columns - FROM_END_UPDATED, created, OFFICE_OPENS);
	demo_row_user(&p->row, columns - FROM_END_USER, 0);
	demo_row_text(&p->row, columns - FROM_END_EXPORT, p->view->export_id);
}
