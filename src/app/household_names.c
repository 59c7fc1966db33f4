/* The names behind a code: opened only to be taken out of free text (domain/redact.h). */
#include "app/household.h"
#include "app/import_client.h"
#include "base/limit.h"
#include "store/q_card.h"
#include "store/seal.h"
#include "store/statement.h"

enum { BATCH = LIMIT_LIST_PAGE };

static void name_add(struct arena *a, struct household_face *face, struct str name)
{
	if (name.n < 2)
		return;
	/* However large the family is: a name that is left out would stand in the text. */
	face->names = db_rows_room(a, face->names, face->names_n, sizeof *face->names);
	face->names[face->names_n++] = pii_new(a, name);
}

/* A part of a name, and each word of it: people type "Mary" for "Mary Ann". */
static void part_add(struct arena *a, struct household_face *face, struct str part)
{
	struct str word;
	bool more;
	name_add(a, face, part);
	do {
		more = str_cut(part, ' ', &word, &part);
		name_add(a, face, word);
	} while (more);
}

static err_t names_add(struct call *c, struct arena *a, const struct q_card_names *row, struct household_face *face)
{
	const struct pii *opened;
	if (row->hashed || row->name.n == 0)
		return NULL;
	TRY(seal_open(a, c->app->keys, client_place(a, "name", row->client_no), row->name, &opened));
	struct client_name name = client_name_of(pii_reveal(opened));
	part_add(a, face, name.first);
	part_add(a, face, name.middle);
	part_add(a, face, name.last);
	return NULL;
}

err_t app_household_names(struct call *c, struct db *db, struct arena *a, struct household_face *faces, size_t n)
{
	for (size_t done = 0; done < n; done += BATCH) {
		int64_t nos[BATCH];
		struct q_card_names *rows;
		size_t batch = n - done < BATCH ? n - done : BATCH, rows_n;
		for (size_t i = 0; i < batch; i++)
			nos[i] = faces[done + i].no;
		TRY(q_card_names(db, a, nos, batch, &rows, &rows_n));
		for (size_t r = 0; r < rows_n; r++) {
			for (size_t i = 0; i < batch; i++)
				if (faces[done + i].no == rows[r].household_no)
					TRY(names_add(c, a, &rows[r], &faces[done + i]));
		}
	}
	return NULL;
}
