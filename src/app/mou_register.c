#include <stdlib.h>

#include "app/mou.h"
#include "domain/release.h"
#include "store/q_agency.h"
#include "store/q_mou.h"

enum { LOOK_BACK = 60 };

struct registering {
	struct call *call;
	struct register_view *view;
	const struct mou_view *memoranda;
};

/* Something that is to be renewed, by its last day. */
struct ending {
	struct day last;
	struct str say;
};

struct endings {
	struct ending *all;
	size_t n;
};

static int sooner(const void *p, const void *q)
{
	const struct ending *a = p;
	const struct ending *b = q;
	return a->last.n < b->last.n ? -1 : a->last.n > b->last.n;
}

/* Notes what ends soon, or has ended lately. */
static void note_ending(struct endings *e, struct day last, struct day today, struct str say)
{
	enum mou_due due = mou_due_of(last, today);
	if (day_known(last) && due != MOU_DUE_NOT && last.n >= today.n - LOOK_BACK)
		e->all[e->n++] = (struct ending){last, say};
}

static struct str until_say(struct arena *a, struct day last, struct day today)
{
	char day[DAY_SAY];
	if (!day_known(last))
		return S("never");
	return str_fmt(a, "%s %s", last.n < today.n ? "ended on" : "until", day_say_date(last, day));
}

/* "ends on Mon 30 Nov 2026" */
static struct str ends_say(struct arena *a, struct day last, struct day today)
{
	char day[DAY_SAY];
	return str_fmt(a, "%s on %s", last.n < today.n ? "ended" : "ends", day_say(last, day));
}

/* Its memoranda lie together in the list. */
static void find_memoranda(const struct mou_view *all, struct register_agency *agency)
{
	for (size_t i = 0; i < all->rows_n; i++)
		if (str_eq(all->rows[i].agency_id, agency->id)) {
			if (agency->memoranda_n++ == 0)
				agency->memoranda = &all->rows[i];
		}
}

static void say_agency(struct arena *a, struct day today, struct register_agency *agency, struct endings *endings)
{
	struct mou_span *spans = arena_many(a, agency->memoranda_n, struct mou_span);
	struct day newest = DAY_NONE;
	for (size_t i = 0; i < agency->memoranda_n; i++) {
		spans[i] = (struct mou_span){agency->memoranda[i].from, agency->memoranda[i].until};
		if (!day_known(newest) || newest.n < spans[i].until.n)
			newest = spans[i].until;
	}
	struct day last = mou_covered_until(spans, agency->memoranda_n, today);
	agency->due = mou_due_of(last, today);
	if (agency->lead)
		agency->say = S("sees counts only");
	else if (day_known(last))
		agency->say = until_say(a, last, today);
	else if (!day_known(newest))
		agency->say = S("none");
	else if (newest.n < today.n)
		agency->say = str_fmt(a, "none in force; it %.*s", STR_ARG(until_say(a, newest, today)));
	else
		agency->say = S("none in force yet");
	if (!day_known(last) && day_known(newest) && newest.n < today.n)
		last = newest;
	if (!agency->lead)
		note_ending(endings, last, today,
			    str_fmt(a, "The memorandum of %.*s %.*s.", STR_ARG(agency->name),
				    STR_ARG(ends_say(a, last, today))));
}

static void say_person(struct arena *a, struct day today, const struct q_agreements *row, struct register_person *p,
		       struct endings *endings)
{
	*p = (struct register_person){
		.login = row->login,
		.name = row->name,
		.agency = row->agency,
		.agreed = until_say(a, row->agreed_until, today),
		.trained = until_say(a, row->trained_until, today),
		.due = mou_due_of(row->agreed_until, today),
	};
	if (day_known(row->trained_until) && mou_due_of(row->trained_until, today) > p->due)
		p->due = mou_due_of(row->trained_until, today);
	note_ending(endings, row->agreed_until, today,
		    str_fmt(a, "The confidentiality agreement of %.*s %.*s.", STR_ARG(row->name),
			    STR_ARG(ends_say(a, row->agreed_until, today))));
	note_ending(endings, row->trained_until, today,
		    str_fmt(a, "The privacy training of %.*s %.*s.", STR_ARG(row->name),
			    STR_ARG(ends_say(a, row->trained_until, today))));
}

static bool sees_list(struct arena *a, const struct q_agreements *row)
{
	enum role role;
	return role_from_word(str_c(a, row->role), &role) && access_may(role, CAN_LIST);
}

static err_t run_register(struct db *db, struct arena *a, void *ctx)
{
	const struct registering *w = ctx;
	struct register_view *v = w->view;
	struct day today = w->call->today;
	struct q_agencies *agencies;
	struct q_agreements *people;
	struct consent_form *texts;
	size_t people_n, texts_n;
	TRY(q_agencies(db, a, &agencies, &v->agencies_n));
	TRY(q_agreements(db, a, &people, &people_n));
	TRY(consent_agreements(db, a, today, &texts, &texts_n));
	struct endings endings = {.all = arena_many(a, v->agencies_n + 2 * people_n, struct ending)};
	v->agencies = arena_many(a, v->agencies_n, struct register_agency);
	for (size_t i = 0; i < v->agencies_n; i++) {
		struct register_agency *agency = &v->agencies[i];
		*agency = (struct register_agency){
			.id = agencies[i].id,
			.name = agencies[i].name,
			.lead = agencies[i].is_lead,
			.victim_services = agencies[i].is_victim_service_provider,
			.law_said = agencies[i].law_said,
		};
		if (!law_parse(agencies[i].law, &agency->law))
			return err_internal(a, "agency under a law that is not known");
		find_memoranda(w->memoranda, agency);
		say_agency(a, today, agency, &endings);
	}
	v->people = arena_many(a, people_n, struct register_person);
	v->people_n = 0;
	for (size_t i = 0; i < people_n; i++) {
		if (!sees_list(a, &people[i]))
			continue;
		struct register_person *p = &v->people[v->people_n++];
		say_person(a, today, &people[i], p, &endings);
		bool holds = day_known(people[i].agreed_until) && people[i].agreed_until.n >= today.n;
		p->older = holds && texts_n > 0;
		for (size_t k = 0; k < texts_n; k++)
			p->older = p->older && !str_eq(texts[k].id, people[i].form_id);
	}
	if (endings.n > 0)
		qsort(endings.all, endings.n, sizeof *endings.all, sooner);
	v->renew = arena_many(a, endings.n, struct str);
	v->renew_n = endings.n;
	for (size_t i = 0; i < endings.n; i++)
		v->renew[i] = endings.all[i].say;
	return NULL;
}

err_t app_mou_register(struct call *c, struct register_view *out)
{
	struct mou_view memoranda;
	struct register_view view = {0};
	TRY(app_mou_list(c, &memoranda));
	struct registering w = {c, &view, &memoranda};
	TRY(db_run(c->db, c->arena, DB_READ, run_register, &w));
	*out = view;
	return NULL;
}

struct str mou_reminder(struct arena *a, const struct actor *actor, struct day today, bool account)
{
	const struct cover *cover = &actor->cover;
	enum mou_due from = account ? MOU_DUE_60 : MOU_DUE_7;
	if (!access_may(actor->role, CAN_LIST) || cover->today != COVERED)
		return (struct str){0};
	if (mou_due_of(cover->mou_until, today) >= from)
		return str_fmt(
			a,
			"The memorandum of your agency %.*s. From the day after it the list is closed to you; an "
			"administrator records the next one.",
			STR_ARG(ends_say(a, cover->mou_until, today)));
	if (mou_due_of(cover->agreed_until, today) >= from)
		return str_fmt(a, "Your confidentiality agreement %.*s. Sign this year's under Account.",
			       STR_ARG(ends_say(a, cover->agreed_until, today)));
	return (struct str){0};
}
