/* What the page of a household's nominations shows. */
#include "app/meeting.h"
#include "app/nomination_parts.h"
#include "app/policy.h"
#include "app/step.h"
#include "store/q_nomination.h"
#include "store/seal.h"

static struct str dated(struct arena *a, struct str who, struct day day)
{
	char say[DAY_SAY];
	return str_fmt(a, "%.*s, %s", STR_ARG(who), day_say_date(day, say));
}

err_t nomination_said_load(struct db *db, struct arena *a, struct str id, struct nomination_count *count,
			   struct nomination_said **said, size_t *n)
{
	struct q_nomination_parts *rows;
	size_t rows_n;
	TRY(q_nomination_parts(db, a, id, &rows, &rows_n));
	struct nomination_said *all = arena_many(a, rows_n, struct nomination_said);
	*count = (struct nomination_count){0};
	for (size_t i = 0; i < rows_n; i++) {
		if (!nomination_stance_parse(rows[i].stance, &all[i].stance))
			return err_internal(a, "a nomination with an unknown stance");
		all[i].agency = rows[i].agency;
		all[i].by = dated(a, rows[i].stated_by, instant_day(rows[i].stated_at));
		nomination_add(count, all[i].stance);
	}
	if (said != NULL) {
		*said = all;
		*n = rows_n;
	}
	return NULL;
}

static err_t words_of(const struct nominating *w, struct arena *a, const char *column, struct str id, struct str sealed,
		      struct str *out)
{
	const struct pii *words;
	TRY(seal_open(a, w->call->app->keys, (struct seal_place){"nomination", column, id}, sealed, &words));
	*out = step_words_for(w->call, a, &w->face, false, words);
	return NULL;
}

static enum nomination_state state_of(const struct q_nominations_of *row, struct day today)
{
	if (instant_known(row->ended_at))
		return NOMINATION_ENDED;
	if (row->agreed_known && row->agreed == 0)
		return NOMINATION_REFUSED;
	if (row->until_day.n < today.n)
		return NOMINATION_OVER;
	return row->agreed_known ? NOMINATION_HOLDS : NOMINATION_WAITS;
}

static err_t fill_decision(const struct nominating *w, struct arena *a, const struct q_nominations_of *row,
			   struct nomination_row *to)
{
	char day[DAY_SAY];
	to->decided = dated(a, row->decided_by, row->decided_day);
	if (day_known(row->conference))
		to->decided = str_fmt(a, "%.*s, in the conference of %s", STR_ARG(to->decided),
				      day_say_date(row->conference, day));
	to->level = (int)row->level;
	return words_of(w, a, "why", row->id, row->why, &to->why);
}

static err_t fill_row(const struct nominating *w, struct db *db, struct arena *a, const struct q_nominations_of *row,
		      struct nomination_row *to)
{
	const struct actor *actor = &w->call->actor;
	struct nomination_count count;
	*to = (struct nomination_row){
		.id = row->id,
		.state = state_of(row, w->call->today),
		.proposed = w->face.coarse ? S("")
					   : dated(a,
						   str_fmt(a, "%.*s (%.*s)", STR_ARG(row->proposed_name),
							   STR_ARG(row->proposed_by)),
						   instant_day(row->proposed_at)),
		.review = row->review_day,
		.until = row->until_day,
	};
	if (!policy_kind_parse(row->kind, &to->kind))
		return err_internal(a, "a nomination for an unknown kind of opening");
	TRY(nomination_said_load(db, a, row->id, &count, &to->said, &to->said_n));
	to->count = nomination_count_say(a, &count);
	if (!w->face.coarse && (w->knows || w->of_group || w->plans)) {
		TRY(words_of(w, a, "reason", row->id, row->reason, &to->reason));
		if (row->agreed_known)
			TRY(fill_decision(w, a, row, to));
	}
	bool waits = to->state == NOMINATION_WAITS;
	to->can_state = waits && w->of_group && !str_eq(row->proposed_agency, actor->agency_id);
	to->can_record = waits && w->plans;
	to->can_end = (waits || to->state == NOMINATION_HOLDS) && (w->knows || w->plans);
	return NULL;
}

static err_t fill_kinds(const struct nominating *w, struct db *db, struct arena *a)
{
	struct nomination_view *v = w->view;
	v->kinds = arena_many(a, POLICY_KINDS_N, struct nomination_kind);
	for (int k = POLICY_LIST + 1; k < POLICY_KINDS_N; k++) {
		struct policy policy;
		TRY(app_policy_in_force(db, a, (enum policy_kind)k, w->call->today, &policy, NULL));
		if (policy.nominations)
			v->kinds[v->kinds_n++] =
				(struct nomination_kind){(enum policy_kind)k, policy.order.nominate_days};
	}
	return NULL;
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct nominating *w = ctx;
	struct nomination_view *v = w->view;
	struct q_nominations_of *rows;
	struct q_nomination_agencies *agencies;
	w->call->shown.n = 0;
	TRY(nomination_open(w, db, a));
	*v = (struct nomination_view){.face = w->face};
	TRY(fill_kinds(w, db, a));
	v->can_nominate = v->kinds_n > 0 && w->knows && w->face.active;
	TRY(q_nominations_of(db, a, w->face.no, &rows, &v->rows_n));
	v->rows = arena_many(a, v->rows_n, struct nomination_row);
	for (size_t i = 0; i < v->rows_n; i++)
		TRY(fill_row(w, db, a, &rows[i], &v->rows[i]));
	if (!w->plans)
		return NULL;
	TRY(q_nomination_agencies(db, a, w->region_id, &agencies, &v->agencies_n));
	v->agencies = arena_many(a, v->agencies_n, struct nomination_agency);
	for (size_t i = 0; i < v->agencies_n; i++)
		v->agencies[i] = (struct nomination_agency){agencies[i].id, agencies[i].name};
	return NULL;
}

err_t app_nominations(struct call *c, struct str household_id, struct nomination_view *out)
{
	struct nomination_view view;
	struct nominating w = {.call = c, .household_id = household_id, .view = &view};
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	*out = view;
	return NULL;
}
