/* The list in memory: every household as plain facts, in the order of its region.
 *
 * The picture holds no personal data that is not sealed. It belongs to one version of the list (hmis_now.import_no)
 * one written order, what was confirmed about flags and which agencies a law keeps silent, and never changes; when any
 * of them does, the next reader makes a new one and the old one goes when its last reader lets go. So sorting,
 * filtering and ranking cost no database work, and a node still keeps no state that another would miss. Some 160 bytes
 * per household, and 400 for those whose head was shown (app/list_head.h).
 *
 *     struct list_image *image;
 *     TRY(list_image_take(c->app->lists, db, a, &image));
 *     …
 *     list_image_give(c->app->lists, &image);
 */
#ifndef APP_LIST_IMAGE_H
#define APP_LIST_IMAGE_H

#include "app/app.h"
#include "base/id.h"
#include "domain/listing.h"
#include "domain/policy.h"

enum { CODE_MAX = 24, REGION_ID_MAX = 24, COUNTY_MAX = 48, LIST_COUNTY_NONE = UINT16_MAX };

struct list_row {
	int64_t no;
	uint64_t order; /* smaller comes first (domain/priority.h) */
	char id[ID_LEN + 1];
	char code[CODE_MAX];
	uint32_t tie;
	uint64_t flags;     /* confirmed ones aside */
	uint64_t confirmed; /* flags that a person confirmed, while their facts are the same */
	int64_t facts;      /* digests of those facts: domain/quality.h */
	int64_t project;    /* number of the head's latest stay's project; 0: none */
	int64_t assessor;   /* number of the project where who is `omitted` was assessed; 0: none */
	int32_t rank;       /* 1 to n among the active ones of its region; 0 for the others */
	struct day since;
	struct day start;
	struct day situation_day;
	struct day contact;
	struct day scored;
	struct day assessed; /* of who is `omitted` */
	int16_t score;
	uint16_t region; /* index into regions; regions_n: unassigned */
	uint16_t county; /* index into counties, or LIST_COUNTY_NONE */
	uint16_t members;
	uint8_t status;
	uint8_t situation;
	uint8_t chronic;
	uint8_t months;
	uint8_t type;
	uint8_t band;
	uint8_t omitted; /* domain/omission.h */
	bool veteran;
	bool raised;    /* by two agencies */
	bool nominated; /* by the group, in the picture of a kind of opening */
	bool counts;    /* the score does */
	uint16_t tool;
	uint32_t tags; /* domain/tag.h */
};

struct list_region {
	char id[REGION_ID_MAX];
	size_t first; /* rows of the region: first … first + n − 1 */
	size_t n;
	size_t active; /* the first so many of them */
	size_t listed; /* all but those who never were on the list, the last ones */
	/* For the tiles above the list. */
	size_t fresh;       /* active, started in the last 30 days */
	size_t reconnect;   /* inactive */
	size_t housed;      /* in all */
	size_t housed_late; /* in the last 30 days */
	size_t unsheltered; /* active */
	size_t overdue;     /* active, nobody in contact for too long */
};

struct list_county {
	char name[COUNTY_MAX];
};

struct list_image {
	int64_t version;
	struct policy policy; /* the written order that holds on the day */
	int policy_version;   /* of the list's; 0: the default */
	int opening_version;  /* of a kind of opening's own (app/list_opening.h); 0: it follows the list's */
	uint64_t nominated;   /* a digest of who is nominated for it */
	int64_t confirmed;    /* the last word about flags that it knows */
	int64_t laws;         /* the last word about agencies under a law of their own (app/law.h) */
	int64_t contacts;     /* the last contact that somebody wrote down (app/contact.h) */
	struct day as_of;
	struct rules rules;
	struct list_row
		*rows; /* by region; in each the active ones by rank, then the others, who never was on it last */
	size_t n;
	struct list_region *regions; /* one more than regions_n: the last one is "unassigned" */
	size_t regions_n;
	struct list_county *counties;
	size_t counties_n;
	uint32_t *by_no;          /* indexes of rows by household number */
	struct list_heads *heads; /* fetched when they are first shown; NULL: of another day */
	size_t lost;              /* of another day: households that are none today (app/list_day.h) */
	int readers;
};

struct list_cache;
struct list_cache *list_cache_new(void);
void list_cache_free(struct list_cache **cache);
struct written_cache *list_cache_written(struct list_cache *cache); /* app/list_written.h */

/* The picture of the version that `db`'s transaction sees, to be read only. */
must err_t list_image_take(struct list_cache *cache, struct db *db, struct arena *a, struct list_image **out);
void list_image_give(struct list_cache *cache, struct list_image **image);

/* --- for app/list_day.c and app/list_opening.c: pictures of other days and of other orders --- */

/* An empty picture for `rows` rows, with the regions, counties, policy and version of another; list_image_order
 * puts its rows in order and counts them when they are there. */
must err_t list_image_blank(struct arena *a, const struct list_image *like, struct day as_of, size_t rows,
			    struct list_image **out);
must err_t list_image_order(struct list_image *image, struct arena *a);
void list_image_free(struct list_image **image);
void list_image_judge(const struct list_image *image, struct list_row *row); /* its band and order */
uint16_t list_image_region_index(const struct list_image *image, struct str id);
uint16_t list_image_county_index(const struct list_image *image, struct str name);

/* One picture of another day is looked for or made at a time. The latest LIST_DAYS are kept, of days and of
 * kinds of openings together; what is found or kept has one reader more. What is looked for has the version, the
 * policies, the digest and the day of `like`. */
enum { LIST_DAYS = 8 };
void list_days_lock(struct list_cache *cache);
void list_days_unlock(struct list_cache *cache);
struct list_image *list_days_find(struct list_cache *cache, const struct list_image *like, struct day day);
void list_days_keep(struct list_cache *cache, struct list_image *image);

/* --- for everybody --- */

/* A household's row, or NULL where it is not on the list. */
const struct list_row *list_image_row(const struct list_image *image, int64_t no);

/* The region's rows; an empty id asks for the unassigned. NULL where there is no such region. */
const struct list_region *list_image_region(const struct list_image *image, struct str region_id);

struct priority_facts list_row_facts(const struct list_row *row);

/* The digest of the facts that a person confirms with a flag (domain/quality.h). */
int64_t list_row_digest(const struct list_image *image, const struct list_row *row, enum flag_facts kind);

/* Days on the list as of the picture's day; until it ended, for a spell that has ended. */
static inline int list_row_days(const struct list_image *image, const struct list_row *row)
{
	bool ended = row->status != STATUS_ACTIVE && row->status != STATUS_INACTIVE;
	return day_diff(row->start, ended ? row->since : image->as_of);
}

#endif
