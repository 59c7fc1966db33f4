#include "app/tenancy.h"

#include "domain/cycle.h"
#include "domain/spell.h"
#include "store/q_entry.h"

struct tenancy {
	struct call *call;
	struct str household_id;
	struct day since;
	const struct pii *reason;
	bool back;
};

static err_t put(struct db *db, struct arena *a, void *ctx)
{
	const struct tenancy *t = ctx;
	struct household_face face;
	struct q_entry_newest newest;
	bool found;
	char day[DAY_TEXT];
	TRY(entry_household(t->call, db, a, t->household_id, &face));
	TRY(q_entry_newest(db, a, face.no, TENANCY_ITEM, &newest, &found));
	bool at_risk = found && newest.value.n > 0;
	if (t->back && !at_risk)
		return err_new(a, ERR_CONFLICT, "This tenancy is not in the lane.");
	if (t->back)
		return entry_put(t->call, db, a, &face, TENANCY_ITEM, NULL);
	if (face.status != STATUS_HOUSED)
		return err_new(a, ERR_CONFLICT,
			       "The list does not say that this household is housed; a tenancy at risk is one that it "
			       "still has.");
	if (at_risk)
		return err_new(a, ERR_CONFLICT, "This tenancy is in the lane already.");
	struct str reason = str_trim(pii_reveal(t->reason));
	struct str text = str_fmt(a, "%s\n%.*s", day_text(t->since, day), STR_ARG(reason));
	return entry_put(t->call, db, a, &face, TENANCY_ITEM, pii_new(a, text));
}

err_t app_tenancy_put(struct call *c, struct str household_id, struct day since, const struct pii *reason, bool back)
{
	struct tenancy t = {c, household_id, since, reason, back};
	if (!back && (!day_known(since) || since.n > c->today.n))
		return err_new(c->arena, ERR_INVALID,
			       "Since when is the tenancy at risk? Choose today or a day before.");
	if (!back && str_utf8_len(str_trim(pii_reveal(reason))) < CYCLE_REASON_LEAST)
		return err_new(c->arena, ERR_INVALID, "Say in at least %d characters what puts the tenancy at risk.",
			       CYCLE_REASON_LEAST);
	return db_run(c->db, c->arena, DB_WRITE, put, &t);
}

err_t tenancy_of(struct call *c, struct arena *a, const struct entry *entries, size_t n, int64_t household_no,
		 struct day *since, struct str *reason)
{
	const struct entry *e = entry_of(entries, n, household_no, TENANCY_ITEM);
	struct str text;
	struct str day;
	*since = DAY_NONE;
	*reason = S("");
	if (e == NULL)
		return NULL;
	TRY(entry_text(c, a, e, &text));
	str_cut(text, '\n', &day, reason);
	if (!day_parse(day, since))
		return err_internal(a, "entry %.*s/%lld has no day", STR_ARG(e->item), (long long)e->no);
	return NULL;
}

err_t tenancy_load(struct db *db, struct arena *a, struct list_facts *out)
{
	struct q_entry_tenancies *rows;
	size_t n;
	TRY(q_entry_tenancies(db, a, &rows, &n));
	int64_t *nos = arena_many(a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	out->at_risk = nos;
	out->at_risk_n = n;
	return NULL;
}

int64_t tenancy_count(const struct list_facts *facts, const struct list_row *rows, size_t n)
{
	int64_t count = 0;
	for (size_t i = 0; i < n && facts->at_risk_n > 0; i++)
		count += rows[i].status == STATUS_HOUSED && list_value(facts, &rows[i], FILTER_TENANCY) == 1;
	return count;
}
