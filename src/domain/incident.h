/* What comes to the privacy officer: somebody demands records by law, or something got out. Each kind has its steps, in
 * the order in which they are thought of; which one comes first is for people.
 *
 * Sources: a court order of its own for substance use records, 42 CFR 2.61 to 2.67; for victim service providers notice
 * to the survivor and the least that a court demands, 34 U.S.C. 12291(b)(2)(C); the HMIS privacy standards' rule that a
 * demand is checked before it is answered, 69 FR 45928, section 4.1.3. They are a checklist and no legal advice.
 */
#ifndef DOMAIN_INCIDENT_H
#define DOMAIN_INCIDENT_H

#include <stdbool.h>
#include <stddef.h>

enum incident_kind { INCIDENT_DEMAND, INCIDENT_BREACH, INCIDENT_KINDS_N };

struct incident_step {
	const char *word; /* as stored */
	const char *say;
};

const char *incident_kind_word(enum incident_kind k); /* as stored: "demand" */
const char *incident_kind_say(enum incident_kind k);
bool incident_kind_from_word(const char *word, enum incident_kind *out);

/* The steps of a kind. */
const struct incident_step *incident_steps(enum incident_kind k, size_t *n);

/* The step of that word, or NULL. */
const struct incident_step *incident_step_of(enum incident_kind k, const char *word);

/* Within so many days of its coming something is to have been done about it; the officer may set another day. */
int incident_days(enum incident_kind k);

#endif
