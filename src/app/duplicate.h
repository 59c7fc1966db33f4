/* Records that may be of one person: found, shown side by side, decided by a person, taken back.
 *
 * app_duplicate_look compares what is new or changed with all others (domain/match.h says how); it runs by itself
 * after imports (app/roll.h) and is asked for by a page. Who is listed by a victim service provider, and whose names
 * are hashes, never takes part: there is no key for them, and nothing is opened.
 *
 * "The same person" joins the records: from then on their stays count as one person's on the list, in standing,
 * spells and the ledger, because the roster is filled so (roster_fill_join). The records themselves are left alone, so
 * that they survive the next import and are apart again when it is taken back. "Not the same" is remembered.
 *
 * Joining shows nobody a name. Each side of a pair is shown as domain/access decides for its household; what agrees is
 * said only to who may see both. Between two regions both list holders have to say that it is one person (ours: as
 * for a household that moves). An agency that knows somebody by another record than the listed one sees its own
 * (struct household_face, `record`).
 *
 * All but app_duplicate_look are for list holders.
 */
#ifndef APP_DUPLICATE_H
#define APP_DUPLICATE_H

#include "app/app.h"
#include "base/pii.h"
#include "domain/match.h"

/* Compares what was not compared yet; nothing where everything was, or somebody is at it. */
must err_t app_duplicate_look(struct call *c);

/* What a list holder may say about a pair: word, what it is called. */
#define DUPLICATE_WORDS(X)                                                                                             \
	X(DUPLICATE_SAME, "same", "The same person")                                                                   \
	X(DUPLICATE_DIFFERENT, "different", "Not the same")                                                            \
	X(DUPLICATE_LATER, "later", "Ask later")
enum duplicate_word {
#define X(name, word, say) name,
	DUPLICATE_WORDS(X)
#undef X
		DUPLICATE_WORDS_N
};

struct duplicate_side {
	struct str household; /* id, for the address of its page */
	struct str code;
	bool named;      /* what follows up to the HMIS id is filled, as far as it is known */
	struct str name; /* "Joe Smith" */
	struct str first, last;
	struct str birth; /* the date, or the age where access has no more */
	struct str ssn4;
	struct str hmis_id;
	struct str served_by;
	struct str region;
	int days_on_list;
	struct day last_contact;
};

/* A field of both, and what it says. */
struct duplicate_field {
	struct str label;
	struct str one, other; /* empty: not known */
	struct str says;       /* "same birth date" */
	bool agrees;
};

enum { DUPLICATE_FIELDS = MATCH_FIELDS_N };

struct duplicate_pair_view {
	struct str pair; /* for the form */
	bool likely;
	struct duplicate_side one, other;
	bool both;                      /* the viewer may see both: the next three are filled */
	struct str working;             /* "Same birth date; last name differs by one letter" */
	struct duplicate_field *fields; /* what is known on one side at least */
	size_t fields_n;
	bool two_regions;  /* it takes both list holders */
	bool half;         /* one of them said that it is the same person */
	bool own_half;     /* … the viewer's region did */
	struct str later;  /* why it was put off; empty: it was not */
	struct str by;     /* who decided, of a pair that is decided or put off */
	struct day day;    /* … when */
	struct str reason; /* … and why, where both are for the viewer to see */
	enum duplicate_word word;
};

struct duplicates_view {
	struct duplicate_pair_view *open; /* to be decided; who was put off comes last */
	size_t open_n;
	size_t more;                         /* that are not shown */
	struct duplicate_pair_view *decided; /* newest first, to be taken back */
	size_t decided_n;
	struct instant looked; /* INSTANT_NONE: never */
	int64_t left_out;      /* keys that too many records share */
};
enum { DUPLICATES_SHOWN = 20 };
must err_t app_duplicates(struct call *c, struct duplicates_view *out);

/* Decides about a pair as the page names it; the list is derived anew where records were joined. ERR_CONFLICT: an
 * import waits, or it was decided meanwhile. ERR_MISSING, ERR_DENIED, ERR_INVALID. */
must err_t app_duplicate_decide(struct call *c, struct str pair, enum duplicate_word word, const struct pii *reason);

/* Takes a decision back: everything is as before. */
must err_t app_duplicate_undo(struct call *c, struct str pair);

#endif
