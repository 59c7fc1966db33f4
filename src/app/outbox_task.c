/* Mail about what somebody has to do: how much it is and from when, and not a word of it. */
#include "app/outbox_inside.h"
#include "store/q_conference.h"
#include "store/q_handout.h"

static struct str on(struct arena *a, struct day d)
{
	char said[DAY_SAY];
	return str_dup(a, str_from(day_say(d, said)));
}

static const char *plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

#define ENDING                                                                                                         \
	"Sign in to read and answer them: %.*s/mine\n\nThis mail says nothing about anybody, and neither should an "   \
	"answer to it.\n"

/* "You have 3 tasks; the first is due on Mon 23 Nov 2026." */
static struct str say_owed(struct arena *a, const struct q_remind_owed *owed, struct mail_draft *out)
{
	struct str first = day_known(owed->first_day) ? on(a, owed->first_day) : S("");
	out->public[2] = first;
	if (owed->overdue > 0)
		return str_fmt(a, "You have %lld task%s; %lld %s due before today, the first on %.*s.",
			       (long long)owed->tasks, plural(owed->tasks), (long long)owed->overdue,
			       owed->overdue == 1 ? "was" : "were", STR_ARG(first));
	if (first.n > 0)
		return str_fmt(a, "You have %lld task%s; the first is due on %.*s.", (long long)owed->tasks,
			       plural(owed->tasks), STR_ARG(first));
	return str_fmt(a, "You have %lld task%s.", (long long)owed->tasks, plural(owed->tasks));
}

err_t mail_draft_due(struct call *c, struct db *db, struct arena *a, const struct mail_way *way,
		     const struct mail_job *job, struct mail_draft *out, struct str *why)
{
	struct q_remind_owed owed;
	bool found;
	TRY(q_remind_owed(db, a, job->user_id, c->today, &owed, &found));
	/* A mail server that was away for days is no reason to be reminded of days that are over. */
	if (owed.tasks == 0 || job->version + 1 < c->today.n) {
		*why = S("It is answered, or its day is over.");
		return NULL;
	}
	out->subject = S("What you took on is due");
	out->text = str_fmt(a, "%.*s\n\n" ENDING, STR_ARG(say_owed(a, &owed, out)), STR_ARG(way->site));
	out->public[0] = way->site;
	return NULL;
}

err_t mail_draft_tasks(struct call *c, struct db *db, struct arena *a, const struct mail_way *way,
		       const struct mail_job *job, struct mail_draft *out, struct str *why)
{
	struct q_conference_by_id row;
	struct q_remind_owed owed;
	bool found;
	TRY(q_conference_by_id(db, a, job->about, &row, &found));
	TRY(q_remind_owed(db, a, job->user_id, c->today, &owed, &found));
	if (owed.tasks == 0) {
		*why = S("Everything is answered.");
		return NULL;
	}
	out->subject = str_fmt(a, "Your tasks from the case conference of %.*s", STR_ARG(row.region_name));
	out->text = str_fmt(a,
			    "The notes of the case conference of %.*s are ready: %.*s/conference/%.*s/notes\n\n"
			    "%.*s\n\n" ENDING,
			    STR_ARG(row.region_name), STR_ARG(way->site), STR_ARG(job->about),
			    STR_ARG(say_owed(a, &owed, out)), STR_ARG(way->site));
	out->public[0] = way->site;
	out->public[1] = row.region_name;
	return NULL;
}

err_t mail_draft_midway(struct call *c, struct db *db, struct arena *a, const struct mail_way *way,
			const struct mail_job *job, struct mail_draft *out, struct str *why)
{
	struct q_conference_by_id row;
	struct q_remind_owed owed;
	struct q_remind_steps steps;
	bool found;
	TRY(q_conference_by_id(db, a, job->about, &row, &found));
	TRY(q_remind_steps(db, a, job->about, c->today, &steps, &found));
	TRY(q_remind_owed(db, a, job->user_id, c->today, &owed, &found));
	if (!day_known(row.next_day) || row.next_day.n <= c->today.n) {
		*why = S("The next conference has come.");
		return NULL;
	}
	struct str next = on(a, row.next_day);
	out->subject = str_fmt(a, "Half-way to the next case conference of %.*s", STR_ARG(row.region_name));
	out->text = str_fmt(
		a,
		"The next case conference of %.*s is on %.*s.\n\nOf %lld step%s agreed last time %lld %s done or "
		"settled, %lld %s overdue.\n%.*s\n\n" ENDING,
		STR_ARG(row.region_name), STR_ARG(next), (long long)steps.steps, plural(steps.steps),
		(long long)(steps.steps - steps.live), steps.steps - steps.live == 1 ? "is" : "are",
		(long long)steps.overdue, steps.overdue == 1 ? "is" : "are",
		STR_ARG(owed.tasks > 0 ? say_owed(a, &owed, out) : S("You have none to do.")), STR_ARG(way->site));
	out->public[0] = way->site;
	out->public[1] = row.region_name;
	out->public[3] = next;
	return NULL;
}
