/* SMTP by libcurl. */
#include <pthread.h>
#include <string.h>

#include <curl/curl.h>

#include "base/arena.h"
#include "papers/mail.h"

enum {
	CONNECT_SECONDS = 10,
	SECONDS = 60,
	PORT_MOST = 65535,
	TLS_PORT = 465,
	REFUSED_FOR_NOW = 400,
	REFUSED_FOR_GOOD = 500
};

static void curl_start(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

static bool host_valid(struct str host)
{
	for (size_t i = 0; i < host.n; i++) {
		char c = host.p[i];
		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '.' &&
		    c != '-')
			return false;
	}
	return host.n > 0 && host.p[0] != '-';
}

static size_t give(char *to, size_t size, size_t n, void *ctx)
{
	struct str *rest = ctx;
	size_t now = rest->n < size * n ? rest->n : size * n;
	if (now > 0)
		memcpy(to, rest->p, now);
	*rest = str_sub(*rest, now, rest->n);
	return now;
}

static err_t result_say(struct arena *a, CURLcode code, long answer, bool whole)
{
	struct str detail = str_fmt(a, "%s; the server said %ld", curl_easy_strerror(code), answer);
	if (code == CURLE_OK)
		return NULL;
	if (answer >= REFUSED_FOR_GOOD)
		return err_with_detail(a, err_new(a, ERR_INVALID, "The mail server refuses this mail."), detail);
	if (whole && answer < REFUSED_FOR_NOW)
		return err_with_detail(
			a, err_new(a, ERR_CONFLICT, "The mail server did not say whether it took the mail."), detail);
	return err_with_detail(a, err_new(a, ERR_RETRY, "The mail could not be handed over. It will be tried again."),
			       detail);
}

err_t mail_send(struct arena *a, const struct mail_server *server, struct str from, struct str to, struct str message)
{
	static pthread_once_t started = PTHREAD_ONCE_INIT;
	if (!host_valid(server->host) || server->port <= 0 || server->port > PORT_MOST)
		return err_new(a, ERR_INVALID, "The mail server is a host and a port. Correct the setting.");
	if (server->plain && !str_eq(server->host, S("127.0.0.1")))
		return err_new(a, ERR_INVALID,
			       "Mail without TLS goes to 127.0.0.1 alone. Correct the setting of the mail server.");
	if (!mail_address_valid(from) || !mail_address_valid(to))
		return err_new(a, ERR_INVALID, "A mail address is not of the form name@host. Correct it.");
	const char *url = str_c(a, str_fmt(a, "%s://%.*s:%d", server->port == TLS_PORT ? "smtps" : "smtp",
					   STR_ARG(server->host), server->port));
	const char *sender = str_c(a, from), *recipient = str_c(a, to);
	const char *user = str_c(a, server->user), *password = str_c(a, server->password);
	const char *authorities = str_c(a, server->authorities);
	long answer = 0;
	pthread_once(&started, curl_start);
	CURL *curl = curl_easy_init();
	struct curl_slist *recipients = curl_slist_append(NULL, recipient);
	if (curl == NULL || recipients == NULL) {
		curl_easy_cleanup(curl);
		curl_slist_free_all(recipients);
		return err_internal(a, "no memory to send mail");
	}
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SECONDS);
	curl_easy_setopt(curl, CURLOPT_USE_SSL, server->plain ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	if (server->authorities.n > 0)
		curl_easy_setopt(curl, CURLOPT_CAINFO, authorities);
	if (server->user.n > 0) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
	}
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, &message);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	CURLcode code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
	curl_slist_free_all(recipients);
	curl_easy_cleanup(curl);
	return result_say(a, code, answer, message.n == 0);
}
