#include "domain/barrier.h"

#include "base/buf.h"

const struct barrier_row barrier_table[BARRIER_N] = {
#define X(name, key, label, ask) {STR_INIT(key), STR_INIT(label), STR_INIT(ask)},
	BARRIERS(X)
#undef X
};

/* Words that put the obstacle into the person, and what to say about the process instead. */
static const struct {
	struct str words;
	struct str instead;
} blames[] = {
	{STR_INIT("non-compliant"), STR_INIT("which of our requirements did not fit, and can it be dropped?")},
	{STR_INIT("noncompliant"), STR_INIT("which of our requirements did not fit, and can it be dropped?")},
	{STR_INIT("not compliant"), STR_INIT("which of our requirements did not fit, and can it be dropped?")},
	{STR_INIT("refuses"), STR_INIT("what did we offer, and what would they say yes to?")},
	{STR_INIT("refused"), STR_INIT("what did we offer, and what would they say yes to?")},
	{STR_INIT("refusing"), STR_INIT("what did we offer, and what would they say yes to?")},
	{STR_INIT("declines everything"), STR_INIT("what did we offer, and what would they say yes to?")},
	{STR_INIT("won't engage"), STR_INIT("who have they trusted before, and could that person try?")},
	{STR_INIT("not engaging"), STR_INIT("who have they trusted before, and could that person try?")},
	{STR_INIT("not engaged"), STR_INIT("who have they trusted before, and could that person try?")},
	{STR_INIT("unengaged"), STR_INIT("who have they trusted before, and could that person try?")},
	{STR_INIT("resistant"), STR_INIT("what have we offered so far, and what has not been tried?")},
	{STR_INIT("uncooperative"), STR_INIT("what have we asked of them that we could do ourselves?")},
	{STR_INIT("unmotivated"), STR_INIT("what do they want, and which offer comes close to it?")},
	{STR_INIT("lazy"), STR_INIT("what do they want, and which offer comes close to it?")},
	{STR_INIT("not ready"), STR_INIT("housing first asks for no readiness: what could be offered today?")},
	{STR_INIT("housing ready"), STR_INIT("housing first asks for no readiness: what could be offered today?")},
	{STR_INIT("hard to house"), STR_INIT("which kind of place is missing in our system?")},
	{STR_INIT("difficult"), STR_INIT("which part of our process is difficult for them?")},
	{STR_INIT("no-show"), STR_INIT("could we go to them, at a time that they choose?")},
	{STR_INIT("no show"), STR_INIT("could we go to them, at a time that they choose?")},
	{STR_INIT("missed appointment"), STR_INIT("could we go to them, at a time that they choose?")},
	{STR_INIT("missed appointments"), STR_INIT("could we go to them, at a time that they choose?")},
	{STR_INIT("addict"), STR_INIT("which support would they like offered with the home?")},
	{STR_INIT("frequent flyer"), STR_INIT("which stay with us ended without a plan, and why?")},
};

enum { BLAMES_N = sizeof(blames) / sizeof(blames[0]) };

bool barrier_set_parse(struct str keys, barrier_set *out)
{
	barrier_set set = 0;
	struct str word;
	bool more;
	do {
		more = str_cut(keys, ' ', &word, &keys);
		if (word.n == 0)
			continue;
		unsigned b = 0;
		while (b < BARRIER_N && !str_eq(barrier_table[b].key, word))
			b++;
		if (b == BARRIER_N)
			return false;
		set |= 1u << b;
	} while (more);
	*out = set;
	return true;
}

static struct str set_joined(struct arena *a, barrier_set set, bool labels)
{
	struct buf out = buf_new(a, 1024);
	for (unsigned b = 0; b < BARRIER_N; b++) {
		if (!(set & 1u << b))
			continue;
		if (out.n > 0)
			buf_str(&out, labels ? S(", ") : S(" "));
		buf_str(&out, labels ? barrier_table[b].label : barrier_table[b].key);
	}
	return buf_text(&out);
}

struct str barrier_set_keys(struct arena *a, barrier_set set)
{
	return set_joined(a, set, false);
}

struct str barrier_set_labels(struct arena *a, barrier_set set)
{
	return set_joined(a, set, true);
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

/* `words` stands in `text` and is not a part of longer words. */
static bool has_words(struct str text, struct str words)
{
	for (size_t at = 0; at + words.n <= text.n; at++) {
		if (!str_eq_nocase(str_sub(text, at, words.n), words))
			continue;
		bool begins = at == 0 || !is_word_byte(text.p[at - 1]);
		bool ends = at + words.n == text.n || !is_word_byte(text.p[at + words.n]);
		if (begins && ends)
			return true;
	}
	return false;
}

struct str barrier_rewrite(struct arena *a, struct str text)
{
	for (size_t i = 0; i < BLAMES_N; i++) {
		if (has_words(text, blames[i].words))
			return str_fmt(a, "Instead of “%.*s”: %.*s", STR_ARG(blames[i].words),
				       STR_ARG(blames[i].instead));
	}
	return S("");
}
