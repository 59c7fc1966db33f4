/* Which words are everyday language, English or Spanish: for domain/redact, which must tell "will" from Will.
 *
 * The dictionaries are Debian's (hunspell-en-us, hunspell-es), read once, when the first word is asked. Where they are
 * missing no word is ordinary: more is found than needs to be, and nothing less. Any thread may ask.
 *
 *     struct redactor *r = redactor_new(a, people, n, words_ordinary(), c->today);
 */
#ifndef APP_WORDS_H
#define APP_WORDS_H

#include "domain/redact.h"

struct redact_words words_ordinary(void);

#endif
