#include <string.h>

#include "app/import_number.h"
#include "app/listing_moves.h"
#include "base/id.h"
#include "store/q_flag.h"
#include "store/q_household.h"
#include "store/q_listing.h"

enum {
	NUMBERS_BESIDE = 1000, /* of one transaction while others may be waiting for theirs */
	NUMBERS_ALONE = 20000, /* of a first import */
	AGENCIES_MOST = 64,    /* that serve one household */
};

/* Households that have a flag and had not, or had it and have not. */
struct flag_count {
	int64_t fresh, mended;
};

/* The numbers of one transaction, what was written for them before, and what is written now. */
struct stretch {
	struct listing_derivation *d;
	struct listing_moving *moving;
	int64_t low, high;
	size_t first, end; /* of d->homes */
	struct q_listing_between *rows;
	struct q_household_members_between *members;
	struct q_household_agencies_between *agencies;
	size_t rows_n, members_n, agencies_n;
	size_t row, member, agency; /* how far each list of old rows is compared */
	struct q_household_add_in *new_households;
	struct q_listing_add_in *new_rows;
	struct q_household_member_add_in *new_members;
	struct q_household_agency_add_in *new_agencies;
	size_t new_households_n, new_rows_n, new_members_n, new_agencies_n;
	struct stretch_moves moves;
	struct flag_count *counts; /* by region (0: unassigned) and flag */
};

static struct q_listing_add_in row_of(const struct listing_derivation *d, const struct listing_home *h,
				      const struct movements *moves)
{
	const struct listing_row *row = &d->list.rows[h->row];
	const struct roster *r = d->f->r;
	bool known = row->project != ROSTER_NONE;
	const struct roster_project_row *project = known ? &d->f->projects[row->project] : NULL;
	bool there = known && row->region != REGION_NONE && project->region == row->region;
	struct q_listing_add_in in = {
		.household_no = h->number,
		.from_import = d->no,
		.to_import = LISTING_FOREVER,
		.head_client_no = d->f->clients[row->head],
		.project_no = known ? project->project_no : 0,
		.project_no_known = known,
		.region_id = row->region != REGION_NONE ? d->f->regions[row->region - 1] : (struct str){0},
		.county = there ? project->county : (struct str){0},
		.status = row->status,
		.place = (int64_t)row->order,
		.start = row->start,
		.since = movement_since(moves->list, moves->n, (enum status)row->status, row->since),
		.situation = row->situation,
		.situation_day = row->situated,
		.last_contact = row->contact,
		.months_36 = row->months,
		.score = row->score,
		.score_known = score_is_number(row->score),
		.score_day = row->scored,
		.band = row->band,
		.chronic = row->chronic,
		.household_type = row->type,
		.members = row->members,
		.flags = (int64_t)row->flags,
		.tool = row->tool,
		.raised = row->raised,
		.facts = row->facts,
		.tags = row->tags,
		.omitted = row->omitted,
		.assessed = row->assessed,
		.assessor = row->assessor != ROSTER_NONE ? d->f->projects[row->assessor].project_no : 0,
		.assessor_known = row->assessor != ROSTER_NONE,
	};
	for (uint32_t m = r->people[row->household].member; m != ROSTER_NONE; m = r->people[m].next)
		in.veteran |= (r->people[m].bits & PERSON_VETERAN) != 0;
	return in;
}

static bool same_row(const struct q_listing_between *a, const struct q_listing_add_in *b)
{
	return a->head_client_no == b->head_client_no && a->project_no_known == b->project_no_known &&
	       a->project_no == b->project_no && str_eq(a->region_id, b->region_id) && str_eq(a->county, b->county) &&
	       a->status == b->status && a->place == b->place && a->start.n == b->start.n && a->since.n == b->since.n &&
	       a->situation == b->situation && a->situation_day.n == b->situation_day.n &&
	       a->last_contact.n == b->last_contact.n && a->months_36 == b->months_36 &&
	       a->score_known == b->score_known && (!a->score_known || a->score == b->score) &&
	       a->score_day.n == b->score_day.n && a->band == b->band && a->chronic == b->chronic &&
	       a->household_type == b->household_type && a->members == b->members && a->veteran == b->veteran &&
	       a->flags == b->flags && a->tool == b->tool && a->raised == b->raised && a->facts == b->facts &&
	       a->tags == b->tags && a->omitted == b->omitted && a->assessed.n == b->assessed.n &&
	       a->assessor_known == b->assessor_known && a->assessor == b->assessor;
}

static bool is_open(int64_t status)
{
	return status == STATUS_ACTIVE || status == STATUS_INACTIVE;
}

/* Who leaves a list takes the flags along: nobody has mended them. Who comes to it brings them. */
static void count_flags(struct stretch *s, const struct q_listing_between *old, const struct listing_row *row)
{
	if (!is_open(row->status))
		return;
	struct str region = row->region != REGION_NONE ? s->d->f->regions[row->region - 1] : (struct str){0};
	bool stayed = old != NULL && is_open(old->status) && str_eq(old->region_id, region);
	uint64_t was = stayed ? (uint64_t)old->flags : 0;
	for (int f = 0; f < FLAGS_N && was != row->flags; f++) {
		uint64_t bit = (uint64_t)flag_table[f].flag;
		struct flag_count *count = &s->counts[(size_t)row->region * FLAGS_N + (size_t)f];
		count->fresh += (row->flags & ~was & bit) != 0;
		count->mended += (was & ~row->flags & bit) != 0;
	}
}

static err_t write_counts(const struct stretch *s, struct db *db, struct arena *a)
{
	const struct roster_fill *f = s->d->f;
	for (size_t i = 0; i < (f->regions_n + 1) * FLAGS_N; i++) {
		if (s->counts[i].fresh + s->counts[i].mended == 0)
			continue;
		TRY(q_flag_change_add(db, a,
				      &(struct q_flag_change_add_in){
					      .import_no = s->d->no,
					      .region_id = i < FLAGS_N ? S("") : f->regions[i / FLAGS_N - 1],
					      .flag = str_from(flag_table[i % FLAGS_N].word),
					      .fresh = s->counts[i].fresh,
					      .mended = s->counts[i].mended,
				      }));
	}
	return NULL;
}

static err_t compare_rows(struct stretch *s, struct db *db, struct arena *a, int64_t number,
			  const struct listing_home *h)
{
	struct q_listing_add_in in = h != NULL ? row_of(s->d, h, &s->moving->moves) : (struct q_listing_add_in){0};
	const struct q_listing_between *old = NULL;
	if (s->row < s->rows_n && s->rows[s->row].household_no == number)
		old = &s->rows[s->row++];
	if (h != NULL)
		count_flags(s, old, &s->d->list.rows[h->row]);
	if (h != NULL && old != NULL && same_row(old, &in))
		return NULL;
	if (old != NULL)
		TRY(q_listing_close(db, a, number, s->d->no));
	if (h == NULL)
		return NULL;
	s->new_rows = db_rows_room(a, s->new_rows, s->new_rows_n, sizeof in);
	s->new_rows[s->new_rows_n++] = in;
	return NULL;
}

/* How the person belongs to the household: RelationshipToHoH of the stay they entered last. */
static int relation_of(const struct roster *r, uint32_t person)
{
	uint32_t first;
	uint32_t end;
	roster_stays(r, person, &first, &end);
	return end > first ? r->stays[r->order[end - 1]].relation : RELATION_MISSING;
}

static void sort_members(struct q_household_member_add_in *list, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct q_household_member_add_in m = list[i];
		size_t k = i;
		for (; k > 0 && list[k - 1].client_no > m.client_no; k--)
			list[k] = list[k - 1];
		list[k] = m;
	}
}

static err_t compare_members(struct stretch *s, struct db *db, struct arena *a, int64_t number,
			     const struct listing_home *h)
{
	struct listing_derivation *d = s->d;
	const struct roster *r = d->f->r;
	struct q_household_member_add_in *list = NULL;
	size_t n = 0;
	const struct listing_row *row = h != NULL ? &d->list.rows[h->row] : NULL;
	for (uint32_t m = row != NULL ? r->people[row->household].member : ROSTER_NONE; m != ROSTER_NONE;
	     m = r->people[m].next) {
		int relation = relation_of(r, m);
		list = db_rows_room(a, list, n, sizeof *list);
		list[n++] = (struct q_household_member_add_in){
			.household_no = number,
			.client_no = d->f->clients[m],
			.from_import = d->no,
			.to_import = LISTING_FOREVER,
			.head = m == row->head,
			.relationship = relation,
			.relationship_known = relation != RELATION_MISSING,
		};
	}
	sort_members(list, n);
	for (size_t i = 0; i < n || (s->member < s->members_n && s->members[s->member].household_no == number);) {
		const struct q_household_members_between *old =
			s->member < s->members_n && s->members[s->member].household_no == number
				? &s->members[s->member]
				: NULL;
		const struct q_household_member_add_in *in = i < n ? &list[i] : NULL;
		if (old != NULL && (in == NULL || old->client_no < in->client_no)) {
			TRY(q_household_member_close(db, a, number, old->client_no, d->no));
			s->member++;
			continue;
		}
		i++;
		if (old != NULL && old->client_no == in->client_no) {
			s->member++;
			if (old->head == in->head && old->relationship_known == in->relationship_known &&
			    (!old->relationship_known || old->relationship == in->relationship))
				continue;
			TRY(q_household_member_close(db, a, number, old->client_no, d->no));
		}
		s->new_members = db_rows_room(a, s->new_members, s->new_members_n, sizeof *s->new_members);
		s->new_members[s->new_members_n++] = *in;
	}
	return NULL;
}

struct served {
	struct str agency;
	struct day last;
	int64_t record; /* of several records of a person, the one that alone the agency has; 0: it serves who is listed
			 */
};

static void note_served(struct served *list, size_t *n, struct str agency, struct day last, int64_t record)
{
	size_t i = 0;
	while (i < *n && !str_eq(list[i].agency, agency))
		i++;
	if (i == *n && *n < AGENCIES_MOST)
		list[(*n)++] = (struct served){agency, last, record};
	else if (i < *n) {
		list[i].last = day_max(list[i].last, last);
		/* Of two that are not the first, the older: it has to be one. */
		list[i].record = record < list[i].record ? record : list[i].record;
	}
}

/* Who works with a household: agencies with an enrollment that is open or, for handing over, ended within the
 * setting; by their ids. */
static size_t serving(const struct listing_derivation *d, const struct listing_row *row,
		      struct served list[AGENCIES_MOST])
{
	const struct roster *r = d->f->r;
	size_t n = 0;
	for (uint32_t m = r->people[row->household].member; m != ROSTER_NONE; m = r->people[m].next) {
		uint32_t first;
		uint32_t end;
		roster_stays(r, m, &first, &end);
		for (; first < end; first++) {
			const struct roster_stay *stay = &r->stays[r->order[first]];
			uint32_t agency = r->projects[stay->project].agency;
			bool over =
				day_known(stay->exit) && day_diff(stay->exit, r->as_of) > d->f->settings.handover_days;
			if (agency == ROSTER_NONE || over)
				continue;
			struct day last = day_max(stay->entry, (struct day){stay->contact});
			note_served(list, &n, d->f->agencies[agency], day_max(last, stay->exit),
				    roster_fill_record(d->f, r->order[first]));
		}
	}
	for (size_t i = 1; i < n; i++) {
		struct served x = list[i];
		size_t k = i;
		for (; k > 0 && str_cmp(list[k - 1].agency, x.agency) > 0; k--)
			list[k] = list[k - 1];
		list[k] = x;
	}
	return n;
}

static err_t compare_agencies(struct stretch *s, struct db *db, struct arena *a, int64_t number,
			      const struct listing_home *h)
{
	struct listing_derivation *d = s->d;
	struct served list[AGENCIES_MOST];
	size_t n = h != NULL ? serving(d, &d->list.rows[h->row], list) : 0;
	/* The database orders text its own way: look each one up among the few there are. */
	size_t first = s->agency;
	while (s->agency < s->agencies_n && s->agencies[s->agency].household_no == number)
		s->agency++;
	bool kept[AGENCIES_MOST] = {false};
	for (size_t k = first; k < s->agency; k++) {
		const struct q_household_agencies_between *old = &s->agencies[k];
		size_t i = 0;
		while (i < n && !str_eq(list[i].agency, old->agency_id))
			i++;
		if (i < n && list[i].last.n == old->last_day.n && list[i].record == old->record_no)
			kept[i] = true;
		else
			TRY(q_household_agency_close(db, a, old->agency_id, number, d->no));
	}
	for (size_t i = 0; i < n; i++) {
		if (kept[i])
			continue;
		s->new_agencies = db_rows_room(a, s->new_agencies, s->new_agencies_n, sizeof *s->new_agencies);
		s->new_agencies[s->new_agencies_n++] = (struct q_household_agency_add_in){
			.agency_id = list[i].agency,
			.household_no = number,
			.from_import = d->no,
			.to_import = LISTING_FOREVER,
			.last_day = list[i].last,
			.record_no = list[i].record,
			.record_no_known = list[i].record != 0,
		};
	}
	return NULL;
}

static void add_household(struct stretch *s, struct arena *a, const struct listing_home *h)
{
	struct listing_derivation *d = s->d;
	const struct listing_row *row = &d->list.rows[h->row];
	struct id id = id_new();
	s->new_households = db_rows_room(a, s->new_households, s->new_households_n, sizeof *s->new_households);
	s->new_households[s->new_households_n++] = (struct q_household_add_in){
		.household_no = h->number,
		.id = str_dup(a, id_str(&id)),
		.code = listing_code_draw(&d->codes, a),
		.tie = d->f->r->people[row->household].tie,
		.since_import = d->no,
	};
}

static err_t load_old(struct stretch *s, struct db *db, struct arena *a)
{
	int64_t now = s->d->now;
	TRY(q_listing_between(db, a, s->low, s->high, now, &s->rows, &s->rows_n));
	TRY(q_household_members_between(db, a, s->low, s->high, now, &s->members, &s->members_n));
	TRY(q_movements_between(db, a, s->low, s->high, now, &s->moves.old, &s->moves.old_n));
	return q_household_agencies_between(db, a, s->low, s->high, now, &s->agencies, &s->agencies_n);
}

#define ADD_ALL(s, db, a, query, list)                                                                                 \
	do {                                                                                                           \
		struct db_bulk bulk_;                                                                                  \
		TRY(query##_open((db), (a), &bulk_));                                                                  \
		for (size_t i_ = 0; i_ < (s)->list##_n; i_++)                                                          \
			TRY(query(&bulk_, &(s)->list[i_]));                                                            \
		TRY(db_bulk_end(&bulk_));                                                                              \
	} while (0)

static err_t write_stretch(struct db *db, struct arena *a, void *ctx)
{
	struct stretch *whole = ctx;
	struct stretch now = {.d = whole->d,
			      .moving = whole->moving,
			      .low = whole->low,
			      .high = whole->high,
			      .first = whole->first,
			      .end = whole->end};
	struct stretch *s = &now;
	s->counts = arena_many(a, (s->d->f->regions_n + 1) * FLAGS_N, struct flag_count);
	if (s->low <= s->d->last)
		TRY(load_old(s, db, a));
	for (int64_t number = s->low; number <= s->high; number++) {
		const struct listing_home *h = NULL;
		if (s->first < s->end && s->d->homes[s->first].number == number)
			h = &s->d->homes[s->first++];
		if (h != NULL && h->fresh)
			add_household(s, a, h);
		TRY(listing_moves_compare(s->moving, &s->moves, db, a, number, h));
		TRY(compare_rows(s, db, a, number, h));
		TRY(compare_members(s, db, a, number, h));
		TRY(compare_agencies(s, db, a, number, h));
	}
	ADD_ALL(s, db, a, q_household_add, new_households);
	ADD_ALL(s, db, a, q_listing_add, new_rows);
	ADD_ALL(s, db, a, q_household_member_add, new_members);
	ADD_ALL(s, db, a, q_household_agency_add, new_agencies);
	ADD_ALL(&s->moves, db, a, q_movement_add, fresh);
	return write_counts(s, db, a);
}

static err_t store_all(struct listing_derivation *d, struct listing_moving *moving)
{
	int64_t most = d->list.n > 0 ? d->homes[d->list.n - 1].number : 0;
	if (most < d->last)
		most = d->last;
	int64_t at_once = d->now == 0 ? NUMBERS_ALONE : NUMBERS_BESIDE;
	struct stretch s = {.d = d, .moving = moving};
	for (s.low = 1; s.low <= most; s.low += at_once) {
		struct arena_mark mark = arena_mark(d->a);
		s.high = s.low + at_once - 1 < most ? s.low + at_once - 1 : most;
		while (s.end < d->list.n && d->homes[s.end].number <= s.high)
			s.end++;
		TRY(import_number_write(d->c, d->a, d->no, write_stretch, &s));
		s.first = s.end;
		arena_rewind(d->a, mark);
		if (d->progress != NULL && d->progress->tell != NULL)
			d->progress->tell(d->progress->ctx, "list", s.high, most);
	}
	return NULL;
}

err_t listing_store(struct listing_derivation *d)
{
	struct listing_moving moving;
	listing_moving_new(d, &moving);
	err_t e = store_all(d, &moving);
	listing_moving_free(&moving);
	return e;
}
