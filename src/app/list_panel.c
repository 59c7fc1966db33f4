#include "app/list_panel.h"

#include "app/next_step.h"
#include "app/ready.h"
#include "app/say.h"
#include "store/q_list.h"

void app_list_why(struct arena *a, const struct list_image *image, const struct list_row *row, struct list_why **whys,
		  size_t *whys_n, struct str *sentence)
{
	const struct priority_policy *policy = &image->policy.order;
	*whys = NULL;
	*whys_n = 0;
	if (row->rank == 0) {
		*sentence = row->status == STATUS_NONE
				    ? S("No place: this household never was on the list.")
				    : S("No place: only active households are ranked. The list start is kept.");
		return;
	}
	const struct list_region *region = &image->regions[row->region];
	const struct list_row *active = &image->rows[region->first];
	uint32_t level[PRIORITY_KEYS_N] = {0};
	for (size_t depth = 0; depth < policy->n; depth++) {
		uint64_t first;
		uint64_t last;
		priority_span(policy, row->order, depth + 1, &first, &last);
		for (size_t i = 0; i < region->active; i++)
			level[depth] += active[i].order >= first && active[i].order <= last;
	}
	struct priority_facts self = list_row_facts(row);
	struct priority_line lines[PRIORITY_KEYS_N];
	priority_why(a, policy, &self, level, lines);
	*whys = arena_many(a, policy->n, struct list_why);
	for (size_t i = 0; i < policy->n; i++) {
		/* Hardly anybody is raised or nominated: where it says nothing, the line is left out. */
		bool rare = (lines[i].key == PRIORITY_RAISED && !self.raised) ||
			    (lines[i].key == PRIORITY_NOMINATED && !self.nominated);
		if (rare && lines[i].effect != PRIORITY_DECIDES)
			continue;
		struct str effect = S("not needed");
		if (lines[i].effect == PRIORITY_DECIDES)
			effect = S("decides");
		else if (lines[i].effect == PRIORITY_TIED)
			effect = str_fmt(a, "tied with %u", lines[i].tied);
		struct list_why *why = &(*whys)[(*whys_n)++];
		*why = (struct list_why){
			.place = (int)*whys_n,
			.key = str_from(priority_key_say(lines[i].key)),
			.value = lines[i].value,
			.effect = effect,
			.decides = lines[i].effect == PRIORITY_DECIDES,
		};
	}
	struct priority_facts before;
	struct priority_facts after;
	bool first = row->rank == 1;
	bool last = (size_t)row->rank == region->active;
	if (!first)
		before = list_row_facts(&active[row->rank - 2]);
	if (!last)
		after = list_row_facts(&active[row->rank]);
	*sentence = priority_sentence(a, policy, row->rank, (int)region->active, &self, first ? NULL : &before,
				      last ? NULL : &after);
	if (!first) {
		struct str change = priority_change(a, policy, image->as_of, &self, &before);
		*sentence = str_fmt(a, "%.*s %.*s", STR_ARG(*sentence), STR_ARG(change));
	}
}

void app_list_flags(struct arena *a, const struct list_row *row, struct str **out, size_t *n)
{
	size_t count = 0;
	*out = arena_many(a, FLAGS_N, struct str);
	for (int f = 0; f < FLAGS_N; f++)
		if ((row->flags & (uint64_t)flag_table[f].flag) != 0)
			(*out)[count++] = str_from(flag_table[f].say);
	*n = count;
}

static err_t fill_layers(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
			 const struct list_row *row, struct list_panel *panel)
{
	struct ready_row ready;
	struct next_step step;
	TRY(ready_rows(c, db, a, &panel->face, &row->veteran, 1, NULL, 0, &ready));
	TRY(app_next_steps(c, db, a, &panel->face, 1, &step));
	bool opening = image->policy.kind != POLICY_LIST;
	struct layer_facts facts = {
		.policy = str_from(image->policy.name),
		.version = opening ? image->opening_version : image->policy_version,
		.rank = row->rank,
		.of = panel->face.rank_of,
		.status = (enum status)row->status,
		.start = row->start,
		.since = row->since,
		.contact = row->contact,
		.contact_overdue = (row->flags & FLAG_CONTACT_OVERDUE) != 0,
		.papers = ready.readiness.have,
		.needed = ready.readiness.of,
		.hold_days = image->policy.hold_days,
		.in_cycle = step.in_cycle,
		.reviewed = step.reviewed,
		.raised = row->raised,
		.nominated = row->nominated,
	};
	panel->layered = true;
	layer_say(a, &facts, panel->layers);
	return NULL;
}

err_t app_list_panel(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
		     struct str household_id, struct list_panel **out)
{
	struct q_list_household_by_id found;
	bool known;
	*out = NULL;
	TRY(q_list_household_by_id(db, a, household_id, &found, &known));
	const struct list_row *row = known ? list_image_row(image, found.household_no) : NULL;
	if (row == NULL)
		return NULL;
	struct list_panel *panel = arena_one(a, struct list_panel);
	TRY(app_household_faces(c, db, a, &found.household_no, 1, &panel->face));
	if (!panel->face.visible)
		return NULL;
	panel->code = found.code;
	panel->face.rank = row->rank; /* in this picture's order and day, whatever today's list says */
	panel->face.rank_of = row->rank > 0 ? (int)image->regions[row->region].active : 0;
	panel->rank = say_rank(a, panel->face.rank, panel->face.rank_of);
	if (panel->face.coarse) {
		panel->sentence = S("Protected: what its place comes from is for the agency that serves it.");
	} else {
		app_list_why(a, image, row, &panel->whys, &panel->whys_n, &panel->sentence);
		app_list_flags(a, row, &panel->flags, &panel->flags_n);
		TRY(fill_layers(c, db, a, image, row, panel));
	}
	*out = panel;
	return NULL;
}
