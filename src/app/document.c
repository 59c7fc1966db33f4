#include "app/document.h"

#include "store/q_conference.h"
#include "store/q_user.h"

static struct str item_of(struct arena *a, enum document_kind kind)
{
	return str_fmt(a, "document.%.*s", STR_ARG(document_table[kind].key));
}

err_t documents_of(struct call *c, struct arena *a, const struct entry *entries, size_t n, int64_t household_no,
		   struct document out[DOCUMENTS_N])
{
	for (int k = 0; k < DOCUMENTS_N; k++) {
		const struct entry *e = entry_of(entries, n, household_no, item_of(a, (enum document_kind)k));
		struct str text;
		out[k] = document_none();
		if (e == NULL)
			continue;
		TRY(entry_text(c, a, e, &text));
		if (!document_read(text, &out[k]))
			return err_internal(a, "entry %.*s/%lld is no document", STR_ARG(e->item), (long long)e->no);
	}
	return NULL;
}

err_t document_people(struct db *db, struct arena *a, struct str region_id, struct document_person **out, size_t *n)
{
	struct q_conference_people *rows;
	TRY(q_conference_people(db, a, region_id, &rows, n));
	struct document_person *people = arena_many(a, *n, struct document_person);
	for (size_t i = 0; i < *n; i++) {
		people[i] = (struct document_person){rows[i].id, rows[i].name};
		if (rows[i].agency.n > 0)
			people[i].name = str_fmt(a, "%.*s, %.*s", STR_ARG(rows[i].name), STR_ARG(rows[i].agency));
	}
	*out = people;
	return NULL;
}

struct putting {
	struct entry_writing entry;
	struct str fetcher;
};

static err_t run_put(struct db *db, struct arena *a, void *ctx)
{
	struct putting *p = ctx;
	if (p->fetcher.n > 0) {
		struct q_user_by_id user;
		bool found;
		TRY(q_user_by_id(db, a, p->fetcher, &user, &found));
		if (!found)
			return err_new(a, ERR_INVALID, "There is no such person to fetch it; choose one of the list.");
	}
	return entry_write(db, a, &p->entry);
}

err_t app_document_put(struct call *c, struct str household_id, enum document_kind kind, const struct document *d)
{
	struct arena *a = c->arena;
	struct putting p = {
		{c, household_id, item_of(a, kind), pii_new(a, document_text(a, d))},
		d->fetcher,
	};
	TRY(document_check(a, d, c->today));
	return db_run(c->db, a, DB_WRITE, run_put, &p);
}
