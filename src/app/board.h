/* What a business meeting is about: notices with a last day, the issue box, motions, the training log.
 *
 * Nobody on the list is named in any of it (app/unnamed.h): lead agencies read it too. Notices and issues are written
 * at any time by whoever follows the series, what lead agencies tell by them alone; motions are moved and voted on in
 * the open room, by people of agencies that come, one vote for each agency. An issue returns in every meeting until it
 * is answered. Journal rows "notice.…", "issue.…", "motion.…", "workshop.…" on the meeting, whose topic they change.
 */
#ifndef APP_BOARD_H
#define APP_BOARD_H

#include "app/sitting.h"
#include "domain/board.h"

enum { BOARD_WORDS = 600 };

/* `until` DAY_NONE: for NOTICE_DAYS. ERR_INVALID: words that may be somebody, a last day past or a year away;
 * ERR_DENIED: an update of a lead agency from somebody else. */
must err_t app_notice_add(struct call *c, struct str sitting, enum notice_kind kind, const struct pii *words,
			  struct day until, bool sure);
must err_t app_notice_end(struct call *c, struct str sitting, struct str notice);

must err_t app_issue_add(struct call *c, struct str sitting, enum issue_level level, const struct pii *words,
			 bool sure);
/* Who sees to it; whoever leads says so, or somebody takes it on. */
must err_t app_issue_own(struct call *c, struct str sitting, struct str issue, struct str owner_id);
/* What became of it; by who leads or sees to it. */
must err_t app_issue_close(struct call *c, struct str sitting, struct str issue, const struct pii *answer, bool sure);

enum motion_vote { VOTE_YES, VOTE_NO, VOTE_ABSTAIN, VOTES_N };
must err_t app_motion_add(struct call *c, struct str sitting, const struct pii *words, bool sure);
/* ERR_DENIED: not in the room, or for an agency that has no vote; ERR_CONFLICT: the vote is closed. */
must err_t app_motion_vote(struct call *c, struct str sitting, struct str motion, enum motion_vote vote);
must err_t app_motion_close(struct call *c, struct str sitting, struct str motion);

/* `room`: everybody who is in the room was there. */
must err_t app_workshop_add(struct call *c, struct str sitting, const struct pii *words, struct day day, int minutes,
			    bool room, bool sure);
must err_t app_workshop_there(struct call *c, struct str sitting, struct str workshop);

struct board_notice {
	struct str id, words, by, until;
	enum notice_kind kind;
	bool statewide, can_end;
};
struct board_issue {
	struct str id, words, owner, level, since, answer;
	bool closed; /* in this meeting */
	bool can_answer, can_own;
};
struct board_motion {
	struct str id, words, mover, result; /* "carried, 5 to 1"; empty: votes are taken */
	struct motion_count count;
	struct str mine; /* how the actor's agency voted; empty: it has not */
	bool open, can_vote, can_close;
};
struct board_workshop {
	struct str id, words, day;
	int minutes, people;
	bool mine;
};
struct board_view {
	struct board_notice *notices; /* by kind, then by last day */
	size_t notices_n;
	struct board_issue *issues; /* the open ones, the oldest first, then those answered here */
	size_t issues_n;
	int issues_open;
	struct board_motion *motions;
	size_t motions_n;
	struct board_workshop *workshops;
	size_t workshops_n;
	bool can_move; /* motions */
	bool can_tell; /* for a lead agency */
	int voters;    /* agencies with a vote */
};
/* Of a meeting that the actor may follow. */
must err_t app_board(struct call *c, struct str sitting, struct board_view *out);

/* Shared by app/board.c and app/board_view.c: how many agencies vote, and whether one of them does; whether the actor
 * is in the room. */
must err_t board_voters(struct db *db, struct arena *a, const struct sitting_open *open, struct str agency_id,
			int *voters, bool *votes_too);
must err_t board_here(struct call *c, struct db *db, struct arena *a, struct str sitting, bool *here);

/* For app/sitting.c, inside its transaction: the meeting is over, so are its votes. */
must err_t board_close(struct call *c, struct db *db, struct arena *a, struct str sitting,
		       const struct q_series_by_id *series, struct str series_id);

#endif
