#include "app/list_export_load.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/list_export_parts.h"
#include "base/arena.h"
#include "domain/code.h"

enum { ROWS_FIRST = 1024, LOOK = 32 };

/* A row of a chunk that waits for its turn: chunks are entered in the order of the file. */
struct waiting {
	struct ids_text id;
	struct ids_text person;
	uint64_t hash;
	uint64_t person_hash;
	uint64_t group; /* hash of the HouseholdID, 0 for none */
	uint32_t stamp;
	uint32_t number; /* person of an enrollment, stay of an exit */
	uint32_t project;
	uint32_t key; /* of the ExitID */
	struct day day;
	struct day move_in;
	struct day to_street;
	uint16_t living;
	uint16_t destination;
	uint8_t relation, disabling, los, under_limit, from_street, times, months_said;
	bool deleted;
	bool in_coc;
};

/* The rows of a worker's chunk. */
struct worker {
	struct waiting *rows;
	size_t n, room;
	size_t found; /* so many rows know their number */
};

struct loader {
	const struct export_wish *wish;
	struct arena *arena;
	struct export_book *book;
	struct ids projects;
	uint64_t *groups; /* by stay: hash of its HouseholdID, 0 for none */
	uint64_t *group_slots;
	size_t group_mask;
	size_t stays_room;
	struct exit_row {
		uint32_t stamp;
		uint32_t key;
	} * exits;          /* by stay: which row its exit is from */
	struct worker gone; /* deleted exits */
	struct worker workers[EXPORT_THREADS];
};

struct settling {
	struct roster *r;
	int step;
};

struct side {
	void (*fn)(void *ctx, unsigned part, unsigned parts);
	void *ctx;
	unsigned part, parts;
	pthread_t thread;
};

static void *side_run(void *p)
{
	const struct side *s = p;
	s->fn(s->ctx, s->part, s->parts);
	return NULL;
}

void export_side_by_side(void (*fn)(void *ctx, unsigned part, unsigned parts), void *ctx, unsigned parts)
{
	struct side sides[EXPORT_THREADS];
	unsigned started = 1;
	for (unsigned i = 0; i < parts; i++)
		sides[i] = (struct side){.fn = fn, .ctx = ctx, .part = i, .parts = parts};
	while (started < parts && pthread_create(&sides[started].thread, NULL, side_run, &sides[started]) == 0)
		started++;
	fn(ctx, 0, parts);
	for (unsigned i = 1; i < parts; i++) {
		if (i < started)
			pthread_join(sides[i].thread, NULL);
		else
			fn(ctx, i, parts);
	}
}

/* Workers have no arena of their own to make an error in. */
static const struct err no_memory = {
	.class = ERR_INTERNAL,
	.say = STR_INIT("There is not enough memory for this export."),
};

static struct ids_text id_of(const struct hmis_row *row, uint16_t column)
{
	const struct hmis_cell *c = &row->cells[column];
	return ids_text(c->known ? c->text : (struct str){0});
}

static uint32_t stamp_of(const struct hmis_row *row)
{
	int64_t seconds = instant_known(row->updated) ? row->updated.ms / 1000 : 0;
	return seconds < 0 ? 0 : seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
}

static struct day day_of(const struct hmis_row *row, uint16_t column)
{
	return row->cells[column].known ? row->cells[column].day : DAY_NONE;
}

static uint16_t code_of(const struct hmis_row *row, uint16_t column)
{
	const struct hmis_cell *c = &row->cells[column];
	return c->known && c->n >= 0 && c->n <= UINT16_MAX ? (uint16_t)c->n : CODE_MISSING;
}

static uint8_t small_of(const struct hmis_row *row, uint16_t column)
{
	uint16_t code = code_of(row, column);
	return code <= UINT8_MAX ? (uint8_t)code : CODE_MISSING;
}

static struct waiting *wait_for_turn(struct worker *w)
{
	if (w->n == w->room) {
		size_t room = w->room == 0 ? ROWS_FIRST : 2 * w->room;
		struct waiting *rows = realloc(w->rows, room * sizeof *rows);
		if (rows == NULL)
			return NULL;
		w->rows = rows;
		w->room = room;
	}
	return &w->rows[w->n++];
}

/* Reads one file in its order: `take` may run on all workers, `enter` in the order of chunks. */
static err_t read_file(struct loader *l, const struct hmis_package *p, enum hmis_file file, const uint16_t *columns,
		       size_t n, err_t (*take)(void *, const struct hmis_row *),
		       err_t (*enter)(void *, unsigned, uint64_t))
{
	struct hmis_job job = {.file = file, .columns = columns, .columns_n = n, .ctx = l, .row = take, .chunk = enter};
	return hmis_read(l->arena, p, &job, 1, &(struct hmis_read_options){.threads = l->book->threads});
}

#define READ(l, p, file, take, enter)                                                                                  \
	read_file(l, p, HMIS_##file, columns_##file, sizeof columns_##file / sizeof columns_##file[0], take, enter)

static const uint16_t columns_Client[] = {HMIS_Client_PersonalID, HMIS_Client_DOB, HMIS_Client_DateUpdated,
					  HMIS_Client_DateDeleted};

static err_t take_client(void *ctx, const struct hmis_row *row)
{
	struct loader *l = ctx;
	struct waiting *w = wait_for_turn(&l->workers[row->worker]);
	if (w == NULL)
		return &no_memory;
	w->id = id_of(row, HMIS_Client_PersonalID);
	w->hash = ids_hash(&l->book->people, &w->id);
	w->stamp = stamp_of(row);
	w->day = day_of(row, HMIS_Client_DOB);
	w->deleted = row->deleted;
	return NULL;
}

/* The person's bit for a deleted client; taken away again before anybody settles. */
enum { PERSON_DELETED = 128 };

static err_t enter_clients(void *ctx, unsigned worker, uint64_t chunk)
{
	struct loader *l = ctx;
	struct worker *w = &l->workers[worker];
	(void)chunk;
	for (size_t i = 0; i < w->n; i++) {
		const struct waiting *c = &w->rows[i];
		uint32_t number;
		TRY(ids_add(&l->book->people, l->arena, &c->id, c->hash, c->stamp, &number));
		if (roster_add_person(l->book->r) != number)
			return &no_memory;
		l->book->r->people[number].birth = c->day;
		l->book->r->people[number].bits = c->deleted ? PERSON_DELETED : 0;
	}
	w->n = w->found = 0;
	return NULL;
}

static void lose_client(void *ctx, uint32_t number)
{
	(void)ctx; /* it stays in the roster as somebody without enrollments, whom no list shows */
	(void)number;
}

static void build_people(void *ctx, unsigned part, unsigned parts)
{
	struct loader *l = ctx;
	(void)parts;
	ids_build(&l->book->people, part, lose_client, l);
}

static err_t load_people(struct loader *l, const struct hmis_package *p)
{
	TRY(ids_new(l->arena, &l->book->people));
	TRY(READ(l, p, Client, take_client, enter_clients));
	TRY(ids_room(&l->book->people, l->arena));
	export_side_by_side(build_people, l, IDS_SHARES);
	ids_built(&l->book->people);
	return NULL;
}

static const uint16_t columns_Enrollment[] = {
	HMIS_Enrollment_EnrollmentID,
	HMIS_Enrollment_PersonalID,
	HMIS_Enrollment_ProjectID,
	HMIS_Enrollment_EntryDate,
	HMIS_Enrollment_DateUpdated,
	HMIS_Enrollment_DateDeleted,
	HMIS_Enrollment_EnrollmentCoC,
	/* What follows is not needed to know where people were: EXPORT_STAYS leaves it out. */
	HMIS_Enrollment_HouseholdID,
	HMIS_Enrollment_RelationshipToHoH,
	HMIS_Enrollment_LivingSituation,
	HMIS_Enrollment_LengthOfStay,
	HMIS_Enrollment_LOSUnderThreshold,
	HMIS_Enrollment_PreviousStreetESSH,
	HMIS_Enrollment_DateToStreetESSH,
	HMIS_Enrollment_TimesHomelessPastThreeYears,
	HMIS_Enrollment_MonthsHomelessPastThreeYears,
	HMIS_Enrollment_DisablingCondition,
	HMIS_Enrollment_MoveInDate,
};
enum { ENROLLMENT_STAYS = 7 };

/* Looks up the people of the rows that were taken since the last time; their slots are on the way. */
static void find_people(struct loader *l, struct worker *w)
{
	const struct ids *people = &l->book->people;
	for (size_t i = w->found; i < w->n; i++)
		ids_near(people, w->rows[i].person_hash);
	for (; w->found < w->n; w->found++) {
		struct waiting *e = &w->rows[w->found];
		e->number = ids_find(people, e->person_hash, &e->person);
	}
}

static void take_details(const struct loader *l, struct waiting *w, const struct hmis_row *row)
{
	struct ids_text household = id_of(row, HMIS_Enrollment_HouseholdID);
	w->group = household.p[0] == '\0' ? 0 : ids_hash(&l->book->people, &household) | 1;
	w->move_in = day_of(row, HMIS_Enrollment_MoveInDate);
	w->to_street = day_of(row, HMIS_Enrollment_DateToStreetESSH);
	w->living = code_of(row, HMIS_Enrollment_LivingSituation);
	w->relation = small_of(row, HMIS_Enrollment_RelationshipToHoH);
	w->disabling = small_of(row, HMIS_Enrollment_DisablingCondition);
	w->los = small_of(row, HMIS_Enrollment_LengthOfStay);
	w->under_limit = small_of(row, HMIS_Enrollment_LOSUnderThreshold);
	w->from_street = small_of(row, HMIS_Enrollment_PreviousStreetESSH);
	w->times = small_of(row, HMIS_Enrollment_TimesHomelessPastThreeYears);
	w->months_said = small_of(row, HMIS_Enrollment_MonthsHomelessPastThreeYears);
}

static err_t take_enrollment(void *ctx, const struct hmis_row *row)
{
	struct loader *l = ctx;
	struct worker *worker = &l->workers[row->worker];
	struct waiting *w = wait_for_turn(worker);
	if (w == NULL)
		return &no_memory;
	const struct ids *people = &l->book->people;
	struct ids_text project = id_of(row, HMIS_Enrollment_ProjectID);
	w->id = id_of(row, HMIS_Enrollment_EnrollmentID);
	w->person = id_of(row, HMIS_Enrollment_PersonalID);
	w->person_hash = ids_hash(people, &w->person);
	ids_soon(people, w->person_hash);
	w->id.owner = (uint32_t)w->person_hash;
	w->hash = ids_hash(&l->book->stays, &w->id);
	w->stamp = stamp_of(row);
	w->day = day_of(row, HMIS_Enrollment_EntryDate);
	w->project = ids_find(&l->projects, ids_hash(&l->projects, &project), &project);
	w->deleted = row->deleted;
	const struct hmis_cell *coc = &row->cells[HMIS_Enrollment_EnrollmentCoC];
	if (l->wish->coc.n > 0)
		w->in_coc = coc->known ? str_eq(coc->text, l->wish->coc)
				       : w->project != IDS_NONE && l->book->projects[w->project].in_coc;
	if (l->wish->depth == EXPORT_ALL)
		take_details(l, w, row);
	if (worker->n - worker->found == LOOK)
		find_people(l, worker);
	return NULL;
}

static err_t stays_room(struct loader *l, size_t n)
{
	if (n <= l->stays_room)
		return NULL;
	size_t room = n + n / 2 + ROWS_FIRST;
	if (l->wish->coc.n > 0) {
		bool *in_coc = realloc(l->book->in_coc, room * sizeof *in_coc);
		if (in_coc == NULL)
			return &no_memory;
		l->book->in_coc = in_coc;
	}
	if (l->wish->depth == EXPORT_ALL) {
		uint64_t *groups = realloc(l->groups, room * sizeof *groups);
		if (groups == NULL)
			return &no_memory;
		l->groups = groups;
	}
	l->stays_room = room;
	return NULL;
}

static void enter_details(struct loader *l, uint32_t stay, const struct waiting *w)
{
	struct roster_stay *s = &l->book->r->stays[stay];
	l->groups[stay] = w->group;
	s->move_in = w->move_in;
	s->to_street = w->to_street;
	s->living = w->living;
	s->relation = w->relation;
	s->disabling = w->disabling;
	s->los = w->los;
	s->under_limit = w->under_limit;
	s->from_street = w->from_street;
	s->times = w->times;
	s->months_said = w->months_said;
}

static err_t enter_enrollments(void *ctx, unsigned worker, uint64_t chunk)
{
	struct loader *l = ctx;
	struct worker *w = &l->workers[worker];
	struct roster *r = l->book->r;
	(void)chunk;
	find_people(l, w);
	TRY(stays_room(l, r->stays_n + w->n));
	for (size_t i = 0; i < w->n; i++) {
		const struct waiting *e = &w->rows[i];
		uint32_t stay;
		TRY(ids_add(&l->book->stays, l->arena, &e->id, e->hash, e->stamp, &stay));
		/* A group of its own until groups are known: so there is room for as many. */
		uint32_t group = l->wish->depth == EXPORT_ALL ? stay : ROSTER_NONE;
		if (roster_add_stay(r, e->number, group, e->project, e->day) != stay)
			return &no_memory;
		if (e->deleted || e->number == IDS_NONE || e->project == IDS_NONE)
			roster_drop(r, stay);
		if (l->book->in_coc != NULL)
			l->book->in_coc[stay] = e->in_coc;
		if (l->groups != NULL)
			enter_details(l, stay, e);
	}
	w->n = w->found = 0;
	return NULL;
}

static void lose_enrollment(void *ctx, uint32_t number)
{
	const struct loader *l = ctx;
	roster_drop(l->book->r, number);
}

/* HouseholdIDs become numbers: the first stay that has it. They are told apart by 64 bits of hash, as an
 * import does. */
static void build_groups(struct loader *l, unsigned share)
{
	struct roster *r = l->book->r;
	uint64_t *slots = l->group_slots + share * (l->group_mask + 1);
	for (uint32_t i = 0; i < r->stays_n; i++) {
		enum { AHEAD = 16 };
		if (i + AHEAD < r->stays_n && l->groups[i + AHEAD] >> 63 == share)
			__builtin_prefetch(&slots[l->groups[i + AHEAD] >> 1 & l->group_mask], 1);
		uint64_t key = l->groups[i];
		if (key >> 63 != share)
			continue;
		if (key == 0) {
			r->stays[i].group = ROSTER_NONE;
			continue;
		}
		size_t at = key >> 1 & l->group_mask;
		while (slots[at] != 0 && l->groups[slots[at] - 1] != key)
			at = (at + 1) & l->group_mask;
		if (slots[at] == 0)
			slots[at] = i + 1;
		else
			r->stays[i].group = (uint32_t)slots[at] - 1;
	}
}

static void build_stays(void *ctx, unsigned part, unsigned parts)
{
	struct loader *l = ctx;
	(void)parts;
	ids_build(&l->book->stays, part, lose_enrollment, l);
	if (l->groups != NULL)
		build_groups(l, part);
}

static err_t load_stays(struct loader *l, const struct hmis_package *p)
{
	size_t columns = sizeof columns_Enrollment / sizeof columns_Enrollment[0];
	if (l->wish->depth == EXPORT_STAYS)
		columns = ENROLLMENT_STAYS;
	TRY(ids_new(l->arena, &l->book->stays));
	TRY(read_file(l, p, HMIS_Enrollment, columns_Enrollment, columns, take_enrollment, enter_enrollments));
	TRY(ids_room(&l->book->stays, l->arena));
	if (l->groups != NULL) {
		l->group_mask = ids_slots(l->book->stays.n) - 1;
		l->group_slots = calloc(IDS_SHARES * (l->group_mask + 1), sizeof *l->group_slots);
		if (l->group_slots == NULL)
			return &no_memory;
	}
	export_side_by_side(build_stays, l, IDS_SHARES);
	ids_built(&l->book->stays);
	free(l->groups);
	free(l->group_slots);
	l->groups = NULL;
	l->group_slots = NULL;
	return NULL;
}

static const uint16_t columns_Exit[] = {HMIS_Exit_ExitID,     HMIS_Exit_EnrollmentID, HMIS_Exit_PersonalID,
					HMIS_Exit_ExitDate,   HMIS_Exit_Destination,  HMIS_Exit_DateUpdated,
					HMIS_Exit_DateDeleted};

static void find_stays(struct loader *l, struct worker *w)
{
	const struct ids *stays = &l->book->stays;
	for (size_t i = w->found; i < w->n; i++) {
		uint32_t stay = ids_near(stays, w->rows[i].hash);
		roster_soon(l->book->r, stay);
		if (stay != IDS_NONE)
			__builtin_prefetch(&l->exits[stay], 1);
	}
	for (; w->found < w->n; w->found++) {
		struct waiting *x = &w->rows[w->found];
		x->number = ids_find(stays, x->hash, &x->id);
	}
}

static err_t take_exit(void *ctx, const struct hmis_row *row)
{
	struct loader *l = ctx;
	struct worker *worker = &l->workers[row->worker];
	struct waiting *w = wait_for_turn(worker);
	if (w == NULL)
		return &no_memory;
	const struct ids *people = &l->book->people;
	struct ids_text exit = id_of(row, HMIS_Exit_ExitID);
	w->id = id_of(row, HMIS_Exit_EnrollmentID);
	w->person = id_of(row, HMIS_Exit_PersonalID);
	w->id.owner = (uint32_t)ids_hash(people, &w->person);
	w->hash = ids_hash(&l->book->stays, &w->id);
	ids_soon(&l->book->stays, w->hash);
	w->key = (uint32_t)ids_hash(people, &exit);
	w->stamp = stamp_of(row);
	w->day = day_of(row, HMIS_Exit_ExitDate);
	w->destination = code_of(row, HMIS_Exit_Destination);
	w->deleted = row->deleted;
	if (worker->n - worker->found == LOOK)
		find_stays(l, worker);
	return NULL;
}

static err_t enter_exits(void *ctx, unsigned worker, uint64_t chunk)
{
	struct loader *l = ctx;
	struct worker *w = &l->workers[worker];
	(void)chunk;
	find_stays(l, w);
	for (size_t i = 0; i < w->n; i++) {
		const struct waiting *x = &w->rows[i];
		if (x->number == IDS_NONE)
			continue;
		if (x->deleted) {
			struct waiting *gone = wait_for_turn(&l->gone);
			if (gone == NULL)
				return &no_memory;
			*gone = *x;
			continue;
		}
		struct exit_row *best = &l->exits[x->number];
		struct roster_stay *s = &l->book->r->stays[x->number];
		if (x->stamp < best->stamp)
			continue;
		*best = (struct exit_row){x->stamp, x->key};
		s->exit = x->day;
		s->destination = x->destination;
	}
	w->n = w->found = 0;
	return NULL;
}

static err_t load_exits(struct loader *l, const struct hmis_package *p)
{
	struct roster *r = l->book->r;
	l->exits = calloc(r->stays_n + 1, sizeof *l->exits);
	if (l->exits == NULL)
		return &no_memory;
	TRY(READ(l, p, Exit, take_exit, enter_exits));
	for (size_t i = 0; i < l->gone.n; i++) {
		const struct waiting *x = &l->gone.rows[i];
		const struct exit_row *best = &l->exits[x->number];
		if (best->key != x->key || best->stamp > x->stamp)
			continue;
		r->stays[x->number].exit = DAY_NONE;
		r->stays[x->number].destination = CODE_MISSING;
	}
	return NULL;
}

/* People whom the export says to be deleted have no stays. */
static void drop_deleted(struct roster *r)
{
	for (uint32_t i = 0; i < r->stays_n; i++)
		if (r->stays[i].person != ROSTER_NONE && r->people[r->stays[i].person].bits & PERSON_DELETED)
			roster_drop(r, i);
}

static void settle_part(void *ctx, unsigned part, unsigned parts)
{
	const struct settling *s = ctx;
	roster_settle_step(s->r, s->step, part, parts);
}

static err_t load(struct loader *l, const struct hmis_package *p)
{
	struct roster *r = l->book->r;
	TRY(export_projects_load(l->arena, p, l->wish, l->book, &l->projects));
	TRY(load_people(l, p));
	TRY(load_stays(l, p));
	TRY(load_exits(l, p));
	drop_deleted(r);
	if (r->full)
		return &no_memory;
	if (l->wish->depth == EXPORT_STAYS)
		return NULL;
	struct settling s = {.r = r};
	for (s.step = 0; s.step < ROSTER_STEPS; s.step++)
		export_side_by_side(settle_part, &s, l->book->threads);
	return export_seen_load(l->arena, p, l->wish->policy, l->book);
}

err_t export_book_load(struct arena *a, const struct hmis_package *p, const struct export_wish *wish,
		       struct export_book **out)
{
	struct export_book *b = arena_one(a, struct export_book);
	struct loader *l = arena_one(a, struct loader);
	*l = (struct loader){.wish = wish, .arena = a, .book = b};
	b->nights = wish->nights;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	b->threads = cores < 1 ? 1 : cores < EXPORT_THREADS ? (unsigned)cores : EXPORT_THREADS;
	b->r = roster_new(wish->as_of, wish->today, wish->rules);
	err_t e = b->r == NULL ? &no_memory : load(l, p);
	for (unsigned i = 0; i < EXPORT_THREADS; i++)
		free(l->workers[i].rows);
	free(l->gone.rows);
	free(l->groups);
	free(l->group_slots);
	free(l->exits);
	ids_free(&l->projects);
	if (e != NULL)
		export_book_free(&b);
	else
		*out = b;
	return e;
}

void export_book_free(struct export_book **b)
{
	if (*b == NULL)
		return;
	roster_free(&(*b)->r);
	ids_free(&(*b)->people);
	ids_free(&(*b)->stays);
	free((*b)->in_coc);
	*b = NULL;
}
