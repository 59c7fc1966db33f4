/* Who heads a household and who serves it, kept beside the picture of the list (app/list_image.h).
 *
 * A head is fetched when a page first shows its household and kept as long as the picture, because it
 * belongs to the same version of the list. Name, SSN and birth date stay sealed, as they stand in the
 * database: whoever shows them asks domain/access and opens them through app/person.h each time.
 *
 *     const struct list_head *heads[LIMIT_LIST_PAGE];
 *     TRY(list_heads(c, db, a, image, rows, n, heads));
 */
#ifndef APP_LIST_HEAD_H
#define APP_LIST_HEAD_H

#include "app/app.h"

struct list_image;
struct list_row;

struct list_head {
	int64_t client_no;      /* 0: not in the facts; the next six are empty then */
	struct str personal_id; /* of the HMIS */
	struct str name;        /* sealed, like the next two */
	struct str ssn;
	struct str birth;
	bool hashed;          /* the name is none */
	bool ssn4_known;      /* there are four digits to show */
	struct str *agencies; /* ids of those that serve it, the one with the newest fact first */
	int64_t *records;     /* beside them: the one record by which alone the agency knows somebody of it, or 0 */
	size_t agencies_n;
	struct str served_by; /* their names, ", " between; without those that come under a law (app/law.h) */
};

/* The heads of n rows of a picture (at most LIMIT_LIST_PAGE), in the order given; NULL for a row that is
 * NULL. They live as long as the picture. `db` is in a transaction of any mode. */
must err_t list_heads(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
		      const struct list_row *const *rows, size_t n, const struct list_head **out);

/* Whether an agency serves the household: by the record that is listed (0), or by another one of somebody alone (see
 * `records`). None does for an empty id. */
bool list_head_serves(const struct list_head *head, struct str agency_id, int64_t record);

/* Their places, one for each row of a picture; NULL where memory is short. */
struct list_heads;
struct list_heads *list_heads_new(size_t n);
void list_heads_free(struct list_heads *heads);

#endif
