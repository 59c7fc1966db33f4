#include "app/unnamed.h"

#include "app/list_redact.h"
#include "base/buf.h"
#include "store/seal.h"

enum { FOUND_SAY = 400, FOUND_MOST = 5 };

/* A place to call and an address to go to are what an announcement is for. */
static bool counts(enum redact_kind kind, bool sure)
{
	switch (kind) {
	case REDACT_SSN:
	case REDACT_BIRTH:
		return true;
	case REDACT_NAME:
		return !sure;
	default:
		return false;
	}
}

err_t unnamed_check_for(struct call *c, struct db *db, struct arena *a, const struct pii *words, size_t most, bool sure,
			const char *readers)
{
	struct str text = str_trim(pii_reveal(words));
	struct redactor *redactor;
	struct redact_find *finds;
	struct buf said = buf_new(a, FOUND_SAY);
	int found = 0;
	if (text.n == 0)
		return err_new(a, ERR_INVALID, "Write a few words first.");
	if (str_utf8_len(text) > most || !str_is_clean_text(text))
		return err_new(a, ERR_INVALID, "Write at most %zu characters.", most);
	TRY(list_redactor(c, db, a, &redactor));
	size_t n = redact_find(a, redactor, text, &finds);
	for (size_t i = 0; i < n; i++) {
		if (!counts(finds[i].kind, sure))
			continue;
		if (++found <= FOUND_MOST)
			buf_fmt(&said, "%s“%.*s” (%s)", found > 1 ? ", " : "",
				STR_ARG(str_sub(text, finds[i].at, finds[i].n)), redact_say(finds[i].kind));
	}
	if (found == 0)
		return NULL;
	return err_new(a, ERR_INVALID,
		       "This may say who somebody is: %.*s. %s, so write it without; or say below that none of it is a "
		       "client.",
		       STR_ARG(buf_text(&said)), readers);
}

err_t unnamed_check(struct call *c, struct db *db, struct arena *a, const struct pii *words, size_t most, bool sure)
{
	return unnamed_check_for(c, db, a, words, most, sure, "Lead agencies read it");
}

struct str unnamed_seal(const struct call *c, struct arena *a, const char *table, const char *column, struct str id,
			const struct pii *words)
{
	return seal_pii(a, c->app->keys, (struct seal_place){table, column, id}, words);
}

err_t unnamed_open(const struct call *c, struct arena *a, const char *table, const char *column, struct str id,
		   struct str sealed, struct str *out)
{
	const struct pii *words;
	TRY(seal_open(a, c->app->keys, (struct seal_place){table, column, id}, sealed, &words));
	*out = words == NULL ? (struct str){0} : pii_reveal(words);
	return NULL;
}
