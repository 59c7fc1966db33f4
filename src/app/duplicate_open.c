/* What of a record is compared with others: opened here, compared, and gone with the arena. */
#include <string.h>

#include "app/duplicate_compare.h"
#include "app/import_client.h"
#include "app/policy_traits.h"
#include "base/buf.h"
#include "store/q_duplicate.h"

/* The words of a name as they are compared, one space between. */
static struct str folded(struct arena *a, struct str text)
{
	struct folded f;
	struct buf b = buf_new(a, FOLD_WORDS * (FOLD_WORD_MAX + 1));
	client_fold(text, &f);
	for (size_t i = 0; i < f.n; i++) {
		if (i > 0)
			buf_char(&b, ' ');
		buf_add(&b, f.words[i].p, f.words[i].n);
	}
	return buf_text(&b);
}

static int sex_of(struct str traits)
{
	enum { FEMALE, MALE };
	struct trait_values values;
	if (traits.n == 0)
		return MATCH_SEX_UNKNOWN;
	trait_groups(traits, &values);
	int sex = values.group[TRAIT_SEX];
	return sex == FEMALE || sex == MALE ? sex : MATCH_SEX_UNKNOWN;
}

err_t duplicate_open(struct call *c, struct arena *a, const struct q_duplicate_people *row, struct match_person *out)
{
	const struct keys *keys = c->app->keys;
	const struct pii *name;
	const struct pii *ssn;
	const struct pii *birth;
	const struct pii *traits;
	TRY(seal_open(a, keys, client_place(a, "name", row->client_no), row->name, &name));
	TRY(seal_open(a, keys, client_place(a, "ssn", row->client_no), row->ssn, &ssn));
	TRY(seal_open(a, keys, client_place(a, "birth", row->client_no), row->birth, &birth));
	TRY(seal_open(a, keys, client_place(a, "traits", row->client_no), row->traits, &traits));
	struct client_name parts = client_name_of(pii_reveal(name));
	*out = (struct match_person){
		.first = folded(a, parts.first),
		.last = folded(a, parts.last),
		.ssn = client_first_part(pii_reveal(ssn)),
		.birth = DAY_NONE,
		.sex = sex_of(pii_reveal(traits)),
	};
	(void)day_parse(client_first_part(pii_reveal(birth)), &out->birth);
	return NULL;
}

size_t duplicate_keys(const struct call *c, struct arena *a, const struct match_person *p, int64_t out[MATCH_KEYS])
{
	struct str texts[MATCH_KEYS];
	size_t texts_n = match_keys(a, p, texts);
	size_t n = 0;
	for (size_t i = 0; i < texts_n; i++) {
		char hash[BLIND_LEN];
		int64_t key;
		size_t k = 0;
		blind_index(c->app->keys, BLIND_MATCH, texts[i], hash);
		memcpy(&key, hash, sizeof key);
		while (k < n && out[k] != key)
			k++;
		if (k == n)
			out[n++] = key;
	}
	return n;
}
