#include <string.h>

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

static void add_part(struct buf *b, struct str text)
{
	buf_str(b, text);
	buf_char(b, CLIENT_SEPARATOR);
}

static void add_code(struct buf *b, const struct dossier_value *v)
{
	if (v->known)
		buf_i64(b, v->n);
}

/* The columns as import_client.h describes them; nothing where nothing but separators would be. */
static struct str name_text(struct arena *a, const struct dossier_fact *f)
{
	const struct dossier_value *v = f->values;
	struct buf b = buf_new(a, DOSSIER_PACKED_MAX);
	add_part(&b, v[DOSSIER_Client_FirstName].text);
	add_part(&b, v[DOSSIER_Client_MiddleName].text);
	add_part(&b, v[DOSSIER_Client_LastName].text);
	add_part(&b, v[DOSSIER_Client_NameSuffix].text);
	size_t bare = b.n;
	add_code(&b, &v[DOSSIER_Client_NameDataQuality]);
	return bare == 4 && b.n == bare ? (struct str){0} : buf_text(&b);
}

static struct str ssn_text(struct arena *a, const struct dossier_fact *f)
{
	struct buf b = buf_new(a, DOSSIER_PACKED_MAX);
	add_part(&b, f->values[DOSSIER_Client_SSN].text);
	add_code(&b, &f->values[DOSSIER_Client_SSNDataQuality]);
	return b.n == 1 ? (struct str){0} : buf_text(&b);
}

static struct str birth_text(struct arena *a, const struct dossier_fact *f)
{
	struct buf b = buf_new(a, DOSSIER_PACKED_MAX);
	char day[DAY_TEXT];
	add_part(&b, str_from(day_text(dossier_day(f, DOSSIER_Client_DOB), day)));
	add_code(&b, &f->values[DOSSIER_Client_DOBDataQuality]);
	return b.n == 1 ? (struct str){0} : buf_text(&b);
}

static const uint8_t trait_fields[CLIENT_TRAITS] = {
	DOSSIER_Client_AmIndAKNative,   DOSSIER_Client_Asian,
	DOSSIER_Client_BlackAfAmerican, DOSSIER_Client_HispanicLatinao,
	DOSSIER_Client_MidEastNAfrican, DOSSIER_Client_NativeHIPacific,
	DOSSIER_Client_White,           DOSSIER_Client_Sex,
	DOSSIER_Client_Woman,           DOSSIER_Client_Man,
};

static struct str traits_text(struct arena *a, const struct dossier_fact *f)
{
	struct buf b = buf_new(a, DOSSIER_PACKED_MAX);
	for (size_t i = 0; i < CLIENT_TRAITS; i++) {
		if (i > 0)
			buf_char(&b, CLIENT_SEPARATOR);
		add_code(&b, &f->values[trait_fields[i]]);
	}
	return b.n == CLIENT_TRAITS - 1 ? (struct str){0} : buf_text(&b);
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
		.name = seal(j, a, client_place(a, "name", client_no), name_text(a, &f)),
		.ssn = seal(j, a, client_place(a, "ssn", client_no), ssn_text(a, &f)),
		.birth = seal(j, a, client_place(a, "birth", client_no), birth_text(a, &f)),
		.traits = seal(j, a, client_place(a, "traits", client_no), traits_text(a, &f)),
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

static void set_text(struct dossier_value *v, struct str text)
{
	*v = (struct dossier_value){.known = text.n > 0, .text = text};
}

static void set_code(struct dossier_value *v, struct str text)
{
	v->known = str_to_i64(text, &v->n);
}

err_t import_client_packed(struct import_job *j, struct arena *a, const struct import_old *old, struct str *packed)
{
	const struct keys *keys = j->call->app->keys;
	const struct pii *name;
	const struct pii *ssn;
	const struct pii *birth;
	const struct pii *traits;
	TRY(seal_open(a, keys, client_place(a, "name", old->client_no), old->client.name, &name));
	TRY(seal_open(a, keys, client_place(a, "ssn", old->client_no), old->client.ssn, &ssn));
	TRY(seal_open(a, keys, client_place(a, "birth", old->client_no), old->client.birth, &birth));
	TRY(seal_open(a, keys, client_place(a, "traits", old->client_no), old->client.traits, &traits));
	struct dossier_fact f = {.kind = DOSSIER_Client, .id = old->client.personal_id, .updated = old->client.updated};
	struct client_name n = client_name_of(pii_reveal(name));
	struct str first;
	struct str quality = {0};
	struct day day;
	set_text(&f.values[DOSSIER_Client_FirstName], n.first);
	set_text(&f.values[DOSSIER_Client_MiddleName], n.middle);
	set_text(&f.values[DOSSIER_Client_LastName], n.last);
	set_text(&f.values[DOSSIER_Client_NameSuffix], n.suffix);
	set_code(&f.values[DOSSIER_Client_NameDataQuality], n.quality);
	str_cut(pii_reveal(ssn), CLIENT_SEPARATOR, &first, &quality);
	set_text(&f.values[DOSSIER_Client_SSN], first);
	set_code(&f.values[DOSSIER_Client_SSNDataQuality], quality);
	str_cut(pii_reveal(birth), CLIENT_SEPARATOR, &first, &quality);
	if (day_parse(first, &day))
		f.values[DOSSIER_Client_DOB] = (struct dossier_value){.known = true, .n = day.n};
	set_code(&f.values[DOSSIER_Client_DOBDataQuality], quality);
	struct str rest = pii_reveal(traits);
	for (size_t i = 0; i < CLIENT_TRAITS; i++) {
		struct str one;
		str_cut(rest, CLIENT_SEPARATOR, &one, &rest);
		set_code(&f.values[trait_fields[i]], one);
	}
	f.values[DOSSIER_Client_VeteranStatus] =
		(struct dossier_value){.known = old->client.veteran_known, .n = old->client.veteran};
	char *out = arena_many(a, DOSSIER_PACKED_MAX, char);
	*packed = (struct str){out, dossier_pack(&f, out)};
	return NULL;
}
