/* Filling the domain's roster with what is kept: people, their enrollments and how they were seen.
 *
 * An import fills it with merged facts while it stages them; a new day fills it from the database,
 * opening the dossiers. Either way the calling order is: roster_fill_new, people and their enrollments,
 * roster_fill_settle. Sightings wait in a spool until all stays are there, so that memory does not grow
 * with services. One thread fills; settling uses two.
 *
 * Which facts are contact, and how: DEFINITIONS "Last contact". Of services only bed nights and what
 * a person was given face to face count (record types 141 to 144 and 200 of HMIS list 1.4); payments,
 * referrals and coordinated-entry events do not.
 */
#ifndef APP_ROSTER_H
#define APP_ROSTER_H

#include "app/app.h"
#include "app/list_export_seen.h"
#include "app/policy.h"
#include "app/setting.h"
#include "domain/trace.h"

/* How many may tell sightings side by side. */
enum { ROSTER_WORKERS = 2 };

/* The client number of a person whose place is kept and who has not come yet. */
enum { ROSTER_NOBODY = 0 };

struct dossier_fact;
struct spool;
struct night_book;

/* The id of the enrollment that stands for being on a list which is not of an HMIS (app/source.h). */
#define ROSTER_LISTED "L"

struct roster_project_row {
	int64_t project_no;
	struct str county; /* or empty */
	uint32_t region;   /* index into regions plus 1, or REGION_NONE */
	uint32_t agency;   /* index into agencies, or ROSTER_NONE */
	bool listed;       /* stands for a list that is not of an HMIS (app/source.h) */
	bool coded;        /* … of a victim service provider */
};

struct roster_fill {
	struct roster *r;
	struct settings settings;
	struct policy policy;                /* of the list, in force on the day */
	struct roster_project_row *projects; /* by project_no; index is the roster's project */
	size_t projects_n;
	struct str *regions; /* ids; region k of the roster is regions[k − 1] */
	size_t regions_n;
	struct str *agencies; /* ids; agency k of the roster is agencies[k] */
	size_t agencies_n;
	uint32_t *clients; /* client number of each person of the roster */
	size_t clients_room;
	struct stay_groups {
		uint64_t *keys; /* hash of source and HouseholdID; the place is the group's number in `numbers` */
		uint32_t *numbers;
		size_t room, n;
	} groups;
	struct roster_gone *gone; /* people whom a newer full-refresh export did not have, whole or in part */
	size_t gone_n, gone_room;
	struct roster_link *links; /* by client: records of people who have several (app/duplicate.h) */
	size_t links_n;
	bool links_done; /* they were joined */
	struct roster_joined {
		uint32_t stay, client;
	} * joined; /* by stay: whose record it stands in, where that is not the person's first one */
	size_t joined_n, joined_room;
	struct spool *seen;
	uint16_t tools[UINT8_MAX +
		       1]; /* digests of what gave scores (domain/priority.h), by the number a sighting has */
	unsigned tools_n;
	bool scattered;            /* what was seen in a stay was not told in one go */
	struct night_book *nights; /* is told what the roster is told, by two workers; or NULL; the caller's */
	bool history;              /* settle keeps a trace: set by whoever needs more than one day */
	struct trace *trace;       /* then, once it is settled */
};

struct roster_gone {
	uint32_t person;
	int64_t import_no; /* since which import */
};

struct roster_link {
	uint32_t client;
	uint32_t one;    /* the lowest client number of the same person */
	uint32_t person; /* on the link of that number, once joined: who stands for all */
};

/* An empty roster for the day, with all projects that are visible under `now`. Inside a transaction.
 * What it holds lives until roster_fill_free. */
must err_t roster_fill_new(struct arena *a, struct db *db, int64_t now, struct day as_of, struct day today,
			   struct str folder, struct roster_fill **out);
void roster_fill_free(struct roster_fill **f);

/* A person; the number for their enrollments. */
must err_t roster_fill_person(struct roster_fill *f, struct arena *a, int64_t client_no, struct day birth, bool veteran,
			      uint32_t *person);

/* Puts somebody in a place that was kept. */
void roster_fill_place(struct roster_fill *f, uint32_t person, int64_t client_no, struct day birth, bool veteran);

/* A stay from its Enrollment fact alone; ROSTER_NONE where its project is not there. */
must err_t roster_fill_stay(struct roster_fill *f, struct arena *a, uint32_t person, int64_t source_no,
			    int64_t project_no, const struct dossier_fact *enrollment, uint32_t *stay);

/* How somebody was seen in a stay; see struct seen_to. Several may tell at once, each under its number. */
must err_t roster_fill_seen(struct roster_fill *f, struct arena *a, unsigned worker, uint32_t stay, int how,
			    struct day day, int64_t code, uint8_t tool);

/* The number of a tool that gave a score, by its digest; 0, which is no tool, where too many were met. One at a
 * time. */
uint8_t roster_fill_tool(struct roster_fill *f, uint16_t digest);

/* An enrollment as its packed facts (store/dossier.h), in any order. One without an Enrollment fact or
 * in a project that is not there is left out. */
must err_t roster_fill_enrollment(struct roster_fill *f, struct arena *a, uint32_t person, int64_t source_no,
				  int64_t project_no, const struct str *facts, size_t n);

/* The person, or an enrollment of theirs, is absent from the exports since an import. Whether somebody has
 * decided about it is not asked here. */
must err_t roster_fill_gone(struct roster_fill *f, struct arena *a, uint32_t person, int64_t import_no);

/* The project's number in the roster, or ROSTER_NONE. */
uint32_t roster_fill_project(const struct roster_fill *f, int64_t project_no);

/* One client as known under `now`, with all enrollments; nobody where there is none. Inside a transaction. */
must err_t roster_fill_client(struct roster_fill *f, struct call *c, struct db *db, struct arena *a, int64_t now,
			      int64_t client_no);

/* Every person that is visible under `now`, but those of one source (0: none), from the database in
 * short read transactions. */
must err_t roster_fill_all(struct roster_fill *f, struct call *c, struct db *db, int64_t now, int64_t but_source);

/* Tells the book what the roster will be told, and the roster which stays have an impairment; two workers. Before
 * the roster is settled, for who keeps facts that are later than its day. */
must err_t roster_fill_nights(struct roster_fill *f, struct arena *a, struct night_book *book);

/* Joins the records of people who have several: their stays, decisions and answers become those of the first record
 * that is there, and the others are nobody. roster_fill_settle does it, unless somebody needs it sooner. */
must err_t roster_fill_join(struct roster_fill *f, struct arena *a);

/* Who a client became by being joined; ROSTER_NONE for one who has a single record. */
uint32_t roster_fill_joined(const struct roster_fill *f, int64_t client_no);

/* The client in whose record a stay stands, where it is not the first of the person's records; else 0. */
int64_t roster_fill_record(const struct roster_fill *f, uint32_t stay);

/* Settles the roster and tells it the sightings. Nothing can be added after it. */
must err_t roster_fill_settle(struct roster_fill *f, struct arena *a);

/* Runs fn for parts 0 and 1, side by side. */
void run_both(void (*fn)(void *ctx, unsigned part, unsigned parts), void *ctx);

#endif
