/* A fact on its way from its file to its person: what lies in the spool, and how it is put in order.
 *
 * A record is a head, the key of the enrollment that the fact belongs to (the packed kind and id of its
 * Enrollment fact; nothing for a Client), and the packed fact. */
#ifndef APP_IMPORT_RECORD_H
#define APP_IMPORT_RECORD_H

#include "app/import_job.h"

struct import_record {
	uint64_t key;     /* import_key of the PersonalID */
	uint32_t check;   /* other bits of it: tells two people of one key apart */
	uint32_t line;    /* of the file, for flags and for ties */
	int64_t updated;  /* DateUpdated in milliseconds, INT64_MIN where unknown */
	uint64_t bytes;   /* hash of the row as it stands in the file */
	uint16_t owner_n; /* bytes of the enrollment's key */
	uint16_t key_n;   /* bytes of the fact's own key, at the start of the packed fact */
	uint16_t size;    /* bytes of the packed fact */
	uint8_t kind;
	uint8_t deleted : 1;
	uint8_t flagged : 1; /* something was wrong with the row */
	uint8_t delay : 6;   /* how late it was entered: a bucket of domain/timely.h */
};

/* A record of a part in memory. */
struct import_item {
	uint64_t key;
	uint32_t check;
	uint32_t at;    /* in the part's bytes */
	uint64_t owner; /* how the enrollment's key begins: settles most comparisons */
};

/* What came of a person in the file: items first … first + n − 1, of every fact its best row. */
struct import_person {
	uint64_t key;
	uint32_t check;
	uint32_t first, n;
	uint64_t digest; /* of all these rows */
	uint64_t bytes;  /* sum over the hashes of all the person's rows */
	bool refused;    /* has enrollments at victim service providers, which are not among them */
	bool plain;      /* each row is a fact of its own and nothing was wrong with any */
};

struct import_part {
	char *bytes;
	struct import_item *items;
	struct import_person *people;
	size_t items_n, people_n;
	uint64_t low, high; /* the keys that belong to the part */
};

static inline struct import_record *import_record_at(const struct import_part *p, uint32_t item)
{
	return (struct import_record *)(void *)(p->bytes + p->items[item].at);
}

static inline struct str import_record_owner(const struct import_record *r)
{
	return (struct str){(const char *)(r + 1), r->owner_n};
}

static inline struct str import_record_packed(const struct import_record *r)
{
	return (struct str){(const char *)(r + 1) + r->owner_n, r->size};
}

static inline struct str import_record_key(const struct import_record *r)
{
	return (struct str){(const char *)(r + 1) + r->owner_n, r->key_n};
}

/* Reads a part, puts it in order, keeps the best row of each fact, drops what cannot be used (noting
 * why) and who is refused (counting them), and finds where each person begins. Everything is
 * malloced; import_part_free lets go. Any thread, one part at a time. */
must err_t import_part_load(struct import_job *j, struct arena *a, unsigned part, struct import_part *out);
void import_part_free(struct import_part *p);

/* import_twice.c: notes an Enrollment row; then, when all are noted, finds those that two people have;
 * then says whether a row is one that lost. */
must err_t import_twice_note(struct import_job *j, struct arena *a, unsigned worker, struct str enrollment_id,
			     const struct import_record *r);
must err_t import_twice_find(struct import_job *j);
bool import_twice_lost(const struct import_job *j, struct str enrollment_id, const struct import_record *r);

/* import_delay.c: how soon facts are entered. The bucket of a row; counting one; counting the facts of an enrollment,
 * its own first, from items `first` to before `end`. Any thread. */
unsigned import_delay_of(const struct import_job *j, const struct hmis_row *row);
void import_delay_note(struct import_job *j, int64_t project_no, enum hmis_file file, unsigned bucket);
void import_delay_enrollment(struct import_job *j, const struct import_part *p, size_t first, size_t end);

#endif
