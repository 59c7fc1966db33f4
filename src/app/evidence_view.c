/* What people see of the twelve boxes: the grid, its sources in words, papers and tasks. */
#include "app/evidence.h"

#include "app/household_roster.h"
#include "app/joined.h"
#include "app/law.h"
#include "base/buf.h"
#include "store/q_agency.h"
#include "store/q_evidence.h"
#include "store/seal.h"

enum { WORDS_MOST = 16384, MONTHS_OF_YEAR = 12, NAMED_MOST = 6, MINE_MOST = 50 };

/* Something that evidences months, or an agency that was in touch; bit k is the k-th month before the latest. */
struct source {
	enum evidence kind;
	uint64_t months;
	struct str who;
};

struct sources {
	struct source *all;
	size_t n;
	size_t room;
};

struct work {
	struct call *call;
	struct str household_id;
	struct evidence_view *view;
	struct roster_fill *fill;
	struct q_agencies *agencies;
	size_t agencies_n;
	int32_t latest;          /* the first of the 36 */
	struct sources evidence; /* by whom and how */
	struct sources touch;    /* which agency could attest */
};

static struct sources sources_new(struct arena *a, size_t room)
{
	return (struct sources){.all = arena_many(a, room, struct source), .room = room};
}

/* Adds the months to a source of the same kind and name, or a new one. */
static void sources_add(struct sources *s, enum evidence kind, struct str who, uint64_t months)
{
	if (months == 0)
		return;
	for (size_t i = 0; i < s->n; i++)
		if (s->all[i].kind == kind && str_eq(s->all[i].who, who)) {
			s->all[i].months |= months;
			return;
		}
	if (s->n < s->room)
		s->all[s->n++] = (struct source){kind, months, who};
}

static struct str sources_say(const struct sources *s, struct arena *a, int back)
{
	struct buf words = buf_new(a, WORDS_MOST);
	for (size_t i = 0; i < s->n; i++) {
		if ((s->all[i].months >> back & 1) == 0)
			continue;
		if (words.n > 0)
			buf_lit(&words, "; ");
		buf_str(&words, s->all[i].who);
	}
	return buf_text(&words);
}

/* The name of the agency that runs a project; empty where none does, or where that is a fact of its own. */
static struct str agency_of(const struct work *w, uint32_t project)
{
	uint32_t agency = w->fill->r->projects[project].agency;
	if (agency == ROSTER_NONE)
		return (struct str){0};
	for (size_t i = 0; i < w->agencies_n; i++)
		if (str_eq(w->agencies[i].id, w->fill->agencies[agency]) &&
		    law_may_name(w->call, w->agencies[i].law, w->agencies[i].id))
			return w->agencies[i].name;
	return (struct str){0};
}

/* The months from first to last as bits before the latest one. */
static uint64_t months_between(const struct work *w, int32_t first, int32_t last)
{
	uint64_t mask = 0;
	for (int k = 0; k < EVIDENCE_MONTHS; k++)
		if (w->latest - k >= first && w->latest - k <= last)
			mask |= (uint64_t)1 << k;
	return mask;
}

/* What the HMIS holds about the head. */
static void add_stays(struct work *w, struct arena *a, const struct standing_months *m, struct evidence_months *grid)
{
	const struct roster *r = w->fill->r;
	int32_t later = r->month - w->latest;
	uint64_t by_stays = 0;
	uint32_t first;
	uint32_t end;
	roster_stays(r, 0, &first, &end);
	for (uint32_t k = first; k < end && later < STANDING_REACH; k++) {
		const struct roster_stay *s = &r->stays[r->order[k]];
		uint64_t months = standing_stay_months(r, s) >> later & m->documented;
		enum evidence kind = evidence_of_project(roster_type(r, s));
		struct str agency = agency_of(w, s->project);
		by_stays |= months;
		evidence_add(grid, kind, months);
		struct str name = agency.n > 0 ? agency : S("A project");
		sources_add(&w->evidence, kind,
			    str_fmt(a, "%.*s, %s", STR_ARG(name),
				    kind == EVIDENCE_OBSERVED ? "outreach contact in the HMIS" : "record in the HMIS"),
			    months);
		if (agency.n > 0) {
			int32_t out = day_known(s->exit) ? day_month(s->exit) : w->latest;
			uint64_t there = months_between(w, day_month(s->entry), out);
			sources_add(&w->touch, EVIDENCE_BLANK, agency, there | months << 1 | months >> 1);
		}
	}
	uint64_t inside = m->documented & ~by_stays & ~m->on_paper;
	uint64_t said = m->reported & ~m->on_paper;
	evidence_add(grid, EVIDENCE_THIRD, inside);
	sources_add(&w->evidence, EVIDENCE_THIRD, S("A stay in an institution, by an exit in the HMIS"), inside);
	evidence_add(grid, EVIDENCE_SELF, said);
	sources_add(&w->evidence, EVIDENCE_SELF, S("Said at an entry, in the HMIS"), said);
	evidence_add(grid, EVIDENCE_BROKEN, m->broken);
	sources_add(&w->evidence, EVIDENCE_BROKEN, S("Housed or in transitional housing, by the HMIS"), m->broken);
}

static struct str by_and_when(struct arena *a, struct str name, struct instant at)
{
	char day[DAY_SAY];
	return str_fmt(a, "%.*s, %s", STR_ARG(name), day_say_date(instant_day(at), day));
}

static err_t open_words(const struct work *w, struct arena *a, const char *column, struct str id, struct str sealed,
			struct str *out)
{
	const struct pii *words;
	TRY(seal_open(a, w->call->app->keys, (struct seal_place){"evidence", column, id}, sealed, &words));
	*out = pii_reveal(words);
	return NULL;
}

static err_t open_paper(struct work *w, struct arena *a, const struct q_evidence_of *row, struct evidence_paper *p)
{
	struct str other;
	TRY(open_words(w, a, "by_whom", row->id, row->by_whom, &other));
	p->signer = row->agency.n > 0 && other.n > 0 ? str_fmt(a, "%.*s, %.*s", STR_ARG(row->agency), STR_ARG(other))
		    : row->agency.n > 0              ? row->agency
		    : other.n > 0                    ? other
						     : S("The person");
	return open_words(w, a, "kept", row->id, row->kept, &p->kept);
}

/* Of a paper for another record of the person, who may not read that record learns which months it documents. */
static err_t add_papers(struct work *w, struct db *db, struct arena *a, int64_t client_no, bool others,
			struct evidence_months *grid)
{
	struct evidence_view *v = w->view;
	struct q_evidence_of *rows;
	size_t n;
	TRY(q_evidence_of(db, a, client_no, &rows, &n));
	w->evidence = sources_new(a, n + 2 * (size_t)w->fill->r->stays_n + 3);
	v->papers = arena_many(a, n, struct evidence_paper);
	v->papers_n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct q_evidence_of *row = &rows[i];
		int32_t first = (int32_t)row->first_month;
		int32_t last = (int32_t)row->last_month;
		bool ended = instant_known(row->ended_at);
		struct evidence_paper p = {
			.id = row->id,
			.months = first == last ? evidence_month_say(a, first)
						: str_fmt(a, "%.*s to %.*s", STR_ARG(evidence_month_say(a, first)),
							  STR_ARG(evidence_month_say(a, last))),
			.signer = S("Another record of the person"),
			.dated = row->dated,
			.recorded = by_and_when(a, row->recorded_by, row->recorded_at),
			.withdrawn = ended ? by_and_when(a, row->ended_by, row->ended_at) : (struct str){0},
		};
		if (!evidence_parse(row->kind, &p.kind))
			return err_internal(a, "a paper of no kind");
		if (!row->other || others) {
			TRY(open_paper(w, a, row, &p));
			v->papers[v->papers_n++] = p;
		}
		if (ended)
			continue;
		uint64_t months = months_between(w, first, last);
		evidence_add(grid, p.kind, months);
		sources_add(&w->evidence, p.kind, str_fmt(a, "%.*s, paper on file", STR_ARG(p.signer)), months);
	}
	return NULL;
}

static const struct evidence_task *task_of(const struct evidence_view *v, int32_t month)
{
	for (size_t i = 0; i < v->tasks_n; i++)
		if (v->tasks[i].month_no == month)
			return &v->tasks[i];
	return NULL;
}

/* The years of the 36 months, the latest first, each with its twelve. */
static void fill_years(struct work *w, struct arena *a)
{
	struct evidence_view *v = w->view;
	int latest = w->latest / MONTHS_OF_YEAR;
	int oldest = (w->latest - EVIDENCE_MONTHS + 1) / MONTHS_OF_YEAR;
	v->years_n = (size_t)(latest - oldest + 1);
	v->years = arena_many(a, v->years_n, struct evidence_year);
	for (size_t i = 0; i < v->years_n; i++) {
		struct evidence_year *y = &v->years[i];
		y->year = latest - (int)i;
		y->months_n = MONTHS_OF_YEAR;
		y->months = arena_many(a, MONTHS_OF_YEAR, const struct evidence_month *);
		for (int32_t k = 0; k < MONTHS_OF_YEAR; k++) {
			int32_t back = w->latest - (y->year * MONTHS_OF_YEAR + k);
			y->months[k] = back >= 0 && back < EVIDENCE_MONTHS ? &v->months[back] : NULL;
		}
	}
}

static const char *number_say(int n)
{
	static const char *const words[] = {"No",    "One",   "Two",  "Three", "Four",   "Five",  "Six",
					    "Seven", "Eight", "Nine", "Ten",   "Eleven", "Twelve"};
	return words[n];
}

/* "March 2026, April 2026", the earliest first. */
static struct str months_say(struct arena *a, int32_t latest, uint64_t months)
{
	struct buf words = buf_new(a, WORDS_MOST);
	for (int k = EVIDENCE_MONTHS - 1; k >= 0; k--) {
		if ((months >> k & 1) == 0)
			continue;
		if (words.n > 0)
			buf_lit(&words, ", ");
		buf_str(&words, evidence_month_say(a, latest - k));
	}
	return buf_text(&words);
}

static struct str way_say(struct arena *a, const struct evidence_way *way, int32_t latest, const char *what)
{
	if (!way->possible)
		return str_fmt(a, "%s: what is known leaves no room for it.", what);
	if (way->missing == 0)
		return str_fmt(a, "%s: evidenced.", what);
	struct str own =
		way->own_word > 0
			? str_fmt(a, " Up to %d of them may rest on the person’s own signed word.", way->own_word)
			: S(" None of them may rest on the person’s own word alone: three do already.");
	struct str which = way->missing > NAMED_MOST
				   ? (struct str){0}
				   : str_fmt(a, ", %.*s", STR_ARG(months_say(a, latest, way->months)));
	return str_fmt(a, "%s: %d more %s to document%.*s.%.*s", what, way->missing,
		       way->missing == 1 ? "month" : "months", STR_ARG(which), STR_ARG(own));
}

static void fill_ways(struct work *w, struct arena *a, const struct evidence_months *grid)
{
	struct evidence_view *v = w->view;
	v->in_a_row = evidence_in_a_row(grid);
	v->on_occasions = evidence_on_occasions(grid);
	bool row =
		v->in_a_row.possible && (!v->on_occasions.possible || v->in_a_row.missing <= v->on_occasions.missing);
	const struct evidence_way *way = row ? &v->in_a_row : &v->on_occasions;
	v->full = way->possible && way->missing == 0;
	v->row_say = way_say(a, &v->in_a_row, w->latest, "12 months in a row");
	v->occasions_say = way_say(a, &v->on_occasions, w->latest, "12 months on 4 or more occasions in three years");
	v->headline = v->full          ? S("All twelve boxes are full")
		      : !way->possible ? S("Twelve months cannot be made from these 36")
				       : str_fmt(a, "%s %s from done", number_say(way->missing),
						 way->missing == 1 ? "letter" : "letters");
	v->months_n = EVIDENCE_MONTHS;
	v->months = arena_many(a, v->months_n, struct evidence_month);
	for (int e = 0; e < EVIDENCES_N; e++)
		v->counts[e] = evidence_count(grid, (enum evidence)e);
	for (int k = 0; k < EVIDENCE_MONTHS; k++) {
		struct evidence_month *m = &v->months[k];
		m->month = w->latest - k;
		m->say = evidence_month_say(a, m->month);
		m->value = evidence_month_text(a, m->month);
		m->is = evidence_of(grid, k);
		m->who = sources_say(&w->evidence, a, k);
		m->attest = sources_say(&w->touch, a, k);
		m->wanted = (way->months >> k & 1) != 0;
		m->task = task_of(v, m->month);
	}
}

/* Agencies that may have signed. One that serves victims is written, sealed, where it has to be named; so is one
 * that is a fact of its own (app/law.h). */
static void fill_agencies(struct work *w, struct arena *a)
{
	struct evidence_view *v = w->view;
	v->agencies = arena_many(a, w->agencies_n, struct evidence_choice);
	for (size_t i = 0; i < w->agencies_n; i++)
		if (!w->agencies[i].is_victim_service_provider && law_is_open(w->agencies[i].law))
			v->agencies[v->agencies_n++] = (struct evidence_choice){w->agencies[i].id, w->agencies[i].name};
}

err_t evidence_tasks(struct call *c, struct db *db, struct arena *a, const struct household_face *face,
		     struct evidence_task **out, size_t *n)
{
	struct q_evidence_tasks_of *rows;
	*n = 0;
	*out = NULL;
	if (!face->notes)
		return NULL;
	TRY(q_evidence_tasks_of(db, a, face->no, &rows, n));
	*out = arena_many(a, *n, struct evidence_task);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct evidence_task){
			.id = rows[i].id,
			.month = evidence_month_say(a, (int32_t)rows[i].month),
			.owner = rows[i].agency.n == 0
					 ? rows[i].owner
					 : str_fmt(a, "%.*s, %.*s", STR_ARG(rows[i].owner), STR_ARG(rows[i].agency)),
			.due = rows[i].due,
			.overdue = rows[i].due.n < c->today.n,
			.month_no = (int32_t)rows[i].month,
		};
	return NULL;
}

static err_t fill(struct work *w, struct db *db, struct arena *a)
{
	struct evidence_view *v = w->view;
	struct evidence_months grid = {0};
	struct standing_months months;
	int64_t client_no;
	bool others;
	TRY(evidence_head(db, a, v->face.no, &client_no));
	TRY(household_roster(w->call, db, a, v->face.no, NULL, &w->fill));
	TRY(q_agencies(db, a, &w->agencies, &w->agencies_n));
	TRY(evidence_tasks(w->call, db, a, &v->face, &v->tasks, &v->tasks_n));
	TRY(evidence_owners(w->call, db, a, v->face.no, &v->owners, &v->owners_n));
	const struct roster *r = w->fill->r;
	if (r->people_n == 0)
		return err_new(a, ERR_MISSING, "Nobody of this household is known any more.");
	standing_months(r, 0, &months);
	w->latest = months.month;
	w->touch = sources_new(a, (size_t)r->stays_n + 1);
	TRY(joined_shown(w->call, db, a, &v->face, &others));
	TRY(add_papers(w, db, a, client_no, others, &grid));
	add_stays(w, a, &months, &grid);
	fill_ways(w, a, &grid);
	fill_years(w, a);
	fill_agencies(w, a);
	v->as_of = r->as_of;
	v->kept = months.kept;
	v->disability = chronic_disability(r, 0);
	v->disability_paper = (r->people[0].bits & PERSON_DISABLED) != 0;
	TRY(disability_papers(w->call, db, a, client_no, others, &v->disabilities, &v->disabilities_n));
	v->verified = (r->people[0].bits & PERSON_VERIFIED) != 0;
	v->for_viewer = true;
	return NULL;
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	w->call->shown.n = 0;
	roster_fill_free(&w->fill); /* of a try before */
	*w->view = (struct evidence_view){0};
	TRY(evidence_face(w->call, db, a, w->household_id, &w->view->face));
	return w->view->face.notes ? fill(w, db, a) : NULL;
}

err_t app_evidence(struct call *c, struct str household_id, struct evidence_view *out)
{
	struct work w = {.call = c, .household_id = household_id, .view = out};
	err_t e = db_run(c->db, c->arena, DB_READ, load, &w);
	roster_fill_free(&w.fill);
	return e;
}

struct asking_mine {
	struct call *call;
	struct evidence_mine *mine;
	size_t n;
};

static err_t load_mine(struct db *db, struct arena *a, void *ctx)
{
	struct asking_mine *ask = ctx;
	struct q_evidence_tasks_of_owner *rows;
	size_t n;
	ask->n = 0;
	TRY(q_evidence_tasks_of_owner(db, a, ask->call->actor.id, MINE_MOST, &rows, &n));
	int64_t *nos = arena_many(a, n, int64_t);
	struct household_face *faces = arena_many(a, n, struct household_face);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(app_household_faces(ask->call, db, a, nos, n, faces));
	ask->mine = arena_many(a, n, struct evidence_mine);
	for (size_t i = 0; i < n; i++)
		if (faces[i].notes)
			ask->mine[ask->n++] = (struct evidence_mine){
				.face = faces[i],
				.month = evidence_month_say(a, (int32_t)rows[i].month),
				.due = rows[i].due,
				.overdue = rows[i].due.n < ask->call->today.n,
			};
	return NULL;
}

err_t app_evidence_mine(struct call *c, struct evidence_mine **out, size_t *n)
{
	struct asking_mine ask = {.call = c};
	if (c->actor.kind == ACTOR_USER)
		TRY(db_run(c->db, c->arena, DB_READ, load_mine, &ask));
	*out = ask.mine;
	*n = ask.n;
	return NULL;
}
