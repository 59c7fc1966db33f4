/* Agencies that are a fact of their own: who they are, by people's word and by the HMIS. */
#include "app/import_fact.h"
#include "app/law.h"
#include "app/record.h"
#include "domain/release.h"
#include "store/q_agency.h"
#include "store/q_law.h"

bool law_is_open(struct str law)
{
	return str_eq(law, str_from(law_word(LAW_HMIS)));
}

bool law_may_name(const struct call *c, struct str law, struct str agency_id)
{
	return law_is_open(law) || (agency_id.n > 0 && str_eq(agency_id, c->actor.agency_id));
}

/* --- by the HMIS: a project is an HIV program if one of its funders is HOPWA, an agency if all its projects are --- */

struct finding {
	struct str agency_id;
	int64_t project_no; /* 0: none yet */
	bool project, all;  /* the project is one; so were those before it */
	struct str *found;
	size_t found_n;
};

static void project_ends(struct finding *f)
{
	f->all = f->all && (f->project || f->project_no == 0);
	f->project = false;
}

static void agency_ends(struct finding *f, struct arena *a)
{
	project_ends(f);
	if (!f->all || f->project_no == 0)
		return;
	f->found = db_rows_room(a, f->found, f->found_n, sizeof *f->found);
	f->found[f->found_n++] = f->agency_id;
}

static bool is_hopwa(struct str body)
{
	struct dossier_fact fact;
	return body.n > 0 && dossier_unpack(body, &fact) &&
	       law_funder_is_hiv(dossier_int(&fact, DOSSIER_Funder_Funder, 0));
}

static err_t find(struct finding *f, struct db *db, struct arena *a, int64_t now)
{
	struct db_rows rows;
	struct q_law_funders row;
	TRY(q_law_funders(db, a, (int64_t)import_columns[DOSSIER_Funder].file, now, &rows));
	while (q_law_funders_next(&rows, &row)) {
		if (!str_eq(row.agency_id, f->agency_id)) {
			agency_ends(f, a);
			f->agency_id = str_dup(a, row.agency_id);
			f->project_no = 0;
			f->all = true;
		}
		if (row.project_no != f->project_no)
			project_ends(f);
		f->project_no = row.project_no;
		f->project = f->project || is_hopwa(row.body);
	}
	agency_ends(f, a);
	return db_rows_end(&rows);
}

err_t law_agencies_find(struct db *db, struct arena *a, int64_t now)
{
	struct finding f = {.all = true};
	TRY(find(&f, db, a, now));
	TRY(q_law_agencies_clear(db, a));
	for (size_t i = 0; i < f.found_n; i++)
		TRY(q_law_agency_found(db, a, f.found[i]));
	return NULL;
}

/* --- by people's word --- */

struct saying {
	struct call *call;
	struct str agency_id;
	bool said;
	enum fact_law law;
};

static err_t say(struct db *db, struct arena *a, void *ctx)
{
	const struct saying *w = ctx;
	struct str law = w->said ? str_from(law_word(w->law)) : S("");
	int64_t changed;
	TRY(q_law_agency_put(db, a, w->agency_id, law, &changed));
	if (changed == 0)
		return err_new(a, ERR_MISSING, "There is no such agency.");
	return app_record(w->call, db, a, "agency.law", "agency", w->agency_id,
			  str_fmt(a, "law=%s", w->said ? law_word(w->law) : "auto"));
}

err_t app_law_of_agency(struct call *c, struct str agency_id, bool said, enum fact_law law)
{
	struct saying w = {c, agency_id, said, law};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_USERS))
		return err_new(c->arena, ERR_DENIED, "Only administrators say which law an agency comes under.");
	return db_run(c->db, c->arena, DB_WRITE, say, &w);
}
