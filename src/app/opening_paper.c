#include "app/opening_paper.h"

static struct str name_of(const struct paper_asked *asked, struct str id)
{
	for (size_t i = 0; i < asked->people_n; i++)
		if (str_eq(asked->people[i].id, id))
			return asked->people[i].name;
	return (struct str){0}; /* who works elsewhere now fetches nothing here */
}

err_t papers_missing(struct call *c, struct arena *a, const struct paper_asked *asked, struct paper_row **out,
		     size_t *n)
{
	struct document docs[DOCUMENTS_N];
	struct paper_row *rows = arena_many(a, DOCUMENTS_N, struct paper_row);
	TRY(documents_of(c, a, asked->entries, asked->entries_n, asked->household_no, docs));
	*n = 0;
	for (int k = 0; k < DOCUMENTS_N; k++)
		if ((asked->kinds >> k & 1) && (asked->veteran || !document_table[k].veterans) &&
		    !document_holds(&docs[k], c->today))
			rows[(*n)++] = (struct paper_row){document_table[k].label, name_of(asked, docs[k].fetcher),
							  docs[k].due};
	*out = rows;
	return NULL;
}
