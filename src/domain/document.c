#include "domain/document.h"

const struct document_row document_table[DOCUMENTS_N] = {
#define X(name, key, label, veterans) {STR_INIT(key), STR_INIT(label), veterans},
	DOCUMENTS(X)
#undef X
};

bool document_kind_parse(struct str key, enum document_kind *out)
{
	for (int k = 0; k < DOCUMENTS_N; k++)
		if (str_eq(document_table[k].key, key)) {
			*out = (enum document_kind)k;
			return true;
		}
	return false;
}

struct document document_none(void)
{
	return (struct document){.day = DAY_NONE, .expires = DAY_NONE, .due = DAY_NONE};
}

static struct str day_word(struct arena *a, struct day d)
{
	char text[DAY_TEXT];
	return day_known(d) ? str_dup(a, str_from(day_text(d, text))) : S("-");
}

struct str document_text(struct arena *a, const struct document *d)
{
	return str_fmt(a, "%s %.*s %.*s %.*s %.*s", d->have ? "have" : "need", STR_ARG(day_word(a, d->day)),
		       STR_ARG(day_word(a, d->expires)), STR_ARG(d->fetcher.n > 0 ? d->fetcher : S("-")),
		       STR_ARG(day_word(a, d->due)));
}

static bool read_day(struct str word, struct day *out)
{
	*out = DAY_NONE;
	return str_eq(word, S("-")) || day_parse(word, out);
}

bool document_read(struct str text, struct document *out)
{
	enum { WORDS = 5 };
	struct str word[WORDS];
	struct document d;
	for (int i = 0; i < WORDS; i++)
		if (str_cut(text, ' ', &word[i], &text) != (i < WORDS - 1))
			return false;
	d.have = str_eq(word[0], S("have"));
	if (!d.have && !str_eq(word[0], S("need")))
		return false;
	if (!read_day(word[1], &d.day) || !read_day(word[2], &d.expires) || !read_day(word[4], &d.due))
		return false;
	d.fetcher = str_eq(word[3], S("-")) ? (struct str){0} : word[3];
	*out = d;
	return true;
}

err_t document_check(struct arena *a, const struct document *d, struct day today)
{
	if (day_known(d->day) && d->day.n > today.n)
		return err_new(a, ERR_INVALID,
			       "The paper's date is still to come; give the day it was issued or received.");
	if (day_known(d->day) && day_known(d->expires) && d->expires.n < d->day.n)
		return err_new(a, ERR_INVALID, "The paper would expire before its date; exchange the two days.");
	if (day_known(d->due) && d->fetcher.n == 0)
		return err_new(a, ERR_INVALID, "Say who fetches the paper, beside by when.");
	return NULL;
}

bool document_holds(const struct document *d, struct day today)
{
	return d->have && (!day_known(d->expires) || d->expires.n >= today.n);
}

struct readiness document_readiness(const struct document docs[DOCUMENTS_N], bool veteran, struct day today)
{
	struct readiness r = {0};
	for (int k = 0; k < DOCUMENTS_N; k++) {
		if (document_table[k].veterans && !veteran)
			continue;
		r.of++;
		r.have += document_holds(&docs[k], today);
	}
	r.percent = 100 * r.have / r.of;
	return r;
}
