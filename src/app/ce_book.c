#include "app/ce_book.h"

#include <stdlib.h>
#include <string.h>

#include "app/import_client.h"
#include "domain/code.h"
#include "domain/policy.h"
#include "store/dossier.h"
#include "store/q_agency.h"
#include "store/q_ce_book.h"
#include "store/q_client.h"
#include "store/q_enrollment.h"
#include "store/q_hmis.h"
#include "store/seal.h"

enum { CLIENTS_AT_ONCE = 1000, BOOK_MEMORY = 2047 << 20, ROOM_MEMORY = 1 << 30, ROOM_FIRST = 1024 };

struct named {
	struct str text;
	uint32_t project;
};

struct reading {
	struct call *c;
	struct db *db;
	struct ce_book *b;
	struct named *names; /* of projects, and their ids; by text */
	size_t names_n;
	const struct q_ce_book_links *links; /* by client */
	size_t links_n;
	size_t events_room, entries_room;
	size_t hmis_n; /* of the events, before our own are added */
};

/* --- projects, and what referrals call them --- */

static int by_text(const void *x, const void *y)
{
	return str_cmp(((const struct named *)x)->text, ((const struct named *)y)->text);
}

static int by_name(const void *x, const void *y)
{
	const struct ce_agency *a = x;
	const struct ce_agency *b = y;
	int order = str_cmp(a->name, b->name);
	return order != 0 ? order : str_cmp(a->id, b->id);
}

static uint32_t agency_index(const struct ce_book *b, struct str name, struct str id)
{
	struct ce_agency want = {id, name};
	const struct ce_agency *found =
		b->agencies_n == 0 ? NULL : bsearch(&want, b->agencies, b->agencies_n, sizeof want, by_name);
	return found == NULL ? CE_ANY : (uint32_t)(found - b->agencies);
}

static err_t read_agencies(struct reading *r)
{
	struct ce_book *b = r->b;
	struct q_agencies *rows;
	TRY(q_agencies(r->db, b->arena, &rows, &b->agencies_n));
	b->agencies = arena_many(b->arena, b->agencies_n, struct ce_agency);
	for (size_t i = 0; i < b->agencies_n; i++)
		b->agencies[i] = (struct ce_agency){rows[i].id, rows[i].name};
	if (b->agencies_n > 0)
		qsort(b->agencies, b->agencies_n, sizeof *b->agencies, by_name);
	return NULL;
}

static err_t read_projects(struct reading *r)
{
	struct ce_book *b = r->b;
	struct q_ce_book_projects *rows;
	size_t n;
	TRY(q_ce_book_projects(r->db, b->arena, b->now, &rows, &n));
	TRY(read_agencies(r));
	b->projects = arena_many(b->arena, n, struct ce_project);
	b->projects_n = n;
	r->names = arena_many(b->arena, 2 * n, struct named);
	for (size_t i = 0; i < n; i++) {
		b->projects[i] = (struct ce_project){
			.no = rows[i].project_no,
			.id = rows[i].project_id,
			.name = rows[i].name,
			.region_id = rows[i].region_id,
			.agency = agency_index(b, rows[i].agency, rows[i].agency_id),
			.type = rows[i].type_known ? (int)rows[i].type : -1,
			.victim = rows[i].victim,
			.guarded = rows[i].guarded,
		};
		r->names[r->names_n++] = (struct named){rows[i].name, (uint32_t)i};
		r->names[r->names_n++] = (struct named){rows[i].project_id, (uint32_t)i};
	}
	if (r->names_n > 0)
		qsort(r->names, r->names_n, sizeof *r->names, by_text);
	return NULL;
}

static uint32_t project_called(const struct reading *r, struct str text)
{
	struct named want = {str_trim(text), 0};
	const struct named *found =
		r->names_n == 0 || want.text.n == 0 ? NULL : bsearch(&want, r->names, r->names_n, sizeof want, by_text);
	return found == NULL ? CE_ANY : found->project;
}

static int by_project(const void *key, const void *at)
{
	int64_t want = *(const int64_t *)key;
	int64_t is = ((const struct ce_project *)at)->no;
	return (want > is) - (want < is);
}

static uint32_t project_index(const struct ce_book *b, int64_t no)
{
	const struct ce_project *p =
		b->projects_n == 0 ? NULL : bsearch(&no, b->projects, b->projects_n, sizeof *p, by_project);
	return p == NULL ? CE_ANY : (uint32_t)(p - b->projects);
}

/* --- people --- */

static int by_client(const void *key, const void *at)
{
	int64_t want = *(const int64_t *)key;
	int64_t is = ((const struct q_ce_book_links *)at)->client_no;
	return (want > is) - (want < is);
}

static int64_t person_of(const struct reading *r, int64_t client_no)
{
	const struct q_ce_book_links *l =
		r->links_n == 0 ? NULL : bsearch(&client_no, r->links, r->links_n, sizeof *l, by_client);
	return l == NULL ? client_no : l->one_no;
}

static int by_home(const void *x, const void *y)
{
	const struct ce_home *a = x;
	const struct ce_home *b = y;
	return a->person != b->person ? (a->person > b->person) - (a->person < b->person)
				      : (a->household_no > b->household_no) - (a->household_no < b->household_no);
}

static err_t read_homes(struct reading *r)
{
	struct ce_book *b = r->b;
	struct q_ce_book_homes *rows;
	TRY(q_ce_book_homes(r->db, b->arena, b->now, &rows, &b->homes_n));
	b->homes = arena_many(b->arena, b->homes_n, struct ce_home);
	for (size_t i = 0; i < b->homes_n; i++)
		b->homes[i] = (struct ce_home){person_of(r, rows[i].client_no), rows[i].household_no};
	if (b->homes_n > 0)
		qsort(b->homes, b->homes_n, sizeof *b->homes, by_home);
	return NULL;
}

/* --- dossiers --- */

/* Room for one more, in memory that doubles. */
static void *one_more(struct arena *a, void *rows, size_t n, size_t size, size_t *room)
{
	if (n < *room)
		return rows;
	size_t more = *room == 0 ? ROOM_FIRST : 2 * *room;
	void *grown = arena_alloc(a, more, size);
	if (n > 0)
		memcpy(grown, rows, n * size);
	*room = more;
	return grown;
}

static void add_event(struct reading *r, const struct dossier_fact *f, int64_t person, uint32_t by)
{
	struct ce_book *b = r->b;
	struct ce_referral to;
	if (!ce_referral_read(dossier_int(f, DOSSIER_Event_Event, 0), dossier_day(f, DOSSIER_Event_EventDate),
			      dossier_int(f, DOSSIER_Event_ReferralResult, CE_OPEN),
			      dossier_day(f, DOSSIER_Event_ResultDate), &to))
		return;
	to.project = project_called(r, f->values[DOSSIER_Event_LocationCrisisOrPHHousing].text);
	if (to.project != CE_ANY)
		to.agency = b->projects[to.project].agency;
	b->events = one_more(b->arena, b->events, b->events_n, sizeof *b->events, &r->events_room);
	b->events[b->events_n++] = (struct ce_event){person, to, by, NULL};
}

/* Which household stay: HouseholdIDs are a project's own. Without one the person is alone. */
static uint64_t group_of(uint32_t project, struct str household, int64_t client_no)
{
	uint64_t hash = UINT64_C(14695981039346656037) ^ project;
	for (size_t i = 0; i < household.n; i++)
		hash = (hash ^ (unsigned char)household.p[i]) * UINT64_C(1099511628211);
	return household.n > 0 ? hash : hash ^ (uint64_t)client_no << 20;
}

static void add_entry(struct reading *r, const struct dossier_fact *f, const struct q_enrollments_between *row,
		      uint32_t project)
{
	struct ce_book *b = r->b;
	const struct ce_project *p = &b->projects[project];
	struct day entry = dossier_day(f, DOSSIER_Enrollment_EntryDate);
	if (!side_door_asks(p->type) || !day_known(entry))
		return;
	b->entries = one_more(b->arena, b->entries, b->entries_n, sizeof *b->entries, &r->entries_room);
	b->entries[b->entries_n++] = (struct ce_entry){
		.person = person_of(r, row->client_no),
		.client_no = row->client_no,
		.enrollment_no = row->enrollment_no,
		.at = {.day = entry, .type = p->type, .project = project, .agency = p->agency},
		.move_in = dossier_day(f, DOSSIER_Enrollment_MoveInDate),
		.group = group_of(project, f->values[DOSSIER_Enrollment_HouseholdID].text, row->client_no),
		.head = dossier_int(f, DOSSIER_Enrollment_RelationshipToHoH, RELATION_MISSING) == RELATION_HEAD,
	};
}

static err_t read_dossier(struct reading *r, struct arena *a, const struct q_enrollments_between *row)
{
	const struct pii *opened;
	uint32_t project = project_index(r->b, row->project_no);
	if (row->gone || project == CE_ANY || r->b->projects[project].victim)
		return NULL;
	TRY(seal_open(a, r->c->app->keys, enrollment_place(a, row->client_no, row->enrollment_no), row->dossier,
		      &opened));
	struct dossier_reader d = dossier_open(pii_reveal(opened));
	for (struct dossier_item item; dossier_next(&d, &item);) {
		struct dossier_fact f;
		char kind = item.packed.p[0];
		if (item.gone || (kind != DOSSIER_Event && kind != DOSSIER_Enrollment) ||
		    !dossier_unpack(item.packed, &f))
			continue;
		if (f.kind == DOSSIER_Event)
			add_event(r, &f, person_of(r, row->client_no), project);
		else
			add_entry(r, &f, row, project);
	}
	return d.bad ? err_internal(a, "a dossier of client %lld cannot be read", (long long)row->client_no) : NULL;
}

static err_t read_dossiers(struct reading *r, struct arena *a)
{
	struct q_client_last last;
	bool found;
	struct arena *room = arena_new("enrollments", ROOM_MEMORY);
	err_t e = q_client_last(r->db, a, &last, &found);
	for (int64_t low = 1; e == NULL && found && low <= last.no; low += CLIENTS_AT_ONCE) {
		struct q_enrollments_between *rows;
		size_t n = 0;
		arena_reset(room);
		e = q_enrollments_between(r->db, room, low, low + CLIENTS_AT_ONCE - 1, r->b->now, &rows, &n);
		for (size_t i = 0; i < n && e == NULL; i++)
			e = read_dossier(r, room, &rows[i]);
	}
	if (e != NULL) /* it lives in the room that goes */
		e = err_with_detail(a, err_new(a, e->class, "%.*s", STR_ARG(e->say)), err_describe(a, e));
	arena_free(&room);
	return e;
}

/* --- in order --- */

static int by_event(const void *x, const void *y)
{
	const struct ce_event *a = x;
	const struct ce_event *b = y;
	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return a->referral.made.n != b->referral.made.n
		       ? (a->referral.made.n > b->referral.made.n ? 1 : -1)
		       : (a->referral.kind > b->referral.kind) - (a->referral.kind < b->referral.kind);
}

static int by_group(const void *x, const void *y)
{
	const struct ce_entry *a = x;
	const struct ce_entry *b = y;
	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->head != b->head)
		return a->head ? -1 : 1;
	if (a->at.day.n != b->at.day.n)
		return a->at.day.n < b->at.day.n ? -1 : 1;
	return (a->client_no > b->client_no) - (a->client_no < b->client_no);
}

static int by_entry(const void *x, const void *y)
{
	const struct ce_entry *a = x;
	const struct ce_entry *b = y;
	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	if (a->at.day.n != b->at.day.n)
		return a->at.day.n < b->at.day.n ? -1 : 1;
	return (a->enrollment_no > b->enrollment_no) - (a->enrollment_no < b->enrollment_no);
}

/* A household enters as its head does; where none is named, as the first of them. */
static void keep_heads(struct ce_book *b)
{
	size_t kept = 0;
	uint64_t group = 0;
	if (b->entries_n > 0)
		qsort(b->entries, b->entries_n, sizeof *b->entries, by_group);
	for (size_t i = 0; i < b->entries_n; i++) {
		bool first = i == 0 || b->entries[i].group != group;
		group = b->entries[i].group;
		if (first || b->entries[i].head)
			b->entries[kept++] = b->entries[i];
	}
	b->entries_n = kept;
	if (kept > 0)
		qsort(b->entries, kept, sizeof *b->entries, by_entry);
}

static void sort_events(struct ce_book *b)
{
	if (b->events_n > 0)
		qsort(b->events, b->events_n, sizeof *b->events, by_event);
}

/* --- our own --- */

static uint32_t agency_by_id(const struct ce_book *b, struct str id)
{
	for (size_t i = 0; i < b->agencies_n; i++)
		if (str_eq(b->agencies[i].id, id))
			return (uint32_t)i;
	return CE_ANY;
}

static bool is_in_hmis(const struct reading *r, int64_t person, const struct ce_referral *own)
{
	size_t n;
	struct ce_book told = *r->b;
	told.events_n = r->hmis_n;
	const struct ce_event *events = ce_book_events(&told, person, &n);
	for (size_t i = 0; i < n; i++)
		if (ce_is_same(own, &events[i].referral))
			return true;
	return false;
}

static const struct ce_own *own_of(const struct ce_book *b, const struct q_ce_book_referrals *f,
				   enum referral_state state, const struct q_ce_book_steps *steps, size_t n)
{
	struct ce_own *own = arena_one(b->arena, struct ce_own);
	const struct referral_reason *reason = referral_reason_of(state, f->reason);
	own->reason = reason != NULL ? reason->words : (struct str){0};
	own->on_time = !day_known(f->due_day) || f->issued_day.n <= f->due_day.n;
	for (size_t s = 0; s < REFERRAL_STATES_N; s++)
		own->steps[s] = DAY_NONE;
	for (size_t i = 0; i < n && str_eq(steps[i].referral_id, f->id); i++) {
		enum referral_state at;
		if (referral_state_parse(steps[i].what, &at))
			own->steps[at] = steps[i].day;
	}
	own->steps[REFERRAL_REQUESTED] = instant_day(f->requested_at);
	own->steps[REFERRAL_ISSUED] = f->issued_day;
	return own;
}

/* The steps of one referral stand together, in the order of ids. */
static size_t steps_of(const struct q_ce_book_steps *steps, size_t n, size_t from, struct str id)
{
	while (from < n && str_cmp(steps[from].referral_id, id) < 0)
		from++;
	return from;
}

static err_t add_own(struct reading *r, struct arena *a, const struct q_ce_book_referrals *f,
		     const struct q_ce_book_steps *steps, size_t n)
{
	struct ce_book *b = r->b;
	enum referral_state state;
	enum policy_kind opening;
	int64_t person = person_of(r, f->client_no);
	struct ce_referral to = {.made = f->issued_day,
				 .resulted = DAY_NONE,
				 .project = CE_ANY,
				 .agency = agency_by_id(b, f->agency_id)};
	if (!policy_kind_parse(f->kind, &opening) || !ce_kind_for(opening, &to.kind) ||
	    !referral_state_parse(f->state, &state))
		return err_internal(a, "referral %.*s is of no kind or state", STR_ARG(f->id));
	if (is_in_hmis(r, person, &to))
		return NULL;
	const struct ce_own *own = own_of(b, f, state, steps, n);
	to.result = (enum ce_result)referral_result(state);
	if (to.result == CE_OPEN && !referral_is_open(state))
		to.result = CE_WITHDRAWN;
	if (to.result != CE_OPEN)
		to.resulted = to.result == CE_ACCEPTED && day_known(own->steps[REFERRAL_ACCEPTED])
				      ? own->steps[REFERRAL_ACCEPTED]
				      : f->state_day;
	b->events = one_more(b->arena, b->events, b->events_n, sizeof *b->events, &r->events_room);
	b->events[b->events_n++] = (struct ce_event){person, to, CE_ANY, own};
	return NULL;
}

/* After those of HMIS, which are in order by then. */
static err_t read_own(struct reading *r, struct arena *a)
{
	struct ce_book *b = r->b;
	struct q_ce_book_referrals *rows;
	struct q_ce_book_steps *steps;
	size_t n;
	size_t steps_n;
	TRY(q_ce_book_referrals(r->db, b->arena, b->now, &rows, &n));
	TRY(q_ce_book_steps(r->db, b->arena, &steps, &steps_n));
	r->hmis_n = b->events_n;
	for (size_t i = 0, at = 0; i < n; i++) {
		at = steps_of(steps, steps_n, at, rows[i].id);
		TRY(add_own(r, a, &rows[i], steps + at, steps_n - at));
	}
	sort_events(b);
	return NULL;
}

static err_t read_all(struct reading *r, struct arena *a)
{
	struct q_hmis_now now;
	bool found;
	struct q_ce_book_links *links;
	TRY(q_hmis_now(r->db, a, &now, &found));
	r->b->now = now.import_no;
	TRY(q_ce_book_links(r->db, r->b->arena, &links, &r->links_n));
	r->links = links;
	TRY(read_projects(r));
	TRY(read_homes(r));
	TRY(read_dossiers(r, a));
	keep_heads(r->b);
	sort_events(r->b);
	return read_own(r, a);
}

err_t ce_book_load(struct call *c, struct db *db, struct arena *a, struct ce_book **out)
{
	ce_book_free(out);
	struct arena *room = arena_new("referrals", BOOK_MEMORY);
	struct ce_book *b = arena_one(room, struct ce_book);
	b->arena = room;
	struct reading r = {.c = c, .db = db, .b = b};
	/* The facts are read for the program: what a viewer gets is counts, or what access lets through. */
	uint32_t was = db_serve(db, DB_FOR_PROGRAM);
	err_t e = read_all(&r, a);
	db_serve(db, was);
	*out = b;
	if (e == NULL)
		return NULL;
	e = err_with_detail(a, err_new(a, e->class, "%.*s", STR_ARG(e->say)), err_describe(a, e));
	ce_book_free(out);
	return e;
}

void ce_book_free(struct ce_book **book)
{
	if (*book == NULL)
		return;
	struct arena *room = (*book)->arena;
	*book = NULL;
	arena_free(&room);
}

/* The first of the person's rows, which begin with their number; n where there is none. */
static size_t first_of(const void *rows, size_t n, size_t size, int64_t person)
{
	size_t low = 0;
	size_t high = n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int64_t is;
		memcpy(&is, (const char *)rows + mid * size, sizeof is);
		if (is < person)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct ce_event *ce_book_events(const struct ce_book *book, int64_t person, size_t *n)
{
	size_t first = first_of(book->events, book->events_n, sizeof *book->events, person);
	*n = 0;
	while (first + *n < book->events_n && book->events[first + *n].person == person)
		++*n;
	return *n > 0 ? &book->events[first] : NULL;
}

int64_t ce_book_household(const struct ce_book *book, int64_t person)
{
	size_t at = first_of(book->homes, book->homes_n, sizeof *book->homes, person);
	return at < book->homes_n && book->homes[at].person == person ? book->homes[at].household_no : 0;
}

enum side_door ce_book_door(const struct ce_book *book, struct arena *a, const struct ce_entry *e)
{
	size_t n;
	const struct ce_event *events = ce_book_events(book, e->person, &n);
	struct arena_mark mark = arena_mark(a);
	struct ce_referral *own = arena_many(a, n, struct ce_referral);
	for (size_t i = 0; i < n; i++)
		own[i] = events[i].referral;
	enum side_door door = side_door_of(&e->at, own, n, SIDE_DOOR_DAYS);
	arena_rewind(a, mark);
	return door;
}

struct str ce_book_agency(const struct ce_book *book, uint32_t agency)
{
	return agency == CE_ANY ? S("none") : book->agencies[agency].name;
}
