#include "app/import_fact.h"

#include <string.h>

#define X_COLUMN(kind, name, type) HMIS_##kind##_##name,
#define X_KIND(kind, number) static const uint16_t fields_##kind[] = {DOSSIER_FIELDS_##kind(X_COLUMN)};
DOSSIER_HMIS_KINDS(X_KIND)
#undef X_KIND
#undef X_COLUMN

#define ENTITY(kind) [DOSSIER_##kind] = {HMIS_##kind, fields_##kind, 0, HMIS_NO_COLUMN, HMIS_NO_COLUMN}
#define ABOUT_PERSON(kind, person)                                                                                     \
	[DOSSIER_##kind] = {HMIS_##kind, fields_##kind, 0, HMIS_##kind##_##person, HMIS_NO_COLUMN}
#define HANGS(kind)                                                                                                    \
	[DOSSIER_##kind] = {HMIS_##kind, fields_##kind, 0, HMIS_##kind##_PersonalID, HMIS_##kind##_EnrollmentID}

const struct import_columns import_columns[DOSSIER_KIND_END] = {
	ENTITY(Organization),
	ENTITY(Project),
	ENTITY(ProjectCoC),
	ENTITY(HMISParticipation),
	ENTITY(CEParticipation),
	ENTITY(Inventory),
	ENTITY(Funder),
	ABOUT_PERSON(Client, PersonalID),
	HANGS(Enrollment),
	HANGS(Exit),
	HANGS(CurrentLivingSituation),
	HANGS(Assessment),
	HANGS(AssessmentResults),
	HANGS(Event),
	HANGS(Services),
	HANGS(Disabilities),
	HANGS(HealthAndDV),
};

enum dossier_kind import_kind(enum hmis_file file)
{
	static const enum dossier_kind kinds[HMIS_FILE_COUNT] = {
#define X(kind, number) [HMIS_##kind] = DOSSIER_##kind,
		DOSSIER_HMIS_KINDS(X)
#undef X
	};
	return kinds[file];
}

struct str import_id(const struct hmis_row *row, uint16_t column)
{
	const struct hmis_cell *c = &row->cells[column];
	return c->known ? c->text : (struct str){0};
}

void import_fact(const struct hmis_row *row, enum dossier_kind kind, struct dossier_fact *out)
{
	const struct import_columns *columns = &import_columns[kind];
	const struct dossier_kind_row *shape = &dossier_kinds[kind];
	out->kind = kind;
	out->id = import_id(row, columns->id);
	out->updated = row->updated;
	for (size_t i = 0; i < shape->fields_n; i++) {
		const struct hmis_cell *c = &row->cells[columns->fields[i]];
		struct dossier_value *v = &out->values[i];
		*v = (struct dossier_value){.known = c->known};
		if (!c->known)
			continue;
		if (shape->fields[i].type == DOSSIER_DAY)
			v->n = c->day.n;
		else if (shape->fields[i].type == DOSSIER_INT)
			v->n = c->n;
		else
			v->text = c->text;
	}
}

void import_cells(const struct dossier_fact *f, struct hmis_cell *cells)
{
	const struct import_columns *columns = &import_columns[f->kind];
	const struct dossier_kind_row *shape = &dossier_kinds[f->kind];
	cells[columns->id] = (struct hmis_cell){.known = f->id.n > 0, .text = f->id};
	for (size_t i = 0; i < shape->fields_n; i++) {
		const struct dossier_value *v = &f->values[i];
		struct hmis_cell *c = &cells[columns->fields[i]];
		*c = (struct hmis_cell){.known = v->known};
		if (!v->known)
			continue;
		if (shape->fields[i].type == DOSSIER_DAY)
			c->day = (struct day){(int32_t)v->n};
		else if (shape->fields[i].type == DOSSIER_INT)
			c->n = v->n;
		else
			c->text = v->text;
	}
}

/* Two 64-bit numbers multiplied, both halves of the product folded together: every bit of the input
 * reaches every bit of the result. */
static uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)(a ^ 0x9e3779b97f4a7c15U) * (b ^ 0xd1b54a32d192ed03U);
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t import_hash(struct str text, uint64_t seed)
{
	uint64_t h = mix(seed, text.n + 0x632be59bd9b4e019U);
	size_t i = 0;
	for (; i + 8 <= text.n; i += 8) {
		uint64_t word;
		memcpy(&word, text.p + i, 8);
		h = mix(h, word);
	}
	uint64_t last = 0;
	for (; i < text.n; i++)
		last = last << 8 | (unsigned char)text.p[i];
	return mix(mix(h, last), seed);
}

uint64_t import_key(struct str personal_id)
{
	return import_hash(personal_id, 1) >> (64 - IMPORT_KEY_BITS);
}
