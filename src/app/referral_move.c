/* The steps of a referral behind its issuing, and its ends. */
#include "app/referral_inside.h"

#include "app/meeting.h"
#include "app/record.h"
#include "store/q_opening.h"

struct moving {
	struct call *call;
	const struct referral_move *move;
	struct str id;
	enum referral_word word;
	bool reopen, ends;
	const struct pii *note;
	size_t ended;
};

static err_t check_actor(const struct referral_work *w, bool agencys)
{
	if (w->plans || (agencys && w->receives))
		return NULL;
	return err_new(w->arena, ERR_DENIED,
		       w->receives ? "This is for who plans the conferences of the region."
				   : "This is for the agency that has the referral.");
}

static err_t check_note(struct arena *a, const struct pii *note)
{
	return note == NULL ? NULL : meeting_check_words(a, note);
}

static err_t check_move(const struct referral_work *w, const struct referral_move *move)
{
	struct str is = referral_state_table[w->state].words;
	TRY(check_actor(w, referral_is_agencys(w->state, move->to)));
	if (move->seen.n > 0 && !str_eq(move->seen, w->row.state))
		return err_new(w->arena, ERR_CONFLICT, "Meanwhile this referral is %.*s: look at it again.",
			       STR_ARG(is));
	if (move->to == REFERRAL_ISSUED || move->to == REFERRAL_EXPIRED || move->to == REFERRAL_FILLED)
		return err_new(w->arena, ERR_INVALID, "This is no step that is said: choose another.");
	if (!referral_may_become(w->state, move->to))
		return err_new(w->arena, ERR_CONFLICT, "This referral is %.*s: it cannot be %.*s.", STR_ARG(is),
			       STR_ARG(referral_state_table[move->to].words));
	return NULL;
}

/* One of others that ends because of this act. */
static err_t end_other(struct call *c, struct db *db, struct arena *a, struct str id, enum referral_state as,
		       struct str reason)
{
	struct referral_work other;
	TRY(referral_open(c, db, a, id, &other));
	return referral_put(&other, &(struct referral_put){.to = as, .reason = reason});
}

err_t referral_withdraw(struct call *c, struct db *db, struct arena *a, struct str opening_id, int64_t household_no)
{
	struct q_referral_waiting waiting;
	bool found;
	TRY(q_referral_waiting(db, a, opening_id, household_no, &waiting, &found));
	if (found && str_eq(waiting.state, referral_state_table[REFERRAL_ACCEPTED].key))
		return err_new(a, ERR_CONFLICT, "The referral was accepted: say there what became of it.");
	return found ? end_other(c, db, a, waiting.id, REFERRAL_WITHDRAWN, (struct str){0}) : NULL;
}

/* Accepted: the household is free of all its other matches. */
static err_t release_others(const struct referral_work *w)
{
	struct q_referrals_of_household *rows;
	size_t n;
	TRY(q_referrals_of_household(w->db, w->arena, w->row.household_no, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (!str_eq(rows[i].id, w->id))
			TRY(end_other(w->call, w->db, w->arena, rows[i].id, REFERRAL_WITHDRAWN, S("elsewhere")));
	return NULL;
}

/* Moved in: the home is filled, and what was asked for it is over. */
static err_t fill_opening(const struct referral_work *w)
{
	struct call *c = w->call;
	struct q_referrals_of_opening *rows;
	size_t n;
	int64_t changed;
	if (w->row.opening_id.n == 0)
		return NULL;
	TRY(q_opening_end(w->db, w->arena,
			  &(struct q_opening_end_in){
				  .id = w->row.opening_id,
				  .ended_day = c->today,
				  .ended_as = S("filled"),
				  .ended_by = c->actor.kind == ACTOR_USER ? c->actor.id : (struct str){0},
				  .ended_at = c->now,
			  },
			  &changed));
	TRY(q_referrals_of_opening(w->db, w->arena, w->row.opening_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(end_other(c, w->db, w->arena, rows[i].id, REFERRAL_FILLED, (struct str){0}));
	return NULL;
}

err_t referral_take(struct referral_work *w, const struct referral_put *put)
{
	TRY(referral_put(w, put));
	if (put->to == REFERRAL_ACCEPTED || put->to == REFERRAL_MOVED_IN)
		TRY(release_others(w));
	return put->to == REFERRAL_MOVED_IN ? fill_opening(w) : NULL;
}

static err_t take_step(struct db *db, struct arena *a, void *ctx)
{
	const struct moving *m = ctx;
	const struct referral_move *move = m->move;
	struct referral_work w;
	struct referral_put put = {.to = move->to, .note = move->note};
	TRY(referral_open(m->call, db, a, move->id, &w));
	TRY(check_move(&w, move));
	bool forward = move->to <= REFERRAL_MOVED_IN;
	if (move->to == REFERRAL_CLIENT_DECLINED || move->to == REFERRAL_PROVIDER_DECLINED) {
		TRY(referral_check_decline(a, move->to, move->reason, move->note != NULL));
		put.reason = move->reason;
		put.review = referral_reason_of(move->to, move->reason)->question ? S("waits") : (struct str){0};
	}
	if (forward)
		TRY(referral_check_opening(&w));
	return referral_take(&w, &put);
}

err_t app_referral_move(struct call *c, const struct referral_move *move)
{
	struct moving m = {.call = c, .move = move};
	TRY(check_note(c->arena, move->note));
	return db_run(c->db, c->arena, DB_WRITE, take_step, &m);
}

static err_t write_note(struct db *db, struct arena *a, void *ctx)
{
	static const struct str words[REFERRAL_WORDS_N] = {STR_INIT("note"), STR_INIT("attempt"), STR_INIT("plan")};
	const struct moving *m = ctx;
	struct referral_work w;
	TRY(referral_open(m->call, db, a, m->id, &w));
	TRY(check_actor(&w, true));
	if (m->word != REFERRAL_NOTE && !referral_is_open(w.state))
		return err_new(a, ERR_CONFLICT, "This referral is over.");
	TRY(referral_event(&w, words[m->word], (struct str){0}, m->note));
	return app_record(m->call, db, a, "referral.note", "referral", w.id, (struct str){0});
}

err_t app_referral_note(struct call *c, struct str id, enum referral_word word, const struct pii *note)
{
	struct moving m = {.call = c, .id = id, .word = word, .note = note};
	if (note == NULL && word != REFERRAL_ATTEMPT)
		return err_new(c->arena, ERR_INVALID, "Write a few words first.");
	TRY(check_note(c->arena, note));
	return db_run(c->db, c->arena, DB_WRITE, write_note, &m);
}

static err_t review(struct db *db, struct arena *a, void *ctx)
{
	const struct moving *m = ctx;
	struct referral_work w;
	int64_t changed;
	TRY(referral_open(m->call, db, a, m->id, &w));
	TRY(check_actor(&w, false));
	if (w.state != REFERRAL_PROVIDER_DECLINED)
		return err_new(a, ERR_CONFLICT, "The provider did not decline this referral.");
	if (!m->reopen) {
		TRY(q_referral_agree(db, a, w.id, &changed));
		if (changed == 0)
			return err_new(a, ERR_CONFLICT, "Nobody has to look at this decline any more.");
		TRY(referral_event(&w, S("agreed"), (struct str){0}, m->note));
		return app_record(m->call, db, a, "referral.review", "referral", w.id, (struct str){0});
	}
	if (!referral_may_appeal(w.state, w.row.ended_day, m->call->today))
		return err_new(a, ERR_CONFLICT, "A decline can be appealed for %d days: refer the household anew.",
			       REFERRAL_APPEAL_DAYS);
	TRY(referral_check_opening(&w));
	return referral_put(
		&w, &(struct referral_put){
			    .to = REFERRAL_ISSUED, .review = S("reopened"), .note = m->note, .what = S("appeal")});
}

err_t app_referral_review(struct call *c, struct str id, bool reopen, const struct pii *note)
{
	struct moving m = {.call = c, .id = id, .reopen = reopen, .note = note};
	TRY(check_note(c->arena, note));
	return db_run(c->db, c->arena, DB_WRITE, review, &m);
}

/* --- ends that nobody says --- */

/* Looked for each minute: first without `ends`, since whoever writes is alone. */
static err_t expire(struct db *db, struct arena *a, void *ctx)
{
	struct moving *m = ctx;
	struct q_referrals_open *rows;
	enum referral_state s;
	size_t n;
	m->ended = 0;
	TRY(q_referrals_open(db, a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (!referral_state_parse(rows[i].state, &s))
			return err_internal(a, "referral %.*s with an unknown state", STR_ARG(rows[i].id));
		if (m->call->today.n <= referral_expires(s, rows[i].state_day).n)
			continue;
		if (m->ends)
			TRY(end_other(m->call, db, a, rows[i].id, REFERRAL_EXPIRED, (struct str){0}));
		m->ended++;
	}
	return NULL;
}

err_t app_referral_expire(struct call *c, size_t *n)
{
	struct moving m = {.call = c};
	if (c->actor.kind != ACTOR_SYSTEM)
		return err_new(c->arena, ERR_DENIED, "Referrals expire by themselves.");
	TRY(db_run(c->db, c->arena, DB_READ, expire, &m));
	m.ends = true;
	if (m.ended > 0)
		TRY(db_run(c->db, c->arena, DB_WRITE, expire, &m));
	*n = m.ended;
	return NULL;
}

err_t referral_opening_ends(struct call *c, struct db *db, struct arena *a, struct str opening_id, bool filled)
{
	struct q_referrals_of_opening *rows;
	size_t n;
	TRY(q_referrals_of_opening(db, a, opening_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].state, referral_state_table[REFERRAL_ACCEPTED].key))
			return err_new(a, ERR_CONFLICT,
				       "A referral to this home was accepted: say first what became of the referral.");
	for (size_t i = 0; i < n; i++)
		TRY(end_other(c, db, a, rows[i].id, filled ? REFERRAL_FILLED : REFERRAL_WITHDRAWN, S("opening")));
	return NULL;
}
