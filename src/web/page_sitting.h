/* One business meeting: its plan, its room, its board. */
#ifndef WEB_PAGE_SITTING_H
#define WEB_PAGE_SITTING_H

#include "app/board.h"
#include "web/layout.h"
#include "web/route.h"

struct board_group {
	struct str title;
	const struct board_notice *notices;
	size_t notices_n;
};

struct motion_row {
	const struct board_motion *motion;
	struct str count; /* "3 yes, 1 no, 0 abstain; 5 needed of 9" */
	struct chip_view chip;
};

struct issue_row {
	const struct board_issue *issue;
	struct str answer; /* that was not kept */
};

struct conference_after {
	const struct sitting_conference *conference;
	struct url href;
	struct chip_view chip;
};

struct sitting_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct sitting_view *view;
	const struct board_view *board;
	struct url self, plan, series, conference_plan;
	const struct board_group *groups;
	size_t groups_n;
	const struct issue_row *issues;
	size_t issues_n;
	const struct motion_row *motions;
	size_t motions_n;
	const struct conference_after *after;
	size_t after_n;
	const struct option_view *people; /* to see to an issue */
	size_t people_n;
	const struct option_view *kinds, *levels;
	size_t kinds_n, levels_n;
	bool open_for_all;      /* a statewide one: conferences of several regions follow */
	struct chip_view state; /* of the meeting */
	struct str today;       /* "2026-12-15" */
	/* What was sent and not kept, in the form that it came from. */
	struct str note, notice, raised, moved, held;
	bool unsure; /* it may say who somebody is: the writer may say that it does not */
};

struct sitting_plan_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct sitting_view *view;
	struct url action, back;
	struct field_view day, time, minutes, place, link, chair;
	const struct field_view *items;
	size_t items_n;
	struct str arithmetic;
};

#define SITTING_ROUTES                                                                                                 \
	{METHOD_GET, "/sitting/:id", CAN_BUSINESS, 0, NULL, page_sitting},                                             \
		{METHOD_POST, "/sitting/:id", CAN_BUSINESS, 0, &sitting_act_form, page_sitting_act},                   \
		{METHOD_GET, "/sitting/:id/plan", CAN_BUSINESS, 0, NULL, page_sitting_plan},                           \
	{                                                                                                              \
		METHOD_POST, "/sitting/:id/plan", CAN_BUSINESS, 0, &sitting_form, page_sitting_plan_post               \
	}

extern const struct form_spec sitting_act_form, sitting_form;

must err_t page_sitting(struct request *rq, struct reply *out);
must err_t page_sitting_act(struct request *rq, struct reply *out);
must err_t page_sitting_plan(struct request *rq, struct reply *out);
must err_t page_sitting_plan_post(struct request *rq, struct reply *out);

#endif
