/* CHTime, CHTimeStatus and every homeless episode against what HUD's reference code computes.
 *
 *     chronic EXPORT_DIR ENROLLMENTS_CSV PERSONS_CSV EPISODES_CSV
 *
 * Reads an export and reference tables in the layout of the sample's: enrollments as the reference code
 * cleaned them (its input), people with their last active day and the answers, and the episodes. What the
 * cleaned enrollments do not hold (the answers at entry, bed nights) comes from the export. Prints how many
 * agree, then the first differences. Exit 0: all agree; 1: some do not; otherwise the tables cannot be read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/chtime.h"
#include "table.h"

enum { DIFFERENCES = 20, MEMORY = 4 << 20, RAPID_SERVICES_ONLY = 15, BED_NIGHT = 200 };

enum { E_PERSON, E_ID, E_TYPE, E_ENTRY, E_MOVE_IN, E_EXIT };
static const char *const enrollment_columns[] = {
	"PersonalID", "EnrollmentID", "LSAProjectType", "EntryDate", "MoveInDate", "ExitDate", NULL};
enum { P_PERSON, P_HOH_ADULT, P_LAST, P_TIME, P_STATUS };
static const char *const person_columns[] = {"PersonalID", "HoHAdult", "LastActive", "CHTime", "CHTimeStatus", NULL};
enum { X_PERSON, X_START, X_END, X_DAYS };
static const char *const episode_columns[] = {"PersonalID", "episodeStart", "episodeEnd", "episodeDays", NULL};
enum { R_ID, R_LIVING, R_LOS, R_BEFORE, R_STREET, R_TIMES, R_MONTHS };
static const char *const raw_columns[] = {"EnrollmentID",
					  "LivingSituation",
					  "LengthOfStay",
					  "PreviousStreetESSH",
					  "DateToStreetESSH",
					  "TimesHomelessPastThreeYears",
					  "MonthsHomelessPastThreeYears",
					  NULL};
enum { S_ID, S_RECORD, S_DAY, S_DELETED };
static const char *const service_columns[] = {"EnrollmentID", "RecordType", "DateProvided", "DateDeleted", NULL};

struct oracle {
	struct arena *arena;
	struct table enrollments, persons, episodes, raw, services;
	struct arena *scratch; /* of one person */
	size_t people, people_agree, lists, lists_agree;
	size_t differences;
	char *told[DIFFERENCES];
};

static void differ(struct oracle *o, struct str said)
{
	if (o->differences++ < DIFFERENCES)
		o->told[o->differences - 1] = strndup(said.p, said.n);
}

/* Bed nights of an enrollment; they need no order. */
static err_t nights_of(struct oracle *o, struct str enrollment, struct night_stay *s)
{
	const struct table *t = &o->services;
	size_t first;
	size_t end;
	table_find(t, enrollment, &first, &end);
	struct night_seen *seen = arena_many(o->scratch, end - first, struct night_seen);
	for (size_t i = first; i < end; i++) {
		int record;
		struct day day;
		TRY(table_int(t, t->rows[i].cells[S_RECORD], 0, &record));
		TRY(table_day(t, t->rows[i].cells[S_DAY], &day));
		if (record == BED_NIGHT && t->rows[i].cells[S_DELETED].n == 0 && day_known(day))
			seen[s->seen_n++] = night_seen(day, NIGHT_KIND_BED);
	}
	s->seen = seen;
	return NULL;
}

/* What was answered at entry. */
static err_t answers_of(struct oracle *o, struct str enrollment, struct night_stay *s)
{
	const struct table *t = &o->raw;
	size_t first;
	size_t end;
	table_find(t, enrollment, &first, &end);
	if (first == end)
		return err_new(o->arena, ERR_MISSING,
			       "The enrollment %.*s of %s is not in the export: give the export it was made from.",
			       STR_ARG(enrollment), o->enrollments.path);
	const struct str *c = t->rows[first].cells;
	TRY(table_int(t, c[R_LIVING], CODE_MISSING, &s->living));
	TRY(table_int(t, c[R_LOS], CODE_MISSING, &s->los));
	TRY(table_int(t, c[R_BEFORE], CODE_MISSING, &s->from_street));
	TRY(table_int(t, c[R_TIMES], CODE_MISSING, &s->times));
	TRY(table_int(t, c[R_MONTHS], CODE_MISSING, &s->months));
	return table_day(t, c[R_STREET], &s->said);
}

static err_t stay_of(struct oracle *o, const struct str *c, struct night_stay *s)
{
	const struct table *t = &o->enrollments;
	*s = (struct night_stay){.to_street = DAY_NONE};
	TRY(table_int(t, c[E_TYPE], PROJECT_OTHER, &s->type));
	if (s->type == RAPID_SERVICES_ONLY) /* the reference code's own number */
		s->type = PROJECT_RAPID;
	TRY(table_day(t, c[E_ENTRY], &s->entry));
	TRY(table_day(t, c[E_MOVE_IN], &s->move_in));
	TRY(table_day(t, c[E_EXIT], &s->exit));
	if (!day_known(s->entry))
		return err_new(o->arena, ERR_INVALID, "%s: the enrollment %.*s has no EntryDate.", t->path,
			       STR_ARG(c[E_ID]));
	TRY(answers_of(o, c[E_ID], s));
	return s->type == PROJECT_NIGHT_SHELTER ? nights_of(o, c[E_ID], s) : NULL;
}

static struct str spans_text(struct arena *a, const struct span *of, size_t n)
{
	struct str all = S("none");
	for (size_t i = 0; i < n; i++) {
		char first[DAY_TEXT];
		char last[DAY_TEXT];
		all = str_fmt(a, "%.*s%s%s to %s", i > 0 ? (int)all.n : 0, all.p, i > 0 ? ", " : "",
			      day_text(of[i].first, first), day_text(of[i].last, last));
	}
	return all;
}

static int compare_spans(const void *x, const void *y)
{
	return ((const struct span *)x)->first.n - ((const struct span *)y)->first.n;
}

/* The reference's episodes, by their start. */
static err_t episodes_of(struct oracle *o, struct str person, struct spans *out)
{
	const struct table *t = &o->episodes;
	size_t first;
	size_t end;
	table_find(t, person, &first, &end);
	for (size_t i = first; i < end; i++) {
		struct span s;
		int days;
		TRY(table_day(t, t->rows[i].cells[X_START], &s.first));
		TRY(table_day(t, t->rows[i].cells[X_END], &s.last));
		TRY(table_int(t, t->rows[i].cells[X_DAYS], 0, &days));
		if (!day_known(s.first) || !day_known(s.last) || day_diff(s.first, s.last) + 1 != days)
			return err_new(o->arena, ERR_INVALID,
				       "%s: an episode of %.*s does not have as many days as it says.", t->path,
				       STR_ARG(person));
		spans_add(o->scratch, out, s.first, s.last);
	}
	if (out->n > 1)
		qsort(out->of, out->n, sizeof *out->of, compare_spans);
	return NULL;
}

static bool same_spans(const struct spans *a, const struct spans *b)
{
	bool same = a->n == b->n;
	for (size_t i = 0; same && i < a->n; i++)
		same = a->of[i].first.n == b->of[i].first.n && a->of[i].last.n == b->of[i].last.n;
	return same;
}

static err_t compare_lists(struct oracle *o, struct str person, const struct spans *got)
{
	struct spans want = {0};
	TRY(episodes_of(o, person, &want));
	if (want.n == 0 && got->n == 0)
		return NULL;
	o->lists++;
	if (same_spans(got, &want)) {
		o->lists_agree++;
		return NULL;
	}
	struct str ours = spans_text(o->scratch, got->of, got->n);
	struct str theirs = spans_text(o->scratch, want.of, want.n);
	differ(o, str_fmt(o->scratch, "%.*s: episodes %.*s; expected %.*s", STR_ARG(person), STR_ARG(ours),
			  STR_ARG(theirs)));
	return NULL;
}

static err_t compare_person(struct oracle *o, const struct str *c)
{
	const struct table *t = &o->persons;
	int counts;
	int time;
	int status;
	struct day last;
	size_t first;
	size_t end;
	TRY(table_int(t, c[P_HOH_ADULT], 0, &counts));
	TRY(table_int(t, c[P_TIME], 0, &time));
	TRY(table_int(t, c[P_STATUS], 0, &status));
	TRY(table_day(t, c[P_LAST], &last));
	if (counts > 0 && !day_known(last))
		return err_new(o->arena, ERR_INVALID, "%s: %.*s has no LastActive.", t->path, STR_ARG(c[P_PERSON]));
	table_find(&o->enrollments, c[P_PERSON], &first, &end);
	struct night_stay *stays = arena_many(o->scratch, end - first, struct night_stay);
	for (size_t i = first; i < end; i++)
		TRY(stay_of(o, o->enrollments.rows[i].cells, &stays[i - first]));
	struct chtime got;
	chtime_work(o->scratch, stays, end - first, day_known(last) ? last : DAY_FIRST, counts > 0, &got);
	o->people++;
	if (got.time == time && got.status == status)
		o->people_agree++;
	else
		differ(o, str_fmt(o->scratch, "%.*s: CHTime %d, CHTimeStatus %d; expected %d, %d", STR_ARG(c[P_PERSON]),
				  got.time, got.status, time, status));
	return compare_lists(o, c[P_PERSON], &got.episodes);
}

static err_t compare_all(struct oracle *o)
{
	for (size_t i = 0; i < o->persons.n; i++) {
		TRY(compare_person(o, o->persons.rows[i].cells));
		arena_reset(o->scratch);
	}
	for (size_t i = 0; i < o->episodes.n; i++) {
		struct str person = o->episodes.rows[i].cells[X_PERSON];
		size_t first;
		size_t end;
		table_find(&o->persons, person, &first, &end);
		if (first == end && (i == 0 || !str_eq(person, o->episodes.rows[i - 1].cells[X_PERSON]))) {
			o->lists++;
			differ(o, str_fmt(o->scratch, "%.*s has episodes but is not in %s", STR_ARG(person),
					  o->persons.path));
		}
	}
	return NULL;
}

static err_t run(struct oracle *o, char **argv)
{
	struct str folder = str_from(argv[1]);
	const char *raw = str_c(o->arena, str_fmt(o->arena, "%.*s/Enrollment.csv", STR_ARG(folder)));
	const char *services = str_c(o->arena, str_fmt(o->arena, "%.*s/Services.csv", STR_ARG(folder)));
	TRY(table_read(o->arena, argv[2], enrollment_columns, &o->enrollments));
	TRY(table_read(o->arena, argv[3], person_columns, &o->persons));
	TRY(table_read(o->arena, argv[4], episode_columns, &o->episodes));
	TRY(table_read(o->arena, raw, raw_columns, &o->raw));
	TRY(table_read(o->arena, services, service_columns, &o->services));
	return compare_all(o);
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fputs("usage: chronic EXPORT_DIR ENROLLMENTS_CSV PERSONS_CSV EPISODES_CSV\n", stderr);
		return ERR_INVALID;
	}
	struct oracle o = {.arena = arena_new("tables", (size_t)MEMORY << 10),
			   .scratch = arena_new("a person", MEMORY)};
	err_t e = run(&o, argv);
	if (e != NULL) {
		struct str why = err_describe(o.arena, e);
		fprintf(stderr, "%.*s\n", STR_ARG(why));
	} else {
		printf("%zu of %zu people agree, %zu of %zu episode lists agree\n", o.people_agree, o.people,
		       o.lists_agree, o.lists);
		for (size_t i = 0; i < o.differences && i < DIFFERENCES; i++)
			puts(o.told[i]);
		if (o.differences > DIFFERENCES)
			printf("and %zu more\n", o.differences - DIFFERENCES);
	}
	int status = e != NULL ? err_exit_code(e->class) : o.differences > 0;
	for (size_t i = 0; i < DIFFERENCES; i++)
		free(o.told[i]);
	arena_free(&o.scratch);
	arena_free(&o.arena);
	return status;
}
