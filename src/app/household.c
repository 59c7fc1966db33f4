#include "app/household.h"

#include "app/list_image.h"
#include "app/person.h"
#include "app/say.h"
#include "base/limit.h"
#include "store/q_list.h"

/* Faces are made fifty at a time, which is what a page shows and what a statement takes. */
enum { BATCH = LIMIT_LIST_PAGE };

struct batch {
	struct call *call;
	struct db *db;
	struct arena *arena;
	const struct list_image *image;
	const int64_t *nos;
	size_t n;
	struct household_face *out;
	struct q_list_heads *heads;
	size_t heads_n;
	struct q_list_agencies *agencies;
	size_t agencies_n;
	struct q_list_served *served;
	size_t served_n;
};

static bool batch_serves(const struct batch *b, int64_t no)
{
	for (size_t i = 0; i < b->served_n; i++)
		if (b->served[i].household_no == no)
			return true;
	return false;
}

static struct str batch_agencies(const struct batch *b, int64_t no)
{
	struct buf names = buf_new(b->arena, 1024);
	for (size_t i = 0; i < b->agencies_n; i++) {
		if (b->agencies[i].household_no != no)
			continue;
		if (names.n > 0)
			buf_lit(&names, ", ");
		buf_str(&names, b->agencies[i].name);
	}
	return buf_text(&names);
}

struct access_question app_household_question(const struct call *c, const struct list_image *image,
					      const struct list_row *row, bool serves)
{
	const char *region = image->regions[row->region].id;
	return (struct access_question){
		.role = c->actor.kind == ACTOR_USER ? c->actor.role : ROLE_NOBODY,
		.own_region = region[0] != '\0' && str_eq(str_from(region), c->actor.region_id),
		.serves = serves,
	};
}

static err_t fill_identity(struct batch *b, const struct q_list_heads *head, const struct access_decision *may,
			   struct household_face *face)
{
	struct arena *a = b->arena;
	struct person_name name = {0};
	if (may->field[FIELD_NAME] == ACCESS_FULL)
		TRY(app_person_name(b->call, a, head->client_no, head->name, head->hashed, &name));
	if (name.full.n > 0) {
		face->named = true;
		face->name = name.full;
		face->called = name.called;
		face->last = name.last;
	}
	if (may->field[FIELD_HMIS_ID] == ACCESS_FULL)
		face->hmis_id = head->personal_id;
	/* Also where names are hashed or missing: an HMIS id says who it is. */
	if (face->named || face->hmis_id.n > 0)
		app_shown(b->call, face->id);
	struct day birth;
	if (may->field[FIELD_AGE] == ACCESS_FULL) {
		TRY(app_person_birth(b->call, a, head->client_no, head->birth, &birth));
		if (day_known(birth) && birth.n <= b->image->as_of.n)
			face->age = day_age(birth, b->image->as_of);
	}
	if (may->field[FIELD_SSN4] == ACCESS_FULL)
		TRY(app_person_ssn4(b->call, a, head->client_no, head->ssn, &face->ssn4));
	else if (may->field[FIELD_SSN4] == ACCESS_MASKED)
		face->ssn4 = S("••••");
	return NULL;
}

void app_household_coarse(struct household_face *face)
{
	face->coarse = true;
	face->days_on_list = access_coarse(face->days_on_list, COARSE_DAYS);
	face->months_36 = access_coarse(face->months_36, COARSE_MONTHS);
	face->last_contact = DAY_NONE;
	face->situation = S("");
	face->members = 0;
	face->type = S("household");
	face->age = -1;
}

static err_t fill_face(struct batch *b, int64_t no, struct household_face *face)
{
	*face = (struct household_face){.no = no, .age = -1};
	const struct list_row *row = list_image_row(b->image, no);
	if (row == NULL)
		return NULL;
	struct arena *a = b->arena;
	bool serves = batch_serves(b, no);
	struct access_question question = app_household_question(b->call, b->image, row, serves);
	struct access_decision may;
	access_decide(&question, &may);
	if (may.field[FIELD_FACTS] == ACCESS_NOTHING)
		return NULL;
	face->visible = true;
	face->id = str_dup(a, str_from(row->id));
	face->code = str_dup(a, str_from(row->code));
	face->who_sees = str_from(may.reason);
	face->serves = serves;
	face->notes = may.field[FIELD_NOTES] == ACCESS_FULL;
	face->status = row->status;
	face->active = row->status == STATUS_ACTIVE || row->status == STATUS_INACTIVE;
	face->members = row->members;
	face->situation = str_from(situation_say((enum situation)row->situation));
	face->days_on_list = list_row_days(b->image, row);
	face->months_36 = row->months;
	face->last_contact = row->contact;
	face->rank = row->rank;
	face->rank_of = (int)b->image->regions[row->region].active;
	if (may.field[FIELD_PLACE] == ACCESS_FULL)
		face->served_by = batch_agencies(b, no);
	for (size_t i = 0; i < b->heads_n; i++)
		if (b->heads[i].household_no == no)
			TRY(fill_identity(b, &b->heads[i], &may, face));
	face->type = say_household(a, (enum household_type)row->type, row->members);
	if (face->age >= 0)
		face->type = str_fmt(a, "%.*s · %d", STR_ARG(face->type), face->age);
	if (may.field[FIELD_FACTS] == ACCESS_MASKED)
		app_household_coarse(face);
	return NULL;
}

static err_t fill_batch(struct batch *b)
{
	int64_t now = b->image->version;
	TRY(q_list_heads(b->db, b->arena, b->nos, b->n, now, &b->heads, &b->heads_n));
	TRY(q_list_agencies(b->db, b->arena, b->nos, b->n, now, &b->agencies, &b->agencies_n));
	if (b->call->actor.agency_id.n > 0)
		TRY(q_list_served(b->db, b->arena, b->call->actor.agency_id, b->nos, b->n, now, &b->served,
				  &b->served_n));
	for (size_t i = 0; i < b->n; i++)
		TRY(fill_face(b, b->nos[i], &b->out[i]));
	return NULL;
}

static err_t fill_all(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
		      const int64_t *nos, size_t n, struct household_face *out)
{
	for (size_t done = 0; done < n; done += BATCH) {
		struct batch b = {
			.call = c,
			.db = db,
			.arena = a,
			.image = image,
			.nos = nos + done,
			.n = n - done < BATCH ? n - done : BATCH,
			.out = out + done,
		};
		TRY(fill_batch(&b));
	}
	return NULL;
}

err_t app_household_faces(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n,
			  struct household_face *out)
{
	struct list_image *image;
	TRY(list_image_take(c->app->lists, db, a, &image));
	err_t e = fill_all(c, db, a, image, nos, n, out);
	list_image_give(c->app->lists, &image);
	return e;
}

err_t app_household_order(struct call *c, struct db *db, struct arena *a, struct str region_id, size_t most,
			  int64_t **nos, size_t *n)
{
	struct list_image *image;
	TRY(list_image_take(c->app->lists, db, a, &image));
	const struct list_region *region = list_image_region(image, region_id);
	size_t count = region == NULL ? 0 : region->active;
	if (most > 0 && count > most)
		count = most;
	int64_t *out = arena_many(a, count, int64_t);
	for (size_t i = 0; i < count; i++)
		out[i] = image->rows[region->first + i].no;
	list_image_give(c->app->lists, &image);
	*nos = out;
	*n = count;
	return NULL;
}

err_t app_household_housed(struct call *c, struct db *db, struct arena *a, struct str region_id, struct day from,
			   struct day to, int *n)
{
	struct list_image *image;
	TRY(list_image_take(c->app->lists, db, a, &image));
	const struct list_region *region = list_image_region(image, region_id);
	*n = 0;
	for (size_t i = 0; region != NULL && i < region->n; i++) {
		const struct list_row *row = &image->rows[region->first + i];
		*n += row->status == STATUS_HOUSED && row->since.n >= from.n && row->since.n <= to.n ? 1 : 0;
	}
	list_image_give(c->app->lists, &image);
	return NULL;
}
