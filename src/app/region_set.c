#include "app/region_page.h"

#include "app/listing.h"
#include "app/meeting.h"
#include "app/record.h"
#include "app/region.h"
#include "base/limit.h"
#include "domain/region.h"
#include "store/q_agency.h"
#include "store/q_county.h"
#include "store/q_hmis.h"
#include "store/q_region.h"

enum { NAME_MAX_BYTES = 100 };

struct setting_region {
	struct call *call;
	const struct region_put *in;
	struct str county, neighbour, region_id;
	bool there;
};

static err_t may_set(const struct call *c)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_REGIONS))
		return err_new(c->arena, ERR_DENIED, "Only administrators see and set regions.");
	return NULL;
}

/* A county's name in the letters that the journal takes. */
static struct str plain(struct arena *a, struct str name)
{
	enum { MOST = 40 };
	char *p = arena_many(a, name.n, char);
	size_t n = name.n < MOST ? name.n : MOST;
	for (size_t i = 0; i < n; i++) {
		char ch = name.p[i];
		bool fine = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
		p[i] = fine ? ch : '_';
	}
	return (struct str){p, n};
}

static err_t check_name(const struct setting_region *w, struct arena *a, const struct q_regions *rows, size_t n)
{
	bool known = w->in->id.n == 0;
	for (size_t i = 0; i < n; i++) {
		bool itself = str_eq(rows[i].id, w->in->id);
		known |= itself;
		if (!itself && str_eq(rows[i].name, w->in->name))
			return err_new(a, ERR_CONFLICT, "There is a region called %.*s already.", STR_ARG(w->in->name));
	}
	if (!known)
		return err_new(a, ERR_MISSING, "There is no such region.");
	if (w->in->id.n == 0 && n >= LIMIT_REGIONS)
		return err_new(a, ERR_INVALID, "There are more than %d regions.", LIMIT_REGIONS);
	return NULL;
}

err_t region_agencies_put(struct db *db, struct arena *a, int64_t import_no, struct day today)
{
	TRY(q_agency_regions_clear(db, a));
	return q_agency_regions_fill(db, a, import_no, today);
}

static err_t put_region(struct db *db, struct arena *a, void *ctx)
{
	const struct setting_region *w = ctx;
	struct q_hmis_now now;
	struct q_regions *rows;
	struct q_agency_by_id agency;
	struct str id = w->in->id;
	size_t n;
	bool found;
	int64_t changed;
	TRY(q_regions(db, a, &rows, &n));
	TRY(check_name(w, a, rows, n));
	TRY(q_agency_by_id(db, a, w->in->anchor, &agency, &found));
	if (!found || agency.is_lead)
		return err_new(a, ERR_MISSING, "There is no such agency to anchor a region.");
	if (id.n == 0) {
		int64_t *taken = arena_many(a, n, int64_t);
		for (size_t i = 0; i < n; i++)
			taken[i] = rows[i].number;
		id = meeting_new_id(a);
		TRY(q_region_put(db, a, id, region_number(w->in->name, taken, n), w->in->name, (struct str){0}));
	}
	TRY(q_region_change(db, a, id, w->in->name, w->in->anchor, &changed));
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(region_agencies_put(db, a, now.import_no, w->call->today));
	return app_record(w->call, db, a, w->in->id.n == 0 ? "region.add" : "region.put", "region", id,
			  str_fmt(a, "anchor=%.*s", STR_ARG(w->in->anchor)));
}

err_t app_region_put(struct call *c, const struct region_put *r)
{
	struct region_put in = *r;
	struct setting_region w = {.call = c, .in = &in};
	in.name = str_trim(r->name);
	TRY(may_set(c));
	if (in.name.n == 0 || in.name.n > NAME_MAX_BYTES || !str_is_clean_text(in.name))
		return err_new(c->arena, ERR_INVALID, "Give the region a name of at most %d letters.", NAME_MAX_BYTES);
	if (in.anchor.n == 0)
		return err_new(c->arena, ERR_INVALID,
			       "Choose the agency that anchors the region: somebody has to convene it.");
	return db_run(c->db, c->arena, DB_WRITE, put_region, &w);
}

static err_t find_county(struct db *db, struct arena *a, struct str name, struct q_county_by_name *out)
{
	bool found;
	TRY(q_county_by_name(db, a, name, out, &found));
	return found ? NULL : err_new(a, ERR_MISSING, "There is no county called %.*s.", STR_ARG(name));
}

/* Into its region, where one is chosen. */
static err_t put_county(struct db *db, struct arena *a, const struct setting_region *w)
{
	struct q_region_by_id region;
	bool found = true;
	if (w->region_id.n > 0)
		TRY(q_region_by_id(db, a, w->region_id, &region, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such region.");
	return q_county_put(db, a, w->county, w->region_id);
}

static err_t add_county(struct db *db, struct arena *a, void *ctx)
{
	const struct setting_region *w = ctx;
	struct q_county_by_name county;
	bool found;
	TRY(q_county_by_name(db, a, w->county, &county, &found));
	if (found)
		return err_new(a, ERR_CONFLICT, "%.*s is there already: move it instead.", STR_ARG(w->county));
	TRY(put_county(db, a, w));
	return app_record(w->call, db, a, "region.county_add", "region", w->region_id.n > 0 ? w->region_id : S("none"),
			  str_fmt(a, "county=%.*s", STR_ARG(plain(a, w->county))));
}

err_t app_county_add(struct call *c, struct str county, struct str region_id)
{
	struct setting_region w = {.call = c, .county = str_trim(county), .region_id = region_id};
	TRY(may_set(c));
	if (w.county.n == 0 || w.county.n > NAME_MAX_BYTES || !str_is_clean_text(w.county))
		return err_new(c->arena, ERR_INVALID, "Give the county a name of at most %d letters.", NAME_MAX_BYTES);
	return db_run(c->db, c->arena, DB_WRITE, add_county, &w);
}

static err_t move_county(struct db *db, struct arena *a, void *ctx)
{
	const struct setting_region *w = ctx;
	struct q_county_by_name county;
	TRY(find_county(db, a, w->county, &county));
	TRY(put_county(db, a, w));
	return app_record(w->call, db, a, "region.county", "region", w->region_id.n > 0 ? w->region_id : S("none"),
			  str_fmt(a, "county=%.*s,from=%.*s", STR_ARG(plain(a, w->county)),
				  STR_ARG(county.region_id.n > 0 ? county.region_id : S("none"))));
}

err_t app_county_move(struct call *c, struct str county, struct str region_id)
{
	struct setting_region w = {.call = c, .county = county, .region_id = region_id};
	TRY(may_set(c));
	return app_listing_refresh_with(c, c->today, move_county, &w);
}

err_t region_border_put(struct db *db, struct arena *a, struct str county, struct str neighbour)
{
	return str_cmp(county, neighbour) < 0 ? q_county_border_add(db, a, county, neighbour)
					      : q_county_border_add(db, a, neighbour, county);
}

static err_t set_border(struct db *db, struct arena *a, void *ctx)
{
	const struct setting_region *w = ctx;
	struct q_county_by_name county;
	int64_t changed;
	bool in_order = str_cmp(w->county, w->neighbour) < 0;
	TRY(find_county(db, a, w->county, &county));
	TRY(find_county(db, a, w->neighbour, &county));
	if (w->there)
		TRY(region_border_put(db, a, w->county, w->neighbour));
	else
		TRY(q_county_border_remove(db, a, in_order ? w->county : w->neighbour,
					   in_order ? w->neighbour : w->county, &changed));
	return app_record(w->call, db, a, w->there ? "region.border" : "region.border_end", "region", S("all"),
			  str_fmt(a, "county=%.*s,neighbour=%.*s", STR_ARG(plain(a, w->county)),
				  STR_ARG(plain(a, w->neighbour))));
}

err_t app_county_border(struct call *c, struct str county, struct str neighbour, bool there)
{
	struct setting_region w = {.call = c, .county = county, .neighbour = neighbour, .there = there};
	TRY(may_set(c));
	if (str_eq(county, neighbour))
		return err_new(c->arena, ERR_INVALID, "A county does not border itself: choose two.");
	return db_run(c->db, c->arena, DB_WRITE, set_border, &w);
}
