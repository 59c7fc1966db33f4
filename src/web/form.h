/* Declared forms: what a request may carry, in one table per form.
 *
 * The server parses a request's fields (the body of a POST, the query of a GET) by the route's
 * form_spec before the handler runs. A field that is missing, too long or not what it should be
 * does not stop the request: the handler sees form_ok() == false and shows the page again, each
 * field with the text that was typed and a sentence about what is wrong. Fields that the form does
 * not declare are ignored.
 *
 * Everything lives in the request's arena. Asking for a field that the form does not declare, or
 * by the wrong kind, is a programming error and stops the process.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

struct arena;
struct pii;

enum field_kind {
	FIELD_TEXT,    /* one line; white space at its ends is dropped */
	FIELD_LINES,   /* several lines; line ends become '\n' */
	FIELD_PRIVATE, /* one or several lines about a person; read with form_pii */
	FIELD_INT,     /* whole number between .least and .most, where these differ */
	FIELD_DAY,     /* 2026-11-21, as a date input sends it, or 11/21/2026, as people type it */
	FIELD_CHOICE,  /* one of .choices */
	FIELD_CHECK,   /* a checkbox: there or not */
	FIELD_MANY,    /* any number of fields of this name (checkboxes, rows); each at most .max long */
	FIELD_SECRET,  /* a password: taken as it is, never shown again or carried over */
	FIELD_FILE,    /* an uploaded file; only on a ROUTE_UPLOAD */
};

struct form_field {
	const char *name;
	const char *label; /* as the page calls it; opens the sentences: "By when must be a date." */
	enum field_kind kind;
	bool required;
	size_t max;                 /* characters; 0 means 200 (FIELD_LINES and FIELD_PRIVATE: LIMIT_NOTE) */
	int64_t least, most;        /* FIELD_INT */
	const char *const *choices; /* FIELD_CHOICE: the values, ended by NULL */
};

struct form_spec {
	const struct form_field *fields;
	size_t n;
};

#define FORM(table)                                                                                                    \
	{                                                                                                              \
		.fields = (table), .n = sizeof(table) / sizeof((table)[0])                                             \
	}

/* A file that was sent. It has no name on disk and is gone when fd is closed; `path` opens it again
 * while fd is open. The server closes fd after the handler, unless upload_take took it. */
struct upload {
	struct str field; /* the name of its form field */
	int fd;
	int64_t size;
	struct str name; /* the last part of the name the browser gave; for people only */
	struct str path; /* "/proc/self/fd/N" */
};

struct form_value {
	const struct form_field *field;
	bool given;        /* there, and not blank */
	struct str text;   /* as typed, to fill the field again; empty for secrets and files */
	struct str error;  /* a sentence, or empty */
	struct str secret; /* FIELD_SECRET */
	int64_t number;
	struct day day;
	int choice; /* index in .choices, or -1 */
	const struct str *many;
	size_t many_n;
	struct upload *upload;
};

/* A name and a value as they came, decoded. */
struct form_pair {
	struct str name;
	struct str value;
};

struct form {
	const struct form_spec *spec;
	struct form_value *values; /* one per field of the spec, in its order */
	size_t n;
	const struct form_pair *pairs; /* everything that was sent */
	size_t pairs_n;
	struct upload *uploads; /* as found by the server; values point here */
	size_t uploads_n;
};

/* No field has an error. */
bool form_ok(const struct form *f);

/* The first field's error as ERR_INVALID; NULL where there is none. */
must err_t form_error(struct arena *a, const struct form *f);

/* The value of a declared field; the ones below are its typed faces. An optional field that was
 * left empty gives empty text, `otherwise`, DAY_NONE, -1, false, no items, NULL. */
const struct form_value *form_value(const struct form *f, const char *name);
struct str form_text(const struct form *f, const char *name);
const struct pii *form_pii(struct arena *a, const struct form *f, const char *name);
int64_t form_int(const struct form *f, const char *name, int64_t otherwise);
struct day form_day(const struct form *f, const char *name);
int form_choice(const struct form *f, const char *name);
bool form_checked(const struct form *f, const char *name);

/* What stands in a field of a page that may be shown again: `first`, or, `again`, what was sent under that name, by
 * whichever of the page's forms. */
struct str form_typed(const struct form *f, bool again, const char *name, struct str first);
struct str form_secret(const struct form *f, const char *name);
const struct str *form_many(const struct form *f, const char *name, size_t *n);
struct upload *form_upload(const struct form *f, const char *name);

/* Puts an error on a field, for what only the use case could tell ("There is no such person").
 * The first error of a field stays. */
void form_fail(struct form *f, const char *name, struct str sentence);

/* The descriptor of an upload, which is the caller's to close from now on (an import outlives its
 * request). */
int upload_take(struct upload *u);

/* For the server: splits an application/x-www-form-urlencoded text into pairs. Returns false where
 * a %-escape is broken or a name or value holds NUL; at most `max` pairs, more is `*too_many`. */
bool form_split(struct arena *a, struct str encoded, size_t max, struct form_pair **pairs, size_t *n, bool *too_many);

/* For the server: decodes pairs by a spec (NULL: no field is declared). */
struct form form_parse(struct arena *a, const struct form_spec *spec, const struct form_pair *pairs, size_t n,
		       struct upload *uploads, size_t uploads_n);

#endif
