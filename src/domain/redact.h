/* What in a free text says who somebody is, so that notes can leave the room.
 *
 * A redactor knows people: their names as the list has them, and their birth dates. In a text it finds their
 * names (also as nicknames, as possessives and with one letter wrong), and by their shape social security
 * numbers, telephone numbers, mail addresses, dates of birth and street addresses, whoever's they are. It is
 * there to help a writer who then reads the text: what it cannot tell apart it takes out. Sources: MO BoS,
 * Level 4 list holders, "being sure to protect PPI"; the HMIS data and technical standards of 2004, protected
 * personal information.
 *
 * A word of everyday language ("Will", "May", "Long") is a name only where it is written with a capital letter or
 * stands beside another name; `ordinary` says which words are. Of names with five letters and more, one letter may be
 * wrong, missing, added, or changed places with its neighbour.
 *
 * A redactor is made once and then only read, so many threads may share it. It holds names: it lives in the arena of
 * the job that sends something out, and is as personal as its arena.
 *
 *     struct redactor *r = redactor_new(a, people, people_n, (struct redact_words){0}, today);
 *     struct redact_find *finds;
 *     size_t n = redact_find(a, r, S("Joe's mother called 555-0134"), &finds);
 *     redact_apply(a, text, finds, n);     "Maple 4821's mother called (telephone)"
 */
#ifndef DOMAIN_REDACT_H
#define DOMAIN_REDACT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/str.h"

/* What was found; what the writer reads beside it; what stands in its place where no code is known. */
#define REDACT_KINDS(X)                                                                                                \
	X(REDACT_NAME, "name", "(a person)")                                                                           \
	X(REDACT_SSN, "social security number", "(SSN)")                                                               \
	X(REDACT_PHONE, "telephone number", "(telephone)")                                                             \
	X(REDACT_MAIL, "mail address", "(mail address)")                                                               \
	X(REDACT_BIRTH, "date of birth", "(date of birth)")                                                            \
	X(REDACT_ADDRESS, "address", "(address)")                                                                      \
	X(REDACT_MARKED, "marked by the writer", "(left out)")

enum redact_kind {
#define X(name, say, instead) name,
	REDACT_KINDS(X)
#undef X
		REDACT_KINDS_N
};
const char *redact_say(enum redact_kind kind);

/* Somebody whose names are to be found. */
struct redact_person {
	struct str names;   /* all of them, words apart by blanks: "Mary Ann O'Brien-Lopez" */
	struct day birth;   /* DAY_NONE: not known */
	struct str instead; /* what stands for them: "Maple 4821"; empty: "(a person)" */
};

/* Whether a word in lower case is one of everyday language; NULL: none is, every name is found in any case. */
struct redact_words {
	bool (*ordinary)(void *ctx, struct str word);
	void *ctx;
};

struct redactor;

/* Names of one letter are left out. A whole date ten years before `today` and earlier reads as a date of birth. The
 * texts of `people` must live as long as the redactor. */
struct redactor *redactor_new(struct arena *a, const struct redact_person *people, size_t n, struct redact_words words,
			      struct day today);

struct redact_find {
	size_t at; /* bytes */
	size_t n;
	enum redact_kind kind;
	struct str instead;
};

/* What is in a text, in its order, without overlaps. Names side by side of one person are one find ("Joe Smith",
 * "Smith, Joe", "Joe S."); where they may be several people's the instead is "(a person)". */
size_t redact_find(struct arena *a, const struct redactor *r, struct str text, struct redact_find **out);

/* Adds what a writer marked, by its words, wherever they stand in the text; overlapping finds become one. Returns how
 * many finds there are now. Marked words that are not in the text change nothing. */
size_t redact_mark(struct arena *a, struct str text, struct str marked, struct redact_find **finds, size_t n);

/* The text with each find replaced. The rest is as it was, byte for byte. */
struct str redact_apply(struct arena *a, struct str text, const struct redact_find *finds, size_t n);

#endif
