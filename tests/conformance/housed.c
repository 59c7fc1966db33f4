/* Move-ins, housed days and shelter days of households against what HUD's reference code computes.
 *
 *     housed EXPORT_DIR ENROLLMENTS_CSV HOUSEHOLDS_CSV HOUSEHOLD_DAYS_CSV LAST_DAY
 *
 * Reads an export and reference tables in the layout of the sample's, for the report year that ends on LAST_DAY.
 * From the export as it is:
 *
 *   move-ins       of every member in permanent housing, by the rule of the household (domain/household.h)
 *   housed days    of every head: in rapid rehousing and in supportive housing (domain/nights.h), since seven
 *                  years before the report year; a day in both is one of supportive housing
 *
 * From enrollments as the reference code cleaned them, of heads whose household had one type all the time:
 *
 *   stretches      the days on which the household was in the system, joined as nights are, and their beginning
 *   shelter days   in that stretch, without those housed or in transitional housing
 *
 * In the sample all move-ins and housed days agree, and all of the others but the stretches of one household and the
 * shelter days of another, whose heads had been in shelter in a household of another type before: the reference keeps
 * the two apart, and its tables name the later one alone.
 *
 * The reference counts rapid rehousing that gives services only (RRHSubType 1) apart, and not as housed days; for the
 * list these households are housed. Here they are left out. Housing that ended before the report year takes no shelter
 * days away there, and therefore none here; in nights.h it does: whoever has a home has no night without one. Days in
 * housing before the move-in are not compared: the reference counts all of them, nights.h those of people who came from
 * homelessness. Neither are days in transitional housing and self-reported ones, which the reports add up and which
 * here are no nights without a home, or are counted by chtime.h.
 *
 * Prints how many agree, then the first differences. Exit 0: all agree; 1: some do not; otherwise the tables cannot be
 * read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/household.h"
#include "domain/nights.h"
#include "table.h"

enum { DIFFERENCES = 20, MEMORY = 4 << 20, BED_NIGHT = 200, SERVICES_ONLY = 1, RAPID_SERVICES_ONLY = 15 };
enum { REPORT_YEARS = 1, REPORT_LOOKBACK = 7, PADDING = NIGHTS_APART - 1 };

enum { R_KEY, R_ID, R_PROJECT, R_RELATION, R_ENTRY, R_MOVE_IN, R_DELETED };
static const char *const by_person[] = {"PersonalID", "EnrollmentID", "ProjectID",   "RelationshipToHoH",
					"EntryDate",  "MoveInDate",   "DateDeleted", NULL};
static const char *const by_household[] = {"HouseholdID", "EnrollmentID", "ProjectID",   "RelationshipToHoH",
					   "EntryDate",   "MoveInDate",   "DateDeleted", NULL};
static const char *const by_id[] = {"EnrollmentID", "EnrollmentID", "ProjectID",   "RelationshipToHoH",
				    "EntryDate",    "MoveInDate",   "DateDeleted", NULL};
enum { X_ID, X_DAY, X_DELETED };
static const char *const exit_columns[] = {"EnrollmentID", "ExitDate", "DateDeleted", NULL};
enum { P_ID, P_TYPE, P_SUB_TYPE };
static const char *const project_columns[] = {"ProjectID", "ProjectType", "RRHSubType", NULL};
enum { S_ID, S_RECORD, S_DAY, S_DELETED };
static const char *const service_columns[] = {"EnrollmentID", "RecordType", "DateProvided", "DateDeleted", NULL};
enum { E_PERSON, E_ID, E_HOUSEHOLD, E_RELATION, E_TYPE, E_ENTRY, E_MOVE_IN, E_EXIT, E_ACTIVE };
static const char *const enrollment_columns[] = {
	"PersonalID", "EnrollmentID", "HouseholdID", "RelationshipToHoH", "LSAProjectType", "EntryDate", "MoveInDate",
	"ExitDate",   "Active",       NULL};
enum { H_HEAD, H_FIRST, H_INACTIVE, H_SHELTER, H_RAPID, H_SUPPORTIVE };
static const char *const household_columns[] = {
	"HoHID", "FirstEntry", "LastInactive", "ESDays", "RRHHousedDays", "PSHHousedDays", NULL};
enum { D_HEAD, D_START, D_END };
static const char *const day_columns[] = {"HoHID", "StartDate", "EndDate", NULL};

struct tally {
	size_t agree, all;
};

struct oracle {
	struct arena *arena;
	struct arena *scratch; /* of one household */
	struct day start, end; /* of the report year */
	struct day back;       /* the first day that is looked at */
	struct table persons, groups, ids, exits, projects, services, enrollments, households, days;
	struct tally moves, housed, stretches, shelter;
	size_t differences;
	char *told[DIFFERENCES];
};

static void judge(struct oracle *o, struct tally *t, bool agrees, struct str said)
{
	t->all++;
	t->agree += agrees;
	if (!agrees && o->differences++ < DIFFERENCES)
		o->told[o->differences - 1] = strndup(said.p, said.n);
}

/* ---- the export as it is ---- */

static err_t exit_of(struct oracle *o, struct str enrollment, struct day *out)
{
	const struct table *t = &o->exits;
	size_t first;
	size_t end;
	table_find(t, enrollment, &first, &end);
	*out = DAY_NONE;
	for (size_t i = first; i < end; i++)
		if (t->rows[i].cells[X_DELETED].n == 0)
			TRY(table_day(t, t->rows[i].cells[X_DAY], out));
	return NULL;
}

/* The type of the enrollment's project; services only is a number of its own. */
static err_t type_of(struct oracle *o, struct str project, int *out)
{
	const struct table *t = &o->projects;
	int sub;
	size_t first;
	size_t end;
	table_find(t, project, &first, &end);
	*out = PROJECT_OTHER;
	if (first == end)
		return NULL;
	TRY(table_int(t, t->rows[first].cells[P_TYPE], PROJECT_OTHER, out));
	TRY(table_int(t, t->rows[first].cells[P_SUB_TYPE], 0, &sub));
	if (*out == PROJECT_RAPID && sub == SERVICES_ONLY)
		*out = RAPID_SERVICES_ONLY;
	return NULL;
}

/* A stay of the export, its move-in already valid. */
static err_t stay_of(struct oracle *o, const struct table *t, const struct str *c, int type, struct household_stay *s)
{
	*s = (struct household_stay){.birth = DAY_NONE, .to_street = DAY_NONE};
	TRY(table_day(t, c[R_ENTRY], &s->entry));
	TRY(table_day(t, c[R_MOVE_IN], &s->move_in));
	TRY(exit_of(o, c[R_ID], &s->exit));
	s->move_in = household_move_in_valid(type == RAPID_SERVICES_ONLY ? PROJECT_RAPID : type, s, o->end);
	return NULL;
}

static bool is_head(const struct str *c)
{
	return str_eq(c[R_RELATION], S("1")) && c[R_DELETED].n == 0;
}

/* The head's stay in the household stay; the member's own where there is none. */
static err_t head_of(struct oracle *o, struct str household, int type, struct household_stay *s)
{
	size_t first;
	size_t end;
	table_find(&o->groups, household, &first, &end);
	for (size_t i = first; i < end; i++)
		if (is_head(o->groups.rows[i].cells))
			return stay_of(o, &o->groups, o->groups.rows[i].cells, type, s);
	return NULL;
}

static err_t compare_move_in(struct oracle *o, const struct str *c)
{
	const struct table *t = &o->enrollments;
	int type;
	struct day want;
	size_t first;
	size_t end;
	TRY(table_int(t, c[E_TYPE], PROJECT_OTHER, &type));
	TRY(table_day(t, c[E_MOVE_IN], &want));
	if (type != PROJECT_RAPID && type != PROJECT_SUPPORTIVE && type != RAPID_SERVICES_ONLY)
		return NULL;
	table_find(&o->ids, c[E_ID], &first, &end);
	if (first == end)
		return err_new(o->arena, ERR_MISSING,
			       "The enrollment %.*s of %s is not in the export: give the export it was made from.",
			       STR_ARG(c[E_ID]), t->path);
	struct household_stay own;
	TRY(stay_of(o, &o->ids, o->ids.rows[first].cells, type, &own));
	struct household_stay head = own;
	TRY(head_of(o, c[E_HOUSEHOLD], type, &head));
	struct day got = household_move_in(&own, &head);
	char ours[DAY_TEXT];
	char theirs[DAY_TEXT];
	judge(o, &o->moves, got.n == want.n,
	      str_fmt(o->scratch, "%.*s: move-in %s; expected %s", STR_ARG(c[E_ID]),
		      day_known(got) ? day_text(got, ours) : "none",
		      day_known(want) ? day_text(want, theirs) : "none"));
	return NULL;
}

/* The head's stays in housing that reach into the report year: supportive first, *supportive of *n. */
static err_t housing_of(struct oracle *o, struct str head, struct night_stay **out, size_t *supportive, size_t *n)
{
	static const int types[] = {PROJECT_SUPPORTIVE, PROJECT_RAPID};
	const struct table *t = &o->persons;
	size_t first;
	size_t end;
	table_find(t, head, &first, &end);
	*out = arena_many(o->scratch, 2 * (end - first), struct night_stay);
	*n = 0;
	for (size_t k = 0; k < sizeof types / sizeof types[0]; k++) {
		*supportive = k == 0 ? 0 : *supportive;
		for (size_t i = first; i < end; i++) {
			const struct str *c = t->rows[i].cells;
			struct household_stay s;
			int type;
			TRY(type_of(o, c[R_PROJECT], &type));
			if (!is_head(c) || type != types[k])
				continue;
			TRY(stay_of(o, t, c, type, &s));
			if (day_known(s.exit) && s.exit.n < o->start.n)
				continue;
			(*out)[(*n)++] = (struct night_stay){.type = type,
							     .entry = s.entry,
							     .exit = s.exit,
							     .move_in = s.move_in,
							     .to_street = DAY_NONE,
							     .living = CODE_MISSING};
			*supportive += k == 0;
		}
	}
	return NULL;
}

static int housed_nights(struct oracle *o, const struct night_stay *stays, size_t n)
{
	struct nights nights;
	nights_work(o->scratch, stays, n, o->end, &nights);
	return spans_nights(&nights.housed, o->back, o->end);
}

/* Rows first to before end of the households are of one head, one for each type that the household had. */
static err_t compare_housed(struct oracle *o, struct str head, size_t first, size_t end)
{
	const struct table *t = &o->households;
	int want_rapid = 0;
	int want_supportive = 0;
	struct night_stay *stays;
	size_t supportive_n;
	size_t n;
	for (size_t i = first; i < end; i++) {
		int rapid;
		int supportive;
		TRY(table_int(t, t->rows[i].cells[H_RAPID], 0, &rapid));
		TRY(table_int(t, t->rows[i].cells[H_SUPPORTIVE], 0, &supportive));
		want_rapid += rapid;
		want_supportive += supportive;
	}
	TRY(housing_of(o, head, &stays, &supportive_n, &n));
	int supportive = housed_nights(o, stays, supportive_n);
	int rapid = housed_nights(o, stays, n) - supportive;
	judge(o, &o->housed, rapid == want_rapid && supportive == want_supportive,
	      str_fmt(o->scratch, "%.*s: housed %d days rapidly, %d with support; expected %d, %d", STR_ARG(head),
		      rapid, supportive, want_rapid, want_supportive));
	return NULL;
}

/* ---- enrollments as they were cleaned ---- */

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

/* The head's stays; in_use leaves out those that neither were active in the report year nor ended before it. */
static err_t cleaned_of(struct oracle *o, struct str head, struct night_stay **out, bool **in_use, size_t *n)
{
	const struct table *t = &o->enrollments;
	size_t first;
	size_t end;
	table_find(t, head, &first, &end);
	*out = arena_many(o->scratch, end - first, struct night_stay);
	*in_use = arena_many(o->scratch, end - first, bool);
	*n = 0;
	for (size_t i = first; i < end; i++) {
		const struct str *c = t->rows[i].cells;
		struct night_stay *s = &(*out)[*n];
		if (!str_eq(c[E_RELATION], S("1")))
			continue;
		*s = (struct night_stay){.to_street = DAY_NONE, .living = CODE_MISSING};
		TRY(table_int(t, c[E_TYPE], PROJECT_OTHER, &s->type));
		TRY(table_day(t, c[E_ENTRY], &s->entry));
		TRY(table_day(t, c[E_MOVE_IN], &s->move_in));
		TRY(table_day(t, c[E_EXIT], &s->exit));
		if (s->type == PROJECT_NIGHT_SHELTER)
			TRY(nights_of(o, c[E_ID], s));
		bool active = str_eq(c[E_ACTIVE], S("1"));
		bool over = day_known(s->exit) && s->exit.n < o->start.n;
		if (!active)
			s->move_in = DAY_NONE;
		(*in_use)[(*n)++] = active || over;
	}
	return NULL;
}

/* When the household was in the system: entry to exit, and bed nights alone where these are kept. */
static void use_of(struct oracle *o, const struct night_stay *stays, const bool *in_use, size_t n, struct spans *out)
{
	for (size_t i = 0; i < n; i++) {
		const struct night_stay *s = &stays[i];
		struct day last = night_last(s, o->end);
		if (in_use[i] && s->type != PROJECT_NIGHT_SHELTER)
			spans_add(o->scratch, out, s->entry, day_known(s->exit) ? s->exit : o->end);
		for (size_t k = 0; in_use[i] && s->type == PROJECT_NIGHT_SHELTER && k < s->seen_n; k++) {
			struct day night = night_day(s->seen[k]);
			if (night.n >= s->entry.n && night.n >= o->back.n && night.n <= last.n)
				spans_add(o->scratch, out, night, night);
		}
	}
	spans_settle(out);
	spans_bridge(out, NIGHTS_APART);
}

/* The reference's days of use reach six days past each end, where ours are joined over them; it has such days for
 * households alone that were in the system before the stretch of the report year. */
static err_t compare_use(struct oracle *o, const struct str *c, const struct spans *use, struct day *inactive)
{
	const struct table *t = &o->days;
	struct day want;
	struct day entry;
	size_t first;
	size_t end;
	struct spans theirs = {0};
	TRY(table_day(&o->households, c[H_INACTIVE], &want));
	TRY(table_day(&o->households, c[H_FIRST], &entry));
	*inactive = want;
	table_find(t, c[H_HEAD], &first, &end);
	if (first == end)
		return NULL;
	for (size_t i = first; i < end; i++) {
		struct span s;
		TRY(table_day(t, t->rows[i].cells[D_START], &s.first));
		TRY(table_day(t, t->rows[i].cells[D_END], &s.last));
		spans_add(o->scratch, &theirs, s.first, s.last);
	}
	spans_settle(&theirs);
	bool same = theirs.n == use->n;
	struct day got = DAY_NONE;
	for (size_t i = 0; i < use->n; i++) {
		struct day last = day_add(use->of[i].last, PADDING);
		if (last.n > o->end.n)
			last = o->end;
		same = same && use->of[i].first.n == theirs.of[i].first.n && last.n == theirs.of[i].last.n;
		if (use->of[i].first.n <= entry.n)
			got = day_max(day_add(use->of[i].first, -1), day_add(o->back, -1));
	}
	char ours[DAY_TEXT];
	char their[DAY_TEXT];
	judge(o, &o->stretches, same && got.n == want.n,
	      str_fmt(o->scratch, "%.*s: in the system in %zu stretches, the last after %s; expected %zu, %s",
		      STR_ARG(c[H_HEAD]), use->n, day_known(got) ? day_text(got, ours) : "none", theirs.n,
		      day_text(want, their)));
	return NULL;
}

static err_t compare_household(struct oracle *o, const struct str *c)
{
	struct night_stay *stays;
	bool *in_use;
	size_t n;
	struct day inactive;
	struct spans use = {0};
	struct nights nights;
	int want;
	TRY(table_int(&o->households, c[H_SHELTER], 0, &want));
	TRY(cleaned_of(o, c[H_HEAD], &stays, &in_use, &n));
	use_of(o, stays, in_use, n, &use);
	TRY(compare_use(o, c, &use, &inactive));
	nights_work(o->scratch, stays, n, o->end, &nights);
	int got = spans_nights(&nights.recorded, day_max(o->back, day_add(inactive, 1)), o->end);
	judge(o, &o->shelter, got == want,
	      str_fmt(o->scratch, "%.*s: %d shelter days; expected %d", STR_ARG(c[H_HEAD]), got, want));
	return NULL;
}

static err_t compare_all(struct oracle *o)
{
	for (size_t i = 0; i < o->enrollments.n; i++) {
		TRY(compare_move_in(o, o->enrollments.rows[i].cells));
		arena_reset(o->scratch);
	}
	size_t next;
	for (size_t i = 0; i < o->households.n; i = next) {
		const struct str *c = o->households.rows[i].cells;
		for (next = i + 1; next < o->households.n; next++)
			if (!str_eq(o->households.rows[next].cells[H_HEAD], c[H_HEAD]))
				break;
		TRY(compare_housed(o, c[H_HEAD], i, next));
		if (next == i + 1)
			TRY(compare_household(o, c));
		arena_reset(o->scratch);
	}
	return NULL;
}

static err_t read_export(struct oracle *o, struct str folder)
{
	const struct {
		const char *file;
		const char *const *columns;
		struct table *to;
	} files[] = {
		{"Enrollment.csv", by_person, &o->persons},
		{"Enrollment.csv", by_household, &o->groups},
		{"Enrollment.csv", by_id, &o->ids},
		{"Exit.csv", exit_columns, &o->exits},
		{"Project.csv", project_columns, &o->projects},
		{"Services.csv", service_columns, &o->services},
	};
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct str path = str_fmt(o->arena, "%.*s/%s", STR_ARG(folder), files[i].file);
		TRY(table_read(o->arena, str_c(o->arena, path), files[i].columns, files[i].to));
	}
	return NULL;
}

static err_t run(struct oracle *o, char **argv)
{
	if (!day_parse(str_from(argv[5]), &o->end))
		return err_new(o->arena, ERR_INVALID, "\"%s\" is not a date; dates are written 2026-11-21.", argv[5]);
	o->start = day_add(day_add_years(o->end, -REPORT_YEARS), 1);
	o->back = day_add_years(o->start, -REPORT_LOOKBACK);
	TRY(table_read(o->arena, argv[2], enrollment_columns, &o->enrollments));
	TRY(table_read(o->arena, argv[3], household_columns, &o->households));
	TRY(table_read(o->arena, argv[4], day_columns, &o->days));
	TRY(read_export(o, str_from(argv[1])));
	return compare_all(o);
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fputs("usage: housed EXPORT_DIR ENROLLMENTS_CSV HOUSEHOLDS_CSV HOUSEHOLD_DAYS_CSV LAST_DAY\n", stderr);
		return ERR_INVALID;
	}
	struct oracle o = {.arena = arena_new("tables", (size_t)MEMORY << 10),
			   .scratch = arena_new("a household", MEMORY)};
	err_t e = run(&o, argv);
	if (e != NULL) {
		struct str why = err_describe(o.arena, e);
		fprintf(stderr, "%.*s\n", STR_ARG(why));
	} else {
		printf("%zu of %zu move-ins, %zu of %zu households' housed days, %zu of %zu stretches, "
		       "%zu of %zu shelter days agree\n",
		       o.moves.agree, o.moves.all, o.housed.agree, o.housed.all, o.stretches.agree, o.stretches.all,
		       o.shelter.agree, o.shelter.all);
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
