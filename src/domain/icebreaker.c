#include "domain/icebreaker.h"

enum { WEEK = 7 };

static const struct str questions[ICEBREAKERS_N] = {
	STR_INIT("What is a small thing that went well this week?"),
	STR_INIT("Which sound do you like to hear?"),
	STR_INIT("What could you eat every day?"),
	STR_INIT("Which word would describe your week?"),
	STR_INIT("What is the best thing you learnt on the job?"),
	STR_INIT("Which tool could you not work without?"),
	STR_INIT("What do you look forward to this month?"),
	STR_INIT("Who helped you lately, and with what?"),
	STR_INIT("Which season suits you?"),
	STR_INIT("What makes you laugh at work?"),
	STR_INIT("Which place in this region do you like?"),
	STR_INIT("What would you put on a button that says who you are?"),
	STR_INIT("Which song gets you going in the morning?"),
};

struct str icebreaker_of(struct day meeting)
{
	int week = meeting.n / WEEK % ICEBREAKERS_N;
	return questions[week < 0 ? week + ICEBREAKERS_N : week];
}
