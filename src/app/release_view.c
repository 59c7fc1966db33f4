/* Looking at the releases of a household. */
#include "app/evidence.h"
#include "app/household_access.h"
#include "app/list_head.h"
#include "app/mou.h"
#include "app/person.h"
#include "app/release.h"
#include "base/buf.h"
#include "store/q_list.h"
#include "store/q_mou.h"
#include "store/q_region.h"
#include "store/q_release.h"
#include "store/seal.h"

enum { NAMES_SAY = 8192 };

struct work {
	struct call *call;
	struct db *db;
	struct arena *arena;
	const struct list_image *image;
	struct household_asked head;
	struct access_decision of_head;
	struct release_view *view;
};

static err_t open_text(const struct work *w, const char *table, const char *column, struct str row, struct str sealed,
		       struct str *out)
{
	const struct pii *text;
	TRY(seal_open(w->arena, w->call->app->keys, (struct seal_place){table, column, row}, sealed, &text));
	*out = pii_reveal(text);
	return NULL;
}

/* Whether a newer version of the form that was signed is among those in force. */
static bool is_old_form(const struct release_view *v, const struct q_releases_of_client *row)
{
	for (size_t i = 0; i < v->forms_n; i++)
		if (str_eq(v->forms[i].name, row->form) && str_eq(v->forms[i].language, row->language) &&
		    v->forms[i].version > row->form_version)
			return true;
	return false;
}

static err_t fill_row(const struct work *w, const struct q_releases_of_client *row,
		      const struct q_release_agencies *named, size_t named_n, struct release_row *out)
{
	struct arena *a = w->arena;
	struct day today = w->call->today;
	struct buf names = buf_new(a, NAMES_SAY);
	struct str *ids = arena_many(a, named_n, struct str);
	size_t n = 0;
	for (size_t i = 0; i < named_n; i++)
		if (str_eq(named[i].release_id, row->id)) {
			ids[n++] = named[i].agency_id;
			buf_fmt(&names, "%s%.*s", names.n > 0 ? ", " : "", STR_ARG(named[i].name));
		}
	*out = (struct release_row){
		.id = row->id,
		.form = row->form.n > 0
				? str_fmt(a, "%.*s, version %lld", STR_ARG(row->form), (long long)row->form_version)
				: S(""),
		.says = {.refused = row->refused,
			 .agencies = ids,
			 .agencies_n = n,
			 .purposes = (uint32_t)row->purposes,
			 .laws = (uint32_t)row->laws,
			 .from = row->from_day,
			 .until = row->until_day,
			 .ended = row->ended_day,
			 .offer_again = row->offer_day},
		.agencies = buf_text(&names),
		.language = row->language,
		.recorded_by = row->recorded_by,
		.holds = !row->refused && row->from_day.n <= today.n &&
			 (!day_known(row->until_day) || row->until_day.n >= today.n) &&
			 (!day_known(row->ended_day) || row->ended_day.n > today.n),
	};
	out->old_form = out->holds && is_old_form(w->view, row);
	if (!release_scope_parse(row->scope, &out->says.scope) || !release_given_parse(row->given, &out->given))
		return err_internal(a, "release with a word that is not known");
	TRY(open_text(w, "release", "note", row->id, row->note, &out->note));
	return open_text(w, "release_signature", "drawn", row->id, row->drawn, &out->drawn);
}

static err_t fill_called(const struct work *w, const struct q_list_members *row, struct release_member *m)
{
	struct access_decision may;
	struct person_name name;
	m->called = str_fmt(w->arena, "Member %zu", m->at + 1);
	TRY(app_household_decide_member(w->call, w->db, w->arena, w->image, &w->head, &w->of_head, row->client_no,
					row->birth, &may));
	if (may.field[FIELD_NAME] != ACCESS_FULL)
		return NULL;
	TRY(app_person_name(w->call, w->arena, row->client_no, row->name, row->hashed, &name));
	if (name.full.n > 0)
		m->called = name.full;
	return NULL;
}

/* A no ends what was agreed to before it. */
static void mark_declined(struct release_member *m)
{
	bool declined = false; /* later: the newest row comes first */
	for (size_t k = 0; k < m->rows_n; k++) {
		struct release_row *row = &m->rows[k];
		row->declined = declined && row->holds;
		row->holds = row->holds && !declined;
		row->old_form = row->old_form && row->holds;
		declined = declined || row->says.refused;
	}
}

static err_t fill_member(const struct work *w, const struct q_list_members *row, struct release_member *m)
{
	struct arena *a = w->arena;
	const struct call *c = w->call;
	struct q_releases_of_client *rows;
	struct q_release_agencies *named;
	size_t named_n;
	TRY(q_releases_of_client(w->db, a, row->client_no, &rows, &m->rows_n));
	TRY(q_release_agencies(w->db, a, row->client_no, &named, &named_n));
	TRY(fill_called(w, row, m));
	m->rows = arena_many(a, m->rows_n, struct release_row);
	struct release *says = arena_many(a, m->rows_n, struct release);
	for (size_t k = 0; k < m->rows_n; k++) { /* the database gives the oldest first, and so counts release_covers */
		struct release_row *to = &m->rows[m->rows_n - 1 - k];
		TRY(fill_row(w, &rows[k], named, named_n, to));
		says[k] = to->says;
	}
	mark_declined(m);
	const struct release_asker who = {c->actor.agency_id, mou_works_in(&c->actor.cover, w->view->face.region_id)};
	enum consent alone = release_covers(says, m->rows_n, &who, PURPOSE_HOUSING, LAW_HMIS, c->today);
	TRY(app_household_consent(w->call, w->db, a, row->client_no, w->view->face.region_id, &m->here));
	m->other_record = alone == CONSENT_HERE && m->here != CONSENT_HERE;
	m->offer_again = release_offer_again(says, m->rows_n, c->today);
	return NULL;
}

static err_t fill_members(const struct work *w)
{
	struct release_view *v = w->view;
	struct q_list_members *rows;
	size_t n;
	TRY(release_members(w->db, w->arena, &v->face, w->image->version, &rows, &n));
	v->members = arena_many(w->arena, n, struct release_member);
	for (size_t i = 0; i < n; i++) {
		int64_t signer;
		TRY(app_household_signer(w->call, w->arena, w->call->today, w->head.client_no, rows[i].client_no,
					 rows[i].birth, &signer));
		v->children_n += signer != rows[i].client_no;
		if (signer != rows[i].client_no)
			continue;
		struct release_member *m = &v->members[v->members_n++];
		m->at = i;
		TRY(fill_member(w, &rows[i], m));
	}
	return NULL;
}

/* Agencies that can be named: those whose memorandum is in force for the region. */
static err_t fill_agencies(const struct work *w)
{
	struct release_view *v = w->view;
	struct q_mou_partners *rows;
	struct q_region_by_id region;
	size_t n;
	bool found;
	TRY(q_mou_partners(w->db, w->arena, w->call->today, v->face.region_id, &rows, &n));
	v->agencies = arena_many(w->arena, n, struct consent_agency);
	v->agencies_n = n;
	for (size_t i = 0; i < n; i++)
		v->agencies[i] = (struct consent_agency){rows[i].id, rows[i].name};
	TRY(q_region_by_id(w->db, w->arena, v->face.region_id, &region, &found));
	v->region = found ? region.name : S("");
	return NULL;
}

static err_t fill_protection(const struct work *w)
{
	struct release_view *v = w->view;
	struct q_protection_last last;
	bool found;
	TRY(q_protection_last(w->db, w->arena, v->face.no, &last, &found));
	v->protected = found && !instant_known(last.ended_at);
	if (!v->protected)
		return NULL;
	v->protected_since = last.day;
	v->protected_by = last.decided_by;
	return open_text(w, "protection", "reason",
			 str_fmt(w->arena, "%lld/%lld", (long long)v->face.no, (long long)last.no), last.reason,
			 &v->protected_why);
}

static err_t fill(struct work *w)
{
	const struct list_row *row = list_image_row(w->image, w->view->face.no);
	const struct list_head *head;
	if (row == NULL)
		return err_new(w->arena, ERR_MISSING, "This household is on no list any more.");
	TRY(list_heads(w->call, w->db, w->arena, w->image, &row, 1, &head));
	w->head = (struct household_asked){row, head->client_no, w->view->face.serves};
	TRY(app_household_decide(w->call, w->db, w->arena, w->image, USE_DEVICE, &w->head, 1, &w->of_head));
	TRY(consent_forms_offered(w->db, w->arena, w->call->today, w->call->actor.agency_id, &w->view->forms,
				  &w->view->forms_n));
	TRY(fill_members(w));
	TRY(fill_agencies(w));
	return fill_protection(w);
}

struct asking {
	struct call *call;
	struct str household_id;
	struct release_view *view;
};

static err_t run_list(struct db *db, struct arena *a, void *ctx)
{
	const struct asking *ask = ctx;
	struct list_image *image;
	*ask->view = (struct release_view){0};
	ask->call->shown.n = 0;
	TRY(evidence_face(ask->call, db, a, ask->household_id, &ask->view->face));
	if (!ask->view->face.records)
		return err_new(a, ERR_DENIED, RELEASE_NOT_YOURS);
	TRY(list_image_take(ask->call->app->lists, db, a, &image));
	struct work w = {.call = ask->call, .db = db, .arena = a, .image = image, .view = ask->view};
	err_t e = fill(&w);
	list_image_give(ask->call->app->lists, &image);
	return e;
}

err_t app_release_list(struct call *c, struct str household_id, struct release_view *out)
{
	struct release_view view;
	struct asking ask = {c, household_id, &view};
	TRY(db_run(c->db, c->arena, DB_READ, run_list, &ask));
	*out = view;
	return NULL;
}
