#include "app/checkin.h"

#include "app/listing.h"
#include "app/tenancy.h"
#include "domain/cycle.h"
#include "domain/spell.h"
#include "store/q_checkin.h"

enum { WORDS_MOST = 800 };

struct str checkin_item(size_t which)
{
	static const struct str items[CHECKINS_N] = {STR_INIT("checkin.30"), STR_INIT("checkin.90"),
						     STR_INIT("checkin.180"), STR_INIT("checkin.365")};
	return items[which];
}

static err_t housed_since(struct db *db, struct arena *a, int64_t household_no, struct day *out)
{
	struct q_checkin_housed row;
	bool found;
	TRY(q_checkin_housed(db, a, household_no, STATUS_HOUSED, &row, &found));
	*out = found ? row.since : DAY_NONE;
	return NULL;
}

/* --- reading --- */

err_t checkin_load(struct call *c, struct db *db, struct arena *a, int64_t household_no, struct checkin_view *out)
{
	struct entry *entries;
	size_t n;
	unsigned made = 0;
	struct day newest = DAY_NONE;
	struct checkin_view v = {.next = CHECKINS_N};
	TRY(housed_since(db, a, household_no, &v.housed));
	TRY(entries_load(db, a, &household_no, 1, &entries, &n));
	for (size_t i = 0; i < CHECKINS_N && day_known(v.housed); i++) {
		const struct entry *e = entry_of(entries, n, household_no, checkin_item(i));
		struct str text;
		v.rows[i].due = checkin_due(v.housed, i);
		if (e == NULL)
			continue;
		TRY(entry_text(c, a, e, &text));
		if (!checkin_read(text, &v.rows[i].said))
			return err_internal(a, "entry %.*s/%lld is no check-in", STR_ARG(e->item), (long long)e->no);
		v.rows[i].by = e->by;
		v.rows[i].made = v.rows[i].said.day.n >= v.housed.n;
		if (!v.rows[i].made)
			continue;
		made |= 1U << i;
		if (!day_known(newest) || v.rows[i].said.day.n >= newest.n) {
			newest = v.rows[i].said.day;
			v.lost = v.rows[i].said.found == FOUND_LOST;
		}
	}
	if (day_known(v.housed))
		v.next = checkin_next(v.housed, c->today, made);
	*out = v;
	return NULL;
}

/* --- writing --- */

struct work {
	struct call *call;
	struct str household_id;
	size_t which;
	const struct checkin *said;
	bool holds; /* the actor holds its list */
};

/* What a check-in found goes into the lane of tenancies at risk, and out of it once it says otherwise. */
static err_t put_lane(struct work *w, struct db *db, struct arena *a, const struct household_face *face)
{
	char day[DAY_TEXT];
	struct entry *entries;
	size_t n;
	const struct checkin *said = w->said;
	if (said->found == FOUND_UNREACHED)
		return NULL;
	TRY(entries_load(db, a, &face->no, 1, &entries, &n));
	bool in = entry_of(entries, n, face->no, TENANCY_ITEM) != NULL;
	if (said->found == FOUND_AT_RISK && !in)
		return entry_put(w->call, db, a, face, TENANCY_ITEM,
				 pii_new(a, str_fmt(a, "%s\n%.*s", day_text(said->day, day), STR_ARG(said->words))));
	return said->found != FOUND_AT_RISK && in ? entry_put(w->call, db, a, face, TENANCY_ITEM, NULL) : NULL;
}

static err_t check(struct work *w, struct db *db, struct arena *a, struct household_face *face)
{
	struct day housed;
	TRY(entry_household(w->call, db, a, w->household_id, face));
	TRY(housed_since(db, a, face->no, &housed));
	if (!day_known(housed))
		return err_new(a, ERR_CONFLICT, "The list does not say that this household is housed.");
	if (w->said->day.n < housed.n)
		return err_new(a, ERR_INVALID, "That was before they moved in: choose a later day.");
	w->holds = face->holds;
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct household_face face;
	return check(ctx, db, a, &face);
}

static err_t put(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct household_face face;
	TRY(check(w, db, a, &face));
	TRY(entry_put(w->call, db, a, &face, checkin_item(w->which), pii_new(a, checkin_text(a, w->said))));
	return put_lane(w, db, a, &face);
}

/* The decision derives the list anew, in a transaction of its own, so it comes last; where it fails, the page says that
 * the household waits to be put back, and the same again does it. */
static err_t put_back(struct work *w)
{
	struct call *c = w->call;
	return app_household_mark(c, &(struct household_mark_new){
					     .household_id = w->household_id,
					     .kind = MARK_ADD,
					     .day = w->said->day,
					     .reason = pii_new(c->arena, w->said->words),
				     });
}

err_t app_checkin_put(struct call *c, struct str household_id, size_t which, const struct checkin *said,
		      const struct pii *words)
{
	struct arena *a = c->arena;
	struct checkin clean = *said;
	struct work w = {.call = c, .household_id = household_id, .which = which, .said = &clean};
	bool reason = said->found == FOUND_AT_RISK || said->found == FOUND_LOST;
	clean.words = words == NULL ? (struct str){0} : str_trim(pii_reveal(words));
	if (which >= CHECKINS_N)
		return err_new(a, ERR_INVALID, "Choose which check-in it was.");
	if (!day_known(said->day) || said->day.n > c->today.n)
		return err_new(a, ERR_INVALID, "On which day was it? Choose today or a day before.");
	if (str_utf8_len(clean.words) > WORDS_MOST)
		return err_new(a, ERR_INVALID, "Write at most %d characters.", WORDS_MOST);
	if (reason && str_utf8_len(clean.words) < CYCLE_REASON_LEAST)
		return err_new(a, ERR_INVALID, "Say in at least %d characters what happened.", CYCLE_REASON_LEAST);
	TRY(db_run(c->db, a, DB_READ, look, &w));
	TRY(db_run(c->db, a, DB_WRITE, put, &w));
	return said->found == FOUND_LOST && w.holds ? put_back(&w) : NULL;
}
