#include "domain/agenda.h"

const struct agenda_row agenda_table[AGENDA_PARTS] = {
#define X(name, key, title, what, minutes) {STR_INIT(key), STR_INIT(title), STR_INIT(what), minutes},
	AGENDA(X)
#undef X
};

const struct str agenda_agreement_table[AGENDA_AGREEMENT_N] = {
	STR_INIT("We speak for the housing of the whole region, and decide for the people who need it."),
	STR_INIT("The person and what they want stand in the middle; we talk about them as if they sat here."),
	STR_INIT("Housing comes first: we hold each other to it kindly, also when it is hard."),
};

enum { HOUR = 60 };

void agenda_fill(int length, int minutes[AGENDA_PARTS])
{
	int fixed = 0;
	for (int i = 0; i < AGENDA_PARTS; i++) {
		if (i == AGENDA_WORK)
			continue;
		int m = agenda_table[i].minutes;
		if (length < HOUR)
			m = m * length / HOUR;
		minutes[i] = m < 1 ? 1 : m;
		fixed += minutes[i];
	}
	minutes[AGENDA_WORK] = length - fixed;
}

int agenda_fixed_minutes(const int minutes[AGENDA_PARTS])
{
	int fixed = 0;
	for (int i = 0; i < AGENDA_PARTS; i++)
		fixed += i == AGENDA_WORK ? 0 : minutes[i];
	return fixed;
}

err_t agenda_check(struct arena *a, const int minutes[AGENDA_PARTS], int length)
{
	if (length < AGENDA_LENGTH_LEAST || length > AGENDA_LENGTH_MOST)
		return err_new(a, ERR_INVALID, "A conference takes between %d and %d minutes.", AGENDA_LENGTH_LEAST,
			       AGENDA_LENGTH_MOST);
	long long sum = 0;
	for (int i = 0; i < AGENDA_PARTS; i++) {
		if (minutes[i] < 1)
			return err_new(a, ERR_INVALID,
				       "“%.*s” needs at least one minute: a part may be shortened, not left out.",
				       STR_ARG(agenda_table[i].title));
		sum += minutes[i];
	}
	if (sum > length)
		return err_new(a, ERR_INVALID, "The agenda takes %lld minutes, %lld more than the %d of the meeting.",
			       sum, sum - length, length);
	return NULL;
}
