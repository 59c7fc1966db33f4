/* Reminders, made once a morning: of what is due, and half-way between two conferences. */
#include "app/outbox_inside.h"
#include "domain/conference.h"
#include "domain/step.h"
#include "store/q_handout.h"

enum { MORNING_HOUR = 8 };

struct reminding {
	struct call *call;
	struct q_remind_due *due;
	size_t due_n;
	struct q_remind_meetings *meetings;
	size_t meetings_n;
	bool any;
};

static err_t find(struct db *db, struct arena *a, void *ctx)
{
	struct reminding *w = ctx;
	struct day today = w->call->today;
	TRY(q_remind_due(db, a, day_add(today, STEP_REMIND_BEFORE), day_add(today, -STEP_REMIND_AFTER),
			 mail_kind_word(MAIL_DUE), today.n, &w->due, &w->due_n));
	TRY(q_remind_meetings(db, a, today, &w->meetings, &w->meetings_n));
	w->any = w->due_n > 0;
	for (size_t i = 0; i < w->meetings_n; i++) {
		struct q_remind_readers *readers;
		size_t n;
		if (conference_midway(w->meetings[i].day, w->meetings[i].next_day).n > today.n)
			continue;
		TRY(q_remind_readers(db, a, w->meetings[i].id, mail_kind_word(MAIL_MIDWAY), &readers, &n));
		w->any |= n > 0;
	}
	return NULL;
}

/* They are found again in the transaction that writes: another node may have been quicker. */
static err_t put(struct db *db, struct arena *a, void *ctx)
{
	struct reminding *w = ctx;
	struct call *c = w->call;
	TRY(find(db, a, w));
	for (size_t i = 0; i < w->due_n; i++)
		TRY(outbox_put(c, db, a, MAIL_DUE, S("steps"), c->today.n, w->due[i].user_id));
	for (size_t i = 0; i < w->meetings_n; i++) {
		struct q_remind_readers *readers;
		size_t n;
		if (conference_midway(w->meetings[i].day, w->meetings[i].next_day).n > c->today.n)
			continue;
		TRY(q_remind_readers(db, a, w->meetings[i].id, mail_kind_word(MAIL_MIDWAY), &readers, &n));
		for (size_t k = 0; k < n; k++)
			TRY(outbox_put(c, db, a, MAIL_MIDWAY, w->meetings[i].id, 0, readers[k].user_id));
	}
	return NULL;
}

err_t app_outbox_remind(struct call *c)
{
	struct reminding w = {.call = c};
	if (c->now.ms < day_at(c->today, MORNING_HOUR, 0).ms)
		return NULL;
	TRY(db_run(c->db, c->arena, DB_READ, find, &w));
	return w.any ? db_run(c->db, c->arena, DB_WRITE, put, &w) : NULL;
}
