/* The views of templates/parts: what pages are made of. assets/README.md shows each.
 *
 *     const struct chip_view chip = {S("matched"), TONE_GOOD};
 *     {% show chip &row->chip %}
 */
#ifndef WEB_PARTS_H
#define WEB_PARTS_H

#include "web/html.h"

/* What a colour says; there is always a word beside it. */
enum tone { TONE_IDLE, TONE_INFO, TONE_GOOD, TONE_WARN, TONE_BAD };
const char *tone_name(enum tone t);  /* "idle", "info", "good", "warn", "bad" */
const char *tone_alert(enum tone t); /* the USWDS alert: "info", "success", "warning", "error" */

/* Nothing is shown for empty text. */
struct chip_view {
	struct str text;
	enum tone tone;
};

/* One of a row of choices (class "pill"). */
struct pill_view {
	struct str say;
	struct url href;
	bool on;
};

struct notice_view {
	enum tone tone; /* TONE_WARN and TONE_BAD interrupt a screen reader */
	struct str title;
	struct str text;
	struct str link; /* words of the link; empty: none */
	struct url href;
};

struct tile_view {
	struct str value;
	struct str label;
};

struct tiles_view {
	const struct tile_view *tiles;
	size_t tiles_n;
	bool joined; /* one bar with the label on top, instead of boxes */
};

struct meter_view {
	struct str label; /* "Households 4 of 12 done" */
	int value;
	int max;
	enum tone tone;
};

struct pager_view {
	struct str said; /* "Rows 1–50 of 214" */
	struct url previous;
	bool has_previous;
	struct url next;
	bool has_next;
	bool keys; /* the page has a list for the arrow keys */
};

struct empty_view {
	struct str title;
	struct str text;
	struct str action; /* words of the button; empty: none */
	struct url href;
};

/* "Why this place?" and the like: numbered reasons, each with a chip. */
struct reason_view {
	int number;
	struct str label; /* "Chronic" */
	struct str value; /* "likely" */
	struct str more;  /* "(15, of 9 Nov)" */
	struct chip_view chip;
};

/* One of the layers that a place comes from. */
struct layer_view {
	struct str title;
	struct str text;
};

struct why_view {
	const struct reason_view *reasons;
	size_t reasons_n;
	struct str note; /* empty: none */
	const struct layer_view *layers;
	size_t layers_n;
	struct str link; /* words of a link behind the note; empty: none */
	struct url href;
};

/* The last 36 months, oldest first. */
enum month_kind { MONTH_NONE, MONTH_DOCUMENTED, MONTH_REPORTED, MONTH_AWAY, MONTH_ATTESTABLE };
const char *month_name(enum month_kind k);  /* "none", "documented", … */
const char *month_words(enum month_kind k); /* "not homeless", "documented", "self-reported", … */

struct month_view {
	struct str label; /* "Nov 2026" */
	enum month_kind kind;
};

struct months_view {
	const struct month_view *months;
	size_t months_n;
};

enum input_kind {
	INPUT_LINE,
	INPUT_LINES,
	INPUT_DAY,
	INPUT_NUMBER,
	INPUT_EMAIL,
	INPUT_PASSWORD,
	INPUT_FILE,
	INPUT_CHOICE,
	INPUT_CHECK,
};
const char *input_type(enum input_kind k); /* the type attribute: "text", "date", … */

struct option_view {
	struct str value;
	struct str label;
	bool chosen;
};

struct field_view {
	enum input_kind kind;
	struct str name;
	struct str label;
	struct str hint;  /* empty: none */
	struct str error; /* a sentence; empty: none */
	struct str value; /* a day as 2026-11-21; INPUT_CHECK: "on" */
	bool checked;     /* INPUT_CHECK */
	bool required;
	struct str autocomplete; /* "username", "current-password", …; empty: off */
	size_t max;              /* characters; 0: no limit is told to the browser */
	const struct option_view *options;
	size_t options_n;

	/* Saves itself while it is typed (assets/README.md). */
	struct url save; /* empty: does not */
	int64_t version; /* of the value shown */
};

#endif
