#include "domain/stage.h"

#include "domain/word.h"

const struct stage_check_row stage_check_table[STAGE_CHECK_N] = {
#define X(name, key, words) {STR_INIT(key), STR_INIT(words)},
	STAGE_CHECKS(X)
#undef X
};

const struct str stage_statement =
	STR_INIT("What is said here about a person stays here and serves their housing, nothing else. No recording, no "
		 "pictures, no notes of names. Who may not hear a name says so now.");

bool stage_check_parse(struct str key, enum stage_check *out)
{
	for (int i = 0; i < STAGE_CHECK_N; i++) {
		if (str_eq(stage_check_table[i].key, key)) {
			*out = (enum stage_check)i;
			return true;
		}
	}
	return false;
}

bool stage_waits(const struct stage_arrival *who)
{
	return !who->leads && (!who->covered || who->names_lost > 0);
}

const char *stage_uncovered(enum covered covered)
{
	static const char *const says[COVERED_N] = {
		[COVERED_NOT_AGENCY] = "is of an agency without a memorandum of understanding in force here today",
		[COVERED_NOT_SIGNED] = "has not signed this year’s confidentiality agreement",
		[COVERED_NOT_TRAINED] = "has a privacy training that is overdue",
		[COVERED] = "",
	};
	return says[covered];
}

struct str stage_change(struct arena *a, int names_lost, int households)
{
	if (names_lost <= 0)
		return S("Nothing changes on the stage.");
	return str_fmt(a, "%d of %d %s off the stage.", names_lost, households,
		       names_lost == 1 ? "names goes" : "names go");
}

/* Beginnings of words in lower case; with a blank behind it, the whole word. */
static const char *const loud[] = {
	/* health */
	"addict",
	"aids ",
	"clinic",
	"cancer",
	"counsel",
	"detox",
	"diagnos",
	"dialysis",
	"disab",
	"doctor",
	"dose ",
	"drug",
	"health",
	"hepatitis",
	"hiv ",
	"hopwa ",
	"hospital",
	"inpatient",
	"insulin",
	"medic",
	"mental",
	"methadone",
	"narcan",
	"naloxone",
	"nurse",
	"nursing",
	"opioid",
	"overdos",
	"pharmac",
	"pregnan",
	"prenatal",
	"psych",
	"rehab",
	"recovery",
	"relaps",
	"sober",
	"sobriety",
	"ssdi ",
	"substance",
	"suicid",
	"suboxone",
	"surgery",
	"therap",
	"treatment",
	"wheelchair",
	/* military service */
	"army ",
	"dd214 ",
	"military",
	"marines ",
	"navy ",
	"ssvf ",
	"va ",
	"vash ",
	"veteran",
	/* violence */
	"abus",
	"assault",
	"attacker",
	"batter",
	"domestic",
	"dv ",
	"perpetrator",
	"rape",
	"restraining",
	"stalk",
	"survivor",
	"traffick",
	"vawa ",
	"victim",
	"violen",
	"vsp ",
};

bool stage_plain(struct str text)
{
	return word_of(text, loud, sizeof loud / sizeof *loud) == WORD_NONE;
}
