/* Referrals: the queue, and one of them with all that is to be done about it. */
#ifndef WEB_PAGE_REFERRAL_H
#define WEB_PAGE_REFERRAL_H

#include "app/ready.h"
#include "app/referral_view.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct referral_card {
	const struct referral_row *row;
	struct str called; /* a name, "Maple 4821", or "Nobody chosen yet" */
	struct str where;  /* "Example Street Homes · Example Agency · Region 4" */
	struct str when;   /* "asked on 3 Nov 2026 · waits for Example Agency until 6 Nov" */
	struct chip_view chip;
	struct url href;
};

struct referrals_page {
	const struct layout *layout;
	const struct referral_queue *queue;
	struct str csrf, error;
	struct str rate; /* "9 of 10 referrals of the last 90 days were issued in time."; empty: none was */
	const struct referral_card *issue, *running, *review, *ended;
	size_t issue_n, running_n, review_n, ended_n;
	const struct option_view *openings, *kinds; /* to ask for */
	size_t openings_n, kinds_n;
	struct str program, contact, reach; /* as typed */
};

struct referral_task_line {
	const struct referral_task_row *row;
	struct str what, key, side;
	struct str say; /* "Dana Reed, by 3 Nov" */
	struct chip_view chip;
	struct str due; /* for the field */
	bool is_done;
	const struct option_view *people;
	size_t people_n;
};

struct referral_page {
	const struct layout *layout;
	const struct referral_view *view;
	struct str csrf, error;
	struct referral_card card;
	struct str seen; /* the state that this page shows */
	struct str kind, source;
	bool may_issue, may_move, may_withdraw, may_accept, has_home, packet;
	struct url home, household, issue, move, note, review, task;
	const struct option_view *steps; /* forward, but for accepting */
	size_t steps_n;
	const struct option_view *client_reasons, *provider_reasons;
	size_t client_reasons_n, provider_reasons_n;
	struct str questions; /* reasons that raise the question of Housing First, in words */
	struct str facts;     /* "single adult · 412 days on the list · 19 months in 36" */
	const struct ready_view *ready;
	const struct referral_paper {
		struct str what;
		bool there;
	} * papers;
	size_t papers_n;
	const struct referral_task_line *tasks, *records;
	size_t tasks_n, records_n;
	struct str reason, words; /* as typed */
	struct str plan;
};

extern const struct form_spec referral_ask_form, referral_refer_form, referral_contact_form, referral_issue_form,
	referral_move_form, referral_note_form, referral_review_form, referral_task_form;
must err_t page_referrals(struct request *rq, struct reply *out);
must err_t page_referral_ask(struct request *rq, struct reply *out);
must err_t page_referral_refer(struct request *rq, struct reply *out);
must err_t page_referral_contact(struct request *rq, struct reply *out);
must err_t page_referral(struct request *rq, struct reply *out);
must err_t page_referral_issue(struct request *rq, struct reply *out);
must err_t page_referral_move(struct request *rq, struct reply *out);
must err_t page_referral_note(struct request *rq, struct reply *out);
must err_t page_referral_review(struct request *rq, struct reply *out);
must err_t page_referral_task(struct request *rq, struct reply *out);

/* "Joe Smith", "Household Maple 4821", or that nobody is chosen yet. */
struct str referral_called(struct arena *a, const struct referral_row *row);
struct referral_card referral_card_of(const struct request *rq, const struct referral_row *row);

/* The rows of the site's table of routes. */
#define REFERRAL_ROUTES                                                                                                \
	{METHOD_GET, "/referrals", CAN_LIST, 0, NULL, page_referrals},                                                 \
		{METHOD_POST, "/referrals", CAN_LIST, 0, &referral_ask_form, page_referral_ask},                       \
		{METHOD_POST, "/referrals/refer", CAN_MATCH, 0, &referral_refer_form, page_referral_refer},            \
		{METHOD_POST, "/referrals/contact", CAN_LIST, 0, &referral_contact_form, page_referral_contact},       \
		{METHOD_GET, "/referrals/:id", CAN_LIST, 0, NULL, page_referral},                                      \
		{METHOD_POST, "/referrals/:id/issue", CAN_MATCH, 0, &referral_issue_form, page_referral_issue},        \
		{METHOD_POST, "/referrals/:id/move", CAN_LIST, 0, &referral_move_form, page_referral_move},            \
		{METHOD_POST, "/referrals/:id/note", CAN_LIST, 0, &referral_note_form, page_referral_note},            \
		{METHOD_POST, "/referrals/:id/review", CAN_MATCH, 0, &referral_review_form, page_referral_review},     \
	{                                                                                                              \
		METHOD_POST, "/referrals/:id/task", CAN_LIST, 0, &referral_task_form, page_referral_task               \
	}

#endif
