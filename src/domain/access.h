/* Who may do what, and who may see what of a household. Denied unless a row says otherwise.
 *
 * Two questions. access_may: has the role the capability that a page or command needs? access_decide:
 * what of this household may be shown to this person, field by field, and why? Sources:
 * DEFINITIONS "Who may be named"; lead agencies "do not receive the prioritization list" (MO BoS,
 * Level 4 list holders); VAWA for protected households.
 *
 * Until agreements and releases of information are kept, only the list holder of the household's region
 * and an agency that serves the household see names. A coordinated-entry specialist and other providers
 * see coded rows. Lead agencies, administrators and operators of the machine see no person: not even a
 * coded row, only counts, of which small ones are hidden. A protected household is a coded row for
 * everybody but the agency that serves it. A household of a victim service provider has no HMIS id to
 * show to anybody else.
 */
#ifndef DOMAIN_ACCESS_H
#define DOMAIN_ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#define ROLES(X)                                                                                                       \
	X(ROLE_LIST_HOLDER, "list-holder", "List holder")                                                              \
	X(ROLE_SPECIALIST, "specialist", "Coordinated-entry specialist")                                               \
	X(ROLE_PROVIDER, "provider", "Provider")                                                                       \
	X(ROLE_LEAD, "lead", "Lead agency")                                                                            \
	X(ROLE_ADMINISTRATOR, "administrator", "Administrator")

/* No role is 0, so that one that was never set may nothing. */
enum role {
	ROLE_NOBODY,
#define X(name, word, say) name,
	ROLES(X)
#undef X
		ROLES_N
};
const char *role_word(enum role r); /* as stored and typed */
const char *role_say(enum role r);  /* as shown */
bool role_from_word(const char *word, enum role *out);

#define ROLE_BIT(r) (1U << (r))
#define ROLES_OF_LIST (ROLE_BIT(ROLE_LIST_HOLDER) | ROLE_BIT(ROLE_SPECIALIST) | ROLE_BIT(ROLE_PROVIDER))
#define ROLES_OF_ALL (ROLES_OF_LIST | ROLE_BIT(ROLE_LEAD) | ROLE_BIT(ROLE_ADMINISTRATOR))

/* Capability, whether what it opens has a person on it, who has it, what it is. */
#define CAPABILITIES(X)                                                                                                \
	X(CAN_ACCOUNT, false, ROLES_OF_ALL, "see and change their own account")                                        \
	X(CAN_COUNTS, false, ROLES_OF_ALL, "see counts, small ones hidden")                                            \
	X(CAN_LIST, true, ROLES_OF_LIST, "see the list, each row as access_decide allows")                             \
	X(CAN_LIST_EXPORT, true, ROLE_BIT(ROLE_LIST_HOLDER), "take the list out as a file of codes and facts")         \
	X(CAN_CONFERENCE, true, ROLES_OF_LIST, "follow and take part in a case conference")                            \
	X(CAN_CONFERENCE_PLAN, true, ROLE_BIT(ROLE_LIST_HOLDER) | ROLE_BIT(ROLE_SPECIALIST),                           \
	  "start cycles, plan, run and close conferences")                                                             \
	X(CAN_RECORD, true, ROLES_OF_LIST,                                                                             \
	  "facilitate a conference or write its record, and so read what is typed there with the names in it")         \
	X(CAN_IMPORT, false, ROLE_BIT(ROLE_ADMINISTRATOR), "import an HMIS export and see its counts")                 \
	X(CAN_FLAGS, true, ROLE_BIT(ROLE_LIST_HOLDER), "see what an import set aside or flagged")                      \
	X(CAN_COLUMNS, false, ROLE_BIT(ROLE_LIST_HOLDER) | ROLE_BIT(ROLE_ADMINISTRATOR),                               \
	  "define the CoC's own columns and the menus of the needs matrix")                                            \
	X(CAN_SOURCES, true, ROLE_BIT(ROLE_LIST_HOLDER),                                                               \
	  "bring in lists that are not of an HMIS, and decide who is the same person")                                 \
	X(CAN_MOVE, true, ROLE_BIT(ROLE_LIST_HOLDER), "ask for and answer moves of households between regions")        \
	X(CAN_MEND, true, ROLES_OF_LIST, "see flags of households they work with, and confirm what is right as it is") \
	X(CAN_REGIONS, false, ROLE_BIT(ROLE_ADMINISTRATOR), "set regions, counties, agencies and calendar")            \
	X(CAN_POLICY, false, ROLES_OF_ALL, "read the written order and try a draft of it")                             \
	X(CAN_POLICY_SET, false, ROLE_BIT(ROLE_ADMINISTRATOR) | ROLE_BIT(ROLE_LEAD), "put a policy in force")          \
	X(CAN_USERS, false, ROLE_BIT(ROLE_ADMINISTRATOR), "add, reset and disable accounts")                           \
	X(CAN_JOURNAL, false, ROLE_BIT(ROLE_ADMINISTRATOR), "read the journal, which names no person")

/* 0 is nobody's, so that a page that forgot its capability is open to nobody. */
enum capability {
	CAN_NOTHING,
#define X(name, person, roles, say) name,
	CAPABILITIES(X)
#undef X
		CAPABILITIES_N
};

struct capability_row {
	enum capability capability;
	const char *word; /* "CAN_LIST" */
	bool person;
	uint32_t roles; /* ROLE_BIT */
	const char *say;
};
extern const struct capability_row capability_table[CAPABILITIES_N];

bool access_may(enum role role, int capability);

struct access_question {
	enum role role;
	bool own_region; /* the household is in the region the list holder holds; never true for no region */
	bool serves;     /* the person's agency has an enrollment of a member that is open, or ended so lately that it
			    hands over (setting handover_days) */
	bool protected;  /* protected household: people decided so */
	bool victim;     /* listed by a victim service provider */
};

/* HMIS id and code exclude each other: who sees one does not need the other. */
#define ACCESS_FIELDS(X)                                                                                               \
	X(FIELD_NAME, "name")                                                                                          \
	X(FIELD_SSN4, "last four digits of the SSN")                                                                   \
	X(FIELD_BIRTH, "birth date")                                                                                   \
	X(FIELD_AGE, "age")                                                                                            \
	X(FIELD_HMIS_ID, "HMIS id")                                                                                    \
	X(FIELD_CODE, "code")                                                                                          \
	X(FIELD_FACTS, "facts of the row")                                                                             \
	X(FIELD_PLACE, "project and agency")                                                                           \
	X(FIELD_NOTES, "notes")

enum access_field {
#define X(name, say) name,
	ACCESS_FIELDS(X)
#undef X
		ACCESS_FIELDS_N
};

/* Nothing is 0. Masked: the field in a coarser form (an age as its band, an SSN as dots, facts as
 * access_coarse says). */
enum access { ACCESS_NOTHING, ACCESS_MASKED, ACCESS_FULL };

struct access_decision {
	enum access field[ACCESS_FIELDS_N];
	bool named;         /* name, not code */
	const char *reason; /* a sentence for "who sees what" */
};

void access_decide(const struct access_question *q, struct access_decision *out);

/* Facts of a row that are masked: a number stands for its band, and what would say who it is or where they sleep is
 * left out (DEFINITIONS "Priority": "attests to bands only (time, need, contact)"). The lower end of the band, so that
 * nobody sinks by it less than they must; negative, not known, stays as it is. */
enum { COARSE_DAYS = 90, COARSE_MONTHS = 6 };
static inline int access_coarse(int value, int band)
{
	return value < 0 ? value : value / band * band;
}

/* True where a count of people may not be told to those who see counts only: 1 to 10 (DEFINITIONS
 * "Who may be named": under 11 hidden). Nought may. */
enum { SMALL_CELL = 11 };
static inline bool access_small(int64_t count)
{
	return count > 0 && count < SMALL_CELL;
}

/* Counts of one total, shown side by side: hides small ones and, where they would then follow from the
 * total, the next smallest as well, until two or more are hidden that add up to more than a small
 * cell. hidden[i] is set for each count that must not be shown. */
void access_hide_small(const int64_t *counts, int n, bool *hidden);

#endif
