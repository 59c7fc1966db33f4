#include "domain/step.h"

#include "base/buf.h"

const struct step_state_row step_state_table[STEP_STATE_N] = {
#define X(name, key, words, live) {STR_INIT(key), STR_INIT(words), live},
	STEP_STATES(X)
#undef X
};

bool step_state_parse(struct str key, enum step_state *out)
{
	for (unsigned i = 0; i < STEP_STATE_N; i++) {
		if (str_eq(step_state_table[i].key, key)) {
			*out = (enum step_state)i;
			return true;
		}
	}
	return false;
}

bool step_may_become(enum step_state from, enum step_state to)
{
	if (from == to || to == STEP_OPEN || to == STEP_CARRIED)
		return false;
	return step_state_table[from].live || to == STEP_NOT_YET;
}

enum step_state step_carry(enum step_state state)
{
	return step_state_table[state].live ? STEP_CARRIED : state;
}

unsigned step_lacks(struct str text, struct str owner, struct day due)
{
	unsigned lacks = 0;
	if (str_trim(text).n == 0)
		lacks |= STEP_LACKS_TEXT;
	if (owner.n == 0)
		lacks |= STEP_LACKS_OWNER;
	if (!day_known(due))
		lacks |= STEP_LACKS_DATE;
	return lacks;
}

struct str step_lacks_words(struct arena *a, unsigned lacks)
{
	static const struct str words[] = {STR_INIT("a text"), STR_INIT("an owner"), STR_INIT("a date")};
	struct buf out = buf_new(a, 64);
	for (unsigned i = 0; i < 3; i++) {
		if (!(lacks & 1u << i))
			continue;
		bool last = lacks >> (i + 1) == 0;
		if (out.n > 0)
			buf_str(&out, last ? S(" and ") : S(", "));
		buf_str(&out, words[i]);
	}
	return buf_text(&out);
}

int step_overdue_days(enum step_state state, struct day due, struct day today)
{
	if (!step_state_table[state].live || !day_known(due) || due.n >= today.n)
		return 0;
	return day_diff(due, today);
}

struct str step_first_name(struct str whole)
{
	struct str first, rest;
	str_cut(str_trim(whole), ' ', &first, &rest);
	return first;
}

struct str step_day_words(struct arena *a, struct day d, struct day today)
{
	static const char *const weekdays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
					       "Thursday", "Friday", "Saturday"};
	static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
					     "July",    "August",   "September", "October", "November", "December"};
	struct ymd at = day_to_ymd(d);
	const char *weekday = weekdays[day_weekday(d)];
	const char *month = months[at.month - 1];
	if (day_known(today) && day_to_ymd(today).year == at.year)
		return str_fmt(a, "%s %d %s", weekday, at.day, month);
	return str_fmt(a, "%s %d %s %d", weekday, at.day, month, at.year);
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

struct str step_read_back(struct arena *a, struct str owner, struct str text, struct day due, struct day today)
{
	struct buf out = buf_new(a, text.n + owner.n + 128);
	text = str_trim(text);
	while (str_ends(text, S(".")))
		text.n--;

	buf_str(&out, owner.n > 0 ? owner : S("Somebody"));
	buf_lit(&out, " will ");
	size_t from = 0;
	if (text.n > 1 && is_capital(text.p[0]) && !is_capital(text.p[1])) {
		buf_char(&out, (char)(text.p[0] - 'A' + 'a'));
		from = 1;
	}
	buf_str(&out, str_sub(text, from, text.n));
	if (day_known(due)) {
		buf_lit(&out, " by ");
		buf_str(&out, step_day_words(a, due, today));
		buf_lit(&out, ". Right?");
	} else {
		buf_lit(&out, ", by when?");
	}
	return buf_text(&out);
}
