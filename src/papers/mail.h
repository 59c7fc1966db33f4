/* A mail to one person, with an invitation where there is one, and its way to the server.
 *
 * Mail carries no personal data: it says that something waits, and where. What goes into a header is checked: a line
 * break or another control character in it is refused, so no value can add a header or a recipient.
 *
 *     TRY(mail_build(a, &mail, &message));                          // kept in an outbox
 *     err_t e = mail_send(a, &server, from, to, message);           // by a worker; ERR_RETRY: later
 */
#ifndef PAPERS_MAIL_H
#define PAPERS_MAIL_H

#include "base/day.h"
#include "base/err.h"

struct mail {
	struct str id; /* the same for every try: the Message-ID, by which a second copy is known */
	struct instant at;
	struct str from, to; /* addresses */
	struct str subject;
	struct str text;
	struct str invitation; /* papers/calendar.h; may be empty */
	bool cancels;          /* the invitation calls off */
};

struct mail_server {
	struct str host;
	int port;                  /* 465 speaks TLS from the start; every other begins it with STARTTLS */
	struct str user, password; /* empty: without signing in */
	struct str authorities;    /* a file of certificates (PEM) that are trusted instead of the system's; or empty */
	bool plain;                /* no TLS; for 127.0.0.1 alone */
};

/* name@host in plain ASCII, without anything that a header or a server could take for more. */
bool mail_address_valid(struct str s);

/* The message as it travels (RFC 5322, MIME). ERR_INVALID: a header's value cannot be used. */
must err_t mail_build(struct arena *a, const struct mail *m, struct str *out);

/* Hands the message over. ERR_RETRY: nobody answered, or not now; ERR_CONFLICT: it was handed over whole and the server
 * did not say whether it took it, so that sending it again might be once too often; ERR_INVALID: the server refuses it
 * for good, or the server's settings cannot be used. The server's certificate is checked; a server without TLS gets
 * nothing. */
must err_t mail_send(struct arena *a, const struct mail_server *server, struct str from, struct str to,
		     struct str message);

#endif
