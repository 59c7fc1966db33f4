/* A policy from its text, line by line. Every line is looked at, so that all faults are told at once. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "domain/policy_reader.h"

enum { LINE_MOST = 400, SCORE_LEAST = 0, SCORE_TOP = 32000 };

enum statement {
	STATEMENT_POLICY,
	STATEMENT_FOR,
	STATEMENT_FROM,
	STATEMENT_ORDER,
	STATEMENT_BANDS,
	STATEMENT_ONLY,
	STATEMENT_HOLD,
	STATEMENT_ALTERNATES,
	STATEMENT_NOMINATIONS,
	STATEMENTS_N,
};

void reader_fault(struct policy_reader *r, int line, const char *fmt, ...)
{
	char say[1000];
	va_list ap;
	if (r->faults->n == POLICY_FAULTS)
		return;
	va_start(ap, fmt);
	vsnprintf(say, sizeof say, fmt, ap);
	va_end(ap);
	r->faults->of[r->faults->n++] = (struct policy_fault){line, str_dup(r->arena, str_from(say))};
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

bool reader_word(struct str *rest, struct str *word, bool *quoted)
{
	*rest = str_trim(*rest);
	*quoted = rest->n > 0 && rest->p[0] == '"';
	if (rest->n == 0)
		return false;
	size_t n = *quoted ? 1 : 0;
	while (n < rest->n && (*quoted ? rest->p[n] != '"' : !blank(rest->p[n])))
		n++;
	*word = *quoted ? str_sub(*rest, 1, n - 1) : str_sub(*rest, 0, n);
	*rest = str_trim(str_sub(*rest, n + (*quoted ? 1 : 0), rest->n));
	return true;
}

bool reader_phrase(struct str *rest, const char *phrase)
{
	struct str left = str_trim(*rest);
	struct str wanted = str_from(phrase);
	while (wanted.n > 0) {
		struct str want, word;
		bool quoted;
		str_cut(wanted, ' ', &want, &wanted);
		if (!reader_word(&left, &word, &quoted) || quoted || !str_eq_nocase(word, want))
			return false;
	}
	*rest = left;
	return true;
}

bool reader_number(struct str *rest, int least, int most, int *out)
{
	struct str left = *rest;
	struct str word;
	bool quoted;
	int64_t n;
	if (!reader_word(&left, &word, &quoted) || quoted || !str_to_i64(word, &n) || n < least || n > most)
		return false;
	*rest = left;
	*out = (int)n;
	return true;
}

static struct priority_tool *tool_named(struct policy_reader *r, struct str name, size_t *at)
{
	struct priority_policy *o = &r->p->order;
	uint16_t digest = priority_tool_digest(name);
	for (*at = 0; *at < o->tools_n; ++*at) {
		struct priority_tool *t = &o->tools[*at];
		if (t->digest == digest && str_eq_nocase(str_from(t->name), name))
			return t;
		if (t->digest == digest) {
			reader_fault(r, r->line, "\"%.*s\" and \"%s\" cannot stand in one policy.", STR_ARG(name),
				     t->name);
			return NULL;
		}
	}
	if (o->tools_n == PRIORITY_TOOLS) {
		reader_fault(r, r->line, "A policy names at most %d tools.", PRIORITY_TOOLS);
		return NULL;
	}
	struct priority_tool *t = &o->tools[o->tools_n++];
	if (name.n > 0)
		memcpy(t->name, name.p, name.n);
	t->digest = digest;
	return t;
}

/* "4-7" */
static bool range_read(struct str word, int *from, int *to)
{
	struct str a, b;
	int64_t x, y;
	if (!str_cut(word, '-', &a, &b) || !str_to_i64(a, &x) || !str_to_i64(b, &y) || x < SCORE_LEAST || x > y ||
	    y > SCORE_TOP)
		return false;
	*from = (int)x;
	*to = (int)y;
	return true;
}

static void bands_read(struct policy_reader *r, struct str rest)
{
	static const char how[] = "Write \"bands any single 0-3 4-7 8+\": the tool, single or family, and three bands "
				  "from low to high, each beginning where the one before ends.";
	struct str tool, type, word[3];
	bool quoted, plain;
	int low[2], middle[2];
	int64_t high;
	size_t at, t = 0;
	if (!reader_word(&rest, &tool, &quoted) || !reader_word(&rest, &type, &plain)) {
		reader_fault(r, r->line, "%s", how);
		return;
	}
	bool any = !quoted && str_eq_nocase(tool, S("any"));
	tool = str_trim(tool);
	while (t < BANDS_TYPES && !str_eq_nocase(type, policy_bands_types[t]))
		t++;
	for (size_t i = 0; i < 3; i++)
		if (!reader_word(&rest, &word[i], &plain))
			word[i] = (struct str){0};
	bool bands = t < BANDS_TYPES && rest.n == 0 && range_read(word[0], &low[0], &low[1]) &&
		     range_read(word[1], &middle[0], &middle[1]) && str_ends(word[2], S("+")) &&
		     str_to_i64(str_sub(word[2], 0, word[2].n - 1), &high) && middle[0] == low[1] + 1 &&
		     high == middle[1] + 1 && high <= SCORE_TOP;
	if (!bands) {
		reader_fault(r, r->line, "%s", how);
		return;
	}
	if ((tool.n == 0 || tool.n >= PRIORITY_TOOL_MAX) && !any) {
		reader_fault(r, r->line, "The name of a tool has 1 to %d bytes.", PRIORITY_TOOL_MAX - 1);
		return;
	}
	struct priority_tool *to = tool_named(r, any ? (struct str){0} : tool, &at);
	if (to == NULL)
		return;
	if (r->bands_line[at][t] > 0) {
		reader_fault(r, r->line, "These bands stand in line %d already.", r->bands_line[at][t]);
		return;
	}
	r->bands_line[at][t] = r->line;
	to->of[t].least = (int16_t)low[0];
	to->of[t].middle = (int16_t)middle[0];
	to->of[t].high = (int16_t)high;
}

static void name_read(struct policy_reader *r, struct str rest)
{
	struct str name;
	bool quoted;
	if (!reader_word(&rest, &name, &quoted) || !quoted || rest.n > 0 || str_trim(name).n == 0 ||
	    name.n >= POLICY_NAME_MAX)
		reader_fault(r, r->line, "Write the policy's name in quotation marks, at most %d bytes.",
			     POLICY_NAME_MAX - 1);
	else
		memcpy(r->p->name, str_trim(name).p, str_trim(name).n);
}

static void for_read(struct policy_reader *r, struct str rest)
{
	bool opening = reader_phrase(&rest, "opening");
	enum policy_kind kind = POLICY_LIST;
	bool known = policy_kind_parse(rest, &kind);
	if (!known || opening == (kind == POLICY_LIST))
		reader_fault(r, r->line, "Write \"for list\" or \"for opening psh\", or rrh, th, oph, voucher.");
	else
		r->p->kind = kind;
}

static void only_read(struct policy_reader *r, struct str rest)
{
	for (bool more = true; more;) {
		struct str word;
		int i = 0;
		more = str_cut(rest, ',', &word, &rest);
		for (; i < POLICY_ONLY_N; i++) {
			struct str left = word;
			if (reader_phrase(&left, policy_only_table[i].word.p) && left.n == 0)
				break;
		}
		if (i == POLICY_ONLY_N)
			reader_fault(r, r->line,
				     "Write \"only veterans\", or families, adults, chronic, verified chronic.");
		else
			r->p->only |= 1U << i;
	}
}

static void statement_read(struct policy_reader *r, enum statement s, struct str rest)
{
	switch (s) {
	case STATEMENT_POLICY:
		name_read(r, rest);
		break;
	case STATEMENT_FOR:
		for_read(r, rest);
		break;
	case STATEMENT_FROM:
		if (!day_parse(rest, &r->p->from))
			reader_fault(r, r->line, "Write the day as 2026-10-01.");
		break;
	case STATEMENT_ORDER:
		r->in_order = true;
		r->order_line = r->line;
		if (rest.n > 0)
			reader_fault(r, r->line, "The keys stand below \"order\", one in each line.");
		break;
	case STATEMENT_BANDS:
		bands_read(r, rest);
		break;
	case STATEMENT_ONLY:
		only_read(r, rest);
		break;
	case STATEMENT_HOLD:
		if (!reader_number(&rest, 1, POLICY_DAYS_MOST, &r->p->hold_days) || !str_eq_nocase(rest, S("days")))
			reader_fault(r, r->line, "Write \"hold 5 days\".");
		break;
	case STATEMENT_ALTERNATES:
		if (!reader_number(&rest, 1, POLICY_ALTERNATES_MOST, &r->p->alternates) || rest.n > 0)
			reader_fault(r, r->line, "Write \"alternates 3\", at most %d.", POLICY_ALTERNATES_MOST);
		break;
	case STATEMENT_NOMINATIONS:
		r->p->nominations = true;
		if (!reader_phrase(&rest, "by group decision") || rest.n > 0)
			reader_fault(r, r->line, "Write \"nominations by group decision\".");
		break;
	case STATEMENTS_N:
		break;
	}
}

static void line_read(struct policy_reader *r, struct str line)
{
	static const char *const words[STATEMENTS_N] = {
		[STATEMENT_POLICY] = "policy",
		[STATEMENT_FOR] = "for",
		[STATEMENT_FROM] = "from",
		[STATEMENT_ORDER] = "order",
		[STATEMENT_BANDS] = "bands",
		[STATEMENT_ONLY] = "only",
		[STATEMENT_HOLD] = "hold",
		[STATEMENT_ALTERNATES] = "alternates",
		[STATEMENT_NOMINATIONS] = "nominations",
	};
	for (int s = 0; s < STATEMENTS_N; s++) {
		struct str rest = line;
		if (!reader_phrase(&rest, words[s]))
			continue;
		r->in_order = false;
		if ((r->seen & 1U << s) != 0 && s != STATEMENT_BANDS)
			reader_fault(r, r->line, "There is a line \"%s\" already.", words[s]);
		r->seen |= 1U << s;
		statement_read(r, (enum statement)s, rest);
		return;
	}
	if (r->in_order)
		reader_key(r, line);
	else
		reader_fault(r, r->line,
			     "\"%.*s\" is not understood; a line begins with policy, for, from, order, bands%s.",
			     STR_ARG(str_sub(line, 0, 40)), ", only, hold, alternates or nominations");
}

/* ---- the whole ---- */

static void check_order(struct policy_reader *r)
{
	const struct priority_policy *o = &r->p->order;
	int line = r->order_line;
	if (line == 0) {
		reader_fault(r, 0, "The order is missing: write \"order\" and its keys below.");
		return;
	}
	if (o->n < 2 || o->uses[o->n - 1].key != PRIORITY_LOT)
		reader_fault(r, o->n > 0 ? r->line_of[o->uses[o->n - 1].key] : line,
			     "The order ends with \"lot\", behind at least one other key: the lot parts who is still "
			     "level.");
	for (size_t i = 0; i < o->n; i++)
		if (o->uses[i].key == PRIORITY_RAISED && (i == 0 || o->uses[i - 1].key != PRIORITY_BAND))
			reader_fault(
				r, r->line_of[PRIORITY_RAISED],
				"\"raised\" stands right behind \"severity\": an adjustment raises within the band.");
	if (r->line_of[PRIORITY_RAISED] > 0 && o->raise_days == 0)
		reader_fault(r, r->line_of[PRIORITY_RAISED],
			     "Say how long an adjustment may last: \"raised first; at most 180 days\".");
}

/* A nomination does what its key says: the two lines go together, and no list has them. */
static void check_nominations(struct policy_reader *r)
{
	int key = r->line_of[PRIORITY_NOMINATED];
	bool line = (r->seen & 1U << STATEMENT_NOMINATIONS) != 0;
	if (key > 0 && r->p->kind == POLICY_LIST)
		reader_fault(r, key, "\"nominated\" is for openings: the list is of everybody.");
	else if (key > 0 && !line)
		reader_fault(r, key, "Say who decides: write a line \"nominations by group decision\".");
	else if (key == 0 && line)
		reader_fault(r, 0,
			     "Say in the order what a nomination does: \"nominated first; at most 90 days\". Right "
			     "before \"lot\" it parts only those who are level.");
	if (key > 0 && r->p->order.nominate_days == 0)
		reader_fault(r, key, "Say how long a nomination may last: \"nominated first; at most 90 days\".");
}

static void check_bands(struct policy_reader *r)
{
	const struct priority_policy *o = &r->p->order;
	int line = r->line_of[PRIORITY_BAND] > 0 ? r->line_of[PRIORITY_BAND] : r->line_of[PRIORITY_SCORE];
	if (line > 0 && o->tools_n == 0)
		reader_fault(r, line,
			     "The bands are missing: write a line \"bands any single 0-3 4-7 8+\" and one for family.");
	for (size_t i = 0; i < o->tools_n; i++)
		for (size_t t = 0; t < BANDS_TYPES; t++)
			if (r->bands_line[i][t] == 0)
				reader_fault(r, r->bands_line[i][1 - t], "The bands \"%.*s\" of this tool are missing.",
					     STR_ARG(policy_bands_types[t]));
}

static void check_whole(struct policy_reader *r)
{
	if ((r->seen & 1U << STATEMENT_POLICY) == 0)
		reader_fault(r, 0, "The name is missing: begin with a line policy \"Name of the policy\".");
	if ((r->seen & 1U << STATEMENT_FOR) == 0)
		reader_fault(r, 0, "Say what it is for: \"for list\", or \"for opening psh\".");
	unsigned opening =
		1U << STATEMENT_ONLY | 1U << STATEMENT_HOLD | 1U << STATEMENT_ALTERNATES | 1U << STATEMENT_NOMINATIONS;
	if (r->p->kind == POLICY_LIST && (r->seen & opening) != 0)
		reader_fault(r, 0,
			     "\"only\", \"hold\", \"alternates\" and \"nominations\" are for openings: the list is of "
			     "everybody.");
	if ((r->p->only & 1U << POLICY_FAMILIES) != 0 && (r->p->only & 1U << POLICY_ADULTS) != 0)
		reader_fault(r, 0, "No household is one of adults only and one with children.");
	check_order(r);
	check_nominations(r);
	check_bands(r);
}

/* Without what follows a "#" that stands outside quotation marks. */
static struct str without_comment(struct str line)
{
	bool quoted = false;
	for (size_t i = 0; i < line.n; i++) {
		quoted ^= line.p[i] == '"';
		if (line.p[i] == '#' && !quoted)
			return str_sub(line, 0, i);
	}
	return line;
}

/* By lines; what is said of the whole comes first. */
static void sort_faults(struct policy_faults *faults)
{
	for (size_t i = 1; i < faults->n; i++) {
		struct policy_fault one = faults->of[i];
		size_t at = i;
		for (; at > 0 && faults->of[at - 1].line > one.line; at--)
			faults->of[at] = faults->of[at - 1];
		faults->of[at] = one;
	}
}

bool policy_read(struct arena *a, struct str text, struct policy *out, struct policy_faults *faults)
{
	struct policy_reader r = {.arena = a, .p = arena_one(a, struct policy), .faults = faults};
	faults->n = 0;
	r.p->from = DAY_NONE;
	r.p->order.missing = BAND_MIDDLE;
	if (text.n > POLICY_TEXT_MAX) {
		reader_fault(&r, 0, "The text is longer than %d KB.", POLICY_TEXT_MAX >> 10);
		return false;
	}
	if (!str_is_clean_text(text)) {
		reader_fault(&r, 0, "This is no plain text.");
		return false;
	}
	for (bool more = true; more;) {
		struct str line;
		more = str_cut(text, '\n', &line, &text);
		r.line++;
		line = str_trim(without_comment(line));
		if (line.n > LINE_MOST)
			reader_fault(&r, r.line, "The line is longer than %d bytes.", LINE_MOST);
		else if (line.n > 0)
			line_read(&r, line);
	}
	check_whole(&r);
	sort_faults(faults);
	if (faults->n > 0)
		return false;
	priority_settle(&r.p->order);
	memcpy(out, r.p, sizeof *out);
	return true;
}

err_t policy_refuse(struct arena *a, const struct policy_faults *faults)
{
	struct buf say = buf_new(a, POLICY_TEXT_MAX);
	for (size_t i = 0; i < faults->n; i++) {
		const struct policy_fault *f = &faults->of[i];
		if (f->line > 0)
			buf_fmt(&say, "%sLine %d: ", i > 0 ? " " : "", f->line);
		buf_str(&say, f->say);
	}
	return err_new(a, ERR_INVALID, "%.*s", STR_ARG(buf_text(&say)));
}
