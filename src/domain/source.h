/* Lists that do not come from an HMIS: what their columns may be, and the words in them.
 *
 * Two kinds. A *named* list holds people; whoever holds it states that they agreed to be named. A *coded* list
 * is a victim service provider's: a code of its own, a size, a region, and bands that it attests to (time,
 * need, contact; DEFINITIONS "Priority"). Nothing that identifies anybody is taken from a coded list, and a
 * column that looks as if it did is a reason to refuse the file.
 *
 * Bands are kept as what the order needs of them (ours): months in the last 36 as the middle of their band, so
 * that being coded neither lifts nor sinks a household; contact as the latest day that the band allows.
 */
#ifndef DOMAIN_SOURCE_H
#define DOMAIN_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* How the cells of a column are read. */
enum source_cells { SOURCE_TEXTS, SOURCE_DAYS, SOURCE_NUMBERS, SOURCE_WORDS };

enum { SOURCE_NAMED = 1, SOURCE_CODED = 2, SOURCE_BOTH = SOURCE_NAMED | SOURCE_CODED };

/* Name, word as stored, cells, lists that may have it, what it is to people. */
#define SOURCE_FIELDS(X)                                                                                               \
	X(SOURCE_KEY, "key", SOURCE_TEXTS, SOURCE_BOTH, "Own number or code of the row")                               \
	X(SOURCE_FIRST, "first", SOURCE_TEXTS, SOURCE_NAMED, "First name")                                             \
	X(SOURCE_MIDDLE, "middle", SOURCE_TEXTS, SOURCE_NAMED, "Middle name")                                          \
	X(SOURCE_LAST, "last", SOURCE_TEXTS, SOURCE_NAMED, "Last name")                                                \
	X(SOURCE_NAME, "name", SOURCE_TEXTS, SOURCE_NAMED, "Whole name (Last, First or First Last)")                   \
	X(SOURCE_BIRTH, "birth", SOURCE_DAYS, SOURCE_NAMED, "Birth date")                                              \
	X(SOURCE_SSN, "ssn", SOURCE_TEXTS, SOURCE_NAMED, "SSN, or its last four digits")                               \
	X(SOURCE_VETERAN, "veteran", SOURCE_WORDS, SOURCE_NAMED, "Veteran")                                            \
	X(SOURCE_HOUSEHOLD, "household", SOURCE_TEXTS, SOURCE_NAMED, "Which rows are one household")                   \
	X(SOURCE_RELATION, "relation", SOURCE_WORDS, SOURCE_NAMED, "Relationship to the head of household")            \
	X(SOURCE_SITUATION, "situation", SOURCE_WORDS, SOURCE_NAMED, "Where they stay")                                \
	X(SOURCE_CONTACT, "contact", SOURCE_DAYS, SOURCE_NAMED, "Last contact")                                        \
	X(SOURCE_HOMELESS, "homeless", SOURCE_DAYS, SOURCE_NAMED, "Homeless since")                                    \
	X(SOURCE_MONTHS, "months", SOURCE_NUMBERS, SOURCE_NAMED, "Months homeless in the last three years")            \
	X(SOURCE_DISABLING, "disabling", SOURCE_WORDS, SOURCE_NAMED, "Disabling condition")                            \
	X(SOURCE_SCORE, "score", SOURCE_NUMBERS, SOURCE_NAMED, "Assessment score")                                     \
	X(SOURCE_SCORED, "scored", SOURCE_DAYS, SOURCE_NAMED, "Day of the assessment")                                 \
	X(SOURCE_LISTED, "listed", SOURCE_DAYS, SOURCE_BOTH, "On the list since")                                      \
	X(SOURCE_SIZE, "size", SOURCE_NUMBERS, SOURCE_BOTH, "People in the household")                                 \
	X(SOURCE_CHILDREN, "children", SOURCE_WORDS, SOURCE_BOTH, "Children in the household")                         \
	X(SOURCE_REGION, "region", SOURCE_TEXTS, SOURCE_BOTH, "Region or county")                                      \
	X(SOURCE_TIME, "time", SOURCE_WORDS, SOURCE_CODED, "Time homeless, as a band")                                 \
	X(SOURCE_NEED, "need", SOURCE_WORDS, SOURCE_CODED, "Need, as a band")                                          \
	X(SOURCE_REACHED, "reached", SOURCE_WORDS, SOURCE_CODED, "Contact, as a band")                                 \
	X(SOURCE_ATTESTED, "attested", SOURCE_DAYS, SOURCE_CODED, "Day of the attestation")

enum source_field {
#define X(name, word, cells, kinds, say) name,
	SOURCE_FIELDS(X)
#undef X
		SOURCE_FIELDS_N
};

struct source_field_row {
	struct str word;
	enum source_cells cells;
	unsigned kinds;
	const char *say;
};
extern const struct source_field_row source_fields[SOURCE_FIELDS_N];

/* The field of a stored word; SOURCE_FIELDS_N for another one, which stands for "not loaded". */
enum source_field source_field_of(struct str word);

/* What a column with this header is likely to be, in a list of that kind; SOURCE_FIELDS_N: no idea. */
enum source_field source_guess(struct str header, unsigned kind);

/* What of a person a column with this header would hold ("a name", "a birth date"); NULL where nothing
 * suggests it. For coded lists, which must not have such columns. */
const char *source_identifies(struct str header);

/* The same for the text of a cell: an SSN, a telephone number, an address of mail. */
const char *source_text_identifies(struct str text);

/* What a cell of words can mean: codes of HMIS lists; of bands what the order takes (see above). */
struct source_choice {
	int code;
	const char *say;
};
const struct source_choice *source_choices(enum source_field field, size_t *n);

/* The code of a word in the field, letter case and punctuation aside; a number where a band or a count is
 * meant. False: a person has to say what it means. */
bool source_word(enum source_field field, struct str text, int *code);

/* Why a row is set aside, or a value left out of it: name, row set aside, sentence. */
#define SOURCE_PROBLEMS(X)                                                                                             \
	X(SOURCE_FINE, false, "")                                                                                      \
	X(SOURCE_NO_KEY, true, "The row has no number or code of its own, so it could not be found again.")            \
	X(SOURCE_KEY_TWICE, true, "Another row above has the same number or code.")                                    \
	X(SOURCE_NO_NAME, true, "Nobody is named in this row.")                                                        \
	X(SOURCE_OTHER_REGION, true, "It belongs to another region, whose list holder loads it.")                      \
	X(SOURCE_IDENTIFIES, true, "A cell looks like an SSN, a telephone number or a mail address.")                  \
	X(SOURCE_BAD_DAY, false, "A date cannot be read, or lies in the future; it was left out.")                     \
	X(SOURCE_BAD_NUMBER, false, "A number cannot be read; it was left out.")                                       \
	X(SOURCE_BAD_SSN, false, "An SSN has neither nine nor four digits; it was left out.")                          \
	X(SOURCE_BAD_WORD, false, "Nobody has said what a word means; it was left out.")

enum source_problem {
#define X(name, aside, say) name,
	SOURCE_PROBLEMS(X)
#undef X
		SOURCE_PROBLEMS_N
};
bool source_problem_aside(enum source_problem p);
const char *source_problem_say(enum source_problem p);

#endif
