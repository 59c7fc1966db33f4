/* One import at work: what its parts share. Only files import_*.c include it.
 *
 * The road of a row: import_known.c looks whether it is of a person about whom anything is new; if not,
 * import_pass.c tells it to the list and that is all. Else import_read.c packs it as a fact and deals it, by its
 * person, into a spool; import_part.c brings the facts of each person together; import_merge.c decides what of them is
 * new; import_write.c seals and writes it out of sight. Reading uses all workers; after that one thread sorts, merges
 * and seals while the calling thread, which owns the database connection, reads what is there and writes.
 */
#ifndef APP_IMPORT_JOB_H
#define APP_IMPORT_JOB_H

#include <pthread.h>

#include "app/import.h"
#include "app/import_fact.h"
#include "app/import_spool.h"
#include "app/roster.h"
#include "store/seal.h"

#define IMPORT_FOREVER 2147483647 /* to_import of a row that is visible until further notice */

enum { IMPORT_WORKERS = ROSTER_WORKERS, IMPORT_FLAGS_PER_FILE = 10000 };

/* Why a row that could be read is set aside all the same. Stored beside those of hmis/problem.h: never
 * renumber. Name, number, what is wrong, what to do. */
#define IMPORT_PROBLEMS(X)                                                                                             \
	X(IMPORT_NO_PERSON, 1001, "the person is not in Client.csv", "Export the person's row as well.")               \
	X(IMPORT_NO_ENROLLMENT, 1002, "this person has no such enrollment",                                            \
	  "Look for an enrollment that was moved to another person.")                                                  \
	X(IMPORT_NO_PROJECT, 1003, "its project is not in Project.csv", "Export the project's row as well.")           \
	X(IMPORT_NO_ORGANIZATION, 1004, "its organization is not in Organization.csv",                                 \
	  "Export the organization's row as well; until then nobody is taken to be protected there.")                  \
	X(IMPORT_OTHER_PERSON, 1005, "another row gives this enrollment to another person",                            \
	  "An enrollment belongs to one person; the row that was updated last counts.")
enum import_problem {
#define X(name, number, wrong, todo) name = (number),
	IMPORT_PROBLEMS(X)
#undef X
};

struct import_known;
struct import_delays;

struct import_project {
	struct str id; /* HMIS ProjectID */
	int64_t no;
	bool victim;
};

/* An enrollment as one of the people has it that the file gives it to. */
struct import_owner {
	uint64_t id;  /* hash of the EnrollmentID */
	uint64_t key; /* of the person, as in import_record.h */
	uint32_t check;
};

/* A flag on its way to the database; all in the job's arena. */
struct import_flag_row {
	enum hmis_file file;
	int64_t line;
	const char *column; /* or NULL */
	int problem;
	bool aside;
	struct str key;
	struct str text; /* sealed when it is written */
};

struct import_flags {
	pthread_mutex_t lock;
	struct arena *arena;
	struct import_flag_row *rows[HMIS_FILE_COUNT + 1]; /* at most IMPORT_FLAGS_PER_FILE each */
	size_t n[HMIS_FILE_COUNT + 1];
};

struct import_job {
	struct call *call;
	struct arena *arena; /* lives as long as the job */
	const struct import_progress *progress;
	bool look; /* count only */
	struct hmis_package *package;
	const struct hmis_export *export;
	int64_t now; /* what is visible */
	int64_t no;  /* what is written */
	int64_t source_no;
	bool first;          /* nothing is visible yet: nobody waits for the database */
	bool ties_win;       /* no newer export of the source was applied: of equal DateUpdated this one counts */
	bool judges_absence; /* a newer full refresh whose period is known */
	struct import_project *projects; /* by id */
	size_t projects_n;
	struct import_delays *delays; /* how soon facts were entered */
	struct import_view counts;
	struct import_file_counts files[HMIS_FILE_COUNT];
	struct import_flags flags;
	struct import_known *known;   /* people who are there already */
	struct spool *rows;           /* facts by person */
	struct spool *enrollment_ids; /* who has which enrollment, by its id */
	struct import_owner *losers;  /* enrollments that belong to somebody else, in order */
	size_t losers_n;
	unsigned parts_bits;             /* there are 1 << parts_bits parts, by the highest bits of the key */
	struct spool *tokens;            /* blind index entries by token */
	struct token_cache *token_cache; /* for the thread that seals */
	struct roster_fill *fill;        /* NULL when looking */
	int64_t last_client;
};

static inline void import_tell(const struct import_job *j, const char *phase, int64_t done, int64_t total)
{
	if (j->progress != NULL && j->progress->tell != NULL)
		j->progress->tell(j->progress->ctx, phase, done, total);
}

/* Notes a flag, up to IMPORT_FLAGS_PER_FILE per file. Any thread. */
void import_flag_note(struct import_job *j, const struct import_flag_row *row);

/* The same for what reading found. */
void import_hmis_flag(struct import_job *j, const struct hmis_flag *flag);

/* Takes the counts of a file that was read. */
void import_file_counted(struct import_job *j, const struct hmis_job *read);

/* Writes what was noted. */
must err_t import_flags_write(struct import_job *j);

/* The sentence of a stored flag. */
struct str import_flag_say(struct arena *a, enum hmis_file file, int64_t line, struct str column, int problem,
			   bool aside);

/* Its name in lower case: "day_bad". */
struct str import_problem_name(struct arena *a, int problem);

/* import_project.c: organizations, projects and what hangs on them. */
must err_t import_projects(struct import_job *j);
const struct import_project *import_project_find(const struct import_job *j, struct str id);

/* import_delay.c: counts by project, once the projects are known; written with what is staged. */
void import_delays_new(struct import_job *j);
must err_t import_delays_write(const struct import_job *j, struct db *db, struct arena *a);

/* import_read.c: deals all rows about people into j->rows. */
must err_t import_read(struct import_job *j);

/* import_run.c: parts, one after the other, until everything is written. */
must err_t import_parts(struct import_job *j);

/* import_token.c: the blind index. */
enum { TOKEN_PARTS_BITS = 6, TWICE_PARTS_BITS = 5 };
must err_t import_token_add(struct import_job *j, struct arena *a, int64_t token, int64_t client_no);
must err_t import_tokens_write(struct import_job *j);

/* import_sweep.c: removes what is not visible under `now`, in small transactions: rows that were
 * replaced; with `leftovers` also those of imports that were not applied. */
must err_t import_sweep(struct call *c, int64_t now, bool leftovers, const struct import_progress *progress);

#endif
