#include "mail_sink.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

enum { LINE_MOST = 2048, VALID_SECONDS = 3600 };

/* A key and a certificate that it signed itself, also as a file. */
static void certificate_make(struct sink *s, const char *address)
{
	char names[SINK_PATH];
	X509V3_CTX context;
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	snprintf(names, sizeof names, "IP:%s", address);
	X509_set_version(x, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_gmtime_adj(X509_getm_notBefore(x), -VALID_SECONDS);
	X509_gmtime_adj(X509_getm_notAfter(x), VALID_SECONDS);
	X509_set_pubkey(x, key);
	X509_NAME *name = X509_get_subject_name(x);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"sink.example", -1, -1, 0);
	X509_set_issuer_name(x, name);
	X509V3_set_ctx(&context, x, x, NULL, NULL, 0);
	X509_EXTENSION *names_of = X509V3_EXT_conf_nid(NULL, &context, NID_subject_alt_name, names);
	X509_EXTENSION *signs = X509V3_EXT_conf_nid(NULL, &context, NID_basic_constraints, "critical,CA:TRUE");
	X509_add_ext(x, names_of, -1);
	X509_add_ext(x, signs, -1);
	assert_true(X509_sign(x, key, EVP_sha256()) > 0);

	s->tls = SSL_CTX_new(TLS_server_method());
	assert_int_equal(SSL_CTX_use_certificate(s->tls, x), 1);
	assert_int_equal(SSL_CTX_use_PrivateKey(s->tls, key), 1);
	snprintf(s->certificate, sizeof s->certificate, "/tmp/byname-sink-XXXXXX");
	int fd = mkstemp(s->certificate);
	assert_true(fd >= 0);
	FILE *f = fdopen(fd, "w");
	PEM_write_X509(f, x);
	fclose(f);
	X509_EXTENSION_free(names_of);
	X509_EXTENSION_free(signs);
	X509_free(x);
	EVP_PKEY_free(key);
}

static void answer(BIO *b, const char *line)
{
	BIO_printf(b, "%s\r\n", line);
	(void)BIO_flush(b);
}

/* The same conversation, from now on under TLS. */
static BIO *tls_begin(struct sink *s, BIO *old, int fd)
{
	SSL *ssl = SSL_new(s->tls);
	BIO_free_all(old);
	SSL_set_fd(ssl, fd);
	SSL_set_accept_state(ssl);
	BIO *b = BIO_new(BIO_f_ssl());
	BIO_set_ssl(b, ssl, BIO_CLOSE);
	return BIO_push(BIO_new(BIO_f_buffer()), b);
}

static void *sink_run(void *ctx)
{
	struct sink *s = ctx;
	char line[LINE_MOST];
	bool data = false;
	int n, fd = accept(s->fd, NULL, NULL);
	if (fd < 0)
		return NULL;
	BIO *b = BIO_push(BIO_new(BIO_f_buffer()), BIO_new_socket(fd, BIO_NOCLOSE));
	answer(b, "220 sink.example");
	while ((n = BIO_gets(b, line, sizeof line)) > 0) {
		if (s->n + (size_t)n < SINK_MOST) {
			memcpy(s->said + s->n, line, (size_t)n);
			s->n += (size_t)n;
		}
		if (data && strcmp(line, ".\r\n") != 0)
			continue;
		if (data && s->hangs_up)
			break;
		if (data) {
			data = false;
			answer(b, "250 taken");
		} else if (strncmp(line, "QUIT", 4) == 0) {
			break;
		} else if (strncmp(line, "DATA", 4) == 0) {
			data = true;
			answer(b, "354 go on");
		} else if (strncmp(line, "EHLO", 4) == 0) {
			answer(b, s->tls != NULL ? "250-sink.example\r\n250 STARTTLS" : "250 sink.example");
		} else if (strncmp(line, "STARTTLS", 8) == 0) {
			answer(b, "220 begin");
			b = tls_begin(s, b, fd);
		} else {
			answer(b, strncmp(line, "RCPT", 4) == 0 ? s->at_recipient : "250 fine");
		}
	}
	BIO_free_all(b);
	close(fd);
	return NULL;
}

void sink_open(struct sink *s, const char *at_recipient, const char *address)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof at;
	*s = (struct sink){.fd = socket(AF_INET, SOCK_STREAM, 0), .at_recipient = at_recipient};
	if (address != NULL)
		certificate_make(s, address);
	assert_int_equal(bind(s->fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(s->fd, 1), 0);
	assert_int_equal(getsockname(s->fd, (struct sockaddr *)&at, &n), 0);
	s->port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&s->thread, NULL, sink_run, s), 0);
}

struct str sink_close(struct sink *s)
{
	shutdown(s->fd, SHUT_RDWR);
	pthread_join(s->thread, NULL);
	close(s->fd);
	SSL_CTX_free(s->tls);
	if (s->certificate[0] != '\0')
		unlink(s->certificate);
	return (struct str){s->said, s->n};
}
