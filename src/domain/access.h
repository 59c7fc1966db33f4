/* Who may do what, and who may see what of a household. Denied unless a row says otherwise.
 *
 * Two questions. access_may: has the role the capability that a page or command needs? access_decide: what of this
 * household may be shown to this person, field by field, and why? Sources: DEFINITIONS "Who may be named"; lead
 * agencies "do not receive the prioritization list" (MO BoS, Level 4 list holders); VAWA for protected households.
 *
 * A name is shown to a person whose role allows it, whose agency has a memorandum of understanding in force today and
 * who signed this year's confidentiality agreement, where the person's release covers that agency, and who is working
 * with the household. Everybody else of these roles sees its code, in its place on the list. Lead agencies,
 * administrators, privacy officers and operators of the machine see no person: not even a coded row, only counts, of
 * which small ones are hidden. A privacy officer reads in the journal to whom a household was shown; there it is its
 * code, with no fact beside it.
 *
 * Our reading, where the sources leave room:
 * - An agency that serves the household reads its own client's name from its own record under the HMIS notice, without
 *   a release, so that it can work and ask for one; its memorandum must be in force. The release governs everybody
 * else, the list holder too.
 * - A protected household, and one that a victim service provider listed, is its code and coarse facts to everybody
 *   but the agency that serves it, whatever was signed.
 * - Releases are recorded, and a household is protected, by an agency that serves it, and by the list holder of its
 *   region as long as it is not protected. Nobody else reads what somebody declined or why they are protected.
 * - Who is not covered (no memorandum, no signature, training overdue) sees of a household its code and coarse facts.
 *   Whether such a person may open the list at all is access_list_open's answer: no.
 * - A fact of another law than the HMIS notice is shown whole or not at all, to the agency whose own fact it is and to
 *   those a release for that very law covers.
 *
 * The function is total: every combination of the enumerations has an answer (tests/unit/domain/test_access.c walks
 * them), and a value outside of them shows nothing.
 *
 *     const struct access_question q = {.role = ROLE_LIST_HOLDER, .covered = COVERED, .consent = CONSENT_HERE,
 *                                       .working = WORKING_LIST};
 *     struct access_decision may;
 *     access_decide(&q, &may);          // may.named, may.field[FIELD_SSN4], may.reason
 */
#ifndef DOMAIN_ACCESS_H
#define DOMAIN_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROLES(X)                                                                                                       \
	X(ROLE_LIST_HOLDER, "list-holder", "List holder")                                                              \
	X(ROLE_SPECIALIST, "specialist", "Coordinated-entry specialist")                                               \
	X(ROLE_PROVIDER, "provider", "Provider")                                                                       \
	X(ROLE_LEAD, "lead", "Lead agency")                                                                            \
	X(ROLE_ADMINISTRATOR, "administrator", "Administrator")                                                        \
	X(ROLE_PRIVACY, "privacy-officer", "Privacy officer")

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
#define ROLES_OF_ALL (ROLES_OF_LIST | ROLE_BIT(ROLE_LEAD) | ROLE_BIT(ROLE_ADMINISTRATOR) | ROLE_BIT(ROLE_PRIVACY))

/* Capability, whether what it opens has a person on it, who has it, what it is. */
#define CAPABILITIES(X)                                                                                                \
	X(CAN_SIGN, false, ROLES_OF_ALL, "sign out, and set up the second step of signing in")                         \
	X(CAN_ACCOUNT, false, ROLES_OF_ALL, "see and change their own account")                                        \
	X(CAN_COUNTS, false, ROLES_OF_ALL, "see counts, small ones hidden")                                            \
	X(CAN_LIST, true, ROLES_OF_LIST, "see the list, each row as access_decide allows")                             \
	X(CAN_LIST_EXPORT, true, ROLE_BIT(ROLE_LIST_HOLDER), "take the list out as a file of codes and facts")         \
	X(CAN_BUSINESS, false, ROLES_OF_LIST | ROLE_BIT(ROLE_LEAD),                                                    \
	  "follow and take part in a region's business meetings, in which nobody on the list is named")                \
	X(CAN_CONFERENCE, true, ROLES_OF_LIST, "follow and take part in a case conference")                            \
	X(CAN_CONFERENCE_PLAN, true, ROLE_BIT(ROLE_LIST_HOLDER) | ROLE_BIT(ROLE_SPECIALIST),                           \
	  "start cycles, plan, run and close conferences")                                                             \
	X(CAN_OPENINGS, false, ROLES_OF_LIST, "see the register of openings and enter their own agency’s")             \
	X(CAN_MATCH, true, ROLE_BIT(ROLE_LIST_HOLDER) | ROLE_BIT(ROLE_SPECIALIST),                                     \
	  "see who fits an opening, and why others do not")                                                            \
	X(CAN_RECORD, true, ROLES_OF_LIST,                                                                             \
	  "facilitate a conference or write its record, and so read what is typed there with the names in it")         \
	X(CAN_IMPORT, false, ROLE_BIT(ROLE_ADMINISTRATOR), "import an HMIS export and see its counts")                 \
	X(CAN_SHARE, true, ROLE_BIT(ROLE_LIST_HOLDER), "make files of the list for agencies, by each agency's right")  \
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
	X(CAN_CONSENT_FORMS, false, ROLE_BIT(ROLE_ADMINISTRATOR) | ROLE_BIT(ROLE_LEAD),                                \
	  "write the forms that people sign, on which nobody stands")                                                  \
	X(CAN_USERS, false, ROLE_BIT(ROLE_ADMINISTRATOR), "add, reset and disable accounts")                           \
	X(CAN_JOURNAL, false, ROLE_BIT(ROLE_PRIVACY),                                                                  \
	  "read the journal and the record of disclosures, in which a client is a code")

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

/* What the agency and the person signed, as of today. Each value is a reason to name nobody but the last. */
#define COVERED_STATES(X)                                                                                              \
	X(COVERED_NOT_AGENCY, "Your agency has no memorandum of understanding in force here today.")                   \
	X(COVERED_NOT_SIGNED, "You have not signed this year’s confidentiality agreement.")                            \
	X(COVERED_NOT_TRAINED, "Your privacy training is overdue.")                                                    \
	X(COVERED, "")

enum covered {
#define X(name, say) name,
	COVERED_STATES(X)
#undef X
		COVERED_N
};

/* What the client's releases say about the asking agency, for one purpose and one law, today (domain/release.h). */
#define CONSENTS(X)                                                                                                    \
	X(CONSENT_NONE, "none", "No release of information is on record yet.")                                         \
	X(CONSENT_REFUSED, "refused", "No release of information: it can be offered again.")                           \
	X(CONSENT_WITHDRAWN, "withdrawn", "The release of information was withdrawn.")                                 \
	X(CONSENT_LAPSED, "lapsed", "The release of information has ended: it can be offered again.")                  \
	X(CONSENT_ELSEWHERE, "elsewhere", "The release of information does not cover your agency.")                    \
	X(CONSENT_HERE, "here", "The release of information covers your agency.")

enum consent {
#define X(name, word, say) name,
	CONSENTS(X)
#undef X
		CONSENTS_N
};
const char *consent_word(enum consent c);

/* What the asker has to do with the household; each more than the one before it. */
#define WORKINGS(X)                                                                                                    \
	X(WORKING_NOT, "You do not work with this household.")                                                         \
	X(WORKING_CONFERENCE, "Your agency takes part in the conference that this household is in.")                   \
	X(WORKING_LIST, "You hold the list of this region.")                                                           \
	X(WORKING_REFERRAL, "Your agency has its referral or an opening offered to it.")                               \
	X(WORKING_SERVES, "Your agency serves this household.")

enum working {
#define X(name, say) name,
	WORKINGS(X)
#undef X
		WORKINGS_N
};

/* The law that a fact comes under. Another law than the first needs a release of its own. */
#define LAWS(X)                                                                                                        \
	X(LAW_HMIS, "hmis", "the HMIS privacy notice")                                                                 \
	X(LAW_VAWA, "vawa", "VAWA and FVPSA: survivors")                                                               \
	X(LAW_PART2, "part2", "42 CFR Part 2: treatment of substance use")                                             \
	X(LAW_27F, "27f", "New York Public Health Law 27-F: HIV, and being in CFP or HOPWA")                           \
	X(LAW_HIPAA, "hipaa", "HIPAA: health care")                                                                    \
	X(LAW_RHY, "rhy", "Runaway and Homeless Youth Act")                                                            \
	X(LAW_VA, "va", "38 USC 7332: veterans’ treatment records")

enum fact_law {
#define X(name, word, say) name,
	LAWS(X)
#undef X
		LAWS_N
};
#define LAW_BIT(l) (1U << (l))

/* Where the answer will stand. */
#define USES(X)                                                                                                        \
	X(USE_DEVICE, "the reader’s own device")                                                                       \
	X(USE_STAGE, "the screen that the room sees")                                                                  \
	X(USE_PAPER, "paper")                                                                                          \
	X(USE_FILE, "a file")                                                                                          \
	X(USE_MAIL, "mail and calendars")

enum access_use {
#define X(name, say) name,
	USES(X)
#undef X
		USES_N
};

struct access_question {
	enum role role;
	enum covered covered;
	enum consent consent; /* of whose name it is, for the law asked about */
	enum working working;
	bool protected;    /* protected household: people decided so */
	bool victim;       /* listed by a victim service provider */
	enum fact_law law; /* of the facts asked about; the row itself is LAW_HMIS */
	bool own;          /* the asker's agency recorded those facts */
	enum access_use use;
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
	bool records;       /* may record what was agreed to and declined, and decide whether it is protected */
	const char *reason; /* a sentence for "who sees what" */
};

void access_decide(const struct access_question *q, struct access_decision *out);

/* What several people may see at once: of every field the least that any of them may. So the shared screen shows
 * names only where every person present may read them, and nothing at all where one of them sees no person; for
 * nobody (n 0) it shows nothing. The decisions are for one place of use: USE_STAGE, or USE_FILE of a file that two can
 * open (app/share.h). */
void access_stage(const struct access_decision *each, size_t n, struct access_decision *out);

/* No signature, no list: whether a capability that opens the list or a household's page is open to somebody so covered.
 * A conference stays open to its guests, who see codes there; so does everything without a person on it. */
bool access_list_open(int capability, enum covered covered);
const char *covered_say(enum covered c); /* why not, as a sentence; empty: covered */
const char *law_say(enum fact_law law);

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
