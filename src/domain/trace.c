#include "domain/trace.h"

#include <stdlib.h>

struct trace *trace_new(const struct roster *r)
{
	struct trace *t = calloc(1, sizeof *t);
	if (t == NULL)
		return NULL;
	t->roster = r;
	t->first = calloc((size_t)r->stays_n + 1, sizeof *t->first);
	if (t->first == NULL)
		trace_free(&t);
	return t;
}

void trace_free(struct trace **t)
{
	if (*t == NULL)
		return;
	for (unsigned part = 0; part < TRACE_PARTS; part++)
		free((*t)->parts[part].runs);
	free((*t)->first);
	free(*t);
	*t = NULL;
}

static void add_run(struct trace *t, unsigned part, uint32_t stay, int32_t from, int32_t until)
{
	enum { FIRST = 1024 };
	const struct roster_stay *s = &t->roster->stays[stay];
	struct trace_part *p = &t->parts[part];
	struct spell_span own[STAY_SPANS];
	if (until <= from || (spell_stay_spans(t->roster, s, own) > 0 && own[0].from <= from && until <= own[0].until))
		return;
	if (p->n == p->room) {
		size_t room = p->room == 0 ? FIRST : 2 * p->room;
		struct trace_run *grown = realloc(p->runs, room * sizeof *grown);
		if (grown == NULL) {
			t->full = true;
			return;
		}
		p->runs = grown;
		p->room = room;
	}
	if (t->first[stay] == 0)
		t->first[stay] = (uint32_t)p->n * TRACE_PARTS + part + 1;
	p->runs[p->n++] = (struct trace_run){stay, from, until};
}

/* By days; of one day homeless behind the others and then by code: the last one counts (roster.c). */
static int sighting_compare(const void *x, const void *y)
{
	const struct sighting *a = x;
	const struct sighting *b = y;
	if (a->day.n != b->day.n)
		return a->day.n < b->day.n ? -1 : 1;
	int p = seen_where((enum seen)a->how, a->code);
	int q = seen_where((enum seen)b->how, b->code);
	if (situation_is_homeless(p) != situation_is_homeless(q))
		return situation_is_homeless(p) ? 1 : -1;
	return p - q;
}

/* Contacts keep active by the window of their project; the newest known situation, until the next one is
 * known, by what it is. */
void trace_stay(struct trace *t, unsigned part, struct sighting *list, size_t n)
{
	if (n == 0 || list[0].stay >= t->roster->stays_n)
		return;
	const struct roster *r = t->roster;
	uint32_t stay = list[0].stay;
	if (r->stays[stay].person == ROSTER_NONE)
		return;
	int window = spell_window(r, &r->stays[stay]);
	int32_t inside = INT32_MAX; /* seen in an institution on that day */
	struct trace_run run = {stay, 0, INT32_MIN};
	if (n > 1)
		qsort(list, n, sizeof *list, sighting_compare);
	for (size_t i = 0; i < n; i++) {
		int32_t day = list[i].day.n;
		if (list[i].how > SEEN_CONTACT || !roster_day_can_be(r, list[i].day))
			continue;
		if (day > run.until) {
			add_run(t, part, stay, run.from, run.until);
			run.from = day;
		}
		run.until = day + window;
		int where = seen_where((enum seen)list[i].how, list[i].code);
		if (where == CODE_MISSING)
			continue;
		if (inside != INT32_MAX) {
			int32_t over = inside + r->rules.institution_days;
			add_run(t, part, stay, inside, over < day ? over : day);
		}
		inside = situation_is_institution(where) ? day : INT32_MAX;
	}
	add_run(t, part, stay, run.from, run.until);
	if (inside != INT32_MAX)
		add_run(t, part, stay, inside, inside + r->rules.institution_days);
}

const struct trace_run *trace_runs(const struct trace *t, uint32_t stay, size_t *n)
{
	*n = 0;
	if (t->first[stay] == 0)
		return NULL;
	const struct trace_part *p = &t->parts[(t->first[stay] - 1) % TRACE_PARTS];
	size_t at = (t->first[stay] - 1) / TRACE_PARTS;
	while (at + *n < p->n && p->runs[at + *n].stay == stay)
		++*n;
	return &p->runs[at];
}
