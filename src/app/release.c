#include "app/release.h"

#include "app/household_access.h"
#include "app/list_head.h"
#include "app/person.h"
#include "app/record.h"
#include "base/buf.h"
#include "base/id.h"
#include "store/q_agency.h"
#include "store/q_household.h"
#include "store/q_list.h"
#include "store/q_release.h"
#include "store/seal.h"
#include "store/statement.h"

enum { NAMES_SAY = 8192, REASON_MOST = 1000 };

err_t agency_find(struct db *db, struct arena *a, struct str word, struct str *id)
{
	struct q_agency_by_id by_id;
	struct q_agency_by_name by_name;
	bool found;
	TRY(q_agency_by_id(db, a, word, &by_id, &found));
	if (found) {
		*id = word;
		return NULL;
	}
	TRY(q_agency_by_name(db, a, word, &by_name, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no agency “%.*s”.", STR_ARG(word));
	*id = by_name.id;
	return NULL;
}

/* --- writing --- */

/* A form that is not kept here yet is noted by its name, so that the release says what was signed. */
static err_t form_id(struct db *db, struct arena *a, const struct release_new *r, struct str *id)
{
	struct q_consent_form_by_name form;
	bool found;
	*id = (struct str){0};
	if (r->form.n == 0)
		return NULL;
	TRY(q_consent_form_by_name(db, a, r->form, &form, &found));
	if (found) {
		*id = form.id;
		return NULL;
	}
	struct id made = id_new();
	*id = str_dup(a, id_str(&made));
	return q_consent_form_add(db, a,
				  &(struct q_consent_form_add_in){.id = *id,
								  .name = r->form,
								  .version = 1,
								  .language = r->language,
								  .from_day = r->from,
								  .words = S("")});
}

static struct str actor_id(const struct call *c)
{
	return c->actor.kind == ACTOR_USER ? c->actor.id : (struct str){0};
}

static err_t put_agencies(struct db *db, struct arena *a, struct str id, const struct release_new *r)
{
	for (size_t i = 0; i < r->agencies_n; i++)
		TRY(q_release_agency_add(db, a, id, r->agencies[i]));
	return NULL;
}

static int64_t purposes_of(const struct release_new *r)
{
	return r->purposes != 0 ? r->purposes : (1U << PURPOSES_N) - 1;
}

static err_t add(struct call *c, struct db *db, struct arena *a, int64_t client_no, const struct release_new *r,
		 struct day ended)
{
	struct id made = id_new();
	struct str id = str_dup(a, id_str(&made));
	struct str form;
	TRY(form_id(db, a, r, &form));
	TRY(q_release_add(db, a,
			  &(struct q_release_add_in){
				  .id = id,
				  .client_no = client_no,
				  .form_id = form,
				  .refused = r->refused,
				  .scope = str_from(release_scope_word(r->scope)),
				  .purposes = purposes_of(r),
				  .laws = r->laws,
				  .given = str_from(release_given_word(r->given)),
				  .language = r->language,
				  .from_day = r->from,
				  .until_day = r->until,
				  .ended_day = ended,
				  .offer_day = r->offer_again,
				  .recorded_by = actor_id(c),
				  .recorded_at = c->now,
			  }));
	return put_agencies(db, a, id, r);
}

static bool names_same(const struct release_new *r, const struct q_release_agency_ids *named, size_t named_n)
{
	size_t found = 0; /* of those that are named; r may name one twice */
	for (size_t i = 0; i < named_n; i++)
		for (size_t k = 0; k < r->agencies_n; k++)
			if (str_eq(r->agencies[k], named[i].agency_id)) {
				found++;
				break;
			}
	for (size_t k = 0; k < r->agencies_n; k++) {
		size_t i = 0;
		while (i < named_n && !str_eq(r->agencies[k], named[i].agency_id))
			i++;
		if (i == named_n)
			return false;
	}
	return found == named_n;
}

static err_t says_same(struct db *db, struct arena *a, const struct q_release_like *like, const struct release_new *r,
		       bool *same)
{
	struct q_release_agency_ids *named;
	size_t n;
	TRY(q_release_agency_ids(db, a, like->id, &named, &n));
	*same = like->refused == r->refused && str_eq(like->scope, str_from(release_scope_word(r->scope))) &&
		like->purposes == purposes_of(r) && like->laws == r->laws &&
		str_eq(like->given, str_from(release_given_word(r->given))) && str_eq(like->language, r->language) &&
		like->until_day.n == r->until.n && like->offer_day.n == r->offer_again.n && names_same(r, named, n);
	return NULL;
}

static err_t correct(struct db *db, struct arena *a, struct str id, const struct release_new *r)
{
	TRY(q_release_correct(db, a,
			      &(struct q_release_correct_in){
				      .id = id,
				      .refused = r->refused,
				      .scope = str_from(release_scope_word(r->scope)),
				      .purposes = purposes_of(r),
				      .laws = r->laws,
				      .given = str_from(release_given_word(r->given)),
				      .language = r->language,
				      .until_day = r->until,
				      .offer_day = r->offer_again,
			      }));
	TRY(q_release_agencies_end(db, a, id));
	return put_agencies(db, a, id, r);
}

err_t release_put(struct call *c, struct db *db, struct arena *a, int64_t client_no, const struct release_new *r,
		  struct day ended, bool look, enum release_put *out)
{
	struct q_release_like like;
	bool found, same;
	int64_t changed;
	TRY(q_release_like(db, a, client_no, r->from, r->form, &like, &found));
	if (!found) {
		*out = RELEASE_ADDED;
		return look ? NULL : add(c, db, a, client_no, r, ended);
	}
	TRY(says_same(db, a, &like, r, &same));
	/* A withdrawal counts whatever else the file has wrong. */
	bool ends = day_known(ended) && !day_known(like.ended_day) && !like.refused;
	bool by_hand = like.recorded_by.n > 0;
	bool corrects = !same && !by_hand && !day_known(like.ended_day);
	if (ends || corrects)
		*out = RELEASE_CHANGED;
	else if (same)
		*out = RELEASE_SAME;
	else
		*out = by_hand ? RELEASE_BY_HAND : RELEASE_ENDED;
	if (look)
		return NULL;
	if (corrects)
		TRY(correct(db, a, like.id, r));
	return ends ? q_release_end(db, a, like.id, ended, c->now, actor_id(c), &changed) : NULL;
}

/* --- of a household --- */

struct work {
	struct call *call;
	struct str household_id;
	size_t member;
	const struct release_new *release;
	struct str release_id;
	bool protect;
	const struct pii *reason;
	struct release_view *view;
	struct household_face face;
	struct q_list_members *members;
	size_t members_n;
};

static err_t find_household(struct work *w, struct db *db, struct arena *a)
{
	struct q_household_by_id row;
	struct q_list_now now;
	bool found;
	w->face = (struct household_face){0};
	TRY(q_household_by_id(db, a, w->household_id, &row, &found));
	if (found)
		TRY(app_household_faces(w->call, db, a, &row.household_no, 1, &w->face));
	if (!found || !w->face.visible)
		return err_new(a, ERR_MISSING, "There is no such household, or it is not for you to see.");
	TRY(q_list_now(db, a, &now, &found));
	return q_list_members(db, a, row.household_no, now.import_no, &w->members, &w->members_n);
}

static bool may_record(const struct work *w)
{
	return w->call->actor.kind == ACTOR_USER && w->call->actor.cover.today == COVERED &&
	       (w->face.serves || w->face.holds);
}

static err_t find_mine(struct work *w, struct db *db, struct arena *a)
{
	TRY(find_household(w, db, a));
	w->call->shown.n = 0; /* nothing of it is shown */
	if (!may_record(w))
		return err_new(
			a, ERR_DENIED,
			"Releases are recorded by the agencies that serve the household and by the list holder.");
	return NULL;
}

static err_t run_add(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct release_new r = *w->release;
	struct q_release_like like;
	bool found, same = false;
	TRY(find_mine(w, db, a));
	if (w->member >= w->members_n)
		return err_new(a, ERR_MISSING, "This household has no such member.");
	struct str *agencies = arena_many(a, r.agencies_n, struct str);
	for (size_t i = 0; i < r.agencies_n; i++)
		TRY(agency_find(db, a, r.agencies[i], &agencies[i]));
	r.agencies = agencies;
	TRY(q_release_like(db, a, w->members[w->member].client_no, r.from, r.form, &like, &found));
	if (found)
		TRY(says_same(db, a, &like, &r, &same));
	if (same && !day_known(like.ended_day))
		return err_new(a, ERR_CONFLICT, "The same was recorded for that day before.");
	TRY(add(w->call, db, a, w->members[w->member].client_no, &r, DAY_NONE));
	return app_record(w->call, db, a, r.refused ? "release.refused" : "release.add", "household", w->face.id,
			  str_fmt(a, "member=%zu", w->member));
}

static err_t check(struct call *c, const struct release_new *r)
{
	struct arena *a = c->arena;
	if (!day_known(r->from) || r->from.n > c->today.n)
		return err_new(a, ERR_INVALID, "The day on which it was said or signed is today or before.");
	if (!r->refused && day_known(r->until) && r->until.n < r->from.n)
		return err_new(a, ERR_INVALID, "It cannot end before it begins.");
	if (!r->refused && r->scope == SCOPE_NAMED && r->agencies_n == 0)
		return err_new(a, ERR_INVALID, "Choose the agencies that it names, or a class of them.");
	if (day_known(r->offer_again) && r->offer_again.n <= r->from.n)
		return err_new(a, ERR_INVALID, "The day to offer it again comes after the day it was declined.");
	return NULL;
}

err_t app_release_add(struct call *c, struct str household_id, size_t member, const struct release_new *r)
{
	struct work w = {.call = c, .household_id = household_id, .member = member, .release = r};
	TRY(check(c, r));
	return db_run(c->db, c->arena, DB_WRITE, run_add, &w);
}

static bool is_member(const struct work *w, int64_t client_no)
{
	for (size_t i = 0; i < w->members_n; i++)
		if (w->members[i].client_no == client_no)
			return true;
	return false;
}

static err_t run_end(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct q_release_by_id row;
	bool found;
	int64_t changed = 0;
	TRY(find_mine(w, db, a));
	TRY(q_release_by_id(db, a, w->release_id, &row, &found));
	if (!found || row.refused || !is_member(w, row.client_no))
		return err_new(a, ERR_MISSING, "There is no such release of this household.");
	TRY(q_release_end(db, a, w->release_id, w->call->today, w->call->now, w->call->actor.id, &changed));
	if (changed == 0)
		return err_new(a, ERR_CONFLICT, "It was withdrawn before.");
	return app_record(w->call, db, a, "release.withdrawn", "household", w->face.id,
			  str_fmt(a, "release=%.*s", STR_ARG(w->release_id)));
}

err_t app_release_end(struct call *c, struct str household_id, struct str release_id)
{
	struct work w = {.call = c, .household_id = household_id, .release_id = release_id};
	return db_run(c->db, c->arena, DB_WRITE, run_end, &w);
}

/* --- looking --- */

static err_t fill_row(struct arena *a, const struct q_releases_of_client *row, const struct q_release_agencies *named,
		      size_t named_n, struct day today, struct release_row *out)
{
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
	if (!release_scope_parse(row->scope, &out->says.scope) || !release_given_parse(row->given, &out->given))
		return err_internal(a, "release with a word that is not known");
	return NULL;
}

static err_t fill_member(struct work *w, struct db *db, struct arena *a, size_t i, struct release_member *m)
{
	const struct q_list_members *row = &w->members[i];
	struct q_releases_of_client *rows;
	struct q_release_agencies *named;
	size_t named_n;
	int64_t signer;
	TRY(q_releases_of_client(db, a, row->client_no, &rows, &m->rows_n));
	TRY(q_release_agencies(db, a, row->client_no, &named, &named_n));
	TRY(app_household_signer(w->call, a, w->call->today, w->members[0].client_no, row->client_no, row->birth,
				 &signer));
	m->child = signer != row->client_no;
	m->called = str_fmt(a, "Member %zu", i + 1);
	m->rows = arena_many(a, m->rows_n, struct release_row);
	struct release *says = arena_many(a, m->rows_n, struct release);
	for (size_t k = 0; k < m->rows_n; k++) {
		TRY(fill_row(a, &rows[k], named, named_n, w->call->today, &m->rows[k]));
		says[k] = m->rows[k].says;
	}
	struct release_asker who = {.agency = w->call->actor.agency_id};
	for (size_t k = 0; k < w->call->actor.cover.works_in_n; k++)
		who.in_region = who.in_region || str_eq(w->call->actor.cover.works_in[k], w->face.region_id);
	m->here = release_covers(says, m->rows_n, &who, PURPOSE_HOUSING, LAW_HMIS, w->call->today);
	m->offer_again = release_offer_again(says, m->rows_n, w->call->today);
	if (w->face.serves) { /* its own client's name, from its own record */
		struct person_name name;
		TRY(app_person_name(w->call, a, row->client_no, row->name, row->hashed, &name));
		if (name.full.n > 0)
			m->called = name.full;
	}
	return NULL;
}

static err_t run_list(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	w->call->shown.n = 0;
	TRY(find_household(w, db, a));
	*w->view = (struct release_view){.face = w->face, .may_record = may_record(w)};
	if (!w->view->may_record)
		return err_new(a, ERR_DENIED,
			       "Releases are for the agencies that serve the household and for the list holder.");
	w->view->members = arena_many(a, w->members_n, struct release_member);
	w->view->members_n = w->members_n;
	for (size_t i = 0; i < w->members_n; i++)
		TRY(fill_member(w, db, a, i, &w->view->members[i]));
	return NULL;
}

err_t app_release_list(struct call *c, struct str household_id, struct release_view *out)
{
	struct release_view view;
	struct work w = {.call = c, .household_id = household_id, .view = &view};
	TRY(db_run(c->db, c->arena, DB_READ, run_list, &w));
	*out = view;
	return NULL;
}

/* --- protecting --- */

static err_t may_protect(const struct work *w, struct db *db, struct arena *a, int64_t no)
{
	struct household_face face;
	if (w->call->actor.kind == ACTOR_OPERATOR || w->call->actor.kind == ACTOR_SYSTEM)
		return NULL;
	TRY(app_household_faces(w->call, db, a, &no, 1, &face));
	w->call->shown.n = 0; /* nothing of it is shown */
	if (!face.visible || !(face.serves || face.holds))
		return err_new(a, ERR_DENIED,
			       "A household is protected by the agencies that serve it and by its list holder.");
	return NULL;
}

static err_t run_protect(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct call *c = w->call;
	struct q_household_by_id row;
	struct q_protection_last last;
	bool found;
	int64_t changed = 0;
	TRY(q_household_by_id(db, a, w->household_id, &row, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no such household.");
	TRY(may_protect(w, db, a, row.household_no));
	TRY(q_protection_last(db, a, row.household_no, &last, &found));
	bool now = found && !instant_known(last.ended_at);
	if (now == w->protect)
		return err_new(a, ERR_CONFLICT, now ? "It is protected already." : "It is not protected.");
	int64_t no = found ? last.no + 1 : 1;
	if (w->protect)
		TRY(q_protection_add(db, a,
				     &(struct q_protection_add_in){
					     .household_no = row.household_no,
					     .no = no,
					     .day = c->today,
					     .reason = seal_pii(a, c->app->keys,
								(struct seal_place){"protection", "reason",
										    str_fmt(a, "%lld/%lld",
											    (long long)row.household_no,
											    (long long)no)},
								w->reason),
					     .user_id = actor_id(c),
					     .at = c->now,
				     }));
	else
		TRY(q_protection_end(db, a, row.household_no, c->now, actor_id(c), &changed));
	return app_record(c, db, a, w->protect ? "household.protect" : "household.unprotect", "household",
			  w->household_id, S(""));
}

err_t app_household_protect(struct call *c, struct str household_id, bool protect, const struct pii *reason)
{
	struct work w = {.call = c, .household_id = household_id, .protect = protect, .reason = reason};
	struct str words = protect ? pii_reveal(reason) : S("-");
	if (str_trim(words).n == 0 || words.n > REASON_MOST || !str_is_clean_text(words))
		return err_new(c->arena, ERR_INVALID, "Say in a few words why.");
	return db_run(c->db, c->arena, DB_WRITE, run_protect, &w);
}
