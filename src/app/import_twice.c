/* Enrollments that a file has twice, with two people: the later DateUpdated counts, then the later line.
 * Rows of one person find each other when the person is put together; these do not, so they are looked
 * for by the enrollment's id, in parts that fit into memory. */
#include <stdlib.h>

#include "app/import_record.h"
#include "store/statement.h"

struct sighted {
	uint64_t id; /* hash of the EnrollmentID */
	struct import_owner who;
	int64_t updated;
	uint32_t line;
};

err_t import_twice_note(struct import_job *j, struct arena *a, unsigned worker, struct str enrollment_id,
			const struct import_record *r)
{
	struct sighted s = {
		.id = import_hash(enrollment_id, 3),
		.who = {.key = r->key, .check = r->check},
		.updated = r->updated,
		.line = r->line,
	};
	s.who.id = s.id;
	return spool_add(j->enrollment_ids, a, worker, (unsigned)(s.id >> (64 - TWICE_PARTS_BITS)), &s, sizeof s);
}

/* By id; the one that counts first. */
static int sighted_compare(const void *x, const void *y)
{
	const struct sighted *a = x;
	const struct sighted *b = y;
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	if (a->updated != b->updated)
		return a->updated > b->updated ? -1 : 1;
	return (a->line < b->line) - (a->line > b->line);
}

static int owner_compare(const void *x, const void *y)
{
	const struct import_owner *a = x;
	const struct import_owner *b = y;
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->check > b->check) - (a->check < b->check);
}

static void note_losers(struct import_job *j, const struct sighted *list, size_t n)
{
	for (size_t i = 0, first = 0; i < n; i++) {
		if (list[i].id != list[first].id)
			first = i;
		bool other = list[i].who.key != list[first].who.key || list[i].who.check != list[first].who.check;
		if (!other)
			continue;
		j->losers = db_rows_room(j->arena, j->losers, j->losers_n, sizeof *j->losers);
		j->losers[j->losers_n++] = list[i].who;
	}
}

err_t import_twice_find(struct import_job *j)
{
	for (unsigned part = 0; part < 1U << TWICE_PARTS_BITS; part++) {
		size_t size = spool_size(j->enrollment_ids, part);
		struct sighted *list = malloc(size + 1);
		if (list == NULL)
			return err_internal(j->arena, "no memory to compare enrollments");
		err_t e = spool_read(j->enrollment_ids, j->arena, part, (char *)list);
		if (e == NULL) {
			qsort(list, size / sizeof *list, sizeof *list, sighted_compare);
			note_losers(j, list, size / sizeof *list);
		}
		free(list);
		TRY(e);
	}
	if (j->losers_n > 0)
		qsort(j->losers, j->losers_n, sizeof *j->losers, owner_compare);
	spool_free(&j->enrollment_ids);
	return NULL;
}

bool import_twice_lost(const struct import_job *j, struct str enrollment_id, const struct import_record *r)
{
	if (j->losers_n == 0)
		return false;
	struct import_owner wanted = {.id = import_hash(enrollment_id, 3), .key = r->key, .check = r->check};
	return bsearch(&wanted, j->losers, j->losers_n, sizeof *j->losers, owner_compare) != NULL;
}
