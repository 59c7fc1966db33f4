/* A region's list as rows of a file. */
#include "app/list_names.h"
#include "app/list_select.h"
#include "app/mou.h"
#include "app/share_inside.h"
#include "store/q_agency.h"

/* A file is chosen by what stands in it: by anything else, being in it would tell what is not. */
#define KEY(k) (UINT64_C(1) << FILTER_##k)
enum { STATUS_ALONE = 1 << FILTER_STATUS };
static const uint64_t told_keys = KEY(STATUS) | KEY(COUNTY) | KEY(TYPE) | KEY(MEMBERS) | KEY(VETERAN) | KEY(SITUATION) |
				  KEY(CHRONIC) | KEY(BAND) | KEY(MONTHS) | KEY(DAYS) | KEY(PLACE) | KEY(CONTACT);
#undef KEY

struct gather {
	struct call *call;
	struct arena *arena;
	const struct list_image *image;
	struct list_facts facts;
	const struct filter *filter; /* the rows must pass it */
	bool chosen;                 /* it asks for more than a status */
	struct share_table *table;
	struct share_faced *faced; /* beside the table's rows */
};

err_t share_reader(struct db *db, struct arena *a, struct str agency_id, struct str region_id, struct str region,
		   struct day today, struct actor *out)
{
	struct q_agency_by_id agency;
	struct cover cover;
	bool found;
	TRY(q_agency_by_id(db, a, agency_id, &agency, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such agency.");
	if (agency.is_lead)
		return err_new(a, ERR_DENIED, "%.*s is a lead agency: it gets counts, and no list.",
			       STR_ARG(agency.name));
	TRY(mou_agency_cover(db, a, agency_id, today, &cover));
	if (cover.today != COVERED)
		return err_new(a, ERR_DENIED,
			       "%.*s has no memorandum of understanding in force today, so nothing is shared with it.",
			       STR_ARG(agency.name));
	if (mou_covers_region(&cover, region_id) != COVERED)
		return err_new(a, ERR_DENIED, "The memorandum of %.*s is not for %.*s.", STR_ARG(agency.name),
			       STR_ARG(region));
	*out = (struct actor){
		.kind = ACTOR_USER,
		.role = ROLE_PROVIDER,
		.agency_id = agency_id,
		.agency_name = agency.name,
		.cover = cover,
	};
	return NULL;
}

/* Without a status the active ones are meant, as on the list's page. */
static err_t read_filter(struct gather *g, struct str where, const struct filter_names *names)
{
	struct arena *a = g->arena;
	struct filter *f;
	TRY(filter_parse(a, where, names, &f));
	if (f->words.n > 0)
		return err_new(a, ERR_INVALID,
			       "A file is chosen by facts, not by names: \"%.*s\" is no condition. Try one like "
			       "chronic:verified.",
			       STR_ARG(f->words));
	for (size_t i = 0; i < f->terms_n; i++)
		if ((told_keys >> f->terms[i].key & 1) == 0)
			return err_new(a, ERR_INVALID, "A file is chosen by what stands in it, and “%s” does not.",
				       f->terms[i].row->say);
	if ((filter_keys(f) & STATUS_ALONE) == 0)
		TRY(filter_parse(a, str_fmt(a, "%.*s status:active", STR_ARG(where)), names, &f));
	g->filter = f;
	g->chosen = filter_keys(f) != STATUS_ALONE;
	g->table->filter = filter_text(a, f);
	g->table->stamp = filter_say(a, f);
	return NULL;
}

/* What is told of households whose facts the reader may see. */
static void fill_facts(const struct gather *g, const struct list_row *row, struct paper_cell *cells)
{
	cells[SHARE_CHRONIC] = paper_text(str_from(chronic_say((enum chronic)row->chronic)));
	cells[SHARE_BAND] = paper_text(str_from(band_say((enum band)row->band)));
	cells[SHARE_CONTACT] = paper_day(row->contact);
	cells[SHARE_VETERAN] = paper_text(row->veteran ? S("yes") : S("no"));
	if (row->county != LIST_COUNTY_NONE)
		cells[SHARE_COUNTY] = paper_text(str_dup(g->arena, str_from(g->image->counties[row->county].name)));
}

static void fill_row(struct gather *g, const struct list_row *row, const struct household_face *face)
{
	struct share_table *t = g->table;
	bool told = face->named || face->hmis_id.n > 0;
	if (!face->visible || (face->coarse && g->chosen)) {
		t->left_out++;
		return;
	}
	g->faced[t->n] = (struct share_faced){face, t->n};
	struct paper_cell *cells = t->rows[t->n++];
	if (told)
		t->named[t->named_n++] = row->no;
	if (face->rank > 0)
		cells[SHARE_PLACE] = paper_number(face->rank);
	if (face->days_on_list >= 0)
		cells[SHARE_DAYS_ON] = paper_number(face->days_on_list);
	if (face->months_36 >= 0)
		cells[SHARE_MONTHS] = paper_number(face->months_36);
	cells[SHARE_FIRST] = paper_text(face->called);
	cells[SHARE_LAST] = paper_text(face->last);
	cells[SHARE_CODE] = paper_text(told ? S("") : face->code); /* never beside the HMIS id */
	cells[SHARE_HMIS] = paper_text(face->hmis_id);
	cells[SHARE_TYPE] = paper_text(face->type);
	cells[SHARE_STATUS] = paper_text(str_from(status_say((enum status)face->status)));
	cells[SHARE_SITUATION] = paper_text(face->situation);
	cells[SHARE_SERVED] = paper_text(face->served_by);
	cells[SHARE_WHY] = paper_text(told ? S("") : face->who_sees);
	if (!face->coarse)
		fill_facts(g, row, cells);
}

static err_t fill_all(struct gather *g, struct db *db, const struct actor *reader, const struct list_row *rows,
		      size_t n)
{
	struct arena *a = g->arena;
	struct share_table *t = g->table;
	const struct list_row **passed = arena_many(a, n, const struct list_row *);
	int64_t *nos = arena_many(a, n, int64_t);
	size_t passed_n = 0;
	for (size_t i = 0; i < n; i++)
		if (list_row_passes(&g->facts, g->filter, &rows[i])) {
			nos[passed_n] = rows[i].no;
			passed[passed_n++] = &rows[i];
		}
	struct household_face *faces = arena_many(a, passed_n, struct household_face);
	TRY(app_household_file(g->call, db, a, reader, nos, passed_n, faces));
	t->rows = arena_alloc(a, passed_n, sizeof *t->rows);
	t->named = arena_many(a, passed_n, int64_t);
	g->faced = arena_many(a, passed_n, struct share_faced);
	for (size_t i = 0; i < passed_n; i++)
		fill_row(g, passed[i], &faces[i]);
	return NULL;
}

static err_t gather(struct gather *g, struct db *db, const struct actor *reader, struct str region_id,
		    const struct share_ask *ask)
{
	struct filter_names names;
	const struct list_region *region = list_image_region(g->image, region_id);
	TRY(list_names(db, g->arena, g->image, &names));
	TRY(read_filter(g, ask->where, &names));
	g->facts = (struct list_facts){.image = g->image, .today = g->call->today};
	if (region != NULL)
		TRY(fill_all(g, db, reader, &g->image->rows[region->first], region->n));
	if (!ask->notes)
		return NULL;
	return share_notes(g->call, db, g->arena, g->faced, g->table->n, ask->marked, g->table);
}

err_t share_rows(struct call *c, struct db *db, struct arena *a, const struct actor *reader, struct str region_id,
		 const struct share_ask *ask, struct share_table *out)
{
	struct list_image *image;
	*out = (struct share_table){0};
	TRY(list_image_take(c->app->lists, db, a, &image));
	struct gather g = {.call = c, .arena = a, .image = image, .table = out};
	out->as_of = image->as_of;
	err_t e = gather(&g, db, reader, region_id, ask);
	list_image_give(c->app->lists, &image);
	return e;
}
