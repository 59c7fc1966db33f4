#include "domain/referral.h"

const struct referral_state_row referral_state_table[REFERRAL_STATES_N] = {
#define X(name, key, words, waits, answer, expire) {STR_INIT(key), STR_INIT(words), waits, answer, expire},
	REFERRAL_STATES(X)
#undef X
};

bool referral_state_parse(struct str key, enum referral_state *out)
{
	for (int i = 0; i < REFERRAL_STATES_N; i++)
		if (str_eq(referral_state_table[i].key, key)) {
			*out = (enum referral_state)i;
			return true;
		}
	return false;
}

bool referral_may_become(enum referral_state from, enum referral_state to)
{
	if (from == REFERRAL_PROVIDER_DECLINED)
		return to == REFERRAL_ISSUED;
	if (!referral_is_open(from))
		return false;
	if (to > REFERRAL_MOVED_IN)
		return to < REFERRAL_STATES_N;
	return from == REFERRAL_REQUESTED ? to == REFERRAL_ISSUED : to > from;
}

bool referral_is_agencys(enum referral_state from, enum referral_state to)
{
	switch (to) {
	case REFERRAL_ACKNOWLEDGED:
	case REFERRAL_CONTACT:
	case REFERRAL_INTAKE:
	case REFERRAL_ACCEPTED:
	case REFERRAL_MOVED_IN:
	case REFERRAL_CLIENT_DECLINED:
	case REFERRAL_PROVIDER_DECLINED:
		return from != REFERRAL_REQUESTED;
	case REFERRAL_WITHDRAWN: /* its own request */
		return from == REFERRAL_REQUESTED;
	default:
		return false;
	}
}

int referral_result(enum referral_state s)
{
	switch (s) {
	case REFERRAL_ACCEPTED:
	case REFERRAL_MOVED_IN:
		return 1;
	case REFERRAL_CLIENT_DECLINED:
		return 2;
	case REFERRAL_PROVIDER_DECLINED:
		return 3;
	default:
		return 0;
	}
}

const struct referral_source_row referral_source_table[REFERRAL_SOURCES_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	REFERRAL_SOURCES(X)
#undef X
};

bool referral_source_parse(struct str key, enum referral_source *out)
{
	for (int i = 0; i < REFERRAL_SOURCES_N; i++)
		if (str_eq(referral_source_table[i].key, key)) {
			*out = (enum referral_source)i;
			return true;
		}
	return false;
}

/* --- the clock --- */

const char *referral_clock_say(enum referral_clock k)
{
	static const char *const say[REFERRAL_CLOCKS_N] = {
#define X(name, words) [name] = words,
		REFERRAL_CLOCKS(X)
#undef X
	};
	return say[k];
}

struct day referral_due(const struct calendar *c, struct day from, int days)
{
	return calendar_add(c, from, days);
}

enum referral_clock referral_clock_of(struct day due, struct day issued, struct day today)
{
	if (day_known(issued))
		return issued.n <= due.n ? CLOCK_ON_TIME : CLOCK_LATE;
	if (today.n == due.n)
		return CLOCK_AMBER;
	return today.n < due.n ? CLOCK_TIME : CLOCK_RED;
}

struct day referral_expires(enum referral_state s, struct day since)
{
	return referral_is_open(s) ? day_add(since, referral_state_table[s].expire_days) : DAY_NONE;
}

/* --- what has to be arranged --- */

const struct referral_task_kind referral_task_table[REFERRAL_TASKS_N] = {
#define X(name, key, words, receiver, hmis) {STR_INIT(key), STR_INIT(words), receiver, hmis},
	REFERRAL_TASKS(X)
#undef X
};

bool referral_task_parse(struct str key, enum referral_task *out)
{
	for (int i = 0; i < REFERRAL_TASKS_N; i++)
		if (str_eq(referral_task_table[i].key, key)) {
			*out = (enum referral_task)i;
			return true;
		}
	return false;
}

/* --- declines --- */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct referral_reason referral_client_reasons[] = {
#define X(key, words) {STR_INIT(key), STR_INIT(words), false},
	REFERRAL_CLIENT_REASONS(X)
#undef X
};
const size_t referral_client_reasons_n = COUNT(referral_client_reasons);

const struct referral_reason referral_provider_reasons[] = {
#define X(key, words, question) {STR_INIT(key), STR_INIT(words), question},
	REFERRAL_PROVIDER_REASONS(X)
#undef X
};
const size_t referral_provider_reasons_n = COUNT(referral_provider_reasons);

const struct referral_reason *referral_reason_of(enum referral_state declined, struct str key)
{
	bool client = declined == REFERRAL_CLIENT_DECLINED;
	const struct referral_reason *rows = client ? referral_client_reasons : referral_provider_reasons;
	size_t n = client ? referral_client_reasons_n : referral_provider_reasons_n;
	if (!client && declined != REFERRAL_PROVIDER_DECLINED)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].key, key))
			return &rows[i];
	return NULL;
}

err_t referral_check_decline(struct arena *a, enum referral_state declined, struct str reason, bool said)
{
	if (referral_reason_of(declined, reason) == NULL)
		return err_new(a, ERR_INVALID, "Choose the reason that comes nearest.");
	if (declined == REFERRAL_PROVIDER_DECLINED && !said)
		return err_new(a, ERR_INVALID,
			       "First say what would make this work, or what was tried: then it can be declined.");
	return NULL;
}

bool referral_may_appeal(enum referral_state s, struct day ended, struct day today)
{
	return s == REFERRAL_PROVIDER_DECLINED && today.n <= ended.n + REFERRAL_APPEAL_DAYS;
}
