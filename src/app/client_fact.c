#include "app/client_fact.h"

#include "app/import_client.h"

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

struct str client_fact_name(struct arena *a, const struct dossier_fact *f)
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

struct str client_fact_ssn(struct arena *a, const struct dossier_fact *f)
{
	struct buf b = buf_new(a, DOSSIER_PACKED_MAX);
	add_part(&b, f->values[DOSSIER_Client_SSN].text);
	add_code(&b, &f->values[DOSSIER_Client_SSNDataQuality]);
	return b.n == 1 ? (struct str){0} : buf_text(&b);
}

struct str client_fact_birth(struct arena *a, const struct dossier_fact *f)
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

struct str client_fact_traits(struct arena *a, const struct dossier_fact *f)
{
	struct buf b = buf_new(a, DOSSIER_PACKED_MAX);
	for (size_t i = 0; i < CLIENT_TRAITS; i++) {
		if (i > 0)
			buf_char(&b, CLIENT_SEPARATOR);
		add_code(&b, &f->values[trait_fields[i]]);
	}
	return b.n == CLIENT_TRAITS - 1 ? (struct str){0} : buf_text(&b);
}

static void set_text(struct dossier_value *v, struct str text)
{
	*v = (struct dossier_value){.known = text.n > 0, .text = text};
}

static void set_code(struct dossier_value *v, struct str text)
{
	v->known = str_to_i64(text, &v->n);
}

err_t client_fact_open(struct arena *a, const struct keys *keys, int64_t client_no, const struct q_client_by_no *row,
		       struct dossier_fact *out)
{
	const struct pii *name;
	const struct pii *ssn;
	const struct pii *birth;
	const struct pii *traits;
	TRY(seal_open(a, keys, client_place(a, "name", client_no), row->name, &name));
	TRY(seal_open(a, keys, client_place(a, "ssn", client_no), row->ssn, &ssn));
	TRY(seal_open(a, keys, client_place(a, "birth", client_no), row->birth, &birth));
	TRY(seal_open(a, keys, client_place(a, "traits", client_no), row->traits, &traits));
	struct dossier_value *v = out->values;
	*out = (struct dossier_fact){.kind = DOSSIER_Client, .id = row->personal_id, .updated = row->updated};
	struct client_name n = client_name_of(pii_reveal(name));
	struct str first;
	struct str quality = {0};
	struct day day;
	set_text(&v[DOSSIER_Client_FirstName], n.first);
	set_text(&v[DOSSIER_Client_MiddleName], n.middle);
	set_text(&v[DOSSIER_Client_LastName], n.last);
	set_text(&v[DOSSIER_Client_NameSuffix], n.suffix);
	set_code(&v[DOSSIER_Client_NameDataQuality], n.quality);
	str_cut(pii_reveal(ssn), CLIENT_SEPARATOR, &first, &quality);
	set_text(&v[DOSSIER_Client_SSN], first);
	set_code(&v[DOSSIER_Client_SSNDataQuality], quality);
	str_cut(pii_reveal(birth), CLIENT_SEPARATOR, &first, &quality);
	if (day_parse(first, &day))
		v[DOSSIER_Client_DOB] = (struct dossier_value){.known = true, .n = day.n};
	set_code(&v[DOSSIER_Client_DOBDataQuality], quality);
	struct str rest = pii_reveal(traits);
	for (size_t i = 0; i < CLIENT_TRAITS; i++) {
		struct str one;
		str_cut(rest, CLIENT_SEPARATOR, &one, &rest);
		set_code(&v[trait_fields[i]], one);
	}
	v[DOSSIER_Client_VeteranStatus] = (struct dossier_value){.known = row->veteran_known, .n = row->veteran};
	return NULL;
}
