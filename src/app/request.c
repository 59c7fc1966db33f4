/* What is to be seen to: corrections that people asked for, forms to be offered again (app/correction.h). */
#include "app/correction.h"
#include "store/q_correction.h"
#include "store/q_list.h"

enum { REQUESTS_MOST = 200 };

struct asking {
	struct call *call;
	struct db *db;
	struct arena *arena;
	int64_t now;
	struct request_view *view;
};

/* The faces of the households that `rows` begin with; who is not visible is left out by the caller. */
static err_t faces_of(const struct asking *w, const int64_t *nos, size_t n, struct household_face **out)
{
	*out = arena_many(w->arena, n, struct household_face);
	return app_household_rows(w->call, w->db, w->arena, nos, n, *out);
}

static struct str say_day_of(struct arena *a, struct day d)
{
	char text[DAY_SAY];
	return str_dup(a, str_from(day_say_date(d, text)));
}

static err_t load_corrections(const struct asking *w, struct str region_id)
{
	struct request_view *v = w->view;
	struct q_corrections_open *rows;
	struct household_face *faces;
	struct arena *a = w->arena;
	size_t n;
	TRY(q_corrections_open(w->db, a, region_id, w->call->actor.id, w->now, REQUESTS_MOST, &rows, &n));
	int64_t *nos = arena_many(a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(faces_of(w, nos, n, &faces));
	v->corrections = arena_many(a, n, struct request_row);
	for (size_t i = 0; i < n; i++)
		if (faces[i].visible)
			v->corrections[v->corrections_n++] = (struct request_row){
				.face = faces[i],
				.day = rows[i].due_day,
				.late = rows[i].due_day.n < w->call->today.n,
				.say = str_fmt(a, "Asked on %.*s; %.*s sees to it",
					       STR_ARG(say_day_of(a, rows[i].asked_day)), STR_ARG(rows[i].owner)),
			};
	return NULL;
}

static err_t load_renew(const struct asking *w, struct str region_id)
{
	struct request_view *v = w->view;
	struct q_releases_to_renew *rows;
	struct household_face *faces;
	struct arena *a = w->arena;
	size_t n;
	TRY(q_releases_to_renew(w->db, a, region_id, w->now, w->call->today, REQUESTS_MOST, &rows, &n));
	int64_t *nos = arena_many(a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(faces_of(w, nos, n, &faces));
	v->renew = arena_many(a, n, struct request_row);
	for (size_t i = 0; i < n; i++)
		if (faces[i].records)
			v->renew[v->renew_n++] = (struct request_row){
				.face = faces[i],
				.day = rows[i].until_day,
				.say = str_fmt(a, "%.*s, version %lld; version %lld is in force", STR_ARG(rows[i].form),
					       (long long)rows[i].version, (long long)rows[i].newest),
			};
	return NULL;
}

static err_t load_offer(const struct asking *w, struct str region_id)
{
	struct request_view *v = w->view;
	struct q_releases_to_offer *rows;
	struct household_face *faces;
	struct arena *a = w->arena;
	size_t n;
	TRY(q_releases_to_offer(w->db, a, region_id, w->now, w->call->today, REQUESTS_MOST, &rows, &n));
	int64_t *nos = arena_many(a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		nos[i] = rows[i].household_no;
	TRY(faces_of(w, nos, n, &faces));
	v->offer = arena_many(a, n, struct request_row);
	for (size_t i = 0; i < n; i++)
		if (faces[i].records)
			v->offer[v->offer_n++] = (struct request_row){
				.face = faces[i],
				.day = rows[i].offer_day,
				.say = str_fmt(a, "Said no on %.*s", STR_ARG(say_day_of(a, rows[i].from_day))),
			};
	return NULL;
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct asking *w = ctx;
	const struct actor *actor = &w->call->actor;
	struct q_list_now now;
	bool found;
	w->db = db;
	w->arena = a;
	w->call->shown.n = 0;
	TRY(q_list_now(db, a, &now, &found));
	w->now = now.import_no;
	bool holder = actor->role == ROLE_LIST_HOLDER && actor->region_id.n > 0;
	*w->view = (struct request_view){.holder = holder};
	TRY(load_corrections(w, holder ? actor->region_id : S("")));
	if (!holder)
		return NULL;
	TRY(load_renew(w, actor->region_id));
	return load_offer(w, actor->region_id);
}

err_t app_requests(struct call *c, struct request_view *out)
{
	struct request_view view;
	struct asking w = {.call = c, .view = &view};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_LIST))
		return err_new(c->arena, ERR_DENIED, "Your role sees counts only, not households.");
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	*out = view;
	return NULL;
}
