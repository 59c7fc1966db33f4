/* Referrals by count: what is outstanding, how they ended, how long each step took. */
#include <stdlib.h>

#include "app/report_inside.h"

/* --- by agency and kind --- */

/* A row for every agency and kind; the agency past the last is "not said". */
static size_t bin_of(const struct ce_book *b, const struct ce_referral *r)
{
	size_t agency = r->agency == CE_ANY ? b->agencies_n : r->agency;
	return agency * CE_KINDS_N + r->kind;
}

static size_t bins_of(const struct ce_book *b)
{
	return (b->agencies_n + 1) * CE_KINDS_N;
}

static void name_bin(const struct report_work *w, size_t bin, struct paper_cell *cells)
{
	size_t agency = bin / CE_KINDS_N;
	bool known = agency < w->book->agencies_n;
	cells[0] = paper_text(known ? str_dup(w->a, w->book->agencies[agency].name) : S("not said in HMIS"));
	cells[1] = paper_text(str_from(ce_kind_say((enum ce_kind)(bin % CE_KINDS_N))));
}

/* --- counts --- */

struct waiting {
	int64_t ages[CE_AGES_N];
	int64_t all, entered;
	int oldest;
};

/* Whether the household has since entered a project that the referral leads to: then only its result is missing. */
static bool has_entered(const struct ce_book *b, const struct ce_event *e, struct day by)
{
	size_t low = 0;
	size_t high = b->entries_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (b->entries[mid].person < e->person)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < b->entries_n && b->entries[low].person == e->person; low++) {
		const struct side_door_entry *at = &b->entries[low].at;
		if (at->day.n >= e->referral.made.n && at->day.n <= by.n && ce_kind_fits(e->referral.kind, at->type))
			return true;
	}
	return false;
}

err_t report_counts(struct report_work *w)
{
	static const struct report_column columns[] = {
		{"agency", "Agency", PAPER_TEXT, COLUMN_FACT},
		{"kind", "Kind", PAPER_TEXT, COLUMN_FACT},
#define X(name, most, key, say) {key, say, PAPER_NUMBER, COLUMN_COUNT},
		CE_AGES(X)
#undef X
			{"outstanding", "Outstanding", PAPER_NUMBER, COLUMN_TOTAL},
		{"entered_since", "Entered since, result missing", PAPER_NUMBER, COLUMN_SUBSET},
		{"oldest_days", "Oldest (days)", PAPER_NUMBER, COLUMN_DERIVED},
	};
	const struct ce_book *b = w->book;
	struct waiting *bins = arena_many(w->a, bins_of(b), struct waiting);
	struct day day = w->view->to;
	REPORT_COLUMNS(w, columns);
	for (size_t i = 0; i < b->events_n; i++) {
		const struct ce_event *e = &b->events[i];
		if (e->referral.made.n > day.n || ce_result_on(&e->referral, day) != CE_OPEN ||
		    !report_about_region(w, report_event_region(w, e)))
			continue;
		struct waiting *bin = &bins[bin_of(b, &e->referral)];
		int age = day_diff(e->referral.made, day);
		bin->ages[ce_age_of(age)]++;
		bin->all++;
		bin->entered += has_entered(b, e, day);
		bin->oldest = age > bin->oldest ? age : bin->oldest;
	}
	for (size_t i = 0; i < bins_of(b); i++) {
		if (bins[i].all == 0)
			continue;
		struct paper_cell *cells = report_next(w);
		size_t c = 2;
		name_bin(w, i, cells);
		for (enum ce_age age = 0; age < CE_AGES_N; age++)
			cells[c++] = paper_number(bins[i].ages[age]);
		cells[c++] = paper_number(bins[i].all);
		cells[c++] = paper_number(bins[i].entered);
		cells[c] = paper_number(bins[i].oldest);
	}
	report_total(w);
	return NULL;
}

/* --- outcomes --- */

struct outcome {
	int64_t results[CE_RESULTS_N];
	int64_t all, own, on_time;
};

err_t report_referrals(struct report_work *w)
{
	static const struct report_column columns[] = {
		{"agency", "Agency", PAPER_TEXT, COLUMN_FACT},
		{"kind", "Kind", PAPER_TEXT, COLUMN_FACT},
		{"open", "Open", PAPER_NUMBER, COLUMN_COUNT},
		{"accepted", "Accepted", PAPER_NUMBER, COLUMN_COUNT},
		{"client_declined", "Household declined", PAPER_NUMBER, COLUMN_COUNT},
		{"provider_declined", "Provider declined", PAPER_NUMBER, COLUMN_COUNT},
		{"withdrawn", "Withdrawn or expired", PAPER_NUMBER, COLUMN_COUNT},
		{"made", "Made", PAPER_NUMBER, COLUMN_TOTAL},
		{"issued_here", "Issued here", PAPER_NUMBER, COLUMN_SUBSET},
		{"issued_on_time", "Of these on time", PAPER_NUMBER, COLUMN_SUBSET},
		{"accepted_percent", "Accepted of those with a result (%)", PAPER_NUMBER, COLUMN_DERIVED},
	};
	const struct ce_book *b = w->book;
	struct outcome *bins = arena_many(w->a, bins_of(b), struct outcome);
	REPORT_COLUMNS(w, columns);
	for (size_t i = 0; i < b->events_n; i++) {
		const struct ce_event *e = &b->events[i];
		if (!report_within(w, e->referral.made) || !report_about_region(w, report_event_region(w, e)))
			continue;
		struct outcome *bin = &bins[bin_of(b, &e->referral)];
		bin->results[ce_result_on(&e->referral, w->view->to)]++;
		bin->all++;
		bin->own += e->own != NULL;
		bin->on_time += e->own != NULL && e->own->on_time;
	}
	for (size_t i = 0; i < bins_of(b); i++) {
		if (bins[i].all == 0)
			continue;
		struct paper_cell *cells = report_next(w);
		int64_t ended = bins[i].all - bins[i].results[CE_OPEN];
		size_t c = 2;
		name_bin(w, i, cells);
		for (enum ce_result r = 0; r < CE_RESULTS_N; r++)
			cells[c++] = paper_number(bins[i].results[r]);
		cells[c++] = paper_number(bins[i].all);
		cells[c++] = paper_number(bins[i].own);
		cells[c++] = paper_number(bins[i].on_time);
		if (ended > 0)
			cells[c] = paper_number(100 * bins[i].results[CE_ACCEPTED] / ended);
	}
	report_total(w);
	return NULL;
}

/* --- declines --- */

struct decline {
	enum ce_result by;
	enum ce_kind kind;
	struct str why;
};

static int by_decline(const void *x, const void *y)
{
	const struct decline *a = x;
	const struct decline *b = y;
	if (a->by != b->by)
		return a->by < b->by ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return str_cmp(a->why, b->why);
}

static size_t gather_declines(struct report_work *w, struct decline *out)
{
	const struct ce_book *b = w->book;
	size_t n = 0;
	for (size_t i = 0; i < b->events_n; i++) {
		const struct ce_event *e = &b->events[i];
		const struct ce_referral *r = &e->referral;
		bool declined = r->result == CE_CLIENT_DECLINED || r->result == CE_PROVIDER_DECLINED;
		if (!declined || !report_within(w, day_known(r->resulted) ? r->resulted : r->made) ||
		    !report_about_region(w, report_event_region(w, e)))
			continue;
		struct str why = e->own == NULL ? S("HMIS gives no reason") : str_dup(w->a, e->own->reason);
		out[n++] = (struct decline){r->result, r->kind, why};
	}
	return n;
}

err_t report_declines(struct report_work *w)
{
	static const struct report_column columns[] = {
		{"by", "Who", PAPER_TEXT, COLUMN_FACT},
		{"reason", "Why", PAPER_TEXT, COLUMN_FACT},
		{"kind", "Kind", PAPER_TEXT, COLUMN_FACT},
		{"declined", "Declined", PAPER_NUMBER, COLUMN_COUNT},
	};
	struct decline *all = arena_many(w->book->arena, w->book->events_n, struct decline);
	size_t n = gather_declines(w, all);
	REPORT_COLUMNS(w, columns);
	if (n > 0)
		qsort(all, n, sizeof *all, by_decline);
	for (size_t i = 0, first = 0; i < n; i++) {
		if (i + 1 < n && by_decline(&all[i], &all[i + 1]) == 0)
			continue;
		struct paper_cell *cells = report_next(w);
		cells[0] = paper_text(all[i].by == CE_CLIENT_DECLINED ? S("household") : S("provider"));
		cells[1] = paper_text(all[i].why);
		cells[2] = paper_text(str_from(ce_kind_say(all[i].kind)));
		cells[3] = paper_number((int64_t)(i + 1 - first));
		first = i + 1;
	}
	report_total(w);
	return NULL;
}

/* --- time per stage --- */

#define STAGES(X)                                                                                                      \
	X(STAGE_REFERRAL, "listed_to_referral", "From the list’s first day to a referral")                             \
	X(STAGE_RESULT, "referral_to_result", "From the referral to its result")                                       \
	X(STAGE_ENTRY, "referral_to_entry", "From the referral to the entry into housing")                             \
	X(STAGE_MOVE_IN, "entry_to_move_in", "From the entry to the move-in")                                          \
	X(STAGE_ISSUE, "request_to_issue", "From the request to the issuing (referrals of ours, as all below)")        \
	X(STAGE_TAKE_UP, "issue_to_acknowledgment", "From the issuing to the agency’s word")                           \
	X(STAGE_CONTACT, "issue_to_contact", "From the issuing to the first contact")                                  \
	X(STAGE_INTAKE, "issue_to_intake", "From the issuing to the intake")                                           \
	X(STAGE_ACCEPT, "issue_to_acceptance", "From the issuing to the acceptance")                                   \
	X(STAGE_HOME, "acceptance_to_move_in", "From the acceptance to the move-in")

enum ce_stage {
#define X(name, key, say) name,
	STAGES(X)
#undef X
		STAGES_N
};

struct lengths {
	int *days;
	size_t n;
};

static void add_length(struct lengths *l, struct day from, struct day to)
{
	if (day_known(from) && from.n <= to.n)
		l->days[l->n++] = day_diff(from, to);
}

static int by_length(const void *x, const void *y)
{
	int a = *(const int *)x;
	int b = *(const int *)y;
	return (a > b) - (a < b);
}

/* The nearest rank: the smallest that at least so many percent do not pass. */
static int percentile(const struct lengths *l, size_t percent)
{
	return l->days[(l->n * percent + 99) / 100 - 1];
}

static void measure_own(struct report_work *w, const struct ce_own *own, struct lengths *stages)
{
	static const struct {
		enum ce_stage stage;
		enum referral_state from, to;
	} steps[] = {
		{STAGE_ISSUE, REFERRAL_REQUESTED, REFERRAL_ISSUED},
		{STAGE_TAKE_UP, REFERRAL_ISSUED, REFERRAL_ACKNOWLEDGED},
		{STAGE_CONTACT, REFERRAL_ISSUED, REFERRAL_CONTACT},
		{STAGE_INTAKE, REFERRAL_ISSUED, REFERRAL_INTAKE},
		{STAGE_ACCEPT, REFERRAL_ISSUED, REFERRAL_ACCEPTED},
		{STAGE_HOME, REFERRAL_ACCEPTED, REFERRAL_MOVED_IN},
	};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (report_within(w, own->steps[steps[i].to]))
			add_length(&stages[steps[i].stage], own->steps[steps[i].from], own->steps[steps[i].to]);
}

static void measure_event(struct report_work *w, const struct ce_event *e, struct lengths *stages)
{
	const struct list_row *row = list_image_row(w->image, ce_book_household(w->book, e->person));
	if (report_within(w, e->referral.made) && row != NULL)
		add_length(&stages[STAGE_REFERRAL], row->start, e->referral.made);
	if (e->referral.result != CE_OPEN && report_within(w, e->referral.resulted))
		add_length(&stages[STAGE_RESULT], e->referral.made, e->referral.resulted);
	if (e->own != NULL)
		measure_own(w, e->own, stages);
}

static void measure_entry(struct report_work *w, const struct ce_entry *e, struct lengths *stages)
{
	size_t n;
	const struct ce_event *events = ce_book_events(w->book, e->person, &n);
	struct day referred = DAY_NONE;
	for (size_t i = 0; i < n; i++)
		if (side_door_of(&e->at, &events[i].referral, 1, SIDE_DOOR_DAYS) == DOOR_REFERRED)
			referred = events[i].referral.made;
	if (report_within(w, e->at.day))
		add_length(&stages[STAGE_ENTRY], referred, e->at.day);
	if (report_within(w, e->move_in))
		add_length(&stages[STAGE_MOVE_IN], e->at.day, e->move_in);
}

err_t report_stages(struct report_work *w)
{
	static const struct report_column columns[] = {
		{"stage", "Stage", PAPER_TEXT, COLUMN_FACT},
		{"what", "From what to what", PAPER_TEXT, COLUMN_FACT},
		{"count", "How many", PAPER_NUMBER, COLUMN_COUNT},
		{"median_days", "Middle (days)", PAPER_NUMBER, COLUMN_DERIVED},
		{"p90_days", "90th of 100 (days)", PAPER_NUMBER, COLUMN_DERIVED},
	};
	static const char *const words[STAGES_N][2] = {
#define X(name, key, say) [name] = {key, say},
		STAGES(X)
#undef X
	};
	const struct ce_book *b = w->book;
	struct lengths stages[STAGES_N] = {{0}};
	REPORT_COLUMNS(w, columns);
	for (enum ce_stage s = 0; s < STAGES_N; s++)
		stages[s].days = arena_many(b->arena, b->events_n + b->entries_n, int);
	for (size_t i = 0; i < b->events_n; i++)
		if (report_about_region(w, report_event_region(w, &b->events[i])))
			measure_event(w, &b->events[i], stages);
	for (size_t i = 0; i < b->entries_n; i++)
		if (report_about_region(w, report_region_of(w, b->entries[i].person,
							    b->projects[b->entries[i].at.project].region_id)))
			measure_entry(w, &b->entries[i], stages);
	for (enum ce_stage s = 0; s < STAGES_N; s++) {
		struct paper_cell *cells = report_next(w);
		cells[0] = paper_text(str_from(words[s][0]));
		cells[1] = paper_text(str_from(words[s][1]));
		cells[2] = paper_number((int64_t)stages[s].n);
		if (stages[s].n == 0)
			continue;
		qsort(stages[s].days, stages[s].n, sizeof(int), by_length);
		cells[3] = paper_number(percentile(&stages[s], 50));
		cells[4] = paper_number(percentile(&stages[s], 90));
	}
	return NULL;
}
