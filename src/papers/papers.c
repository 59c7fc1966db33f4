#include "papers/papers.h"

#include "base/id.h"
#include "papers/inside.h"

static const struct {
	const char *word, *media, *say;
} formats[] = {
#define X(name, word, media, say) [name] = {word, media, say},
	PAPER_FORMATS(X)
#undef X
};

const char *paper_format_word(enum paper_format f)
{
	return formats[f].word;
}

const char *paper_format_media(enum paper_format f)
{
	return formats[f].media;
}

const char *paper_format_say(enum paper_format f)
{
	return formats[f].say;
}

bool paper_format_parse(struct str word, enum paper_format *out)
{
	for (enum paper_format f = 0; f < PAPER_FORMATS_N; f++)
		if (str_eq(word, str_from(formats[f].word))) {
			*out = f;
			return true;
		}
	return false;
}

struct paper_phrase paper_phrase_new(void)
{
	enum { GROUP = 5 };
	struct id id = id_new(); /* 100 random bits */
	struct paper_phrase phrase = {0};
	char *at = phrase.text;
	for (int i = 0; i < ID_LEN; i++) {
		if (i > 0 && i % GROUP == 0)
			*at++ = '-';
		*at++ = id.s[i];
	}
	return phrase;
}

err_t paper_make(struct arena *a, enum paper_format f, const struct paper_table *t, const struct paper_phrase *phrase,
		 struct str *out)
{
	struct paper_doc doc;
	struct str plain;
	TRY(paper_doc_read(a, t, &doc));
	switch (f) {
	case PAPER_XLSX:
		TRY(workbook_write(a, &doc, &plain));
		return workbook_close_with(a, plain, phrase, out);
	case PAPER_PDF:
		TRY(pdf_write(a, &doc, &plain));
		return pdf_close_with(a, plain, phrase, out);
	case PAPER_ZIP:
		return zip_write(a, &doc, phrase, out);
	case PAPER_FORMATS_N:
		break;
	}
	return err_internal(a, "no such format of a document: %d", (int)f);
}

err_t paper_workbook(struct arena *a, const struct paper_table *t, struct str *out)
{
	struct paper_doc doc;
	TRY(paper_doc_read(a, t, &doc));
	return workbook_write(a, &doc, out);
}
