#include "app/client_fact.h"
#include "app/import_client.h"
#include "app/import_merge.h"

/* Seals text for a client's column; empty stays empty. */
static struct str seal(struct import_job *j, struct arena *a, struct seal_place place, struct str text)
{
	if (text.n == 0)
		return text;
	char *out = arena_many(a, SEAL_OVERHEAD + text.n, char);
	return (struct str){out, seal_into(j->call->app->keys, place, text, out)};
}

static err_t add_tokens(struct import_job *j, struct import_batch *b, int64_t client_no, const struct dossier_fact *f)
{
	const struct dossier_value *v = f->values;
	struct client_name name = {0};
	if (!j->export->hashed)
		name = (struct client_name){
			.first = v[DOSSIER_Client_FirstName].text,
			.middle = v[DOSSIER_Client_MiddleName].text,
			.last = v[DOSSIER_Client_LastName].text,
		};
	int64_t tokens[CLIENT_TOKENS];
	struct str ssn = j->export->hashed ? (struct str){0} : v[DOSSIER_Client_SSN].text;
	size_t n = client_tokens(j->call->app->keys, j->token_cache, &name, ssn, dossier_day(f, DOSSIER_Client_DOB),
				 tokens);
	for (size_t i = 0; i < n; i++)
		TRY(import_token_add(j, b->arena, tokens[i], client_no));
	return NULL;
}

err_t import_client_add(struct import_job *j, struct import_batch *b, int64_t client_no, struct str packed,
			struct instant exported)
{
	struct dossier_fact f;
	if (!dossier_unpack(packed, &f))
		return err_internal(b->arena, "client %lld does not unpack", (long long)client_no);
	if (j->look)
		return NULL;
	struct arena *a = b->arena;
	b->clients = db_rows_room(a, b->clients, b->clients_n, sizeof *b->clients);
	b->clients[b->clients_n++] = (struct q_client_add_in){
		.client_no = client_no,
		.from_import = j->no,
		.to_import = IMPORT_FOREVER,
		.source_no = j->source_no,
		.personal_id = str_dup(a, f.id),
		.updated = f.updated,
		.exported = exported,
		.hashed = j->export->hashed,
		.name = seal(j, a, client_place(a, "name", client_no), client_fact_name(a, &f)),
		.ssn = seal(j, a, client_place(a, "ssn", client_no), client_fact_ssn(a, &f)),
		.birth = seal(j, a, client_place(a, "birth", client_no), client_fact_birth(a, &f)),
		.traits = seal(j, a, client_place(a, "traits", client_no), client_fact_traits(a, &f)),
		.veteran = f.values[DOSSIER_Client_VeteranStatus].n,
		.veteran_known = f.values[DOSSIER_Client_VeteranStatus].known,
	};
	return add_tokens(j, b, client_no, &f);
}

void import_enrollment_add(struct import_job *j, struct import_batch *b, int64_t client_no, int64_t enrollment_no,
			   int64_t project_no, const struct dossier_fact *enrollment, struct day exit, bool gone,
			   struct str dossier)
{
	if (j->look)
		return;
	struct arena *a = b->arena;
	b->enrollments = db_rows_room(a, b->enrollments, b->enrollments_n, sizeof *b->enrollments);
	b->enrollments[b->enrollments_n++] = (struct q_enrollment_add_in){
		.client_no = client_no,
		.enrollment_no = enrollment_no,
		.from_import = j->no,
		.to_import = IMPORT_FOREVER,
		.project_no = project_no,
		.entry = dossier_day(enrollment, DOSSIER_Enrollment_EntryDate),
		.exit = exit,
		.gone = gone,
		.dossier = seal(j, a, enrollment_place(a, client_no, enrollment_no), dossier),
	};
}

err_t import_client_packed(struct import_job *j, struct arena *a, const struct import_old *old, struct str *packed)
{
	struct dossier_fact f;
	TRY(client_fact_open(a, j->call->app->keys, old->client_no, &old->client, &f));
	char *out = arena_many(a, DOSSIER_PACKED_MAX, char);
	*packed = (struct str){out, dossier_pack(&f, out)};
	return NULL;
}
