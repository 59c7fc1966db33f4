/* Facts that come under a law of their own: which those are, and what has to stand beside them.
 *
 * The decision whether such a fact may be shown is access_decide's, asked with the fact's law, whether the asker's
 * agency recorded it, and what the person's releases say for that very law (release_covers). A fact that may not be
 * shown leaves the same sentence whether it is there or not, for everybody, since already to say that something is
 * withheld tells that somebody was treated (42 CFR 2.13(c)).
 *
 * Whoever is shown what another agency recorded reads the law's notice with it, on the screen and on paper. Sources:
 * 42 CFR 2.32(a)(2) for substance use; New York Public Health Law 2782(5) with 10 NYCRR 63.5(b) for HIV; for the other
 * laws, which ask for no set words, a sentence of ours that says what they ask.
 *
 * A release may name a class of agencies and not each of them, a "general designation". Whom Part 2 facts went to under
 * one is told to the person for three years back (42 CFR 2.24).
 *
 * That an agency serves somebody can be such a fact itself: that of an HIV program (24 CFR 574.440 for HOPWA; New
 * York's CFP), or of a program that only treats substance use. An agency whose projects are all funded by HOPWA is
 * taken for one; of others people say so.
 */
#ifndef DOMAIN_LAW_H
#define DOMAIN_LAW_H

#include "base/str.h"
#include "domain/access.h"

/* What stands beside a fact that another agency recorded; empty for LAW_HMIS, whose facts need none. */
const char *law_notice(enum fact_law law);

/* Whether disclosures under a general designation are listed for the person, and for how many years. */
enum { LAW_LIST_YEARS = 3 };
bool law_lists_disclosures(enum fact_law law);

/* Whether a project that this funder pays (HMIS list 2.06.1) is an HIV program. */
bool law_funder_is_hiv(int64_t funder);

/* The law of which a word of the text speaks; LAW_HMIS where none does. A help for who writes where such a fact does
 * not belong, in a column or on a card: it knows plain words alone. */
enum fact_law law_of_words(struct str text);

#endif
