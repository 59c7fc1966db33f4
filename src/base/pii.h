/* Personal data is a type of its own.
 *
 * A name, an SSN, a birth date or free text about a person travels as `const struct pii *`, which
 * nothing can print: the logger and the templates have no case for it, printf would have to be
 * lied to. pii_reveal turns it into text; the files that may call it are listed in
 * tests/unit/test_floors.c: they are the ones that build a view after domain/access has decided,
 * the sealing itself, and the blind index.
 */
#ifndef BASE_PII_H
#define BASE_PII_H

#include "base/str.h"

struct pii;

/* A copy of s in the arena; empty s gives NULL, which stands for "not known". */
const struct pii *pii_new(struct arena *a, struct str s);

/* The text; NULL gives empty. */
struct str pii_reveal(const struct pii *p);

#endif
