/* `byname standing` straight from an export. */
#include "app/list_export_load.h"
#include "app/standing.h"
#include "domain/priority.h"
#include "hmis/package.h"

static struct str id_of(const void *ctx, uint32_t person)
{
	const struct export_book *b = ctx;
	return ids_str(&b->people.texts[person]);
}

static err_t write_book(struct arena *a, struct export_book *b, const struct standing_ask *ask)
{
	TRY(night_book_settle(b->nights, a, b->r->stays_n));
	struct standing_book book = {.r = b->r, .nights = night_book_lists(b->nights), .ctx = b, .personal_id = id_of};
	return standing_write(&book, a, ask);
}

static err_t load(struct arena *a, const struct hmis_package *p, const struct standing_ask *ask,
		  struct night_book *nights)
{
	struct export_book *b;
	struct export_wish wish = {.depth = EXPORT_ALL,
				   .as_of = ask->as_of,
				   .today = ask->today,
				   .rules = &rules_default,
				   .policy = &priority_default,
				   .nights = nights};
	TRY(export_book_load(a, p, &wish, &b));
	err_t e = write_book(a, b, ask);
	export_book_free(&b);
	return e;
}

err_t app_standing_export(struct arena *a, struct str path, const struct standing_ask *ask)
{
	struct hmis_package *p;
	struct night_book *nights;
	TRY(hmis_package_open(a, str_c(a, path), &p));
	err_t e = night_book_new(a, EXPORT_THREADS, &nights);
	if (e == NULL) {
		e = load(a, p, ask, nights);
		night_book_free(&nights);
	}
	hmis_package_close(&p);
	return e;
}
