#include "app/roster_inside.h"

#include <stdlib.h>
#include <string.h>

#include "app/import_client.h"
#include "app/import_fact.h"
#include "app/import_spool.h"
#include "app/stored.h"
#include "store/dossier.h"
#include "store/q_client.h"
#include "store/q_enrollment.h"
#include "store/q_hmis.h"
#include "store/q_region.h"

enum {
	SERVICE_BED_NIGHT = 200,
	SERVICE_FACE_FIRST = 141,
	SERVICE_FACE_LAST = 144,
	PRIORITIZED = 1,
	STAGE_ENTRY = 1,
	CLIENTS_AT_ONCE = 1000,
	FILL_USUAL = 8 << 20,
	FILL_MEMORY = 1 << 30,
};

static uint32_t index_of(struct str *ids, size_t n, struct str id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(ids[i], id))
			return (uint32_t)i;
	return ROSTER_NONE;
}

static err_t fill_regions(struct roster_fill *f, struct arena *a, struct db *db)
{
	struct q_regions *rows;
	TRY(q_regions(db, a, &rows, &f->regions_n));
	f->regions = arena_many(a, f->regions_n, struct str);
	for (size_t i = 0; i < f->regions_n; i++)
		f->regions[i] = rows[i].id;
	return NULL;
}

/* Each project with the agency that runs it; both lists come in the order of project numbers. */
static err_t fill_projects(struct roster_fill *f, struct arena *a, struct db *db, int64_t now)
{
	struct q_hmis_projects_all *rows;
	struct q_hmis_agencies_served *served;
	size_t n;
	size_t served_n;
	TRY(q_hmis_projects_all(db, a, now, &rows, &n));
	TRY(q_hmis_agencies_served(db, a, now, &served, &served_n));
	f->projects = arena_many(a, n, struct roster_project_row);
	f->agencies = arena_many(a, served_n, struct str);
	for (size_t i = 0, k = 0; i < n; i++) {
		int64_t type = rows[i].type_known ? rows[i].type : PROJECT_OTHER;
		TRY(stored_within(a, type, UINT8_MAX + 1, "hmis_project.type"));
		uint32_t p = roster_add_project(f->r, (enum project_type)type);
		if (p == ROSTER_NONE)
			return roster_no_memory(a);
		struct roster_project_row *row = &f->projects[f->projects_n++];
		*row = (struct roster_project_row){.project_no = rows[i].project_no,
						   .county = rows[i].county,
						   .listed = rows[i].list_kind.n > 0,
						   .coded = str_eq(rows[i].list_kind, S("coded"))};
		uint32_t region =
			rows[i].region_id.n > 0 ? index_of(f->regions, f->regions_n, rows[i].region_id) : ROSTER_NONE;
		row->region = region == ROSTER_NONE ? REGION_NONE : region + 1;
		row->agency = ROSTER_NONE;
		while (k < served_n && served[k].project_no < row->project_no)
			k++;
		if (k < served_n && served[k].project_no == row->project_no) {
			row->agency = index_of(f->agencies, f->agencies_n, served[k].agency_id);
			if (row->agency == ROSTER_NONE) {
				row->agency = (uint32_t)f->agencies_n;
				f->agencies[f->agencies_n++] = served[k].agency_id;
			}
		}
		f->r->projects[p].region = (uint16_t)row->region;
		f->r->projects[p].agency = row->agency;
		f->r->projects[p].victim = rows[i].victim;
		f->r->projects[p].listed = row->listed;
	}
	return NULL;
}

err_t roster_fill_new(struct arena *a, struct db *db, int64_t now, struct day as_of, struct day today,
		      struct str folder, struct roster_fill **out)
{
	struct roster_fill *f = arena_one(a, struct roster_fill);
	TRY(app_settings(db, a, &f->settings));
	TRY(app_policy_in_force(db, a, POLICY_LIST, as_of, &f->policy, NULL));
	f->r = roster_new(as_of, today, &f->settings.rules);
	if (f->r == NULL)
		return roster_no_memory(a);
	err_t e = spool_new(a, folder, SEEN_PARTS, ROSTER_WORKERS, &f->seen);
	if (e == NULL)
		e = fill_regions(f, a, db);
	if (e == NULL)
		e = fill_projects(f, a, db, now);
	if (e == NULL)
		e = roster_load_links(f, a, db);
	if (e != NULL)
		roster_fill_free(&f);
	else
		*out = f;
	return e;
}

void roster_fill_free(struct roster_fill **f)
{
	if (*f == NULL)
		return;
	trace_free(&(*f)->trace);
	roster_free(&(*f)->r);
	spool_free(&(*f)->seen);
	free((*f)->clients);
	free((*f)->gone);
	free((*f)->joined);
	free((*f)->groups.keys);
	free((*f)->groups.numbers);
	*f = NULL;
}

uint32_t roster_fill_project(const struct roster_fill *f, int64_t project_no)
{
	size_t low = 0;
	size_t high = f->projects_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (f->projects[mid].project_no < project_no)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->projects_n && f->projects[low].project_no == project_no ? (uint32_t)low : ROSTER_NONE;
}

err_t roster_fill_person(struct roster_fill *f, struct arena *a, int64_t client_no, struct day birth, bool veteran,
			 uint32_t *person)
{
	uint32_t p = roster_add_person(f->r);
	if (p == ROSTER_NONE)
		return roster_no_memory(a);
	if (p >= f->clients_room) {
		size_t room = f->clients_room == 0 ? 4096 : f->clients_room + f->clients_room / 2;
		uint32_t *grown = realloc(f->clients, room * sizeof *grown);
		if (grown == NULL)
			return roster_no_memory(a);
		f->clients = grown;
		f->clients_room = room;
	}
	roster_fill_place(f, p, client_no, birth, veteran);
	*person = p;
	return NULL;
}

err_t roster_fill_gone(struct roster_fill *f, struct arena *a, uint32_t person, int64_t import_no)
{
	if (f->gone_n == f->gone_room) {
		size_t room = f->gone_room == 0 ? 64 : 2 * f->gone_room;
		struct roster_gone *grown = realloc(f->gone, room * sizeof *grown);
		if (grown == NULL)
			return roster_no_memory(a);
		f->gone = grown;
		f->gone_room = room;
	}
	f->gone[f->gone_n++] = (struct roster_gone){person, import_no};
	return NULL;
}

void roster_fill_place(struct roster_fill *f, uint32_t person, int64_t client_no, struct day birth, bool veteran)
{
	f->clients[person] = (uint32_t)client_no;
	f->r->people[person].birth = birth;
	if (veteran)
		f->r->people[person].bits |= PERSON_VETERAN;
}

static size_t group_place(const struct stay_groups *g, uint64_t key)
{
	size_t at = (size_t)key & (g->room - 1);
	while (g->keys[at] != 0 && g->keys[at] != key)
		at = (at + 1) & (g->room - 1);
	return at;
}

static err_t groups_grow(struct stay_groups *g, struct arena *a)
{
	struct stay_groups old = *g;
	g->room = old.room == 0 ? 4096 : 2 * old.room;
	g->keys = calloc(g->room, sizeof *g->keys);
	g->numbers = calloc(g->room, sizeof *g->numbers);
	if (g->keys == NULL || g->numbers == NULL) {
		free(g->keys);
		free(g->numbers);
		*g = old;
		return roster_no_memory(a);
	}
	for (size_t i = 0; i < old.room; i++) {
		if (old.keys[i] == 0)
			continue;
		size_t at = group_place(g, old.keys[i]);
		g->keys[at] = old.keys[i];
		g->numbers[at] = old.numbers[i];
	}
	free(old.keys);
	free(old.numbers);
	return NULL;
}

/* The running number of a HouseholdID of a source. */
static err_t group_number(struct stay_groups *g, struct arena *a, int64_t source_no, struct str household,
			  uint32_t *out)
{
	if (household.n == 0) {
		*out = ROSTER_NONE;
		return NULL;
	}
	if (4 * (g->n + 1) > 3 * g->room)
		TRY(groups_grow(g, a));
	uint64_t key = import_hash(household, (uint64_t)source_no) | 1;
	size_t at = group_place(g, key);
	if (g->keys[at] == 0) {
		g->keys[at] = key;
		g->numbers[at] = (uint32_t)g->n++;
	}
	*out = g->numbers[at];
	return NULL;
}

err_t roster_fill_seen(struct roster_fill *f, struct arena *a, unsigned worker, uint32_t stay, int how, struct day day,
		       int64_t code, uint8_t tool)
{
	if (!day_known(day))
		return NULL;
	struct sighting s = {.stay = stay, .day = day, .code = (int16_t)code, .how = (uint8_t)how, .tool = tool};
	return spool_add(f->seen, a, worker, stay >> SEEN_STAYS_SHIFT & (SEEN_PARTS - 1), &s, sizeof s);
}

static err_t see(struct roster_fill *f, struct arena *a, uint32_t stay, int how, struct day day, int64_t code)
{
	return roster_fill_seen(f, a, 0, stay, how, day, code, 0);
}

uint8_t roster_fill_tool(struct roster_fill *f, uint16_t digest)
{
	for (unsigned i = 0; i <= f->tools_n; i++)
		if (f->tools[i] == digest)
			return (uint8_t)i;
	if (f->tools_n == UINT8_MAX)
		return 0;
	f->tools[++f->tools_n] = digest;
	return (uint8_t)f->tools_n;
}

static uint8_t small(const struct dossier_fact *f, int field)
{
	int64_t v = dossier_int(f, field, CODE_MISSING);
	return v >= 0 && v <= UINT8_MAX ? (uint8_t)v : CODE_MISSING;
}

static uint16_t code(const struct dossier_fact *f, int field)
{
	int64_t v = dossier_int(f, field, CODE_MISSING);
	return v >= 0 && v <= UINT16_MAX ? (uint16_t)v : CODE_MISSING;
}

static void set_stay(struct roster_stay *s, const struct dossier_fact *f)
{
	s->move_in = dossier_day(f, DOSSIER_Enrollment_MoveInDate);
	s->to_street = dossier_day(f, DOSSIER_Enrollment_DateToStreetESSH);
	s->living = code(f, DOSSIER_Enrollment_LivingSituation);
	s->relation = small(f, DOSSIER_Enrollment_RelationshipToHoH);
	s->disabling = small(f, DOSSIER_Enrollment_DisablingCondition);
	s->los = small(f, DOSSIER_Enrollment_LengthOfStay);
	s->under_limit = small(f, DOSSIER_Enrollment_LOSUnderThreshold);
	s->from_street = small(f, DOSSIER_Enrollment_PreviousStreetESSH);
	s->times = small(f, DOSSIER_Enrollment_TimesHomelessPastThreeYears);
	s->months_said = small(f, DOSSIER_Enrollment_MonthsHomelessPastThreeYears);
}

/* Assessments of the enrollment at hand, so that results find their day. */
struct assessed {
	size_t n;
	struct assessment {
		uint64_t id;
		struct day day;
	} * of;
};

static err_t see_service(struct roster_fill *f, struct arena *a, uint32_t stay, const struct dossier_fact *fact)
{
	int64_t record = dossier_int(fact, DOSSIER_Services_RecordType, 0);
	struct day day = dossier_day(fact, DOSSIER_Services_DateProvided);
	if (record == SERVICE_BED_NIGHT)
		return see(f, a, stay, SEEN_NIGHT, day, 0);
	if (record >= SERVICE_FACE_FIRST && record <= SERVICE_FACE_LAST)
		return see(f, a, stay, SEEN_CONTACT, day, 0);
	return NULL;
}

static err_t see_result(struct roster_fill *f, struct arena *a, uint32_t stay, const struct dossier_fact *fact,
			const struct assessed *assessed)
{
	const struct dossier_value *type = &fact->values[DOSSIER_AssessmentResults_AssessmentResultType];
	struct str tool = str_trim(type->text);
	int64_t score;
	struct str text = str_trim(fact->values[DOSSIER_AssessmentResults_AssessmentResult].text);
	if (!priority_tool_counts(&f->policy.order, tool) || !str_to_i64(text, &score) || score > INT16_MAX ||
	    score < INT16_MIN || !score_is_number((int)score))
		return NULL;
	uint64_t id = import_hash(fact->values[DOSSIER_AssessmentResults_AssessmentID].text, 0);
	for (size_t i = 0; i < assessed->n; i++)
		if (assessed->of[i].id == id)
			return roster_fill_seen(f, a, 0, stay, SEEN_SCORE, assessed->of[i].day, score,
						roster_fill_tool(f, priority_tool_digest(tool)));
	return NULL;
}

/* What a list says that names one of a household, or none: how many they are, and the band of their need. */
static err_t see_attestation(struct roster_fill *f, struct arena *a, uint32_t stay, const struct dossier_fact *fact)
{
	struct roster_person *p = &f->r->people[f->r->stays[stay].person];
	int64_t size = dossier_int(fact, DOSSIER_Attestation_Size, 0);
	int64_t children = dossier_int(fact, DOSSIER_Attestation_Children, CODE_MISSING);
	int64_t band = dossier_int(fact, DOSSIER_Attestation_NeedBand, CODE_MISSING);
	if (size > 0 && size <= UINT8_MAX)
		p->said_size = (uint8_t)size;
	if (children == CODE_NO || children == CODE_YES)
		p->said_type = children == CODE_NO ? HOUSEHOLD_ADULTS : HOUSEHOLD_FAMILY;
	if (band < BAND_HIGH || band > BAND_LOW)
		return NULL;
	return see(f, a, stay, SEEN_SCORE, dossier_day(fact, DOSSIER_Attestation_AttestedDate),
		   score_attested((enum band)band));
}

static err_t see_fact(struct roster_fill *f, struct arena *a, uint32_t stay, const struct dossier_fact *fact,
		      struct assessed *assessed)
{
	switch (fact->kind) {
	case DOSSIER_CurrentLivingSituation:
		return see(f, a, stay, SEEN_SITUATION,
			   dossier_day(fact, DOSSIER_CurrentLivingSituation_InformationDate),
			   dossier_int(fact, DOSSIER_CurrentLivingSituation_CurrentLivingSituation, CODE_MISSING));
	case DOSSIER_Assessment: {
		struct day day = dossier_day(fact, DOSSIER_Assessment_AssessmentDate);
		bool placed = dossier_int(fact, DOSSIER_Assessment_PrioritizationStatus, 0) == PRIORITIZED;
		assessed->of = db_rows_room(a, assessed->of, assessed->n, sizeof *assessed->of);
		assessed->of[assessed->n++] = (struct assessment){import_hash(fact->id, 0), day};
		return see(f, a, stay, placed ? SEEN_PRIORITIZED : SEEN_ASSESSMENT, day, 0);
	}
	case DOSSIER_AssessmentResults:
		return see_result(f, a, stay, fact, assessed);
	case DOSSIER_Services:
		return see_service(f, a, stay, fact);
	case DOSSIER_Disabilities:
		if (dossier_int(fact, DOSSIER_Disabilities_DisabilityResponse, 0) != CODE_YES ||
		    dossier_int(fact, DOSSIER_Disabilities_IndefiniteAndImpairs, 0) != CODE_YES ||
		    dossier_int(fact, DOSSIER_Disabilities_DataCollectionStage, 0) != STAGE_ENTRY)
			return NULL;
		return see(f, a, stay, SEEN_IMPAIRED, dossier_day(fact, DOSSIER_Disabilities_InformationDate), 0);
	case DOSSIER_Attestation:
		return see_attestation(f, a, stay, fact);
	default:
		return NULL;
	}
}

err_t roster_fill_stay(struct roster_fill *f, struct arena *a, uint32_t person, int64_t source_no, int64_t project_no,
		       const struct dossier_fact *enrollment, uint32_t *stay)
{
	uint32_t project = roster_fill_project(f, project_no);
	uint32_t group;
	*stay = ROSTER_NONE;
	if (project == ROSTER_NONE)
		return NULL;
	TRY(group_number(&f->groups, a, source_no, enrollment->values[DOSSIER_Enrollment_HouseholdID].text, &group));
	*stay = roster_add_stay(f->r, person, group, project, dossier_day(enrollment, DOSSIER_Enrollment_EntryDate));
	if (*stay == ROSTER_NONE)
		return roster_no_memory(a);
	set_stay(&f->r->stays[*stay], enrollment);
	if (f->projects[project].coded)
		f->r->people[person].bits |= PERSON_CODED;
	/* Being on such a list is a person's decision, and no contact with anybody. */
	if (f->projects[project].listed && str_eq(enrollment->id, S(ROSTER_LISTED))) {
		f->r->stays[*stay].bits |= STAY_LISTED;
		roster_decide(f->r, person, f->r->stays[*stay].entry, DECISION_ADD);
	}
	return NULL;
}

err_t roster_fill_enrollment(struct roster_fill *f, struct arena *a, uint32_t person, int64_t source_no,
			     int64_t project_no, const struct str *facts, size_t n)
{
	uint32_t stay = ROSTER_NONE;
	struct dossier_fact fact;
	struct instant exit_updated = INSTANT_NONE;
	for (size_t i = 0; i < n && stay == ROSTER_NONE; i++)
		if (facts[i].p[0] == DOSSIER_Enrollment && dossier_unpack(facts[i], &fact))
			TRY(roster_fill_stay(f, a, person, source_no, project_no, &fact, &stay));
	if (stay == ROSTER_NONE)
		return NULL;
	struct assessed assessed = {0};
	/* Kinds come in the order of their numbers, so assessments before their results. */
	for (size_t i = 0; i < n; i++) {
		if (facts[i].p[0] == DOSSIER_Event || facts[i].p[0] == DOSSIER_HealthAndDV ||
		    !dossier_unpack(facts[i], &fact))
			continue;
		if (fact.kind == DOSSIER_Exit && fact.updated.ms >= exit_updated.ms) {
			exit_updated = fact.updated;
			f->r->stays[stay].exit = dossier_day(&fact, DOSSIER_Exit_ExitDate);
			f->r->stays[stay].destination = code(&fact, DOSSIER_Exit_Destination);
		}
		TRY(see_fact(f, a, stay, &fact, &assessed));
	}
	return NULL;
}

/* One client with what stands behind it in the lists at hand. */
static err_t fill_client(struct roster_fill *f, struct call *c, struct arena *a, const struct q_clients_between *client,
			 const struct q_enrollments_between *rows, size_t n)
{
	const struct keys *keys = c->app->keys;
	const struct pii *opened;
	struct day birth = DAY_NONE;
	TRY(seal_open(a, keys, client_place(a, "birth", client->client_no), client->birth, &opened));
	if (!day_parse(client_first_part(pii_reveal(opened)), &birth))
		birth = DAY_NONE;
	uint32_t person;
	TRY(roster_fill_person(f, a, client->client_no, birth, client->veteran_known && client->veteran == CODE_YES,
			       &person));
	int64_t gone_since = 0;
	for (size_t i = 0; i < n; i++)
		if (rows[i].gone && rows[i].from_import > gone_since)
			gone_since = rows[i].from_import;
	if (gone_since > 0)
		TRY(roster_fill_gone(f, a, person, gone_since));
	for (size_t i = 0; i < n; i++) {
		TRY(seal_open(a, keys, enrollment_place(a, client->client_no, rows[i].enrollment_no), rows[i].dossier,
			      &opened));
		struct str bytes = pii_reveal(opened);
		struct str *facts = arena_many(a, bytes.n, struct str);
		size_t facts_n = 0;
		struct dossier_reader d = dossier_open(bytes);
		for (struct dossier_item item; dossier_next(&d, &item);)
			facts[facts_n++] = item.packed;
		TRY(roster_fill_enrollment(f, a, person, client->source_no, rows[i].project_no, facts, facts_n));
	}
	return NULL;
}

struct fill_step {
	struct roster_fill *f;
	struct call *c;
	int64_t now, low, high, but_source;
	int64_t done; /* the last client that was filled: a transaction may run twice */
};

static err_t fill_between(struct db *db, struct arena *a, void *ctx)
{
	struct fill_step *s = ctx;
	struct q_clients_between *clients;
	struct q_enrollments_between *rows;
	size_t clients_n;
	size_t rows_n;
	TRY(q_clients_between(db, a, s->low, s->high, s->now, &clients, &clients_n));
	TRY(q_enrollments_between(db, a, s->low, s->high, s->now, &rows, &rows_n));
	for (size_t i = 0, k = 0; i < clients_n; i++) {
		while (k < rows_n && rows[k].client_no < clients[i].client_no)
			k++;
		size_t first = k;
		while (k < rows_n && rows[k].client_no == clients[i].client_no)
			k++;
		if (clients[i].source_no != s->but_source && clients[i].client_no > s->done) {
			struct arena_mark mark = arena_mark(a);
			TRY(fill_client(s->f, s->c, a, &clients[i], rows + first, k - first));
			s->done = clients[i].client_no;
			arena_rewind(a, mark);
		}
	}
	return NULL;
}

err_t roster_fill_client(struct roster_fill *f, struct call *c, struct db *db, struct arena *a, int64_t now,
			 int64_t client_no)
{
	struct fill_step step = {f, c, now, client_no, client_no, 0, 0};
	return fill_between(db, a, &step);
}

static err_t last_client(struct db *db, struct arena *a, void *ctx)
{
	struct q_client_last row;
	bool found;
	TRY(q_client_last(db, a, &row, &found));
	*(int64_t *)ctx = found ? row.no : 0;
	return NULL;
}

static err_t fill_all(struct roster_fill *f, struct call *c, struct arena *a, struct db *db, int64_t now,
		      int64_t but_source)
{
	int64_t last;
	TRY(db_run(db, a, DB_READ, last_client, &last));
	for (int64_t low = 1; low <= last; low += CLIENTS_AT_ONCE) {
		struct fill_step step = {f, c, now, low, low + CLIENTS_AT_ONCE - 1, but_source, 0};
		TRY(db_run(db, a, DB_READ, fill_between, &step));
		arena_reset(a);
	}
	return NULL;
}

err_t roster_fill_all(struct roster_fill *f, struct call *c, struct db *db, int64_t now, int64_t but_source)
{
	/* Emptied after each step: its first block should be one that is enough. */
	struct arena *a = arena_new("roster", FILL_MEMORY);
	(void)arena_alloc(a, 1, FILL_USUAL);
	arena_reset(a);
	err_t e = fill_all(f, c, a, db, now, but_source);
	if (e != NULL)
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
	arena_free(&a);
	return e;
}
