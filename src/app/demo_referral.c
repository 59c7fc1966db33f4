#include "app/demo_referral.h"

#include "app/household.h"
#include "app/referral_view.h"

enum { NEXT = 4 };

struct picking {
	struct call *call;
	struct household_face faces[NEXT];
	size_t n;
};

static err_t pick(struct db *db, struct arena *a, void *ctx)
{
	struct picking *w = ctx;
	int64_t *nos;
	TRY(app_household_order(w->call, db, a, w->call->actor.region_id, NEXT, &nos, &w->n));
	return app_household_faces(w->call, db, a, nos, w->n, w->faces);
}

static err_t refer(struct call *c, struct str opening, const struct household_face *face, struct str *id)
{
	const struct referral_ask ask = {.opening = opening, .household = face->id, .source = REFERRAL_BOARD};
	return app_referral_refer(c, &ask, id);
}

static err_t move(struct call *c, struct str id, enum referral_state to)
{
	return app_referral_move(c, &(struct referral_move){.id = id, .to = to});
}

err_t demo_referrals(struct call *c, const struct str *openings, size_t n)
{
	enum { TAKEN_UP, ASKED, CONTACT, MATCHED, DECLINED, OPENINGS };
	struct picking w = {.call = c};
	struct str id;
	TRY(db_run(c->db, c->arena, DB_READ, pick, &w));
	if (w.n < NEXT || n < OPENINGS)
		return NULL;
	TRY(refer(c, openings[TAKEN_UP], &w.faces[0], &id));
	TRY(move(c, id, REFERRAL_ACKNOWLEDGED));
	TRY(app_referral_note(
		c, id, REFERRAL_PLAN,
		pii_new(c->arena, S("Through the outreach team, on Tuesday mornings; they come along."))));
	TRY(refer(c, openings[CONTACT], &w.faces[1], &id));
	TRY(move(c, id, REFERRAL_CONTACT));
	TRY(refer(c, openings[DECLINED], &w.faces[2], &id));
	TRY(app_referral_move(c, &(struct referral_move){
					 .id = id,
					 .to = REFERRAL_PROVIDER_DECLINED,
					 .reason = S("income"),
					 .note = pii_new(c->arena, S("A payee, or a letter from the benefits office.")),
				 }));
	TRY(app_referral_ask(c,
			     &(struct referral_ask){.opening = openings[MATCHED],
						    .household = w.faces[3].id,
						    .source = REFERRAL_MEETING},
			     &id));
	return app_referral_ask(c, &(struct referral_ask){.opening = openings[ASKED], .source = REFERRAL_ASKED}, &id);
}
