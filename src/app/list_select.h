/* The rows of one page out of all: filtered, ordered by several columns, counted. Numbers in memory,
 * no database; some nanoseconds a row, however long the list, because only the rows up to the page's
 * last are kept in order.
 *
 *     const struct list_select s = {.facts = {.image = image}, .rows = image->rows, .n = image->n, .filter = f,
 *                                   .keys = keys, .keys_n = 2, .first = 0, .most = LIMIT_LIST_PAGE};
 *     struct list_selected page;
 *     list_select(&s, a, &page);
 */
#ifndef APP_LIST_SELECT_H
#define APP_LIST_SELECT_H

#include "app/list_image.h"
#include "app/list_written.h"
#include "domain/filter.h"

enum { LIST_KEYS_MOST = 3 };

/* A column to order by. What is unknown comes last in either direction. */
struct list_key {
	enum filter_key key;
	bool down;
};

/* Where what filters and orders ask comes from (app/list_facts.h). */
struct list_facts {
	const struct list_image *image;
	struct list_written *written; /* NULL unless list_written_asked: who asks nevertheless knows nothing */
	struct day today;             /* on which papers hold */
	const int64_t *at_risk;       /* households whose tenancy is (app/tenancy.h), by number; NULL: not asked */
	size_t at_risk_n;
	const int32_t *release;  /* by household number, below `room`: enum consent; NULL: not asked */
	const int32_t *reviewed; /* the same: the day on which a conference spoke of it last */
	const bool
		*coarse; /* the same: whose facts the viewer sees as bands alone (app/list_coarse.h); NULL: no viewer */
	size_t room;
	const int32_t *own[FILTER_OWN_MOST]; /* by household number, as far as the viewer may read (app/list_own.h) */
};

struct list_select {
	struct list_facts facts;
	const struct list_row *rows;         /* n of them, one behind the other */
	const struct list_row *const *found; /* or these, where not NULL */
	size_t n;
	bool whole; /* the filter lets all of `rows` through, and they stand in the order asked for */
	const struct filter *filter;
	const struct list_key *keys; /* the first one first; households that are level keep the list's order */
	size_t keys_n;               /* 1 to LIST_KEYS_MOST */
	size_t first;                /* of the page, from 0; past the end means the last page */
	size_t most;                 /* of a page */
};

struct list_selected {
	const struct list_row **rows;
	size_t n;
	size_t first; /* as answered */
	size_t total; /* rows that the filter lets through */
};

void list_select(const struct list_select *s, struct arena *a, struct list_selected *out);

/* A row's fact as filters and orders know it (domain/filter.h). */
int32_t list_value(const struct list_facts *facts, const struct list_row *row, enum filter_key key);

/* The same of a key of kind FILTER_IS_FLAGS. */
uint64_t list_bits(const struct list_facts *facts, const struct list_row *row, enum filter_key key);

/* Whether the filter's conditions let one row through. */
bool list_row_passes(const struct list_facts *facts, const struct filter *f, const struct list_row *row);

#endif
