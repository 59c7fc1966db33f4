#include "app/listing_derive.h"

#include <stdlib.h>
#include <string.h>

#include "app/pack.h"
#include "app/roster_contact.h"
#include "app/roster_paper.h"
#include "app/roster_split.h"
#include "base/id.h"
#include "store/q_duplicate.h"
#include "store/q_hmis.h"
#include "store/q_household.h"
#include "store/q_listing.h"
#include "store/q_movement.h"
#include "store/q_policy.h"

enum { HOUSEHOLDS_AT_ONCE = 4000, LISTING_MEMORY_PARTS = 2 };
#define HOME_HEAD 0x80000000U
#define HOME_NUMBER 0x7fffffffU

/* Which person of the roster a client is, by client number. */
struct client_place {
	uint32_t client;
	uint32_t person;
};

struct finding {
	struct listing_derivation *d;
	struct client_place *places;
	int64_t low, high;
	struct q_household_marks *marks;
	size_t marks_n;
	struct roster_splits splits;
	struct q_adjustments_in_force *raised; /* by household number */
	size_t raised_n;
	struct q_duplicate_homes *former; /* of people who were joined, once */
	size_t former_n;
	int64_t households; /* on the list so far */
	struct roster_papers papers;
	struct roster_contacts contacts;
};

static int place_compare(const void *x, const void *y)
{
	const struct client_place *a = x;
	const struct client_place *b = y;
	return (a->client > b->client) - (a->client < b->client);
}

/* Who a client is, if need be by another record of the same person. */
static uint32_t person_of(const struct finding *f, int64_t client)
{
	const struct roster *r = f->d->f->r;
	struct client_place wanted = {.client = (uint32_t)client};
	const struct client_place *found = bsearch(&wanted, f->places, r->people_n, sizeof *f->places, place_compare);
	return found != NULL ? found->person : roster_fill_joined(f->d->f, client);
}

static int raised_compare(const void *x, const void *y)
{
	int64_t a = ((const struct q_adjustments_in_force *)x)->household_no;
	int64_t b = ((const struct q_adjustments_in_force *)y)->household_no;
	return (a > b) - (a < b);
}

/* Which months of the books are open: as the list was derived last, if anything is in them. */
static err_t load_when(struct db *db, struct arena *a, struct listing_derivation *d)
{
	struct q_movement_first first;
	struct q_hmis_import_by_no last;
	bool found;
	TRY(q_movement_first(db, a, d->now, &first, &found));
	bool booked = found && first.month_known;
	TRY(q_hmis_import_by_no(db, a, d->now, &last, &found));
	d->when = ledger_when(booked && found ? last.as_of : DAY_NONE, d->f->r->as_of);
	return NULL;
}

static err_t load_numbers(struct db *db, struct arena *a, void *ctx)
{
	struct finding *f = ctx;
	struct q_household_last last;
	struct q_listing_count count;
	bool found;
	TRY(q_household_last(db, a, &last, &found));
	TRY(q_listing_count(db, a, f->d->now, &count, &found));
	TRY(q_household_marks(db, a, &f->marks, &f->marks_n));
	TRY(roster_splits_load(db, a, &f->splits));
	TRY(q_adjustments_in_force(db, a, f->d->f->r->as_of.n, &f->raised, &f->raised_n));
	TRY(q_duplicate_homes(db, a, &f->former, &f->former_n));
	if (f->raised_n > 0)
		qsort(f->raised, f->raised_n, sizeof *f->raised, raised_compare);
	TRY(roster_papers_load(db, a, f->d->f->r->as_of, &f->papers));
	TRY(roster_contacts_load(db, a, &f->contacts));
	TRY(load_when(db, a, f->d));
	f->d->last = last.no;
	f->households = count.households;
	return NULL;
}

/* Households with their members and lots, some at a time. */
static err_t load_homes(struct db *db, struct arena *a, void *ctx)
{
	struct finding *f = ctx;
	struct listing_derivation *d = f->d;
	struct q_households_between *rows;
	struct q_household_members_between *members;
	size_t n;
	TRY(q_households_between(db, a, f->low, f->high, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		d->ties[rows[i].household_no] = (uint32_t)rows[i].tie;
		listing_code_take(&d->codes, rows[i].code);
	}
	TRY(q_household_members_between(db, a, f->low, f->high, d->now, &members, &n));
	for (size_t i = 0; i < n; i++) {
		uint32_t person = person_of(f, members[i].client_no);
		bool own = person != ROSTER_NONE && d->f->clients[person] == members[i].client_no;
		if (own || (person != ROSTER_NONE && d->home[person] == 0))
			d->home[person] = (uint32_t)members[i].household_no | (members[i].head ? HOME_HEAD : 0);
	}
	return NULL;
}

/* Who was parted by a person: those who left are in the household that was made for them, or in the old one again where
 * the split was taken back. */
static void part_ways(const struct finding *f)
{
	struct listing_derivation *d = f->d;
	for (size_t i = 0; i < f->splits.n; i++) {
		const struct q_household_split_people *s = &f->splits.rows[i];
		uint32_t person = person_of(f, s->client_no);
		if (person == ROSTER_NONE)
			continue;
		int64_t home = d->home[person] & HOME_NUMBER;
		if (!s->holds && home == s->new_no)
			d->home[person] = (uint32_t)s->household_no | (d->home[person] & HOME_HEAD);
		if (s->holds && s->leaves && home == s->household_no)
			d->home[person] = (uint32_t)s->new_no;
	}
	roster_splits_tell(&f->splits, d->f->r, d->f->clients);
}

/* Who was joined and is so no more goes back to where they were. */
static void find_former(const struct finding *f)
{
	for (size_t i = 0; i < f->former_n; i++) {
		const struct q_duplicate_homes *pair = &f->former[i];
		uint32_t low = person_of(f, pair->low_no);
		uint32_t high = person_of(f, pair->high_no);
		if (low != ROSTER_NONE && f->d->home[low] == 0)
			f->d->home[low] = (uint32_t)pair->low_household;
		if (high != ROSTER_NONE && f->d->home[high] == 0)
			f->d->home[high] = (uint32_t)pair->high_household;
	}
}

static err_t find_homes(struct finding *f)
{
	struct listing_derivation *d = f->d;
	const struct roster *r = d->f->r;
	f->places = malloc((r->people_n + 1) * sizeof *f->places);
	if (f->places == NULL)
		return err_internal(d->a, "no memory to find households again");
	for (uint32_t i = 0; i < r->people_n; i++)
		f->places[i] = (struct client_place){d->f->clients[i], i};
	qsort(f->places, r->people_n, sizeof *f->places, place_compare);
	err_t e = NULL;
	for (f->low = 1; f->low <= d->last && e == NULL; f->low += HOUSEHOLDS_AT_ONCE) {
		struct arena_mark mark = arena_mark(d->a);
		f->high = f->low + HOUSEHOLDS_AT_ONCE - 1;
		e = db_run(d->c->db, d->a, DB_READ, load_homes, f);
		if (e == NULL)
			arena_rewind(d->a, mark);
	}
	if (e == NULL) {
		find_former(f);
		part_ways(f);
	}
	free(f->places);
	f->places = NULL;
	return e;
}

static uint32_t region_number(const struct roster_fill *f, struct str id)
{
	for (size_t i = 0; i < f->regions_n; i++)
		if (str_eq(f->regions[i], id))
			return (uint32_t)i + 1;
	return REGION_NONE;
}

/* Marks come by household: the place of its first one. */
static size_t first_mark(const struct finding *f, int64_t household)
{
	size_t low = 0;
	size_t high = f->marks_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (f->marks[mid].household_no < household)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Somebody has decided about a household after it was found absent. */
static bool gone_is_decided(const struct finding *f, const struct roster_gone *gone)
{
	static const struct str deciding[] = {STR_INIT("add"), STR_INIT("here"), STR_INIT("moved_away"),
					      STR_INIT("ineligible")};
	int64_t household = f->d->home[gone->person] & HOME_NUMBER;
	for (size_t i = first_mark(f, household); i < f->marks_n; i++) {
		const struct q_household_marks *m = &f->marks[i];
		if (m->household_no != household)
			break;
		for (size_t k = 0; k < sizeof deciding / sizeof *deciding; k++)
			if (m->import_no >= gone->import_no && str_eq(m->kind, deciding[k]))
				return true;
	}
	return false;
}

static void flag_gone(const struct finding *f)
{
	const struct roster_fill *fill = f->d->f;
	for (size_t i = 0; i < fill->gone_n; i++)
		if (!gone_is_decided(f, &fill->gone[i]))
			fill->r->people[fill->gone[i].person].bits |= PERSON_GONE;
}

void listing_mark_apply(const struct roster_fill *f, struct roster *r, uint32_t person, struct str kind, struct day day,
			struct str region_id)
{
	if (str_eq(kind, S("add")))
		roster_decide(r, person, day, DECISION_ADD);
	else if (str_eq(kind, S("moved_away")))
		roster_decide(r, person, day, DECISION_MOVED_AWAY);
	else if (str_eq(kind, S("ineligible")))
		roster_decide(r, person, day, DECISION_INELIGIBLE);
	else if (str_eq(kind, S("region")))
		r->people[person].region = (uint16_t)region_number(f, region_id);
	else if (str_eq(kind, S("verified")))
		r->people[person].bits |= PERSON_VERIFIED;
}

static void apply_marks(const struct finding *f, uint32_t person, int64_t household)
{
	for (size_t i = first_mark(f, household); i < f->marks_n && f->marks[i].household_no == household; i++)
		listing_mark_apply(f->d->f, f->d->f->r, person, f->marks[i].kind, f->marks[i].day,
				   f->marks[i].region_id);
}

static void apply_raised(const struct finding *f, uint32_t person, int64_t household_no)
{
	struct q_adjustments_in_force household = {household_no};
	if (f->raised_n > 0 && bsearch(&household, f->raised, f->raised_n, sizeof *f->raised, raised_compare) != NULL)
		f->d->f->r->people[person].bits |= PERSON_RAISED;
}

/* What was decided about the household of a record that is joined to another holds of the person. */
static void apply_former(const struct finding *f, int64_t client, int64_t household)
{
	uint32_t person = roster_fill_joined(f->d->f, client);
	if (person == ROSTER_NONE || (f->d->home[person] & HOME_NUMBER) == household)
		return;
	apply_marks(f, person, household);
	apply_raised(f, person, household);
}

static void apply_all(const struct finding *f)
{
	const struct listing_derivation *d = f->d;
	if (f->marks_n + f->raised_n == 0)
		return;
	for (size_t i = 0; i < f->former_n; i++) {
		apply_former(f, f->former[i].low_no, f->former[i].low_household);
		apply_former(f, f->former[i].high_no, f->former[i].high_household);
	}
	for (uint32_t i = 0; i < d->f->r->people_n; i++) {
		if (d->home[i] == 0)
			continue;
		apply_marks(f, i, d->home[i] & HOME_NUMBER);
		apply_raised(f, i, d->home[i] & HOME_NUMBER);
	}
}

/* The number that a household named after `person` takes along: its own head's, else that of the first
 * member whose household nobody claims. */
static uint32_t claim(struct listing_derivation *d, uint32_t person, unsigned char *claimed, bool heads)
{
	const struct roster *r = d->f->r;
	for (uint32_t m = heads ? person : r->people[person].member; m != ROSTER_NONE;
	     m = heads ? ROSTER_NONE : r->people[m].next) {
		uint32_t number = d->home[m] & HOME_NUMBER;
		bool fits = number != 0 && (!heads || (d->home[m] & HOME_HEAD) != 0);
		if (fits && (claimed[number / 8] >> number % 8 & 1) == 0) {
			claimed[number / 8] = (unsigned char)(claimed[number / 8] | 1 << number % 8);
			return number;
		}
	}
	return 0;
}

static void claim_numbers(struct listing_derivation *d)
{
	struct roster *r = d->f->r;
	unsigned char *claimed = arena_many(d->a, (size_t)d->last / 8 + 1, unsigned char);
	for (int heads = 1; heads >= 0; heads--)
		for (uint32_t i = 0; i < r->people_n; i++)
			if (r->people[i].household == i && d->number[i] == 0)
				d->number[i] = claim(d, i, claimed, heads == 1);
	for (uint32_t i = 0; i < r->people_n; i++)
		if (d->number[i] != 0)
			r->people[i].tie = d->ties[d->number[i]];
}

static void draw_ties(struct roster *r)
{
	uint32_t lots[1024];
	size_t have = 0;
	for (uint32_t i = 0; i < r->people_n; i++) {
		if (have == 0) {
			random_bytes(lots, sizeof lots);
			have = sizeof lots / sizeof lots[0];
		}
		r->people[i].tie = lots[--have];
	}
}

struct building {
	struct listing_work work;
	int step;
};

static void build_part(void *ctx, unsigned part, unsigned parts)
{
	struct building *b = ctx;
	(void)parts;
	listing_step(&b->work, b->step, part);
}

static void build(struct listing_derivation *d)
{
	struct building b;
	listing_begin(d->f->r, d->a, &d->f->policy.order, LISTING_MEMORY_PARTS, &b.work);
	b.work.omitted = true;
	for (b.step = 0; b.step < LISTING_STEPS; b.step++)
		run_both(build_part, &b);
	listing_end(&b.work, d->a, LISTING_EVERYWHERE, &d->list);
}

static int home_compare(const void *x, const void *y)
{
	const struct listing_home *a = x;
	const struct listing_home *b = y;
	return (a->number > b->number) - (a->number < b->number);
}

static int person_compare(const void *x, const void *y, void *ctx)
{
	const struct listing_row *rows = ctx;
	uint32_t a = rows[((const struct listing_home *)x)->row].household;
	uint32_t b = rows[((const struct listing_home *)y)->row].household;
	return (a > b) - (a < b);
}

/* Rows by household number; new ones get theirs in the order of people, so that what is written
 * together lies together. */
static void number_rows(struct listing_derivation *d)
{
	int64_t next = d->last;
	d->homes = arena_many(d->a, d->list.n, struct listing_home);
	for (uint32_t i = 0; i < d->list.n; i++)
		d->homes[i].row = i;
	qsort_r(d->homes, d->list.n, sizeof *d->homes, person_compare, d->list.rows);
	for (size_t i = 0; i < d->list.n; i++) {
		uint32_t known = d->number[d->list.rows[d->homes[i].row].household];
		d->homes[i].fresh = known == 0;
		d->homes[i].number = known != 0 ? known : (uint32_t)++next;
	}
	qsort(d->homes, d->list.n, sizeof *d->homes, home_compare);
}

err_t listing_work_out(struct listing_derivation *d, int64_t *before)
{
	struct finding f = {.d = d};
	struct roster *r = d->f->r;
	TRY(roster_fill_join(d->f, d->a));
	TRY(db_run(d->c->db, d->a, DB_READ, load_numbers, &f));
	d->home = arena_many(d->a, r->people_n, uint32_t);
	d->number = arena_many(d->a, r->people_n, uint32_t);
	d->ties = arena_many(d->a, (size_t)d->last + 1, uint32_t);
	listing_codes_new(d->a, (size_t)d->last + r->people_n, &d->codes);
	TRY(find_homes(&f));
	draw_ties(r);
	apply_all(&f);
	flag_gone(&f);
	roster_papers_tell(&f.papers, d->a, r, d->f->clients);
	TRY(roster_contacts_tell(&f.contacts, d->a, d->f));
	TRY(roster_fill_settle(d->f, d->a));
	claim_numbers(d);
	build(d);
	number_rows(d);
	*before = f.households;
	return NULL;
}

static err_t derive(struct listing_derivation *d, int64_t *before, int64_t *after)
{
	TRY(roster_fill_join(d->f, d->a)); /* a pack is of people, not of records */
	TRY(pack_store(d));
	d->f->history = true;
	TRY(listing_work_out(d, before));
	*after = (int64_t)d->list.listed;
	return listing_store(d);
}

err_t listing_derive(struct call *c, struct roster_fill *f, int64_t now, int64_t no,
		     const struct import_progress *progress, int64_t *before, int64_t *after)
{
	/* Rows, keys to sort them by and numbers: some 300 bytes for each household and person. */
	struct listing_derivation d = {.c = c, .f = f, .now = now, .no = no, .progress = progress};
	d.a = arena_new("listing", ((size_t)f->r->people_n + (1 << 20)) * 512);
	err_t e = derive(&d, before, after);
	if (e != NULL)
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	arena_free(&d.a);
	return e;
}
