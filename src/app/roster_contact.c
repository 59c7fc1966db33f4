#include "app/roster_contact.h"

#include "domain/contact.h"

err_t roster_contacts_load(struct db *db, struct arena *a, struct roster_contacts *out)
{
	return q_contacts_standing(db, a, contact_way_table[CONTACT_TRIED].key, &out->rows, &out->n);
}

err_t roster_contacts_load_of(const struct roster_fill *f, struct db *db, struct arena *a, struct roster_contacts *out)
{
	*out = (struct roster_contacts){0};
	for (uint32_t i = 0; i < f->r->people_n; i++) {
		struct q_contacts_standing_of *rows;
		size_t n;
		TRY(q_contacts_standing_of(db, a, f->clients[i], contact_way_table[CONTACT_TRIED].key, &rows, &n));
		for (size_t k = 0; k < n; k++) {
			out->rows = db_rows_room(a, out->rows, out->n, sizeof *out->rows);
			out->rows[out->n++] = (struct q_contacts_standing){f->clients[i], rows[k].day};
		}
	}
	return NULL;
}

/* One more than the place of a client's first contact; 0: they have none. */
static uint32_t first_of(const struct roster_contacts *c, int64_t client)
{
	for (size_t low = 0, high = c->n; low < high;) {
		size_t mid = low + (high - low) / 2;
		bool here = c->rows[mid].client_no == client && (mid == 0 || c->rows[mid - 1].client_no != client);
		if (here)
			return (uint32_t)mid + 1;
		if (c->rows[mid].client_no < client)
			low = mid + 1;
		else
			high = mid;
	}
	return 0;
}

/* The stay that the person had entered last by each of their contacts; ROSTER_NONE: none yet. */
static uint32_t *find_stays(const struct roster_contacts *c, struct arena *a, const struct roster_fill *f)
{
	const struct roster *r = f->r;
	uint32_t *stays = arena_many(a, c->n, uint32_t);
	uint32_t *first = arena_many(a, r->people_n, uint32_t);
	for (size_t k = 0; k < c->n; k++)
		stays[k] = ROSTER_NONE;
	for (uint32_t i = 0; i < r->people_n; i++)
		first[i] = first_of(c, f->clients[i]);
	for (uint32_t s = 0; s < r->stays_n; s++) {
		const struct roster_stay *stay = &r->stays[s];
		if (stay->person >= r->people_n || first[stay->person] == 0)
			continue;
		for (size_t k = first[stay->person] - 1; k < c->n && c->rows[k].client_no == f->clients[stay->person];
		     k++)
			if (stay->entry.n <= c->rows[k].day.n &&
			    (stays[k] == ROSTER_NONE || r->stays[stays[k]].entry.n < stay->entry.n))
				stays[k] = s;
	}
	return stays;
}

err_t roster_contacts_tell(const struct roster_contacts *c, struct arena *a, struct roster_fill *f)
{
	if (c->n == 0)
		return NULL;
	const uint32_t *stays = find_stays(c, a, f);
	f->scattered = true; /* what was seen in these stays is told already */
	for (size_t k = 0; k < c->n; k++)
		if (stays[k] != ROSTER_NONE)
			TRY(roster_fill_seen(f, a, 0, stays[k], SEEN_FOLLOWED_UP, c->rows[k].day, 0, 0));
	return NULL;
}
