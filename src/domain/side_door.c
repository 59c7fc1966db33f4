#include "domain/side_door.h"

#include "domain/code.h"

static const struct {
	const char *word, *say;
} doors[SIDE_DOORS_N] = {
#define X(name, word, say) [name] = {word, say},
	SIDE_DOORS(X)
#undef X
};

static const struct {
	const char *word, *say;
	bool stays;
} answers[SIDE_DOOR_ANSWERS_N] = {
#define X(name, word, stays, say) [name] = {word, say, stays},
	SIDE_DOOR_ANSWERS(X)
#undef X
};

const char *side_door_word(enum side_door d)
{
	return doors[d].word;
}

const char *side_door_say(enum side_door d)
{
	return doors[d].say;
}

const char *side_door_answer_word(enum side_door_answer a)
{
	return answers[a].word;
}

const char *side_door_answer_say(enum side_door_answer a)
{
	return answers[a].say;
}

bool side_door_answer_stays(enum side_door_answer a)
{
	return answers[a].stays;
}

bool side_door_answer_parse(struct str word, enum side_door_answer *out)
{
	for (enum side_door_answer a = 0; a < SIDE_DOOR_ANSWERS_N; a++)
		if (str_eq(word, str_from(answers[a].word))) {
			*out = a;
			return true;
		}
	return false;
}

bool side_door_asks(int project_type)
{
	return project_type == PROJECT_RAPID || project_type == PROJECT_SUPPORTIVE;
}

/* What one referral says about the entry. */
static enum side_door look(const struct side_door_entry *e, const struct ce_referral *r, int window)
{
	bool here =
		(r->project == CE_ANY || r->project == e->project) && (r->agency == CE_ANY || r->agency == e->agency);
	if (!here || !ce_kind_fits(r->kind, e->type))
		return r->made.n <= e->day.n && day_diff(r->made, e->day) <= window ? DOOR_ELSEWHERE : DOOR_NONE;
	if (r->made.n > e->day.n)
		return DOOR_LATE;
	if (day_diff(r->made, e->day) > window)
		return DOOR_OLD;
	enum ce_result result = ce_result_on(r, e->day);
	return result == CE_OPEN || result == CE_ACCEPTED ? DOOR_REFERRED : DOOR_DECLINED;
}

enum side_door side_door_of(const struct side_door_entry *e, const struct ce_referral *referrals, size_t n, int window)
{
	enum side_door best = DOOR_NONE;
	for (size_t i = 0; i < n && best != DOOR_REFERRED; i++) {
		enum side_door d = look(e, &referrals[i], window);
		best = d < best ? d : best;
	}
	return best;
}
