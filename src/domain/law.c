#include "domain/law.h"

#include "domain/word.h"

const char *law_notice(enum fact_law law)
{
	static const char *const notices[LAWS_N] = {
		[LAW_HMIS] = "",
		[LAW_VAWA] =
			"A survivor’s information. It goes to nobody else without the survivor’s written, specific "
			"and time-limited consent (34 U.S.C. 12291(b)(2)).",
		[LAW_PART2] = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
		[LAW_27F] =
			"This information has been disclosed to you from confidential records which are protected by "
			"state law. State law prohibits you from making any further disclosure of this information "
			"without the specific written consent of the person to whom it pertains, or as otherwise "
			"permitted by law. Any unauthorized further disclosure in violation of state law may result in "
			"a fine or jail sentence or both. A general authorization for the release of medical or other "
			"information is not sufficient authorization for further disclosure.",
		[LAW_HIPAA] =
			"Health information. It is for the purpose that the person agreed to, and goes no further "
			"without another authorization (45 CFR 164.508).",
		[LAW_RHY] = "A young person’s record in a runaway and homeless youth program. It goes to nobody else "
			    "without their written consent (45 CFR 1351.20).",
		[LAW_VA] = "A veteran’s treatment record. It goes to nobody else without the veteran’s written consent "
			   "(38 U.S.C. 7332).",
	};
	return notices[law];
}

bool law_lists_disclosures(enum fact_law law)
{
	return law == LAW_PART2;
}

bool law_funder_is_hiv(int64_t funder)
{
	enum { HOPWA_FIRST = 13, HOPWA_LAST = 19, HOPWA_CV = 48 };
	return (funder >= HOPWA_FIRST && funder <= HOPWA_LAST) || funder == HOPWA_CV;
}

static const char *const of_hiv[] = {"hiv ", "aids ", "antiretrovir", "cfp ", "hopwa "};
static const char *const of_substance[] = {"addict",  "buprenorph", "detox",  "methadone", "naltrexone", "opioid",
					   "overdos", "relaps",     "sober ", "sobriety",  "suboxone",   "substance"};
static const char *const of_violence[] = {"abus",  "dv ",      "domestic", "restraining",
					  "stalk", "traffick", "vawa ",    "vsp "};

enum fact_law law_of_words(struct str text)
{
	if (word_of(text, of_hiv, sizeof of_hiv / sizeof *of_hiv) != WORD_NONE)
		return LAW_27F;
	if (word_of(text, of_substance, sizeof of_substance / sizeof *of_substance) != WORD_NONE)
		return LAW_PART2;
	if (word_of(text, of_violence, sizeof of_violence / sizeof *of_violence) != WORD_NONE)
		return LAW_VAWA;
	return LAW_HMIS;
}
