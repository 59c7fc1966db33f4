/* How people were seen, from the files that grow with what happens: rows come in any order, find their
 * enrollment and are folded into it. A lookup waits for memory three times (slot, id, stay), so rows
 * are looked up a batch at a time, each step for all of them. */
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

/* Beside enum seen. */
enum { SEEN_ASSESSED_SCORE = 100, SEEN_IMPAIRED };

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

struct telling {
	const struct priority_policy *policy;
	const struct export_book *book;
	void *ctx; /* for bed nights alone */
	void (*night)(void *ctx, uint32_t stay, struct day day);
	struct assessed *slots;
	size_t mask;
	struct worker *workers;
	atomic_bool full;
};

static const struct err no_memory = {
	.class = ERR_INTERNAL,
	.say = STR_INIT("There is not enough memory for this export."),
};

static uint64_t assessed_key(uint32_t stay, uint64_t assessment)
{
	return ids_mix(assessment ^ 0x9e3779b97f4a7c15U, assessment + stay + 1) | 1;
}

static void note_assessed(struct telling *s, struct worker *w, uint64_t key, int32_t day)
{
	if (w->assessed_n == w->assessed_room) {
		size_t room = w->assessed_room == 0 ? 1024 : 2 * w->assessed_room;
		struct assessed *grown = realloc(w->assessed, room * sizeof *grown);
		if (grown == NULL) {
			atomic_store(&s->full, true);
			return;
		}
		w->assessed = grown;
		w->assessed_room = room;
	}
	w->assessed[w->assessed_n++] = (struct assessed){key, day};
}

static bool assessed_day(const struct telling *s, uint64_t key, struct day *day)
{
	for (size_t at = key >> 1 & s->mask; s->slots[at].key != 0; at = (at + 1) & s->mask)
		if (s->slots[at].key == key) {
			*day = (struct day){s->slots[at].day};
			return true;
		}
	return false;
}

static void tell(struct telling *s, struct worker *w, const struct sight *sight, uint32_t stay)
{
	struct roster *r = s->book->r;
	struct day day = {sight->day};
	if (stay == IDS_NONE || r->stays[stay].person == ROSTER_NONE)
		return;
	if (s->night != NULL) {
		s->night(s->ctx, stay, day);
		return;
	}
	switch (sight->how) {
	case SEEN_IMPAIRED:
		roster_impaired(r, stay);
		break;
	case SEEN_ASSESSED_SCORE:
		if (assessed_day(s, assessed_key(stay, sight->assessment), &day))
			roster_score(r, r->stays[stay].person, day, sight->code, sight->tool);
		break;
	case SEEN_ASSESSMENT:
	case SEEN_PRIORITIZED:
		note_assessed(s, w, assessed_key(stay, sight->assessment), sight->day);
		roster_see(r, stay, (enum seen)sight->how, day, 0);
		break;
	default:
		roster_see(r, stay, (enum seen)sight->how, day, sight->code);
		break;
	}
	if (sight->how <= SEEN_CONTACT)
		night_book_told(s->book->nights, (unsigned)(w - s->workers), r, stay, (enum seen)sight->how, day,
				sight->code);
}

static void tell_batch(struct telling *s, struct worker *w)
{
	const struct ids *stays = &s->book->stays;
	for (size_t i = 0; i < w->n; i++)
		roster_soon(s->book->r, ids_near(stays, w->sights[i].hash));
	for (size_t i = 0; i < w->n; i++) {
		const struct sight *sight = &w->sights[i];
		tell(s, w, sight, ids_find(stays, sight->hash, &sight->enrollment));
	}
	w->n = 0;
}

static struct str text_of(const struct hmis_cell *c)
{
	return c->known ? c->text : (struct str){0};
}

/* A sighting of the row's day. */
static err_t add_as(struct telling *s, const struct hmis_row *row, uint16_t enrollment, uint16_t person, struct day day,
		    int how, int64_t code, uint16_t tool, uint64_t assessment)
{
	struct worker *w = &s->workers[row->worker];
	struct sight *sight = &w->sights[w->n++];
	struct ids_text who = ids_text(text_of(&row->cells[person]));
	sight->enrollment = ids_text(text_of(&row->cells[enrollment]));
	sight->enrollment.owner = (uint32_t)ids_hash(&s->book->people, &who);
	sight->hash = ids_hash(&s->book->stays, &sight->enrollment);
	ids_soon(&s->book->stays, sight->hash);
	sight->assessment = assessment;
	sight->day = day.n;
	sight->code = (int16_t)code;
	sight->tool = tool;
	sight->how = (uint8_t)how;
	if (w->n == BATCH)
		tell_batch(s, w);
	return s->full ? &no_memory : NULL;
}

static uint64_t assessment_hash(const struct telling *s, const struct hmis_cell *c)
{
	struct ids_text text = ids_text(text_of(c));
	return ids_hash(&s->book->people, &text);
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

static err_t on_service(void *ctx, const struct hmis_row *row)
{
	struct telling *s = ctx;
	int64_t record = int_of(&row->cells[HMIS_Services_RecordType], 0);
	if (row->deleted)
		return NULL;
	if (record == SERVICE_BED_NIGHT)
		return ADD(s, row, Services, DateProvided, SEEN_NIGHT, 0, 0);
	if (record >= SERVICE_FACE_FIRST && record <= SERVICE_FACE_LAST && s->night == NULL)
		return ADD(s, row, Services, DateProvided, SEEN_CONTACT, 0, 0);
	return NULL;
}

static const uint16_t columns_CurrentLivingSituation[] = {
	HMIS_CurrentLivingSituation_EnrollmentID,    HMIS_CurrentLivingSituation_PersonalID,
	HMIS_CurrentLivingSituation_InformationDate, HMIS_CurrentLivingSituation_CurrentLivingSituation,
	HMIS_CurrentLivingSituation_DateDeleted,
};

static err_t on_situation(void *ctx, const struct hmis_row *row)
{
	if (row->deleted)
		return NULL;
	int64_t code = int_of(&row->cells[HMIS_CurrentLivingSituation_CurrentLivingSituation], CODE_MISSING);
	return ADD(ctx, row, CurrentLivingSituation, InformationDate, SEEN_SITUATION, code, 0);
}

static const uint16_t columns_Assessment[] = {
	HMIS_Assessment_AssessmentID,   HMIS_Assessment_EnrollmentID,         HMIS_Assessment_PersonalID,
	HMIS_Assessment_AssessmentDate, HMIS_Assessment_PrioritizationStatus, HMIS_Assessment_DateDeleted,
};

static err_t on_assessment(void *ctx, const struct hmis_row *row)
{
	if (row->deleted)
		return NULL;
	bool placed = int_of(&row->cells[HMIS_Assessment_PrioritizationStatus], 0) == PRIORITIZED;
	return ADD(ctx, row, Assessment, AssessmentDate, placed ? SEEN_PRIORITIZED : SEEN_ASSESSMENT, 0,
		   assessment_hash(ctx, &row->cells[HMIS_Assessment_AssessmentID]));
}

static const uint16_t columns_Disabilities[] = {
	HMIS_Disabilities_EnrollmentID,         HMIS_Disabilities_PersonalID,
	HMIS_Disabilities_InformationDate,      HMIS_Disabilities_DisabilityResponse,
	HMIS_Disabilities_IndefiniteAndImpairs, HMIS_Disabilities_DataCollectionStage,
	HMIS_Disabilities_DateDeleted,
};

static err_t on_disability(void *ctx, const struct hmis_row *row)
{
	const struct hmis_cell *c = row->cells;
	if (row->deleted || int_of(&c[HMIS_Disabilities_DisabilityResponse], 0) != CODE_YES ||
	    int_of(&c[HMIS_Disabilities_IndefiniteAndImpairs], 0) != CODE_YES ||
	    int_of(&c[HMIS_Disabilities_DataCollectionStage], 0) != STAGE_ENTRY)
		return NULL;
	return ADD(ctx, row, Disabilities, InformationDate, SEEN_IMPAIRED, 0, 0);
}

static const uint16_t columns_AssessmentResults[] = {
	HMIS_AssessmentResults_AssessmentID,     HMIS_AssessmentResults_EnrollmentID,
	HMIS_AssessmentResults_PersonalID,       HMIS_AssessmentResults_AssessmentResultType,
	HMIS_AssessmentResults_AssessmentResult, HMIS_AssessmentResults_DateDeleted,
};

static err_t on_result(void *ctx, const struct hmis_row *row)
{
	struct telling *s = ctx;
	struct str type = str_trim(text_of(&row->cells[HMIS_AssessmentResults_AssessmentResultType]));
	struct str text = str_trim(text_of(&row->cells[HMIS_AssessmentResults_AssessmentResult]));
	int64_t score;
	if (row->deleted || !priority_tool_counts(s->policy, type) || !str_to_i64(text, &score) || score <= INT16_MIN ||
	    score > INT16_MAX)
		return NULL;
	return add_as(s, row, HMIS_AssessmentResults_EnrollmentID, HMIS_AssessmentResults_PersonalID, DAY_NONE,
		      SEEN_ASSESSED_SCORE, score, priority_tool_digest(type),
		      assessment_hash(s, &row->cells[HMIS_AssessmentResults_AssessmentID]));
}

/* Puts the days of all assessments into one table. Of one that is there twice the later day counts, so
 * that the answer does not depend on who came first. */
static err_t build_assessed(struct telling *s)
{
	size_t n = 0;
	for (unsigned i = 0; i < s->book->threads; i++)
		n += s->workers[i].assessed_n;
	size_t room = 2;
	while (room < n + n / 2 + 1)
		room *= 2;
	s->slots = calloc(room, sizeof *s->slots);
	if (s->slots == NULL)
		return &no_memory;
	s->mask = room - 1;
	for (unsigned i = 0; i < s->book->threads; i++) {
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

static err_t read_jobs(struct telling *s, struct arena *a, const struct hmis_package *p, struct hmis_job *jobs,
		       size_t n)
{
	TRY(hmis_read(a, p, jobs, n, &(struct hmis_read_options){.threads = s->book->threads}));
	for (unsigned i = 0; i < s->book->threads; i++)
		tell_batch(s, &s->workers[i]);
	return s->full ? &no_memory : NULL;
}

#define JOB(file_, on_row)                                                                                             \
	{                                                                                                              \
		.file = HMIS_##file_, .columns = columns_##file_,                                                      \
		.columns_n = sizeof columns_##file_ / sizeof columns_##file_[0], .ctx = s, .row = (on_row)             \
	}

static err_t load(struct telling *s, struct arena *a, const struct hmis_package *p)
{
	struct hmis_job nights[] = {JOB(Services, on_service)};
	struct hmis_job seen[] = {
		JOB(Services, on_service),
		JOB(CurrentLivingSituation, on_situation),
		JOB(Assessment, on_assessment),
		JOB(Disabilities, on_disability),
	};
	struct hmis_job results[] = {JOB(AssessmentResults, on_result)};
	if (s->night != NULL)
		return read_jobs(s, a, p, nights, 1);
	TRY(read_jobs(s, a, p, seen, sizeof seen / sizeof seen[0]));
	TRY(build_assessed(s));
	return read_jobs(s, a, p, results, 1);
}

static err_t tell_all(struct telling *s, struct arena *a, const struct hmis_package *p)
{
	s->workers = arena_many(a, s->book->threads, struct worker);
	err_t e = load(s, a, p);
	for (unsigned i = 0; i < s->book->threads; i++)
		free(s->workers[i].assessed);
	free(s->slots);
	return e;
}

err_t export_seen_load(struct arena *a, const struct hmis_package *p, const struct priority_policy *policy,
		       struct export_book *b)
{
	struct telling s = {.policy = policy, .book = b};
	return tell_all(&s, a, p);
}

err_t export_bed_nights(struct arena *a, const struct hmis_package *p, struct export_book *b, void *ctx,
			void (*night)(void *ctx, uint32_t stay, struct day day))
{
	struct telling s = {.book = b, .ctx = ctx, .night = night};
	return tell_all(&s, a, p);
}
