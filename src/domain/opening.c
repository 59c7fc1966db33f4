#include "domain/opening.h"

#include "base/buf.h"

const char *opening_state_say(enum opening_state s)
{
	static const char *const say[OPENING_STATES_N] = {
#define X(name, words) [name] = words,
		OPENING_STATES(X)
#undef X
	};
	return say[s];
}

enum opening_state opening_state(const struct opening_times *t, struct day today)
{
	if (day_known(t->ended))
		return t->filled ? OPENING_FILLED : OPENING_WITHDRAWN;
	int age = day_diff(t->confirmed, today);
	if (age > OPENING_HELD_DAYS)
		return OPENING_STALE;
	if (age > OPENING_FRESH_DAYS)
		return OPENING_ASK;
	return t->from.n > today.n ? OPENING_FORECAST : OPENING_NOW;
}

int opening_vacant(const struct opening_times *t, struct day today)
{
	struct day end = day_known(t->ended) ? t->ended : today;
	return end.n > t->from.n ? day_diff(t->from, end) : 0;
}

static void add(struct buf *b, struct str condition)
{
	if (condition.n == 0)
		return;
	if (b->n > 0)
		buf_char(b, ' ');
	buf_str(b, condition);
}

struct str opening_rule(struct arena *a, const struct opening_choice *c)
{
	struct buf b = buf_new(a, c->extra.n + 256);
	if (c->people_least > 1 && c->people_most > 0)
		add(&b, str_fmt(a, "members:%d..%d", c->people_least, c->people_most));
	else if (c->people_least > 1)
		add(&b, str_fmt(a, "members>=%d", c->people_least));
	else if (c->people_most > 0)
		add(&b, str_fmt(a, "members<=%d", c->people_most));
	if (c->children)
		add(&b, S("type:family"));
	if (c->chronic)
		add(&b, S("chronic:verified,likely"));
	if (c->veteran)
		add(&b, S("veteran:yes"));
	if (c->youth)
		add(&b, S("group:youth"));
	add(&b, str_trim(c->extra));
	return buf_text(&b);
}

int opening_room(int bedrooms)
{
	return bedrooms < 1 ? 2 : 2 * bedrooms;
}

int opening_homes(const struct opening_stock *rows, size_t n, struct day today)
{
	int homes = 0;
	for (size_t i = 0; i < n; i++) {
		bool begun = !day_known(rows[i].from) || rows[i].from.n <= today.n;
		bool over = day_known(rows[i].until) && rows[i].until.n < today.n;
		if (begun && !over)
			homes += rows[i].units > 0 ? rows[i].units : rows[i].beds;
	}
	return homes;
}

int opening_window(struct day from, struct day today)
{
	enum { STEP = 30 };
	int days = from.n - today.n;
	if (days <= 0)
		return 0;
	int window = (days + STEP - 1) / STEP;
	return window < OPENING_WINDOWS ? window : OPENING_WINDOWS - 1;
}
