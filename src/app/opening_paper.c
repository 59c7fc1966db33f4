#include "app/opening_paper.h"

#include "store/q_conference.h"

err_t paper_people(struct db *db, struct arena *a, struct str region_id, struct paper_person **out, size_t *n)
{
	struct q_conference_people *rows;
	TRY(q_conference_people(db, a, region_id, &rows, n));
	struct paper_person *people = arena_many(a, *n, struct paper_person);
	for (size_t i = 0; i < *n; i++) {
		people[i] = (struct paper_person){rows[i].id, rows[i].name};
		if (rows[i].agency.n > 0)
			people[i].name = str_fmt(a, "%.*s, %.*s", STR_ARG(rows[i].name), STR_ARG(rows[i].agency));
	}
	*out = people;
	return NULL;
}

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
