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

/* Reads the settings, and the password of the server; who is on the list too, where something is due. */
must err_t mail_way(struct call *c, struct mail_way *out);

/* The message as it travels and its reader's address; or an empty message and why there is none any more. `db` is in a
 * transaction. */
must err_t mail_write(struct call *c, struct db *db, struct arena *a, const struct mail_way *way,
		      const struct mail_job *job, struct str *to, struct str *message, struct str *why);

#endif
