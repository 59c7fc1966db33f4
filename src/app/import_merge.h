/* What an export makes of each person: the facts that come out, and the rows to write for them. */
#ifndef APP_IMPORT_MERGE_H
#define APP_IMPORT_MERGE_H

#include "app/import_known.h"
#include "app/import_record.h"
#include "store/q_client.h"
#include "store/q_enrollment.h"
#include "store/q_hmis.h"

/* Visible rows that end with this import. */
enum import_closing_kind { CLOSE_PERSON, CLOSE_DELETED, CLOSE_CLIENT, CLOSE_ENROLLMENT };
struct import_closing {
	enum import_closing_kind kind;
	int64_t a; /* key of a person; else client number */
	int64_t b; /* client number of a person; file of a deleted row; enrollment number */
	struct str row_id;
};

/* Rows to write, out of sight; everything lives in the arena. */
struct import_batch {
	struct arena *arena;
	struct arena *scratch; /* for one task at a time */
	struct import_closing *closings;
	struct q_hmis_person_add_in *people;
	struct q_hmis_deleted_add_in *deleted;
	struct q_client_add_in *clients;
	struct q_enrollment_add_in *enrollments;
	size_t closings_n, people_n, deleted_n, clients_n, enrollments_n;
};

/* A person as the database has them. */
struct import_old {
	int64_t client_no;
	const struct import_known_person *known;
	struct q_client_by_no client;
	struct q_enrollments_of_client *enrollments;
	size_t enrollments_n;
};

enum import_task_kind {
	TASK_SAME,   /* the export says what it said last time, and that is what is kept */
	TASK_MERGE,  /* `in`, and `old` where the person is known */
	TASK_ABSENT, /* `old` alone */
};

struct import_task {
	enum import_task_kind kind;
	const struct import_person *in;
	const struct import_old *old;
	const struct import_known_person *same; /* TASK_SAME */
	uint64_t key;
	const struct q_hmis_deleted_between *deleted; /* of the person's key */
	size_t deleted_n;
};

/* Does one task: counts, fills the roster, adds to the batch. One thread. */
must err_t import_merge(struct import_job *j, const struct import_part *p, const struct import_task *t,
			struct import_batch *b);

/* What follows is between import_merge.c, which looks at a person, and import_enrollment.c. */

/* The facts of an enrollment as they will be. */
struct import_facts {
	struct dossier_item *items;
	size_t n;
};

/* The task at hand. */
struct import_merging {
	struct import_job *j;
	const struct import_part *p;
	const struct import_task *t;
	struct import_batch *b;
	struct arena *a; /* scratch */
	int64_t client_no;
	uint32_t person;    /* in the roster */
	bool settled;       /* what is kept is what the export says */
	int64_t gone_since; /* newest import since which something of theirs is absent; 0: all is there */
	int64_t last_enrollment;
};

/* Merges all enrollments of the export (items first … end − 1) and of the database. */
must err_t import_merge_enrollments(struct import_merging *m, size_t first, size_t end);

/* The end of the items that belong to the same enrollment as item i. */
size_t import_owner_end(const struct import_merging *m, size_t i, size_t end);

/* True where the export's row counts: DateUpdated decides, then ExportDate. */
bool import_wins(const struct import_merging *m, const struct import_record *r, struct instant updated,
		 struct instant exported);

/* Ends a visible row with this import. */
void import_close(struct import_merging *m, enum import_closing_kind kind, int64_t a, int64_t b, struct str row_id);

/* Notes that the row was deleted, so that an older export does not bring it back. */
void import_bury(struct import_merging *m, const struct import_record *r);

/* False where the row was deleted later than it was updated; else the deletion is over. */
bool import_rises(struct import_merging *m, const struct import_record *r);

/* Counts and flags a row that cannot be used. */
void import_set_aside(struct import_merging *m, const struct import_record *r, const char *column,
		      enum import_problem problem);

void import_push_item(struct import_merging *m, struct import_facts *f, struct dossier_item item);

/* The Enrollment fact and the exit that counts (of several the one updated last); false without one. */
bool import_look_through(const struct import_facts *f, struct dossier_fact *enrollment, struct day *exit);

/* Tells the roster, where one is filled. */
must err_t import_fill(struct import_merging *m, int64_t project_no, const struct import_facts *f);

/* import_seal.c: a client and an enrollment as rows of the batch. */
must err_t import_client_add(struct import_job *j, struct import_batch *b, int64_t client_no, struct str packed,
			     struct instant exported);
void import_enrollment_add(struct import_job *j, struct import_batch *b, int64_t client_no, int64_t enrollment_no,
			   int64_t project_no, const struct dossier_fact *enrollment, struct day exit, bool gone,
			   struct str dossier);

/* The client's row as the packed fact it was made from. */
must err_t import_client_packed(struct import_job *j, struct arena *a, const struct import_old *old,
				struct str *packed);

#endif
