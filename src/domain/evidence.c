#include "domain/evidence.h"

#include "domain/code.h"

static const uint64_t ALL = ((uint64_t)1 << EVIDENCE_MONTHS) - 1;
enum { MONTHS_OF_YEAR = 12, OLDEST = 63 };

static const struct {
	const char *word;
	const char *say;
} kinds[] = {
#define X(name, word, say) {word, say},
	EVIDENCES(X)
#undef X
};

const char *evidence_word(enum evidence e)
{
	return kinds[e].word;
}

const char *evidence_say(enum evidence e)
{
	return kinds[e].say;
}

bool evidence_parse(struct str word, enum evidence *out)
{
	for (int e = EVIDENCE_SELF; e <= EVIDENCE_THIRD; e++)
		if (str_eq(word, str_from(kinds[e].word))) {
			*out = (enum evidence)e;
			return true;
		}
	return false;
}

enum evidence evidence_of_project(int project_type)
{
	return project_type == PROJECT_OUTREACH ? EVIDENCE_OBSERVED : EVIDENCE_THIRD;
}

void evidence_add(struct evidence_months *m, enum evidence kind, uint64_t months)
{
	m->of[kind] |= months & ALL;
}

enum evidence evidence_of(const struct evidence_months *m, int back)
{
	for (int e = EVIDENCE_BROKEN; e > EVIDENCE_BLANK; e--)
		if (m->of[e] >> back & 1)
			return (enum evidence)e;
	return EVIDENCE_BLANK;
}

int evidence_count(const struct evidence_months *m, enum evidence kind)
{
	int n = 0;
	for (int k = 0; k < EVIDENCE_MONTHS; k++)
		n += evidence_of(m, k) == kind;
	return n;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* What is wanted for the 12 months whose latest is `from` back. */
static struct evidence_way way_of_window(const struct evidence_months *m, int from)
{
	struct evidence_way way = {.possible = true};
	int own = 0;
	int blank = 0;
	for (int k = from; k < from + EVIDENCE_BOXES; k++) {
		uint64_t bit = (uint64_t)1 << k;
		switch (evidence_of(m, k)) {
		case EVIDENCE_BROKEN:
			return (struct evidence_way){0};
		case EVIDENCE_BLANK:
			blank++;
			way.months |= bit;
			break;
		case EVIDENCE_SELF:
			if (++own > EVIDENCE_OWN_WORD)
				way.months |= bit;
			break;
		default:
			break;
		}
	}
	way.missing = __builtin_popcountll(way.months);
	way.own_word = least(blank, EVIDENCE_OWN_WORD - least(own, EVIDENCE_OWN_WORD));
	return way;
}

struct evidence_way evidence_in_a_row(const struct evidence_months *m)
{
	struct evidence_way best = {0};
	for (int from = 0; from + EVIDENCE_BOXES <= EVIDENCE_MONTHS; from++) {
		struct evidence_way way = way_of_window(m, from);
		if (way.possible && (!best.possible || way.missing < best.missing))
			best = way;
	}
	return best;
}

/* A way so far, from the oldest month on: what it costs, by how many occasions and months it has, how many of them
 * rest on own word, and whether the last month belongs to an occasion. */
struct state {
	bool there;
	int blanks;
	uint64_t months;
};
struct states {
	struct state at[EVIDENCE_OCCASIONS + 1][EVIDENCE_BOXES + 1][EVIDENCE_OWN_WORD + 1][2];
};

static bool state_better(const struct state *a, const struct state *b)
{
	int x = __builtin_popcountll(a->months);
	int y = __builtin_popcountll(b->months);
	return !b->there || x < y || (x == y && a->months < b->months);
}

static void state_put(struct states *to, int runs, int months, int own, bool open, const struct state *s)
{
	struct state *at = &to->at[least(runs, EVIDENCE_OCCASIONS)][least(months, EVIDENCE_BOXES)][own][open];
	if (state_better(s, at))
		*at = *s;
}

/* Every way on from one state over the month `back`. */
static void state_step(const struct evidence_months *m, int back, int runs, int months, int own, bool open,
		       const struct state *s, struct states *to)
{
	struct state paper = *s;
	paper.months |= (uint64_t)1 << back;
	int begun = open ? runs : runs + 1;
	switch (evidence_of(m, back)) {
	case EVIDENCE_BROKEN:
		state_put(to, runs, months, own, false, s);
		break;
	case EVIDENCE_BLANK:
		state_put(to, runs, months, own, false, s);
		paper.blanks++;
		state_put(to, begun, months + 1, own, true, &paper);
		break;
	case EVIDENCE_SELF:
		/* Left out, it is no gap either: the person says they were homeless then. */
		state_put(to, runs, months, own, open, s);
		state_put(to, begun, months + 1, own, true, &paper);
		if (own < EVIDENCE_OWN_WORD)
			state_put(to, begun, months + 1, own + 1, true, s);
		break;
	default:
		state_put(to, begun, months + 1, own, true, s);
	}
}

static void states_step(const struct evidence_months *m, int back, const struct states *from, struct states *to)
{
	*to = (struct states){0};
	for (int runs = 0; runs <= EVIDENCE_OCCASIONS; runs++)
		for (int months = 0; months <= EVIDENCE_BOXES; months++)
			for (int own = 0; own <= EVIDENCE_OWN_WORD; own++)
				for (int open = 0; open <= 1; open++)
					if (from->at[runs][months][own][open].there)
						state_step(m, back, runs, months, own, open == 1,
							   &from->at[runs][months][own][open], to);
}

struct evidence_way evidence_on_occasions(const struct evidence_months *m)
{
	struct states states[2] = {0};
	states[EVIDENCE_MONTHS % 2].at[0][0][0][0].there = true;
	for (int back = EVIDENCE_MONTHS - 1; back >= 0; back--)
		states_step(m, back, &states[(back + 1) % 2], &states[back % 2]);
	struct state best = {0};
	int said = 0;
	for (int own = 0; own <= EVIDENCE_OWN_WORD; own++)
		for (int open = 0; open <= 1; open++) {
			const struct state *s = &states[0].at[EVIDENCE_OCCASIONS][EVIDENCE_BOXES][own][open];
			if (s->there && state_better(s, &best)) {
				best = *s;
				said = own;
			}
		}
	return (struct evidence_way){
		.possible = best.there,
		.missing = __builtin_popcountll(best.months),
		.own_word = least(best.blanks, EVIDENCE_OWN_WORD - said),
		.months = best.months,
	};
}

struct str evidence_month_say(struct arena *a, int32_t month)
{
	static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
					    "July",    "August",   "September", "October", "November", "December"};
	return str_fmt(a, "%s %d", names[month % MONTHS_OF_YEAR], month / MONTHS_OF_YEAR);
}

struct str evidence_month_text(struct arena *a, int32_t month)
{
	return str_fmt(a, "%04d-%02d", month / MONTHS_OF_YEAR, month % MONTHS_OF_YEAR + 1);
}

bool evidence_month_parse(struct str text, int32_t *month)
{
	enum { LENGTH = 7 };
	char day[DAY_TEXT] = "yyyy-mm-01";
	struct day first;
	if (text.n != LENGTH)
		return false;
	for (size_t i = 0; i < LENGTH; i++)
		day[i] = text.p[i];
	if (!day_parse(str_from(day), &first))
		return false;
	*month = day_month(first);
	return true;
}

err_t evidence_check(struct arena *a, const struct evidence_paper_new *p, struct day today)
{
	int32_t now = day_month(today);
	if (p->last < p->first)
		return err_new(a, ERR_INVALID, "The last month comes before the first; put the earlier one first.");
	if (p->last > now)
		return err_new(a, ERR_INVALID, "A month that has not come cannot be documented yet.");
	if (p->first < now - OLDEST)
		return err_new(a, ERR_INVALID, "The first month is too long ago to count; only the last 36 months do.");
	if (p->dated.n > today.n)
		return err_new(a, ERR_INVALID, "The paper cannot be dated after today.");
	if (day_month(p->dated) < p->last)
		return err_new(a, ERR_INVALID, "The paper is dated before the last month that it speaks of.");
	if (p->kind != EVIDENCE_SELF && !p->signed_by)
		return err_new(a, ERR_INVALID, "Say who signed it: choose an agency, or write who it was.");
	return NULL;
}
