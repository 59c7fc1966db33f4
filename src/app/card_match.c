#include "app/card_match.h"

#include "app/conference_load.h"
#include "app/referral_inside.h"
#include "domain/opening.h"

struct matching {
	struct str card, opening, referral;
};

static err_t match(struct meeting *m, void *ctx)
{
	struct matching *w = ctx;
	struct q_card_by_id card;
	struct household_face face;
	struct instant end = {m->row.starts_at.ms + m->row.minutes * INT64_C(60000)};
	TRY(conference_card(m, w->card, &card));
	TRY(app_household_faces(m->call, m->db, m->arena, &card.household_no, 1, &face));
	if (!face.visible)
		return err_new(m->arena, ERR_CONFLICT, "This household is not on the list any more.");
	const struct referral_ask ask = {
		.opening = w->opening,
		.household = face.id,
		.source = REFERRAL_MEETING,
		.conference = m->id,
		.at = m->call->now.ms < end.ms ? m->call->now : end,
	};
	TRY(referral_match(m->call, m->db, m->arena, &ask, &w->referral));
	return meeting_record(m, "card.match",
			      str_fmt(m->arena, "card=%.*s,referral=%.*s", STR_ARG(w->card), STR_ARG(w->referral)));
}

err_t app_card_match(struct call *c, struct str conference, struct str card, struct str opening)
{
	struct matching w = {.card = card, .opening = opening};
	return meeting_do(c, conference, CONFERENCE_WRITE, match, &w);
}

err_t card_homes_fill(const struct conference_load *l, struct card_view *v)
{
	struct arena *a = l->m.arena;
	struct q_referral_homes *homes;
	struct q_referrals_had *had;
	struct buf matched = buf_new(a, 4000);
	enum referral_state state;
	size_t n;
	TRY(q_referral_homes(l->m.db, a, l->m.row.region_id, day_add(l->m.call->today, -OPENING_HELD_DAYS), &homes,
			     &v->homes_n));
	v->homes = arena_many(a, v->homes_n, struct card_home);
	for (size_t i = 0; i < v->homes_n; i++)
		v->homes[i] = (struct card_home){
			homes[i].id,
			str_fmt(a, "%.*s%s%.*s · %.*s", STR_ARG(homes[i].program), homes[i].unit.n > 0 ? ", " : "",
				STR_ARG(homes[i].unit), STR_ARG(homes[i].agency)),
		};
	TRY(q_referrals_had(l->m.db, a, v->face.no, &had, &n));
	for (size_t i = 0; i < n; i++) {
		if (!referral_state_parse(had[i].state, &state) || !referral_is_open(state))
			continue;
		if (matched.n > 0)
			buf_lit(&matched, "; ");
		buf_fmt(&matched, "%.*s, %.*s", STR_ARG(had[i].program), STR_ARG(referral_state_table[state].words));
	}
	v->matched = buf_text(&matched);
	return NULL;
}
