/* Free text as somebody reads it who works with the code. */
#include "app/household.h"
#include "app/words.h"
#include "base/buf.h"
#include "domain/redact.h"

/* Everybody of a household as one person: what stands for them is the same. */
static struct redact_person everybody(struct arena *a, const struct household_face *face, struct str instead)
{
	size_t room = 1;
	for (size_t i = 0; i < face->names_n; i++)
		room += pii_reveal(face->names[i]).n + 1;
	struct buf names = buf_new(a, room);
	for (size_t i = 0; i < face->names_n; i++) {
		buf_str(&names, pii_reveal(face->names[i]));
		buf_char(&names, ' ');
	}
	return (struct redact_person){buf_text(&names), DAY_NONE, instead};
}

struct str app_household_mask(const struct call *c, struct arena *a, const struct household_face *faces, size_t n,
			      struct str text)
{
	struct redact_person *people = arena_many(a, n, struct redact_person);
	struct redact_find *finds;
	size_t people_n = 0;
	for (size_t i = 0; i < n; i++)
		if (!faces[i].notes)
			people[people_n++] = everybody(a, &faces[i], n == 1 ? faces[i].code : S("(a household)"));
	if (people_n == 0)
		return text;
	struct redactor *r = redactor_new(a, people, people_n, (struct redact_words){0}, c->today);
	size_t finds_n = redact_find(a, r, text, &finds);
	return redact_apply(a, text, finds, finds_n);
}

struct redactor *app_household_redactor(const struct call *c, struct arena *a, const struct household_face *faces,
					size_t n)
{
	struct redact_person *people = arena_many(a, n, struct redact_person);
	for (size_t i = 0; i < n; i++)
		people[i] = everybody(a, &faces[i], faces[i].code);
	return redactor_new(a, people, n, words_ordinary(), c->today);
}
