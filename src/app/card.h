/* What the room does with one household: open its card, word the barrier, set dates, shelve, go on.
 *
 * Texts are saved field by field as they are typed. A field has a version; who saves over a version
 * that has moved on loses nothing: what stands stays, the later words are kept beside it, both are
 * shown, and the scribe settles. Every change is a journal row "card.…" on the conference.
 */
#ifndef APP_CARD_H
#define APP_CARD_H

#include "app/app.h"
#include "base/pii.h"
#include "domain/barrier.h"

/* Opens a card; one that is open waits again. A shelf is taken off what is opened. */
must err_t app_card_open(struct call *c, struct str conference, struct str card);

/* Closes the open card (ERR_INVALID says what it lacks) and opens the next that waits. `from`: the card that the actor
 * saw open, empty for none. Where the meeting has gone on from it already nothing is done, so that two who press at
 * once, or one whose answer was lost, do not leave a household out. */
must err_t app_card_next(struct call *c, struct str conference, struct str from);

/* Shelves a card until a day, says why, and goes on when it was the open one. */
must err_t app_card_shelve(struct call *c, struct str conference, struct str card, struct day until,
			   const struct pii *reason);

enum card_text { CARD_FOLLOW_UP, CARD_BARRIER, CARD_NOTE, CARD_TEXTS };
extern const char *const card_text_key[CARD_TEXTS];
bool card_text_parse(struct str key, enum card_text *out);

/* One edit of a text. Who gets no answer sends it again, as often as it takes: `device` and `no` say that it is the
 * same one, and what is here already is answered as it was the first time, after the meeting is closed too. Who had no
 * answer and typed on meets nobody's words either, as long as nobody else wrote there. */
struct card_edit {
	const struct pii *words; /* NULL clears the field */
	int64_t version;         /* that they were typed over */
	struct str device;       /* an id (base/id.h) that the page drew; empty: sent once, by the form's button */
	int64_t no;              /* counted by the device, upwards */
	bool decided;            /* own words that met others, typed over version `met`, were looked at beside them: */
	int64_t met;             /* … these take the place of both */
};

struct card_saved {
	int64_t version;   /* to save over next time */
	bool conflict;     /* others wrote there meanwhile; both texts are kept */
	struct str stands; /* the field's text now, for who writes it */
	struct str by;     /* the name of who wrote what stood there; empty: nobody had */
};

/* Saves a text. Who saved a conflict and goes on typing on the same device replaces only the own words that wait. Who
 * has decided between the two saves over the newest version and settles the pair: the text that is written over is
 * kept in it. */
must err_t app_card_write(struct call *c, struct str conference, struct str card, enum card_text field,
			  const struct card_edit *edit, struct card_saved *out);

/* Settles a conflict over `version`: the field's text becomes `words` (one of the two, or what was made of
 * both). The words that waited stay on record, and what stood does too. ERR_CONFLICT where somebody has
 * written there since the two were shown. */
must err_t app_card_settle(struct call *c, struct str conference, struct str conflict, const struct pii *words,
			   int64_t version);

/* Turns one chip on or off. Two people who turn different chips do not disturb each other. */
must err_t app_card_barrier(struct call *c, struct str conference, struct str card, enum barrier barrier, bool on);

/* A target move-in date; the one before stays on record. */
must err_t app_card_target(struct call *c, struct str conference, struct str card, struct day target);

/* The day the household is looked at again, after the day of the meeting and within two years. */
must err_t app_card_review(struct call *c, struct str conference, struct str card, struct day review);

#endif
