#include "app/release.h"

#include <string.h>

#include "app/evidence.h"
#include "app/record.h"
#include "base/id.h"
#include "store/q_agency.h"
#include "store/q_client.h"
#include "store/q_consent_form.h"
#include "store/q_list.h"
#include "store/q_release.h"
#include "store/seal.h"

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
	struct q_consent_form_signed form;
	bool found;
	*id = r->form_id;
	if (r->form_id.n > 0 || r->form.n == 0)
		return NULL;
	TRY(q_consent_form_signed(db, a, r->form, r->from, r->language, &form, &found));
	if (found) {
		*id = form.id;
		return NULL;
	}
	struct id made = id_new();
	*id = str_dup(a, id_str(&made));
	return q_consent_form_add(db, a,
				  &(struct q_consent_form_add_in){.id = *id,
								  .kind = str_from(form_kind_word(FORM_RELEASE)),
								  .name = r->form,
								  .version = 1,
								  .language = r->language,
								  .from_day = r->from,
								  .widest = str_from(release_scope_word(SCOPE_COC)),
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
	TRY(q_release_add(
		db, a,
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
			.points = r->points,
			.note = seal_pii(a, c->app->keys, (struct seal_place){"release", "note", id}, r->note),
		}));
	if (r->drawn != NULL)
		TRY(q_release_signature_add(
			db, a, id,
			seal_pii(a, c->app->keys, (struct seal_place){"release_signature", "drawn", id}, r->drawn)));
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
	bool by_hand = like.recorded_by.n > 0;
	bool corrects = !same && !by_hand && !day_known(like.ended_day);
	/* A withdrawal counts whatever else the file has wrong. */
	bool ends = day_known(ended) && !day_known(like.ended_day) && (corrects || !like.refused);
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
	struct household_face face;
	struct q_list_members *members;
	size_t members_n;
};

/* An agency that knows somebody by another record than the listed one has the releases of that one, and no other. */
err_t release_members(struct db *db, struct arena *a, const struct household_face *face, int64_t now,
		      struct q_list_members **rows, size_t *n)
{
	struct q_client_by_no client;
	bool found;
	if (face->record == 0)
		return q_list_members(db, a, face->no, now, rows, n);
	TRY(q_client_by_no(db, a, face->record, now, &client, &found));
	*n = found;
	*rows = arena_one(a, struct q_list_members);
	**rows = (struct q_list_members){.client_no = face->record,
					 .head = true,
					 .personal_id = client.personal_id,
					 .name = client.name,
					 .birth = client.birth,
					 .hashed = client.hashed};
	return NULL;
}

static err_t find_mine(struct work *w, struct db *db, struct arena *a)
{
	struct q_list_now now;
	bool found;
	TRY(evidence_face(w->call, db, a, w->household_id, &w->face));
	w->call->shown.n = 0; /* nothing of it is shown */
	if (!w->face.records)
		return err_new(a, ERR_DENIED, RELEASE_NOT_YOURS);
	TRY(q_list_now(db, a, &now, &found));
	return release_members(db, a, &w->face, now.import_no, &w->members, &w->members_n);
}

/* What the form that was signed allows. */
static err_t check_form(const struct work *w, struct db *db, struct arena *a, struct release_new *r)
{
	struct consent_form *forms;
	size_t n;
	size_t i = 0;
	if (r->refused || r->form_id.n == 0)
		return NULL;
	TRY(consent_forms_offered(db, a, w->call->today, w->call->actor.agency_id, &forms, &n));
	while (i < n && !str_eq(forms[i].id, r->form_id))
		i++;
	if (i == n)
		return err_new(a, ERR_INVALID, "Choose the form that was signed among those in force.");
	if (r->scope > forms[i].widest)
		return err_new(a, ERR_INVALID, "That form does not go so far: at most it is for %s.",
			       release_scope_say(forms[i].widest));
	if (forms[i].most_days > 0 && (!day_known(r->until) || day_diff(r->from, r->until) > forms[i].most_days))
		return err_new(a, ERR_INVALID,
			       "With that form a release holds %d days at most: choose an earlier last day.",
			       forms[i].most_days);
	r->form = forms[i].name;
	return NULL;
}

static err_t run_add(struct db *db, struct arena *a, void *ctx)
{
	struct work *w = ctx;
	struct call *c = w->call;
	struct release_new r = *w->release;
	struct q_release_like like;
	int64_t ended;
	bool found, same = false;
	TRY(find_mine(w, db, a));
	if (w->member >= w->members_n)
		return err_new(a, ERR_MISSING, "This household has no such member.");
	TRY(check_form(w, db, a, &r));
	struct str *agencies = arena_many(a, r.agencies_n, struct str);
	for (size_t i = 0; i < r.agencies_n; i++)
		TRY(agency_find(db, a, r.agencies[i], &agencies[i]));
	r.agencies = agencies;
	int64_t client_no = w->members[w->member].client_no;
	TRY(q_release_like(db, a, client_no, r.from, r.form, &like, &found));
	if (found)
		TRY(says_same(db, a, &like, &r, &same));
	if (same && !day_known(like.ended_day))
		return err_new(a, ERR_CONFLICT, "The same was recorded for that day before.");
	if (r.replaces && !r.refused)
		TRY(q_releases_end_before(db, a, client_no, c->today, c->now, actor_id(c), &ended));
	TRY(add(c, db, a, client_no, &r, DAY_NONE));
	return app_record(c, db, a, r.refused ? "release.refused" : "release.add", "household", w->face.id,
			  str_fmt(a, "member=%zu", w->member));
}

static bool is_strokes(struct str drawn)
{
	for (size_t i = 0; i < drawn.n; i++)
		if (strchr("ML0123456789 ", drawn.p[i]) == NULL || drawn.p[i] == '\0')
			return false;
	return drawn.n == 0 || drawn.p[0] == 'M';
}

static err_t check_given(struct call *c, const struct release_new *r)
{
	struct arena *a = c->arena;
	enum fact_law law;
	const struct release says = {.scope = r->scope, .laws = r->laws, .until = r->until};
	if (day_known(r->until) && r->until.n < r->from.n)
		return err_new(a, ERR_INVALID, "It cannot end before it begins.");
	if ((r->scope == SCOPE_NAMED) != (r->agencies_n > 0))
		return err_new(a, ERR_INVALID, "Choose the agencies that it names, or a class of them, and not both.");
	if (release_falls_short(&says, &law))
		return err_new(
			a, ERR_INVALID,
			"A release under this law has a last day, and for survivors, HIV and veterans’ records it "
			"names its agencies: %s.",
			law_say(law));
	if (r->points != POINTS_ALL)
		return err_new(a, ERR_INVALID,
			       "Talk about all five points first and tick each: then it can be recorded.");
	if (r->given == GIVEN_SCREEN && r->drawn == NULL)
		return err_new(a, ERR_INVALID,
			       "Nothing was drawn. Let them sign in the box, or say that it was signed on paper.");
	return NULL;
}

static err_t check(struct call *c, const struct release_new *r)
{
	struct arena *a = c->arena;
	struct str note = pii_reveal(r->note);
	struct str drawn = pii_reveal(r->drawn);
	if (!day_known(r->from) || r->from.n > c->today.n)
		return err_new(a, ERR_INVALID, "The day on which it was said or signed is today or before.");
	if (day_known(r->offer_again) && r->offer_again.n <= r->from.n)
		return err_new(a, ERR_INVALID, "The day to offer it again comes after the day it was declined.");
	if (note.n > RELEASE_NOTE_MAX || !str_is_clean_text(note) || drawn.n > RELEASE_DRAWN_MAX || !is_strokes(drawn))
		return err_new(a, ERR_INVALID, "The note or the signature is too long, or cannot be read.");
	return r->refused ? NULL : check_given(c, r);
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
