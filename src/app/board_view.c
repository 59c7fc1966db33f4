/* The board of a meeting as people see it. */
#include "app/board.h"
#include "app/unnamed.h"
#include "store/q_board.h"

struct board_viewing {
	struct call *call;
	struct str sitting;
	struct board_view view;
};

static struct str say_on(struct arena *a, struct day d)
{
	char said[DAY_SAY];
	return str_dup(a, str_from(day_say_date(d, said)));
}

static err_t fill_notices(struct call *c, struct db *db, struct arena *a, const struct sitting_open *open,
			  struct board_view *v)
{
	struct q_notices *rows;
	size_t n;
	TRY(q_notices(db, a, open->series.region_id, c->today, &rows, &n));
	v->notices = arena_many(a, n, struct board_notice);
	for (int kind = 0; kind < NOTICE_KINDS_N; kind++)
		for (size_t i = 0; i < n; i++) {
			struct board_notice *notice = &v->notices[v->notices_n];
			if (!str_eq(rows[i].kind, notice_table[kind].key))
				continue;
			*notice = (struct board_notice){
				.id = rows[i].id,
				.by = rows[i].agency.n > 0 ? rows[i].agency : rows[i].by_name,
				.until = say_on(a, rows[i].until_day),
				.kind = (enum notice_kind)kind,
				.statewide = rows[i].region_id.n == 0,
				.can_end = open->keeps || str_eq(rows[i].by_id, c->actor.id),
			};
			TRY(unnamed_open(c, a, "board_notice", "words", rows[i].id, rows[i].words, &notice->words));
			v->notices_n++;
		}
	return NULL;
}

static struct str level_words(struct str key)
{
	enum issue_level level;
	return issue_level_parse(key, &level) ? issue_table[level].words : key;
}

static err_t fill_issues(struct call *c, struct db *db, struct arena *a, const struct sitting_open *open,
			 struct str sitting, struct board_view *v)
{
	struct q_issues_open *rows;
	struct q_issues_closed_in *closed;
	size_t n, closed_n;
	TRY(q_issues_open(db, a, open->row.series_id, &rows, &n));
	TRY(q_issues_closed_in(db, a, sitting, &closed, &closed_n));
	v->issues = arena_many(a, n + closed_n, struct board_issue);
	v->issues_open = (int)n;
	for (size_t i = 0; i < n; i++) {
		struct board_issue *issue = &v->issues[v->issues_n++];
		*issue = (struct board_issue){
			.id = rows[i].id,
			.owner = rows[i].owner,
			.level = level_words(rows[i].level),
			.since = say_on(a, instant_day(rows[i].at)),
			.can_answer = open->leads || str_eq(rows[i].owner_id, c->actor.id),
			.can_own = !str_eq(rows[i].owner_id, c->actor.id),
		};
		TRY(unnamed_open(c, a, "issue", "words", rows[i].id, rows[i].words, &issue->words));
	}
	for (size_t i = 0; i < closed_n; i++) {
		struct board_issue *issue = &v->issues[v->issues_n++];
		*issue =
			(struct board_issue){.id = closed[i].id, .level = level_words(closed[i].level), .closed = true};
		TRY(unnamed_open(c, a, "issue", "words", closed[i].id, closed[i].words, &issue->words));
		TRY(unnamed_open(c, a, "issue", "answer", closed[i].id, closed[i].answer, &issue->answer));
	}
	return NULL;
}

static struct str result_say(struct arena *a, const struct motion_count *n)
{
	switch (motion_result(n)) {
	case MOTION_NO_QUORUM:
		return str_fmt(a, "no quorum: %d of %d agencies voted, %d were needed", n->yes + n->no + n->abstain,
			       n->agencies, motion_needed(n));
	case MOTION_CARRIED:
		return str_fmt(a, "carried, %d to %d", n->yes, n->no);
	default:
		return str_fmt(a, "not carried, %d to %d", n->yes, n->no);
	}
}

static err_t fill_motions(struct call *c, struct db *db, struct arena *a, const struct sitting_open *open,
			  struct str sitting, struct board_view *v)
{
	struct q_motions *rows;
	bool votes_too, here;
	TRY(q_motions(db, a, sitting, &rows, &v->motions_n));
	TRY(board_voters(db, a, open, c->actor.agency_id, &v->voters, &votes_too));
	TRY(board_here(c, db, a, sitting, &here));
	v->can_move = here && votes_too && str_eq(open->row.state, S("live"));
	v->motions = arena_many(a, v->motions_n, struct board_motion);
	for (size_t i = 0; i < v->motions_n; i++) {
		struct board_motion *m = &v->motions[i];
		struct q_motion_vote_of mine;
		bool found, open_now = !instant_known(rows[i].closed_at);
		*m = (struct board_motion){
			.id = rows[i].id,
			.mover = rows[i].agency.n > 0
					 ? str_fmt(a, "%.*s, %.*s", STR_ARG(rows[i].mover), STR_ARG(rows[i].agency))
					 : rows[i].mover,
			.open = open_now,
			.can_vote = open_now && v->can_move,
			.can_close = open_now && open->leads,
			.count = {(int)rows[i].yes, (int)rows[i].no, (int)rows[i].abstain,
				  open_now ? v->voters : (int)rows[i].agencies,
				  open_now ? (int)open->series.quorum : (int)rows[i].quorum},
		};
		if (!open_now)
			m->result = result_say(a, &m->count);
		TRY(q_motion_vote_of(db, a, rows[i].id, c->actor.agency_id, &mine, &found));
		m->mine = found ? mine.vote : S("");
		TRY(unnamed_open(c, a, "motion", "words", rows[i].id, rows[i].words, &m->words));
	}
	return NULL;
}

static err_t fill_workshops(struct call *c, struct db *db, struct arena *a, const struct sitting_open *open,
			    struct board_view *v)
{
	struct q_workshops *rows;
	TRY(q_workshops(db, a, open->row.series_id, c->actor.id, SERIES_BEFORE, &rows, &v->workshops_n));
	v->workshops = arena_many(a, v->workshops_n, struct board_workshop);
	for (size_t i = 0; i < v->workshops_n; i++) {
		v->workshops[i] = (struct board_workshop){
			.id = rows[i].id,
			.day = say_on(a, rows[i].day),
			.minutes = (int)rows[i].minutes,
			.people = (int)rows[i].people,
			.mine = rows[i].mine > 0,
		};
		TRY(unnamed_open(c, a, "workshop", "words", rows[i].id, rows[i].words, &v->workshops[i].words));
	}
	return NULL;
}

static err_t view_board(struct db *db, struct arena *a, void *ctx)
{
	struct board_viewing *w = ctx;
	struct board_view *v = &w->view;
	struct sitting_open open;
	TRY(sitting_open(w->call, db, a, w->sitting, &open));
	*v = (struct board_view){.can_tell = w->call->actor.role == ROLE_LEAD || open.leads};
	TRY(fill_notices(w->call, db, a, &open, v));
	TRY(fill_issues(w->call, db, a, &open, w->sitting, v));
	TRY(fill_motions(w->call, db, a, &open, w->sitting, v));
	return fill_workshops(w->call, db, a, &open, v);
}

err_t app_board(struct call *c, struct str sitting, struct board_view *out)
{
	struct board_viewing w = {.call = c, .sitting = sitting};
	TRY(db_run(c->db, c->arena, DB_READ, view_board, &w));
	*out = w.view;
	return NULL;
}
