#include "domain/policy_words.h"

#include <string.h>

const struct policy_kind_row policy_kind_table[POLICY_KINDS_N] = {
#define X(name, word, say) [name] = {STR_INIT(word), say},
	POLICY_KINDS(X)
#undef X
};

const struct policy_kind_row policy_only_table[POLICY_ONLY_N] = {
#define X(name, word, say) [name] = {STR_INIT(word), say},
	POLICY_ONLY(X)
#undef X
};

const struct str policy_bands_types[BANDS_TYPES] = {
	[BANDS_SINGLE] = STR_INIT("single"), [BANDS_FAMILY] = STR_INIT("family")};

bool policy_kind_parse(struct str word, enum policy_kind *out)
{
	for (int k = 0; k < POLICY_KINDS_N; k++)
		if (str_eq_nocase(word, policy_kind_table[k].word)) {
			*out = (enum policy_kind)k;
			return true;
		}
	return false;
}

struct policy_values policy_values_of(enum priority_key key)
{
	static const struct str chronic[] = {
		[CHRONIC_VERIFIED] = STR_INIT("verified"),
		[CHRONIC_LIKELY] = STR_INIT("likely"),
		[CHRONIC_UNKNOWN] = STR_INIT("unknown"),
		[CHRONIC_NOT] = STR_INIT("not"),
	};
	static const struct str severity[] = {
		[BAND_HIGH] = STR_INIT("high"), [BAND_MIDDLE] = STR_INIT("middle"), [BAND_LOW] = STR_INIT("low")};
	static const struct str staying[] = {
		[SITUATION_UNKNOWN] = STR_INIT("unknown"),
		[SITUATION_UNSHELTERED] = STR_INIT("unsheltered"),
		[SITUATION_SHELTER] = STR_INIT("shelter"),
		[SITUATION_SAFE_HAVEN] = STR_INIT("safe haven"),
		[SITUATION_TRANSITIONAL] = STR_INIT("transitional"),
		[SITUATION_MOTEL] = STR_INIT("motel"),
		[SITUATION_DOUBLED_UP] = STR_INIT("doubled up"),
		[SITUATION_INSTITUTION] = STR_INIT("institution"),
		[SITUATION_OTHER] = STR_INIT("other"),
		[SITUATION_HOUSED] = STR_INIT("housed"),
	};
	_Static_assert(sizeof staying / sizeof *staying == PRIORITY_VALUES, "the most values a key has");
	switch (key) {
	case PRIORITY_CHRONIC:
		return (struct policy_values){chronic, sizeof chronic / sizeof *chronic};
	case PRIORITY_BAND:
		return (struct policy_values){severity, sizeof severity / sizeof *severity};
	case PRIORITY_STAYING:
		return (struct policy_values){staying, sizeof staying / sizeof *staying};
	default:
		return (struct policy_values){0};
	}
}

static const char trait[] = "is protected by fair housing law: the order may not look at it. The results of an order "
			    "are reported by it, under \"Try a policy\".";
static const char papers[] = "never moves a place: papers are fetched while the place is kept. An opening can wait "
			     "for them, with a line \"hold 5 days\".";
static const char conduct[] = "says how somebody got on with services, not what they need; it decides no place "
			      "(HUD notice CPD-16-11).";
static const char filter[] = "is no key. An opening can be for some households only: write \"only veterans\", "
			     "\"only families\" or \"only adults\" in a policy for that kind of opening.";
static const char nights[] = "count bed nights, so that somebody on the street with one contact a month would be "
			     "worth less than a guest of a shelter. Use \"months in 36\".";

/* By the beginning of the word as it is written. */
static const struct {
	const char *word;
	const char *why;
} refused[] = {
	{"race", trait},         {"ethnic", trait},   {"color", trait},      {"colour", trait},
	{"sex", trait},          {"gender", trait},   {"age", trait},        {"religion", trait},
	{"national", trait},     {"origin", trait},   {"disab", trait},      {"famil", filter},
	{"veteran", filter},     {"youth", trait},    {"language", trait},   {"pregnan", trait},
	{"hiv", trait},          {"marital", trait},  {"immigra", trait},    {"citizen", trait},
	{"children", filter},    {"adults", filter},  {"household", filter}, {"document", papers},
	{"paper", papers},       {"ready", papers},   {"readiness", papers}, {"id card", papers},
	{"engage", conduct},     {"comply", conduct}, {"complian", conduct}, {"contact", conduct},
	{"last cont", conduct},  {"sober", conduct},  {"sobriety", conduct}, {"income", conduct},
	{"employ", conduct},     {"credit", conduct}, {"criminal", conduct}, {"arrest", conduct},
	{"convict", conduct},    {"attend", conduct}, {"motivat", conduct},  {"nights", nights},
	{"participat", conduct},
};

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ((unsigned char)c & 0x80) != 0;
}

const char *policy_key_refused(struct str word)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct str begin = str_from(refused[i].word);
		if (!str_eq_nocase(str_sub(word, 0, begin.n), begin))
			continue;
		/* A short word must be the whole word: "agency" is no age. */
		if (begin.n > 3 || word.n == begin.n || !letter(word.p[begin.n]))
			return refused[i].why;
	}
	return NULL;
}

bool policy_admits(const struct policy *p, const struct priority_facts *f, bool veteran)
{
	const bool holds[POLICY_ONLY_N] = {
		[POLICY_VETERANS] = veteran,
		[POLICY_FAMILIES] = f->type == HOUSEHOLD_FAMILY,
		[POLICY_ADULTS] = f->type == HOUSEHOLD_ADULTS,
		[POLICY_CHRONIC] = f->chronic <= CHRONIC_LIKELY,
		[POLICY_VERIFIED] = f->chronic == CHRONIC_VERIFIED,
	};
	for (int i = 0; i < POLICY_ONLY_N; i++)
		if ((p->only & 1U << i) != 0 && !holds[i])
			return false;
	return true;
}

/* Whether `word` begins a word of the text. */
static bool speaks_of(struct str text, struct str word)
{
	for (size_t i = 0; i + word.n <= text.n; i++)
		if ((i == 0 || !letter(text.p[i - 1])) && str_eq_nocase(str_sub(text, i, word.n), word))
			return true;
	return false;
}

struct str policy_reason_blames(struct arena *a, struct str reason)
{
	static const struct str words[] = {
		STR_INIT("engage"),        STR_INIT("disengage"),    STR_INIT("complian"),    STR_INIT("complies"),
		STR_INIT("comply"),        STR_INIT("non-complian"), STR_INIT("noncomplian"), STR_INIT("cooperat"),
		STR_INIT("uncooperat"),    STR_INIT("motivat"),      STR_INIT("no-show"),     STR_INIT("no show"),
		STR_INIT("missed app"),    STR_INIT("sober"),        STR_INIT("sobriety"),    STR_INIT("deserv"),
		STR_INIT("well-behaved"),  STR_INIT("attends"),      STR_INIT("participat"),  STR_INIT("housing ready"),
		STR_INIT("housing-ready"), STR_INIT("resistant"),
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (speaks_of(reason, words[i]))
			return str_fmt(
				a,
				"\"%.*s\": how somebody gets on with services is no reason for a place. Say what "
				"they need that the score does not show, and it can be agreed on.",
				STR_ARG(words[i]));
	return (struct str){0};
}
