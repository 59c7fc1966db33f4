#include "app/board.h"

#include "app/meeting.h"
#include "app/record.h"
#include "app/unnamed.h"
#include "store/q_board.h"

enum { WORKSHOP_MINUTES_MOST = 600 };

static const char *const votes[VOTES_N] = {[VOTE_YES] = "yes", [VOTE_NO] = "no", [VOTE_ABSTAIN] = "abstain"};

/* One act on the board of one meeting. */
struct board_work {
	struct call *call;
	struct str sitting;
	struct sitting_open open;
	struct str id; /* of the thing */
	const struct pii *words;
	bool sure, room;
	enum notice_kind kind;
	enum issue_level level;
	enum motion_vote vote;
	struct day day;
	int minutes;
	struct str owner_id;
};

static err_t record(const struct board_work *w, struct db *db, struct arena *a, const char *act)
{
	return app_record(w->call, db, a, act, "sitting", w->sitting, str_fmt(a, "about=%.*s", STR_ARG(w->id)));
}

static err_t take(struct board_work *w, struct db *db, struct arena *a)
{
	return sitting_open(w->call, db, a, w->sitting, &w->open);
}

/* A new thing with words. */
static err_t take_words(struct board_work *w, struct db *db, struct arena *a)
{
	TRY(take(w, db, a));
	if (str_eq(w->open.row.state, S("cancelled")))
		return err_new(a, ERR_CONFLICT, "That meeting was called off.");
	TRY(unnamed_check(w->call, db, a, w->words, BOARD_WORDS, w->sure));
	w->id = meeting_new_id(a);
	return NULL;
}

static err_t run(struct board_work *w, err_t (*fn)(struct db *db, struct arena *a, void *ctx))
{
	return db_run(w->call->db, w->call->arena, DB_WRITE, fn, w);
}

/* --- notices --- */

static err_t add_notice(struct db *db, struct arena *a, void *ctx)
{
	struct board_work *w = ctx;
	struct call *c = w->call;
	TRY(take_words(w, db, a));
	if (w->kind == NOTICE_LEADS && c->actor.role != ROLE_LEAD && !w->open.leads)
		return err_new(a, ERR_DENIED, "What lead agencies tell is theirs to write.");
	TRY(q_notice_add(db, a,
			 &(struct q_notice_add_in){
				 .id = w->id,
				 .region_id = w->open.series.region_id,
				 .kind = notice_table[w->kind].key,
				 .words = unnamed_seal(c, a, "board_notice", "words", w->id, w->words),
				 .until_day = w->day,
				 .at = c->now,
				 .by_id = c->actor.id,
			 }));
	return record(w, db, a, "notice.add");
}

err_t app_notice_add(struct call *c, struct str sitting, enum notice_kind kind, const struct pii *words,
		     struct day until, bool sure)
{
	struct board_work w = {.call = c, .sitting = sitting, .kind = kind, .words = words, .sure = sure};
	w.day = day_known(until) ? until : day_add(c->today, NOTICE_DAYS);
	if (!notice_until_fits(w.day, c->today))
		return err_new(c->arena, ERR_INVALID, "Choose its last day: today or later, within a year.");
	return run(&w, add_notice);
}

static err_t end_notice(struct db *db, struct arena *a, void *ctx)
{
	struct board_work *w = ctx;
	int64_t ended;
	TRY(take(w, db, a));
	TRY(q_notice_end(db, a, w->id, w->call->now, w->call->actor.id, w->open.keeps, &ended));
	if (ended == 0)
		return err_new(a, ERR_MISSING, "That notice is not there any more, or is not yours to take down.");
	return record(w, db, a, "notice.end");
}

err_t app_notice_end(struct call *c, struct str sitting, struct str notice)
{
	struct board_work w = {.call = c, .sitting = sitting, .id = notice};
	return run(&w, end_notice);
}

/* --- the issue box --- */

static err_t add_issue(struct db *db, struct arena *a, void *ctx)
{
	struct board_work *w = ctx;
	struct call *c = w->call;
	TRY(take_words(w, db, a));
	TRY(q_issue_add(db, a,
			&(struct q_issue_add_in){
				.id = w->id,
				.series_id = w->open.row.series_id,
				.level = issue_table[w->level].key,
				.words = unnamed_seal(c, a, "issue", "words", w->id, w->words),
				.at = c->now,
				.by_id = c->actor.id,
			}));
	return record(w, db, a, "issue.add");
}

err_t app_issue_add(struct call *c, struct str sitting, enum issue_level level, const struct pii *words, bool sure)
{
	struct board_work w = {.call = c, .sitting = sitting, .level = level, .words = words, .sure = sure};
	return run(&w, add_issue);
}

/* The open issue's row. */
static err_t find_issue(const struct board_work *w, struct db *db, struct arena *a, struct q_issues_open *out)
{
	struct q_issues_open *rows;
	size_t n;
	TRY(q_issues_open(db, a, w->open.row.series_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].id, w->id)) {
			*out = rows[i];
			return NULL;
		}
	return err_new(a, ERR_MISSING, "That issue is not open any more.");
}

static err_t own_issue(struct db *db, struct arena *a, void *ctx)
{
	struct board_work *w = ctx;
	struct q_issues_open row;
	int64_t changed;
	TRY(take(w, db, a));
	TRY(find_issue(w, db, a, &row));
	if (!w->open.leads && !str_eq(w->owner_id, w->call->actor.id))
		return err_new(a, ERR_DENIED, "You can take an issue on yourself; who leads gives it to others.");
	if (!str_eq(w->owner_id, w->call->actor.id)) /* somebody of a lead agency may take one on */
		TRY(series_person(db, a, &w->open.series, w->owner_id, "somebody"));
	TRY(q_issue_own(db, a, w->id, w->open.row.series_id, w->owner_id, &changed));
	return record(w, db, a, "issue.own");
}

err_t app_issue_own(struct call *c, struct str sitting, struct str issue, struct str owner_id)
{
	struct board_work w = {.call = c, .sitting = sitting, .id = issue, .owner_id = owner_id};
	return run(&w, own_issue);
}

static err_t close_issue(struct db *db, struct arena *a, void *ctx)
{
	struct board_work *w = ctx;
	struct call *c = w->call;
	struct q_issues_open row;
	int64_t changed;
	TRY(take(w, db, a));
	TRY(find_issue(w, db, a, &row));
	if (!w->open.leads && !str_eq(row.owner_id, c->actor.id))
		return err_new(a, ERR_DENIED, "An issue is answered by who sees to it, or by who leads.");
	TRY(unnamed_check(c, db, a, w->words, BOARD_WORDS, w->sure));
	TRY(q_issue_close(db, a,
			  &(struct q_issue_close_in){
				  .id = w->id,
				  .series_id = w->open.row.series_id,
				  .answer = unnamed_seal(c, a, "issue", "answer", w->id, w->words),
				  .at = c->now,
				  .sitting_id = w->sitting,
			  },
			  &changed));
	return record(w, db, a, "issue.close");
}

err_t app_issue_close(struct call *c, struct str sitting, struct str issue, const struct pii *answer, bool sure)
{
	struct board_work w = {.call = c, .sitting = sitting, .id = issue, .words = answer, .sure = sure};
	return run(&w, close_issue);
}

/* --- motions --- */

err_t board_voters(struct db *db, struct arena *a, const struct sitting_open *open, struct str agency_id, int *voters,
		   bool *votes_too)
{
	struct q_series_agencies *rows;
	struct str region = open->series.region_id;
	size_t n;
	TRY(q_series_agencies(db, a, open->row.series_id, region, region.n == 0, &rows, &n));
	*voters = (int)n;
	*votes_too = false;
	for (size_t i = 0; i < n; i++)
		*votes_too = *votes_too || (agency_id.n > 0 && str_eq(rows[i].agency_id, agency_id));
	return NULL;
}

err_t board_here(struct call *c, struct db *db, struct arena *a, struct str sitting, bool *here)
{
	struct q_sitting_seats *rows;
	size_t n;
	*here = false;
	TRY(q_sitting_seats(db, a, sitting, &rows, &n));
	for (size_t i = 0; i < n; i++)
		*here = *here || (!instant_known(rows[i].out_at) && str_eq(rows[i].user_id, c->actor.id));
	return NULL;
}

/* Moving and voting are for agencies that come, in the open room. */
static err_t take_voter(struct board_work *w, struct db *db, struct arena *a)
{
	int voters;
	bool votes_too, here;
	if (!str_eq(w->open.row.state, S("live")))
		return err_new(a, ERR_CONFLICT, "Votes are taken while the meeting runs.");
	TRY(board_here(w->call, db, a, w->sitting, &here));
	TRY(board_voters(db, a, &w->open, w->call->actor.agency_id, &voters, &votes_too));
	if (!here || !votes_too)
		return err_new(a, ERR_DENIED,
			       "Motions are for people in the room whose agency comes to these meetings: one vote for "
			       "each agency, and none for lead agencies.");
	return NULL;
}

static err_t add_motion(struct db *db, struct arena *a, void *ctx)
{
	struct board_work *w = ctx;
	struct call *c = w->call;
	TRY(take_words(w, db, a));
	TRY(take_voter(w, db, a));
	TRY(q_motion_add(db, a,
			 &(struct q_motion_add_in){
				 .id = w->id,
				 .sitting_id = w->sitting,
				 .words = unnamed_seal(c, a, "motion", "words", w->id, w->words),
				 .mover_id = c->actor.id,
				 .at = c->now,
			 }));
	return record(w, db, a, "motion.add");
}

err_t app_motion_add(struct call *c, struct str sitting, const struct pii *words, bool sure)
{
	struct board_work w = {.call = c, .sitting = sitting, .words = words, .sure = sure};
	return run(&w, add_motion);
}

static err_t find_motion(const struct board_work *w, struct db *db, struct arena *a)
{
	struct q_motion_by_id row;
	bool found;
	TRY(q_motion_by_id(db, a, w->id, w->sitting, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such motion.");
	if (instant_known(row.closed_at))
		return err_new(a, ERR_CONFLICT, "The vote on it is closed.");
	return NULL;
}

static err_t vote(struct db *db, struct arena *a, void *ctx)
{
	struct board_work *w = ctx;
	struct call *c = w->call;
	TRY(take(w, db, a));
	TRY(find_motion(w, db, a));
	TRY(take_voter(w, db, a));
	TRY(q_motion_vote_put(db, a,
			      &(struct q_motion_vote_put_in){w->id, c->actor.agency_id, str_from(votes[w->vote]),
							     c->actor.id, c->now}));
	return record(w, db, a, "motion.vote");
}

err_t app_motion_vote(struct call *c, struct str sitting, struct str motion, enum motion_vote how)
{
	struct board_work w = {.call = c, .sitting = sitting, .id = motion, .vote = how};
	return run(&w, vote);
}

static err_t close_motion(struct db *db, struct arena *a, void *ctx)
{
	struct board_work *w = ctx;
	int voters;
	bool votes_too;
	int64_t changed;
	TRY(take(w, db, a));
	TRY(find_motion(w, db, a));
	if (!w->open.leads)
		return err_new(a, ERR_DENIED, "Who leads the meeting closes a vote.");
	TRY(board_voters(db, a, &w->open, S(""), &voters, &votes_too));
	TRY(q_motion_close(db, a,
			   &(struct q_motion_close_in){w->id, w->sitting, voters, w->open.series.quorum, w->call->now},
			   &changed));
	return record(w, db, a, "motion.close");
}

err_t app_motion_close(struct call *c, struct str sitting, struct str motion)
{
	struct board_work w = {.call = c, .sitting = sitting, .id = motion};
	return run(&w, close_motion);
}

err_t board_close(struct call *c, struct db *db, struct arena *a, struct str sitting,
		  const struct q_series_by_id *series, struct str series_id)
{
	const struct sitting_open open = {.row = {.series_id = series_id}, .series = *series};
	int voters;
	bool votes_too;
	int64_t changed;
	TRY(board_voters(db, a, &open, S(""), &voters, &votes_too));
	return q_motions_close(db, a, sitting, voters, series->quorum, c->now, &changed);
}

/* --- the training log --- */

static err_t add_workshop(struct db *db, struct arena *a, void *ctx)
{
	struct board_work *w = ctx;
	struct call *c = w->call;
	struct q_sitting_seats *seats;
	size_t n;
	TRY(take_words(w, db, a));
	if (!w->open.leads && c->actor.role != ROLE_LEAD)
		return err_new(a, ERR_DENIED, "The training log is kept by who leads, and by lead agencies.");
	TRY(q_workshop_add(db, a,
			   &(struct q_workshop_add_in){
				   .id = w->id,
				   .series_id = w->open.row.series_id,
				   .day = w->day,
				   .minutes = w->minutes,
				   .words = unnamed_seal(c, a, "workshop", "words", w->id, w->words),
				   .at = c->now,
				   .by_id = c->actor.id,
			   }));
	TRY(q_sitting_seats(db, a, w->sitting, &seats, &n));
	for (size_t i = 0; i < n && w->room; i++)
		if (!instant_known(seats[i].out_at))
			TRY(q_workshop_there(db, a, w->id, seats[i].user_id));
	return record(w, db, a, "workshop.add");
}

err_t app_workshop_add(struct call *c, struct str sitting, const struct pii *words, struct day day, int minutes,
		       bool room, bool sure)
{
	struct board_work w = {.call = c, .sitting = sitting, .words = words, .sure = sure, .room = room};
	w.day = day_known(day) ? day : c->today;
	w.minutes = minutes;
	if (w.day.n > c->today.n || w.day.n < c->today.n - NOTICE_DAYS_MOST)
		return err_new(c->arena, ERR_INVALID, "Training is written down once it was held, within a year.");
	if (minutes < 1 || minutes > WORKSHOP_MINUTES_MOST)
		return err_new(c->arena, ERR_INVALID, "Say how many minutes it took, up to %d.", WORKSHOP_MINUTES_MOST);
	return run(&w, add_workshop);
}

static err_t there(struct db *db, struct arena *a, void *ctx)
{
	struct board_work *w = ctx;
	struct q_workshop_of_series row;
	bool found;
	TRY(take(w, db, a));
	TRY(q_workshop_of_series(db, a, w->id, w->open.row.series_id, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such training.");
	TRY(q_workshop_there(db, a, w->id, w->call->actor.id));
	return record(w, db, a, "workshop.there");
}

err_t app_workshop_there(struct call *c, struct str sitting, struct str workshop)
{
	struct board_work w = {.call = c, .sitting = sitting, .id = workshop};
	return run(&w, there);
}
