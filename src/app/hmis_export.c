#include "app/hmis_export.h"

#include <stdlib.h>
#include <string.h>

#include "app/client_fact.h"
#include "app/import_client.h"
#include "app/import_fact.h"
#include "app/record.h"
#include "base/id.h"
#include "domain/ce_referral.h"
#include "domain/referral.h"
#include "hmis/write.h"
#include "store/q_enrollment.h"
#include "store/q_hmis.h"
#include "store/q_hmis_export.h"

enum { CLIENTS_AT_ONCE = 1000, EXPORT_MEMORY = 1 << 30 };

struct exporting {
	struct call *call;
	const struct hmis_export_ask *ask;
	struct hmis_export_made *made;
	struct hmis_writer *writer;
	struct q_hmis_export_sources source;
	int64_t now;
	struct day as_of;
	struct q_hmis_export_withheld *withheld;
	size_t withheld_n;
	struct q_hmis_export_referrals *referrals; /* by client */
	size_t referrals_n;
	int64_t *victims; /* project_no of victim service providers, ascending */
	size_t victims_n;
};

static err_t choose_source(struct exporting *x, struct db *db, struct arena *a)
{
	struct q_hmis_export_sources *rows;
	size_t n;
	size_t found = 0;
	TRY(q_hmis_export_sources(db, a, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct str asked = x->ask->source;
		if (asked.n > 0 && !str_eq(asked, rows[i].key) && !str_eq(asked, rows[i].name))
			continue;
		x->source = rows[i];
		found++;
	}
	if (n == 0)
		return err_new(a, ERR_MISSING, "No export of an HMIS was imported yet.");
	if (found == 0)
		return err_new(a, ERR_MISSING, "There is no HMIS \"%.*s\" here: there is %.*s.",
			       STR_ARG(x->ask->source), STR_ARG(rows[0].name));
	if (found > 1)
		return err_new(a, ERR_INVALID, "Say of which HMIS with --source: there are %.*s and %.*s.",
			       STR_ARG(rows[0].name), STR_ARG(rows[1].name));
	x->source.key = str_dup(x->call->arena, x->source.key);
	x->source.name = str_dup(x->call->arena, x->source.name);
	return NULL;
}

static int compare_number(const void *key, const void *at)
{
	int64_t want = *(const int64_t *)key;
	int64_t is = *(const int64_t *)at;
	return (want > is) - (want < is);
}

static bool is_withheld(const struct exporting *x, int64_t client_no)
{
	return x->withheld_n > 0 &&
	       bsearch(&client_no, x->withheld, x->withheld_n, sizeof *x->withheld, compare_number) != NULL;
}

static bool is_victims(const struct exporting *x, int64_t project_no)
{
	return x->victims_n > 0 &&
	       bsearch(&project_no, x->victims, x->victims_n, sizeof *x->victims, compare_number) != NULL;
}

/* Whose row it is, and where it hangs. */
struct owner {
	struct str personal_id;
	struct str enrollment_id;
	struct instant exported;
};

static void write_fact(struct exporting *x, const struct dossier_fact *f, const struct owner *of)
{
	const struct import_columns *at = &import_columns[f->kind];
	struct hmis_cell cells[HMIS_COLUMNS_MAX] = {0};
	import_cells(f, cells);
	if (at->person != HMIS_NO_COLUMN)
		cells[at->person] = (struct hmis_cell){.known = true, .text = of->personal_id};
	if (at->enrollment != HMIS_NO_COLUMN)
		cells[at->enrollment] = (struct hmis_cell){.known = true, .text = of->enrollment_id};
	struct instant updated = instant_known(f->updated) ? f->updated : of->exported;
	hmis_write(x->writer, &(struct hmis_row){.file = at->file, .cells = cells, .updated = updated});
	x->made->rows++;
}

static err_t write_body(struct exporting *x, struct arena *a, struct str body)
{
	struct dossier_fact f;
	if (!dossier_unpack(body, &f))
		return err_internal(a, "a project's row does not unpack");
	write_fact(x, &f, &(struct owner){.exported = x->call->now});
	return NULL;
}

static err_t write_projects(struct exporting *x, struct db *db, struct arena *a)
{
	struct q_hmis_organizations *organizations;
	struct q_hmis_projects *projects;
	struct q_hmis_project_rows *rows;
	size_t n;
	TRY(q_hmis_organizations(db, a, x->source.no, x->now, &organizations, &n));
	for (size_t i = 0; i < n; i++)
		if (!organizations[i].gone)
			TRY(write_body(x, a, organizations[i].body));
	TRY(q_hmis_projects(db, a, x->source.no, x->now, &projects, &n));
	x->victims = arena_many(x->call->arena, n, int64_t);
	x->victims_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (projects[i].victim)
			x->victims[x->victims_n++] = projects[i].project_no;
		if (!projects[i].gone)
			TRY(write_body(x, a, projects[i].body));
	}
	qsort(x->victims, x->victims_n, sizeof *x->victims, compare_number);
	TRY(q_hmis_project_rows(db, a, x->source.no, x->now, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (!rows[i].gone)
			TRY(write_body(x, a, rows[i].body));
	return NULL;
}

/* Our referrals of one client, and which of them the HMIS has got already, from us or by hand. */
struct events {
	const struct q_hmis_export_referrals *rows;
	size_t n;
	bool *known;             /* one for each of them */
	struct str *enrollments; /* HMIS's id of the enrollment that each hangs on; empty: none */
};

static void note_known(struct events *own, const struct dossier_fact *f)
{
	struct ce_referral hmis;
	struct ce_referral row = {.project = CE_ANY, .agency = CE_ANY};
	enum policy_kind opening;
	bool read = f->kind == DOSSIER_Event &&
		    ce_referral_read(dossier_int(f, DOSSIER_Event_Event, 0), dossier_day(f, DOSSIER_Event_EventDate),
				     CE_OPEN, DAY_NONE, &hmis);
	for (size_t i = 0; i < own->n && f->kind == DOSSIER_Event; i++) {
		row.made = own->rows[i].issued_day;
		bool same = read && policy_kind_parse(own->rows[i].kind, &opening) && ce_kind_for(opening, &row.kind) &&
			    ce_is_same(&row, &hmis);
		own->known[i] = own->known[i] || same || str_eq(own->rows[i].id, f->id);
	}
}

static err_t write_dossier(struct exporting *x, struct arena *a, const struct q_enrollments_between *row,
			   struct str personal_id, struct events *own)
{
	const struct pii *opened;
	struct owner of = {.personal_id = personal_id};
	char id[DOSSIER_ID_MAX];
	TRY(seal_open(a, x->call->app->keys, enrollment_place(a, row->client_no, row->enrollment_no), row->dossier,
		      &opened));
	struct dossier_reader d = dossier_open(pii_reveal(opened));
	for (struct dossier_item item; dossier_next(&d, &item);) {
		struct dossier_fact f;
		if (!dossier_unpack(item.packed, &f))
			return err_internal(a, "a fact of client %lld does not unpack", (long long)row->client_no);
		/* The enrollment itself comes first. */
		if (f.kind == DOSSIER_Enrollment) {
			memcpy(id, f.id.p, f.id.n);
			of.enrollment_id = (struct str){id, f.id.n};
			for (size_t i = 0; i < own->n && !item.gone; i++)
				if (own->rows[i].enrollment_no_known &&
				    own->rows[i].enrollment_no == row->enrollment_no)
					own->enrollments[i] = str_dup(a, of.enrollment_id);
		}
		note_known(own, &f);
		of.exported = item.exported;
		if (!item.gone && import_columns[f.kind].fields != NULL)
			write_fact(x, &f, &of);
	}
	return d.bad ? err_internal(a, "a dossier of client %lld cannot be read", (long long)row->client_no) : NULL;
}

/* What byname issued, as the event that HMIS calls it. One without an enrollment has no place there. */
static void write_events(struct exporting *x, const struct events *own, struct str personal_id)
{
	for (size_t i = 0; i < own->n; i++) {
		const struct q_hmis_export_referrals *r = &own->rows[i];
		struct hmis_cell cells[HMIS_COLUMNS_MAX] = {0};
		enum referral_state state;
		enum policy_kind opening;
		enum ce_kind kind;
		if (own->known[i] || !referral_state_parse(r->state, &state) || !policy_kind_parse(r->kind, &opening) ||
		    !ce_kind_for(opening, &kind))
			continue;
		if (own->enrollments[i].n == 0) {
			x->made->unplaced++;
			continue;
		}
		int result = day_known(r->result_day) ? referral_result(state) : 0;
		cells[HMIS_Event_EventID] = (struct hmis_cell){.known = true, .text = r->id};
		cells[HMIS_Event_EnrollmentID] = (struct hmis_cell){.known = true, .text = own->enrollments[i]};
		cells[HMIS_Event_PersonalID] = (struct hmis_cell){.known = true, .text = personal_id};
		cells[HMIS_Event_EventDate] = (struct hmis_cell){.known = true, .day = r->issued_day};
		cells[HMIS_Event_Event] = (struct hmis_cell){.known = true, .n = ce_kind_code(kind)};
		cells[HMIS_Event_ReferralResult] = (struct hmis_cell){.known = result != 0, .n = result};
		cells[HMIS_Event_ResultDate] = (struct hmis_cell){.known = result != 0, .day = r->result_day};
		hmis_write(x->writer, &(struct hmis_row){.file = HMIS_Event, .cells = cells, .updated = x->call->now});
		x->made->rows++;
		x->made->events++;
	}
}

static struct events events_of(const struct exporting *x, struct arena *a, int64_t client_no)
{
	struct events own = {0};
	size_t low = 0;
	size_t high = x->referrals_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (x->referrals[mid].client_no < client_no)
			low = mid + 1;
		else
			high = mid;
	}
	own.rows = x->referrals + low;
	while (low + own.n < x->referrals_n && own.rows[own.n].client_no == client_no)
		own.n++;
	own.known = arena_many(a, own.n, bool);
	own.enrollments = arena_many(a, own.n, struct str);
	return own;
}

static err_t write_client(struct exporting *x, struct arena *a, const struct q_hmis_export_people *p)
{
	struct q_client_by_no row = {
		.personal_id = p->personal_id,
		.updated = p->updated,
		.birth = p->birth,
		.veteran_known = p->veteran_known,
		.veteran = p->veteran,
		.traits = p->traits,
	};
	/* One export is hashed or not: a name of the other kind would be taken for what it is not. */
	if (p->hashed == x->source.hashed) {
		row.name = p->name;
		row.ssn = p->ssn;
	}
	struct dossier_fact f;
	TRY(client_fact_open(a, x->call->app->keys, p->client_no, &row, &f));
	write_fact(x, &f, &(struct owner){.personal_id = p->personal_id, .exported = p->exported});
	x->made->people++;
	return NULL;
}

static err_t write_people(struct exporting *x, struct db *db, struct arena *a, int64_t low)
{
	struct q_hmis_export_people *people;
	struct q_enrollments_between *stays;
	size_t people_n;
	size_t stays_n;
	int64_t high = low + CLIENTS_AT_ONCE - 1;
	TRY(q_hmis_export_people(db, a, x->source.no, low, high, x->now, &people, &people_n));
	TRY(q_enrollments_between(db, a, low, high, x->now, &stays, &stays_n));
	for (size_t i = 0, k = 0; i < people_n; i++) {
		const struct q_hmis_export_people *p = &people[i];
		bool withheld = is_withheld(x, p->client_no);
		x->made->withheld += withheld;
		x->made->gone += !withheld && p->gone;
		if (withheld || p->gone)
			continue;
		struct arena_mark mark = arena_mark(a);
		struct events own = events_of(x, a, p->client_no);
		TRY(write_client(x, a, p));
		while (k < stays_n && stays[k].client_no < p->client_no)
			k++;
		for (; k < stays_n && stays[k].client_no == p->client_no; k++)
			if (!stays[k].gone && !is_victims(x, stays[k].project_no))
				TRY(write_dossier(x, a, &stays[k], p->personal_id, &own));
		write_events(x, &own, p->personal_id);
		arena_rewind(a, mark);
	}
	return NULL;
}

/* One state of the database from the first row to the last. */
static err_t write_rows(struct db *db, struct arena *a, void *ctx)
{
	struct exporting *x = ctx;
	struct q_client_last last;
	bool found;
	struct arena *room = arena_new("HMIS export", EXPORT_MEMORY);
	*x->made = (struct hmis_export_made){0};
	hmis_write_again(x->writer);
	err_t e = q_hmis_export_withheld(db, x->call->arena, x->now, &x->withheld, &x->withheld_n);
	if (e == NULL)
		e = q_hmis_export_referrals(db, x->call->arena, x->source.no, x->now, &x->referrals, &x->referrals_n);
	if (e == NULL)
		e = write_projects(x, db, room);
	if (e == NULL)
		e = q_client_last(db, a, &last, &found);
	for (int64_t low = 1; e == NULL && found && low <= last.no; low += CLIENTS_AT_ONCE) {
		arena_reset(room);
		e = write_people(x, db, room, low);
	}
	if (e != NULL)
		e = err_with_detail(a, err_new(a, e->class, "%.*s", STR_ARG(e->say)), err_describe(a, e));
	arena_free(&room);
	return e;
}

static err_t begin(struct db *db, struct arena *a, void *ctx)
{
	struct exporting *x = ctx;
	struct q_hmis_now now;
	bool found;
	TRY(q_hmis_now(db, a, &now, &found));
	x->now = now.import_no;
	x->as_of = now.as_of;
	TRY(choose_source(x, db, a));
	return app_record(x->call, db, a, "hmis.export", "hmis_source", str_fmt(a, "%lld", (long long)x->source.no),
			  str_fmt(a, "year=%d", x->ask->year == HMIS_FY2024 ? 2024 : 2026));
}

static struct day known_or(struct day known, struct day otherwise)
{
	return day_known(known) ? known : otherwise;
}

err_t app_hmis_export(struct call *c, const struct hmis_export_ask *ask, struct hmis_export_made *out)
{
	struct exporting x = {.call = c, .ask = ask, .made = out};
	struct id id = id_new();
	*out = (struct hmis_export_made){0};
	if (c->actor.kind != ACTOR_OPERATOR)
		return err_new(c->arena, ERR_DENIED, "An export for an HMIS is made by who operates the machine.");
	TRY(hmis_write_begin(c->arena, ask->folder, ask->year, str_dup(c->arena, id_str(&id)), &x.writer));
	err_t e = db_run(c->db, c->arena, DB_WRITE, begin, &x);
	if (e == NULL)
		e = db_run(c->db, c->arena, DB_READ, write_rows, &x);
	if (e != NULL) {
		hmis_write_drop(x.writer);
		return e;
	}
	out->source = x.source.name;
	return hmis_write_end(x.writer, c->arena,
			      &(struct hmis_export){
				      .source_id = x.source.key,
				      .source_name = x.source.name,
				      .date = c->now,
				      .start = known_or(x.source.period_start, x.as_of),
				      .end = known_or(x.source.period_end, x.as_of),
				      .hashed = x.source.hashed,
			      });
}
