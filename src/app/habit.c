#include "app/habit.h"

#include "app/meeting.h"
#include "app/record.h"
#include "store/q_room.h"

err_t habits_load(struct db *db, struct arena *a, struct str region_id, struct habits *out)
{
	struct q_habits *rows;
	size_t n;
	enum habit habit;
	TRY(q_habits(db, a, region_id, &rows, &n));
	for (int i = 0; i < HABITS_N; i++)
		out->on[i] = habit_table[i].begins;
	for (size_t i = 0; i < n; i++)
		if (habit_parse(rows[i].key, &habit))
			out->on[habit] = rows[i].is_on;
	return NULL;
}

struct keeping {
	struct call *call;
	struct str region_id;
	struct habits habits;
};

static err_t check(const struct keeping *w)
{
	if (!meeting_may_plan(&w->call->actor, w->region_id))
		return err_new(w->call->arena, ERR_DENIED,
			       "How conferences are held is for the list holder and the specialists of the region.");
	return NULL;
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	struct keeping *w = ctx;
	return habits_load(db, a, w->region_id, &w->habits);
}

err_t app_habits(struct call *c, struct str region_id, struct habits *out)
{
	struct keeping w = {.call = c, .region_id = region_id};
	TRY(check(&w));
	TRY(db_run(c->db, c->arena, DB_READ, load, &w));
	*out = w.habits;
	return NULL;
}

static err_t put(struct db *db, struct arena *a, void *ctx)
{
	const struct keeping *w = ctx;
	struct habits before;
	TRY(habits_load(db, a, w->region_id, &before));
	for (int i = 0; i < HABITS_N; i++) {
		bool on = w->habits.on[i];
		if (on == before.on[i])
			continue;
		TRY(q_habit_put(db, a,
				&(struct q_habit_put_in){
					.region_id = w->region_id,
					.key = habit_table[i].key,
					.is_on = on,
					.at = w->call->now,
					.by_id = w->call->actor.id,
				}));
		TRY(app_record(w->call, db, a, "habit.put", "region", w->region_id,
			       str_fmt(a, "%.*s=%s", STR_ARG(habit_table[i].key), on ? "on" : "off")));
	}
	return NULL;
}

err_t app_habits_put(struct call *c, struct str region_id, const struct habits *to)
{
	struct keeping w = {c, region_id, *to};
	TRY(check(&w));
	return db_run(c->db, c->arena, DB_WRITE, put, &w);
}
