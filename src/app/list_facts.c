#include "app/list_facts.h"

#include "app/tenancy.h"
#include "domain/release.h"
#include "store/q_list.h"

static bool is_asked(uint64_t keys, enum filter_key key)
{
	return (keys >> key & 1) != 0;
}

/* A place for every household number of the picture. */
static int32_t *numbers(struct arena *a, struct list_facts *f, int32_t value)
{
	const struct list_image *image = f->image;
	f->room = image->n > 0 ? (size_t)image->rows[image->by_no[image->n - 1]].no + 1 : 0;
	int32_t *out = arena_many(a, f->room, int32_t);
	for (size_t i = 0; i < f->room; i++)
		out[i] = value;
	return out;
}

/* The word that the filter has for what a head's releases say, to whomever they name. */
static int32_t word_of(const struct release *rows, size_t n, struct day today)
{
	const struct release_asker anybody = {S("anybody"), true};
	enum consent says = release_covers(rows, n, &anybody, PURPOSE_HOUSING, LAW_HMIS, today);
	return says == CONSENT_HERE ? CONSENT_ELSEWHERE : (int32_t)says;
}

/* The rows of a household stand together, oldest first. */
static err_t load_releases(struct db *db, struct arena *a, struct list_facts *f)
{
	struct q_list_releases *rows;
	size_t n;
	int32_t *words = numbers(a, f, CONSENT_NONE);
	struct arena_mark mark = arena_mark(a);
	TRY(q_list_releases(db, a, f->image->version, &rows, &n));
	struct release *of = arena_many(a, n, struct release);
	size_t of_n = 0;
	for (size_t i = 0; i < n; i++) {
		/* Whom a release names is asked elsewhere: here it counts that it holds. */
		of[of_n++] = (struct release){
			.refused = rows[i].refused,
			.scope = SCOPE_COC,
			.purposes = (uint32_t)rows[i].purposes,
			.from = rows[i].from_day,
			.until = rows[i].until_day,
			.ended = rows[i].ended_day,
			.offer_again = DAY_NONE,
		};
		if (i + 1 < n && rows[i + 1].household_no == rows[i].household_no)
			continue;
		if ((size_t)rows[i].household_no < f->room)
			words[rows[i].household_no] = word_of(of, of_n, f->today);
		of_n = 0;
	}
	arena_rewind(a, mark);
	f->release = words;
	return NULL;
}

static err_t load_reviewed(struct db *db, struct arena *a, struct list_facts *f)
{
	struct q_list_reviewed *rows;
	size_t n;
	int32_t *days = numbers(a, f, FILTER_UNKNOWN);
	struct arena_mark mark = arena_mark(a);
	TRY(q_list_reviewed(db, a, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if ((size_t)rows[i].household_no < f->room)
			days[rows[i].household_no] = rows[i].day.n;
	arena_rewind(a, mark);
	f->reviewed = days;
	return NULL;
}

err_t list_facts_load(struct call *c, struct db *db, struct arena *a, uint64_t keys, struct list_facts *f)
{
	if (list_written_asked(keys) && f->written == NULL)
		TRY(list_written_take(c, db, a, &f->written));
	if (is_asked(keys, FILTER_TENANCY) && f->at_risk == NULL)
		TRY(tenancy_load(db, a, f));
	if (is_asked(keys, FILTER_RELEASE))
		TRY(load_releases(db, a, f));
	return is_asked(keys, FILTER_REVIEWED) ? load_reviewed(db, a, f) : NULL;
}

void list_facts_give(struct call *c, struct list_facts *f)
{
	list_written_give(c, &f->written);
}
