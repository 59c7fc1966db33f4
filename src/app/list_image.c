#include "app/list_image.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/list_head.h"
#include "app/list_written.h"
#include "app/policy.h"
#include "app/setting.h"
#include "app/stored.h"
#include "domain/omission.h"
#include "domain/quality.h"
#include "domain/tag.h"
#include "store/q_flag.h"
#include "store/q_list.h"
#include "store/q_region.h"

struct list_cache {
	pthread_mutex_t lock;
	pthread_mutex_t making; /* one maker at a time; the others wait and find it made */
	struct list_image *newest;
	pthread_mutex_t day_making;
	struct list_image *days[LIST_DAYS]; /* of other days, the latest first */
	struct written_cache *written;
};

struct list_cache *list_cache_new(void)
{
	struct list_cache *cache = calloc(1, sizeof *cache);
	if (cache == NULL)
		abort();
	pthread_mutex_init(&cache->lock, NULL);
	pthread_mutex_init(&cache->making, NULL);
	pthread_mutex_init(&cache->day_making, NULL);
	cache->written = written_cache_new();
	return cache;
}

struct written_cache *list_cache_written(struct list_cache *cache)
{
	return cache->written;
}

static void image_free(struct list_image *image)
{
	if (image == NULL)
		return;
	free(image->rows);
	free(image->regions);
	free(image->counties);
	free(image->by_no);
	list_heads_free(image->heads);
	free(image);
}

void list_image_free(struct list_image **image)
{
	image_free(*image);
	*image = NULL;
}

void list_cache_free(struct list_cache **cache)
{
	if (*cache == NULL)
		return;
	image_free((*cache)->newest);
	for (int i = 0; i < LIST_DAYS; i++)
		image_free((*cache)->days[i]);
	written_cache_free(&(*cache)->written);
	pthread_mutex_destroy(&(*cache)->day_making);
	pthread_mutex_destroy(&(*cache)->lock);
	pthread_mutex_destroy(&(*cache)->making);
	free(*cache);
	*cache = NULL;
}

struct priority_facts list_row_facts(const struct list_row *row)
{
	return (struct priority_facts){
		.chronic = (enum chronic)row->chronic,
		.band = (enum band)row->band,
		.score = row->score,
		.scored = row->scored,
		.months = row->months,
		.situation = (enum situation)row->situation,
		.start = row->start,
		.tie = row->tie,
		.type = (enum household_type)row->type,
		.tool = row->tool,
		.raised = row->raised,
		.nominated = row->nominated,
		.counts = row->counts,
	};
}

static void copy_text(char *to, size_t room, struct str from)
{
	size_t n = from.n < room ? from.n : room - 1;
	memcpy(to, from.p, n);
	to[n] = '\0';
}

uint16_t list_image_region_index(const struct list_image *image, struct str id)
{
	for (size_t i = 0; i < image->regions_n; i++)
		if (str_eq(str_from(image->regions[i].id), id))
			return (uint16_t)i;
	return (uint16_t)image->regions_n;
}

uint16_t list_image_county_index(const struct list_image *image, struct str name)
{
	name = str_sub(name, 0, COUNTY_MAX - 1);
	for (size_t i = 0; i < image->counties_n && name.n > 0; i++)
		if (str_eq(str_from(image->counties[i].name), name))
			return (uint16_t)i;
	return LIST_COUNTY_NONE;
}

void list_image_judge(const struct list_image *image, struct list_row *row)
{
	struct priority_facts facts = list_row_facts(row);
	priority_judge(&image->policy.order, image->as_of, &facts);
	row->band = (uint8_t)facts.band;
	row->counts = facts.counts;
	row->order = priority_order(&image->policy.order, &facts);
}

/* What a row says in numbers of the domain's tables; a number beyond them is no fact. */
static err_t row_check(struct arena *a, const struct q_list_rows *row)
{
	const struct {
		int64_t value, count;
		const char *column;
	} bounds[] = {
		{row->status, STATUSES_N, "listing.status"},
		{row->situation_known ? row->situation : 0, SITUATIONS_N, "listing.situation"},
		{row->months_36, STANDING_MONTHS + 1, "listing.months_36"},
		{row->score_known ? row->score - INT16_MIN : 0, UINT16_MAX + 1, "listing.score"},
		{row->chronic, CHRONIC_NOT + 1, "listing.chronic"},
		{row->household_type, HOUSEHOLD_CHILDREN + 1, "listing.household_type"},
		{row->members, UINT16_MAX + 1, "listing.members"},
		{row->flags, (int64_t)1 << FLAGS_N, "listing.flags"},
		{row->tags, (int64_t)1 << TAGS_N, "listing.tags"},
		{row->omitted, OMISSIONS_N, "listing.omitted"},
		{row->tie, (int64_t)UINT32_MAX + 1, "household.tie"},
	};
	for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
		TRY(stored_within(a, bounds[i].value, bounds[i].count, bounds[i].column));
	return NULL;
}

/* A band that is attested to has a day and no number. */
static int16_t score_of(const struct q_list_rows *from)
{
	if (from->score_known)
		return (int16_t)from->score;
	return day_known(from->score_day) ? score_attested((enum band)from->band) : SCORE_NONE;
}

static void row_fill(const struct list_image *image, const struct q_list_rows *from, struct list_row *to)
{
	*to = (struct list_row){
		.no = from->household_no,
		.tie = (uint32_t)from->tie,
		.flags = (uint64_t)from->flags,
		.since = from->since,
		.start = from->start,
		.situation_day = from->situation_day,
		.contact = from->last_contact,
		.scored = from->score_day,
		.score = score_of(from),
		.region = list_image_region_index(image, from->region_id),
		.county = list_image_county_index(image, from->county),
		.members = (uint16_t)from->members,
		.status = (uint8_t)from->status,
		.situation = from->situation_known ? (uint8_t)from->situation : SITUATION_UNKNOWN,
		.chronic = (uint8_t)from->chronic,
		.months = (uint8_t)from->months_36,
		.type = (uint8_t)from->household_type,
		.veteran = from->veteran,
		.raised = from->raised,
		.tool = (uint16_t)from->tool,
		.facts = from->facts,
		.tags = (uint32_t)from->tags,
		.project = from->project_no_known ? from->project_no : 0,
		.omitted = (uint8_t)from->omitted,
		.assessed = from->assessed,
		.assessor = from->assessor_known ? from->assessor : 0,
	};
	copy_text(to->id, sizeof to->id, from->id);
	copy_text(to->code, sizeof to->code, from->code);
	list_image_judge(image, to);
}

/* By region, active first, then to reconnect, then ended, then never listed; in each by the written order. */
static int row_compare(const void *x, const void *y)
{
	const struct list_row *a = x;
	const struct list_row *b = y;
	if (a->region != b->region)
		return a->region < b->region ? -1 : 1;
	if (a->status != b->status)
		return status_lane(a->status) < status_lane(b->status) ? -1 : 1;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return (a->no > b->no) - (a->no < b->no);
}

static int number_compare(const void *x, const void *y, void *ctx)
{
	const struct list_row *rows = ctx;
	int64_t a = rows[*(const uint32_t *)x].no;
	int64_t b = rows[*(const uint32_t *)y].no;
	return (a > b) - (a < b);
}

static err_t image_regions(struct list_image *image, struct db *db, struct arena *a)
{
	struct q_regions *regions;
	TRY(q_regions(db, a, &regions, &image->regions_n));
	image->regions = calloc(image->regions_n + 1, sizeof *image->regions);
	if (image->regions == NULL)
		return err_internal(a, "no memory for %zu regions", image->regions_n);
	for (size_t i = 0; i < image->regions_n; i++)
		copy_text(image->regions[i].id, REGION_ID_MAX, regions[i].id);
	return NULL;
}

static err_t image_counties(struct list_image *image, struct db *db, struct arena *a)
{
	struct q_counties *counties;
	size_t n;
	TRY(q_counties(db, a, &counties, &n));
	image->counties = calloc(n + 1, sizeof *image->counties);
	if (image->counties == NULL)
		return err_internal(a, "no memory for %zu counties", n);
	image->counties_n = n < LIST_COUNTY_NONE ? n : LIST_COUNTY_NONE;
	for (size_t i = 0; i < image->counties_n; i++)
		copy_text(image->counties[i].name, COUNTY_MAX, counties[i].name);
	return NULL;
}

static err_t image_rows(struct list_image *image, struct db *db, struct arena *a)
{
	struct db_rows rows;
	struct q_list_rows row;
	size_t room = 0;
	TRY(q_list_rows(db, a, image->version, &rows));
	while (q_list_rows_next(&rows, &row)) {
		if (image->n == room) {
			room = room == 0 ? 1024 : 2 * room;
			struct list_row *grown = realloc(image->rows, room * sizeof *grown);
			if (grown == NULL)
				return err_internal(a, "no memory for a list of %zu households", room);
			image->rows = grown;
		}
		TRY(row_check(a, &row));
		row_fill(image, &row, &image->rows[image->n++]);
	}
	return db_rows_end(&rows);
}

static void count_row(const struct list_image *image, const struct list_row *row, struct list_region *region)
{
	struct day month_ago = day_add(image->as_of, -30);
	if (row->status == STATUS_ACTIVE) {
		region->fresh += row->start.n > month_ago.n;
		region->unsheltered += row->situation == SITUATION_UNSHELTERED;
		region->overdue += (row->flags & FLAG_CONTACT_OVERDUE) != 0;
	}
	region->listed += row->status != STATUS_NONE;
	region->reconnect += row->status == STATUS_INACTIVE;
	region->housed += row->status == STATUS_HOUSED;
	region->housed_late += row->status == STATUS_HOUSED && row->since.n > month_ago.n;
}

err_t list_image_order(struct list_image *image, struct arena *a)
{
	if (image->n > 0)
		qsort(image->rows, image->n, sizeof *image->rows, row_compare);
	image->by_no = calloc(image->n + 1, sizeof *image->by_no);
	if (image->by_no == NULL)
		return err_internal(a, "no memory for a list of %zu households", image->n);
	for (size_t i = 0; i < image->n; i++) {
		struct list_row *row = &image->rows[i];
		struct list_region *region = &image->regions[row->region];
		if (region->n++ == 0)
			region->first = i;
		if (row->status == STATUS_ACTIVE)
			row->rank = (int32_t)++region->active;
		count_row(image, row, region);
		image->by_no[i] = (uint32_t)i;
	}
	if (image->n > 0)
		qsort_r(image->by_no, image->n, sizeof *image->by_no, number_compare, image->rows);
	return NULL;
}

/* Where a household's row is; image->n where it is not on the list. */
static size_t row_index(const struct list_image *image, int64_t no)
{
	size_t low = 0;
	size_t high = image->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int64_t here = image->rows[image->by_no[middle]].no;
		if (here == no)
			return image->by_no[middle];
		if (here < no)
			low = middle + 1;
		else
			high = middle;
	}
	return image->n;
}

int64_t list_row_digest(const struct list_image *image, const struct list_row *row, enum flag_facts kind)
{
	return kind == FACTS_STATUS ? quality_status(row->since, image->as_of, image->rules.status_old_days)
				    : quality_part(row->facts, kind);
}

/* Takes away the flags whose facts a person confirmed, as long as the facts are the same. */
static err_t image_confirmed(struct list_image *image, struct db *db, struct arena *a)
{
	struct q_flags_confirmed *rows;
	size_t n;
	TRY(q_flags_confirmed(db, a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		size_t at = row_index(image, rows[i].household_no);
		const struct flag_row *flag = flag_by_word(str_c(a, rows[i].flag));
		if (at == image->n || flag == NULL || flag->facts == FACTS_NONE)
			continue;
		struct list_row *row = &image->rows[at];
		if (list_row_digest(image, row, flag->facts) == rows[i].facts)
			row->confirmed |= row->flags & (uint64_t)flag->flag;
		row->flags &= ~row->confirmed;
	}
	return NULL;
}

static err_t image_make(struct db *db, struct arena *a, const struct q_list_now *now, struct list_image **out)
{
	struct list_image *image = calloc(1, sizeof *image);
	if (image == NULL)
		return err_internal(a, "no memory for the list");
	image->version = now->import_no;
	image->readers = 1; /* whoever has it made */
	image->as_of = now->as_of;
	image->confirmed = now->confirmed;
	image->laws = now->laws;
	image->contacts = now->contacts;
	err_t e = app_rules(db, a, &image->rules);
	if (e == NULL)
		e = app_policy_in_force(db, a, POLICY_LIST, now->as_of, &image->policy, &image->policy_version);
	if (e == NULL)
		e = image_regions(image, db, a);
	if (e == NULL)
		e = image_counties(image, db, a);
	if (e == NULL)
		e = image_rows(image, db, a);
	if (e == NULL)
		e = list_image_order(image, a);
	if (e == NULL)
		e = image_confirmed(image, db, a);
	if (e == NULL && (image->heads = list_heads_new(image->n)) == NULL)
		e = err_internal(a, "no memory for a list of %zu households", image->n);
	if (e != NULL) {
		image_free(image);
		return e;
	}
	*out = image;
	return NULL;
}

/* The newest picture with one reader more, if it is of that version. */
static struct list_image *take_made(struct list_cache *cache, const struct q_list_now *now)
{
	pthread_mutex_lock(&cache->lock);
	struct list_image *image = cache->newest;
	if (image != NULL && image->version == now->import_no && image->policy_version == now->policy &&
	    image->confirmed == now->confirmed && image->laws == now->laws && image->contacts == now->contacts)
		image->readers++;
	else
		image = NULL;
	pthread_mutex_unlock(&cache->lock);
	return image;
}

static void put_made(struct list_cache *cache, struct list_image *image)
{
	pthread_mutex_lock(&cache->lock);
	struct list_image *old = cache->newest;
	cache->newest = image;
	if (old != NULL && old->readers == 0)
		image_free(old);
	pthread_mutex_unlock(&cache->lock);
}

err_t list_image_take(struct list_cache *cache, struct db *db, struct arena *a, struct list_image **out)
{
	struct q_list_now now;
	bool found;
	TRY(q_list_now(db, a, &now, &found));
	struct list_image *image = take_made(cache, &now);
	if (image == NULL) {
		pthread_mutex_lock(&cache->making);
		err_t e = NULL;
		image = take_made(cache, &now);
		if (image == NULL) {
			/* It is everybody's: views take of it what was decided. */
			uint32_t was = db_serve(db, DB_FOR_PROGRAM);
			e = image_make(db, a, &now, &image);
			db_serve(db, was);
			if (e == NULL)
				put_made(cache, image);
		}
		pthread_mutex_unlock(&cache->making);
		if (e != NULL)
			return e;
	}
	*out = image;
	return NULL;
}

err_t list_image_blank(struct arena *a, const struct list_image *like, struct day as_of, size_t rows,
		       struct list_image **out)
{
	struct list_image *image = calloc(1, sizeof *image);
	if (image == NULL)
		return err_internal(a, "no memory for the list of another day");
	image->version = like->version;
	image->as_of = as_of;
	image->policy = like->policy;
	image->policy_version = like->policy_version;
	image->confirmed = like->confirmed;
	image->laws = like->laws;
	image->contacts = like->contacts;
	image->regions_n = like->regions_n;
	image->counties_n = like->counties_n;
	image->rows = calloc(rows + 1, sizeof *image->rows);
	image->regions = calloc(like->regions_n + 1, sizeof *image->regions);
	image->counties = calloc(like->counties_n + 1, sizeof *image->counties);
	if (image->rows == NULL || image->regions == NULL || image->counties == NULL) {
		image_free(image);
		return err_internal(a, "no memory for a list of %zu households", rows);
	}
	for (size_t i = 0; i < like->regions_n; i++)
		memcpy(image->regions[i].id, like->regions[i].id, REGION_ID_MAX);
	memcpy(image->counties, like->counties, like->counties_n * sizeof *image->counties);
	*out = image;
	return NULL;
}

void list_days_lock(struct list_cache *cache)
{
	pthread_mutex_lock(&cache->day_making);
}

void list_days_unlock(struct list_cache *cache)
{
	pthread_mutex_unlock(&cache->day_making);
}

/* With the cache's lock held: the picture moves to the front of the kept ones, and the last one falls out. */
static void days_front(struct list_cache *cache, struct list_image *image)
{
	struct list_image *next = image;
	for (int i = 0; i < LIST_DAYS && next != NULL; i++) {
		struct list_image *here = cache->days[i];
		cache->days[i] = next;
		next = here == image ? NULL : here;
	}
	if (next != NULL && next->readers == 0)
		image_free(next);
}

struct list_image *list_days_find(struct list_cache *cache, const struct list_image *like, struct day day)
{
	struct list_image *found = NULL;
	pthread_mutex_lock(&cache->lock);
	for (int i = 0; i < LIST_DAYS && found == NULL; i++) {
		struct list_image *kept = cache->days[i];
		if (kept != NULL && kept->version == like->version && kept->policy_version == like->policy_version &&
		    kept->confirmed == like->confirmed && kept->laws == like->laws &&
		    kept->contacts == like->contacts && kept->policy.kind == like->policy.kind &&
		    kept->opening_version == like->opening_version && kept->nominated == like->nominated &&
		    kept->as_of.n == day.n)
			found = kept;
	}
	if (found != NULL) {
		found->readers++;
		days_front(cache, found);
	}
	pthread_mutex_unlock(&cache->lock);
	return found;
}

void list_days_keep(struct list_cache *cache, struct list_image *image)
{
	pthread_mutex_lock(&cache->lock);
	image->readers++;
	days_front(cache, image);
	pthread_mutex_unlock(&cache->lock);
}

static bool is_kept(const struct list_cache *cache, const struct list_image *image)
{
	bool kept = image == cache->newest;
	for (int i = 0; i < LIST_DAYS; i++)
		kept = kept || image == cache->days[i];
	return kept;
}

void list_image_give(struct list_cache *cache, struct list_image **image)
{
	pthread_mutex_lock(&cache->lock);
	if (--(*image)->readers == 0 && !is_kept(cache, *image))
		image_free(*image);
	pthread_mutex_unlock(&cache->lock);
	*image = NULL;
}

const struct list_row *list_image_row(const struct list_image *image, int64_t no)
{
	size_t at = row_index(image, no);
	return at < image->n ? &image->rows[at] : NULL;
}

const struct list_region *list_image_region(const struct list_image *image, struct str region_id)
{
	size_t i = region_id.n == 0 ? image->regions_n : list_image_region_index(image, region_id);
	if (region_id.n > 0 && i == image->regions_n)
		return NULL;
	return &image->regions[i];
}
