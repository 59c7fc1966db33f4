#include "app/pack.h"

#include <stdlib.h>

#include "app/roster_inside.h"
#include "store/dossier.h"

enum { PACK_VERSION = 1 };

/* Which fields of a stay follow; what happens to most stays comes first, as it makes the number small. */
enum {
	HAS_RELATION = 1 << 0,
	HAS_EXIT = 1 << 1,
	HAS_LIVING = 1 << 2,
	HAS_DISABLING = 1 << 3,
	HAS_LOS = 1 << 4,
	HAS_SEEN = 1 << 5,
	HAS_DESTINATION = 1 << 6,
	HAS_TO_STREET = 1 << 7,
	HAS_TIMES = 1 << 8,
	HAS_MONTHS = 1 << 9,
	HAS_FROM_STREET = 1 << 10,
	HAS_UNDER_LIMIT = 1 << 11,
	HAS_MOVE_IN = 1 << 12,
	IS_IMPAIRED = 1 << 13,
	IS_LISTED = 1 << 14,
	HAS_END = 1 << 15
};

/* ---- writing ---- */

static void put(struct buf *out, uint64_t v)
{
	char *to = buf_room(out, VARINT_MAX);
	if (to != NULL)
		out->n += varint_put(to, v);
}

static uint64_t fold_sign(int64_t v)
{
	return ((uint64_t)v << 1) ^ (uint64_t)(v >> 63);
}

static void put_day(struct buf *out, struct day d)
{
	put(out, day_known(d) ? fold_sign((int64_t)d.n - DAY_FIRST.n) + 1 : 0);
}

static void put_between(struct buf *out, struct day from, struct day to)
{
	put(out, fold_sign((int64_t)to.n - from.n));
}

/* Sightings of one day and kind are one fact. A run goes on by a day each; how long, follows where it is longer
 * than one. */
static void put_seen(struct buf *out, const struct night_list *list, struct day entry)
{
	enum { DAY_MARK = 4 };
	int64_t last = (int64_t)entry.n * DAY_MARK;
	size_t runs = 0;
	for (size_t i = 0; i < list->n; i++) {
		int32_t step = i > 0 ? list->seen[i].mark - list->seen[i - 1].mark : -1;
		runs += step != 0 && step != DAY_MARK;
	}
	put(out, runs);
	for (size_t i = 0; i < list->n;) {
		int64_t begin = list->seen[i].mark;
		int64_t end = begin;
		for (i++; i < list->n && (list->seen[i].mark == end || list->seen[i].mark == end + DAY_MARK); i++)
			end = list->seen[i].mark;
		put(out, fold_sign(begin - last) << 1 | (end > begin));
		if (end > begin)
			put(out, (uint64_t)(end - begin) / DAY_MARK);
		last = end;
	}
}

static unsigned fields_of(const struct roster_stay *s, const struct night_list *seen)
{
	unsigned has = s->relation != RELATION_MISSING ? HAS_RELATION : 0;
	has |= day_known(s->exit) ? HAS_EXIT : 0;
	has |= s->living != CODE_MISSING ? HAS_LIVING : 0;
	has |= s->disabling != CODE_MISSING ? HAS_DISABLING : 0;
	has |= s->los != CODE_MISSING ? HAS_LOS : 0;
	has |= seen->n > 0 ? HAS_SEEN : 0;
	has |= s->destination != CODE_MISSING ? HAS_DESTINATION : 0;
	has |= day_known(s->to_street) ? HAS_TO_STREET : 0;
	has |= s->times != CODE_MISSING ? HAS_TIMES : 0;
	has |= s->months_said != CODE_MISSING ? HAS_MONTHS : 0;
	has |= s->from_street != CODE_MISSING ? HAS_FROM_STREET : 0;
	has |= s->under_limit != CODE_MISSING ? HAS_UNDER_LIMIT : 0;
	has |= day_known(s->move_in) ? HAS_MOVE_IN : 0;
	has |= s->bits & STAY_IMPAIRED ? IS_IMPAIRED : 0;
	has |= s->bits & STAY_LISTED ? IS_LISTED : 0;
	return has;
}

static void put_stay(const struct pack_people *from, uint32_t stay, struct buf *out)
{
	const struct roster_stay *s = &from->fill->r->stays[stay];
	struct night_list seen = night_list_of(&from->nights, stay);
	unsigned has = fields_of(s, &seen);
	put(out, from->projects[s->project] - 1);
	put(out, s->group != ROSTER_NONE ? from->groups[s->group] : 0);
	put(out, has);
	put_day(out, s->entry);
	if (has & HAS_RELATION)
		put(out, s->relation);
	if (has & HAS_EXIT)
		put_between(out, s->entry, s->exit);
	if (has & HAS_LIVING)
		put(out, s->living);
	if (has & HAS_DISABLING)
		put(out, s->disabling);
	if (has & HAS_LOS)
		put(out, s->los);
	if (has & HAS_DESTINATION)
		put(out, s->destination);
	if (has & HAS_TO_STREET)
		put_between(out, s->to_street, s->entry);
	if (has & HAS_TIMES)
		put(out, s->times);
	if (has & HAS_MONTHS)
		put(out, s->months_said);
	if (has & HAS_FROM_STREET)
		put(out, s->from_street);
	if (has & HAS_UNDER_LIMIT)
		put(out, s->under_limit);
	if (has & HAS_MOVE_IN)
		put_between(out, s->entry, s->move_in);
	if (has & HAS_SEEN)
		put_seen(out, &seen, s->entry);
}

/* Numbers the projects and household stays of the pack from 1, in the order in which they are met; the projects'
 * own numbers go before everything else. */
static void put_projects(const struct pack_people *from, const uint32_t *people, size_t n, struct buf *out)
{
	const struct roster *r = from->fill->r;
	uint32_t projects = 0;
	uint32_t groups = 0;
	struct buf numbers = buf_new(out->arena, (size_t)r->projects_n * VARINT_MAX);
	for (size_t i = 0; i < n; i++)
		for (uint32_t k = from->first[people[i]]; k < from->first[people[i] + 1]; k++) {
			const struct roster_stay *s = &r->stays[from->order[k]];
			if (from->projects[s->project] == 0) {
				from->projects[s->project] = ++projects;
				put(&numbers, (uint64_t)from->fill->projects[s->project].project_no);
			}
			if (s->group != ROSTER_NONE && from->groups[s->group] == 0)
				from->groups[s->group] = ++groups;
		}
	put(out, projects);
	buf_str(out, buf_text(&numbers));
}

/* The tables are zero again for the next pack. */
static void forget_numbers(const struct pack_people *from, const uint32_t *people, size_t n)
{
	const struct roster *r = from->fill->r;
	for (size_t i = 0; i < n; i++)
		for (uint32_t k = from->first[people[i]]; k < from->first[people[i] + 1]; k++) {
			const struct roster_stay *s = &r->stays[from->order[k]];
			from->projects[s->project] = 0;
			if (s->group != ROSTER_NONE)
				from->groups[s->group] = 0;
		}
}

void pack_write(const struct pack_people *from, const uint32_t *people, size_t n, struct buf *out)
{
	const struct roster_fill *f = from->fill;
	put(out, PACK_VERSION);
	put_projects(from, people, n, out);
	put(out, n);
	for (size_t i = 0; i < n; i++) {
		uint32_t p = people[i];
		struct str id = personal_ids_of(from->ids, f->clients[p]);
		put(out, f->clients[p]);
		put(out, id.n);
		buf_str(out, id);
		put_day(out, f->r->people[p].birth);
		put(out, from->first[p + 1] - from->first[p]);
		for (uint32_t k = from->first[p]; k < from->first[p + 1]; k++)
			put_stay(from, from->order[k], out);
	}
	forget_numbers(from, people, n);
}

/* ---- reading ---- */

/* The bytes that are left, and whether they were what they should be so far. */
struct taking {
	const unsigned char *p, *end;
	bool bad;
};

static uint64_t take_long(struct taking *t)
{
	struct str rest = {(const char *)t->p, (size_t)(t->end - t->p)};
	uint64_t v = 0;
	t->bad |= !varint_get(&rest, &v);
	t->p = t->bad ? t->end : t->end - rest.n;
	return v;
}

static inline uint64_t take(struct taking *t)
{
	if (t->end - t->p >= 2 && (t->p[0] & t->p[1] & 0x80) == 0) {
		bool two = (t->p[0] & 0x80) != 0;
		uint64_t v = two ? (t->p[0] & 0x7FU) | (uint64_t)t->p[1] << 7 : t->p[0];
		t->p += two ? 2 : 1;
		return v;
	}
	return take_long(t);
}

/* A number below the limit. */
static inline uint32_t take_below(struct taking *t, uint32_t limit)
{
	uint64_t v = take(t);
	t->bad |= v >= limit;
	return t->bad ? 0 : (uint32_t)v;
}

static inline int64_t take_signed(struct taking *t)
{
	uint64_t v = take(t);
	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static struct day day_of(struct taking *t, int64_t n)
{
	t->bad |= n <= DAY_NONE.n || n > INT32_MAX;
	return t->bad ? DAY_NONE : (struct day){(int32_t)n};
}

static inline struct day take_day(struct taking *t)
{
	uint64_t v = take(t);
	if (v == 0)
		return DAY_NONE;
	int64_t n = (int64_t)((v - 1) >> 1) ^ -(int64_t)((v - 1) & 1);
	t->bad |= n > INT32_MAX || n < INT32_MIN;
	return day_of(t, t->bad ? 0 : n + DAY_FIRST.n);
}

static inline struct day take_after(struct taking *t, struct day from, int sign)
{
	int64_t n = take_signed(t);
	t->bad |= n > UINT32_MAX || n < -(int64_t)UINT32_MAX;
	return day_of(t, t->bad ? 0 : from.n + sign * n);
}

static inline uint8_t take_code(struct taking *t)
{
	return (uint8_t)take_below(t, UINT8_MAX + 1);
}

static err_t no_pack(struct arena *a)
{
	return err_internal(a, "a pack cannot be read");
}

static bool grow(void **p, size_t *room, size_t need, size_t size)
{
	if (need <= *room)
		return true;
	size_t more = need + need / 2 + 4096;
	void *grown = realloc(*p, more * size);
	if (grown == NULL)
		return false;
	*p = grown;
	*room = more;
	return true;
}

/* What was seen in a stay goes behind *n others. */
static bool take_seen(struct pack *p, struct taking *t, struct day entry, size_t *n)
{
	enum { DAY_MARK = 4 };
	int64_t mark = (int64_t)entry.n * DAY_MARK;
	for (uint32_t runs = take_below(t, UINT32_MAX); runs > 0 && !t->bad; runs--) {
		uint64_t head = take(t);
		int64_t step = (int64_t)(head >> 2) ^ -(int64_t)(head >> 1 & 1);
		uint32_t more = head & 1 ? take_below(t, 1 << 20) : 0;
		t->bad |= step > INT32_MAX || step < INT32_MIN * (int64_t)2;
		mark += t->bad ? 0 : step;
		t->bad |= mark < INT32_MIN || mark + (int64_t)more * DAY_MARK > INT32_MAX;
		if (t->bad)
			return true;
		if (!grow((void **)&p->seen, &p->seen_room, *n + more + 1, sizeof *p->seen))
			return false;
		for (uint32_t k = 0; k <= more; k++)
			p->seen[(*n)++] = (struct night_seen){(int32_t)(mark + (int64_t)k * DAY_MARK)};
		mark += (int64_t)more * DAY_MARK;
	}
	return true;
}

static bool take_fields(struct pack *p, struct taking *t, struct roster_stay *s, unsigned has, size_t *seen)
{
	if (has & HAS_RELATION)
		s->relation = take_code(t);
	if (has & HAS_EXIT)
		s->exit = take_after(t, s->entry, 1);
	if (has & HAS_LIVING)
		s->living = (uint16_t)take_below(t, UINT16_MAX + 1);
	if (has & HAS_DISABLING)
		s->disabling = take_code(t);
	if (has & HAS_LOS)
		s->los = take_code(t);
	if (has & HAS_DESTINATION)
		s->destination = (uint16_t)take_below(t, UINT16_MAX + 1);
	if (has & HAS_TO_STREET)
		s->to_street = take_after(t, s->entry, -1);
	if (has & HAS_TIMES)
		s->times = take_code(t);
	if (has & HAS_MONTHS)
		s->months_said = take_code(t);
	if (has & HAS_FROM_STREET)
		s->from_street = take_code(t);
	if (has & HAS_UNDER_LIMIT)
		s->under_limit = take_code(t);
	if (has & HAS_MOVE_IN)
		s->move_in = take_after(t, s->entry, 1);
	if (has & IS_IMPAIRED)
		s->bits |= STAY_IMPAIRED;
	return (has & HAS_SEEN) == 0 || take_seen(p, t, s->entry, seen);
}

/* Stays in projects that are not there are read over: they get no person. */
static bool take_stay(struct pack *p, struct taking *t, uint32_t person, const uint32_t *projects, uint32_t projects_n,
		      size_t *seen)
{
	struct roster *r = p->r;
	uint32_t project = take_below(t, projects_n);
	uint32_t group = take_below(t, ROSTER_NONE);
	unsigned has = take_below(t, HAS_END);
	struct day entry = take_day(t);
	/* A household stay's number is no more than one for each stay there may be. */
	t->bad |= group > r->stays_n + 1;
	if (t->bad)
		return true;
	project = projects[project];
	uint32_t stay =
		roster_add_stay(r, project != ROSTER_NONE ? person : ROSTER_NONE, group > 0 ? group - 1 : ROSTER_NONE,
				project != ROSTER_NONE ? project : 0, entry);
	if (stay == ROSTER_NONE || !grow((void **)&p->first, &p->stays_room, (size_t)stay + 2, sizeof *p->first))
		return false;
	p->first[stay] = (uint32_t)*seen;
	if (!take_fields(p, t, &r->stays[stay], has, seen) || *seen > UINT32_MAX)
		return false;
	p->first[stay + 1] = (uint32_t)*seen;
	if ((has & IS_LISTED) && project != ROSTER_NONE)
		roster_decide(r, person, entry, DECISION_ADD);
	return true;
}

static bool grow_people(struct pack *p, size_t n)
{
	size_t room = p->people_room;
	return grow((void **)&p->clients, &room, n, sizeof *p->clients) &&
	       grow((void **)&p->ids, &p->people_room, n, sizeof *p->ids);
}

static bool take_people(struct pack *p, struct taking *t, const uint32_t *projects, uint32_t projects_n)
{
	size_t seen = 0;
	uint32_t people = take_below(t, ROSTER_NONE);
	/* Nobody takes fewer than four bytes. */
	t->bad |= people > (size_t)(t->end - t->p) / 4;
	if (t->bad)
		return true;
	if (!grow_people(p, people) || !grow((void **)&p->first, &p->stays_room, 1, sizeof *p->first))
		return false;
	for (uint32_t i = 0; i < people && !t->bad; i++) {
		uint32_t person = roster_add_person(p->r);
		if (person == ROSTER_NONE)
			return false;
		p->clients[i] = take_below(t, UINT32_MAX);
		uint64_t bytes = take(t);
		t->bad |= bytes > (size_t)(t->end - t->p);
		if (t->bad)
			return true;
		p->ids[i] = (struct str){(const char *)t->p, bytes};
		t->p += bytes;
		p->r->people[person].birth = take_day(t);
		for (uint64_t stays = take(t); stays > 0 && !t->bad; stays--)
			if (!take_stay(p, t, person, projects, projects_n, &seen))
				return false;
	}
	return true;
}

err_t pack_read(struct pack *p, struct arena *a, struct str bytes, const struct roster_fill *fill)
{
	struct taking t = {.p = (const unsigned char *)bytes.p, .end = (const unsigned char *)bytes.p + bytes.n};
	roster_clear(p->r);
	t.bad = take(&t) != PACK_VERSION;
	uint32_t n = take_below(&t, 1 << 20);
	if (t.bad || n > bytes.n)
		return no_pack(a);
	uint32_t *projects = arena_many(a, n, uint32_t);
	for (uint32_t i = 0; i < n; i++)
		projects[i] = roster_fill_project(fill, (int64_t)take(&t));
	if (!take_people(p, &t, projects, n) || p->r->full)
		return roster_no_memory(a);
	return t.bad || t.p != t.end ? no_pack(a) : NULL;
}

/* Which of the situations or contacts it was does not matter to months and spells: homeless or not is all, and
 * the mark says it (night_book_told). */
static void see(struct pack *p, uint32_t stay, struct night_seen seen)
{
	static const struct {
		enum seen how;
		int code;
	} as[] = {
		[NIGHT_KIND_BED] = {SEEN_NIGHT, CODE_MISSING},
		[NIGHT_KIND_STREET] = {SEEN_SITUATION, SITUATION_CODE_STREET},
		[NIGHT_KIND_NO_NIGHT] = {SEEN_PRIORITIZED, CODE_MISSING},
	};
	unsigned kind = night_kind(seen);
	if (kind < sizeof as / sizeof as[0])
		roster_see(p->r, stay, as[kind].how, night_day(seen), as[kind].code);
}

/* The newest comes first: what a stay keeps of it, the others need not write again. */
void pack_see(struct pack *p)
{
	for (uint32_t s = 0; s < p->r->stays_n; s++) {
		uint32_t end = p->first[s + 1];
		if (end > p->first[s])
			see(p, s, p->seen[end - 1]);
		for (uint32_t k = p->first[s]; k + 1 < end; k++)
			see(p, s, p->seen[k]);
	}
}

void pack_free(struct pack *p)
{
	free(p->clients);
	free(p->ids);
	free(p->seen);
	free(p->first);
}
