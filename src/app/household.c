#include "app/household.h"

#include "app/household_access.h"
#include "app/list_head.h"
#include "app/list_image.h"
#include "app/person.h"
#include "app/say.h"
#include "base/limit.h"
#include "store/q_client.h"

/* Faces are made fifty at a time, which is what a page shows and what a statement takes. */
enum { BATCH = LIMIT_LIST_PAGE, RECORD_NEITHER = -1 };

struct batch {
	struct call *call;
	struct db *db;
	struct arena *arena;
	const struct list_image *image;
	bool masked;                 /* of an SSN nothing but that it is there */
	enum access_use use;         /* where it will stand */
	const struct actor *readers; /* who else will read it there */
	size_t readers_n;
};

/* Where others read along it is their record, which all of them and the actor have to know. */
static int64_t record_of(const struct batch *b, const struct list_row *row, const struct list_head *head)
{
	int64_t record = app_household_record(b->call, b->image, row, head);
	struct call theirs = *b->call;
	for (size_t i = 0; i < b->readers_n; i++) {
		theirs.actor = b->readers[i];
		int64_t their = app_household_record(&theirs, b->image, row, head);
		record = record == their || (i == 0 && record == 0) ? their : RECORD_NEITHER;
	}
	return record;
}

/* Whoever knows somebody by another record sees what stands in that one. Of the rest of the family it has no name. */
static err_t by_record(const struct batch *b, int64_t record, struct list_head *head)
{
	struct q_client_by_no client;
	struct str ssn4;
	bool found;
	*head = (struct list_head){.client_no = 0};
	TRY(q_client_by_no(b->db, b->arena, record, b->image->version, &client, &found));
	if (!found)
		return NULL;
	TRY(app_person_ssn4(b->call, b->arena, record, client.ssn, &ssn4));
	*head = (struct list_head){
		.client_no = record,
		.personal_id = client.personal_id,
		.name = client.name,
		.ssn = client.ssn,
		.birth = client.birth,
		.hashed = client.hashed,
		.ssn4_known = ssn4.n > 0,
	};
	return NULL;
}

static err_t fill_identity(const struct batch *b, const struct list_head *head, const struct access_decision *may,
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
		face->hmis_id = str_dup(a, head->personal_id);
	/* Also where names are hashed or missing: an HMIS id says who it is. */
	if (b->use == USE_DEVICE && (face->named || face->hmis_id.n > 0))
		app_shown(b->call, face->id);
	struct day birth;
	if (may->field[FIELD_AGE] == ACCESS_FULL) {
		TRY(app_person_birth(b->call, a, head->client_no, head->birth, &birth));
		if (day_known(birth) && birth.n <= b->image->as_of.n)
			face->age = day_age(birth, b->image->as_of);
	}
	if (may->field[FIELD_SSN4] == ACCESS_FULL && b->masked)
		face->ssn4 = head->ssn4_known ? S("••••") : (struct str){0};
	else if (may->field[FIELD_SSN4] == ACCESS_FULL)
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

static err_t fill_face(const struct batch *b, const struct list_row *row, const struct list_head *head,
		       const struct access_decision *may, struct household_face *face)
{
	struct arena *a = b->arena;
	face->no = row->no;
	if (may->field[FIELD_FACTS] == ACCESS_NOTHING)
		return NULL;
	face->visible = true;
	face->id = str_dup(a, str_from(row->id));
	face->code = str_dup(a, str_from(row->code));
	face->region_id = str_dup(a, str_from(b->image->regions[row->region].id));
	face->who_sees = str_from(may->reason);
	face->record = record_of(b, row, head);
	face->serves = list_head_serves(head, b->call->actor.agency_id, face->record);
	face->holds = app_household_holds(b->call, b->image, row);
	face->records = may->records;
	face->notes = may->field[FIELD_NOTES] == ACCESS_FULL;
	face->status = row->status;
	face->active = row->status == STATUS_ACTIVE || row->status == STATUS_INACTIVE;
	face->members = row->members;
	face->situation = str_from(situation_say((enum situation)row->situation));
	face->days_on_list = list_row_days(b->image, row);
	face->months_36 = row->months;
	face->last_contact = row->contact;
	face->rank = row->rank;
	face->rank_of = (int)b->image->regions[row->region].active;
	if (may->field[FIELD_PLACE] == ACCESS_FULL)
		face->served_by = str_dup(a, head->served_by);
	struct list_head own;
	if (face->record != 0) {
		TRY(by_record(b, face->record, &own));
		head = &own;
	}
	if (head->client_no != 0)
		TRY(fill_identity(b, head, may, face));
	face->type = say_household(a, (enum household_type)row->type, row->members);
	if (face->age >= 0)
		face->type = str_fmt(a, "%.*s · %d", STR_ARG(face->type), face->age);
	if (may->field[FIELD_FACTS] == ACCESS_MASKED)
		app_household_coarse(face);
	return NULL;
}

/* What the call's actor may see of each: of whom they know by another record, what was signed for that one counts. */
static err_t ask(const struct batch *b, struct db *db, struct call *c, const struct list_row *const *rows, size_t n,
		 const struct list_head *const *heads, struct access_decision *may)
{
	struct household_asked asked[BATCH];
	for (size_t i = 0; i < n; i++) {
		asked[i] = (struct household_asked){.row = rows[i]};
		if (rows[i] == NULL)
			continue;
		int64_t record = record_of(b, rows[i], heads[i]);
		asked[i].client_no = record != 0 ? record : heads[i]->client_no;
		asked[i].serves = list_head_serves(heads[i], c->actor.agency_id, record);
	}
	return app_household_decide(c, db, b->arena, b->image, b->use, asked, n, may);
}

/* What several read is what each of them may see. */
static err_t ask_readers(const struct batch *b, struct db *db, const struct list_row *const *rows, size_t n,
			 const struct list_head *const *heads, struct access_decision *may)
{
	struct call theirs = *b->call;
	struct access_decision read[BATCH];
	for (size_t r = 0; r < b->readers_n; r++) {
		theirs.actor = b->readers[r];
		TRY(ask(b, db, &theirs, rows, n, heads, read));
		for (size_t i = 0; i < n; i++) {
			const struct access_decision both[] = {may[i], read[i]};
			access_stage(both, 2, &may[i]);
			if (b->use == USE_FILE && !may[i].named)
				may[i].reason = read[i].named ? "Whoever made this file may not read the name."
							      : read[i].reason;
		}
	}
	return NULL;
}

/* The heads of at most BATCH rows, and what may be seen of each. Nothing that was written about somebody is for who
 * knows them by another record. */
static err_t decide(const struct batch *b, struct db *db, const struct list_row *const *rows, size_t n,
		    const struct list_head **heads, struct access_decision *may)
{
	TRY(list_heads(b->call, db, b->arena, b->image, rows, n, heads));
	TRY(ask(b, db, b->call, rows, n, heads, may));
	TRY(ask_readers(b, db, rows, n, heads, may));
	for (size_t i = 0; i < n; i++)
		if (rows[i] != NULL && record_of(b, rows[i], heads[i]) != 0)
			may[i].field[FIELD_NOTES] = ACCESS_NOTHING;
	return NULL;
}

/* At most BATCH of them; a row that is NULL gives an empty face. */
static err_t fill_batch(const struct batch *b, struct db *db, const struct list_row *const *rows, size_t n,
			struct household_face *out)
{
	const struct list_head *heads[BATCH];
	struct access_decision may[BATCH];
	TRY(decide(b, db, rows, n, heads, may));
	for (size_t i = 0; i < n; i++) {
		out[i] = (struct household_face){.age = -1};
		if (rows[i] != NULL)
			TRY(fill_face(b, rows[i], heads[i], &may[i], &out[i]));
	}
	return NULL;
}

static err_t fill_all(const struct batch *b, struct db *db, const int64_t *nos, size_t n, struct household_face *out)
{
	for (size_t done = 0; done < n; done += BATCH) {
		const struct list_row *rows[BATCH];
		size_t batch = n - done < BATCH ? n - done : BATCH;
		for (size_t i = 0; i < batch; i++)
			rows[i] = list_image_row(b->image, nos[done + i]);
		TRY(fill_batch(b, db, rows, batch, out + done));
		for (size_t i = 0; i < batch; i++)
			out[done + i].no = nos[done + i];
	}
	return NULL;
}

static err_t faces(struct db *db, struct batch b, const int64_t *nos, size_t n, struct household_face *out)
{
	struct call *c = b.call;
	struct list_image *image;
	TRY(list_image_take(c->app->lists, db, b.arena, &image));
	b.image = image;
	b.db = db;
	err_t e = fill_all(&b, db, nos, n, out);
	list_image_give(c->app->lists, &image);
	return e;
}

err_t app_household_faces(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n,
			  struct household_face *out)
{
	return faces(db, (struct batch){.call = c, .arena = a}, nos, n, out);
}

err_t app_household_rows(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n,
			 struct household_face *out)
{
	return faces(db, (struct batch){.call = c, .arena = a, .masked = true}, nos, n, out);
}

err_t app_household_file(struct call *c, struct db *db, struct arena *a, const struct actor *reader, const int64_t *nos,
			 size_t n, struct household_face *out)
{
	return faces(db,
		     (struct batch){
			     .call = c, .arena = a, .masked = true, .use = USE_FILE, .readers = reader, .readers_n = 1},
		     nos, n, out);
}

err_t app_household_stage(struct call *c, struct db *db, struct arena *a, const struct actor *present, size_t present_n,
			  const int64_t *nos, size_t n, struct household_face *out)
{
	return faces(db,
		     (struct batch){.call = c,
				    .arena = a,
				    .masked = true,
				    .use = USE_STAGE,
				    .readers = present,
				    .readers_n = present_n},
		     nos, n, out);
}

static err_t readable(const struct batch *b, struct db *db, const int64_t *nos, size_t n, bool *out)
{
	const struct list_row *rows[BATCH];
	const struct list_head *heads[BATCH];
	struct access_decision may[BATCH];
	for (size_t i = 0; i < n; i++)
		rows[i] = list_image_row(b->image, nos[i]);
	TRY(decide(b, db, rows, n, heads, may));
	for (size_t i = 0; i < n; i++)
		out[i] = may[i].field[FIELD_FACTS] != ACCESS_NOTHING && may[i].field[FIELD_NOTES] == ACCESS_FULL;
	return NULL;
}

err_t app_household_readable(struct call *c, struct db *db, struct arena *a, const int64_t *nos, size_t n, bool *out)
{
	struct list_image *image;
	err_t e = NULL;
	TRY(list_image_take(c->app->lists, db, a, &image));
	const struct batch b = {.call = c, .arena = a, .image = image};
	for (size_t done = 0; done < n && e == NULL; done += BATCH) {
		struct arena_mark mark = arena_mark(a);
		e = readable(&b, db, nos + done, n - done < BATCH ? n - done : BATCH, out + done);
		if (e == NULL)
			arena_rewind(a, mark);
	}
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
			   struct day to, int64_t **nos, size_t *n)
{
	struct list_image *image;
	TRY(list_image_take(c->app->lists, db, a, &image));
	const struct list_region *region = list_image_region(image, region_id);
	int64_t *out = arena_many(a, region == NULL ? 0 : region->housed, int64_t);
	*n = 0;
	for (size_t i = 0; region != NULL && i < region->n; i++) {
		const struct list_row *row = &image->rows[region->first + i];
		if (row->status == STATUS_HOUSED && row->since.n >= from.n && row->since.n <= to.n)
			out[(*n)++] = row->no;
	}
	list_image_give(c->app->lists, &image);
	*nos = out;
	return NULL;
}
