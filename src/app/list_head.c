#include "app/list_head.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "app/law.h"
#include "app/list_image.h"
#include "app/person.h"
#include "base/buf.h"
#include "base/limit.h"
#include "store/q_list.h"

enum { SERVED_BY_MAX = 1024 };

/* Filled by whoever comes first; readers of the picture look without a lock. */
struct list_heads {
	size_t n;
	_Atomic(struct list_head *) of_row[];
};

struct list_heads *list_heads_new(size_t n)
{
	struct list_heads *heads = calloc(1, sizeof *heads + n * sizeof heads->of_row[0]);
	if (heads != NULL)
		heads->n = n;
	return heads;
}

void list_heads_free(struct list_heads *heads)
{
	for (size_t i = 0; heads != NULL && i < heads->n; i++)
		free(atomic_load_explicit(&heads->of_row[i], memory_order_relaxed));
	free(heads);
}

/* What the database says of some households. */
struct fetched {
	struct arena *arena;
	struct q_list_heads *heads;
	size_t heads_n;
	struct q_list_agencies *agencies;
	size_t agencies_n;
};

static struct list_head head_of(const struct fetched *f, int64_t no)
{
	struct list_head head = {0};
	for (size_t i = 0; i < f->heads_n; i++) {
		const struct q_list_heads *row = &f->heads[i];
		if (row->household_no == no)
			head = (struct list_head){
				.client_no = row->client_no,
				.personal_id = row->personal_id,
				.name = row->name,
				.ssn = row->ssn,
				.birth = row->birth,
				.hashed = row->hashed,
			};
	}
	struct buf names = buf_new(f->arena, SERVED_BY_MAX);
	head.agencies = arena_many(f->arena, f->agencies_n, struct str);
	head.records = arena_many(f->arena, f->agencies_n, int64_t);
	for (size_t i = 0; i < f->agencies_n; i++) {
		if (f->agencies[i].household_no != no)
			continue;
		head.records[head.agencies_n] = f->agencies[i].record_no_known ? f->agencies[i].record_no : 0;
		head.agencies[head.agencies_n++] = f->agencies[i].agency_id;
		if (!law_is_open(f->agencies[i].law))
			continue;
		if (names.n > 0)
			buf_lit(&names, ", ");
		buf_str(&names, f->agencies[i].name);
	}
	head.served_by = buf_text(&names);
	return head;
}

static struct str keep(char **room, struct str s)
{
	char *p = *room;
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	*room += s.n;
	return (struct str){p, s.n};
}

/* A copy in one block: the struct, its arrays, its texts. */
static struct list_head *head_keep(const struct list_head *from)
{
	size_t n = from->personal_id.n + from->name.n + from->ssn.n + from->birth.n + from->served_by.n;
	for (size_t i = 0; i < from->agencies_n; i++)
		n += from->agencies[i].n;
	struct list_head *head =
		malloc(sizeof *head + from->agencies_n * (sizeof *from->agencies + sizeof *from->records) + n);
	if (head == NULL)
		return NULL;
	*head = *from;
	head->agencies = (struct str *)(head + 1);
	head->records = (int64_t *)(head->agencies + from->agencies_n);
	char *room = (char *)(head->records + from->agencies_n);
	for (size_t i = 0; i < from->agencies_n; i++)
		head->records[i] = from->records[i];
	for (size_t i = 0; i < from->agencies_n; i++)
		head->agencies[i] = keep(&room, from->agencies[i]);
	head->personal_id = keep(&room, from->personal_id);
	head->name = keep(&room, from->name);
	head->ssn = keep(&room, from->ssn);
	head->birth = keep(&room, from->birth);
	head->served_by = keep(&room, from->served_by);
	return head;
}

static err_t fetch(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
		   const struct list_row *const *rows, size_t n)
{
	struct fetched f = {.arena = a};
	int64_t nos[LIMIT_LIST_PAGE];
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i]->no;
	TRY(q_list_heads(db, a, nos, n, image->version, &f.heads, &f.heads_n));
	TRY(q_list_agencies(db, a, nos, n, image->version, &f.agencies, &f.agencies_n));
	for (size_t i = 0; i < n; i++) {
		struct list_head head = head_of(&f, nos[i]);
		struct str ssn4;
		TRY(app_person_ssn4(c, a, head.client_no, head.ssn, &ssn4));
		head.ssn4_known = ssn4.n > 0;
		struct list_head *kept = head_keep(&head);
		struct list_head *none = NULL;
		if (kept == NULL)
			return err_internal(a, "no memory for the head of a household");
		if (!atomic_compare_exchange_strong(&image->heads->of_row[rows[i] - image->rows], &none, kept))
			free(kept); /* another reader was faster */
	}
	return NULL;
}

err_t list_heads(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
		 const struct list_row *const *rows, size_t n, const struct list_head **out)
{
	const struct list_row *missing[LIMIT_LIST_PAGE];
	size_t missing_n = 0;
	for (size_t i = 0; i < n; i++)
		if (rows[i] != NULL && atomic_load(&image->heads->of_row[rows[i] - image->rows]) == NULL)
			missing[missing_n++] = rows[i];
	if (missing_n > 0)
		TRY(fetch(c, db, a, image, missing, missing_n));
	for (size_t i = 0; i < n; i++)
		out[i] = rows[i] == NULL ? NULL : atomic_load(&image->heads->of_row[rows[i] - image->rows]);
	return NULL;
}

bool list_head_serves(const struct list_head *head, struct str agency_id, int64_t record)
{
	for (size_t i = 0; i < head->agencies_n; i++)
		if (str_eq(head->agencies[i], agency_id))
			return agency_id.n > 0 && head->records[i] == record;
	return false;
}
