#include "app/document.h"

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

struct putting {
	struct call *call;
	struct str household_id;
	enum document_kind kind;
	const struct document *document;
};

static err_t run_put(struct db *db, struct arena *a, void *ctx)
{
	const struct putting *p = ctx;
	struct household_face face;
	TRY(entry_household(p->call, db, a, p->household_id, &face));
	if (p->document->fetcher.n > 0) {
		struct q_user_by_id user;
		bool found;
		TRY(q_user_by_id(db, a, p->document->fetcher, &user, &found));
		if (!found)
			return err_new(a, ERR_INVALID, "There is no such person to fetch it; choose one of the list.");
	}
	return entry_put(p->call, db, a, &face, item_of(a, p->kind), pii_new(a, document_text(a, p->document)));
}

err_t app_document_put(struct call *c, struct str household_id, enum document_kind kind, const struct document *d)
{
	struct putting p = {.call = c, .household_id = household_id, .kind = kind, .document = d};
	TRY(document_check(c->arena, d, c->today));
	return db_run(c->db, c->arena, DB_WRITE, run_put, &p);
}
