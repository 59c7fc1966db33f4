/* A policy as text: as it is read again, and as a written standard in plain words. */
#include "base/arena.h"
#include "domain/policy_words.h"

enum { KEY_WIDTH = 14, OTHERS_FROM = 3, SENTENCES_MOST = 16, SECTIONS_MOST = 8 };

const struct policy policy_default = {
	.name = "The order of the by-name list",
	.kind = POLICY_LIST,
	.from = {INT32_MIN},
	.order = PRIORITY_DEFAULT,
};

/* ---- the text that is read again ---- */

/* "first verified, likely, unknown; then not" */
static void write_groups(struct buf *out, const struct priority_use *use)
{
	struct policy_values values = policy_values_of(use->key);
	for (unsigned g = 0; g < use->groups; g++) {
		size_t members = 0;
		for (size_t v = 0; v < values.n; v++)
			members += use->group[v] == g;
		buf_str(out, g == 0 ? S("first ") : S("; then "));
		if (g + 1U == use->groups && members >= OTHERS_FROM) {
			buf_lit(out, "others");
			return;
		}
		bool more = false;
		for (size_t v = 0; v < values.n; v++) {
			if (use->group[v] != g)
				continue;
			buf_str(out, more ? S(", ") : S(""));
			buf_str(out, values.words[v]);
			more = true;
		}
	}
}

static void write_key(struct buf *out, const struct priority_policy *o, const struct priority_use *use)
{
	struct str word = priority_key_table[use->key].word;
	bool age = o->score_days > 0;
	if (use->key == PRIORITY_LOT) {
		buf_lit(out, "  lot\n");
		return;
	}
	buf_fmt(out, "  %-*s", KEY_WIDTH, word.p);
	switch (use->key) {
	case PRIORITY_BAND:
		write_groups(out, use);
		buf_fmt(out, "; missing is %s", band_say(o->missing));
		if (age)
			buf_fmt(out, "; older than %d days is missing", o->score_days);
		break;
	case PRIORITY_RAISED:
		buf_fmt(out, "first; at most %d days", o->raise_days);
		break;
	case PRIORITY_NOMINATED:
		buf_fmt(out, "first; at most %d days", o->nominate_days);
		break;
	case PRIORITY_MONTHS:
		buf_str(out, use->reverse ? S("fewest first") : S("most first"));
		break;
	case PRIORITY_SCORE:
		buf_str(out, use->reverse ? S("highest first; missing first") : S("highest first; missing last"));
		/* Said once: with the bands, where there are any. */
		if (age && priority_use_of(o, PRIORITY_BAND) == NULL)
			buf_fmt(out, "; older than %d days is missing", o->score_days);
		break;
	case PRIORITY_START:
		buf_str(out, use->reverse ? S("newest first") : S("oldest first"));
		break;
	default:
		write_groups(out, use);
		break;
	}
	buf_char(out, '\n');
}

static void write_bands(struct buf *out, const struct priority_tool *tool)
{
	for (int t = 0; t < BANDS_TYPES; t++) {
		if (tool->name[0] == '\0')
			buf_lit(out, "bands any");
		else
			buf_fmt(out, "bands \"%s\"", tool->name);
		buf_fmt(out, " %.*s %d-%d %d-%d %d+\n", STR_ARG(policy_bands_types[t]), tool->of[t].least,
			tool->of[t].middle - 1, tool->of[t].middle, tool->of[t].high - 1, tool->of[t].high);
	}
}

struct str policy_text(struct arena *a, const struct policy *p)
{
	struct buf out = buf_new(a, POLICY_TEXT_MAX);
	char day[DAY_TEXT];
	buf_fmt(&out, "policy \"%s\"\nfor %s%s\n", p->name, p->kind == POLICY_LIST ? "" : "opening ",
		policy_kind_table[p->kind].word.p);
	if (day_known(p->from))
		buf_fmt(&out, "from %s\n", day_text(p->from, day));
	for (int i = 0; i < POLICY_ONLY_N; i++)
		if ((p->only & 1U << i) != 0)
			buf_fmt(&out, "%s%s", (p->only & ((1U << i) - 1)) != 0 ? ", " : "only ",
				policy_only_table[i].word.p);
	if (p->only != 0)
		buf_char(&out, '\n');
	buf_lit(&out, "\norder\n");
	for (size_t i = 0; i < p->order.n; i++)
		write_key(&out, &p->order, &p->order.uses[i]);
	if (p->order.tools_n > 0)
		buf_char(&out, '\n');
	for (size_t i = 0; i < p->order.tools_n; i++)
		write_bands(&out, &p->order.tools[i]);
	if (p->hold_days > 0 || p->alternates > 0 || p->nominations)
		buf_char(&out, '\n');
	if (p->hold_days > 0)
		buf_fmt(&out, "hold %d days\n", p->hold_days);
	if (p->alternates > 0)
		buf_fmt(&out, "alternates %d\n", p->alternates);
	if (p->nominations)
		buf_lit(&out, "nominations by group decision\n");
	return buf_text(&out);
}

/* ---- the written standard ---- */

struct writing {
	struct arena *arena;
	struct policy_standard *out;
};

static struct policy_section *section(struct writing *w, struct str title, bool numbered)
{
	struct policy_section *s = &w->out->sections[w->out->sections_n++];
	*s = (struct policy_section){title, arena_many(w->arena, SENTENCES_MOST, struct str), 0, numbered};
	return s;
}

static void say(struct policy_section *s, struct str sentence)
{
	s->sentences[s->sentences_n++] = sentence;
}

/* A value as a person reads it in a sentence. */
static const char *value_say(enum priority_key key, size_t value)
{
	static const char *const chronic[] = {
		[CHRONIC_VERIFIED] = "verified with evidence",
		[CHRONIC_LIKELY] = "likely by what is recorded",
		[CHRONIC_UNKNOWN] = "not known yet",
		[CHRONIC_NOT] = "not chronic",
	};
	if (key == PRIORITY_CHRONIC)
		return chronic[value];
	return policy_values_of(key).words[value].p;
}

/* "verified, likely or not known yet; then not chronic" */
static struct str groups_say(struct arena *a, const struct priority_use *use)
{
	struct policy_values values = policy_values_of(use->key);
	struct buf out = buf_new(a, 2048);
	for (unsigned g = 0; g < use->groups; g++) {
		size_t left = 0, members;
		for (size_t v = 0; v < values.n; v++)
			left += use->group[v] == g;
		members = left;
		buf_str(&out, g == 0 ? S("") : S("; then "));
		if (g + 1U == use->groups && members >= OTHERS_FROM && g > 0) {
			buf_lit(&out, "everybody else");
			break;
		}
		for (size_t v = 0; v < values.n; v++) {
			if (use->group[v] != g)
				continue;
			left--;
			buf_fmt(&out, "%s%s", value_say(use->key, v), left > 1 ? ", " : left == 1 ? " or " : "");
		}
	}
	return buf_text(&out);
}

/* Where the key stands is what a nomination does. */
static struct str nominated_standard(struct arena *a, const struct priority_policy *o, const struct priority_use *use)
{
	if (use[1].key == PRIORITY_LOT)
		return str_fmt(a,
			       "Group tie-break: among households that are level in all of the above, first those that "
			       "the group decided on, each time for at most %d days.",
			       o->nominate_days);
	return str_fmt(a,
		       "Nominations: among households that are level in all of the above, first those that an agency "
		       "nominated and the group agreed to, each time for at most %d days.",
		       o->nominate_days);
}

static struct str key_standard(struct arena *a, const struct priority_policy *o, const struct priority_use *use)
{
	switch (use->key) {
	case PRIORITY_CHRONIC: {
		struct str groups = groups_say(a, use);
		return str_fmt(a,
			       "Chronic homelessness: first households whose chronic homelessness is %.*s. Those "
			       "named together are level.",
			       STR_ARG(groups));
	}
	case PRIORITY_BAND: {
		struct str groups = groups_say(a, use);
		return str_fmt(a, "Severity of need: first the band %.*s.", STR_ARG(groups));
	}
	case PRIORITY_RAISED:
		return str_fmt(a,
			       "Within a band: first households that two agencies agreed to raise, each time for "
			       "at most %d days.",
			       o->raise_days);
	case PRIORITY_NOMINATED:
		return nominated_standard(a, o, use);
	case PRIORITY_MONTHS:
		return str_fmt(a, "Time homeless: first who was homeless in the %s of the last 36 months.",
			       use->reverse ? "fewest" : "most");
	case PRIORITY_SCORE:
		return str_fmt(a, "Score: the higher score first; without one that counts %s.",
			       use->reverse ? "before them" : "behind them");
	case PRIORITY_STAYING: {
		struct str groups = groups_say(a, use);
		return str_fmt(a, "Where they stay: first %.*s.", STR_ARG(groups));
	}
	case PRIORITY_START:
		return str_fmt(a, "Time on the list: first who came on it %s.", use->reverse ? "last" : "first");
	case PRIORITY_LOT:
		return S("Who is still level: a lot, drawn once for each household by the program, kept, and the same "
			 "in every list.");
	case PRIORITY_KEYS_N:
		break;
	}
	return (struct str){0};
}

static void say_bands(struct writing *w, const struct priority_policy *o)
{
	struct arena *a = w->arena;
	if (o->tools_n == 0)
		return;
	struct policy_section *s = section(w, S("Scores and bands"), false);
	for (size_t i = 0; i < o->tools_n; i++) {
		const struct priority_tool *t = &o->tools[i];
		for (int k = 0; k < BANDS_TYPES; k++)
			say(s, str_fmt(a, "%s%s%s, %s: low %d to %d, middle %d to %d, high %d and over.",
				       t->name[0] == '\0' ? (o->tools_n > 1 ? "Any other tool" : "Any tool") : "\"",
				       t->name, t->name[0] == '\0' ? "" : "\"",
				       k == BANDS_SINGLE ? "single adults and households without children"
							 : "households with children",
				       t->of[k].least, t->of[k].middle - 1, t->of[k].middle, t->of[k].high - 1,
				       t->of[k].high));
	}
	say(s, str_fmt(a, "The newest score counts. A household without one is treated as in the %s band.",
		       band_say(o->missing)));
	if (o->score_days > 0)
		say(s, str_fmt(a, "A score older than %d days counts as missing, and its renewal is somebody's task.",
			       o->score_days));
}

struct str policy_opening_say(struct arena *a, const struct policy *p)
{
	struct buf out = buf_new(a, POLICY_TEXT_MAX);
	for (int i = 0; i < POLICY_ONLY_N; i++)
		if ((p->only & 1U << i) != 0)
			buf_fmt(&out, "For %s. ", policy_only_table[i].say);
	buf_lit(&out, "An opening is offered to the first household that it fits and that wants it");
	if (p->hold_days > 0)
		buf_fmt(&out, ", and held %d days for its papers", p->hold_days);
	if (p->alternates == 1)
		buf_lit(&out, "; the next one stands by");
	else if (p->alternates > 1)
		buf_fmt(&out, "; the next %d stand by", p->alternates);
	buf_char(&out, '.');
	return buf_text(&out);
}

static void say_opening(struct writing *w, const struct policy *p)
{
	struct arena *a = w->arena;
	struct policy_section *s = section(w, S("Openings of this kind"), false);
	for (int i = 0; i < POLICY_ONLY_N; i++)
		if ((p->only & 1U << i) != 0)
			say(s, str_fmt(a, "They are for %s.", policy_only_table[i].say));
	say(s, S("An opening is offered to the first household in this order that it fits and that wants it."));
	if (p->hold_days > 0)
		say(s, str_fmt(a,
			       "It is held %d days for that household while a named person fetches what papers are "
			       "missing.",
			       p->hold_days));
	if (p->alternates > 0)
		say(s, p->alternates == 1
			       ? S("The next one stands by as the alternate.")
			       : str_fmt(a, "The next %d stand by as alternates, in the same order.", p->alternates));
	if (p->nominations) {
		say(s,
		    S("An agency that knows a household may nominate it. The other agencies decide, two at the "
		      "least: each states that it has no interest in the outcome, or steps out. More must agree than "
		      "not."));
		say(s, S("Which agencies took part, the outcome and the reason are recorded. A nomination moves a "
			 "household as its line of the order says and no further; it ends on its last day, or when "
			 "people end it before."));
	}
}

void policy_standard(struct arena *a, const struct policy *p, struct policy_standard *out)
{
	struct policy_standard standard = {arena_many(a, SECTIONS_MOST, struct policy_section), 0};
	struct writing w = {a, &standard};
	const struct priority_policy *o = &p->order;
	struct policy_section *s = section(&w, S("Who comes first"), true);
	for (size_t i = 0; i < o->n; i++)
		say(s, key_standard(a, o, &o->uses[i]));
	say_bands(&w, o);
	if (p->kind != POLICY_LIST)
		say_opening(&w, p);
	if (o->raise_days > 0) {
		s = section(&w, S("Adjustments"), false);
		say(s, str_fmt(a,
			       "People who know a household may propose to raise it within its band. It takes two "
			       "agencies, a reason, a day of review and an end within %d days.",
			       o->raise_days));
		say(s, S("An adjustment only raises. It never cites engagement or compliance, and the score itself is "
			 "never changed."));
	}
	s = section(&w, S("What never counts"), false);
	say(s, S("Race, ethnicity, color, national origin, religion, sex, gender identity, sexual orientation, age, "
		 "familial status and kind of disability are no part of the order. Its results are looked at by them, "
		 "with small numbers hidden."));
	say(s, S("Missing papers, engagement with services, sobriety, income and criminal records lower nobody's "
		 "place."));
	say(s, S("Everybody who is on the list has a place in this order. Passing over a household, or taking one out "
		 "of order, needs a reason that is recorded."));
	*out = standard;
}
