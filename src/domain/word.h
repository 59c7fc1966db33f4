/* Whether a text has one of some words, whatever follows them.
 *
 *     static const char *const loud[] = {"addict", "va "};      "addicted" and "VA", not "vapor"
 *     word_of(text, loud, 2)
 */
#ifndef DOMAIN_WORD_H
#define DOMAIN_WORD_H

#include "base/str.h"

enum { WORD_NONE = -1 };

/* The first of n beginnings of words, in lower case, with which a word of the text begins; a blank behind one: the
 * whole word. WORD_NONE: none does. Words are of letters and digits of ASCII. */
int word_of(struct str text, const char *const *beginnings, size_t n);

#endif
