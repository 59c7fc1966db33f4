/* People of a source who are known already, and whom of them an export says nothing new about.
 *
 * An export is mostly what it was the last time. So an import looks at it twice: first at the bytes of
 * its rows alone, which are summed up by person; then it reads, with all checks, the rows of people
 * whose sum is another one. Those of the others go straight to the list (import_pass.c): equal bytes
 * under an equal header were checked before, and say what is kept.
 *
 * Only of a person whose rows were simple is a sum kept (import_person.plain): nothing was wrong with
 * any, each was a fact of its own, and everything that is kept comes from them. Beyond the rows
 * themselves an outcome depends on the projects and on enrollments that two people have; both are asked
 * during the look. Whoever is not certainly the same takes the long way, which is always right.
 */
#ifndef APP_IMPORT_KNOWN_H
#define APP_IMPORT_KNOWN_H

#include "app/import_job.h"

struct import_known_person {
	uint64_t key; /* hmis_person */
	int64_t client_no;
	int64_t digest;
	int64_t bytes;
	uint32_t place; /* among the people of the source, by key; also the person's number in the roster */
	bool settled;
	bool bytes_known;
};

/* The people of the source as they are visible, in the order of their keys; each has a place in the
 * roster from now on, empty until it is filled. Read once, for all parts. */
must err_t import_known_load(struct import_job *j);
void import_known_free(struct import_known **k);

/* The first look; also finds enrollments that two people have. */
must err_t import_known_look(struct import_job *j);

/* True where the person of that key is known and the export says nothing new. */
bool import_known_same(const struct import_known *k, uint64_t key);

/* The person of a key, or NULL. */
const struct import_known_person *import_known_find(const struct import_known *k, uint64_t key);

/* Those whose keys lie in a stretch: how many, from *first on. */
size_t import_known_between(const struct import_known *k, uint64_t low, uint64_t high,
			    const struct import_known_person **first);

/* How many there are, and how many of them are the same. */
size_t import_known_count(const struct import_known *k);
size_t import_known_same_count(const struct import_known *k);

/* What stands for a row's bytes in the sums: rows of other files, of another header or read by another
 * version of the program are not the same. */
uint64_t import_known_bytes(const struct import_known *k, enum hmis_file file, struct str bytes);

/* import_pass.c: takes rows of people who are the same to the roster. To be told of all rows of
 * Client.csv, then all of Enrollment.csv, then import_pass_stays, then those of the others, then
 * import_pass_seen, then those of AssessmentResults.csv, then import_pass_end. */
struct import_pass;
must err_t import_pass_new(struct import_job *j, struct import_pass **out);
void import_pass_free(struct import_pass **p);
enum hmis_glance import_pass_glance(const struct import_pass *p, const struct hmis_glimpse *row);
const uint16_t *import_pass_columns(enum hmis_file file, size_t *n);
must err_t import_pass_row(struct import_pass *p, const struct hmis_row *row);
must err_t import_pass_stays(struct import_pass *p);
must err_t import_pass_seen(struct import_pass *p);
must err_t import_pass_end(struct import_pass *p);

#endif
