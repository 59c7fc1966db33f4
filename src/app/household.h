/* A household as one viewer may see it: for every page that shows one beside other things.
 *
 * A face holds what domain/access decided for the call's actor and nothing else, so whoever has a
 * face may show all of it. Texts live in the arena given.
 *
 *     struct household_face *faces = arena_many(a, n, struct household_face);
 *     TRY(app_household_faces(c, db, a, nos, n, faces));
 */
#ifndef APP_HOUSEHOLD_H
#define APP_HOUSEHOLD_H

#include "app/app.h"
#include "base/pii.h"

struct redactor;

struct household_face {
	int64_t no;
	struct str id;        /* ours, for addresses */
	bool visible;         /* false: the viewer may not even see a coded row; all but `no` is empty then */
	bool coarse;          /* facts as bands alone: app_household_coarse has been here */
	bool unlisted;        /* app_household_unlisted: on no list any more; id and code alone are known */
	bool named;           /* name, called and last are filled */
	bool notes;           /* the viewer may read free text about it as it was written */
	struct str name;      /* of the head: "Joe Smith" */
	struct str called;    /* of the head: "Joe" */
	struct str last;      /* of the head: "Smith"; empty where `called` is the whole name */
	struct str code;      /* "Maple 4821"; also beside a name, for what is said aloud or printed */
	struct str region_id; /* empty: unassigned */
	struct str hmis_id;   /* the head's, where access allows */
	struct str served_by; /* agencies that serve it, ", " between, where access allows; app/law.h has the rest */
	bool serves;          /* the viewer's agency serves it */
	int64_t record;       /* app_household_record: whose name stands here; 0: that of the one who is listed */
	bool holds;           /* the viewer holds the list of its region */
	bool records;         /* the viewer may record what was agreed to, and protect it */
	const struct pii **names; /* of all members: app_household_names */
	size_t names_n;
	bool active; /* active or inactive on the list: its spell has not ended */
	int status;  /* enum status of domain/spell.h */
	int members;
	struct str type;         /* "single adult", "family with children": for people */
	struct str situation;    /* "Encampment", for people; empty: not known */
	int days_on_list;        /* −1: not known */
	int months_36;           /* −1: not known */
	struct day last_contact; /* DAY_NONE: never */
	int rank;                /* among the active ones of its region; 0: none */
	int rank_of;             /* how many there are */
	int age;                 /* of the head, where access allows; −1: not known */
	struct str ssn4;         /* of the head's SSN, as access allows: digits, dots or nothing */
	struct str who_sees;     /* access in words */
};

/* Notes a household as named in the call's answer, once. */
void app_shown(struct call *c, struct str household_id);

/* Makes a face's facts as coarse as ACCESS_MASKED asks: time in bands; no day of contact, no place to stay and no
 * family, by which a survivor could be told. Status and place on the list stay: the row can be spoken of. */
void app_household_coarse(struct household_face *face);

/* The faces of n households, in the order given, one for each number; for one that does not exist
 * `visible` is false. `db` is in a transaction of any mode. A household that is shown by name is
 * noted for the call's disclosure record. */
must err_t app_household_faces(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n,
			       struct household_face *out);

/* The same for rows of a list. Fifty stand on a screen that others may see: of an SSN they show dots, the
 * digits are on the household's page. */
must err_t app_household_rows(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n,
			      struct household_face *out);

/* The same for rows of a file that is made for `reader`: of each what both the call's actor and the reader may see in a
 * file, since whoever makes a file can open it. Nobody is noted in the call: whoever makes the file records whom it
 * names. */
must err_t app_household_file(struct call *c, struct db *db, struct arena *a, const struct actor *reader,
			      const int64_t *nos, size_t n, struct household_face *out);

/* The same for the screen that a room sees: of each what the call's actor and everybody present may see on a stage. All
 * of them are in the meeting that the households are in. Nobody is noted in the call: whoever shows a name does it. */
must err_t app_household_stage(struct call *c, struct db *db, struct arena *a, const struct actor *present,
			       size_t present_n, const int64_t *nos, size_t n, struct household_face *out);

/* Whether the actor may read what is written about them (a face's `notes`), of any number of households at once. */
must err_t app_household_readable(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n,
				  bool *out);

/* Where a face is not visible because the household is on no list any more (an import removed it, or its
 * row ended): fills in id and code and makes it visible to whoever may see coded rows, so that a seat, a
 * card or a step of it can still be spoken of. */
must err_t app_household_unlisted(struct call *c, struct db *db, struct arena *a, struct household_face *faces,
				  size_t n);

/* Fills in the names of all members, whoever asks: to take them out of free text before it is shown to
 * somebody who may not read them, and for nothing else. */
must err_t app_household_names(struct call *c, struct db *db, struct arena *a, struct household_face *faces, size_t n);

/* Text that may name these households, as a viewer may read it: for those whose notes are not the viewer's, names (in
 * any case), telephone numbers and the like (domain/redact.h) are taken out. A code stands in place of a name where
 * there is one household, "(a household)" where it could be several. Their names are there: app_household_names. */
struct str app_household_mask(const struct call *c, struct arena *a, const struct household_face *faces, size_t n,
			      struct str text);

/* Finds everybody of these households in a text that leaves the room, whoever may read their names; each gives way to
 * the household's code. Their names are there: app_household_names. */
struct redactor *app_household_redactor(const struct call *c, struct arena *a, const struct household_face *faces,
					size_t n);

/* The active households of a region in the order of its list, most critical first: at most `most` of
 * them (0: all). Numbers alone, so no access question arises; who may call is the caller's business.
 * `db` is in a transaction of any mode. */
must err_t app_household_order(struct call *c, struct db *db, struct arena *a, struct str region_id, size_t most,
			       int64_t **nos, size_t *n);

/* The households of a region that are housed since a day from `from` to `to`, both included: the
 * move-ins of a month. For staff who run that region's conference; not a public count. `db` is in a
 * transaction of any mode. */
must err_t app_household_housed(struct call *c, struct db *db, struct arena *a, struct str region_id, struct day from,
				struct day to, int64_t **nos, size_t *n);

#endif
