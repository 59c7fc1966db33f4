/* Acts of the journal, and pages of the disclosure record, in the words people use.
 *
 * The journal keeps an act as noun.verb ("step.add") and the record keeps the pattern of a route; both stay as
 * they were written for as long as the rows do. A row that is added here is all that a new act or page needs. Tests
 * hold the tables to every act that the code writes and to every page that may show a person.
 */
#ifndef DOMAIN_ACT_H
#define DOMAIN_ACT_H

#include <stddef.h>

#include "base/str.h"

struct act_row {
	const char *word; /* "step.add" */
	const char *say;  /* what somebody did: "added a step" */
};
extern const struct act_row act_table[];
extern const size_t act_table_n;

/* Empty for an act that is not in the table. */
struct str act_say(struct str word);

/* Where somebody was shown: "the list". Empty for a page that is not in the table. */
struct str act_page_say(struct str pattern);

/* True where `more` of a journal row ("step=9p3k,card=77ab") has the id as one of its values. */
bool act_more_has(struct str more, struct str id);

#endif
