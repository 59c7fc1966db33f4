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

#define X(name, say) [name] = (say),
static const char *const covered_says[COVERED_N] = {COVERED_STATES(X)};
static const char *const working_says[WORKINGS_N] = {WORKINGS(X)};
#undef X

static const struct {
	const char *word;
	const char *say;
} consents[CONSENTS_N] = {
#define X(name, word, say) [name] = {word, say},
	CONSENTS(X)
#undef X
};

const char *consent_word(enum consent c)
{
	return consents[c].word;
}

const char *covered_say(enum covered c)
{
	return covered_says[c];
}

const char *law_say(enum fact_law law)
{
	static const char *const says[LAWS_N] = {
#define X(name, word, say) [name] = (say),
		LAWS(X)
#undef X
	};
	return says[law];
}

bool access_list_open(int capability, enum covered covered)
{
	static const uint32_t of_meetings = 1U << CAN_CONFERENCE | 1U << CAN_CONFERENCE_PLAN | 1U << CAN_RECORD;
	_Static_assert(CAPABILITIES_N <= 32, "capabilities fit into a word");
	if (capability <= CAN_NOTHING || capability >= CAPABILITIES_N)
		return false;
	return covered == COVERED || !capability_table[capability].person || (of_meetings & (1U << capability)) != 0;
}

/* The ways in which a household can be shown, each at least what stands before it (but that a code gives way to a
 * name). Every criterion allows one of them; the least of all is shown. */
enum shown { SHOWN_NOT, SHOWN_SILENT, SHOWN_SHIELDED, SHOWN_CODED, SHOWN_NAMED, SHOWN_SERVED, SHOWN_N };

/* Fields that are not named: nothing. */
static const enum access shown_fields[SHOWN_N][ACCESS_FIELDS_N] = {
	[SHOWN_SILENT] = {[FIELD_CODE] = ACCESS_FULL},
	/* No place and no agency, which would say where a survivor sleeps; facts as bands. */
	[SHOWN_SHIELDED] = {[FIELD_CODE] = ACCESS_FULL, [FIELD_FACTS] = ACCESS_MASKED},
	[SHOWN_CODED] = {[FIELD_AGE] = ACCESS_MASKED,
			 [FIELD_CODE] = ACCESS_FULL,
			 [FIELD_FACTS] = ACCESS_FULL,
			 [FIELD_PLACE] = ACCESS_FULL},
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

/* The most that a place of use shows of a field, whoever asks. Numbers that open other doors (SSN, birth date, HMIS id)
 * stay off the room's screen; SSN and birth date leave the device in no form. */
#define EVERYTHING_BUT(...)                                                                                            \
	{                                                                                                              \
		[FIELD_NAME] = ACCESS_FULL, [FIELD_AGE] = ACCESS_FULL, [FIELD_CODE] = ACCESS_FULL,                     \
		[FIELD_FACTS] = ACCESS_FULL, [FIELD_PLACE] = ACCESS_FULL, [FIELD_NOTES] = ACCESS_FULL, __VA_ARGS__     \
	}
static const enum access use_fields[USES_N][ACCESS_FIELDS_N] = {
	[USE_DEVICE] =
		EVERYTHING_BUT([FIELD_SSN4] = ACCESS_FULL, [FIELD_BIRTH] = ACCESS_FULL, [FIELD_HMIS_ID] = ACCESS_FULL),
	[USE_STAGE] = EVERYTHING_BUT([FIELD_HMIS_ID] = ACCESS_NOTHING),
	[USE_PAPER] = EVERYTHING_BUT([FIELD_HMIS_ID] = ACCESS_FULL),
	[USE_FILE] = EVERYTHING_BUT([FIELD_HMIS_ID] = ACCESS_FULL),
	[USE_MAIL] = {ACCESS_NOTHING},
};

static const enum shown by_role[ROLES_N] = {
	[ROLE_LIST_HOLDER] = SHOWN_SERVED,
	[ROLE_SPECIALIST] = SHOWN_SERVED,
	[ROLE_PROVIDER] = SHOWN_SERVED,
};

static const enum shown by_covered[COVERED_N] = {
	[COVERED_NOT_AGENCY] = SHOWN_SHIELDED,
	[COVERED_NOT_SIGNED] = SHOWN_SHIELDED,
	[COVERED_NOT_TRAINED] = SHOWN_SHIELDED,
	[COVERED] = SHOWN_SERVED,
};

/* By what the asker has to do with the household: in the order of enum working. */
#define WITHOUT_RELEASE                                                                                                \
	{                                                                                                              \
		SHOWN_CODED, SHOWN_CODED, SHOWN_CODED, SHOWN_CODED, SHOWN_SERVED                                       \
	}
static const enum shown by_consent[CONSENTS_N][WORKINGS_N] = {
	[CONSENT_NONE] = WITHOUT_RELEASE,
	[CONSENT_REFUSED] = WITHOUT_RELEASE,
	[CONSENT_WITHDRAWN] = WITHOUT_RELEASE,
	[CONSENT_LAPSED] = WITHOUT_RELEASE,
	[CONSENT_ELSEWHERE] = WITHOUT_RELEASE,
	[CONSENT_HERE] = {SHOWN_CODED, SHOWN_NAMED, SHOWN_NAMED, SHOWN_NAMED, SHOWN_SERVED},
};

static const enum shown by_shield[2][WORKINGS_N] = {
	{SHOWN_SERVED, SHOWN_SERVED, SHOWN_SERVED, SHOWN_SERVED, SHOWN_SERVED},
	{SHOWN_SHIELDED, SHOWN_SHIELDED, SHOWN_SHIELDED, SHOWN_SHIELDED, SHOWN_SERVED},
};

static enum shown least(enum shown a, enum shown b)
{
	return a < b ? a : b;
}

static bool is_asked(const struct access_question *q)
{
	return q->role > ROLE_NOBODY && q->role < ROLES_N && (unsigned)q->covered < COVERED_N &&
	       (unsigned)q->consent < CONSENTS_N && (unsigned)q->working < WORKINGS_N && (unsigned)q->law < LAWS_N &&
	       (unsigned)q->use < USES_N;
}

/* Of a law with a release of its own: whole, or nothing but the code of whom it would be about. */
static enum shown under_law(const struct access_question *q, enum shown otherwise)
{
	bool own = q->own && q->working == WORKING_SERVES;
	if (q->law == LAW_HMIS || (otherwise >= SHOWN_NAMED && (own || q->consent == CONSENT_HERE)))
		return otherwise;
	return least(otherwise, SHOWN_SILENT);
}

static const char *reason_of(const struct access_question *q, enum shown how, bool shielded)
{
	if (how == SHOWN_NOT)
		return "This role sees counts and no person.";
	if (q->use == USE_MAIL)
		return "Mail and calendars hold nothing about a person.";
	if (q->covered != COVERED)
		return covered_says[q->covered];
	if (how >= SHOWN_NAMED)
		return working_says[q->working];
	if (shielded && q->working != WORKING_SERVES)
		return "A protected household is named only to the agency that serves it.";
	if (how == SHOWN_SILENT)
		return "This comes under a law of its own and stays with the agency that recorded it.";
	if (q->working == WORKING_NOT)
		return "Names are for those who work with the household and whom its release covers.";
	return consents[q->consent].say;
}

/* Whatever was agreed to: who declined can be asked again, and who agreed can take it back. */
static bool may_record(const struct access_question *q, enum shown how, bool shielded)
{
	bool holder = q->role == ROLE_LIST_HOLDER && q->working == WORKING_LIST && !shielded;
	return how >= SHOWN_CODED && q->law == LAW_HMIS && q->use == USE_DEVICE &&
	       (q->working == WORKING_SERVES || holder);
}

void access_decide(const struct access_question *q, struct access_decision *out)
{
	enum shown how = SHOWN_NOT;
	bool shielded = q->protected || q->victim;
	*out = (struct access_decision){0};
	if (is_asked(q)) {
		how = least(by_role[q->role], by_covered[q->covered]);
		how = least(how, by_consent[q->consent][q->working]);
		how = least(how, by_shield[shielded][q->working]);
		how = under_law(q, how);
		for (int f = 0; f < ACCESS_FIELDS_N; f++) {
			enum access most = use_fields[q->use][f];
			enum access may = shown_fields[how][f];
			out->field[f] = may < most ? may : most;
		}
	}
	out->named = out->field[FIELD_NAME] != ACCESS_NOTHING;
	out->records = is_asked(q) && may_record(q, how, shielded);
	out->reason = reason_of(q, how, shielded);
}

void access_stage(const struct access_decision *each, size_t n, struct access_decision *out)
{
	struct access_decision all = {.reason = "Nobody is here."};
	bool seen = n > 0;
	for (size_t i = 0; i < n; i++) {
		seen = seen && (each[i].named || each[i].field[FIELD_CODE] == ACCESS_FULL);
		for (int f = 0; f < ACCESS_FIELDS_N; f++)
			if (i == 0 || each[i].field[f] < all.field[f])
				all.field[f] = each[i].field[f];
	}
	all.named = all.field[FIELD_NAME] != ACCESS_NOTHING;
	/* Who reads the name has no code, so the least of both would be neither. */
	all.field[FIELD_CODE] = seen && !all.named ? ACCESS_FULL : ACCESS_NOTHING;
	if (n > 0)
		all.reason = all.named ? "Everybody in the room may read the name."
				       : "Somebody in the room may not read the name.";
	*out = all;
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
