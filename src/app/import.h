/* Importing an HMIS export: stage it out of sight, look at what it would change, apply it or not.
 *
 * Calling order: app_import_stage writes everything under the next number, in many small transactions
 * that let others write between them, and returns the preview. Then one of app_import_apply, which
 * switches the number on in one short transaction, or app_import_abandon. One import at a time; one
 * that was killed is cleaned away when the next begins, and until then nobody sees any of it. An
 * import that waits gives way to the next one of the same actor, and is for the day it was staged: the
 * list's next roll-over abandons it.
 *
 * What counts: of two versions of a row the one with the later DateUpdated, then the one from the later
 * export, then the later row of the file. DateDeleted removes. What a newer full refresh does not have
 * is kept and flagged as gone. People known through victim service providers alone are refused.
 *
 * Operators and administrators may import; nothing that is returned names a person.
 *
 *     struct import_view view;
 *     TRY(app_import_stage(c, "export.zip", IMPORT_STAGE, &progress, &view));
 *     TRY(app_import_apply(c, view.no, &progress));
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/app.h"

/* Told now and then, by one thread at a time; `total` 0: not known. */
struct import_progress {
	void (*tell)(void *ctx, const char *phase, int64_t done, int64_t total);
	void *ctx;
};

/* Counted of clients and of enrollments alike: name, what it says. */
#define IMPORT_COUNTS(X)                                                                                               \
	X(added, "new")                                                                                                \
	X(changed, "changed")                                                                                          \
	X(unchanged, "unchanged")                                                                                      \
	X(removed, "deleted")                                                                                          \
	X(gone, "gone: not in this export any more, kept until a person decides")                                      \
	X(refused, "refused: of a victim service provider")

struct import_counts {
#define X(name, say) int64_t name;
	IMPORT_COUNTS(X)
#undef X
};

struct import_file_counts {
	int64_t rows;    /* all, header aside */
	int64_t kept;    /* usable */
	int64_t deleted; /* of those, marked as deleted */
	int64_t aside;   /* set aside */
	int64_t blanked; /* values left out of rows that were kept */
	int64_t refused; /* about people of victim service providers */
};

struct import_view {
	int64_t no;        /* 0 after IMPORT_LOOK: nothing was kept */
	struct str state;  /* "staging", "staged", "applied", "abandoned" */
	struct str source; /* what the HMIS calls itself */
	struct instant exported;
	struct day period_start, period_end;
	int csv_year; /* 2024 or 2026 */
	bool full;    /* a full refresh: absence means something */
	bool hashed;  /* names are hashes: people are shown by their code */
	struct str actor;
	struct instant begun_at, ended_at;
	struct import_counts clients, enrollments;
	int64_t facts_gone;                          /* single facts of enrollments that are still there */
	int64_t households_before, households_after; /* on the list */
	int64_t rows_aside, values_blanked;
	struct import_file {
		struct str name; /* "Enrollment.csv" */
		struct import_file_counts counts;
	} * files; /* those that the export has */
	size_t files_n;
};

enum import_mode {
	IMPORT_STAGE,
	IMPORT_LOOK, /* count and write nothing: for --dry-run, beside a live meeting */
};

/* ERR_MISSING, ERR_INVALID: not an HMIS export, in one sentence. ERR_RETRY: another import runs.
 * ERR_CONFLICT: one that somebody else staged waits. */
must err_t app_import_stage(struct call *c, const char *path, enum import_mode mode,
			    const struct import_progress *progress, struct import_view *out);

/* ERR_CONFLICT where `no` is not staged any more. When the day has changed since, the list is then
 * derived anew. */
must err_t app_import_apply(struct call *c, int64_t no, const struct import_progress *progress);
must err_t app_import_abandon(struct call *c, int64_t no, const struct import_progress *progress);

/* An import by its number; ERR_MISSING where there is none. */
must err_t app_import_get(struct call *c, int64_t no, struct import_view *out);

/* The last ones, newest first, without their files; and whether one is staged and waits (0: none). */
must err_t app_imports(struct call *c, int64_t most, struct import_view **out, size_t *n, int64_t *waits);

/* What an import set aside or left out: a sentence each, without the text that was found. */
struct import_flag {
	int64_t no;
	struct str file;
	int64_t line;
	struct str key; /* the row's own HMIS id, or empty */
	bool aside;
	struct str problem; /* "day_bad" */
	struct str sentence;
};

/* `no` 0: the import that was applied last. From number `after` on, at most `most`. */
must err_t app_import_flags(struct call *c, int64_t no, int64_t after, int64_t most, struct import_flag **out,
			    size_t *n);

#endif
