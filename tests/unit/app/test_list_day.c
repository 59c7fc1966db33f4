/* The list as of another day is the list that was turned to that day, of the same facts. */
#include "import_fixture.h"

#include "app/list_day.h"
#include "hmis/demo.h"

enum { PEOPLE = 400 };

static struct app app;

static struct call *with_cache(struct store *s)
{
	struct call *c = import_operator(s);
	app = *c->app;
	app.lists = list_cache_new();
	c->app = &app;
	return c;
}

static err_t take_today(struct db *db, struct arena *a, void *ctx)
{
	struct call *c = ((void **)ctx)[0];
	struct list_image **out = ((void **)ctx)[1];
	return list_image_take(c->app->lists, db, a, out);
}

/* Number, id, code and lot are the household's for good; the rest is worked out. */
static void assert_same_row(const struct list_image *a, const struct list_row *x, const struct list_image *b,
			    const struct list_row *y)
{
	assert_string_equal(x->id, y->id);
	assert_int_equal(x->tie, y->tie);
	assert_int_equal(x->order, y->order);
	assert_int_equal(x->rank, y->rank);
	assert_int_equal(x->flags, y->flags);
	assert_int_equal(x->tags, y->tags);
	assert_int_equal(x->since.n, y->since.n);
	assert_int_equal(x->start.n, y->start.n);
	assert_int_equal(x->situation_day.n, y->situation_day.n);
	assert_int_equal(x->contact.n, y->contact.n);
	assert_int_equal(x->scored.n, y->scored.n);
	assert_int_equal(x->score, y->score);
	assert_string_equal(a->regions[x->region].id, b->regions[y->region].id);
	assert_int_equal(x->county, y->county);
	assert_int_equal(x->members, y->members);
	assert_int_equal(x->status, y->status);
	assert_int_equal(x->situation, y->situation);
	assert_int_equal(x->chronic, y->chronic);
	assert_int_equal(x->months, y->months);
	assert_int_equal(x->type, y->type);
	assert_int_equal(x->band, y->band);
	assert_int_equal(x->veteran, y->veteran);
	assert_int_equal(x->counts, y->counts);
	assert_int_equal(x->tool, y->tool);
	assert_int_equal(x->omitted, y->omitted);
	assert_int_equal(x->assessed.n, y->assessed.n);
	assert_int_equal(x->assessor, y->assessor);
}

/* Who was assessed and never listed is on no list of any day. */
static size_t listed(const struct list_image *image)
{
	size_t n = 0;
	for (size_t i = 0; i <= image->regions_n; i++)
		n += image->regions[i].listed;
	return n;
}

static void as_of_a_day_is_the_list_turned_to_it(void **state)
{
	struct store *s = *state;
	struct import_view preview;
	struct demo_made made;
	struct call *c = with_cache(s);
	const struct demo_options world = {
		.people = PEOPLE,
		.seed = 7,
		.folder = str_fmt(s->a, "%s/demo", s->dir),
		.today = c->today,
	};
	assert_ok(s, demo_write(s->a, &world, NULL, &made));
	import_apply(s, str_c(s->a, world.folder), &preview);
	static const int ago[] = {1, 40, 300};
	for (size_t i = 0; i < sizeof ago / sizeof *ago; i++) {
		struct day then = day_add(c->today, -ago[i]);
		struct list_image *day;
		struct list_image *again;
		struct list_image *turned;
		void *ctx[] = {c, &turned};
		assert_ok(s, app_listing_refresh(c, c->today));
		assert_ok(s, list_day_take(c, then, &day));
		assert_ok(s, list_day_take(c, then, &again));
		assert_ptr_equal(day, again); /* kept: the second look costs nothing */
		list_image_give(c->app->lists, &again);
		assert_ok(s, app_listing_refresh(c, then));
		assert_ok(s, db_run(s->db, s->a, DB_READ, take_today, ctx));
		assert_true(day->n > 100);
		assert_int_equal(listed(day) + day->lost, listed(turned));
		for (size_t k = 0; k < day->n; k++) {
			const struct list_row *row = list_image_row(turned, day->rows[k].no);
			assert_non_null(row);
			assert_same_row(day, &day->rows[k], turned, row);
		}
		assert_int_equal(day->lost, 0);
		list_image_give(c->app->lists, &turned);
		list_image_give(c->app->lists, &day);
		/* Facts that changed are another version: what was kept does not answer for it. */
		assert_ok(s, list_day_take(c, then, &again));
		assert_int_equal(again->as_of.n, then.n);
		list_image_give(c->app->lists, &again);
	}
	struct list_image *none;
	assert_err(s, ERR_INVALID, list_day_take(c, day_add(c->today, 1), &none));
	list_cache_free(&app.lists);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(as_of_a_day_is_the_list_turned_to_it),
	};
	return cmocka_run_group_tests_name("app list day", tests, NULL, NULL);
}
