#include "hmis/demo.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "hmis/demo_dice.h"
#include "hmis/demo_rows.h"

enum { THREADS_DEFAULT = 2, THREADS_MAX = 16, WORKER_MEMORY = 8 << 20, REGIONS_MAX = 64 << 10 };

/* How each file is written: once for all places, or household by household, and what comes after. The
 * longest first, so that two threads end together. */
static const struct job {
	enum demo_file file;
	demo_write_places *places;
	demo_write_household *household;
	demo_write_places *after;
} jobs[] = {
	{DEMO_FILE_Services, NULL, demo_rows_services, NULL},
	{DEMO_FILE_Enrollment, NULL, demo_rows_enrollment, demo_rows_victim_enrollments},
	{DEMO_FILE_CurrentLivingSituation, NULL, demo_rows_living_situation, NULL},
	{DEMO_FILE_Exit, NULL, demo_rows_exit, NULL},
	{DEMO_FILE_Client, NULL, demo_rows_client, demo_rows_victim_clients},
	{DEMO_FILE_IncomeBenefits, NULL, demo_rows_income, NULL},
	{DEMO_FILE_AssessmentResults, NULL, demo_rows_assessment_results, NULL},
	{DEMO_FILE_Assessment, NULL, demo_rows_assessment, NULL},
	{DEMO_FILE_HealthAndDV, NULL, demo_rows_health, NULL},
	{DEMO_FILE_Disabilities, NULL, demo_rows_disabilities, NULL},
	{DEMO_FILE_Event, NULL, demo_rows_event, NULL},
	{DEMO_FILE_YouthEducationStatus, NULL, demo_rows_youth_education, NULL},
	{DEMO_FILE_EmploymentEducation, NULL, demo_rows_employment, NULL},
	{DEMO_FILE_AssessmentQuestions, NULL, demo_rows_assessment_questions, NULL},
	{DEMO_FILE_Export, demo_rows_export, NULL, NULL},
	{DEMO_FILE_Organization, demo_rows_organization, NULL, NULL},
	{DEMO_FILE_User, demo_rows_user, NULL, NULL},
	{DEMO_FILE_Project, demo_rows_project, NULL, NULL},
	{DEMO_FILE_Funder, demo_rows_funder, NULL, NULL},
	{DEMO_FILE_ProjectCoC, demo_rows_project_coc, NULL, NULL},
	{DEMO_FILE_Inventory, demo_rows_inventory, NULL, NULL},
	{DEMO_FILE_Affiliation, demo_rows_affiliation, NULL, NULL},
	{DEMO_FILE_HMISParticipation, demo_rows_hmis_participation, NULL, NULL},
	{DEMO_FILE_CEParticipation, demo_rows_ce_participation, NULL, NULL},
};
enum { JOBS = sizeof(jobs) / sizeof(jobs[0]), HOUSEHOLD_JOBS = 14, TELL_EVERY = 4096 };

/* What all threads share. */
struct work {
	struct demo_view view;
	struct str folder;
	struct demo_made made;
	atomic_int next_job;
	atomic_llong done; /* households written, over all files */
	const struct demo_progress *progress;
	pthread_mutex_t telling;
};

struct worker {
	struct work *work;
	struct arena *arena;
	err_t failed;
	pthread_t thread;
};

/* How many households hold exactly that many people. A household that would be one too many is
 * replaced by single adults. */
static void count_households(uint64_t seed, int64_t people, struct demo_made *made)
{
	int64_t n = 0;
	int64_t left = people;
	for (int size = demo_family_size(seed, 0); size <= left; size = demo_family_size(seed, n)) {
		left -= size;
		n++;
	}
	made->planted_households = n;
	made->households = n + left;
}

/* About one household in 50 is new each month. */
static struct day newcomer_day(const struct work *w, int64_t i)
{
	int64_t a_month = w->made.households / 50 + 1;
	return day_add(w->view.world_day, 1 + (int32_t)(i * 30 / a_month));
}

/* The household written at place i: a permutation of 0 to n − 1 of each file's own (four Feistel rounds on
 * the next even number of bits, walked until the result fits). */
static int64_t household_at(uint64_t seed, enum demo_file file, int64_t i, int64_t n)
{
	if (file == DEMO_FILE_Client)
		return i;
	int half = 1;
	while ((INT64_C(1) << (2 * half)) < n)
		half++;
	uint64_t mask = (UINT64_C(1) << half) - 1;
	uint64_t x = (uint64_t)i;
	do {
		uint64_t left = x >> half;
		uint64_t right = x & mask;
		for (uint64_t round = 0; round < 4; round++) {
			uint64_t mixed = dice_mix(right + seed + ((uint64_t)file << 32) + (round << 40));
			uint64_t next = left ^ (mixed & mask);
			left = right;
			right = next;
		}
		x = (left << half) | right;
	} while (x >= (uint64_t)n);
	return (int64_t)x;
}

static void tell(struct work *w, int64_t done)
{
	int64_t all = (w->made.households + w->made.newcomers) * HOUSEHOLD_JOBS;
	int64_t sum = atomic_fetch_add(&w->done, done) + done;
	if (w->progress == NULL)
		return;
	pthread_mutex_lock(&w->telling);
	w->progress->tell(w->progress->context, (int)(sum * 1000 / all));
	pthread_mutex_unlock(&w->telling);
}

static void write_households(struct work *w, const struct job *job, struct demo_pass *p)
{
	const struct demo_view *v = &w->view;
	int64_t base = w->made.households;
	int64_t all = base + w->made.newcomers;
	struct demo_history h;
	for (int64_t i = 0; i < all; i++) {
		struct demo_start start = {.today = v->world_day, .newcomer = DAY_NONE};
		int64_t number = i;
		if (i < base) {
			number = household_at(v->seed, job->file, i, base);
			start.alone = number >= w->made.planted_households;
		} else {
			start.newcomer = newcomer_day(w, i - base);
		}
		demo_history_make(v->world, v->seed, number, start, &h);
		job->household(p, &h);
		if ((i + 1) % TELL_EVERY == 0)
			tell(w, TELL_EVERY);
	}
	tell(w, all % TELL_EVERY);
}

static err_t write_file(struct work *w, struct arena *a, const struct job *job)
{
	struct demo_out out;
	TRY(demo_out_open(&out, a, w->folder, job->file));
	struct demo_pass *p = arena_one(a, struct demo_pass);
	p->view = &w->view;
	p->out = &out;
	if (job->places != NULL)
		job->places(p);
	if (job->household != NULL)
		write_households(w, job, p);
	if (job->after != NULL)
		job->after(p);
	TRY(demo_out_close(&out, a));
	w->made.rows[job->file] = out.rows;
	pthread_mutex_lock(&w->telling);
	w->made.bytes += out.bytes;
	pthread_mutex_unlock(&w->telling);
	return NULL;
}

static void *work_through(void *context)
{
	struct worker *me = context;
	for (int i = atomic_fetch_add(&me->work->next_job, 1); i < JOBS; i = atomic_fetch_add(&me->work->next_job, 1)) {
		struct arena_mark mark = arena_mark(me->arena);
		me->failed = write_file(me->work, me->arena, &jobs[i]);
		if (me->failed != NULL)
			break;
		arena_rewind(me->arena, mark);
	}
	return NULL;
}

/* Runs the jobs on n threads; the first error of any of them, copied into the arena. */
static err_t work_together(struct arena *a, struct work *w, int n)
{
	struct worker workers[THREADS_MAX] = {0};
	int started = 0;
	err_t failed = NULL;
	for (; started < n; started++) {
		struct worker *me = &workers[started];
		*me = (struct worker){.work = w, .arena = arena_new("demo", WORKER_MEMORY)};
		if (pthread_create(&me->thread, NULL, work_through, me) != 0) {
			arena_free(&me->arena);
			break;
		}
	}
	if (started == 0)
		failed = err_internal(a, "demo: no thread could be started");
	for (int i = 0; i < started; i++) {
		struct worker *me = &workers[i];
		pthread_join(me->thread, NULL);
		if (me->failed != NULL && failed == NULL)
			failed = err_new(a, me->failed->class, "%.*s", STR_ARG(me->failed->say));
		arena_free(&me->arena);
	}
	return failed;
}

static void add_region(struct buf *b, int region)
{
	if (region >= 0)
		buf_fmt(b, "Region %d", region + 1);
	buf_char(b, ',');
}

/* The invented state is a strip of counties laid in rows that turn at their ends, so each borders the next and the
 * one below. The county that belongs to no region lies in Region 5 and cuts a piece off. */
static void add_borders(struct buf *b, const struct demo_world *w, int i)
{
	enum { ROW = 10 };
	if (i + 1 < WORLD_COUNTIES)
		buf_str(b, w->counties[i + 1].name);
	if (i + ROW < WORLD_COUNTIES) {
		buf_char(b, ';');
		buf_str(b, w->counties[i + ROW].name);
	}
}

static err_t write_regions(struct arena *a, const struct demo_world *w, struct str folder)
{
	struct buf b = buf_new(a, REGIONS_MAX);
	buf_lit(&b, "region,county,project_id,borders\r\n");
	for (int i = 0; i < WORLD_COUNTIES; i++) {
		add_region(&b, w->counties[i].region);
		buf_str(&b, w->counties[i].name);
		buf_lit(&b, ",,");
		add_borders(&b, w, i);
		buf_lit(&b, "\r\n");
	}
	for (int i = 0; i < w->projects_n; i++) {
		const struct demo_project *p = &w->projects[i];
		if (p->county < 0)
			continue;
		add_region(&b, w->counties[p->county].region);
		buf_str(&b, w->counties[p->county].name);
		buf_char(&b, ',');
		buf_str(&b, p->id);
		buf_lit(&b, ",\r\n");
	}
	struct str text = buf_text(&b);
	struct str path = str_fmt(a, "%.*s/regions.csv", STR_ARG(folder));
	int fd = open(str_c(a, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return err_new(a, errno == EEXIST ? ERR_CONFLICT : ERR_INVALID, "%.*s cannot be created: %s.",
			       STR_ARG(path), strerror(errno));
	bool written = write(fd, text.p, text.n) == (ssize_t)text.n;
	if (close(fd) != 0 || !written)
		return err_new(a, ERR_INVALID, "%.*s could not be written.", STR_ARG(path));
	return NULL;
}

static err_t check_options(struct arena *a, const struct demo_options *o)
{
	if (o->people < 1 || o->people > DEMO_PEOPLE_MAX)
		return err_new(a, ERR_INVALID, "The number of people must be 1 to %d.", DEMO_PEOPLE_MAX);
	if (o->months_later < 0 || o->months_later > DEMO_MONTHS_MAX)
		return err_new(a, ERR_INVALID, "The months must be 0 to %d.", DEMO_MONTHS_MAX);
	if (o->changed_permille < 0 || o->changed_permille > 1000)
		return err_new(a, ERR_INVALID, "The changed households must be 0 to 100 percent.");
	if (o->threads < 0 || o->threads > THREADS_MAX)
		return err_new(a, ERR_INVALID, "The threads must be 1 to %d.", THREADS_MAX);
	if (!day_known(o->today) || day_to_ymd(o->today).year < 2000)
		return err_new(a, ERR_INVALID, "The day of the export must be 2000-01-01 or later.");
	if (mkdir(str_c(a, o->folder), 0755) != 0 && errno != EEXIST)
		return err_new(a, ERR_INVALID, "%.*s cannot be created: %s.", STR_ARG(o->folder), strerror(errno));
	return NULL;
}

static struct day months_after(struct day d, int months)
{
	struct ymd from = day_to_ymd(d);
	struct day first = month_first(day_month(d) + months);
	struct day last = month_last(day_month(d) + months);
	return day_min(day_add(first, from.day - 1), last);
}

err_t demo_write(struct arena *a, const struct demo_options *o, const struct demo_progress *progress,
		 struct demo_made *out)
{
	TRY(check_options(a, o));
	struct day today = months_after(o->today, o->months_later);
	struct ymd y = day_to_ymd(today);
	struct work w = {
		.view = {.world = demo_world_make(a),
			 .seed = o->seed,
			 .world_day = o->today,
			 .today = today,
			 .touched_permille = o->changed_permille,
			 .export_id = str_fmt(a, "D%02d%02d%02d%s", y.year % 100, y.month, y.day,
					      o->changed_permille > 0 ? "B" : "A")},
		.folder = o->folder,
		.progress = progress,
		.telling = PTHREAD_MUTEX_INITIALIZER,
	};
	count_households(o->seed, o->people, &w.made);
	while (o->months_later > 0 && newcomer_day(&w, w.made.newcomers).n <= today.n)
		w.made.newcomers++;
	TRY(work_together(a, &w, o->threads > 0 ? o->threads : THREADS_DEFAULT));
	TRY(write_regions(a, w.view.world, o->folder));
	*out = w.made;
	return NULL;
}
