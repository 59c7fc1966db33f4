#include "app/own_copy.h"

#include "app/contact.h"
#include "app/correction.h"
#include "app/evidence.h"
#include "app/joined.h"
#include "app/ready.h"
#include "app/release.h"
#include "app/standing_view.h"
#include "app/support.h"
#include "store/q_card.h"
#include "store/seal.h"

struct copying {
	struct call *call;
	struct str id;
	struct own_copy *copy;
};

static void add(struct copying *w, enum own_part part, struct day day, struct str what, struct str by)
{
	struct own_copy *o = w->copy;
	if (what.n == 0)
		return;
	size_t n = o->parts[part].n++;
	o->parts[part].lines = db_rows_room(w->call->arena, o->parts[part].lines, n, sizeof *o->parts[part].lines);
	o->parts[part].lines[n] = (struct own_held){day, what, by};
}

/* "Papers: there", where both are there. */
static struct str named(struct arena *a, const char *name, struct str value)
{
	return value.n == 0 ? value : str_fmt(a, "%s: %.*s", name, STR_ARG(value));
}

static void copy_people(struct copying *w, const struct household_view *v)
{
	struct arena *a = w->call->arena;
	for (size_t i = 0; i < v->members_n; i++) {
		const struct member_row *m = &v->members[i];
		struct str age = m->age < 0 ? S("") : str_fmt(a, ", %d", m->age);
		struct str what = str_fmt(a, "%.*s, %.*s%.*s", STR_ARG(m->called), STR_ARG(m->what), STR_ARG(age));
		add(w, OWN_PEOPLE, DAY_NONE, what, named(a, "HMIS", m->hmis_id));
	}
	add(w, OWN_PEOPLE, DAY_NONE, named(a, "SSN", v->panel->face.ssn4), S(""));
	add(w, OWN_PEOPLE, DAY_NONE, named(a, "Served by", v->panel->face.served_by), S(""));
	add(w, OWN_WISHES, DAY_NONE, v->wishes.words, S(""));
	add(w, OWN_WISHES, DAY_NONE, preference_set_labels(a, v->wishes.set), S(""));
}

static void copy_place(struct copying *w, const struct household_view *v)
{
	struct arena *a = w->call->arena;
	add(w, OWN_PLACE, DAY_NONE, v->panel->rank, v->region);
	for (size_t i = 0; i < v->panel->whys_n; i++) {
		const struct list_why *y = &v->panel->whys[i];
		add(w, OWN_PLACE, DAY_NONE, str_fmt(a, "%.*s: %.*s", STR_ARG(y->key), STR_ARG(y->value)), S(""));
	}
	add(w, OWN_PLACE, DAY_NONE, v->panel->sentence, S(""));
	for (size_t i = 0; i < v->changes_n; i++)
		add(w, OWN_PLACE, v->changes[i].day, v->changes[i].say, S(""));
	for (size_t i = 0; i < v->scores_n; i++) {
		const struct assessed_row *s = &v->scores[i];
		add(w, OWN_SCORES, s->day, str_fmt(a, "%.*s %.*s", STR_ARG(s->result), STR_ARG(s->tool)), s->agency);
	}
}

static void copy_time(struct copying *w, const struct standing_view *v)
{
	struct arena *a = w->call->arena;
	for (size_t i = 0; i < v->people_n; i++) {
		const struct standing_person *p = &v->people[i];
		struct str who = v->people_n > 1 ? p->who->called : S("");
		add(w, OWN_TIME, DAY_NONE, str_fmt(a, "Months homeless in the last 36: %d", p->months.count), who);
		add(w, OWN_TIME, DAY_NONE, p->chronic, who);
		for (size_t k = 0; k < p->lines_n; k++) {
			const struct standing_line *l = &p->lines[k];
			char last[DAY_SAY];
			struct str until = l->nights == 1 ? S("") : str_fmt(a, ", to %s", day_say_date(l->last, last));
			add(w, OWN_TIME, l->first, str_fmt(a, "%.*s%.*s", STR_ARG(l->what), STR_ARG(until)), who);
		}
	}
}

static void copy_steps(struct copying *w, const struct household_view *v)
{
	struct arena *a = w->call->arena;
	for (size_t i = 0; i < v->steps_n; i++) {
		const struct step_row *s = &v->steps[i];
		struct str what =
			s->text.n == 0 ? s->text : str_fmt(a, "%.*s (%.*s)", STR_ARG(s->text), STR_ARG(s->state));
		struct str by =
			s->agency.n == 0 ? s->owner : str_fmt(a, "%.*s, %.*s", STR_ARG(s->owner), STR_ARG(s->agency));
		add(w, OWN_STEPS, s->due, what, by);
	}
	for (size_t i = 0; i < v->targets_n; i++)
		if (v->targets[i].holds)
			add(w, OWN_STEPS, v->targets[i].day, S("Target move-in"), S(""));
}

static err_t copy_page(struct copying *w)
{
	struct standing_view v;
	TRY(app_standing_view(w->call, w->id, &v));
	copy_people(w, v.household);
	copy_place(w, v.household);
	copy_time(w, &v);
	copy_steps(w, v.household);
	return NULL;
}

static err_t copy_written(struct copying *w)
{
	struct arena *a = w->call->arena;
	struct ready_view v;
	struct support_view s;
	TRY(app_ready(w->call, w->id, &v));
	TRY(app_support(w->call, w->id, &s));
	for (size_t i = 0; i < v.documents_n; i++) {
		const struct ready_document *d = &v.documents[i];
		if (d->document.have)
			add(w, OWN_PAPERS, d->document.day, document_table[d->kind].label,
			    d->expired ? S("no longer valid") : S(""));
	}
	if (v.needs_known)
		add(w, OWN_WRITTEN, DAY_NONE, named(a, "Needs", needs_menu(v.needs)), S(""));
	for (size_t i = 0; i < v.values_n; i++)
		if (v.values[i].value.n > 0)
			add(w, OWN_WRITTEN, DAY_NONE,
			    str_fmt(a, "%.*s: %.*s", STR_ARG(v.values[i].column.name), STR_ARG(v.values[i].value)),
			    S(""));
	add(w, OWN_WRITTEN, v.place_day, named(a, "Where to find you", v.place), S(""));
	for (size_t i = 0; i < s.rows_n; i++) {
		const struct intervention *t = &s.rows[i].tried;
		add(w, OWN_WRITTEN, t->day,
		    str_fmt(a, "%.*s, %.*s. %.*s", STR_ARG(intervention_table[t->kind].label),
			    STR_ARG(outcome_table[t->outcome].label), STR_ARG(t->words)),
		    s.rows[i].by);
	}
	return NULL;
}

/* Papers that evidence months or a disability, and what they asked to have put right. */
static err_t copy_papers(struct copying *w)
{
	struct arena *a = w->call->arena;
	struct evidence_view v;
	struct correction_view asked;
	TRY(app_evidence(w->call, w->id, &v));
	TRY(app_corrections(w->call, w->id, &asked));
	for (size_t i = 0; i < v.papers_n; i++)
		add(w, OWN_PAPERS, v.papers[i].dated,
		    str_fmt(a, "%s: %.*s", evidence_say(v.papers[i].kind), STR_ARG(v.papers[i].months)),
		    v.papers[i].signer);
	for (size_t i = 0; i < v.disabilities_n; i++)
		add(w, OWN_PAPERS, v.disabilities[i].dated, v.disabilities[i].what, v.disabilities[i].given_by);
	for (size_t i = 0; i < asked.rows_n; i++)
		add(w, OWN_WRITTEN, asked.rows[i].asked_on, named(a, "Asked to have put right", asked.rows[i].asked),
		    asked.rows[i].reason);
	return NULL;
}

static err_t copy_contacts(struct copying *w)
{
	struct arena *a = w->call->arena;
	struct contact_view v;
	TRY(app_contact(w->call, w->id, &v));
	for (size_t i = 0; i < v.lines_n; i++) {
		const struct contact_line *l = &v.lines[i];
		add(w, OWN_WRITTEN, l->day,
		    str_fmt(a, "%.*s %.*s. %.*s", STR_ARG(contact_way_table[l->way].words), STR_ARG(l->place),
			    STR_ARG(l->words)),
		    l->by);
	}
	return NULL;
}

static err_t copy_words(struct copying *w, const char *table, const char *column, const struct q_cards_of_household *k,
			struct str sealed)
{
	const struct pii *words;
	if (sealed.n == 0)
		return NULL;
	TRY(seal_open(w->call->arena, w->call->app->keys, (struct seal_place){table, column, k->id}, sealed, &words));
	add(w, OWN_MEETINGS, k->day, pii_reveal(words), S(""));
	return NULL;
}

static err_t load_meetings(struct db *db, struct arena *a, void *ctx)
{
	struct copying *w = ctx;
	struct q_cards_of_household *rows;
	size_t n;
	bool others;
	TRY(joined_shown(w->call, db, a, &w->copy->shown.face, &others));
	TRY(q_cards_of_household(db, a, w->copy->shown.face.no, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].former && !others)
			continue;
		TRY(copy_words(w, "card", "follow_up", &rows[i], rows[i].follow_up));
		TRY(copy_words(w, "card", "barrier", &rows[i], rows[i].barrier));
		TRY(copy_words(w, "card", "note", &rows[i], rows[i].note));
		TRY(copy_words(w, "telling", "words", &rows[i], rows[i].told));
		TRY(copy_words(w, "telling", "said", &rows[i], rows[i].said));
	}
	return NULL;
}

static err_t copy_releases(struct copying *w)
{
	struct arena *a = w->call->arena;
	struct release_view v;
	if (!w->copy->shown.face.records)
		return NULL;
	TRY(app_release_list(w->call, w->id, &v));
	for (size_t i = 0; i < v.members_n; i++)
		for (size_t k = 0; k < v.members[i].rows_n; k++) {
			const struct release_row *r = &v.members[i].rows[k];
			struct str what = r->says.refused ? S("Declined") : str_from(release_scope_say(r->says.scope));
			struct str who = r->agencies.n == 0 ? S("") : str_fmt(a, ": %.*s", STR_ARG(r->agencies));
			const char *holds = r->holds || r->says.refused ? "" : " (ended)";
			add(w, OWN_RELEASES, r->says.from, str_fmt(a, "%.*s%.*s%s", STR_ARG(what), STR_ARG(who), holds),
			    v.members[i].called);
		}
	return NULL;
}

err_t app_own_copy(struct call *c, struct str household_id, struct day from, struct own_copy *out)
{
	struct own_copy *copy = arena_one(c->arena, struct own_copy);
	struct copying w = {.call = c, .id = household_id, .copy = copy};
	TRY(app_household_shown(c, household_id, from, &copy->shown));
	TRY(copy_page(&w));
	TRY(copy_written(&w));
	TRY(copy_papers(&w));
	TRY(copy_contacts(&w));
	TRY(db_run(c->db, c->arena, DB_READ, load_meetings, &w));
	TRY(copy_releases(&w));
	*out = *copy;
	return NULL;
}
