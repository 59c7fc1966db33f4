/* Pairs side by side, each as its viewer may see it. */
#include "app/duplicate.h"

#include "app/duplicate_compare.h"
#include "app/duplicate_inside.h"
#include "app/household.h"
#include "app/household_access.h"
#include "app/list_image.h"
#include "app/person.h"
#include "store/q_client.h"
#include "store/q_duplicate.h"
#include "store/q_list.h"
#include "store/q_region.h"

struct viewing {
	struct call *call;
	struct db *db;
	struct arena *arena;
	const struct list_image *image;
	struct q_regions *regions;
	size_t regions_n;
	struct q_duplicate_decisions *decisions;
	size_t decisions_n;
	struct duplicates_view *view;
};

/* A side with what is kept of it. */
struct side {
	struct duplicate_side shown;
	const struct list_row *row;
	struct access_decision may;
	bool own; /* of the viewer's region */
	bool sees;
	struct str region_id;
	struct q_duplicate_people record;
};

static struct str region_name(const struct viewing *v, struct str id)
{
	for (size_t i = 0; i < v->regions_n; i++)
		if (str_eq(v->regions[i].id, id))
			return v->regions[i].name;
	return S("No region");
}

/* An adult's own release counts for them, and nobody is named in a household that is not. */
static err_t decide_record(struct viewing *v, int64_t client_no, struct str birth, struct side *s)
{
	const struct list_head *head;
	struct access_decision may[2];
	struct q_household_records *records;
	size_t n;
	int64_t record = 0; /* where it is not the one that is listed */
	TRY(list_heads(v->call, v->db, v->arena, v->image, &s->row, 1, &head));
	TRY(q_household_records(v->db, v->arena, s->row->no, v->image->version, &records, &n));
	for (size_t i = 0; i < n; i++)
		if (records[i].client_no == client_no)
			record = client_no;
	bool serves = list_head_serves(head, v->call->actor.agency_id, record);
	struct household_asked asked[2] = {{s->row, head->client_no, serves}, {s->row, 0, serves}};
	TRY(app_household_signer(v->call, v->arena, v->image->as_of, head->client_no, client_no, birth,
				 &asked[1].client_no));
	TRY(app_household_decide(v->call, v->db, v->arena, v->image, USE_DEVICE, asked, 2, may));
	s->may = may[0].named ? may[1] : may[0];
	return NULL;
}

static err_t fill_record(struct viewing *v, int64_t client_no, struct side *s)
{
	struct q_client_by_no client;
	bool found;
	TRY(q_client_by_no(v->db, v->arena, client_no, v->image->version, &client, &found));
	if (!found)
		return NULL;
	TRY(decide_record(v, client_no, client.birth, s));
	s->sees = s->may.field[FIELD_NAME] == ACCESS_FULL;
	if (!s->sees)
		return NULL;
	s->record = (struct q_duplicate_people){.client_no = client_no,
						.name = client.name,
						.ssn = client.ssn,
						.birth = client.birth,
						.traits = client.traits};
	struct person_name name;
	TRY(app_person_name(v->call, v->arena, client_no, client.name, client.hashed, &name));
	s->shown.named = true;
	s->shown.name = name.full;
	s->shown.first = name.called;
	s->shown.last = name.last;
	if (s->may.field[FIELD_HMIS_ID] == ACCESS_FULL)
		s->shown.hmis_id = client.personal_id;
	if (s->may.field[FIELD_SSN4] == ACCESS_FULL)
		TRY(app_person_ssn4(v->call, v->arena, client_no, client.ssn, &s->shown.ssn4));
	struct day birth;
	char day[DAY_SAY];
	TRY(app_person_birth(v->call, v->arena, client_no, client.birth, &birth));
	if (day_known(birth) && s->may.field[FIELD_BIRTH] == ACCESS_FULL)
		s->shown.birth = str_dup(v->arena, str_from(day_say_date(birth, day)));
	else if (day_known(birth) && birth.n <= v->image->as_of.n && s->may.field[FIELD_AGE] == ACCESS_FULL)
		s->shown.birth = str_fmt(v->arena, "%d years old", day_age(birth, v->image->as_of));
	app_shown(v->call, s->shown.household);
	return NULL;
}

/* False where the household is not on the list, or a victim service provider's. */
static err_t fill_side(struct viewing *v, int64_t client_no, int64_t household_no, struct side *s, bool *there)
{
	struct household_face face;
	const struct list_row *row = list_image_row(v->image, household_no);
	size_t shown = v->call->shown.n;
	*s = (struct side){.shown = {.last_contact = DAY_NONE, .days_on_list = -1}};
	*there = row != NULL && (row->flags & FLAG_CODED) == 0;
	if (!*there)
		return NULL;
	TRY(app_household_faces(v->call, v->db, v->arena, &household_no, 1, &face));
	v->call->shown.n = shown; /* the head of the household may be another one: who is shown is noted below */
	*there = face.visible;
	if (!face.visible)
		return NULL;
	s->row = row;
	s->own = face.holds;
	s->region_id = str_from(v->image->regions[row->region].id);
	s->shown.household = face.id;
	s->shown.code = face.code;
	s->shown.region = region_name(v, s->region_id);
	s->shown.served_by = face.served_by;
	s->shown.days_on_list = face.days_on_list;
	s->shown.last_contact = face.last_contact;
	return face.record == 0 ? fill_record(v, client_no, s) : NULL;
}

static struct str field_text(struct arena *a, enum match_field field, const struct duplicate_side *s)
{
	switch (field) {
	case MATCH_BIRTH:
		return s->birth;
	case MATCH_SSN:
	case MATCH_SSN4:
		return s->ssn4.n > 0 ? str_fmt(a, "…%.*s", STR_ARG(s->ssn4)) : (struct str){0};
	case MATCH_FIRST:
		return s->first;
	case MATCH_LAST:
		return s->last;
	default: /* sex is weighed and not shown */
		return (struct str){0};
	}
}

static err_t fill_fields(struct viewing *v, const struct side *one, const struct side *other,
			 struct duplicate_pair_view *out)
{
	struct match_person x;
	struct match_person y;
	struct match_result r;
	struct arena *a = v->arena;
	TRY(duplicate_open(v->call, a, &one->record, &x));
	TRY(duplicate_open(v->call, a, &other->record, &y));
	match_compare(&x, &y, &r);
	out->both = true;
	out->working = match_say(a, &r);
	out->fields = arena_many(a, DUPLICATE_FIELDS, struct duplicate_field);
	for (int i = 0; i < MATCH_FIELDS_N; i++) {
		enum match_field f = (enum match_field)i;
		const char *say = match_level_say(f, r.level[i]);
		struct duplicate_field field = {
			.label = str_from(match_field_say(f)),
			.one = field_text(a, f, &one->shown),
			.other = field_text(a, f, &other->shown),
			.says = say != NULL ? str_from(say) : S("not known on both sides"),
			.agrees = r.level[i] != MATCH_DIFFERS && r.level[i] != MATCH_MISSING,
		};
		bool other_half = f == MATCH_LAST && r.level[i] == MATCH_SWAPPED;
		bool unused = (f == MATCH_SSN || f == MATCH_SSN4 || f == MATCH_SEX) && r.level[i] == MATCH_MISSING;
		if (other_half)
			field.says = S("first and last name are swapped");
		if (!unused)
			out->fields[out->fields_n++] = field;
	}
	return NULL;
}

static const struct q_duplicate_decisions *decision_of(const struct viewing *v, int64_t low, int64_t high)
{
	for (size_t i = 0; i < v->decisions_n; i++)
		if (v->decisions[i].low_no == low && v->decisions[i].high_no == high)
			return &v->decisions[i];
	return NULL;
}

static err_t fill_decision(struct viewing *v, const struct q_duplicate_decisions *d, struct duplicate_pair_view *out)
{
	const struct pii *reason;
	if (d == NULL)
		return NULL;
	out->by = d->by;
	out->day = instant_day(d->at);
	out->half = str_eq(d->kind, S("half"));
	out->own_half = out->half && str_eq(d->region_id, v->call->actor.region_id);
	out->word = str_eq(d->kind, S("different")) ? DUPLICATE_DIFFERENT
		    : str_eq(d->kind, S("later"))   ? DUPLICATE_LATER
						    : DUPLICATE_SAME;
	if (!out->both)
		return NULL;
	TRY(seal_open(v->arena, v->call->app->keys, duplicate_place(v->arena, d->no), d->reason, &reason));
	out->reason = pii_reveal(reason);
	if (out->word == DUPLICATE_LATER)
		out->later = out->reason;
	return NULL;
}

/* A pair; not *there where neither side is the viewer's, or one is on no list. */
static err_t fill_pair(struct viewing *v, int64_t low, int64_t high, int64_t low_home, int64_t high_home, int64_t bits,
		       struct duplicate_pair_view *out, bool *there)
{
	struct side one;
	struct side other;
	bool both = false;
	*out = (struct duplicate_pair_view){.likely = bits >= MATCH_LIKELY_FROM, .day = DAY_NONE};
	TRY(fill_side(v, low, low_home, &one, there));
	if (*there)
		TRY(fill_side(v, high, high_home, &other, &both));
	*there = *there && both && (one.own || other.own);
	if (!*there)
		return NULL;
	out->pair = str_fmt(v->arena, "%lld-%lld", (long long)low, (long long)high);
	out->one = one.shown;
	out->other = other.shown;
	out->two_regions = !str_eq(one.region_id, other.region_id);
	if (one.sees && other.sees)
		TRY(fill_fields(v, &one, &other, out));
	return fill_decision(v, decision_of(v, low, high), out);
}

static err_t fill_open(struct viewing *v)
{
	struct q_duplicates *rows;
	struct duplicates_view *view = v->view;
	size_t n;
	TRY(q_duplicates(v->db, v->arena, v->image->version, &rows, &n));
	view->open = arena_many(v->arena, DUPLICATES_SHOWN, struct duplicate_pair_view);
	for (int later = 0; later <= 1; later++) {
		for (size_t i = 0; i < n; i++) {
			const struct q_duplicates *row = &rows[i];
			const struct q_duplicate_decisions *d = decision_of(v, row->low_no, row->high_no);
			bool put_off = d != NULL && str_eq(d->kind, S("later"));
			const struct list_row *one = list_image_row(v->image, row->low_household);
			const struct list_row *other = list_image_row(v->image, row->high_household);
			if (put_off != (later == 1) || one == NULL || other == NULL)
				continue;
			bool own = str_eq(str_from(v->image->regions[one->region].id), v->call->actor.region_id) ||
				   str_eq(str_from(v->image->regions[other->region].id), v->call->actor.region_id);
			bool there = false;
			if (!own || v->call->actor.region_id.n == 0)
				continue;
			if (view->open_n == DUPLICATES_SHOWN) {
				view->more++;
				continue;
			}
			TRY(fill_pair(v, row->low_no, row->high_no, row->low_household, row->high_household, row->bits,
				      &view->open[view->open_n], &there));
			view->open_n += there;
		}
	}
	return NULL;
}

/* The household that a record is in now, which is another one where it was joined. */
static err_t home_of(struct viewing *v, int64_t client, int64_t then, int64_t *out)
{
	struct q_list_household_of_client row;
	bool found;
	TRY(q_list_household_of_client(v->db, v->arena, client, v->image->version, &row, &found));
	*out = found ? row.household_no : then;
	return NULL;
}

static err_t fill_decided(struct viewing *v)
{
	struct duplicates_view *view = v->view;
	view->decided = arena_many(v->arena, DUPLICATES_SHOWN, struct duplicate_pair_view);
	for (size_t i = 0; i < v->decisions_n && view->decided_n < DUPLICATES_SHOWN; i++) {
		const struct q_duplicate_decisions *d = &v->decisions[i];
		bool same = str_eq(d->kind, S("same"));
		int64_t low;
		int64_t high;
		bool there;
		if (!same && !str_eq(d->kind, S("different")))
			continue;
		TRY(home_of(v, d->low_no, d->low_household, &low));
		TRY(home_of(v, d->high_no, same ? low : d->high_household, &high));
		TRY(fill_pair(v, d->low_no, d->high_no, low, high, 0, &view->decided[view->decided_n], &there));
		view->decided_n += there;
	}
	return NULL;
}

static err_t fill(struct viewing *v)
{
	struct q_duplicate_look look;
	bool found;
	*v->view = (struct duplicates_view){.open = NULL};
	v->call->shown.n = 0;
	TRY(q_duplicate_look(v->db, v->arena, &look, &found));
	v->view->looked = look.at;
	v->view->left_out = look.left_out;
	TRY(q_regions(v->db, v->arena, &v->regions, &v->regions_n));
	TRY(q_duplicate_decisions(v->db, v->arena, &v->decisions, &v->decisions_n));
	TRY(fill_open(v));
	return fill_decided(v);
}

struct asking {
	struct call *call;
	struct duplicates_view *view;
};

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct asking *ask = ctx;
	struct list_image *image;
	TRY(list_image_take(ask->call->app->lists, db, a, &image));
	struct viewing v = {.call = ask->call, .db = db, .arena = a, .image = image, .view = ask->view};
	err_t e = fill(&v);
	list_image_give(ask->call->app->lists, &image);
	return e;
}

err_t app_duplicates(struct call *c, struct duplicates_view *out)
{
	TRY(duplicate_may(c));
	struct duplicates_view view;
	struct asking ask = {.call = c, .view = &view};
	TRY(db_run(c->db, c->arena, DB_READ, load, &ask));
	*out = view;
	return NULL;
}
