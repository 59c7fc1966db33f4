#include "domain/spell_walk.h"

#include <stdlib.h>

const char *status_word(enum status s)
{
	static const char *const words[] = {
#define X(name, word, say) [name] = word,
		STATUSES(X)
#undef X
	};
	return words[s];
}

const char *status_say(enum status s)
{
	static const char *const says[] = {
#define X(name, word, say) [name] = say,
		STATUSES(X)
#undef X
	};
	return says[s];
}

static void fold_min(_Atomic int32_t *to, int32_t v)
{
	int32_t old = atomic_load_explicit(to, memory_order_relaxed);
	while (v < old &&
	       !atomic_compare_exchange_weak_explicit(to, &old, v, memory_order_relaxed, memory_order_relaxed))
		;
}

static int end_cmp(const void *a, const void *b)
{
	const struct roster_end *x = a;
	const struct roster_end *y = b;
	if (x->day.n != y->day.n)
		return x->day.n < y->day.n ? -1 : 1;
	return (int)x->kind - (int)y->kind;
}

/* Which of the person's endings a fact of the day follows: their number before the day. */
static uint32_t ends_before(const struct roster *r, const struct roster_person *p, struct day day)
{
	uint32_t low = 0;
	uint32_t high = p->ends_n;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (r->ends[p->ends + mid].day.n < day.n)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Where the first opening fact is kept that follows the first n endings. */
static _Atomic int32_t *opened_at(struct roster *r, struct roster_person *p, uint32_t n)
{
	return n == 0 ? &p->opened : &r->ends[p->ends + n - 1].opened;
}

/* Most facts fall between a stay's entry and the next ending: the stay keeps those, and the person's
 * endings are looked up for the others only. */
void spell_open(struct roster *r, uint32_t person, struct roster_stay *s, struct day day)
{
	bool near = !(s->bits & STAY_ENDS) || (day.n >= s->entry.n && day.n <= s->fence);
	struct roster_person *p = &r->people[person];
	fold_min(near ? &s->opened : opened_at(r, p, ends_before(r, p, day)), day.n);
}

/* Brings together what the stays kept. */
static void gather(struct roster *r, uint32_t person)
{
	struct roster_person *p = &r->people[person];
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		struct roster_stay *s = &r->stays[r->order[k]];
		if (s->opened != INT32_MAX)
			fold_min(opened_at(r, p, ends_before(r, p, s->entry)), s->opened);
	}
}

const struct roster_decision *spell_decisions(const struct roster *r, uint32_t person, uint32_t *n)
{
	uint32_t low = 0;
	uint32_t high = r->decisions_n;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (r->decisions[mid].person < person)
			low = mid + 1;
		else
			high = mid;
	}
	*n = 0;
	while (low + *n < r->decisions_n && r->decisions[low + *n].person == person)
		++*n;
	return &r->decisions[low];
}

/* True where the person sleeps in another homeless project on the day a stay ends. */
static bool is_homeless_beside(const struct roster *r, uint32_t person, const struct roster_stay *but)
{
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		if (s->entry.n > but->exit.n)
			break;
		if (s != but && type_is_homeless(roster_type(r, s)) && stay_covers(s, but->exit))
			return true;
	}
	return false;
}

/* The endings a stay makes: at most a move-in and an exit. */
static uint32_t stay_ends(const struct roster *r, const struct roster_stay *s, struct roster_end out[2])
{
	uint32_t n = 0;
	if (day_known(s->move_in))
		out[n++] = (struct roster_end){s->move_in, INT32_MAX, ENDING_HOUSED};
	if (!day_known(s->exit))
		return n;
	if (s->destination == DESTINATION_DECEASED)
		out[n++] = (struct roster_end){s->exit, INT32_MAX, ENDING_DECEASED};
	else if (situation_is_permanent(s->destination) && !is_homeless_beside(r, s->person, s))
		out[n++] = (struct roster_end){s->exit, INT32_MAX, ENDING_HOUSED};
	return n;
}

/* The placement that a move-in made is over, and they are on the street again. */
static bool stay_lost(const struct roster_stay *s)
{
	return day_known(s->move_in) && day_known(s->exit) && s->exit.n > s->move_in.n &&
	       situation_is_homeless(s->destination);
}

/* The day from which an enrollment by itself opens a spell. */
static struct day stay_opens(const struct roster *r, const struct roster_stay *s)
{
	int type = roster_type(r, s);
	bool opens = type == PROJECT_SHELTER || type == PROJECT_SAFE_HAVEN ||
		     (type == PROJECT_TRANSITIONAL && r->rules.transitional_opens) ||
		     (type == PROJECT_COORDINATED && situation_is_homeless(s->living));
	return opens ? s->entry : DAY_NONE;
}

static void settle_ends(struct roster *r, uint32_t person, uint32_t first, uint32_t end,
			const struct roster_decision *decided, uint32_t decided_n)
{
	struct roster_person *p = &r->people[person];
	struct roster_end made[2];
	uint32_t n = 0;
	for (uint32_t k = first; k < end; k++)
		n += stay_ends(r, &r->stays[r->order[k]], made);
	for (uint32_t k = 0; k < decided_n; k++)
		n += decided[k].kind != DECISION_ADD;
	if (n == 0)
		return;
	p->ends = roster_add_ends(r, n);
	if (p->ends == ROSTER_NONE)
		return;
	for (uint32_t k = first; k < end; k++) {
		uint32_t m = stay_ends(r, &r->stays[r->order[k]], made);
		for (uint32_t j = 0; j < m; j++)
			r->ends[p->ends + p->ends_n++] = made[j];
	}
	for (uint32_t k = 0; k < decided_n; k++)
		if (decided[k].kind != DECISION_ADD)
			r->ends[p->ends + p->ends_n++] = (struct roster_end){
				decided[k].day, INT32_MAX,
				decided[k].kind == DECISION_MOVED_AWAY ? ENDING_MOVED_AWAY : ENDING_INELIGIBLE};
	qsort(r->ends + p->ends, n, sizeof r->ends[0], end_cmp);
	for (uint32_t k = first; k < end; k++) {
		struct roster_stay *s = &r->stays[r->order[k]];
		uint32_t before = ends_before(r, p, s->entry);
		s->fence = before < n ? r->ends[p->ends + before].day.n : INT32_MAX;
		atomic_fetch_or_explicit(&s->bits, STAY_ENDS, memory_order_relaxed);
	}
}

void spell_settle(struct roster *r, uint32_t person)
{
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	uint32_t decided_n;
	const struct roster_decision *decided = spell_decisions(r, person, &decided_n);
	settle_ends(r, person, first, end, decided, decided_n);
	struct roster_person *p = &r->people[person];
	for (uint32_t k = 0; k < decided_n; k++)
		if (decided[k].kind == DECISION_ADD)
			fold_min(opened_at(r, p, ends_before(r, p, decided[k].day)), decided[k].day.n);
	for (uint32_t k = first; k < end; k++) {
		struct roster_stay *s = &r->stays[r->order[k]];
		struct day opens = stay_opens(r, s);
		if (day_known(opens))
			spell_open(r, person, s, opens);
		if (stay_lost(s))
			spell_open(r, person, s, s->exit);
	}
}

unsigned spell_stay_spans(const struct roster *r, const struct roster_stay *s, struct spell_span out[STAY_SPANS])
{
	const struct rules *rules = &r->rules;
	int type = roster_type(r, s);
	unsigned n = 0;
	int32_t left = day_known(s->exit) ? s->exit.n + rules->window_other : INT32_MAX;
	if (type_is_roof(type) || (type_is_permanent(type) && !day_known(s->move_in)))
		out[n++] = (struct spell_span){s->entry.n, left, false};
	else if (type_is_permanent(type)) /* the move-in ends the spell, in the course of its day */
		out[n++] = (struct spell_span){s->entry.n, s->move_in.n + 1, false};
	if (stay_lost(s))
		out[n++] = (struct spell_span){s->exit.n, left, false};
	if (type == PROJECT_COORDINATED && day_known(stay_opens(r, s)))
		out[n++] = (struct spell_span){s->entry.n, s->entry.n + rules->window_coordinated, false};
	if (day_known(s->exit) && situation_is_institution(s->destination))
		out[n++] = (struct spell_span){s->exit.n, s->exit.n + rules->institution_days, true};
	return n;
}

int spell_window(const struct roster *r, const struct roster_stay *s)
{
	switch (roster_type(r, s)) {
	case PROJECT_COORDINATED:
		return r->rules.window_coordinated;
	case PROJECT_NIGHT_SHELTER:
		return r->rules.window_night;
	default:
		return r->rules.window_other;
	}
}

/* The span that reaches furthest; of several, one that is not an institution's. */
static void reach_add(struct spell_span *to, int32_t until, bool institution)
{
	if (until > to->until || (until == to->until && !institution)) {
		to->until = until;
		to->institution = institution;
	}
}

/* As stays keep only the newest sightings, this is right on the roster's day alone. */
static void stay_reach(const struct roster *r, const struct roster_stay *s, struct spell_span *to)
{
	struct spell_span spans[STAY_SPANS];
	unsigned n = spell_stay_spans(r, s, spans);
	for (unsigned i = 0; i < n; i++)
		reach_add(to, spans[i].until, spans[i].institution);
	int32_t contact = s->contact;
	if (day_known((struct day){contact}))
		reach_add(to, contact + spell_window(r, s), false);
	int code;
	struct day day;
	if (roster_situation_of(s, &code, &day) && situation_is_institution(code))
		reach_add(to, day.n + r->rules.institution_days, true);
}

static enum status status_of_ending(enum ending e)
{
	switch (e) {
	case ENDING_HOUSED:
		return STATUS_HOUSED;
	case ENDING_MOVED_AWAY:
		return STATUS_MOVED_AWAY;
	case ENDING_INELIGIBLE:
		return STATUS_INELIGIBLE;
	case ENDING_DECEASED:
		break;
	}
	return STATUS_DECEASED;
}

/* A fact opened (or reopened) a spell. */
static void walk_open(struct spell_walk *w, struct day day, int placement_days)
{
	bool ended = day_known(w->spell.start);
	bool lost = ended && w->how == ENDING_HOUSED && day_diff(w->over, day) <= placement_days;
	bool alive = ended && w->how == ENDING_DECEASED;
	if (!lost && !alive)
		w->spell.start = day;
	w->spell.reopened = lost;
	w->spell.after_death |= alive;
	w->spell.since = day;
	w->open = true;
	w->moved = true;
}

/* An ending; it matters where a spell is open, and death always. */
static void walk_end(struct spell_walk *w, const struct roster_end *e)
{
	w->moved = day_known(w->spell.start) && (w->open || e->kind == ENDING_DECEASED);
	if (!w->moved)
		return;
	w->open = false;
	w->over = e->day;
	w->how = e->kind;
	w->spell.since = e->day;
	w->spell.status = (uint8_t)status_of_ending(e->kind);
}

bool spell_walk_on(const struct roster *r, uint32_t person, struct spell_walk *w)
{
	const struct roster_person *p = &r->people[person];
	for (;;) {
		if (w->at_end) {
			if (w->next == p->ends_n)
				return false;
			w->at_end = false;
			walk_end(w, &r->ends[p->ends + w->next++]);
			return true;
		}
		w->at_end = true;
		int32_t opened = w->next == 0 ? p->opened : r->ends[p->ends + w->next - 1].opened;
		if (opened != INT32_MAX) {
			walk_open(w, (struct day){opened}, r->rules.placement_days);
			return true;
		}
	}
}

void spell_of(struct roster *r, uint32_t person, struct spell *out)
{
	gather(r, person);
	struct spell_walk w = SPELL_WALK_BEGIN;
	while (spell_walk_on(r, person, &w))
		;
	if (w.open) {
		struct spell_span reach = {.until = INT32_MIN};
		uint32_t first;
		uint32_t end;
		roster_stays(r, person, &first, &end);
		for (uint32_t k = first; k < end; k++)
			stay_reach(r, &r->stays[r->order[k]], &reach);
		uint32_t decided_n;
		const struct roster_decision *decided = spell_decisions(r, person, &decided_n);
		for (uint32_t k = 0; k < decided_n; k++)
			if (decided[k].kind == DECISION_ADD)
				reach_add(&reach, decided[k].day.n + r->rules.window_other, false);
		w.spell.status = r->as_of.n < reach.until ? STATUS_ACTIVE : STATUS_INACTIVE;
		w.spell.institution = w.spell.status == STATUS_ACTIVE && reach.institution;
		if (w.spell.status == STATUS_INACTIVE)
			w.spell.since.n = reach.until;
	}
	*out = w.spell;
}

/* True where the stay lies, at least in part, within the spell. */
static bool stay_in_spell(const struct roster_stay *s, const struct spell *spell)
{
	bool over = spell->status != STATUS_ACTIVE && spell->status != STATUS_INACTIVE;
	return (!day_known(s->exit) || s->exit.n >= spell->start.n) && (!over || s->entry.n <= spell->since.n);
}

void spell_share(struct roster *r, unsigned part, unsigned parts)
{
	struct roster_range people = roster_share(r->people_n, part, parts);
	for (uint32_t i = people.from; i < people.to; i++) {
		uint32_t first;
		uint32_t end;
		roster_ahead(r, i, people.to);
		spell_of(r, i, &r->spells[i]);
		if (r->spells[i].status == STATUS_NONE)
			continue;
		roster_stays(r, i, &first, &end);
		for (uint32_t k = first; k < end; k++) {
			const struct roster_stay *s = &r->stays[r->order[k]];
			if ((s->bits & STAY_SHARED) && stay_in_spell(s, &r->spells[i]))
				fold_min(&r->groups[s->group].start, r->spells[i].start.n);
		}
	}
}

struct day spell_shared_start(const struct roster *r, uint32_t person)
{
	const struct spell *spell = &r->spells[person];
	struct day start = spell->start;
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	for (uint32_t k = first; k < end; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		if ((s->bits & STAY_SHARED) && stay_in_spell(s, spell) && r->groups[s->group].start < start.n)
			start.n = r->groups[s->group].start;
	}
	/* Half of a household that was split keeps the start of both, as long as that spell lasts. */
	const struct roster_party *party = r->people[person].party != 0 ? &r->parties[r->people[person].party] : NULL;
	if (party != NULL && spell->start.n <= party->day.n && day_known(party->start) && party->start.n < start.n)
		start = party->start;
	return start;
}
