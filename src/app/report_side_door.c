/* The side door: entry by entry with what was asked and answered, and by agency. */
#include <stdlib.h>

#include "app/listing_code.h"
#include "app/meeting.h"
#include "app/report_inside.h"
#include "store/q_report.h"
#include "store/q_side_door.h"
#include "store/q_vacancy.h"
#include "store/seal.h"

struct doors {
	struct report_work *w;
	struct q_side_doors *asked; /* by client and enrollment */
	size_t asked_n;
	struct q_report_protected *guarded; /* households by number */
	size_t guarded_n;
};

static int by_entry(const void *key, const void *at)
{
	const struct ce_entry *e = key;
	const struct q_side_doors *q = at;
	if (e->client_no != q->client_no)
		return e->client_no < q->client_no ? -1 : 1;
	return (e->enrollment_no > q->enrollment_no) - (e->enrollment_no < q->enrollment_no);
}

static const struct q_side_doors *asked_of(const struct doors *d, const struct ce_entry *e)
{
	return d->asked_n == 0 ? NULL : bsearch(e, d->asked, d->asked_n, sizeof *d->asked, by_entry);
}

/* False where an answer takes the entry out of the report. */
static bool stays(const struct q_side_doors *asked, enum side_door_answer *answer, bool *answered)
{
	*answered = asked != NULL && side_door_answer_parse(asked->answer, answer);
	return !*answered || side_door_answer_stays(*answer);
}

static struct str region_of(const struct report_work *w, const struct ce_entry *e)
{
	return report_region_of(w, e->person, w->book->projects[e->at.project].region_id);
}

/* Entries of the time and the region that the viewer is shown, which is everything for an operator. */
static bool is_shown(const struct report_work *w, const struct ce_entry *e, bool person)
{
	const struct actor *actor = &w->c->actor;
	struct str region = region_of(w, e);
	if (!report_within(w, e->at.day) || !report_about_region(w, region))
		return false;
	if (!person || actor->kind != ACTOR_USER || meeting_may_plan(actor, region))
		return true;
	return e->at.agency != CE_ANY && actor->agency_id.n > 0 &&
	       str_eq(w->book->agencies[e->at.agency].id, actor->agency_id);
}

struct str report_handle(struct arena *a, const struct keys *keys, const struct ce_entry *e)
{
	enum { BYTES = 10 };
	unsigned char lots[BLIND_LEN];
	struct buf hex = buf_new(a, 2 * BYTES);
	struct str entry = str_fmt(a, "door %lld %lld", (long long)e->client_no, (long long)e->enrollment_no);
	blind_index(keys, BLIND_PERSONAL_ID, entry, (char *)lots);
	for (size_t i = 0; i < BYTES; i++)
		buf_fmt(&hex, "%02x", lots[i]);
	return buf_text(&hex);
}

static int by_number(const void *key, const void *at)
{
	int64_t want = *(const int64_t *)key;
	int64_t is = ((const struct q_report_protected *)at)->household_no;
	return (want > is) - (want < is);
}

/* A code beside a project says where somebody lives, and with some agencies what they have. */
static bool is_withheld(const struct doors *d, const struct ce_entry *e, int64_t household_no)
{
	return d->w->book->projects[e->at.project].guarded ||
	       (d->guarded_n > 0 &&
		bsearch(&household_no, d->guarded, d->guarded_n, sizeof *d->guarded, by_number) != NULL);
}

/* Who was never on the list has no code: one of the same shape with a longer number, which follows from the person and
 * a key and says nothing without it. */
static struct str code_of(const struct report_work *w, const struct ce_entry *e, const struct list_row *row)
{
	enum { LONGER = 5 };
	uint32_t lots[BLIND_LEN / sizeof(uint32_t)];
	if (row != NULL)
		return str_dup(w->a, str_from(row->code));
	blind_index(w->c->app->keys, BLIND_PERSONAL_ID, str_fmt(w->a, "entry %lld", (long long)e->person),
		    (char *)lots);
	return listing_code_of(w->a, lots[0], lots[1], LONGER);
}

static const struct report_column entry_columns[] = {
	{"code", "Household", PAPER_TEXT, COLUMN_FACT},  {"listed", "On the list", PAPER_TEXT, COLUMN_FACT},
	{"region", "Region", PAPER_TEXT, COLUMN_FACT},   {"agency", "Agency", PAPER_TEXT, COLUMN_FACT},
	{"project", "Project", PAPER_TEXT, COLUMN_FACT}, {"kind", "Kind", PAPER_TEXT, COLUMN_FACT},
	{"entry", "Entry", PAPER_DAY, COLUMN_FACT},      {"found", "What was found", PAPER_TEXT, COLUMN_FACT},
	{"asked", "Asked", PAPER_DAY, COLUMN_FACT},      {"due", "Answer due", PAPER_DAY, COLUMN_FACT},
	{"answer", "Answer", PAPER_TEXT, COLUMN_FACT},   {"answered", "Answered", PAPER_DAY, COLUMN_FACT},
	{"closed", "Closed", PAPER_DAY, COLUMN_FACT},
};

static struct paper_cell day_cell(struct instant at)
{
	return paper_day(instant_known(at) ? instant_day(at) : DAY_NONE);
}

static void write_entry(struct doors *d, const struct ce_entry *e, enum side_door door,
			const struct q_side_doors *asked)
{
	struct report_work *w = d->w;
	const struct ce_project *p = &w->book->projects[e->at.project];
	int64_t household_no = ce_book_household(w->book, e->person);
	const struct list_row *row = list_image_row(w->image, household_no);
	struct str region = region_of(w, e);
	bool withheld = is_withheld(d, e, household_no);
	struct paper_cell *cells = report_next(w);
	enum side_door_answer answer;
	bool answered;
	size_t c = 0;
	cells[c++] = paper_text(withheld ? S("withheld") : code_of(w, e, row));
	cells[c++] = paper_text(withheld ? (struct str){0} : row != NULL ? S("yes") : S("no"));
	cells[c++] = paper_text(report_region_name(w, region));
	cells[c++] = paper_text(str_dup(w->a, ce_book_agency(w->book, e->at.agency)));
	cells[c++] = paper_text(str_dup(w->a, p->name));
	cells[c++] = paper_text(ce_kind_fits(CE_RAPID, p->type) ? S("rrh") : S("psh"));
	cells[c++] = paper_day(e->at.day);
	cells[c++] = paper_text(str_from(side_door_say(door)));
	(void)stays(asked, &answer, &answered);
	if (asked != NULL) {
		cells[c++] = day_cell(asked->asked_at);
		cells[c++] = paper_day(asked->due_day);
		cells[c++] =
			answered ? paper_text(str_from(side_door_answer_say(answer))) : paper_text((struct str){0});
		cells[c++] = day_cell(asked->answered_at);
		cells[c] = day_cell(asked->closed_at);
	}
	w->view->abouts[w->view->rows_n - 1] = (struct report_about){
		.household_no = row != NULL && !withheld ? household_no : 0,
		.handle = report_handle(w->a, w->c->app->keys, e),
	};
}

/* Homes that were filled without a referral, as their agencies said: nobody is named by one. */
static void write_openings(struct report_work *w, const struct q_vacancies *rows, size_t n)
{
	const struct actor *actor = &w->c->actor;
	for (size_t i = 0; i < n; i++) {
		const struct q_vacancies *o = &rows[i];
		bool own = actor->kind != ACTOR_USER || meeting_may_plan(actor, o->region_id) ||
			   str_eq(actor->agency_id, o->agency_id);
		if (!own || !o->straight || !report_within(w, o->ended_day) || !report_about_region(w, o->region_id))
			continue;
		struct paper_cell *cells = report_next(w);
		cells[2] = paper_text(o->region);
		cells[3] = paper_text(o->agency);
		cells[4] = paper_text(o->program);
		cells[5] = paper_text(o->kind);
		cells[6] = paper_day(o->ended_day);
		cells[7] = paper_text(S("the opening was filled without a referral"));
	}
}

static int newest_first(const void *x, const void *y)
{
	const struct ce_entry *a = *(const struct ce_entry *const *)x;
	const struct ce_entry *b = *(const struct ce_entry *const *)y;
	if (a->at.day.n != b->at.day.n)
		return a->at.day.n > b->at.day.n ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

static err_t doors_load(struct report_work *w, struct doors *out)
{
	*out = (struct doors){.w = w};
	TRY(q_report_protected(w->db, w->a, &out->guarded, &out->guarded_n));
	return q_side_doors(w->db, w->a, &out->asked, &out->asked_n);
}

err_t report_side_door(struct report_work *w)
{
	struct doors d;
	struct ce_book *b = w->book;
	struct q_vacancies *filled;
	size_t filled_n;
	TRY(doors_load(w, &d));
	TRY(q_vacancies(w->db, w->a, w->view->from, &filled, &filled_n));
	const struct ce_entry **found = arena_many(b->arena, b->entries_n, const struct ce_entry *);
	size_t n = 0;
	REPORT_COLUMNS(w, entry_columns);
	for (size_t i = 0; i < b->entries_n; i++)
		if (is_shown(w, &b->entries[i], true) && ce_book_door(b, w->a, &b->entries[i]) != DOOR_REFERRED)
			found[n++] = &b->entries[i];
	if (n > 0)
		qsort(found, n, sizeof *found, newest_first);
	w->view->abouts = arena_many(w->a, n + filled_n, struct report_about);
	for (size_t i = 0; i < n; i++) {
		const struct q_side_doors *asked = asked_of(&d, found[i]);
		enum side_door_answer answer;
		bool answered;
		if (stays(asked, &answer, &answered))
			write_entry(&d, found[i], ce_book_door(b, w->a, found[i]), asked);
	}
	write_openings(w, filled, filled_n);
	return w->ask->faces ? report_faces(w) : NULL;
}

/* --- by agency --- */

enum { DOOR_KINDS = 2 }; /* rapid rehousing and supportive housing */

struct tally {
	int64_t referred, doors, asked, open;
};

static void count_entry(struct doors *d, const struct ce_entry *e, struct tally *t)
{
	const struct q_side_doors *asked = asked_of(d, e);
	enum side_door_answer answer;
	bool answered;
	bool door = ce_book_door(d->w->book, d->w->a, e) != DOOR_REFERRED;
	if (door && !stays(asked, &answer, &answered))
		return;
	t->referred += !door;
	t->doors += door;
	t->asked += door && asked != NULL;
	t->open += door && asked != NULL && !instant_known(asked->closed_at);
}

err_t report_side_door_agencies(struct report_work *w)
{
	static const struct report_column columns[] = {
		{"agency", "Agency", PAPER_TEXT, COLUMN_FACT},
		{"kind", "Kind", PAPER_TEXT, COLUMN_FACT},
		{"referred", "Referred", PAPER_NUMBER, COLUMN_COUNT},
		{"side_door", "Side door", PAPER_NUMBER, COLUMN_COUNT},
		{"entries", "Entries", PAPER_NUMBER, COLUMN_TOTAL},
		{"asked", "Asked about", PAPER_NUMBER, COLUMN_SUBSET},
		{"open", "Not closed", PAPER_NUMBER, COLUMN_SUBSET},
		{"side_door_percent", "Side door (%)", PAPER_NUMBER, COLUMN_DERIVED},
		{"again", "Again and again", PAPER_TEXT, COLUMN_DERIVED},
	};
	struct doors d;
	const struct ce_book *b = w->book;
	struct tally *tallies = arena_many(w->a, (b->agencies_n + 1) * DOOR_KINDS, struct tally);
	TRY(doors_load(w, &d));
	REPORT_COLUMNS(w, columns);
	for (size_t i = 0; i < b->entries_n; i++) {
		const struct ce_entry *e = &b->entries[i];
		size_t agency = e->at.agency == CE_ANY ? b->agencies_n : e->at.agency;
		if (is_shown(w, e, false))
			count_entry(&d, e, &tallies[agency * DOOR_KINDS + ce_kind_fits(CE_SUPPORTIVE, e->at.type)]);
	}
	for (size_t i = 0; i < (b->agencies_n + 1) * DOOR_KINDS; i++) {
		const struct tally *t = &tallies[i];
		int64_t entries = t->referred + t->doors;
		size_t agency = i / DOOR_KINDS;
		if (entries == 0)
			continue;
		struct paper_cell *cells = report_next(w);
		cells[0] = paper_text(agency < b->agencies_n ? str_dup(w->a, b->agencies[agency].name) : S("none"));
		cells[1] = paper_text(i % DOOR_KINDS == 0 ? S("rrh") : S("psh"));
		cells[2] = paper_number(t->referred);
		cells[3] = paper_number(t->doors);
		cells[4] = paper_number(entries);
		cells[5] = paper_number(t->asked);
		cells[6] = paper_number(t->open);
		cells[7] = paper_number(100 * t->doors / entries);
		cells[8] = paper_text(side_door_repeats(t->doors, entries) ? S("yes") : S("no"));
	}
	report_total(w);
	return NULL;
}
