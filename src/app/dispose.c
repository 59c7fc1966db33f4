#include "app/dispose.h"

#include "app/record.h"
#include "app/setting.h"
#include "domain/act.h"
#include "store/q_dispose.h"

/* Rows at once: others who write wait for it. */
enum { PIECE = 5000 };

#define ACT "dispose.run"

/* What lies before it goes. */
struct cut {
	struct instant before;
	struct day day;
};

struct rule {
	const char *word, *say;
	bool years; /* keep_years; else keep_aside_days */
	err_t (*due)(struct db *db, struct arena *a, const struct cut *cut, int64_t *n);
	err_t (*dispose)(struct db *db, struct arena *a, const struct cut *cut, int64_t *n);
};

#define DUE(name, ...)                                                                                                 \
	static err_t name##_due(struct db *db, struct arena *a, const struct cut *cut, int64_t *n)                     \
	{                                                                                                              \
		struct q_dispose_##name##_due row;                                                                     \
		bool found;                                                                                            \
		TRY(q_dispose_##name##_due(db, a, __VA_ARGS__, &row, &found));                                         \
		*n = row.due;                                                                                          \
		return NULL;                                                                                           \
	}
DUE(people, cut->before, cut->day)
DUE(words, cut->before)
DUE(shown, cut->before)
DUE(aside, cut->before)
DUE(drafts, cut->before)

static err_t people(struct db *db, struct arena *a, const struct cut *cut, int64_t *n)
{
	TRY(q_dispose_people(db, a, cut->before, cut->day, PIECE, n));
	return q_dispose_blocks(db, a);
}

static err_t words(struct db *db, struct arena *a, const struct cut *cut, int64_t *n)
{
	int64_t notes, cards, conflicts, steps, handouts, contacts;
	TRY(q_dispose_notes(db, a, S(""), cut->before, PIECE, &notes));
	TRY(q_dispose_cards(db, a, cut->before, PIECE, &cards));
	TRY(q_dispose_conflicts(db, a, S(""), cut->before, PIECE, &conflicts));
	TRY(q_dispose_steps(db, a, S(""), cut->before, PIECE, &steps));
	TRY(q_dispose_handouts(db, a, cut->before, PIECE, &handouts));
	TRY(q_dispose_contacts(db, a, cut->before, PIECE, &contacts));
	*n = notes + cards + conflicts + steps + handouts + contacts;
	return NULL;
}

static err_t shown(struct db *db, struct arena *a, const struct cut *cut, int64_t *n)
{
	return q_dispose_shown(db, a, cut->before, PIECE, n);
}

static err_t aside(struct db *db, struct arena *a, const struct cut *cut, int64_t *n)
{
	return q_dispose_aside(db, a, cut->before, PIECE, n);
}

static err_t drafts(struct db *db, struct arena *a, const struct cut *cut, int64_t *n)
{
	TRY(q_dispose_draft_chunks(db, a, cut->before));
	return q_dispose_drafts(db, a, cut->before, n);
}

static const struct rule rules[] = {
	{"people", "Names, Social Security numbers, birth dates and traits of people who are enrolled nowhere", true,
	 people_due, people},
	{"words", "Notes, cards and finished steps of closed conferences, and lines about contacts", true, words_due,
	 words},
	{"shown", "Records of who was shown whom", true, shown_due, shown},
	{"aside", "What stood in cells that an import set aside", false, aside_due, aside},
	{"drafts", "Files of other lists that nobody loaded", false, drafts_due, drafts},
};
enum { RULES = sizeof rules / sizeof *rules };

struct work {
	struct call *call;
	struct settings settings;
	struct dispose_view *view;
	const struct rule *rule;
	int64_t gone; /* in the last piece */
};

static struct cut cut_of(const struct work *w, const struct rule *rule)
{
	struct day day = rule->years ? day_add_years(w->call->today, -w->settings.keep_years)
				     : day_add(w->call->today, -w->settings.keep_aside_days);
	return (struct cut){day_at(day, 0, 0), day};
}

/* When each rule last took something away. */
static err_t read_last(struct work *w, struct db *db, struct arena *a)
{
	struct q_dispose_last *last;
	size_t n;
	TRY(q_dispose_last(db, a, S(ACT), &last, &n));
	for (size_t i = 0; i < n; i++)
		for (size_t r = 0; r < w->view->n; r++)
			if (str_eq(w->view->rows[r].word, last[i].rule))
				w->view->rows[r].last = last[i].at;
	return NULL;
}

static err_t look(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	TRY(app_settings(db, a, &w->settings));
	w->view->rows = arena_many(a, RULES, struct dispose_row);
	w->view->n = RULES;
	for (size_t i = 0; i < RULES; i++) {
		struct dispose_row *row = &w->view->rows[i];
		const struct cut cut = cut_of(w, &rules[i]);
		*row = (struct dispose_row){
			.word = str_from(rules[i].word),
			.say = str_from(rules[i].say),
			.kept = rules[i].years ? str_fmt(a, "%d years", w->settings.keep_years)
					       : str_fmt(a, "%d days", w->settings.keep_aside_days),
			.last = INSTANT_NONE,
		};
		TRY(rules[i].due(db, a, &cut, &row->due));
	}
	return read_last(w, db, a);
}

err_t app_dispose_due(struct call *c, struct dispose_view *out)
{
	struct dispose_view view;
	struct work w = {.call = c, .view = &view};
	bool may = c->actor.kind == ACTOR_OPERATOR ||
		   (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_JOURNAL));
	if (!may)
		return err_new(c->arena, ERR_DENIED, "What is no longer kept is for privacy officers.");
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	*out = view;
	return NULL;
}

/* One piece, and its row of the journal. */
static err_t take_away(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	const struct cut cut = cut_of(w, w->rule);
	TRY(w->rule->dispose(db, a, &cut, &w->gone));
	if (w->gone == 0)
		return NULL;
	return app_record(w->call, db, a, ACT, "rule", str_from(w->rule->word),
			  str_fmt(a, "gone=%lld", (long long)w->gone));
}

err_t app_dispose_run(struct call *c, struct dispose_view *out)
{
	struct dispose_view view;
	struct work w = {.call = c, .view = &view};
	if (c->actor.kind != ACTOR_OPERATOR)
		return err_new(c->arena, ERR_DENIED,
			       "Only an operator of the machine takes away what is no longer kept.");
	TRY(db_run(c->db, c->arena, DB_READ, look, &w));
	for (size_t i = 0; i < RULES; i++) {
		w.rule = &rules[i];
		view.rows[i].due = 0;
		do {
			TRY(db_run(c->db, c->arena, DB_WRITE, take_away, &w));
			view.rows[i].due += w.gone;
		} while (w.gone > 0);
	}
	*out = view;
	return NULL;
}
