/* The statement generator: db/queries/<noun>.sql in, typed C functions out.
 *
 * Reading (sqlc_read) turns a file into statements and refuses what would not mean the same on
 * SQLite and PostgreSQL; writing (the rest) cannot fail. docs/ARCHITECTURE.md, "Statements", is the
 * description of the language. Everything lives in the arena that was given.
 */
#ifndef TOOLS_SQLC_H
#define TOOLS_SQLC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;

enum { SQLC_FIELDS = 64, SQLC_ENGINES = 2, SQLC_LOOSE = 4 };

/* The words behind a name, and what comes back. */
enum sqlc_kind {
	SQLC_EXEC,  /* nothing */
	SQLC_COUNT, /* how many rows changed */
	SQLC_ONE,   /* a row or none */
	SQLC_MANY,  /* all rows, in the arena */
	SQLC_EACH,  /* a cursor */
	SQLC_BULK,  /* INSERT … VALUES of plain parameters, as a bulk load */
};

/* Sealed bytes (store/seal.h) are a type of their own, so that nothing else gets into such a column, and so that it
 * is known who yields them. */
enum sqlc_type { SQLC_TEXT, SQLC_INT, SQLC_BOOL, SQLC_DAY, SQLC_INSTANT, SQLC_BYTES, SQLC_SEALED };

struct sqlc_field {
	struct str name;
	enum sqlc_type type;
	bool nullable;
	size_t number; /* a parameter's first $number; 0: not met yet */
	size_t many;   /* how many $numbers it takes, for :name[many]; 0: it is one value */
};

struct sqlc_statement {
	struct str name;
	enum sqlc_kind kind;
	size_t line;
	struct str doc;  /* comment lines, '\n' behind each */
	struct str scan; /* why it may read a whole table */
	bool said;       /* whom it serves is said, and not derived */
	uint32_t roles;  /* one bit for each of sqlc_roles: whom it serves alone; 0: everybody */
	struct sqlc_field in[SQLC_FIELDS];
	size_t in_n;
	struct sqlc_field out[SQLC_FIELDS];
	size_t out_n;
	struct str text[SQLC_ENGINES]; /* SQLite, PostgreSQL */
	size_t numbers;                /* how many $numbers there are */
	bool writes;
	struct str copy; /* of a bulk statement: "table (a, b)" */
	struct sqlc_statement *next;
};

struct sqlc_file {
	struct str path; /* as messages and generated comments show it */
	struct str noun;
	struct str text;
	struct sqlc_statement *statements;
};

/* Reads file->text into file->statements. ERR_INVALID: "path:line: sentence". */
must err_t sqlc_read(struct arena *a, struct sqlc_file *file);

/* Replaces the {tokens} of `text` by the words of each engine and strips comments. */
must err_t sqlc_dialects(struct arena *a, struct str path, size_t line, struct str text, struct str out[SQLC_ENGINES]);

/* The words of `for:`, and what they become in C. */
struct sqlc_role {
	const char *word, *c;
};
extern const struct sqlc_role sqlc_roles[];
extern const size_t sqlc_roles_n;

/* q_<noun>.h and q_<noun>.c. */
struct str sqlc_header(struct arena *a, const struct sqlc_file *file);
struct str sqlc_source(struct arena *a, const struct sqlc_file *file);

/* The table of all statements; two of one name are refused. */
must err_t sqlc_table(struct arena *a, const struct sqlc_file *files, size_t n, struct str *out);

/* db/schema/NNNN_name.sql in order of number, as the table that store/migrate.c walks. A file
 * without a number, a number twice or one left out is refused. */
must err_t sqlc_schema(struct arena *a, const struct sqlc_file *files, size_t n, struct str *out);

#endif
