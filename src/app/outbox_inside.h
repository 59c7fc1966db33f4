/* Between app/outbox.c, where mail waits, app/outbox_send.c, which sends it once, and app/outbox_write.c, which says
 * what stands in it. */
#ifndef APP_OUTBOX_INSIDE_H
#define APP_OUTBOX_INSIDE_H

#include "app/outbox.h"
#include "domain/redact.h"
#include "papers/mail.h"

/* How mail leaves, by the settings. */
struct mail_way {
	struct mail_server server; /* no host: not at all */
	struct str from;           /* an address */
	struct str site;           /* where people sign in */
	struct redactor *redactor; /* who is on the list */
};

/* A row of the outbox. */
struct mail_job {
	struct str id, kind, about;
	int64_t version;
	struct str user_id;
	struct instant made;
};

bool mail_kind_parse(struct str word, enum mail_kind *out);
struct str mail_kind_word(enum mail_kind kind);

/* Inside a transaction: one mail, once. */
must err_t outbox_put(struct call *c, struct db *db, struct arena *a, enum mail_kind kind, struct str about,
		      int64_t version, struct str user_id);

/* A mail before it is put together, and what in it is public though it may look like somebody: a region is called like
 * a person, and so is a month. */
enum { PUBLIC_MOST = 5 };
struct mail_draft {
	struct str subject, text;
	struct str invitation;
	struct str public[PUBLIC_MOST];
};

/* app/outbox_task.c: what somebody has to do. */
must err_t mail_draft_due(struct call *c, struct db *db, struct arena *a, const struct mail_way *way,
			  const struct mail_job *job, struct mail_draft *out, struct str *why);
must err_t mail_draft_tasks(struct call *c, struct db *db, struct arena *a, const struct mail_way *way,
			    const struct mail_job *job, struct mail_draft *out, struct str *why);
must err_t mail_draft_midway(struct call *c, struct db *db, struct arena *a, const struct mail_way *way,
			     const struct mail_job *job, struct mail_draft *out, struct str *why);

/* Reads the settings, and the password of the server; who is on the list too, where something is due. */
must err_t mail_way(struct call *c, struct mail_way *out);

/* The message as it travels and its reader's address; or an empty message and why there is none any more. `db` is in a
 * transaction. */
must err_t mail_write(struct call *c, struct db *db, struct arena *a, const struct mail_way *way,
		      const struct mail_job *job, struct str *to, struct str *message, struct str *why);

#endif
