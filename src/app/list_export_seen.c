/* How people were seen, from the files that grow with what happens: rows come in any order, find their
 * enrollment and are folded into it. A lookup waits for memory three times (slot, id, stay), so rows
 * are looked up a batch at a time, each step for all of them. */
#include "app/list_export_seen.h"

#include <stdlib.h>

#include "app/list_export_parts.h"
#include "app/night_book.h"
#include "base/arena.h"
#include "domain/code.h"

enum {
	SERVICE_BED_NIGHT = 200,
	SERVICE_FACE_FIRST = 141,
	SERVICE_FACE_LAST = 144,
	PRIORITIZED = 1,
	STAGE_ENTRY = 1,
	BATCH = 64,
};

struct sight {
	struct ids_text enrollment;
	uint64_t hash;
	uint64_t assessment; /* hash of the AssessmentID, where that matters */
	int32_t day;
	int16_t code;
	uint16_t tool; /* of a score: domain/priority.h */
	uint8_t how;
};

/* The day of each assessment, by stay and AssessmentID: results do not say theirs. */
struct assessed {
	uint64_t key; /* 0: free */
	int32_t day;
};

struct worker {
	size_t n;
	struct sight sights[BATCH];
	struct assessed *assessed;
	size_t assessed_n, assessed_room;
};

struct seen_rows {
	const struct seen_to *to;
	struct assessed *slots;
	size_t mask;
	struct worker *workers;
};

static const struct err no_memory = {
	.class = ERR_INTERNAL,
	.say = STR_INIT("There is not enough memory for this export."),
};

static uint64_t assessed_key(uint32_t stay, uint64_t assessment)
{
	return ids_mix(assessment ^ 0x9e3779b97f4a7c15U, assessment + stay + 1) | 1;
}

static err_t note_assessed(struct worker *w, uint64_t key, int32_t day)
{
	if (w->assessed_n == w->assessed_room) {
		size_t room = w->assessed_room == 0 ? 1024 : 2 * w->assessed_room;
		struct assessed *grown = realloc(w->assessed, room * sizeof *grown);
		if (grown == NULL)
			return &no_memory;
		w->assessed = grown;
		w->assessed_room = room;
	}
	w->assessed[w->assessed_n++] = (struct assessed){key, day};
	return NULL;
}

static bool assessed_day(const struct seen_rows *s, uint64_t key, struct day *day)
{
	for (size_t at = key >> 1 & s->mask; s->slots[at].key != 0; at = (at + 1) & s->mask)
		if (s->slots[at].key == key) {
			*day = (struct day){s->slots[at].day};
			return true;
		}
	return false;
}

static err_t tell(struct seen_rows *s, struct worker *w, const struct sight *sight, uint32_t stay)
{
	const struct seen_to *to = s->to;
	struct day day = {sight->day};
	if (stay == IDS_NONE || to->roster->stays[stay].person == ROSTER_NONE)
		return NULL;
	uint64_t key = assessed_key(stay, sight->assessment);
	if (sight->how == SEEN_SCORE && !assessed_day(s, key, &day))
		return NULL;
	if (sight->how == SEEN_ASSESSMENT || sight->how == SEEN_PRIORITIZED)
		TRY(note_assessed(w, key, sight->day));
	return to->seen(to->ctx, (unsigned)(w - s->workers), stay, sight->how, day, sight->code, sight->tool);
}

static err_t tell_batch(struct seen_rows *s, struct worker *w)
{
	const struct ids *stays = s->to->stays;
	for (size_t i = 0; i < w->n; i++)
		roster_soon(s->to->roster, ids_near(stays, w->sights[i].hash));
	for (size_t i = 0; i < w->n; i++) {
		const struct sight *sight = &w->sights[i];
		TRY(tell(s, w, sight, ids_find(stays, sight->hash, &sight->enrollment)));
	}
	w->n = 0;
	return NULL;
}

static struct str text_of(const struct hmis_cell *c)
{
	return c->known ? c->text : (struct str){0};
}

/* A sighting of the row's day. */
static err_t add_as(struct seen_rows *s, const struct hmis_row *row, uint16_t enrollment, uint16_t person,
		    struct day day, int how, int64_t code, uint16_t tool, uint64_t assessment)
{
	struct worker *w = &s->workers[row->worker];
	struct sight *sight = &w->sights[w->n++];
	sight->enrollment = ids_text(text_of(&row->cells[enrollment]));
	if (s->to->people != NULL) {
		struct ids_text who = ids_text(text_of(&row->cells[person]));
		sight->enrollment.owner = (uint32_t)ids_hash(s->to->people, &who);
	}
	sight->hash = ids_hash(s->to->stays, &sight->enrollment);
	ids_soon(s->to->stays, sight->hash);
	sight->assessment = assessment;
	sight->day = day.n;
	sight->code = (int16_t)code;
	sight->tool = tool;
	sight->how = (uint8_t)how;
	return w->n == BATCH ? tell_batch(s, w) : NULL;
}

static uint64_t assessment_hash(const struct seen_rows *s, const struct hmis_cell *c)
{
	struct ids_text text = ids_text(text_of(c));
	return ids_hash(s->to->stays, &text);
}

static int64_t int_of(const struct hmis_cell *c, int64_t otherwise)
{
	return c->known ? c->n : otherwise;
}

#define ADD(s, row, file, date, how, code, assessment)                                                                 \
	add_as(s, row, HMIS_##file##_EnrollmentID, HMIS_##file##_PersonalID, row->cells[HMIS_##file##_##date].day,     \
	       how, code, 0, assessment)

static const uint16_t columns_Services[] = {HMIS_Services_EnrollmentID, HMIS_Services_PersonalID,
					    HMIS_Services_DateProvided, HMIS_Services_RecordType,
					    HMIS_Services_DateDeleted};

static err_t on_service(struct seen_rows *s, const struct hmis_row *row)
{
	int64_t record = int_of(&row->cells[HMIS_Services_RecordType], 0);
	if (row->deleted)
		return NULL;
	if (record == SERVICE_BED_NIGHT)
		return ADD(s, row, Services, DateProvided, SEEN_NIGHT, 0, 0);
	if (record >= SERVICE_FACE_FIRST && record <= SERVICE_FACE_LAST)
		return ADD(s, row, Services, DateProvided, SEEN_CONTACT, 0, 0);
	return NULL;
}

static const uint16_t columns_CurrentLivingSituation[] = {
	HMIS_CurrentLivingSituation_EnrollmentID,    HMIS_CurrentLivingSituation_PersonalID,
	HMIS_CurrentLivingSituation_InformationDate, HMIS_CurrentLivingSituation_CurrentLivingSituation,
	HMIS_CurrentLivingSituation_DateDeleted,
};

static err_t on_situation(struct seen_rows *s, const struct hmis_row *row)
{
	if (row->deleted)
		return NULL;
	int64_t code = int_of(&row->cells[HMIS_CurrentLivingSituation_CurrentLivingSituation], CODE_MISSING);
	return ADD(s, row, CurrentLivingSituation, InformationDate, SEEN_SITUATION, code, 0);
}

static const uint16_t columns_Assessment[] = {
	HMIS_Assessment_AssessmentID,   HMIS_Assessment_EnrollmentID,         HMIS_Assessment_PersonalID,
	HMIS_Assessment_AssessmentDate, HMIS_Assessment_PrioritizationStatus, HMIS_Assessment_DateDeleted,
};

static err_t on_assessment(struct seen_rows *s, const struct hmis_row *row)
{
	if (row->deleted)
		return NULL;
	bool placed = int_of(&row->cells[HMIS_Assessment_PrioritizationStatus], 0) == PRIORITIZED;
	return ADD(s, row, Assessment, AssessmentDate, placed ? SEEN_PRIORITIZED : SEEN_ASSESSMENT, 0,
		   assessment_hash(s, &row->cells[HMIS_Assessment_AssessmentID]));
}

static const uint16_t columns_Disabilities[] = {
	HMIS_Disabilities_EnrollmentID,         HMIS_Disabilities_PersonalID,
	HMIS_Disabilities_InformationDate,      HMIS_Disabilities_DisabilityResponse,
	HMIS_Disabilities_IndefiniteAndImpairs, HMIS_Disabilities_DataCollectionStage,
	HMIS_Disabilities_DateDeleted,
};

static err_t on_disability(struct seen_rows *s, const struct hmis_row *row)
{
	const struct hmis_cell *c = row->cells;
	if (row->deleted || int_of(&c[HMIS_Disabilities_DisabilityResponse], 0) != CODE_YES ||
	    int_of(&c[HMIS_Disabilities_IndefiniteAndImpairs], 0) != CODE_YES ||
	    int_of(&c[HMIS_Disabilities_DataCollectionStage], 0) != STAGE_ENTRY)
		return NULL;
	return ADD(s, row, Disabilities, InformationDate, SEEN_IMPAIRED, 0, 0);
}

static const uint16_t columns_AssessmentResults[] = {
	HMIS_AssessmentResults_AssessmentID,     HMIS_AssessmentResults_EnrollmentID,
	HMIS_AssessmentResults_PersonalID,       HMIS_AssessmentResults_AssessmentResultType,
	HMIS_AssessmentResults_AssessmentResult, HMIS_AssessmentResults_DateDeleted,
};

static err_t on_result(struct seen_rows *s, const struct hmis_row *row)
{
	struct str type = str_trim(text_of(&row->cells[HMIS_AssessmentResults_AssessmentResultType]));
	struct str text = str_trim(text_of(&row->cells[HMIS_AssessmentResults_AssessmentResult]));
	int64_t score;
	if (row->deleted || !priority_tool_counts(s->to->policy, type) || !str_to_i64(text, &score) ||
	    score <= INT16_MIN || score > INT16_MAX)
		return NULL;
	return add_as(s, row, HMIS_AssessmentResults_EnrollmentID, HMIS_AssessmentResults_PersonalID, DAY_NONE,
		      SEEN_SCORE, score, priority_tool_digest(type),
		      assessment_hash(s, &row->cells[HMIS_AssessmentResults_AssessmentID]));
}

/* Puts the days of all assessments into one table. Of one that is there twice the later day counts, so
 * that the answer does not depend on who came first. */
static err_t build_assessed(struct seen_rows *s)
{
	size_t n = 0;
	for (unsigned i = 0; i < s->to->workers; i++)
		n += s->workers[i].assessed_n;
	size_t room = 2;
	while (room < n + n / 2 + 1)
		room *= 2;
	s->slots = calloc(room, sizeof *s->slots);
	if (s->slots == NULL)
		return &no_memory;
	s->mask = room - 1;
	for (unsigned i = 0; i < s->to->workers; i++) {
		const struct worker *w = &s->workers[i];
		for (size_t k = 0; k < w->assessed_n; k++) {
			enum { AHEAD = 16 };
			if (k + AHEAD < w->assessed_n)
				__builtin_prefetch(&s->slots[w->assessed[k + AHEAD].key >> 1 & s->mask], 1);
			struct assessed one = w->assessed[k];
			size_t at = one.key >> 1 & s->mask;
			while (s->slots[at].key != 0 && s->slots[at].key != one.key)
				at = (at + 1) & s->mask;
			if (s->slots[at].key == 0 || s->slots[at].day < one.day)
				s->slots[at] = one;
		}
	}
	return NULL;
}

static const struct {
	const uint16_t *columns;
	size_t columns_n;
	err_t (*row)(struct seen_rows *s, const struct hmis_row *row);
} files[HMIS_FILE_COUNT] = {
#define FILE_ROW(file, fn) [HMIS_##file] = {columns_##file, sizeof columns_##file / sizeof columns_##file[0], fn}
	FILE_ROW(Services, on_service),         FILE_ROW(CurrentLivingSituation, on_situation),
	FILE_ROW(Assessment, on_assessment),    FILE_ROW(Disabilities, on_disability),
	FILE_ROW(AssessmentResults, on_result),
#undef FILE_ROW
};

const uint16_t *seen_columns(enum hmis_file file, size_t *n)
{
	*n = files[file].columns_n;
	return files[file].columns;
}

err_t seen_row(struct seen_rows *s, const struct hmis_row *row)
{
	return files[row->file].row(s, row);
}

err_t seen_rows_new(struct arena *a, const struct seen_to *to, struct seen_rows **out)
{
	struct seen_rows *s = arena_one(a, struct seen_rows);
	s->to = to;
	s->workers = arena_many(a, to->workers, struct worker);
	*out = s;
	return NULL;
}

void seen_rows_free(struct seen_rows **s)
{
	if (*s == NULL)
		return;
	for (unsigned i = 0; i < (*s)->to->workers; i++)
		free((*s)->workers[i].assessed);
	free((*s)->slots);
	*s = NULL;
}

err_t seen_rows_end(struct seen_rows *s)
{
	for (unsigned i = 0; i < s->to->workers; i++)
		TRY(tell_batch(s, &s->workers[i]));
	return NULL;
}

err_t seen_rows_assessed(struct seen_rows *s)
{
	TRY(seen_rows_end(s));
	return build_assessed(s);
}

static err_t on_row(void *ctx, const struct hmis_row *row)
{
	return seen_row(ctx, row);
}

static struct hmis_job job_of(struct seen_rows *s, enum hmis_file file)
{
	return (struct hmis_job){.file = file,
				 .columns = files[file].columns,
				 .columns_n = files[file].columns_n,
				 .ctx = s,
				 .row = on_row};
}

static err_t see(void *ctx, unsigned worker, uint32_t stay, int how, struct day day, int code, uint16_t tool)
{
	const struct export_book *b = ctx;
	switch (how) {
	case SEEN_IMPAIRED:
		roster_impaired(b->r, stay);
		return NULL;
	case SEEN_SCORE:
		roster_score(b->r, b->r->stays[stay].person, day, (int16_t)code, tool);
		return NULL;
	default:
		roster_see(b->r, stay, (enum seen)how, day, code);
		night_book_told(b->nights, worker, b->r, stay, (enum seen)how, day, code);
		return NULL;
	}
}

static struct seen_to to_book(struct export_book *b)
{
	return (struct seen_to){.roster = b->r, .stays = &b->stays, .people = &b->people, .workers = b->threads};
}

static err_t load(struct seen_rows *s, struct arena *a, const struct hmis_package *p)
{
	const struct hmis_read_options options = {.threads = s->to->workers};
	struct hmis_job jobs[] = {job_of(s, HMIS_Services), job_of(s, HMIS_CurrentLivingSituation),
				  job_of(s, HMIS_Assessment), job_of(s, HMIS_Disabilities)};
	struct hmis_job results = job_of(s, HMIS_AssessmentResults);
	TRY(hmis_read(a, p, jobs, sizeof jobs / sizeof jobs[0], &options));
	TRY(seen_rows_assessed(s));
	TRY(hmis_read(a, p, &results, 1, &options));
	return seen_rows_end(s);
}

err_t export_seen_load(struct arena *a, const struct hmis_package *p, const struct priority_policy *policy,
		       struct export_book *b)
{
	struct seen_rows *s;
	struct seen_to to = to_book(b);
	to.policy = policy;
	to.ctx = b;
	to.seen = see;
	TRY(seen_rows_new(a, &to, &s));
	err_t e = load(s, a, p);
	seen_rows_free(&s);
	return e;
}

struct night_teller {
	void *ctx;
	void (*night)(void *ctx, uint32_t stay, struct day day);
};

static err_t see_night(void *ctx, unsigned worker, uint32_t stay, int how, struct day day, int code, uint16_t tool)
{
	const struct night_teller *n = ctx;
	(void)worker;
	(void)code;
	(void)tool;
	if (how == SEEN_NIGHT)
		n->night(n->ctx, stay, day);
	return NULL;
}

err_t export_bed_nights(struct arena *a, const struct hmis_package *p, struct export_book *b, void *ctx,
			void (*night)(void *ctx, uint32_t stay, struct day day))
{
	struct seen_rows *s;
	struct night_teller nights = {ctx, night};
	struct seen_to to = to_book(b);
	to.ctx = &nights;
	to.seen = see_night;
	TRY(seen_rows_new(a, &to, &s));
	struct hmis_job job = job_of(s, HMIS_Services);
	err_t e = hmis_read(a, p, &job, 1, &(struct hmis_read_options){.threads = b->threads});
	if (e == NULL)
		e = seen_rows_end(s);
	seen_rows_free(&s);
	return e;
}
