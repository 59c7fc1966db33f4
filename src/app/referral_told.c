#include "app/referral_told.h"

#include "app/import_client.h"
#include "app/referral_inside.h"
#include "domain/referral_told.h"
#include "store/dossier.h"
#include "store/q_ce_book.h"
#include "store/q_enrollment.h"
#include "store/q_hmis.h"

enum { OWN_AGENCY = 1, OTHER_AGENCY = 2 }; /* numbers of agencies, in one question */

struct telling {
	struct call *call;
	struct db *db;
	int64_t now;
	struct q_ce_book_projects *projects; /* by number */
	size_t projects_n;
	size_t moved;
};

/* What HMIS says of one household. */
struct heard {
	const struct q_referrals_issued *about;
	struct told_event *events;
	size_t events_n;
	struct told_entry *entries;
	size_t entries_n;
};

static const struct q_ce_book_projects *project_of(const struct telling *t, int64_t no)
{
	size_t low = 0;
	size_t high = t->projects_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (t->projects[mid].project_no < no)
			low = mid + 1;
		else
			high = mid;
	}
	return low < t->projects_n && t->projects[low].project_no == no ? &t->projects[low] : NULL;
}

static void hear_event(struct heard *h, struct arena *a, const struct dossier_fact *f)
{
	struct told_event e = {.ours = str_eq(f->id, h->about->id)};
	if (!ce_referral_read(dossier_int(f, DOSSIER_Event_Event, 0), dossier_day(f, DOSSIER_Event_EventDate),
			      dossier_int(f, DOSSIER_Event_ReferralResult, CE_OPEN),
			      dossier_day(f, DOSSIER_Event_ResultDate), &e.event))
		return;
	h->events = db_rows_room(a, h->events, h->events_n, sizeof *h->events);
	h->events[h->events_n++] = e;
}

static void hear_entry(struct heard *h, struct arena *a, const struct dossier_fact *f,
		       const struct q_ce_book_projects *p)
{
	if (!p->type_known)
		return;
	h->entries = db_rows_room(a, h->entries, h->entries_n, sizeof *h->entries);
	h->entries[h->entries_n++] = (struct told_entry){
		.day = dossier_day(f, DOSSIER_Enrollment_EntryDate),
		.move_in = dossier_day(f, DOSSIER_Enrollment_MoveInDate),
		.type = (int)p->type,
		.agency = str_eq(p->agency_id, h->about->agency_id) ? OWN_AGENCY : OTHER_AGENCY,
	};
}

static err_t hear(struct telling *t, struct arena *a, struct heard *h)
{
	struct q_enrollments_between *rows;
	size_t n;
	TRY(q_enrollments_between(t->db, a, h->about->client_no, h->about->client_no, t->now, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct pii *opened;
		const struct q_ce_book_projects *p = project_of(t, rows[i].project_no);
		if (rows[i].gone || p == NULL || p->victim)
			continue;
		TRY(seal_open(a, t->call->app->keys, enrollment_place(a, rows[i].client_no, rows[i].enrollment_no),
			      rows[i].dossier, &opened));
		struct dossier_reader d = dossier_open(pii_reveal(opened));
		for (struct dossier_item item; dossier_next(&d, &item);) {
			struct dossier_fact f;
			if (item.gone || !dossier_unpack(item.packed, &f))
				continue;
			if (f.kind == DOSSIER_Event)
				hear_event(h, a, &f);
			else if (f.kind == DOSSIER_Enrollment)
				hear_entry(h, a, &f, p);
		}
		if (d.bad)
			return err_internal(a, "a dossier of client %lld cannot be read", (long long)rows[i].client_no);
	}
	return NULL;
}

static struct str reason_of(enum referral_state to)
{
	return to == REFERRAL_CLIENT_DECLINED     ? S("unsaid")
	       : to == REFERRAL_PROVIDER_DECLINED ? S("other")
						  : (struct str){0};
}

static err_t tell(struct telling *t, struct arena *a, const struct q_referrals_issued *row)
{
	struct heard h = {.about = row};
	struct ce_referral own = {.made = row->issued_day, .project = CE_ANY, .agency = OWN_AGENCY};
	struct referral_work w;
	enum policy_kind kind;
	if (!policy_kind_parse(row->kind, &kind) || !ce_kind_for(kind, &own.kind))
		return NULL;
	TRY(referral_open(t->call, t->db, a, row->id, &w));
	/* One that ended with another of this turn. */
	if (!referral_is_open(w.state))
		return NULL;
	TRY(hear(t, a, &h));
	enum referral_state to =
		referral_told(&own, w.state, h.events, h.events_n, h.entries, h.entries_n, t->call->today);
	if (to == w.state)
		return NULL;
	t->moved++;
	return referral_take(&w, &(struct referral_put){
					 .to = to,
					 .reason = reason_of(to),
					 .review = to == REFERRAL_PROVIDER_DECLINED ? S("waits") : (struct str){0},
				 });
}

static err_t tell_all(struct db *db, struct arena *a, void *ctx)
{
	struct telling *t = ctx;
	struct q_hmis_now now;
	struct q_referrals_issued *rows;
	bool found;
	size_t n;
	t->db = db;
	t->moved = 0;
	TRY(q_hmis_now(db, a, &now, &found));
	t->now = now.import_no;
	TRY(q_referrals_issued(db, a, t->now, &rows, &n));
	if (n > 0)
		TRY(q_ce_book_projects(db, a, t->now, &t->projects, &t->projects_n));
	for (size_t i = 0; i < n; i++)
		TRY(tell(t, a, &rows[i]));
	return NULL;
}

err_t app_referral_told(struct call *c, size_t *n)
{
	struct telling t = {.call = c};
	TRY(db_run(c->db, c->arena, DB_WRITE, tell_all, &t));
	*n = t.moved;
	return NULL;
}
