#include "domain/source.h"

#include <string.h>

enum { PLAIN_MOST = 64 };

const struct source_field_row source_fields[SOURCE_FIELDS_N] = {
#define X(name, word, cells, kinds, say) [name] = {STR_INIT(word), cells, kinds, say},
	SOURCE_FIELDS(X)
#undef X
};

enum source_field source_field_of(struct str word)
{
	enum source_field f = 0;
	while (f < SOURCE_FIELDS_N && !str_eq(source_fields[f].word, word))
		f++;
	return f;
}

/* A text with nothing but its letters and digits, in lower case. */
struct plain {
	char p[PLAIN_MOST];
	size_t n;
};

static struct str plain_of(struct str text, struct plain *out)
{
	out->n = 0;
	for (size_t i = 0; i < text.n && out->n < PLAIN_MOST; i++) {
		char c = text.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || ((unsigned char)c & 0x80) != 0)
			out->p[out->n++] = c;
	}
	return (struct str){out->p, out->n};
}

static bool holds(struct str text, const char *word)
{
	return text.n > 0 && memmem(text.p, text.n, word, strlen(word)) != NULL;
}

/* --- columns --- */

/* What headers hold, the more exact first. */
static const struct {
	const char *holds;
	enum source_field field;
} headers[] = {
	{"firstname", SOURCE_FIRST},
	{"givenname", SOURCE_FIRST},
	{"middle", SOURCE_MIDDLE},
	{"lastname", SOURCE_LAST},
	{"surname", SOURCE_LAST},
	{"familyname", SOURCE_LAST},
	{"birth", SOURCE_BIRTH},
	{"dob", SOURCE_BIRTH},
	{"ssn", SOURCE_SSN},
	{"socialsec", SOURCE_SSN},
	{"last4", SOURCE_SSN},
	{"veteran", SOURCE_VETERAN},
	{"relation", SOURCE_RELATION},
	{"hoh", SOURCE_RELATION},
	{"attest", SOURCE_ATTESTED},
	{"contactband", SOURCE_REACHED},
	{"lastcontact", SOURCE_REACHED},
	{"lastcontact", SOURCE_CONTACT},
	{"lastseen", SOURCE_REACHED},
	{"lastseen", SOURCE_CONTACT},
	{"contact", SOURCE_REACHED},
	{"timehomeless", SOURCE_TIME},
	{"lengthoftime", SOURCE_TIME},
	{"timeband", SOURCE_TIME},
	{"months", SOURCE_TIME},
	{"months", SOURCE_MONTHS},
	{"homelesssince", SOURCE_HOMELESS},
	{"homelessstart", SOURCE_HOMELESS},
	{"datehomeless", SOURCE_HOMELESS},
	{"disab", SOURCE_DISABLING},
	{"datescored", SOURCE_SCORED},
	{"assessmentdate", SOURCE_SCORED},
	{"scoredate", SOURCE_SCORED},
	{"dateassessed", SOURCE_SCORED},
	{"score", SOURCE_SCORE},
	{"spdat", SOURCE_SCORE},
	{"need", SOURCE_NEED},
	{"severity", SOURCE_NEED},
	{"acuity", SOURCE_NEED},
	{"children", SOURCE_CHILDREN},
	{"minors", SOURCE_CHILDREN},
	{"householdsize", SOURCE_SIZE},
	{"familysize", SOURCE_SIZE},
	{"peopleinhousehold", SOURCE_SIZE},
	{"hhsize", SOURCE_SIZE},
	{"size", SOURCE_SIZE},
	{"householdid", SOURCE_HOUSEHOLD},
	{"householdno", SOURCE_HOUSEHOLD},
	{"familyid", SOURCE_HOUSEHOLD},
	{"county", SOURCE_REGION},
	{"region", SOURCE_REGION},
	{"dateadded", SOURCE_LISTED},
	{"onlistsince", SOURCE_LISTED},
	{"onthelistsince", SOURCE_LISTED},
	{"listdate", SOURCE_LISTED},
	{"dateidentified", SOURCE_LISTED},
	{"referraldate", SOURCE_LISTED},
	{"livingsit", SOURCE_SITUATION},
	{"situation", SOURCE_SITUATION},
	{"housingstatus", SOURCE_SITUATION},
	{"staying", SOURCE_SITUATION},
	{"sleeping", SOURCE_SITUATION},
	{"clientid", SOURCE_KEY},
	{"code", SOURCE_KEY},
	{"uniqueid", SOURCE_KEY},
	{"rowid", SOURCE_KEY},
	{"recordid", SOURCE_KEY},
	{"number", SOURCE_KEY},
	{"clientname", SOURCE_NAME},
	{"fullname", SOURCE_NAME},
};

/* Headers that say one thing, and nothing else. */
static const struct {
	const char *is;
	enum source_field field;
} whole_headers[] = {
	{"first", SOURCE_FIRST},
	{"last", SOURCE_LAST},
	{"name", SOURCE_NAME},
	{"client", SOURCE_NAME},
	{"id", SOURCE_KEY},
	{"no", SOURCE_KEY},
	{"key", SOURCE_KEY},
	{"status", SOURCE_SITUATION},
	{"vet", SOURCE_VETERAN},
	{"since", SOURCE_LISTED},
	{"household", SOURCE_HOUSEHOLD},
};

enum source_field source_guess(struct str header, unsigned kind)
{
	struct plain plain;
	struct str h = plain_of(header, &plain);
	for (size_t i = 0; i < sizeof whole_headers / sizeof *whole_headers; i++)
		if (str_eq(h, str_from(whole_headers[i].is)) && (source_fields[whole_headers[i].field].kinds & kind))
			return whole_headers[i].field;
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		if (holds(h, headers[i].holds) && (source_fields[headers[i].field].kinds & kind))
			return headers[i].field;
	return SOURCE_FIELDS_N;
}

const char *source_identifies(struct str header)
{
	static const struct {
		const char *holds;
		const char *what;
	} rows[] = {
		{"firstname", "a name"},
		{"lastname", "a name"},
		{"fullname", "a name"},
		{"surname", "a name"},
		{"nickname", "a name"},
		{"clientname", "a name"},
		{"maiden", "a name"},
		{"initials", "a name"},
		{"alias", "a name"},
		{"ssn", "an SSN"},
		{"socialsec", "an SSN"},
		{"last4", "an SSN"},
		{"birth", "a birth date"},
		{"dob", "a birth date"},
		{"phone", "a telephone number"},
		{"mobile", "a telephone number"},
		{"email", "a mail address"},
		{"address", "an address"},
		{"hmisid", "an HMIS id"},
		{"personalid", "an HMIS id"},
	};
	static const char *const things[] = {"agency",  "program", "project", "provider",    "site",
					     "shelter", "county",  "region",  "organization"};
	struct plain plain;
	struct str h = plain_of(header, &plain);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (holds(h, rows[i].holds))
			return rows[i].what;
	if (str_eq(h, S("first")) || str_eq(h, S("last")) || str_eq(h, S("client")))
		return "a name";
	if (!str_ends(h, S("name")) && !str_ends(h, S("names")))
		return NULL;
	for (size_t i = 0; i < sizeof things / sizeof *things; i++)
		if (str_starts(h, str_from(things[i])))
			return NULL;
	return "a name";
}

/* --- cells --- */

const char *source_text_identifies(struct str text)
{
	size_t digits = 0;
	size_t others = 0;
	bool at = false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c >= '0' && c <= '9')
			digits++;
		else if (strchr("-() .+", c) == NULL)
			others++;
		at = at || (c == '@' && i > 0 && i + 1 < text.n);
	}
	if (at)
		return "a mail address";
	/* 123-45-6789: two signs between; a code of nine digits without any is the provider's own. */
	if (digits == 9 && others == 0 && text.n == 11 && text.p[3] == '-' && text.p[6] == '-')
		return "an SSN";
	if ((digits == 10 || digits == 11) && others == 0 && text.n > digits)
		return "a telephone number";
	return NULL;
}

static const struct source_choice situations[] = {
	{116, "Unsheltered"}, {101, "Shelter"},     {118, "Safe haven"},   {302, "Transitional housing"},
	{314, "Motel"},       {336, "Doubled up"},  {206, "Hospital"},     {205, "Treatment or detox"},
	{207, "Jail"},        {215, "Foster care"}, {225, "Nursing home"}, {410, "Housed"},
	{17, "Other"},        {99, "Not known"},
};
static const struct source_choice yes_no[] = {{1, "Yes"}, {0, "No"}, {99, "Not known"}};
static const struct source_choice relations[] = {
	{1, "Head of household"}, {3, "Spouse or partner"}, {2, "Child"}, {4, "Other relative"}, {5, "Not a relative"},
};
static const struct source_choice times[] = {
	{1, "Under 3 months"},   {4, "3 to 5 months"},      {8, "6 to 11 months"},
	{17, "12 to 23 months"}, {30, "24 months or more"},
};
static const struct source_choice needs[] = {{0, "High"}, {1, "Middle"}, {2, "Low"}};
static const struct source_choice reaches[] = {
	{0, "Within 30 days"}, {31, "31 to 90 days ago"}, {91, "More than 90 days ago"}};

#define CHOICES(table) (*n = sizeof(table) / sizeof *(table), (table))

const struct source_choice *source_choices(enum source_field field, size_t *n)
{
	switch (field) {
	case SOURCE_SITUATION:
		return CHOICES(situations);
	case SOURCE_VETERAN:
	case SOURCE_DISABLING:
	case SOURCE_CHILDREN:
		return CHOICES(yes_no);
	case SOURCE_RELATION:
		return CHOICES(relations);
	case SOURCE_TIME:
		return CHOICES(times);
	case SOURCE_NEED:
		return CHOICES(needs);
	case SOURCE_REACHED:
		return CHOICES(reaches);
	default:
		*n = 0;
		return NULL;
	}
}

/* Words beside the names of the choices. */
static const struct {
	enum source_field field;
	const char *word;
	int code;
} words[] = {
	{SOURCE_SITUATION, "street", 116},
	{SOURCE_SITUATION, "streets", 116},
	{SOURCE_SITUATION, "encampment", 116},
	{SOURCE_SITUATION, "tent", 116},
	{SOURCE_SITUATION, "car", 116},
	{SOURCE_SITUATION, "vehicle", 116},
	{SOURCE_SITUATION, "outside", 116},
	{SOURCE_SITUATION, "outdoors", 116},
	{SOURCE_SITUATION, "placenotmeantforhabitation", 116},
	{SOURCE_SITUATION, "sheltered", 101},
	{SOURCE_SITUATION, "emergencyshelter", 101},
	{SOURCE_SITUATION, "transitional", 302},
	{SOURCE_SITUATION, "th", 302},
	{SOURCE_SITUATION, "hotel", 314},
	{SOURCE_SITUATION, "hotelmotel", 314},
	{SOURCE_SITUATION, "couch", 336},
	{SOURCE_SITUATION, "couchsurfing", 336},
	{SOURCE_SITUATION, "friends", 336},
	{SOURCE_SITUATION, "withfriends", 336},
	{SOURCE_SITUATION, "family", 336},
	{SOURCE_SITUATION, "withfamily", 336},
	{SOURCE_SITUATION, "prison", 207},
	{SOURCE_SITUATION, "detox", 205},
	{SOURCE_SITUATION, "treatment", 205},
	{SOURCE_SITUATION, "unknown", 99},
	{SOURCE_VETERAN, "unknown", 99},
	{SOURCE_VETERAN, "veteran", 1},
	{SOURCE_VETERAN, "nonveteran", 0},
	{SOURCE_DISABLING, "unknown", 99},
	{SOURCE_CHILDREN, "unknown", 99},
	{SOURCE_CHILDREN, "none", 0},
	{SOURCE_RELATION, "self", 1},
	{SOURCE_RELATION, "head", 1},
	{SOURCE_RELATION, "hoh", 1},
	{SOURCE_RELATION, "yes", 1},
	{SOURCE_RELATION, "y", 1},
	{SOURCE_RELATION, "spouse", 3},
	{SOURCE_RELATION, "partner", 3},
	{SOURCE_RELATION, "son", 2},
	{SOURCE_RELATION, "daughter", 2},
	{SOURCE_RELATION, "nonrelative", 5},
	{SOURCE_NEED, "medium", 1},
	{SOURCE_NEED, "moderate", 1},
	{SOURCE_NEED, "mid", 1},
	{SOURCE_REACHED, "yes", 0},
	{SOURCE_REACHED, "thismonth", 0},
	{SOURCE_REACHED, "incontact", 0},
	{SOURCE_REACHED, "lost", 91},
};

/* The band that a number of months or days is in. */
static int band_of(enum source_field field, int number)
{
	if (field == SOURCE_TIME)
		return number < 3 ? 1 : number < 6 ? 4 : number < 12 ? 8 : number < 24 ? 17 : 30;
	return number <= 30 ? 0 : number <= 90 ? 31 : 91;
}

static bool number_of(enum source_field field, struct str plain, int *code)
{
	int64_t number;
	if (!str_to_i64(plain, &number) || number < 0 || number > 10000)
		return false;
	switch (field) {
	case SOURCE_TIME:
	case SOURCE_REACHED:
		*code = band_of(field, (int)number);
		return true;
	case SOURCE_CHILDREN:
		*code = number > 0;
		return true;
	case SOURCE_VETERAN:
	case SOURCE_DISABLING:
		*code = (int)number;
		return number == 0 || number == 1;
	default:
		return false;
	}
}

bool source_word(enum source_field field, struct str text, int *code)
{
	struct plain plain;
	struct plain other;
	struct str t = plain_of(text, &plain);
	size_t n;
	const struct source_choice *choices = source_choices(field, &n);
	if (number_of(field, t, code))
		return true;
	for (size_t i = 0; i < n; i++)
		if (str_eq(t, plain_of(str_from(choices[i].say), &other))) {
			*code = choices[i].code;
			return true;
		}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].field == field && str_eq(t, str_from(words[i].word))) {
			*code = words[i].code;
			return true;
		}
	if (choices != yes_no || t.n != 1 || (t.p[0] != 'y' && t.p[0] != 'n' && t.p[0] != 'x'))
		return false;
	*code = t.p[0] != 'n';
	return true;
}

bool source_problem_aside(enum source_problem p)
{
	static const bool asides[] = {
#define X(name, aside, say) [name] = aside,
		SOURCE_PROBLEMS(X)
#undef X
	};
	return asides[p];
}

const char *source_problem_say(enum source_problem p)
{
	static const char *const says[] = {
#define X(name, aside, say) [name] = say,
		SOURCE_PROBLEMS(X)
#undef X
	};
	return says[p];
}
