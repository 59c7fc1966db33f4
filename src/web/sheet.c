#include "web/sheet.h"

enum { ITEMS_MOST = 6, TEXTS_MOST = 100 };

struct part_text {
	const char *heading, *text; /* of the text {} is the region */
	const char *items[ITEMS_MOST];
	bool agencies;
};

static const char plain_title[] = N_("Your name and the housing meeting");
static const struct part_text plain_parts[] = {
	{.heading = N_("What it is"),
	 .text = N_(
		 "The agencies of {} meet to find housing for people who have none. They speak of one household at a "
		 "time: what was done, what is missing, and who does what.")},
	{.heading = N_("Who is there"),
	 .text = N_("People who work at these agencies. Each of them signed to keep it to themselves."),
	 .agencies = true},
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

static const char signed_version[] = N_("Version {}");
static const char *const signed_lines[] = {
	N_("Name:"),
	N_("Signature and date:"),
	N_("Witness:"),
};

enum {
	PLAIN_PARTS = sizeof plain_parts / sizeof *plain_parts,
	PLAIN_LINES = sizeof plain_lines / sizeof *plain_lines,
	SIGNED_LINES = sizeof signed_lines / sizeof *signed_lines,
};

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
		.agencies = from->agencies,
	};
}

void sheet_plain(struct arena *a, enum language language, struct str region, struct sheet *out)
{
	struct sheet_part *parts = arena_many(a, PLAIN_PARTS, struct sheet_part);
	for (size_t i = 0; i < PLAIN_PARTS; i++)
		fill_part(a, language, region, &plain_parts[i], &parts[i]);
	*out = (struct sheet){
		.language = language,
		.title = str_from(po_say(language, plain_title)),
		.parts = parts,
		.parts_n = PLAIN_PARTS,
		.lines = lines_of(a, language, plain_lines, PLAIN_LINES),
		.lines_n = PLAIN_LINES,
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

const char *const *sheet_texts(struct arena *a, size_t *n)
{
	const char **all = arena_many(a, TEXTS_MOST, const char *);
	*n = 0;
	all[(*n)++] = plain_title;
	all[(*n)++] = signed_version;
	all[(*n)++] = guide_title;
	for (int i = 0; i < CONSENT_POINTS_N; i++) {
		all[(*n)++] = consent_point_title((enum consent_point)i);
		all[(*n)++] = consent_point_say((enum consent_point)i);
	}
	for (size_t i = 0; i < PLAIN_PARTS; i++) {
		all[(*n)++] = plain_parts[i].heading;
		if (plain_parts[i].text != NULL)
			all[(*n)++] = plain_parts[i].text;
		for (size_t k = 0; k < ITEMS_MOST && plain_parts[i].items[k] != NULL; k++)
			all[(*n)++] = plain_parts[i].items[k];
	}
	for (size_t i = 0; i < PLAIN_LINES; i++)
		all[(*n)++] = plain_lines[i];
	for (size_t i = 0; i < SIGNED_LINES; i++)
		all[(*n)++] = signed_lines[i];
	return all;
}
