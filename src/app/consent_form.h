/* The forms that people sign, in versions: releases, the continuum's and stricter ones of agencies; and the
 * confidentiality agreement that everybody signs who sees names, in the continuum's own words.
 *
 * A version is never changed: whoever signed it signed its words. The next one counts from its first day, and who
 * signed an older one is named on their household's page as somebody to offer it to. A form says how long a release may
 * hold at most and how wide it may be; a release that is recorded with it keeps to that. Where an agency has forms of
 * its own, its people record with those.
 *
 * A form that a file of releases names and that is not kept here is noted by its name, without words.
 *
 *     struct consent_form_new f = {.name = S("Release of information"), .language = S("en"), .from = today, …};
 *     TRY(app_consent_form_add(c, &f, &id));
 */
#ifndef APP_CONSENT_FORM_H
#define APP_CONSENT_FORM_H

#include "app/app.h"
#include "domain/release.h"

enum { FORM_NAME_MAX = 100, FORM_WORDS_MAX = 12000, FORM_DAYS_MOST = 3650 };

/* The languages that forms and sheets are kept in. */
#define LANGUAGES(X)                                                                                                   \
	X(LANGUAGE_EN, "en", "English")                                                                                \
	X(LANGUAGE_ES, "es", "Spanish")

enum language {
#define X(name, word, say) name,
	LANGUAGES(X)
#undef X
		LANGUAGES_N
};
const char *language_word(enum language l);
const char *language_say(enum language l);
bool language_parse(struct str word, enum language *out);
struct str language_name(struct str word); /* "Spanish" of "es"; the word itself of a language that is not kept */

/* Word as stored, what it is. */
#define FORM_KINDS(X)                                                                                                  \
	X(FORM_RELEASE, "release", "a release: what people sign before their name is shared")                          \
	X(FORM_AGREEMENT, "agreement", "the confidentiality agreement: what everybody signs each year who sees names")

enum form_kind {
#define X(name, word, say) name,
	FORM_KINDS(X)
#undef X
		FORM_KINDS_N
};
const char *form_kind_word(enum form_kind k);
const char *form_kind_say(enum form_kind k);

struct consent_form {
	enum form_kind kind;
	struct str id, name, language;
	struct str agency_id, agency; /* whose own it is; empty: the continuum's */
	int version;
	struct day from;
	int most_days; /* longest time that a release holds; 0: no limit */
	enum release_scope widest;
	struct str words;
	bool holds; /* today: the newest version that has begun */
};

struct consent_agency {
	struct str id, name;
};
struct consent_form_view {
	struct consent_form *forms; /* the continuum's first, newest version first */
	size_t forms_n;
	struct consent_agency *agencies; /* to choose from */
	size_t agencies_n;
	bool may_write;
};
must err_t app_consent_forms(struct call *c, struct consent_form_view *out);

/* ERR_MISSING: no such form. */
must err_t app_consent_form(struct call *c, struct str id, struct consent_form *out);

struct consent_form_new {
	enum form_kind kind; /* of an agreement neither agency, days nor scope are asked */
	struct str name;
	enum language language;
	struct str agency_id; /* empty: the continuum's */
	struct day from;
	int most_days; /* 0: no limit */
	enum release_scope widest;
	struct str words;
};
/* A form, or the next version of the one of that kind, name, language and agency. For administrators and lead agencies.
 * ERR_INVALID: a sentence about what is missing; also where an agency's form would be laxer than the continuum's. */
must err_t app_consent_form_add(struct call *c, const struct consent_form_new *f, struct str *id);

/* --- inside a transaction --- */

/* The agreement in the continuum's words, in each language, as it was on a day; none: nobody wrote it. */
must err_t consent_agreements(struct db *db, struct arena *a, struct day on, struct consent_form **out, size_t *n);

/* The forms that somebody of an agency records with today. */
must err_t consent_forms_offered(struct db *db, struct arena *a, struct day today, struct str agency_id,
				 struct consent_form **out, size_t *n);

#endif
