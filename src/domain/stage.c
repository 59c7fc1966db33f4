#include "domain/stage.h"

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

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
	c = lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool begins_so(struct str word, const char *beginning)
{
	size_t n = 0;
	for (; beginning[n] != '\0' && beginning[n] != ' '; n++)
		if (n >= word.n || lower(word.p[n]) != beginning[n])
			return false;
	return beginning[n] == '\0' || n == word.n;
}

bool stage_plain(struct str text)
{
	for (size_t at = 0; at < text.n;) {
		size_t end = at;
		while (end < text.n && is_letter(text.p[end]))
			end++;
		for (size_t i = 0; end > at && i < sizeof loud / sizeof *loud; i++)
			if (begins_so(str_sub(text, at, end - at), loud[i]))
				return false;
		at = end + 1;
	}
	return true;
}
