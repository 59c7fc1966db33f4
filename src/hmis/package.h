/* An HMIS export as it arrives: a folder or a zip of CSV files.
 *
 * Opening looks at names, sizes, headers and Export.csv, and refuses only what cannot be an HMIS
 * export: no Export.csv, not a zip, a zip that is cut off, a bomb, a CSV of another kind. Everything
 * else becomes a flag. File names match letter case aside; a folder inside a zip is let pass with a
 * flag. Names with a path in them, links and devices are never followed, because entries are read by
 * their number in the zip and nothing is ever unpacked to disk.
 *
 * A package is opened once and read by several threads. A file that changes while it is read gives
 * wrong rows, not a crash, as long as it does not get shorter.
 */
#ifndef HMIS_PACKAGE_H
#define HMIS_PACKAGE_H

#include "base/day.h"
#include "base/err.h"
#include "hmis/problem.h"

struct hmis_package;

/* HMIS list 1.2: does the export hold everything, or only what changed? */
enum hmis_directive {
	HMIS_DELTA_REFRESH = 1,
	HMIS_FULL_REFRESH = 2,
	HMIS_OTHER_REFRESH = 3, /* and where it does not say: nothing may be concluded from absence */
};

/* HMIS list 1.5. */
enum hmis_hash { HMIS_UNHASHED = 1, HMIS_SHA1 = 2, HMIS_HASHED_OTHER = 3, HMIS_SHA256 = 4 };

/* The row of Export.csv that counts. */
struct hmis_export {
	struct str id;
	struct str source_id;
	struct str source_name;
	struct str software;
	struct str implementation;
	struct instant date; /* INSTANT_NONE where unreadable */
	struct day start;
	struct day end;
	int64_t period_type; /* list 1.1: 1 updated, 3 reporting period, 4 other; 0 unknown */
	enum hmis_directive directive;
	bool hashed;
	enum hmis_years year; /* HMIS_FY2024 or HMIS_FY2026 */
};

/* Opens the folder or zip at `path`. Everything that is found lives in the arena; *out is closed by
 * hand. ERR_MISSING: nothing there. ERR_INVALID: not an HMIS export, in one sentence. */
must err_t hmis_package_open(struct arena *a, const char *path, struct hmis_package **out);
void hmis_package_close(struct hmis_package **p);

const struct hmis_export *hmis_package_export(const struct hmis_package *p);
bool hmis_package_has(const struct hmis_package *p, enum hmis_file f);
uint64_t hmis_package_size(const struct hmis_package *p, enum hmis_file f); /* bytes, unpacked */

/* Stands for the columns of a file, by name and order: where two files differ in them, so does this. */
uint64_t hmis_package_shape(const struct hmis_package *p, enum hmis_file f);

/* What opening found odd: files and columns that are missing, which row of Export.csv was taken. */
const struct hmis_flag *hmis_package_flags(const struct hmis_package *p, size_t *n);

#endif
