#include "web/sheet.h"

#include "app/own_copy.h"

enum { ITEMS_MOST = 6, TEXTS_MOST = 100 };

struct part_text {
	const char *heading, *text; /* of the text {} is the region */
	const char *items[ITEMS_MOST];
	bool who;
};

static const char plain_title[] = N_("Your name and the housing meeting");
static const struct part_text plain_parts[] = {
	{.heading = N_("What it is"),
	 .text = N_(
		 "The agencies of {} meet to find housing for people who have none. They speak of one household at a "
		 "time: what was done, what is missing, and who does what.")},
	{.heading = N_("Who is there"),
	 .text = N_("People who work at these agencies. Each of them signed to keep it to themselves."),
	 .who = true},
	{.heading = N_("What happens next"),
	 .text = N_("Whoever works with you tells you what was agreed, and asks whether you want it.")},
	{.heading = N_("You decide"),
	 .items =
		 {N_("You can say yes, or no, or yes to some agencies only."),
		  N_("If you say no, you lose nothing: the same place on the list and the same services. Only your "
		     "name is not used."),
		  N_("You can change your mind on any day. You need not say why."),
		  N_("You can ask what is written about you and who has seen it, and get a copy."),
		  N_("What is wrong you can have put right. If the answer is no, you are told why, and you can add "
		     "that "
		     "you disagree."),
		  N_("What is about HIV, treatment for drugs or alcohol, or violence is not shared unless you sign for "
		     "that too.")}},
};
static const char *const plain_lines[] = {
	N_("Whom to ask, and their telephone:"),
	N_("Until which day what I signed holds:"),
};

static const char guide_title[] = N_("Five things to talk about first");

static const char next_title[] = N_("What happens next for you");
static const struct part_text next_parts[] = {
	{.heading = N_("Whom to call"),
	 .text = N_(
		 "Tell them when your telephone number or the place where you can be met changes, so that nobody looks "
		 "for you in vain."),
	 .items = {N_("Telephone: ______________________ Best time: ______________________")},
	 .who = true},
	{.heading = N_("What the list is"),
	 .text = N_("Everybody here who needs a home is on one list. A written order, the same for all, decides the "
		    "places "
		    "on it. Agencies meet and work on it together. You stay on it until you have a home, also when you "
		    "say no to something.")},
	{.heading = N_("What this sheet is not"),
	 .text = N_(
		 "It is no promise of a home, and nobody can promise you a day. You may ask at any time why your place "
		 "is what it is, what is written about you and who read it, and you may have mistakes put right. You "
		 "get help whether or not you agree that agencies talk about you by name.")},
};
static const char *const next_lines[] = {
	N_("You need not show this sheet to anybody."),
};

static const char own_title[] = N_("What is written about you");
static const struct part_text own_parts[] = {
	[OWN_PEOPLE] = {.heading = N_("Who you are")},
	[OWN_WISHES] = {.heading = N_("What you want")},
	[OWN_PLACE] = {.heading = N_("Your place on the list")},
	[OWN_TIME] = {.heading = N_("Time without a home")},
	[OWN_SCORES] = {.heading = N_("Assessments")},
	[OWN_PAPERS] = {.heading = N_("Papers")},
	[OWN_WRITTEN] = {.heading = N_("Other things written down")},
	[OWN_MEETINGS] = {.heading = N_("What was said in meetings")},
	[OWN_STEPS] = {.heading = N_("What somebody is to do")},
	[OWN_RELEASES] = {.heading = N_("What you agreed to, or not")},
	[OWN_PARTS_N] = {.heading = N_("Shown by name to")},
	[OWN_PARTS_N + 1] = {.heading = N_("What was written or changed")},
};
static const char *const own_lines[] = {
	N_("This is your copy: what is held about you and those with you, to whom it was shown, and what was written "
	   "or "
	   "changed."),
	N_("What is wrong you can have put right: tell any agency on this page. If the answer is no, you are told why, "
	   "and you can add that you disagree."),
	N_("It stands here as it was written. Ask to have it explained or read to you."),
	N_("What is about HIV, treatment for drugs or alcohol, or violence has a page of its own, if there is any. "
	   "What "
	   "an agency keeps in files of its own you ask of that agency."),
};

static const char signed_version[] = N_("Version {}");
static const char *const signed_lines[] = {
	N_("Name:"),
	N_("Signature and date:"),
	N_("Witness:"),
};

enum {
	PLAIN_PARTS = sizeof plain_parts / sizeof *plain_parts,
	PLAIN_LINES = sizeof plain_lines / sizeof *plain_lines,
	NEXT_PARTS = sizeof next_parts / sizeof *next_parts,
	NEXT_LINES = sizeof next_lines / sizeof *next_lines,
	OWN_PARTS = sizeof own_parts / sizeof *own_parts,
	OWN_LINES = sizeof own_lines / sizeof *own_lines,
	SIGNED_LINES = sizeof signed_lines / sizeof *signed_lines,
};

#define X(name, word, say) word,
static const char *const language_words[] = {LANGUAGES(X) NULL};
#undef X
static const struct form_field sheet_fields[] = {
	{.name = "language", .label = "The language", .kind = FIELD_CHOICE, .choices = language_words},
	{.name = "guide", .label = "For who explains it", .kind = FIELD_CHECK},
};
const struct form_spec sheet_form = FORM(sheet_fields);

enum language sheet_language(const struct form *f, enum language *next)
{
	int asked = form_choice(f, "language");
	enum language language = asked < 0 ? LANGUAGE_EN : (enum language)asked;
	*next = (enum language)(((int)language + 1) % LANGUAGES_N);
	return language;
}

static const struct str *lines_of(struct arena *a, enum language language, const char *const *english, size_t n)
{
	struct str *lines = arena_many(a, n, struct str);
	for (size_t i = 0; i < n; i++)
		lines[i] = str_from(po_say(language, english[i]));
	return lines;
}

static void fill_part(struct arena *a, enum language language, struct str region, const struct part_text *from,
		      struct sheet_part *to)
{
	size_t n = 0;
	while (n < ITEMS_MOST && from->items[n] != NULL)
		n++;
	*to = (struct sheet_part){
		.heading = str_from(po_say(language, from->heading)),
		.text = from->text == NULL ? S("") : po_fill(a, language, from->text, region),
		.items = lines_of(a, language, from->items, n),
		.items_n = n,
		.who = from->who,
	};
}

static const struct sheet_part *parts_of(struct arena *a, enum language language, struct str region,
					 const struct part_text *from, size_t n)
{
	struct sheet_part *parts = arena_many(a, n, struct sheet_part);
	for (size_t i = 0; i < n; i++)
		fill_part(a, language, region, &from[i], &parts[i]);
	return parts;
}

void sheet_plain(struct arena *a, enum language language, struct str region, struct sheet *out)
{
	*out = (struct sheet){
		.language = language,
		.title = str_from(po_say(language, plain_title)),
		.parts = parts_of(a, language, region, plain_parts, PLAIN_PARTS),
		.parts_n = PLAIN_PARTS,
		.lines = lines_of(a, language, plain_lines, PLAIN_LINES),
		.lines_n = PLAIN_LINES,
	};
}

void sheet_next(struct arena *a, enum language language, struct sheet *out)
{
	*out = (struct sheet){
		.language = language,
		.title = str_from(po_say(language, next_title)),
		.parts = parts_of(a, language, S(""), next_parts, NEXT_PARTS),
		.parts_n = NEXT_PARTS,
		.lines = lines_of(a, language, next_lines, NEXT_LINES),
		.lines_n = NEXT_LINES,
	};
}

void sheet_own(struct arena *a, enum language language, struct sheet *out)
{
	*out = (struct sheet){
		.language = language,
		.title = str_from(po_say(language, own_title)),
		.parts = parts_of(a, language, S(""), own_parts, OWN_PARTS),
		.parts_n = OWN_PARTS,
		.lines = lines_of(a, language, own_lines, OWN_LINES),
		.lines_n = OWN_LINES,
	};
}

void sheet_guide(struct arena *a, enum language language, struct sheet *out)
{
	struct sheet_part *parts = arena_many(a, CONSENT_POINTS_N, struct sheet_part);
	for (int i = 0; i < CONSENT_POINTS_N; i++) {
		enum consent_point p = (enum consent_point)i;
		parts[i] = (struct sheet_part){
			.heading = str_from(po_say(language, consent_point_title(p))),
			.text = str_from(po_say(language, consent_point_say(p))),
		};
	}
	*out = (struct sheet){
		.language = language,
		.title = str_from(po_say(language, guide_title)),
		.parts = parts,
		.parts_n = CONSENT_POINTS_N,
	};
}

void sheet_signed(struct arena *a, enum language language, const struct consent_form *form, struct sheet *out)
{
	*out = (struct sheet){
		.language = language,
		.title = po_fill(a, language, signed_version, str_fmt(a, "%d", form->version)),
		.lines = lines_of(a, language, signed_lines, SIGNED_LINES),
		.lines_n = SIGNED_LINES,
	};
}

static void add_parts(const char **all, size_t *n, const struct part_text *parts, size_t parts_n)
{
	for (size_t i = 0; i < parts_n; i++) {
		all[(*n)++] = parts[i].heading;
		if (parts[i].text != NULL)
			all[(*n)++] = parts[i].text;
		for (size_t k = 0; k < ITEMS_MOST && parts[i].items[k] != NULL; k++)
			all[(*n)++] = parts[i].items[k];
	}
}

static void add_texts(const char **all, size_t *n, const char *const *texts, size_t texts_n)
{
	for (size_t i = 0; i < texts_n; i++)
		all[(*n)++] = texts[i];
}

const char *const *sheet_texts(struct arena *a, size_t *n)
{
	static const char *const titles[] = {plain_title, next_title, own_title, guide_title, signed_version};
	const char **all = arena_many(a, TEXTS_MOST, const char *);
	*n = 0;
	add_texts(all, n, titles, sizeof titles / sizeof *titles);
	add_parts(all, n, plain_parts, PLAIN_PARTS);
	add_parts(all, n, next_parts, NEXT_PARTS);
	add_parts(all, n, own_parts, OWN_PARTS);
	add_texts(all, n, own_lines, OWN_LINES);
	add_texts(all, n, plain_lines, PLAIN_LINES);
	add_texts(all, n, next_lines, NEXT_LINES);
	add_texts(all, n, signed_lines, SIGNED_LINES);
	for (int i = 0; i < CONSENT_POINTS_N; i++) {
		all[(*n)++] = consent_point_title((enum consent_point)i);
		all[(*n)++] = consent_point_say((enum consent_point)i);
	}
	return all;
}
