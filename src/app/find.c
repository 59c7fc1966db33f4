#include "app/find.h"

#include "app/household_access.h"
#include "app/import_client.h"
#include "app/import_fact.h"
#include "app/list_head.h"
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
	struct access_decision may;
	app_household_decide_unlisted(s->call, &may);
	if (may.field[FIELD_CODE] == ACCESS_NOTHING)
		return;
	for (size_t i = 0; i < s->image->n; i++)
		if (str_eq_nocase(str_from(s->image->rows[i].code), s->text))
			take(s, s->image->rows[i].no);
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

/* Of several records of a person the searcher may know but one: the others say nothing. */
static bool may_compare(const struct search *s, const struct q_list_clients_households *client,
			const struct list_row *row, const struct list_head *head)
{
	int64_t record = app_household_record(s->call, s->image, row, head);
	if (app_household_holds(s->call, s->image, row))
		return true;
	return client->client_no == (record != 0 ? record : client->member_no);
}

static err_t search_batch(struct search *s, const int64_t *clients, size_t n)
{
	struct q_list_clients_households *rows;
	size_t rows_n;
	TRY(q_list_clients_households(s->db, s->arena, clients, n, s->image->version, &rows, &rows_n));
	if (rows_n > BATCH)
		rows_n = BATCH; /* a client belongs to one household, so there are no more than were asked for */
	const struct list_row *found[BATCH];
	const struct list_head *heads[BATCH];
	struct household_asked head[BATCH];
	struct household_asked own[BATCH];
	struct access_decision of_head[BATCH];
	struct access_decision of_own[BATCH];
	for (size_t i = 0; i < rows_n; i++)
		found[i] = list_image_row(s->image, rows[i].household_no);
	TRY(list_heads(s->call, s->db, s->arena, s->image, found, rows_n, heads));
	for (size_t i = 0; i < rows_n; i++) {
		head[i] = own[i] = (struct household_asked){.row = found[i]};
		if (found[i] == NULL)
			continue;
		int64_t record = app_household_record(s->call, s->image, found[i], heads[i]);
		int64_t looked_at = rows[i].client_no == rows[i].member_no ? 0 : rows[i].client_no;
		head[i].serves = list_head_serves(heads[i], s->call->actor.agency_id, record);
		own[i].serves = list_head_serves(heads[i], s->call->actor.agency_id, looked_at);
		head[i].client_no = record != 0 ? record : heads[i]->client_no;
		TRY(app_household_signer(s->call, s->arena, s->image->as_of, heads[i]->client_no, rows[i].client_no,
					 rows[i].birth, &own[i].client_no));
	}
	TRY(app_household_decide(s->call, s->db, s->arena, s->image, USE_DEVICE, head, rows_n, of_head));
	TRY(app_household_decide(s->call, s->db, s->arena, s->image, USE_DEVICE, own, rows_n, of_own));
	for (size_t i = 0; i < rows_n; i++) {
		if (found[i] == NULL || !may_compare(s, &rows[i], found[i], heads[i]))
			continue;
		bool fits;
		if (!of_head[i].named)
			continue;
		TRY(compare(s, &rows[i], &of_own[i], &fits));
		if (fits)
			take(s, found[i]->no);
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
