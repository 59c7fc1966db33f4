/* The pages of the gallery, with ordinary data or with hostile data in every text, compared with
 * what is kept beside this file.
 *
 *     gallery FOLDER            compares with FOLDER (an ordinary test)
 *     gallery --write FOLDER    writes the pages there: after a wanted change, and for screenshots
 */
#include "gallery.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "t_gallery.h"
#include "t_gallery_meeting.h"

enum { PAGE_MAX = 1 << 20 };

#define MANY(array) (array), sizeof(array) / sizeof(array)[0]

static const char hostile_text[] =
	"\"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;{{ x }}</textarea>\n";

/* One page's texts: as they are, or each replaced by the hostile one. */
static bool hostile;

static struct str text(const char *s)
{
	return str_from(hostile && s[0] != '\0' ? hostile_text : s);
}

static struct chip_view chip(const char *s, enum tone tone)
{
	return (struct chip_view){text(s), tone};
}

static struct url household_url(struct arena *a, const char *code)
{
	return url_path(a, "/household/{}", text(code));
}

static struct layout layout_of(struct arena *a, const char *title, const char *body_class, bool live)
{
	struct menu_entry *menu = arena_many(a, 5, struct menu_entry);
	static const char *const labels[] = {"List", "Conference", "Openings", "Referrals", "Progress"};
	for (size_t i = 0; i < 5; i++)
		menu[i] = (struct menu_entry){text(labels[i]), url_path(a, "/{}", text(labels[i])), i == 0};
	return (struct layout){
		.title = text(title),
		.css = URL("/assets/app.css"),
		.js = URL("/assets/app.js"),
		.icon = URL("/assets/icon.svg"),
		.home = URL("/"),
		.menu = menu,
		.menu_n = 5,
		.who = text("Region 4 · Lee Tran · list holder"),
		.sign_out = URL("/sign-out"),
		.csrf = text("0123abcd"),
		.stream = {.s = live ? S("/conference/1/events") : (struct str){0}},
		.stream_after = 4711,
		.body_class = str_from(body_class),
	};
}

struct plain_row {
	const char *name, *who, *hmis_id, *staying, *contact, *step, *step_more, *late, *ready;
	int days, months, score;
	enum tone tone;
};

static const struct plain_row plain_rows[] = {
	{"Avery M.", "single adult · 58", "90412", "Encampment", "2 days ago", "Lease signing", "Housing Now · 24 Nov",
	 "", "6/6", 412, 31, 17, TONE_GOOD},
	{"Rosa D.", "single adult · 44", "88127", "Shelter", "today", "ID appointment", "Ozark Outreach · 25 Nov", "",
	 "4/6", 388, 27, 16, TONE_WARN},
	{"Household Birch", "3 people", "–", "–", "9 days ago", "Unit search", "30 Nov", "", "3/5", 301, 14, 16,
	 TONE_WARN},
	{"Terrence W.", "single adult · 61", "77310", "Encampment", "", "Shelved to 12 Dec", "small group",
	 "41 days ago", "2/6", 301, 22, 15, TONE_IDLE},
	{"Joe Smith", "single adult · 46", "98795", "Encampment", "4 days ago", "Tour Cedar Court",
	 "Housing Now · 23 Nov", "", "5/6", 267, 19, 15, TONE_WARN},
	{"Jane Doe +2", "family of 3 · 38", "23457", "Car", "yesterday", "RRH intake", "Delta Homes · 23 Nov", "",
	 "6/6", 238, 11, 15, TONE_GOOD},
	{"Household Cedar", "1 person", "–", "Shelter", "6 days ago", "With own agency only", "", "", "–", 233, 13, 14,
	 TONE_IDLE},
	{"Marisol P.", "single adult · 23", "81190", "Shelter", "3 days ago", "Landlord call", "Youth Haven · 26 Nov",
	 "", "6/6", 203, 9, 14, TONE_GOOD},
};

static void rows_fill(struct arena *a, struct gallery_view *out)
{
	size_t n = sizeof plain_rows / sizeof *plain_rows;
	struct gallery_row *rows = arena_many(a, n, struct gallery_row);
	for (size_t i = 0; i < n; i++) {
		const struct plain_row *p = &plain_rows[i];
		rows[i] = (struct gallery_row){
			.place = (int)i + 1,
			.in_cycle = i < 6,
			.here = i == 4,
			.name = text(p->name),
			.href = household_url(a, p->hmis_id),
			.who = text(p->who),
			.hmis_id = text(p->hmis_id),
			.staying = text(p->staying),
			.days = p->days,
			.months = p->months,
			.updated = {20771 + (int)i},
			.score = p->score,
			.contact = text(p->contact),
			.step = text(p->step),
			.step_more = text(p->step_more),
			.late = chip(p->late, TONE_BAD),
			.ready = chip(p->ready, p->tone),
		};
	}
	out->rows = rows;
	out->rows_n = n;
}

static struct tiles_view tiles_of(struct arena *a, const char *const (*pairs)[2], size_t n, bool joined)
{
	struct tile_view *tiles = arena_many(a, n, struct tile_view);
	for (size_t i = 0; i < n; i++)
		tiles[i] = (struct tile_view){text(pairs[i][0]), text(pairs[i][1])};
	return (struct tiles_view){tiles, n, joined};
}

static void aside_fill(struct arena *a, struct gallery_view *out)
{
	static const char months[] = "000222001141100010041003100111111110";
	struct month_view *boxes = arena_many(a, 36, struct month_view);
	for (size_t i = 0; i < 36; i++)
		boxes[i] = (struct month_view){text("Nov 2026"), (enum month_kind)(months[i] - '0')};
	out->months = (struct months_view){boxes, 36};
	struct reason_view *reasons = arena_many(a, 4, struct reason_view);
	reasons[0] =
		(struct reason_view){1, text("Chronic"), text("likely"), text(""), chip("tied with 11", TONE_INFO)};
	reasons[1] = (struct reason_view){2, text("Severity band"), text("high"), text("(15, of 9 Nov)"),
					  chip("tied with 6", TONE_INFO)};
	reasons[2] = (struct reason_view){3, text("Months in 36"), text("19"), text(""), chip("decides", TONE_GOOD)};
	reasons[3] =
		(struct reason_view){4, text("Unsheltered first"), text(""), text(""), chip("not needed", TONE_IDLE)};
	out->why = (struct why_view){
		.reasons = reasons,
		.reasons_n = 4,
		.note = text("Two blank months could be attested by Winter Shelter. With them: 21 months, "
			     "still 5th."),
		.link = text("Ask for the letters"),
		.href = URL("/letters")};
}

static void form_fill(struct arena *a, struct gallery_view *out)
{
	struct option_view *options = arena_many(a, 2, struct option_view);
	options[0] = (struct option_view){text("north"), text("Region 4, north"), false};
	options[1] = (struct option_view){text("south"), text("Region 4, south"), true};
	const struct field_view fields[] = {
		{.kind = INPUT_LINE,
		 .name = S("title"),
		 .label = text("Title"),
		 .hint = text("As it is said aloud."),
		 .value = text("Region 4 \"highest\" priority"),
		 .required = true,
		 .max = 80},
		{.kind = INPUT_DAY,
		 .name = S("by"),
		 .label = text("By when"),
		 .value = text("2026-02-31"),
		 .error = text("By when must be a date that exists."),
		 .required = true},
		{.kind = INPUT_CHOICE,
		 .name = S("region"),
		 .label = text("Region"),
		 .options = options,
		 .options_n = 2},
		{.kind = INPUT_LINES,
		 .name = S("note"),
		 .label = text("Note"),
		 .value = text("\nShelter stays confirmed."),
		 .save = URL("/note"),
		 .version = 3},
		{.kind = INPUT_PASSWORD,
		 .name = S("password"),
		 .label = text("Password"),
		 .value = text("never shown"),
		 .autocomplete = S("current-password"),
		 .required = true},
		{.kind = INPUT_CHECK,
		 .name = S("agree"),
		 .label = text("Carry unfinished steps over"),
		 .value = S("on"),
		 .checked = true},
	};
	size_t n = sizeof fields / sizeof *fields;
	struct field_view *copy = arena_many(a, n, struct field_view);
	memcpy(copy, fields, sizeof fields);
	out->fields = copy;
	out->fields_n = n;
}

static void gallery_fill(struct arena *a, struct gallery_view *out)
{
	static const char *const tiles[][2] = {{"214", "active, was 221 a month ago"},
					       {"+19", "newly identified"},
					       {"+4", "returned"},
					       {"−23", "moved in"},
					       {"−7", "to reconnect"},
					       {"96 d", "median to move-in"}};
	struct notice_view *notices = arena_many(a, 3, struct notice_view);
	notices[0] = (struct notice_view){.tone = TONE_GOOD, .text = text("The export of 16 Nov was applied.")};
	notices[1] = (struct notice_view){.tone = TONE_WARN,
					  .text = text("6 rows of the export were set aside."),
					  .link = text("See why"),
					  .href = URL("/flags")};
	notices[2] = (struct notice_view){.tone = TONE_BAD,
					  .title = text("This could not be saved"),
					  .text = text("By when must be a date that exists.")};
	*out = (struct gallery_view){
		.layout = layout_of(a, "By-name list, Region 4", "page--aside", false),
		.title = text("By-name list, Region 4"),
		.lead = text("As of today, 17 Nov 2026 · 214 active households · HMIS export of 16 Nov, 6 flags open"),
		.tiles = tiles_of(a, MANY(tiles), false),
		.pager = {.said = text("Gold edge: this cycle’s ten. Rows 1–50 of 214."),
			  .next = URL("/list?page=2"),
			  .has_next = true,
			  .keys = true},
		.name = text("Joe Smith"),
		.place = text("5th of 214 · HMIS 98795"),
		.empty = {text("No conference is planned"),
			  text("A cycle takes the ten households with the highest priority. Start one, then plan the "
			       "meeting."),
			  text("Start a cycle"), URL("/cycle/new")},
	};
	out->layout.notices = notices;
	out->layout.notices_n = 3;
	struct chip_view *chips = arena_many(a, 5, struct chip_view);
	for (int i = 0; i < 5; i++)
		chips[i] = chip(tone_name((enum tone)i), (enum tone)i);
	out->chips = chips;
	out->chips_n = 5;
	rows_fill(a, out);
	aside_fill(a, out);
	form_fill(a, out);
}

struct plain_item {
	const char *name, *more, *chip;
	enum tone tone;
};

static const struct gallery_item *items_of(struct arena *a, const struct plain_item *plain, size_t n, size_t done)
{
	struct gallery_item *items = arena_many(a, n, struct gallery_item);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct gallery_item){.number = (int)i + 1,
						 .name = text(plain[i].name),
						 .more = text(plain[i].more),
						 .chip = chip(plain[i].chip, plain[i].tone),
						 .done = i < done,
						 .now = i == done};
	return items;
}

static void meeting_fill(struct arena *a, struct gallery_meeting_view *out)
{
	static const struct plain_item queue[] = {{"Avery M.", "412 days", "matched", TONE_GOOD},
						  {"Rosa D.", "388 days", "action set", TONE_INFO},
						  {"Household Birch", "301 days", "action set", TONE_INFO},
						  {"Terrence W.", "301 days", "to 1 Dec", TONE_WARN},
						  {"Joe Smith", "267 days", "now", TONE_INFO},
						  {"Jane Doe +2", "238 days", "", TONE_IDLE},
						  {"Household Cedar", "233 days", "", TONE_IDLE},
						  {"Marisol P.", "203 days", "update in", TONE_IDLE},
						  {"Darnell K.", "198 days", "", TONE_IDLE},
						  {"Lin T. +3", "176 days", "data flag", TONE_BAD},
						  {"Carl B.", "held over", "", TONE_IDLE},
						  {"Nadia F. +1", "held over", "", TONE_IDLE}};
	static const struct plain_item records[] = {
		{"Verify chronic status with shelter stays", "Ozark Outreach · by 3 Nov", "done", TONE_GOOD},
		{"Ask landlord on Elm St about a mid-month lease", "Housing Now · by 10 Nov", "carried on", TONE_WARN}};
	static const struct plain_item openings[] = {
		{"Cedar Court 2B · PSH · 1 bd", "Housing Now · ready 1 Dec", "fits", TONE_GOOD},
		{"RRH slot · Ozark Outreach", "open now", "1 paper away", TONE_WARN},
		{"Delta Homes 4 · PSH · 1 bd", "forecast January", "fits", TONE_GOOD}};
	static const struct plain_item room[] = {{"Lee Tran", "facilitator", "lead", TONE_INFO},
						 {"Sam Ruiz", "scribe", "notes", TONE_IDLE},
						 {"Dana Ortiz", "Ozark Outreach", "spoke", TONE_GOOD},
						 {"Priya Nair", "Housing Now", "spoke", TONE_GOOD},
						 {"Kofi Mensah", "Delta Homes", "invite in", TONE_IDLE}};
	static const char *const tiles[][2] = {{"267 days", "On the list"},    {"19", "Months in 36"},
					       {"Encampment", "Staying"},      {"5th of 214", "Place"},
					       {"4 days ago", "Last contact"}, {"1 paper to get", "Now"}};
	static const char *const barriers[] = {"Documents",   "Unit in preferred place", "Landlord",
					       "Eligibility", "Waiting on agency",       "Contact",
					       "Funding"};
	struct layout *layout = arena_one(a, struct layout);
	*layout = layout_of(a, "Region 4 case conference", "page--meeting", true);
	struct meter_view *meters = arena_many(a, 3, struct meter_view);
	meters[0] = (struct meter_view){text("Households 4 of 12 done"), 4, 12, TONE_IDLE};
	meters[1] = (struct meter_view){text("Time 27 of 60 min · on pace"), 27, 60, TONE_GOOD};
	meters[2] = (struct meter_view){text("November: 4 of 6 dated"), 4, 6, TONE_WARN};
	struct str *names = arena_many(a, 7, struct str);
	for (size_t i = 0; i < 7; i++)
		names[i] = text(barriers[i]);
	*out = (struct gallery_meeting_view){
		.layout = {.layout = layout,
			   .title = text("Region 4 case conference"),
			   .subtitle = text("Tue 17 Nov 2026 · highest priority"),
			   .back = URL("/list"),
			   .here = text("14 here"),
			   .stage = URL("/conference/1/stage"),
			   .meters = meters,
			   .meters_n = 3},
		.queue = items_of(a, MANY(queue), 4),
		.queue_n = sizeof queue / sizeof *queue,
		.name = text("Joe Smith"),
		.facts = text("HMIS 98795 · single adult · with Ozark Outreach · on stage: Household Maple"),
		.sentence = text("“Joe has been on our list for 267 days, and homeless 19 of the last 36 months.”"),
		.words = text("In Joe’s words: a place near his sister in Poplar Bluff, ground floor."),
		.tiles = tiles_of(a, MANY(tiles), true),
		.records = items_of(a, MANY(records), 2),
		.records_n = 2,
		.barriers = names,
		.barriers_n = 7,
		.step = text("Tour the Cedar Court one-bedroom with Joe"),
		.person = text("Priya Nair · Housing Now"),
		.by = {20780},
		.move_in = {20791},
		.save = URL("/conference/1/step/save"),
		.openings = items_of(a, MANY(openings), 3),
		.openings_n = 3,
		.room = items_of(a, MANY(room), 5),
		.room_n = 5,
	};
}

static void render_list(struct arena *a, struct buf *out)
{
	struct gallery_view view;
	gallery_fill(a, &view);
	t_gallery(out, &view);
}

static void render_meeting(struct arena *a, struct buf *out)
{
	struct gallery_meeting_view view;
	meeting_fill(a, &view);
	t_gallery_meeting(out, &view);
}

static const struct {
	const char *file;
	void (*render)(struct arena *a, struct buf *out);
	bool hostile;
} pages[] = {
	{"gallery.html", render_list, false},
	{"gallery-hostile.html", render_list, true},
	{"meeting.html", render_meeting, false},
	{"meeting-hostile.html", render_meeting, true},
};

static bool page_write(const char *path, struct str page)
{
	FILE *f = fopen(path, "wb");
	if (f == NULL)
		return false;
	bool ok = fwrite(page.p, 1, page.n, f) == page.n;
	return fclose(f) == 0 && ok;
}

static bool page_matches(struct arena *a, const char *path, struct str page)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return false;
	char *want = arena_many(a, PAGE_MAX, char);
	size_t n = fread(want, 1, PAGE_MAX, f);
	fclose(f);
	return str_eq(page, (struct str){want, n});
}

/* Whatever the golden file says: a hostile page has the same tags as the ordinary one. */
static size_t count_tags(struct str page)
{
	size_t n = 0;
	for (size_t i = 0; i < page.n; i++)
		n += page.p[i] == '<';
	return n;
}

int main(int argc, char **argv)
{
	bool writes = argc == 3 && strcmp(argv[1], "--write") == 0;
	size_t n = sizeof pages / sizeof *pages;
	size_t failed = 0;
	size_t tags = 0;
	if (argc != (writes ? 3 : 2)) {
		fprintf(stderr, "usage: %s [--write] FOLDER\n", argv[0]);
		return 2;
	}
	printf("1..%zu\n", n);
	for (size_t i = 0; i < n; i++) {
		struct arena *a = arena_new("gallery", 64 << 20);
		struct buf out = buf_new(a, PAGE_MAX);
		hostile = pages[i].hostile;
		pages[i].render(a, &out);
		const char *path = str_c(a, str_fmt(a, "%s/%s", argv[argc - 1], pages[i].file));
		bool ok = !out.full &&
			  (writes ? page_write(path, buf_text(&out)) : page_matches(a, path, buf_text(&out)));
		if (hostile && count_tags(buf_text(&out)) != tags)
			ok = false;
		tags = count_tags(buf_text(&out));
		printf("%sok %zu - %s\n", ok ? "" : "not ", i + 1, pages[i].file);
		failed += !ok;
		arena_free(&a);
	}
	return failed > 0;
}
