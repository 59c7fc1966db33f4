#include "app/personal_ids.h"

#include <stdlib.h>
#include <string.h>

#include "store/q_client.h"

enum { AT_ONCE = 20000 };

struct personal_ids {
	int64_t last; /* the highest client number */
	size_t *at;   /* by client number: where its text begins; the next one's is the end */
	char *text;
	size_t n, room;
};

struct loading {
	struct personal_ids *ids;
	int64_t now, low;
	size_t n; /* bytes before the rows at hand: a transaction may run twice */
};

static err_t no_memory(struct arena *a)
{
	return err_internal(a, "no memory for the ids of clients");
}

static err_t add(struct personal_ids *p, struct arena *a, struct str s)
{
	if (p->n + s.n > p->room) {
		size_t room = 2 * (p->n + s.n) + 4096;
		char *grown = realloc(p->text, room);
		if (grown == NULL)
			return no_memory(a);
		p->text = grown;
		p->room = room;
	}
	if (s.n > 0)
		memcpy(p->text + p->n, s.p, s.n);
	p->n += s.n;
	return NULL;
}

static err_t load_some(struct db *db, struct arena *a, void *ctx)
{
	struct loading *l = ctx;
	struct personal_ids *p = l->ids;
	struct q_client_ids_between *rows;
	size_t n;
	p->n = l->n;
	TRY(q_client_ids_between(db, a, l->low, l->low + AT_ONCE - 1, l->now, &rows, &n));
	for (int64_t no = l->low, i = 0; no < l->low + AT_ONCE && no <= p->last; no++) {
		p->at[no] = p->n;
		if ((size_t)i < n && rows[i].client_no == no)
			TRY(add(p, a, rows[i++].personal_id));
	}
	return NULL;
}

static err_t load_last(struct db *db, struct arena *a, void *ctx)
{
	struct q_client_last row;
	bool found;
	TRY(q_client_last(db, a, &row, &found));
	*(int64_t *)ctx = found ? row.no : 0;
	return NULL;
}

static err_t load(struct call *c, struct arena *a, int64_t now, struct personal_ids *p)
{
	struct loading l = {.ids = p, .now = now};
	TRY(db_run(c->db, a, DB_READ, load_last, &p->last));
	p->at = calloc((size_t)p->last + 2, sizeof *p->at);
	if (p->at == NULL)
		return no_memory(a);
	for (l.low = 1; l.low <= p->last; l.low += AT_ONCE) {
		l.n = p->n;
		TRY(db_run(c->db, a, DB_READ, load_some, &l));
		arena_reset(a);
	}
	p->at[p->last + 1] = p->n;
	return NULL;
}

err_t personal_ids_load(struct call *c, int64_t now, struct personal_ids **out)
{
	struct personal_ids *p = calloc(1, sizeof *p);
	if (p == NULL)
		return no_memory(c->arena);
	struct arena *a = arena_new("ids", 64 << 20);
	err_t e = load(c, a, now, p);
	if (e != NULL) { /* it lives in the arena that goes */
		e = err_with_detail(c->arena, err_new(c->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(c->arena, e));
		personal_ids_free(&p);
	} else {
		*out = p;
	}
	arena_free(&a);
	return e;
}

void personal_ids_free(struct personal_ids **p)
{
	if (*p == NULL)
		return;
	free((*p)->at);
	free((*p)->text);
	free(*p);
	*p = NULL;
}

struct str personal_ids_of(const struct personal_ids *p, int64_t client_no)
{
	if (client_no < 1 || client_no > p->last)
		return (struct str){0};
	return (struct str){p->text + p->at[client_no], p->at[client_no + 1] - p->at[client_no]};
}
