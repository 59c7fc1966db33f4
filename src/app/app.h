/* What every use case gets: the opened instance and the call it serves.
 *
 * A use case is a function of a `struct call`: who is asking, on which connection, when. It checks
 * what the actor may, loads, lets the domain decide, saves and journals, in one transaction, and
 * returns a view: plain structs in the call's arena in which every field that names a person was
 * opened because domain/access said so.
 *
 *     must err_t app_region_rename(struct call *c, struct str region_id, struct str name);
 *
 * Functions of this floor carry the prefix app_, so that a noun can keep its name on every floor.
 * A struct call belongs to one thread; a struct app is shared and does not change once open, but
 * for what its members guard themselves.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "domain/access.h"
#include "store/db.h"

struct db_pool;
struct keys;
struct disclosure_log;
struct import_run;
struct list_cache;
struct step_cache;

struct app {
	struct str where; /* folder or postgresql:// address of the database */
	struct str data;  /* folder for what is not in the database: key, uploads, backups */
	struct keys *keys;
	struct db_pool *pool;               /* server only; NULL on the command line */
	struct disclosure_log *disclosures; /* server only */
	struct list_cache *lists;
	struct step_cache *steps;   /* server only */
	struct import_run *imports; /* server only */
	bool demo;                  /* a made-up CoC: sign-in page says how to sign in */
};

enum actor_kind {
	ACTOR_NOBODY,   /* not signed in */
	ACTOR_USER,     /* signed in with a session */
	ACTOR_OPERATOR, /* the operating-system user at the command line: sees no person */
	ACTOR_SYSTEM,   /* the nightly roll-over and the like */
};

/* What a person and their agency signed, as of today (app/mou.h). Zeros: nothing. */
struct cover {
	enum covered today;   /* COVERED: a memorandum in force somewhere, an agreement, no training overdue */
	bool everywhere;      /* a memorandum is for the whole CoC */
	struct str *regions;  /* else: the regions that its memoranda are for */
	struct str *works_in; /* regions in which the agency works, that of a list holder among them */
	struct day mou_until; /* last day of its memoranda, without a gap from today on; DAY_NONE: none holds */
	struct day agreed_until;
	size_t regions_n, works_in_n;
};

struct actor {
	enum actor_kind kind;
	struct str id;    /* app_user.id; the login name of an operator */
	struct str login; /* of a user */
	struct str name;  /* to be shown: "Lee Tran" */
	enum role role;   /* of a user */
	struct str agency_id;
	struct str agency_name;
	struct str region_id; /* the list holder's region; empty: none */
	struct cover cover;
	bool must_change; /* signed in with a one-time password: may do nothing but choose one */
	bool must_enrol;  /* lacks the second step that the role asks for: may do nothing but set one up */
};

/* Households that the call's answer names, for the disclosure record. They live in an arena of their
 * own, because the record is written after the call's is gone. */
struct shown {
	struct arena *arena; /* NULL: nothing is recorded, because nothing is named (the command line) */
	struct str *ids;
	size_t n;
	size_t room;
	uint32_t laws; /* LAW_BIT: it shows what another agency recorded under these, of the one household it names */
	uint32_t general; /* of these, under a release that names a class of agencies */
};

struct call {
	const struct app *app;
	struct db *db;
	struct arena *arena;
	struct actor actor;
	struct instant now;
	struct day today; /* now in the CoC's time zone */
	struct str route; /* which page or command, for the disclosure record */
	struct str agent; /* what the browser says about itself; empty on the command line */
	struct shown shown;
};

#endif
