/* Mail to people who use byname: it says that something waits, and where, and nothing about a person.
 *
 * What people took on is told by its number and its first day alone.
 *
 * A use case puts mail into the outbox in its own transaction, so there is none about what was not saved. A row says
 * what kind of mail it is, about which meeting or file, and for whom; there is no text in it, and none comes from
 * outside. The text is made when it is sent, from the kind's words, the region's name and the clock; then it is
 * searched for names, numbers and addresses (domain/redact.h) like a note that leaves the room, and what has some is
 * not sent.
 *
 * Nothing is sent twice. A row is marked as being sent before the server is asked, in a transaction of its own, and by
 * one sender alone. What the server did not take is tried again, later each time; what it refuses is not. Where it is
 * not known whether the server took it, because the connection or this program ended in between, the mail is not sent
 * again and the list of mail says so.
 *
 * Without a setting `mail_host` nothing is sent and nothing is lost: the outbox waits. The password of the mail server
 * is in the file mail.password beside the database, or the systemd credential of that name.
 *
 *     TRY(outbox_conference(c, db, a, conference_id, region_id));     in the transaction that plans it
 *     TRY(app_outbox_send(c, OUTBOX_TURN, &sent));                    by a timer
 */
#ifndef APP_OUTBOX_H
#define APP_OUTBOX_H

#include "app/app.h"

/* Kind, word. */
#define MAIL_KINDS(X)                                                                                                  \
	X(MAIL_CONFERENCE, "conference") /* a meeting was planned or changed, with an invitation for the calendar */   \
	X(MAIL_BUSINESS, "business")     /* the same of a business meeting, to which lead agencies come too */         \
	X(MAIL_SHARE, "file")            /* a file waits for the agency */                                             \
	X(MAIL_TASKS, "tasks")           /* a conference is over: how much its reader took on */                       \
	X(MAIL_DUE, "due")               /* something that its reader took on is due, or was yesterday */              \
	X(MAIL_MIDWAY, "midway")         /* half-way to the next conference: how far the steps are */

enum mail_kind {
#define X(name, word) name,
	MAIL_KINDS(X)
#undef X
		MAIL_KINDS_N
};

enum { OUTBOX_TURN = 20, OUTBOX_TRIES = 10, OUTBOX_ROWS = 200 };

/* Inside a transaction: a meeting was planned or changed; whoever may take part in it and reads mail gets one, in place
 * of an older one that still waits. */
must err_t outbox_conference(struct call *c, struct db *db, struct arena *a, struct str conference_id,
			     struct str region_id);

/* Inside a transaction: a business meeting was planned, changed or called off (app/sitting.h). `region_id` empty:
 * statewide. */
must err_t outbox_sitting(struct call *c, struct db *db, struct arena *a, struct str sitting_id, struct str region_id);

/* Inside a transaction: a file waits for the people of an agency. */
must err_t outbox_share(struct call *c, struct db *db, struct arena *a, struct str share_id, struct str agency_id);

/* Inside a transaction: a conference was handed out; whoever has something to do out of it and reads mail gets one. */
must err_t outbox_tasks(struct call *c, struct db *db, struct arena *a, struct str conference_id);

/* Puts the reminders of the day into the outbox, once, from the morning on: of what is due in two days or was
 * yesterday, and half-way between two conferences. By a timer. */
must err_t app_outbox_remind(struct call *c);

/* Sends at most `most` of the mails that are due. What the server does not take stays in the outbox and is no error. */
must err_t app_outbox_send(struct call *c, int most, int *sent);

/* Where somebody reads mail; an empty address: nowhere. Of an account that is not one's own, operators and
 * administrators say it; an empty login is one's own. ERR_INVALID: no address. */
must err_t app_mail_address(struct call *c, struct str login, struct str address);

/* Where whoever asks reads mail; empty: nowhere. */
must err_t app_mail_own(struct call *c, struct str *address);

struct outbox_row {
	struct str id, kind, login, state, said;
	struct instant made;
	int64_t tries;
};
/* The newest OUTBOX_ROWS. Operators and administrators. */
must err_t app_outbox_list(struct call *c, struct outbox_row **out, size_t *n);

#endif
