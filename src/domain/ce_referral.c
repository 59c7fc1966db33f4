#include "domain/ce_referral.h"

#include "domain/code.h"

static const struct {
	int code;
	const char *word, *say;
} kinds[CE_KINDS_N] = {
#define X(name, code, word, say) [name] = {code, word, say},
	CE_KINDS(X)
#undef X
};

static const struct {
	const char *word, *say;
} results[CE_RESULTS_N] = {
#define X(name, word, say) [name] = {word, say},
	CE_RESULTS(X)
#undef X
};

const char *ce_kind_word(enum ce_kind k)
{
	return kinds[k].word;
}

const char *ce_kind_say(enum ce_kind k)
{
	return kinds[k].say;
}

bool ce_kind_of(int64_t code, enum ce_kind *out)
{
	for (enum ce_kind k = 0; k < CE_KINDS_N; k++)
		if (kinds[k].code == code) {
			*out = k;
			return true;
		}
	return false;
}

int ce_kind_code(enum ce_kind k)
{
	return kinds[k].code;
}

bool ce_kind_for(enum policy_kind opening, enum ce_kind *out)
{
	static const enum ce_kind as[POLICY_KINDS_N] = {
		[POLICY_PSH] = CE_SUPPORTIVE, [POLICY_RRH] = CE_RAPID,     [POLICY_TH] = CE_TRANSITIONAL,
		[POLICY_OPH] = CE_OTHER,      [POLICY_VOUCHER] = CE_OTHER,
	};
	*out = as[opening];
	return opening != POLICY_LIST;
}

bool ce_referral_read(int64_t event, struct day made, int64_t result, struct day resulted, struct ce_referral *out)
{
	*out = (struct ce_referral){.made = made, .resulted = resulted, .project = CE_ANY, .agency = CE_ANY};
	out->result = result > CE_OPEN && result <= CE_PROVIDER_DECLINED ? (enum ce_result)result : CE_OPEN;
	return day_known(made) && ce_kind_of(event, &out->kind);
}

const char *ce_result_word(enum ce_result r)
{
	return results[r].word;
}

const char *ce_result_say(enum ce_result r)
{
	return results[r].say;
}

enum ce_result ce_result_on(const struct ce_referral *r, struct day day)
{
	bool later = day_known(r->resulted) && r->resulted.n > day.n;
	return later || r->made.n > day.n ? CE_OPEN : r->result;
}

bool ce_is_same(const struct ce_referral *own, const struct ce_referral *hmis)
{
	int later = day_diff(own->made, hmis->made);
	bool joint = own->kind == CE_RAPID && hmis->kind == CE_JOINT;
	bool there = hmis->agency == CE_ANY || hmis->agency == own->agency;
	return there && (hmis->kind == own->kind || joint) && later >= -1 && later <= CE_SAME_DAYS;
}

bool ce_kind_fits(enum ce_kind k, int project_type)
{
	switch (project_type) {
	case PROJECT_RAPID:
		return k == CE_RAPID || k == CE_JOINT;
	case PROJECT_SUPPORTIVE:
		return k == CE_SUPPORTIVE;
	case PROJECT_TRANSITIONAL:
		return k == CE_TRANSITIONAL || k == CE_JOINT;
	case PROJECT_HOUSING:
	case PROJECT_HOUSING_SERVICES:
		return k == CE_OTHER;
	default:
		return false;
	}
}

enum ce_age ce_age_of(int days)
{
	static const int most[CE_AGES_N] = {
#define X(name, days, key, say) [name] = days,
		CE_AGES(X)
#undef X
	};
	enum ce_age age = 0;
	while (days > most[age])
		age++;
	return age;
}
