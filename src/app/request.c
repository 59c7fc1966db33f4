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

/* One line of a list before it is known what the viewer may see of its household. */
struct found {
	int64_t household_no;
	struct day day;
	struct str say;
};

/* The lines that are for the viewer: all of households that they see, or only where they record what was agreed to. */
static err_t rows_of(const struct asking *w, const struct found *found, size_t n, bool recording,
		     struct request_row **out, size_t *out_n)
{
	int64_t *nos = arena_many(w->arena, n, int64_t);
	struct household_face *faces = arena_many(w->arena, n, struct household_face);
	for (size_t i = 0; i < n; i++)
		nos[i] = found[i].household_no;
	TRY(app_household_rows(w->call, w->db, w->arena, nos, n, faces));
	struct request_row *rows = arena_many(w->arena, n, struct request_row);
	*out = rows;
	*out_n = 0;
	for (size_t i = 0; i < n; i++)
		if (recording ? faces[i].records : faces[i].visible)
			rows[(*out_n)++] = (struct request_row){faces[i], found[i].day,
								found[i].day.n < w->call->today.n, found[i].say};
	return NULL;
}

static struct str say_day_of(struct arena *a, struct day d)
{
	char text[DAY_SAY];
	return str_dup(a, str_from(day_say_date(d, text)));
}

static err_t load_corrections(const struct asking *w, struct str region_id)
{
	struct q_corrections_open *rows;
	size_t n;
	TRY(q_corrections_open(w->db, w->arena, region_id, w->call->actor.id, w->now, REQUESTS_MOST, &rows, &n));
	struct found *found = arena_many(w->arena, n, struct found);
	for (size_t i = 0; i < n; i++)
		found[i] = (struct found){rows[i].household_no, rows[i].due_day,
					  str_fmt(w->arena, "Asked on %.*s; %.*s sees to it",
						  STR_ARG(say_day_of(w->arena, rows[i].asked_day)),
						  STR_ARG(rows[i].owner))};
	return rows_of(w, found, n, false, &w->view->corrections, &w->view->corrections_n);
}

static err_t load_renew(const struct asking *w, struct str region_id)
{
	struct q_releases_to_renew *rows;
	size_t n;
	TRY(q_releases_to_renew(w->db, w->arena, region_id, w->now, w->call->today, REQUESTS_MOST, &rows, &n));
	struct found *found = arena_many(w->arena, n, struct found);
	for (size_t i = 0; i < n; i++)
		found[i] = (struct found){rows[i].household_no, rows[i].until_day,
					  str_fmt(w->arena, "%.*s, version %lld; version %lld is in force",
						  STR_ARG(rows[i].form), (long long)rows[i].version,
						  (long long)rows[i].newest)};
	return rows_of(w, found, n, true, &w->view->renew, &w->view->renew_n);
}

static err_t load_offer(const struct asking *w, struct str region_id)
{
	struct q_releases_to_offer *rows;
	size_t n;
	TRY(q_releases_to_offer(w->db, w->arena, region_id, w->now, w->call->today, REQUESTS_MOST, &rows, &n));
	struct found *found = arena_many(w->arena, n, struct found);
	for (size_t i = 0; i < n; i++)
		found[i] = (struct found){
			rows[i].household_no, rows[i].offer_day,
			str_fmt(w->arena, "Said no on %.*s", STR_ARG(say_day_of(w->arena, rows[i].from_day)))};
	return rows_of(w, found, n, true, &w->view->offer, &w->view->offer_n);
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
