#include "domain/card.h"

#include "base/buf.h"

enum { FOUR_WEEKS = 28, SHELF_DAYS_MOST = 366, TWO_YEARS = 731 };

const struct card_state_row card_state_table[CARD_STATE_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	CARD_STATES(X)
#undef X
};

bool card_state_parse(struct str key, enum card_state *out)
{
	for (unsigned i = 0; i < CARD_STATE_N; i++) {
		if (str_eq(card_state_table[i].key, key)) {
			*out = (enum card_state)i;
			return true;
		}
	}
	return false;
}

bool card_may_become(enum card_state from, enum card_state to)
{
	return from != to && (from == CARD_NOW || to == CARD_NOW);
}

err_t card_check_close(struct arena *a, const struct card_facts *f)
{
	if (!day_known(f->shelved)) {
		if (f->steps == 0)
			return err_new(a, ERR_INVALID,
				       "Record one action step with a person and a date, or shelve the household until "
				       "a day.");
		if (f->steps_lacking > 0)
			return err_new(a, ERR_INVALID,
				       f->steps_lacking == 1 ? "One step still needs a person or a date."
							     : "%d steps still need a person or a date.",
				       f->steps_lacking);
	}
	if (!day_known(f->review) || f->review.n <= f->meeting.n)
		return err_new(a, ERR_INVALID, "Choose a day after today on which the household is looked at again.");
	if (!f->tells)
		return err_new(a, ERR_INVALID,
			       "Write one plain sentence for the person, who tells them and by which safe way, or why "
			       "they are not told now.");
	return NULL;
}

err_t card_check_shelve(struct arena *a, struct day until, struct str reason, struct day meeting)
{
	if (!day_known(until) || until.n <= meeting.n || until.n > meeting.n + SHELF_DAYS_MOST)
		return err_new(a, ERR_INVALID, "Shelve until a day after the meeting, a year ahead at most.");
	if (str_trim(reason).n == 0)
		return err_new(a, ERR_INVALID, "Say in a few words what you are waiting for.");
	return NULL;
}

struct day card_review_default(struct day next_meeting, struct day meeting)
{
	return day_known(next_meeting) && next_meeting.n > meeting.n ? next_meeting : day_add(meeting, FOUR_WEEKS);
}

err_t card_check_target(struct arena *a, struct day target, struct day meeting)
{
	if (!day_known(target) || target.n < meeting.n || target.n > meeting.n + TWO_YEARS)
		return err_new(a, ERR_INVALID, "A target move-in date lies between the meeting and two years on.");
	return NULL;
}

err_t card_check_review(struct arena *a, struct day review, struct day meeting)
{
	if (!day_known(review) || review.n <= meeting.n || review.n > meeting.n + TWO_YEARS)
		return err_new(a, ERR_INVALID,
			       "The next review is on a day after the meeting, two years ahead at most.");
	return NULL;
}

struct str card_read_aloud(struct arena *a, const struct card_waiting *w)
{
	struct buf out = buf_new(a, w->name.n + w->code.n + 256);
	if (w->name.n > 0) {
		buf_str(&out, w->name);
		buf_str(&out, w->several ? S(" and family have been") : S(" has been"));
	} else {
		buf_lit(&out, "Household ");
		buf_str(&out, w->code);
		buf_lit(&out, " has been");
	}
	buf_lit(&out, " on our list");
	if (w->days_on_list >= 0) {
		buf_lit(&out, " for ");
		buf_str(&out, day_span_say(a, w->days_on_list));
	}
	if (w->months_36 >= 0)
		buf_fmt(&out, ", and homeless %d of the last 36 months", w->months_36);
	buf_char(&out, '.');
	return buf_text(&out);
}
