#include "domain/access.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *word;
	const char *say;
} roles[ROLES_N] = {[ROLE_NOBODY] = {"nobody", "Nobody"},
#define X(name, word, say) [name] = {word, say},
		    ROLES(X)
#undef X
};

const char *role_word(enum role r)
{
	return roles[r].word;
}

const char *role_say(enum role r)
{
	return roles[r].say;
}

bool role_from_word(const char *word, enum role *out)
{
	for (int r = ROLE_NOBODY + 1; r < ROLES_N; r++)
		if (strcmp(roles[r].word, word) == 0) {
			*out = (enum role)r;
			return true;
		}
	return false;
}

const struct capability_row capability_table[CAPABILITIES_N] = {
	[CAN_NOTHING] = {CAN_NOTHING, "CAN_NOTHING", true, 0, "nothing: the capability of a page that forgot its own"},
#define X(name, person, who, say) [name] = {name, #name, person, who, say},
	CAPABILITIES(X)
#undef X
};

bool access_may(enum role role, int capability)
{
	if (role <= ROLE_NOBODY || role >= ROLES_N || capability <= CAN_NOTHING || capability >= CAPABILITIES_N)
		return false;
	return (capability_table[capability].roles & ROLE_BIT(role)) != 0;
}

/* What is shown in each of the ways a household can be shown. Fields that are not named: nothing. */
enum shown { SHOWN_NOT, SHOWN_CODED, SHOWN_PROTECTED, SHOWN_NAMED, SHOWN_SERVED, SHOWN_N };

static const enum access shown_fields[SHOWN_N][ACCESS_FIELDS_N] = {
	[SHOWN_CODED] = {[FIELD_AGE] = ACCESS_MASKED,
			 [FIELD_CODE] = ACCESS_FULL,
			 [FIELD_FACTS] = ACCESS_FULL,
			 [FIELD_PLACE] = ACCESS_FULL},
	/* No place and no agency, which would say where a survivor sleeps; facts as bands. */
	[SHOWN_PROTECTED] = {[FIELD_CODE] = ACCESS_FULL, [FIELD_FACTS] = ACCESS_MASKED},
	[SHOWN_NAMED] = {[FIELD_NAME] = ACCESS_FULL,
			 [FIELD_SSN4] = ACCESS_FULL,
			 [FIELD_AGE] = ACCESS_FULL,
			 [FIELD_HMIS_ID] = ACCESS_FULL,
			 [FIELD_FACTS] = ACCESS_FULL,
			 [FIELD_PLACE] = ACCESS_FULL,
			 [FIELD_NOTES] = ACCESS_FULL},
	[SHOWN_SERVED] = {[FIELD_NAME] = ACCESS_FULL,
			  [FIELD_SSN4] = ACCESS_FULL,
			  [FIELD_BIRTH] = ACCESS_FULL,
			  [FIELD_AGE] = ACCESS_FULL,
			  [FIELD_HMIS_ID] = ACCESS_FULL,
			  [FIELD_FACTS] = ACCESS_FULL,
			  [FIELD_PLACE] = ACCESS_FULL,
			  [FIELD_NOTES] = ACCESS_FULL},
};

static void show(struct access_decision *out, enum shown how, const char *reason)
{
	memcpy(out->field, shown_fields[how], sizeof out->field);
	out->named = out->field[FIELD_NAME] != ACCESS_NOTHING;
	out->reason = reason;
}

void access_decide(const struct access_question *q, struct access_decision *out)
{
	bool of_list = q->role > ROLE_NOBODY && q->role < ROLES_N && (ROLES_OF_LIST & ROLE_BIT(q->role)) != 0;
	if (!of_list)
		show(out, SHOWN_NOT, "This role sees counts and no person.");
	else if (q->serves)
		show(out, SHOWN_SERVED, "Your agency serves this household.");
	else if (q->protected || q->victim)
		show(out, SHOWN_PROTECTED, "A protected household is named only to the agency that serves it.");
	else if (q->role == ROLE_LIST_HOLDER && q->own_region)
		show(out, SHOWN_NAMED, "You hold the list of this region.");
	else
		show(out, SHOWN_CODED,
		     "Names are for the list holder of the region and the agencies that serve the household.");
}

void access_hide_small(const int64_t *counts, int n, bool *hidden)
{
	int hidden_n = 0;
	int64_t sum = 0;
	for (int i = 0; i < n; i++) {
		hidden[i] = access_small(counts[i]);
		hidden_n += hidden[i];
		sum += hidden[i] ? counts[i] : 0;
	}
	/* What is hidden adds up to the total less the rest. That sum must say nothing either: more than one
	 * count goes into it, and it is no small cell itself. */
	while (hidden_n == 1 || access_small(sum)) {
		int smallest = -1;
		for (int i = 0; i < n; i++)
			if (!hidden[i] && counts[i] > 0 && (smallest < 0 || counts[i] < counts[smallest]))
				smallest = i;
		if (smallest < 0)
			return;
		hidden[smallest] = true;
		hidden_n++;
		sum += counts[smallest];
	}
}
