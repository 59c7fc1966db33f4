/* The list straight from an export. */
#include <sodium.h>

#include "app/list_export_load.h"
#include "app/list_report.h"
#include "app/listing_code.h"
#include "base/arena.h"
#include "base/id.h"
#include "hmis/package.h"

enum { HASH_BYTES = 32, CODE_DIGITS = 5 };

struct exporting {
	struct arena *arena;
	const struct list_ask *ask;
	struct export_book *book;
	const struct export_regions *regions;
	struct str source;
	const struct priority_policy *policy;
};

/* What identifies a person of a source, the same each time: 256 bits that are then cut up. */
static void person_hash(const struct exporting *x, uint32_t person, const char *purpose, unsigned char out[HASH_BYTES])
{
	crypto_generichash_state state;
	struct str id = ids_str(&x->book->people.texts[person]);
	unsigned char separator = 0;
	crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
	crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose));
	crypto_generichash_update(&state, &separator, 1);
	crypto_generichash_update(&state, (const unsigned char *)x->source.p, x->source.n);
	crypto_generichash_update(&state, &separator, 1);
	crypto_generichash_update(&state, (const unsigned char *)id.p, id.n);
	crypto_generichash_final(&state, out, HASH_BYTES);
}

static uint32_t four_bytes(const unsigned char *p)
{
	uint32_t v;
	memcpy(&v, p, sizeof v);
	return v;
}

/* The lot of everybody that a household is named after. */
static void draw_ties(void *ctx, unsigned part, unsigned parts)
{
	const struct exporting *x = ctx;
	struct roster *r = x->book->r;
	struct roster_range share = roster_share(r->people_n, part, parts);
	for (uint32_t i = share.from; i < share.to; i++) {
		unsigned char hash[HASH_BYTES];
		if (r->people[i].household != i)
			continue;
		person_hash(x, i, "byname list --export: lot", hash);
		r->people[i].tie = four_bytes(hash);
	}
}

struct building {
	struct listing_work work;
	int step;
};

static void build_part(void *ctx, unsigned part, unsigned parts)
{
	struct building *b = ctx;
	(void)parts;
	listing_step(&b->work, b->step, part);
}

static err_t region_number(const struct exporting *x, uint32_t *out)
{
	struct str word = x->ask->region;
	*out = LISTING_EVERYWHERE;
	if (word.n == 0)
		return NULL;
	for (size_t i = 0; x->regions != NULL && i < x->regions->n; i++)
		if (str_eq_nocase(x->regions->names[i], word)) {
			*out = (uint32_t)i + 1;
			return NULL;
		}
	return err_new(x->arena, ERR_MISSING, "There is no region \"%.*s\" in the file of regions.", STR_ARG(word));
}

static err_t give(const struct exporting *x, const struct listing *list, const struct listing_row *row)
{
	unsigned char hash[HASH_BYTES];
	struct id id;
	person_hash(x, row->household, "byname list --export: household", hash);
	for (int i = 0; i < ID_LEN; i++)
		id.s[i] = "0123456789abcdefghjkmnpqrstvwxyz"[hash[i] & 31];
	id.s[ID_LEN] = '\0';
	struct list_report_row out = {
		.personal_id = ids_str(&x->book->people.texts[row->head]),
		.household_id = id_str(&id),
		.code = listing_code_of(x->arena, four_bytes(hash + ID_LEN), four_bytes(hash + ID_LEN + 4),
					CODE_DIGITS),
		.region = row->region == REGION_NONE ? (struct str){0} : x->regions->names[row->region - 1],
		.status = (enum status)row->status,
		.situation = (enum situation)row->situation,
		.days_on_list = listing_days(list->roster, row),
		.months_36 = row->months,
		.last_contact = row->contact,
		.score = row->score,
		.rank = row->rank,
		.members = row->members,
	};
	return x->ask->row(x->ask->ctx, &out);
}

static err_t report(struct exporting *x)
{
	struct building b;
	struct listing list;
	uint32_t region;
	unsigned parts = x->book->threads;
	TRY(region_number(x, &region));
	export_side_by_side(draw_ties, x, parts);
	listing_begin(x->book->r, x->arena, x->policy, parts, &b.work);
	for (b.step = 0; b.step < LISTING_STEPS; b.step++)
		export_side_by_side(build_part, &b, parts);
	listing_end(&b.work, x->arena, region, &list);
	size_t top = x->ask->top > 0 && (size_t)x->ask->top < list.active ? (size_t)x->ask->top : list.active;
	size_t n = x->ask->top > 0 ? top : list.n;
	for (size_t i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(x->arena);
		TRY(give(x, &list, &list.rows[i]));
		arena_rewind(x->arena, mark);
	}
	return NULL;
}

err_t app_list_export(struct arena *a, struct str path, struct str regions_file, const struct list_ask *ask)
{
	struct hmis_package *p;
	struct export_regions regions;
	const struct priority_policy *policy = ask->policy != NULL ? &ask->policy->order : &priority_default;
	struct export_wish wish = {.depth = EXPORT_ALL,
				   .as_of = ask->as_of,
				   .today = ask->today,
				   .rules = &rules_default,
				   .policy = policy};
	struct exporting x = {.arena = a, .ask = ask, .policy = policy};
	if (regions_file.n > 0) {
		TRY(export_regions_read(a, str_c(a, regions_file), &regions));
		wish.regions = x.regions = &regions;
	}
	TRY(hmis_package_open(a, str_c(a, path), &p));
	const struct hmis_export *export = hmis_package_export(p);
	x.source = export->source_id.n > 0 ? export->source_id : export->source_name;
	err_t e = export_book_load(a, p, &wish, &x.book);
	if (e == NULL) {
		e = report(&x);
		export_book_free(&x.book);
	}
	hmis_package_close(&p);
	return e;
}
