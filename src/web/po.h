/* Sentences of the sheets that are handed to people, in their language.
 *
 * English stands in the code, marked with N_ so that xgettext finds it; po/<language>.po is the catalogue of a
 * translator, which tools/poc.c makes into a sorted table when the program is built. No locale is asked at run time:
 * the language is the sheet's, two threads may print two of them at once, and the server need have neither installed.
 *
 *     po_say(LANGUAGE_ES, "What happens next")            // "Qué pasa después"
 */
#ifndef WEB_PO_H
#define WEB_PO_H

#include "app/consent_form.h"

#define N_(english) english

struct po_line {
	const char *english, *said;
};

/* By their English text, in the order of its bytes. */
extern const struct po_line po_es[];
extern const size_t po_es_n;

/* The English text itself where the language is English. That every marked text has its translation is the build's and
 * a test's to see to; one that had none would be said in English. */
const char *po_say(enum language language, const char *english);

/* The same with its placeholder {} filled. */
struct str po_fill(struct arena *a, enum language language, const char *english, struct str value);

#endif
