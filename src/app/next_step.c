#include "app/next_step.h"

#include "base/limit.h"
#include "domain/barrier.h"
#include "store/q_list.h"
#include "store/seal.h"

static err_t fill_step(struct call *c, struct arena *a, const struct q_list_next_steps *row,
		       const struct household_face *face, struct next_step *out)
{
	out->text = S("A step is under way");
	if (face->notes) {
		const struct pii *words;
		TRY(seal_open(a, c->app->keys, (struct seal_place){"step", "words", row->id}, row->words, &words));
		out->text = pii_reveal(words);
	}
	out->who = row->owner;
	if (row->owner.n > 0 && row->agency.n > 0)
		out->who = str_fmt(a, "%.*s, %.*s", STR_ARG(row->owner), STR_ARG(row->agency));
	out->due = row->due;
	out->overdue = day_known(row->due) && row->due.n < c->today.n;
	return NULL;
}

err_t app_next_steps(struct call *c, struct db *db, struct arena *a, const struct household_face *faces, size_t n,
		     struct next_step *out)
{
	int64_t nos[LIMIT_LIST_PAGE];
	for (size_t i = 0; i < n; i++) {
		nos[i] = faces[i].no;
		out[i] = (struct next_step){.target = DAY_NONE, .due = DAY_NONE};
	}
	struct q_list_next_steps *steps;
	struct q_list_in_cycle *seats;
	struct q_list_targets *targets;
	size_t steps_n;
	size_t seats_n;
	size_t targets_n;
	struct q_list_barriers *barriers;
	size_t barriers_n;
	TRY(q_list_next_steps(db, a, nos, n, &steps, &steps_n));
	TRY(q_list_in_cycle(db, a, nos, n, &seats, &seats_n));
	TRY(q_list_targets(db, a, nos, n, &targets, &targets_n));
	TRY(q_list_barriers(db, a, nos, n, &barriers, &barriers_n));
	for (size_t i = 0; i < n; i++) {
		if (!faces[i].visible)
			continue;
		for (size_t k = 0; k < steps_n && out[i].text.n == 0; k++)
			if (steps[k].household_no == nos[i])
				TRY(fill_step(c, a, &steps[k], &faces[i], &out[i]));
		for (size_t k = 0; k < seats_n; k++)
			out[i].in_cycle = out[i].in_cycle || seats[k].household_no == nos[i];
		for (size_t k = 0; k < targets_n; k++)
			if (targets[k].household_no == nos[i])
				out[i].target = targets[k].day;
		barrier_set set;
		for (size_t k = 0; k < barriers_n; k++)
			if (barriers[k].household_no == nos[i] && barrier_set_parse(barriers[k].barriers, &set))
				out[i].barrier = barrier_set_labels(a, set);
	}
	return NULL;
}
