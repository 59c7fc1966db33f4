/* Between the files of redact: the words of a text, nicknames, and what is found by shape. */
#ifndef DOMAIN_REDACT_INSIDE_H
#define DOMAIN_REDACT_INSIDE_H

#include "domain/redact.h"

enum { REDACT_WORD_MAX = 48 }; /* bytes of a folded word; what is longer is no name */

/* A run of letters, with the apostrophes and digits inside it, or of digits. */
struct redact_word {
	size_t at;
	size_t n;          /* bytes in the text, a possessive ending included */
	size_t bare;       /* bytes without the possessive ending */
	struct str folded; /* lower case, no accents, no apostrophes, no possessive ending; "" where too long */
	bool digits;
	bool capital; /* begins with a capital letter */
	bool opens;   /* first of its sentence */
};

/* The words of a text in their order. */
size_t redact_split(struct arena *a, struct str text, struct redact_word **out);

/* Letters of a name as they are compared: lower case, without accents and apostrophes; empty where it is longer than
 * REDACT_WORD_MAX. */
struct str redact_fold(struct arena *a, struct str word);

/* The names that stand for one another with a folded first name among them, up to a NULL: "william", "bill", "will" …
 * Begin with *next = 0 and call again until NULL: "chris" is in several rows. */
const char *const *redact_namesakes(struct str folded, size_t *next);

struct redact_births {
	const struct day *at; /* those of the people, sorted */
	size_t n;
	struct day long_ago; /* a whole date before this day reads as a date of birth */
};

struct redact_finds {
	struct redact_find *at;
	size_t n;
	size_t room;
};

void redact_add(struct arena *a, struct redact_finds *f, size_t at, size_t n, enum redact_kind kind,
		struct str instead);
/* Appends the numbers, mail addresses, dates of birth and addresses. */
void redact_shapes(struct arena *a, struct str text, const struct redact_word *words, size_t n,
		   const struct redact_births *births, struct redact_finds *out);

#endif
