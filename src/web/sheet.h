/* Sheets that are handed to people: the page in plain words to take along, what stands below a form that is signed on
 * paper; and the five points that are talked about first, for who explains them. Their words are in English here and in
 * domain/release.h, in other languages in po/. */
#ifndef WEB_SHEET_H
#define WEB_SHEET_H

#include "web/form.h"
#include "web/po.h"

/* A part of the page in plain words. */
struct sheet_part {
	struct str heading, text;
	const struct str *items;
	size_t items_n;
	bool who; /* the agencies, or whom to call, stand below the heading */
};

struct sheet {
	enum language language;
	struct str title;
	const struct sheet_part *parts;
	size_t parts_n;
	const struct str *lines; /* to be filled in by hand */
	size_t lines_n;
};

/* Which language is asked for, English where none is; and the one after it, to go on to. */
extern const struct form_spec sheet_form;
enum language sheet_language(const struct form *f, enum language *next);

/* About the meeting of a region, and the choice that the person has. No person is named on it. */
void sheet_plain(struct arena *a, enum language language, struct str region, struct sheet *out);

/* What is talked about before somebody signs, in the order of enum consent_point. */
void sheet_guide(struct arena *a, enum language language, struct sheet *out);

/* What was agreed in a meeting and is told to the person: around the words of who tells it. */
void sheet_next(struct arena *a, enum language language, struct sheet *out);

/* Around a household's own copy: its lines stand first, its parts are the headings of enum own_part (app/own_copy.h),
 * of whom it was shown to and of what was changed. */
void sheet_own(struct arena *a, enum language language, struct sheet *out);

/* Below a form: what it is, and who signs. */
void sheet_signed(struct arena *a, enum language language, const struct consent_form *form, struct sheet *out);

/* All texts of all sheets, as they stand in the code: for tests. */
const char *const *sheet_texts(struct arena *a, size_t *n);

#endif
