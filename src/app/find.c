#include "app/find.h"

#include "app/household.h"
#include "app/import_client.h"
#include "app/import_fact.h"
#include "app/person.h"
#include "base/limit.h"
#include "store/q_list.h"

enum { BATCH = LIMIT_LIST_PAGE };

struct search {
	struct call *call;
	struct db *db;
	struct arena *arena;
	const struct list_image *image;
	struct str text;
	struct folded typed;
	int64_t *nos;
	size_t n;
	size_t opened; /* candidates that were compared */
	bool more;
};

static void take(struct search *s, int64_t no)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->nos[i] == no)
			return;
	if (s->n < LIMIT_FIND)
		s->nos[s->n++] = no;
	else
		s->more = true;
}

/* A code is said aloud in the room, so everybody who sees the row may find it by its code. */
static void find_code(struct search *s)
{
	for (size_t i = 0; i < s->image->n; i++) {
		const struct list_row *row = &s->image->rows[i];
		if (!str_eq_nocase(str_from(row->code), s->text))
			continue;
		struct access_question question = app_household_question(s->call, s->image, row, false);
		struct access_decision may;
		access_decide(&question, &may);
		if (may.field[FIELD_CODE] != ACCESS_NOTHING || may.named)
			take(s, row->no);
	}
}

/* What was typed may be the name, the SSN's last four, the birth date or the HMIS id of a person whom
 * the searcher may see under that very field; nobody else is found. */
static err_t compare(struct search *s, const struct q_list_clients_households *row, const struct access_decision *may,
		     bool *fits)
{
	struct arena *a = s->arena;
	*fits = may->field[FIELD_HMIS_ID] == ACCESS_FULL && str_eq(row->personal_id, s->text);
	if (!*fits && may->field[FIELD_NAME] == ACCESS_FULL && s->typed.n > 0) {
		struct person_name name;
		struct folded own;
		TRY(app_person_name(s->call, a, row->client_no, row->name, row->hashed, &name));
		client_fold(name.full, &own);
		*fits = client_name_fits(&own, &s->typed);
	}
	if (!*fits && may->field[FIELD_SSN4] == ACCESS_FULL && s->text.n == 4) {
		struct str ssn4;
		TRY(app_person_ssn4(s->call, a, row->client_no, row->ssn, &ssn4));
		*fits = ssn4.n > 0 && str_eq(ssn4, s->text);
	}
	struct day typed;
	if (!*fits && may->field[FIELD_BIRTH] == ACCESS_FULL && day_parse(s->text, &typed)) {
		struct day birth;
		TRY(app_person_birth(s->call, a, row->client_no, row->birth, &birth));
		*fits = day_known(birth) && birth.n == typed.n;
	}
	return NULL;
}

static err_t search_batch(struct search *s, const int64_t *clients, size_t n)
{
	struct q_list_clients_households *rows;
	size_t rows_n;
	TRY(q_list_clients_households(s->db, s->arena, clients, n, s->image->version, &rows, &rows_n));
	if (rows_n > BATCH)
		rows_n = BATCH; /* a client belongs to one household, so there are no more than were asked for */
	int64_t nos[BATCH];
	struct q_list_served *served = NULL;
	size_t served_n = 0;
	for (size_t i = 0; i < rows_n; i++)
		nos[i] = rows[i].household_no;
	if (s->call->actor.agency_id.n > 0)
		TRY(q_list_served(s->db, s->arena, s->call->actor.agency_id, nos, rows_n, s->image->version, &served,
				  &served_n));
	for (size_t i = 0; i < rows_n; i++) {
		const struct list_row *row = list_image_row(s->image, nos[i]);
		if (row == NULL)
			continue;
		bool serves = false;
		for (size_t k = 0; k < served_n; k++)
			serves = serves || served[k].household_no == nos[i];
		struct access_question question = app_household_question(s->call, s->image, row, serves);
		struct access_decision may;
		bool fits;
		access_decide(&question, &may);
		TRY(compare(s, &rows[i], &may, &fits));
		if (fits)
			take(s, nos[i]);
	}
	return NULL;
}

static err_t search_clients(struct search *s, const int64_t *clients, size_t n)
{
	for (size_t done = 0; done < n && !s->more; done += BATCH) {
		struct arena_mark mark = arena_mark(s->arena);
		size_t batch = n - done < BATCH ? n - done : BATCH;
		if (s->opened + batch > LIMIT_FIND_OPENED) {
			s->more = true;
			break;
		}
		s->opened += batch;
		TRY(search_batch(s, clients + done, batch));
		arena_rewind(s->arena, mark); /* what was opened is wiped as soon as it was compared */
	}
	return NULL;
}

err_t app_find(struct call *c, struct db *db, struct arena *a, const struct list_image *image, struct str text,
	       int64_t **nos, size_t *n, bool *more)
{
	struct search s = {
		.call = c,
		.db = db,
		.arena = a,
		.image = image,
		.text = str_trim(text),
		.nos = arena_many(a, LIMIT_FIND, int64_t),
	};
	client_fold(s.text, &s.typed);
	find_code(&s);
	struct q_list_clients_by_id *by_id;
	size_t by_id_n;
	TRY(q_list_clients_by_id(db, a, (int64_t)import_key(s.text), s.text, image->version, &by_id, &by_id_n));
	int64_t *clients = arena_many(a, by_id_n, int64_t);
	for (size_t i = 0; i < by_id_n; i++)
		clients[i] = by_id[i].client_no;
	TRY(search_clients(&s, clients, by_id_n));
	size_t clients_n;
	TRY(client_candidates(db, a, c->app->keys, image->version, s.text, &clients, &clients_n));
	TRY(search_clients(&s, clients, clients_n));
	*nos = s.nos;
	*n = s.n;
	*more = s.more;
	return NULL;
}
