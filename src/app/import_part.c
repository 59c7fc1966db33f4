#include <stdlib.h>
#include <string.h>

#include "app/import_record.h"

enum { BUCKET_BITS_MAX = 18, BUCKET_ITEMS = 4 };

static err_t no_memory(struct arena *a)
{
	return err_internal(a, "no memory for a part of the export");
}

void import_part_free(struct import_part *p)
{
	free(p->bytes);
	free(p->items);
	free(p->people);
	*p = (struct import_part){0};
}

static size_t record_bytes(const struct import_record *r)
{
	return (sizeof *r + r->owner_n + r->size + 7) & ~(size_t)7;
}

/* The first bytes as a number that compares as they do. */
static uint64_t beginning(struct str s)
{
	uint64_t v = 0;
	for (size_t i = 0; i < sizeof v; i++)
		v = v << 8 | (i < s.n ? (unsigned char)s.p[i] : 0);
	return v;
}

static err_t load(struct import_job *j, struct arena *a, unsigned part, struct import_part *p)
{
	size_t size = spool_size(j->rows, part);
	if (size >= UINT32_MAX)
		return err_internal(a, "a part of the export has %zu bytes", size);
	p->bytes = malloc(size + 1);
	if (p->bytes == NULL)
		return no_memory(a);
	TRY(spool_read(j->rows, a, part, p->bytes));
	for (size_t at = 0; at < size; p->items_n++)
		at += record_bytes((const struct import_record *)(const void *)(p->bytes + at));
	p->items = malloc((p->items_n + 1) * sizeof *p->items);
	if (p->items == NULL)
		return no_memory(a);
	size_t at = 0;
	for (size_t i = 0; i < p->items_n; i++) {
		const struct import_record *r = (const struct import_record *)(const void *)(p->bytes + at);
		p->items[i] = (struct import_item){r->key, r->check, (uint32_t)at, beginning(import_record_owner(r))};
		at += record_bytes(r);
	}
	return NULL;
}

/* People by key; of each the Client first, then one enrollment after the other, its own row first; of
 * each fact the best row first: the later DateUpdated, then the later line. */
static int item_compare(const void *x, const void *y, void *ctx)
{
	const char *bytes = ctx;
	const struct import_item *a = x;
	const struct import_item *b = y;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->check != b->check)
		return a->check < b->check ? -1 : 1;
	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	const struct import_record *r = (const struct import_record *)(const void *)(bytes + a->at);
	const struct import_record *s = (const struct import_record *)(const void *)(bytes + b->at);
	int owners = str_cmp(import_record_owner(r), import_record_owner(s));
	if (owners != 0)
		return owners;
	int keys = str_cmp(import_record_key(r), import_record_key(s));
	if (keys != 0)
		return keys;
	if (r->updated != s->updated)
		return r->updated > s->updated ? -1 : 1;
	return (r->line < s->line) - (r->line > s->line);
}

static void sort_few(struct import_item *items, size_t n, char *bytes)
{
	enum { FEW = 24 };
	if (n > FEW) {
		qsort_r(items, n, sizeof *items, item_compare, bytes);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		struct import_item it = items[i];
		size_t k = i;
		for (; k > 0 && item_compare(&items[k - 1], &it, bytes) > 0; k--)
			items[k] = items[k - 1];
		items[k] = it;
	}
}

/* Keys are spread evenly, so dealing by their next bits leaves buckets of a few people each. */
static err_t sort_items(struct import_job *j, struct arena *a, struct import_part *p)
{
	unsigned bits = 0;
	while (bits < BUCKET_BITS_MAX && p->items_n >> bits > BUCKET_ITEMS)
		bits++;
	unsigned shift = IMPORT_KEY_BITS - j->parts_bits - bits;
	uint64_t mask = ((uint64_t)1 << bits) - 1;
	size_t *ends = calloc(((size_t)1 << bits) + 1, sizeof *ends);
	struct import_item *dealt = malloc((p->items_n + 1) * sizeof *dealt);
	if (ends == NULL || dealt == NULL) {
		free(ends);
		free(dealt);
		return no_memory(a);
	}
	for (size_t i = 0; i < p->items_n; i++)
		ends[(p->items[i].key >> shift & mask) + 1]++;
	for (size_t b = 0; b <= mask; b++)
		ends[b + 1] += ends[b];
	for (size_t i = 0; i < p->items_n; i++)
		dealt[ends[p->items[i].key >> shift & mask]++] = p->items[i];
	for (size_t b = 0, first = 0; b <= mask; first = ends[b++])
		sort_few(dealt + first, ends[b] - first, p->bytes);
	free(ends);
	free(p->items);
	p->items = dealt;
	return NULL;
}

/* The items of one enrollment, from `i` on; *end is behind the last. */
static size_t owner_end(const struct import_part *p, size_t i, size_t end)
{
	struct str owner = import_record_owner(import_record_at(p, (uint32_t)i));
	size_t k = i + 1;
	while (k < end && str_eq(import_record_owner(import_record_at(p, (uint32_t)k)), owner))
		k++;
	return k;
}

static size_t person_end(const struct import_part *p, size_t i)
{
	size_t k = i + 1;
	while (k < p->items_n && p->items[k].key == p->items[i].key && p->items[k].check == p->items[i].check)
		k++;
	return k;
}

static struct import_file_counts *file_of(struct import_job *j, const struct import_record *r)
{
	return &j->files[import_columns[r->kind].file];
}

/* All rows of an enrollment that cannot be used, each with its reason. */
static void set_aside(struct import_job *j, const struct import_part *p, size_t first, size_t end, const char *column,
		      enum import_problem problem)
{
	for (size_t i = first; i < end; i++) {
		const struct import_record *r = import_record_at(p, (uint32_t)i);
		struct dossier_fact f;
		if (r->deleted || !dossier_unpack(import_record_packed(r), &f))
			continue;
		import_flag_note(j, &(struct import_flag_row){.file = import_columns[r->kind].file,
							      .line = r->line,
							      .column = column,
							      .problem = (int)problem,
							      .aside = true,
							      .key = f.id});
		file_of(j, r)->aside++;
		file_of(j, r)->kept--;
	}
}

/* Whether an enrollment can be used: its project is known and not a victim service provider's, and
 * nobody else has it. */
static bool screen(struct import_job *j, const struct import_part *p, size_t first, size_t end, bool *refused)
{
	const struct import_record *r = import_record_at(p, (uint32_t)first);
	struct dossier_fact f;
	if (r->kind != DOSSIER_Enrollment || r->deleted || !dossier_unpack(import_record_packed(r), &f))
		return true;
	const struct import_project *project = import_project_find(j, f.values[DOSSIER_Enrollment_ProjectID].text);
	if (project == NULL) {
		set_aside(j, p, first, end, "ProjectID", IMPORT_NO_PROJECT);
		return false;
	}
	if (project->victim) {
		*refused = true;
		j->counts.enrollments.refused++;
		for (size_t i = first; i < end; i++)
			file_of(j, import_record_at(p, (uint32_t)i))->refused++;
		return false;
	}
	if (import_twice_lost(j, f.id, r)) {
		set_aside(j, p, first, end, "PersonalID", IMPORT_OTHER_PERSON);
		return false;
	}
	return true;
}

/* Keeps of a person's items what counts, moving it down to `to`; returns the new end. */
static size_t keep_person(struct import_job *j, struct import_part *p, size_t first, size_t end, size_t to,
			  struct import_person *out)
{
	*out = (struct import_person){
		.key = p->items[first].key, .check = p->items[first].check, .first = (uint32_t)to, .plain = true};
	uint64_t digest = out->key ^ out->check;
	for (size_t i = first; i < end;) {
		size_t owner = owner_end(p, i, end);
		struct str key = {0};
		bool usable = import_record_at(p, (uint32_t)i)->owner_n == 0 || screen(j, p, i, owner, &out->refused);
		digest = import_hash(import_record_owner(import_record_at(p, (uint32_t)i)), digest);
		size_t exits = 0;
		size_t kept = to;
		for (; i < owner; i++) {
			const struct import_record *r = import_record_at(p, (uint32_t)i);
			struct str own = import_record_key(r);
			out->bytes += r->bytes;
			out->plain = out->plain && !r->flagged;
			if (!usable || str_eq(own, key)) {
				out->plain = false;
				continue;
			}
			key = own;
			/* Of several exits one counts, whatever the order of their rows. */
			exits += r->kind == DOSSIER_Exit && !r->deleted;
			out->plain = out->plain && exits < 2;
			digest = import_hash(import_record_packed(r), digest + r->deleted);
			p->items[to++] = p->items[i];
		}
		import_delay_enrollment(j, p, kept, to);
	}
	out->n = (uint32_t)(to - out->first);
	out->digest = digest ^ out->refused;
	return to;
}

static err_t find_people(struct import_job *j, struct arena *a, struct import_part *p)
{
	size_t people = 0;
	for (size_t i = 0; i < p->items_n; i = person_end(p, i))
		people++;
	p->people = malloc((people + 1) * sizeof *p->people);
	if (p->people == NULL)
		return no_memory(a);
	size_t to = 0;
	for (size_t i = 0; i < p->items_n;) {
		size_t end = person_end(p, i);
		to = keep_person(j, p, i, end, to, &p->people[p->people_n++]);
		i = end;
	}
	p->items_n = to;
	return NULL;
}

err_t import_part_load(struct import_job *j, struct arena *a, unsigned part, struct import_part *out)
{
	struct import_part p = {0};
	unsigned shift = IMPORT_KEY_BITS - j->parts_bits;
	p.low = (uint64_t)part << shift;
	p.high = p.low + (((uint64_t)1 << shift) - 1);
	err_t e = load(j, a, part, &p);
	if (e == NULL)
		e = sort_items(j, a, &p);
	if (e == NULL)
		e = find_people(j, a, &p);
	if (e != NULL) {
		import_part_free(&p);
		return e;
	}
	*out = p;
	return NULL;
}
