#include "domain/hmis_block.h"

#include "base/buf.h"

enum { TEXT_MOST = 16 << 10 };

static void say(struct buf *b, const char *lead, struct str words)
{
	if (words.n > 0)
		buf_fmt(b, "%s: %.*s\n", lead, STR_ARG(words));
}

struct str hmis_block_text(struct arena *a, const struct hmis_block *b)
{
	bool done = b->steps_n > 0 || b->barriers.n > 0 || b->barrier.n > 0 || b->target.n > 0;
	struct buf text;
	if (b->whys != 0 || b->hmis_id.n == 0 || !done)
		return S("");
	text = buf_new(a, TEXT_MOST);
	buf_fmt(&text, "Client: %.*s\nCase note of %.*s: case conference of %.*s.\n", STR_ARG(b->hmis_id),
		STR_ARG(b->day), STR_ARG(b->region));
	say(&text, "In the way", b->barriers);
	say(&text, "In words", b->barrier);
	for (size_t i = 0; i < b->steps_n; i++) {
		const struct hmis_block_step *step = &b->steps[i];
		buf_fmt(&text, "Next step: %.*s", STR_ARG(step->words));
		if (step->owner.n > 0)
			buf_fmt(&text, " (%.*s%s%.*s)", STR_ARG(step->owner), step->due.n > 0 ? ", by " : "",
				STR_ARG(step->due));
		buf_fmt(&text, ", %.*s\n", STR_ARG(step->state));
	}
	say(&text, "Target move-in", b->target);
	say(&text, "Looked at again", b->review);
	for (size_t i = 0; i < b->contacts_n; i++)
		say(&text, "Contact (4.12 where you asked where they stay)", b->contacts[i]);
	buf_fmt(&text,
		"Coordinated-entry event (4.20): none by the conference itself; record a referral on the day it is "
		"made.\n");
	return buf_text(&text);
}
