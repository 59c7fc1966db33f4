#include "app/conference_queue.h"

#include "app/household.h"
#include "app/stage_inside.h"
#include "domain/spell.h"
#include "domain/step.h"
#include "store/q_conference.h"
#include "store/q_cycle.h"
#include "store/q_scan.h"
#include "store/q_step.h"
#include "store/q_telling.h"

enum { HOUR_SECONDS = 3600 };

static const struct q_cards *card_of(const struct q_cards *cards, size_t n, int64_t household)
{
	for (size_t i = 0; i < n; i++) {
		if (cards[i].household_no == household)
			return &cards[i];
	}
	return NULL;
}

/* The shelf of the household's last meeting, where it reaches beyond the day of this one. The reason
 * is sealed for its own card, so it is opened and sealed again. */
static err_t shelf_before(const struct meeting *m, int64_t household, struct str card_id, struct q_card_add_in *out)
{
	struct q_card_before before;
	const struct pii *reason;
	bool found;
	TRY(q_card_before(m->db, m->arena, household, m->id, &before, &found));
	if (!found || !day_known(before.shelved_until) || before.shelved_until.n <= m->row.day.n)
		return NULL;
	TRY(meeting_unseal(m, "card", "shelved_reason", before.id, before.shelved_reason, &reason));
	out->state = card_state_table[CARD_SHELVED].key;
	out->shelved_until = before.shelved_until;
	out->shelved_reason = meeting_seal(m, "card", "shelved_reason", card_id, reason);
	return NULL;
}

static err_t card_lay(const struct meeting *m, int64_t household, int position)
{
	struct str id = meeting_new_id(m->arena);
	struct q_card_add_in card = {
		.id = id,
		.conference_id = m->id,
		.household_no = household,
		.position = position,
		.state = card_state_table[CARD_WAITING].key,
		.review_day = DAY_NONE,
		.shelved_until = DAY_NONE,
	};
	TRY(shelf_before(m, household, id, &card));
	return q_card_add(m->db, m->arena, &card);
}

/* Lays a card, or puts the one that lies there into its place. */
static err_t card_put(const struct meeting *m, const struct q_cards *cards, size_t n, int64_t household, int place)
{
	const struct q_cards *card = card_of(cards, n, household);
	int64_t changed;
	if (card == NULL)
		return card_lay(m, household, place);
	return q_card_place(m->db, m->arena, card->id, place, &changed);
}

/* Where a household stands: its place on the list; behind it who is not active any more. */
static int place_of(const int64_t *order, size_t n, int64_t household)
{
	size_t i = 0;
	while (i < n && order[i] != household)
		i++;
	return (int)i + 1;
}

static bool has_seat(const struct q_cycle_seats_standing *seats, size_t n, int64_t household)
{
	for (size_t i = 0; i < n; i++)
		if (seats[i].household_no == household)
			return seats[i].status_known;
	return false;
}

/* For whom the quick scan of an earlier meeting asked: still active on the list. */
static bool is_wanted(const struct q_scan_wanted *wanted, size_t n, const int64_t *order, size_t order_n,
		      int64_t household)
{
	for (size_t i = 0; i < n; i++)
		if (wanted[i].household_no == household)
			return place_of(order, order_n, household) <= (int)order_n;
	return false;
}

err_t conference_queue(struct meeting *m)
{
	struct q_cycle_seats_standing *seats;
	struct q_scan_wanted *wanted;
	struct q_cards *cards;
	int64_t *order;
	int64_t changed;
	size_t seats_n, wanted_n, cards_n, order_n;
	TRY(q_cycle_seats_standing(m->db, m->arena, m->row.cycle_id, &seats, &seats_n));
	TRY(q_scan_wanted(m->db, m->arena, m->id, &wanted, &wanted_n));
	TRY(q_cards(m->db, m->arena, m->id, &cards, &cards_n));
	TRY(app_household_order(m->call, m->db, m->arena, m->row.region_id, 0, &order, &order_n));
	for (size_t i = 0; i < seats_n; i++) {
		if (!seats[i].status_known)
			continue; /* it left the list: people free the seat, and nothing is laid for it */
		int place = place_of(order, order_n, seats[i].household_no);
		TRY(card_put(m, cards, cards_n, seats[i].household_no, place));
	}
	for (size_t i = 0; i < wanted_n; i++) {
		int64_t no = wanted[i].household_no;
		if (has_seat(seats, seats_n, no) || !is_wanted(wanted, wanted_n, order, order_n, no))
			continue;
		/* Behind everybody who has a seat, also those who are not active any more. */
		TRY(card_put(m, cards, cards_n, no, (int)order_n + 1 + place_of(order, order_n, no)));
	}
	for (size_t i = 0; i < cards_n; i++) {
		int64_t no = cards[i].household_no;
		if (!has_seat(seats, seats_n, no) && !is_wanted(wanted, wanted_n, order, order_n, no))
			TRY(q_card_remove(m->db, m->arena, cards[i].id, &changed));
	}
	return stage_words(m);
}

err_t conference_card(const struct meeting *m, struct str id, struct q_card_by_id *out)
{
	struct q_card_by_id row;
	bool found;
	TRY(q_card_by_id(m->db, m->arena, id, &row, &found));
	if (!found || !str_eq(row.conference_id, m->id))
		return err_new(m->arena, ERR_MISSING, "There is no such household in this conference.");
	*out = row;
	return NULL;
}

const struct q_cards *conference_now(const struct q_cards *cards, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(cards[i].state, card_state_table[CARD_NOW].key))
			return &cards[i];
	}
	return NULL;
}

int conference_card_seconds(const struct meeting *m, struct instant opened_at, int64_t used_seconds)
{
	int64_t open = 0;
	if (instant_known(opened_at))
		open = (m->call->now.ms - opened_at.ms) / 1000;
	if (open < 0)
		open = 0; /* the clock went back */
	if (open > HOUR_SECONDS)
		open = HOUR_SECONDS; /* or jumped ahead: no household is talked about for longer */
	return (int)(used_seconds + open);
}

/* Its turn is to come: it waits, and the household is still on the list. */
static bool waits_for_turn(const struct q_cards *card)
{
	return card->status_known && str_eq(card->state, card_state_table[CARD_WAITING].key);
}

static size_t waiting_of(const struct q_cards *cards, size_t n)
{
	size_t waiting = 0;
	for (size_t i = 0; i < n; i++)
		waiting += waits_for_turn(&cards[i]) ? 1 : 0;
	return waiting;
}

/* What the card that is opened now gets: anew at every step. It no longer waits, but counts. */
static err_t allot(const struct meeting *m, const struct q_cards *cards, size_t n, bool waits, int *out)
{
	struct q_agenda_items *items;
	size_t items_n;
	int closing = 0;
	TRY(q_agenda_items(m->db, m->arena, m->id, &items, &items_n));
	for (size_t i = 0; i < items_n; i++)
		closing += items[i].position > AGENDA_WORK ? (int)items[i].minutes * 60 : 0;
	int left = (int)m->row.minutes * 60 - meeting_elapsed(m);
	int households = (int)waiting_of(cards, n) + (waits ? 0 : 1);
	*out = conference_next_seconds(left, closing, households);
	return NULL;
}

static err_t card_facts(const struct meeting *m, const struct q_cards *card, struct day review, struct card_facts *out)
{
	struct q_steps_live_of_household *steps;
	struct q_telling_of_card telling;
	size_t n;
	bool tells;
	TRY(q_steps_live_of_household(m->db, m->arena, card->household_no, &steps, &n));
	TRY(q_telling_of_card(m->db, m->arena, card->id, &telling, &tells));
	*out = (struct card_facts){
		.steps = (int)n,
		.review = review,
		.shelved = card->shelved_until,
		.meeting = m->row.day,
		.tells = tells,
	};
	for (size_t i = 0; i < n; i++)
		out->steps_lacking += step_lacks(S("-"), steps[i].owner_id, steps[i].due) != 0 ? 1 : 0;
	return NULL;
}

/* The household moved in or died, maybe while it was talked about: nothing more is asked of the room. */
static bool has_ended(const struct q_cards *card)
{
	return card->status_known && (card->status == STATUS_HOUSED || card->status == STATUS_DECEASED);
}

err_t conference_card_leave(struct meeting *m, enum card_state to, struct str *left)
{
	struct q_cards *cards;
	struct card_facts facts;
	size_t n;
	int64_t changed;
	TRY(q_cards(m->db, m->arena, m->id, &cards, &n));
	const struct q_cards *card = conference_now(cards, n);
	*left = card != NULL ? card->id : S("");
	if (card == NULL)
		return NULL;
	struct day review = card->review_day;
	if (to != CARD_WAITING && !day_known(review))
		review = day_known(card->shelved_until) ? card->shelved_until
							: card_review_default(m->row.next_day, m->row.day);
	TRY(card_facts(m, card, review, &facts));
	err_t lacks = to == CARD_WAITING ? NULL : card_check_close(m->arena, &facts);
	if (lacks != NULL && card->status_known && !has_ended(card))
		return lacks;
	if (lacks != NULL && !card->status_known)
		to = CARD_WAITING; /* it left the list while it was talked about: nothing more is asked */
	if (to == CARD_DONE && day_known(card->shelved_until))
		to = CARD_SHELVED;
	return q_card_leave(m->db, m->arena,
			    &(struct q_card_leave_in){
				    .id = card->id,
				    .state = card_state_table[to].key,
				    .at = to == CARD_WAITING ? INSTANT_NONE : m->call->now,
				    .used_seconds = conference_card_seconds(m, card->opened_at, card->used_seconds),
				    .review_day = review,
			    },
			    &changed);
}

err_t conference_card_open(struct meeting *m, struct str id)
{
	struct q_cards *cards;
	struct q_card_by_id card;
	struct str left;
	size_t n;
	int seconds;
	int64_t changed;
	TRY(conference_card(m, id, &card));
	if (str_eq(card.state, card_state_table[CARD_NOW].key))
		return NULL;
	TRY(conference_card_leave(m, CARD_WAITING, &left));
	TRY(q_cards(m->db, m->arena, m->id, &cards, &n));
	bool waits = str_eq(card.state, card_state_table[CARD_WAITING].key);
	TRY(allot(m, cards, n, waits, &seconds));
	if (str_eq(card.state, card_state_table[CARD_SHELVED].key))
		TRY(q_card_shelve_set(m->db, m->arena, id, DAY_NONE, S(""), &changed));
	TRY(q_card_open(m->db, m->arena, id, m->call->now, seconds, &changed));
	return conference_part_reach(m, AGENDA_WORK);
}

err_t conference_card_next(struct meeting *m)
{
	struct q_cards *cards;
	size_t n;
	TRY(q_cards(m->db, m->arena, m->id, &cards, &n));
	for (size_t i = 0; i < n; i++) {
		if (waits_for_turn(&cards[i]))
			return conference_card_open(m, cards[i].id);
	}
	return conference_part_reach(m, AGENDA_CLOSING);
}

err_t conference_queue_end(struct meeting *m)
{
	struct q_cards *cards;
	struct card_facts facts;
	struct str left;
	size_t n;
	TRY(q_cards(m->db, m->arena, m->id, &cards, &n));
	const struct q_cards *card = conference_now(cards, n);
	if (card == NULL)
		return NULL;
	struct day review =
		day_known(card->review_day) ? card->review_day : card_review_default(m->row.next_day, m->row.day);
	TRY(card_facts(m, card, review, &facts));
	bool done = has_ended(card) || card_check_close(m->arena, &facts) == NULL;
	return conference_card_leave(m, done ? CARD_DONE : CARD_WAITING, &left);
}
