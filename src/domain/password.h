/* Whether a password is hard enough to guess: by its length, and by what is left of it when everything is taken
 * out that is guessed first. There are no rules of composition.
 *
 * Source: NIST SP 800-63B, 5.1.1.2: a minimum length, no composition rules, a comparison with passwords that are
 * commonly used or expected (repetitive or sequential characters, the name of the service, the user name and
 * derivatives of it). Our reading: words are found in either case and with the usual digits for letters (P4ssw0rd),
 * and years, rows of the keyboard and repeated characters count for nothing.
 *
 *     struct str own[] = {login, name, agency};
 *     if (password_judge(password, own, 3) == PASSWORD_COMMON) …
 *
 * Pure and thread-safe.
 */
#ifndef DOMAIN_PASSWORD_H
#define DOMAIN_PASSWORD_H

#include "base/str.h"

enum {
	PASSWORD_MIN = 12, /* characters */
	PASSWORD_MAX = 128,
	PASSWORD_LEFT = 6, /* characters that no list knows; each further word of the list counts as two */
};

enum password_fault {
	PASSWORD_FINE,
	PASSWORD_SHORT,
	PASSWORD_LONG,
	PASSWORD_COMMON, /* made of what is guessed first */
	PASSWORD_OWN,    /* made of the person's own words */
};

/* `own`: sign-in name, name, agency, region and the program's name; their words of three letters and more are
 * looked for. */
enum password_fault password_judge(struct str password, const struct str *own, size_t own_n);

#endif
