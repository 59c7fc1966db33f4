/* Lists that are not of an HMIS: spreadsheets, lists of victim service providers, paper.
 *
 * A list is an HMIS of its own with one project of coordinated entry: its rows become clients with one
 * enrollment each, out of sight until they are switched on, and every rule of the list applies to them as to
 * others. domain/source.h says what columns can be. Calling order:
 *
 *  1. app_source_add, once: a list of the list holder's region, named or coded.
 *  2. app_source_draft: the file is read; its rows wait, sealed. A coded list with a column that identifies
 *     anybody is refused here.
 *  3. app_source_look and app_source_map, as often as needed: what each column is, what each word means; what
 *     would be loaded and what set aside, and why. The answers are remembered for the next file of the list.
 *  4. app_source_load: everything or nothing, as an import; or app_source_discard.
 *
 * Rows are found again by their own number or code. A row that the newest file has no more is flagged and
 * stays. What was told earlier about contact and assessments stays beside what is told now.
 *
 * A file whose columns somebody has said before can be loaded in one step, without a browser: app_source_import.
 *
 * All else is for the list holder of the region; a list holder without a region (of a whole state, or of a CoC that has
 * one region) brings lists to any, and says to which. The people of a list stay coded rows for who holds no region.
 */
#ifndef APP_SOURCE_H
#define APP_SOURCE_H

#include "app/app.h"
#include "base/pii.h"
#include "domain/source.h"
#include "sheet/sheet.h"

struct source_line {
	struct str id, name;
	struct str region;
	bool coded;
	struct str agency; /* or empty */
	int64_t people, absent;
	struct instant last; /* INSTANT_NONE: nothing was loaded yet */
};

struct source_choice_line {
	struct str id, name;
	bool victim;
};

struct source_waiting {
	struct str id, source;
	struct instant made;
};

struct source_region {
	struct str id, name;
};

struct source_list {
	struct source_region *regions; /* that a new list can be for */
	size_t regions_n;
	struct source_line *sources;
	size_t sources_n;
	struct source_choice_line *agencies; /* to choose from for a new list */
	size_t agencies_n;
	struct source_waiting *drafts; /* files that wait */
	size_t drafts_n;
};
must err_t app_sources(struct call *c, struct source_list *out);

struct source_new {
	struct str name;
	bool coded;
	struct str agency_id; /* a coded list needs a victim service provider; of a named one it may be empty */
	struct str region_id; /* of regions; may be empty where there is one alone */
	bool stated;          /* the list holder states that its people agreed to be on it */
};
/* ERR_INVALID, ERR_CONFLICT: the region has a list of that name. */
must err_t app_source_add(struct call *c, const struct source_new *s, struct str *id);

/* Reads the file at `path`, of a workbook the sheet called `tab` or the first that shows (empty). ERR_INVALID: it
 * cannot be read, or must not be taken, in one sentence. */
must err_t app_source_draft(struct call *c, struct str source_id, const char *path, struct str tab,
			    struct str *draft_id);

/* A column of the file that waits. */
struct source_column_view {
	size_t at; /* its place in the file, from 0 */
	struct str header;
	struct str *samples; /* the first cells that hold something */
	size_t samples_n;
	enum source_field field; /* SOURCE_FIELDS_N: not loaded */
	bool remembered;         /* by an earlier file; else it is a guess */
};

/* A word that nobody has said the meaning of, or whose meaning was said. */
struct source_word_view {
	enum source_field field;
	struct str word;
	int code; /* −1: left out */
	bool known;
	int64_t rows;
};

struct source_aside_view {
	int64_t line;
	enum source_problem problem;
};

/* One row as it would be loaded. */
struct source_row_view {
	int64_t line;
	struct str who;  /* name, or the row's own code */
	struct str what; /* "on the list since 3 Mar 2026 · Shelter · 14 months" */
};

enum { SOURCE_ROWS_SHOWN = 12, SOURCE_ASIDE_SHOWN = 50, SOURCE_WORDS_MOST = 60, SOURCE_SAMPLES = 3 };

struct source_counts {
	int64_t rows, added, changed, unchanged, absent;
	int64_t aside;   /* rows set aside */
	int64_t blanked; /* values left out */
};

struct source_look {
	struct str source_id, source;
	bool coded;
	enum sheet_order order;
	struct source_column_view *columns;
	size_t columns_n;
	struct source_word_view *words;
	size_t words_n;
	struct source_row_view *rows;
	size_t rows_n;
	struct source_aside_view *asides;
	size_t asides_n;
	struct source_counts counts;
	struct str missing; /* what must be said before anything can be loaded; empty: nothing */
};
must err_t app_source_look(struct call *c, struct str draft_id, struct source_look *out);

/* What somebody said about columns and words. */
struct source_mapping_new {
	enum sheet_order order;
	struct str *columns; /* "3=birth": place and word of the field; "3=" for not loaded */
	size_t columns_n;
	struct str *words; /* "situation=116=Tent by the river": field, code (empty: left out), the word */
	size_t words_n;
};
must err_t app_source_map(struct call *c, struct str draft_id, const struct source_mapping_new *m);

/* ERR_CONFLICT, ERR_RETRY: an import stands in the way. */
must err_t app_source_load(struct call *c, struct str draft_id, struct source_counts *out);
must err_t app_source_discard(struct call *c, struct str draft_id);

/* A file of a list that is there, for the operator of the machine: everything or nothing, as it was said to be read. */
struct source_import {
	struct str source; /* name or id of the list */
	const char *path;
	struct str tab; /* a workbook's sheet; empty: the first that shows */
	bool look;      /* nothing is changed */
};
struct source_imported {
	struct str source;
	struct source_counts counts;
	struct source_aside_view *asides; /* the first SOURCE_ASIDE_SHOWN rows set aside, or with a value left out */
	size_t asides_n;
};
/* ERR_MISSING: no such list. ERR_INVALID: two have that name, nobody has said what a column is, or the file cannot be
 * read. ERR_CONFLICT, ERR_RETRY: an import stands in the way. */
must err_t app_source_import(struct call *c, const struct source_import *ask, struct source_imported *out);

/* One household from paper, as a row of the list: the texts of its fields, as if typed into a file. */
struct source_paper {
	const struct pii *values[SOURCE_FIELDS_N]; /* dates as 2026-11-21; words as their choices say */
};
must err_t app_source_paper(struct call *c, struct str source_id, const struct source_paper *p,
			    struct source_counts *out);

#endif
