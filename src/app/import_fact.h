/* Rows of HMIS files as facts, the form in which they are spooled, merged and kept.
 *
 * Fields of facts are named as HUD's columns, so the way between the two is made by the compiler. */
#ifndef APP_IMPORT_FACT_H
#define APP_IMPORT_FACT_H

#include "hmis/read.h"
#include "store/dossier.h"

/* Where a file's rows find their columns. */
struct import_columns {
	enum hmis_file file;
	const uint16_t *fields; /* by position in the fact's values */
	uint16_t id;
	uint16_t person;     /* HMIS_NO_COLUMN where rows are not about a person */
	uint16_t enrollment; /* HMIS_NO_COLUMN where they do not hang on an enrollment */
};

/* By kind of fact; row 0 is empty. */
extern const struct import_columns import_columns[DOSSIER_KIND_END];

/* The kind of a file's facts; 0 for Export.csv. */
enum dossier_kind import_kind(enum hmis_file file);

/* The row as a fact; texts point into the row. */
void import_fact(const struct hmis_row *row, enum dossier_kind kind, struct dossier_fact *out);

/* The reverse: the cells of the fact's file, which has HMIS_COLUMNS_MAX at most and are all unknown before. Texts point
 * into the fact. */
void import_cells(const struct dossier_fact *f, struct hmis_cell *cells);

/* The text of an id cell. */
struct str import_id(const struct hmis_row *row, uint16_t column);

/* 64 bits that two texts share only by rare chance. Stored: never change it. */
uint64_t import_hash(struct str text, uint64_t seed);

/* A person's place in the order of imports: 63 bits of the PersonalID. Stored as hmis_person.key. */
enum { IMPORT_KEY_BITS = 63 };
uint64_t import_key(struct str personal_id);

#endif
