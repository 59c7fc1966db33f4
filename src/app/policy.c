#include "app/policy.h"

#include "app/listing.h"
#include "app/record.h"
#include "store/q_policy.h"
#include "store/q_user.h"

static err_t load_kind(struct db *db, struct arena *a, enum policy_kind kind, struct day day, struct policy *out,
		       int *version)
{
	struct q_policy_in_force row;
	struct policy_faults faults;
	bool found;
	TRY(q_policy_in_force(db, a, policy_kind_table[kind].word, day.n, &row, &found));
	*version = 0;
	if (!found)
		return NULL;
	if (!policy_read(a, row.text, out, &faults))
		return err_internal(a, "version %lld of the policy for %s cannot be read", (long long)row.version,
				    policy_kind_table[kind].word.p);
	*version = (int)row.version;
	return NULL;
}

err_t app_policy_in_force(struct db *db, struct arena *a, enum policy_kind kind, struct day day, struct policy *out,
			  int *version)
{
	struct policy p;
	int own = 0, lists = 0;
	TRY(load_kind(db, a, kind, day, &p, &own));
	if (own == 0 && kind != POLICY_LIST)
		TRY(load_kind(db, a, POLICY_LIST, day, &p, &lists));
	*out = own + lists > 0 ? p : policy_default;
	out->kind = kind;
	if (version != NULL)
		*version = own;
	return NULL;
}

static bool may_set(const struct call *c)
{
	return c->actor.kind == ACTOR_OPERATOR ||
	       (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_POLICY_SET));
}

struct looking {
	struct call *call;
	struct policy_view view;
};

static err_t fill_versions(struct looking *w, struct db *db, struct arena *a)
{
	struct policy_view *v = &w->view;
	struct q_policy_versions *rows;
	size_t n;
	TRY(q_policy_versions(db, a, policy_kind_table[v->kind].word, &rows, &n));
	v->versions = arena_many(a, n, struct policy_version);
	v->versions_n = n;
	for (size_t i = 0; i < n; i++) {
		struct q_user_by_id user = {0};
		bool found = false;
		char day[DAY_SAY];
		if (str_eq(rows[i].actor_kind, S("user")))
			TRY(q_user_by_id(db, a, rows[i].actor, &user, &found));
		struct str who = found ? user.name : S("an operator");
		v->versions[i] = (struct policy_version){
			.version = (int)rows[i].version,
			.name = rows[i].name,
			.from = rows[i].from_day,
			.set = str_fmt(a, "%s, %.*s", day_say(instant_day(rows[i].set_at), day), STR_ARG(who)),
			.holds = rows[i].version == v->version,
			.comes = rows[i].from_day.n > v->today.n,
		};
	}
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct looking *w = ctx;
	struct policy_view *v = &w->view;
	TRY(app_policy_in_force(db, a, v->kind, v->today, &v->policy, &v->version));
	v->follows = v->version == 0 && v->kind != POLICY_LIST;
	if (w->call->actor.kind != ACTOR_NOBODY)
		TRY(fill_versions(w, db, a));
	return NULL;
}

err_t app_policy(struct call *c, enum policy_kind kind, struct policy_view *out)
{
	struct looking w = {c, {.kind = kind, .today = c->today, .can_set = may_set(c)}};
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	policy_standard(c->arena, &w.view.policy, &w.view.standard);
	w.view.text = policy_text(c->arena, &w.view.policy);
	*out = w.view;
	return NULL;
}

struct setting_policy {
	struct call *call;
	const struct policy *policy;
	int version;
};

static err_t put(struct db *db, struct arena *a, void *ctx)
{
	struct setting_policy *w = ctx;
	struct call *c = w->call;
	struct str kind = policy_kind_table[w->policy->kind].word;
	struct q_policy_last last;
	bool found;
	TRY(q_policy_last(db, a, kind, &last, &found));
	w->version = (int)last.version + 1;
	TRY(q_policy_add(db, a,
			 &(struct q_policy_add_in){
				 .kind = kind,
				 .version = w->version,
				 .name = str_from(w->policy->name),
				 .from_day = w->policy->from,
				 .text = policy_text(a, w->policy),
				 .set_at = c->now,
				 .actor_kind = c->actor.kind == ACTOR_USER ? S("user") : S("operator"),
				 .actor = c->actor.id,
			 }));
	char day[DAY_TEXT];
	return app_record(c, db, a, "policy.set", "policy", kind,
			  str_fmt(a, "version=%d,from=%s", w->version, day_text(w->policy->from, day)));
}

err_t app_policy_set(struct call *c, struct str text, struct day from, struct policy_faults *faults,
		     struct policy_set *out)
{
	struct arena *a = c->arena;
	struct policy p;
	faults->n = 0;
	if (!may_set(c))
		return err_new(a, ERR_DENIED, "Only administrators and the lead agency put a policy in force.");
	if (!policy_read(a, text, &p, faults))
		return policy_refuse(a, faults);
	p.from = day_known(from) ? from : day_known(p.from) ? p.from : c->today;
	if (p.from.n < c->today.n)
		return err_new(a, ERR_INVALID,
			       "A policy begins today or later, so that places already given stay explained; say from "
			       "which day.");
	struct setting_policy w = {.call = c, .policy = &p};
	TRY(db_run(c->db, a, DB_WRITE, put, &w));
	*out = (struct policy_set){p.kind, w.version, p.from};
	if (p.kind != POLICY_LIST || p.from.n > c->today.n)
		return NULL;
	err_t e = app_listing_refresh(c, c->today);
	return e == NULL ? NULL : err_wrap(a, e, "The policy is set, but the list is as it was: %.*s", STR_ARG(e->say));
}
