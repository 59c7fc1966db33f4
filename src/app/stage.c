#include "app/stage_inside.h"

#include "app/listing_code.h"
#include "app/mou.h"

const struct actor stage_guest = {.kind = ACTOR_USER, .role = ROLE_PROVIDER};

enum { ALL_CHECKED = (1 << STAGE_CHECK_N) - 1 };

err_t stage_actor(const struct meeting *m, struct str user_id, struct str agency_id, struct str region_id,
		  enum role role, struct actor *out)
{
	struct actor actor = {
		.kind = ACTOR_USER, .id = user_id, .role = role, .agency_id = agency_id, .region_id = region_id};
	TRY(mou_cover(m->call, m->db, m->arena, &actor));
	*out = actor;
	return NULL;
}

/* Two of whom the one may see what the other may. */
static bool sees_the_same(const struct actor *a, const struct actor *b)
{
	return a->role == b->role && a->cover.today == b->cover.today && str_eq(a->agency_id, b->agency_id) &&
	       str_eq(a->region_id, b->region_id);
}

static void add_actor(struct stage_people *p, const struct actor *actor)
{
	for (size_t i = 0; i < p->actors_n; i++)
		if (sees_the_same(&p->actors[i], actor))
			return;
	p->actors[p->actors_n++] = *actor;
}

err_t stage_people(const struct meeting *m, struct stage_people *out)
{
	struct stage_people p = {0};
	struct arena *a = m->arena;
	enum stage_check check;
	TRY(q_attendance_present(m->db, a, m->id, &p.present, &p.present_n));
	TRY(q_guests(m->db, a, m->id, &p.guests, &p.guests_n));
	TRY(q_stage_checks(m->db, a, m->id, &p.checked, &p.checked_n));
	p.actors = arena_many(a, p.present_n + 2, struct actor);
	p.each = arena_many(a, p.present_n, struct actor);
	for (size_t i = 0; i < p.present_n; i++) {
		const struct q_attendance_present *row = &p.present[i];
		enum role role = ROLE_NOBODY;
		(void)role_from_word(str_c(a, row->role), &role);
		TRY(stage_actor(m, row->user_id, row->agency_id, row->region_id, role, &p.each[i]));
		if (instant_known(row->admitted_at))
			add_actor(&p, &p.each[i]);
	}
	for (size_t i = 0; i < p.guests_n; i++)
		if (instant_known(p.guests[i].admitted_at))
			add_actor(&p, &stage_guest);
	for (size_t i = 0; i < p.checked_n; i++)
		if (stage_check_parse(p.checked[i].key, &check))
			p.checks |= 1u << check;
	*out = p;
	return NULL;
}

bool stage_ready(const struct stage_people *p)
{
	return p->checks == ALL_CHECKED;
}

/* What each of some people may see; `more` is one of them too, or NULL. */
static err_t faces_for(const struct meeting *m, const struct stage_people *p, const struct actor *more,
		       const struct q_cards *cards, size_t n, struct household_face *out)
{
	struct stage_people with = *p;
	struct call theirs = *m->call;
	int64_t *nos = arena_many(m->arena, n, int64_t);
	with.actors = arena_many(m->arena, p->actors_n + 1, struct actor);
	for (size_t i = 0; i < p->actors_n; i++)
		with.actors[i] = p->actors[i];
	if (more != NULL)
		add_actor(&with, more);
	for (size_t i = 0; i < n; i++) {
		nos[i] = cards[i].household_no;
		out[i] = (struct household_face){.no = nos[i]};
	}
	if (with.actors_n == 0)
		return NULL;
	theirs.actor = with.actors[0];
	return app_household_stage(&theirs, m->db, m->arena, with.actors + 1, with.actors_n - 1, nos, n, out);
}

err_t stage_faces(const struct meeting *m, const struct stage_people *p, const struct q_cards *cards, size_t n,
		  struct household_face *out)
{
	return faces_for(m, p, &m->call->actor, cards, n, out);
}

int stage_named(const struct household_face *faces, size_t n)
{
	int named = 0;
	for (size_t i = 0; i < n; i++)
		named += faces[i].named ? 1 : 0;
	return named;
}

struct str stage_word(struct arena *a, const struct q_cards *card, int number)
{
	return card->word.n > 0 ? str_fmt(a, "Household %.*s", STR_ARG(card->word))
				: str_fmt(a, "Household %d", number);
}

err_t stage_names_lost(const struct meeting *m, const struct stage_people *p, const struct actor *who, int *lost,
		       int *households)
{
	struct q_cards *cards;
	size_t n;
	TRY(q_cards(m->db, m->arena, m->id, &cards, &n));
	struct household_face *faces = arena_many(m->arena, n, struct household_face);
	TRY(faces_for(m, p, NULL, cards, n, faces));
	int before = stage_named(faces, n);
	TRY(faces_for(m, p, who, cards, n, faces));
	*lost = before - stage_named(faces, n);
	*households = (int)n;
	return NULL;
}

err_t stage_keeps_waiting(const struct meeting *m, const struct actor *who, bool *out)
{
	struct stage_people p;
	int households;
	struct stage_arrival arrival = {
		.leads = meeting_may_plan(who, m->row.region_id) || str_eq(who->id, m->row.facilitator_id) ||
			 str_eq(who->id, m->row.scribe_id),
		.covered = mou_covers_region(&who->cover, m->row.region_id) == COVERED,
	};
	TRY(stage_people(m, &p));
	/* Before everything is checked there is no name to lose. */
	if (!arrival.leads && arrival.covered && stage_ready(&p))
		TRY(stage_names_lost(m, &p, who, &arrival.names_lost, &households));
	*out = stage_waits(&arrival);
	return NULL;
}

err_t stage_guest_called(const struct meeting *m, struct str id, struct str sealed, struct str *out)
{
	const struct pii *called;
	TRY(meeting_unseal(m, "guest", "called", id, sealed, &called));
	*out = pii_reveal(called);
	return NULL;
}

err_t stage_words(struct meeting *m)
{
	struct q_cards *cards;
	size_t n, taken_n = 0;
	int64_t changed;
	TRY(q_cards(m->db, m->arena, m->id, &cards, &n));
	struct str *taken = arena_many(m->arena, 3 * n, struct str);
	for (size_t i = 0; i < n; i++) {
		taken[taken_n++] = cards[i].code; /* "Maple 4821" is nobody else's Maple */
		if (cards[i].word.n > 0)
			taken[taken_n++] = cards[i].word;
	}
	for (size_t i = 0; i < n; i++) {
		if (cards[i].word.n > 0)
			continue;
		struct str word = listing_word_draw(taken, taken_n);
		if (word.n == 0)
			return NULL; /* its number is said instead */
		taken[taken_n++] = word;
		TRY(q_card_word_set(m->db, m->arena, cards[i].id, word, &changed));
	}
	return NULL;
}

/* --- what the facilitator does --- */

struct staging {
	enum stage_check check;
	bool on;
	const struct pii *called;
	struct str who;
};

static err_t set_check(struct meeting *m, void *ctx)
{
	const struct staging *w = ctx;
	struct str key = stage_check_table[w->check].key;
	int64_t changed;
	if (w->on)
		TRY(q_stage_check_put(m->db, m->arena, m->id, key, m->call->actor.id, m->call->now));
	else
		TRY(q_stage_check_remove(m->db, m->arena, m->id, key, &changed));
	return meeting_record(m, "stage.check", str_fmt(m->arena, "check=%.*s,on=%d", STR_ARG(key), w->on ? 1 : 0));
}

err_t app_stage_check(struct call *c, struct str conference, enum stage_check check, bool on)
{
	struct staging w = {.check = check, .on = on};
	return meeting_do(c, conference, CONFERENCE_DRIVE, set_check, &w);
}

static err_t add_guest(struct meeting *m, void *ctx)
{
	const struct staging *w = ctx;
	struct str id = meeting_new_id(m->arena);
	TRY(q_guest_add(m->db, m->arena,
			&(struct q_guest_add_in){
				.id = id,
				.conference_id = m->id,
				.called = meeting_seal(m, "guest", "called", id, w->called),
				.by_id = m->call->actor.id,
				.in_at = m->call->now,
			}));
	return meeting_record(m, "attendance.guest", str_fmt(m->arena, "guest=%.*s", STR_ARG(id)));
}

err_t app_stage_guest(struct call *c, struct str conference, const struct pii *called)
{
	struct staging w = {.called = called};
	TRY(meeting_check_words(c->arena, called));
	return meeting_do(c, conference, CONFERENCE_DRIVE, add_guest, &w);
}

static err_t admit(struct meeting *m, void *ctx)
{
	const struct staging *w = ctx;
	int64_t changed;
	TRY(q_attendance_admit(m->db, m->arena, m->id, w->who, m->call->now, &changed));
	if (changed > 0)
		return meeting_record(m, "attendance.admit", str_fmt(m->arena, "user=%.*s", STR_ARG(w->who)));
	TRY(q_guest_admit(m->db, m->arena, m->id, w->who, m->call->now, &changed));
	if (changed == 0)
		return err_new(m->arena, ERR_CONFLICT, "Nobody like that waits any more.");
	return meeting_record(m, "attendance.admit", str_fmt(m->arena, "guest=%.*s", STR_ARG(w->who)));
}

err_t app_stage_admit(struct call *c, struct str conference, struct str who)
{
	struct staging w = {.who = who};
	return meeting_do(c, conference, CONFERENCE_DRIVE, admit, &w);
}

static err_t turn_away(struct meeting *m, void *ctx)
{
	const struct staging *w = ctx;
	int64_t changed;
	TRY(q_guest_end(m->db, m->arena, m->id, w->who, m->call->now, &changed));
	if (changed > 0)
		return meeting_record(m, "attendance.out", str_fmt(m->arena, "guest=%.*s", STR_ARG(w->who)));
	TRY(q_attendance_turn_away(m->db, m->arena, m->id, w->who, m->call->now, &changed));
	if (changed == 0)
		return err_new(m->arena, ERR_CONFLICT, "Nobody like that waits any more.");
	return meeting_record(m, "attendance.out", str_fmt(m->arena, "user=%.*s", STR_ARG(w->who)));
}

err_t app_stage_turn_away(struct call *c, struct str conference, struct str who)
{
	struct staging w = {.who = who};
	return meeting_do(c, conference, CONFERENCE_DRIVE, turn_away, &w);
}
