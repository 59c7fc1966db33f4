#include "oidc/provider.h"

#include <curl/curl.h>
#include <jansson.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

enum {
	CONNECT_SECONDS = 3,
	SECONDS = 5,
	ANSWER_MOST = 256 << 10,
	ADDRESS_MOST = 2000,
	KEEP_MS = 10 * 60 * 1000,
	ASK_AGAIN_MS = 60 * 1000, /* for a key that is not known */
	ASKING_MS = 2 * SECONDS * 1000,
	AFTER_FAILURE_MS = 3 * 1000,
};

#define LOOPBACK "http://127.0.0.1"
#define NO_ANSWER                                                                                                      \
	"The place that signs you in does not answer as it should. Try again in a moment, or sign in with your "       \
	"password."

static bool is_loopback(struct str url)
{
	struct str rest = str_sub(url, strlen(LOOPBACK), url.n);
	return str_starts(url, S(LOOPBACK)) && (rest.n == 0 || rest.p[0] == ':' || rest.p[0] == '/');
}

bool oidc_address_valid(struct str url)
{
	struct str https = S("https://");
	if (url.n > ADDRESS_MOST || !(is_loopback(url) || (str_starts(url, https) && url.n > https.n)))
		return false;
	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] <= ' ' || url.p[i] > '~' || strchr("\"<>\\^`{|}#@", url.p[i]) != NULL)
			return false;
	return true;
}

/* --- asking --- */

struct answer {
	char *bytes;
	size_t n;
	long status;
};

static size_t take(char *from, size_t size, size_t n, void *ctx)
{
	struct answer *answer = ctx;
	if (size * n > ANSWER_MOST - answer->n)
		return 0;
	memcpy(answer->bytes + answer->n, from, size * n);
	answer->n += size * n;
	return size * n;
}

static void curl_start(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

static err_t no_answer(struct arena *a, struct str url, const char *why)
{
	return err_with_detail(a, err_new(a, ERR_RETRY, NO_ANSWER), str_fmt(a, "%.*s: %s", STR_ARG(url), why));
}

/* A GET, or a POST of a form; `client` goes along as HTTP Basic. */
static err_t ask(struct arena *a, struct str url, const char *form, const struct oidc_client *basic, struct answer *out)
{
	static pthread_once_t started = PTHREAD_ONCE_INIT;
	if (!oidc_address_valid(url))
		return no_answer(a, url, "is no address that is asked");
	const char *address = str_c(a, url);
	const char *user = basic == NULL ? NULL : str_c(a, basic->id);
	const char *password = basic == NULL ? NULL : str_c(a, basic->secret);
	out->bytes = arena_many(a, ANSWER_MOST, char);
	pthread_once(&started, curl_start);
	CURL *curl = curl_easy_init();
	if (curl == NULL)
		return err_internal(a, "no memory to ask %s", address);
	curl_easy_setopt(curl, CURLOPT_URL, address);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SECONDS);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, out);
	if (is_loopback(url))
		curl_easy_setopt(curl, CURLOPT_PROXY, "");
	if (form != NULL)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
	if (user != NULL) {
		curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		curl_easy_setopt(curl, CURLOPT_USERNAME, user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
	}
	CURLcode code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &out->status);
	curl_easy_cleanup(curl);
	return code == CURLE_OK ? NULL : no_answer(a, url, curl_easy_strerror(code));
}

static err_t ask_text(struct arena *a, struct str url, struct str *out)
{
	struct answer answer = {0};
	TRY(ask(a, url, NULL, NULL, &answer));
	if (answer.status != 200)
		return no_answer(a, url, str_fmt(a, "answered %ld", answer.status).p);
	*out = (struct str){answer.bytes, answer.n};
	return NULL;
}

/* --- what it publishes --- */

struct published {
	struct str discovery, keys;
};

/* An address of the document; empty where it is none, or plain for an issuer that is not. */
static struct str address_of(struct arena *a, const json_t *doc, const char *name, struct str issuer)
{
	const json_t *value = json_object_get(doc, name);
	struct str url = {json_string_value(value), json_string_length(value)};
	bool good = oidc_address_valid(url) && (is_loopback(issuer) || !is_loopback(url));
	return good ? str_dup(a, url) : (struct str){0};
}

static bool offers(const json_t *doc, const char *list, const char *word)
{
	const json_t *array = json_object_get(doc, list);
	for (size_t i = 0; i < json_array_size(array); i++) {
		const char *item = json_string_value(json_array_get(array, i));
		if (item != NULL && strcmp(item, word) == 0)
			return true;
	}
	return false;
}

static err_t read_discovery(struct arena *a, struct str issuer, struct str text, struct oidc_provider *out,
			    struct str *keys)
{
	json_t *doc = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
	const json_t *self = json_object_get(doc, "issuer");
	bool ours = str_eq((struct str){json_string_value(self), json_string_length(self)}, issuer);
	*out = (struct oidc_provider){
		.authorization = address_of(a, doc, "authorization_endpoint", issuer),
		.token = address_of(a, doc, "token_endpoint", issuer),
		.post = offers(doc, "token_endpoint_auth_methods_supported", "client_secret_post"),
	};
	*keys = address_of(a, doc, "jwks_uri", issuer);
	json_decref(doc);
	if (!ours)
		return no_answer(a, issuer, "its discovery document is another issuer's");
	if (out->authorization.n == 0 || out->token.n == 0 || keys->n == 0)
		return no_answer(a, issuer, "its discovery document lacks an address");
	return NULL;
}

static err_t ask_published(struct arena *a, struct str issuer, struct published *out)
{
	struct oidc_provider provider;
	struct str keys;
	bool slash = str_ends(issuer, S("/"));
	TRY(ask_text(a, str_fmt(a, "%.*s%s.well-known/openid-configuration", STR_ARG(issuer), slash ? "" : "/"),
		     &out->discovery));
	TRY(read_discovery(a, issuer, out->discovery, &provider, &keys));
	return ask_text(a, keys, &out->keys);
}

/* --- keeping it --- */

static struct {
	pthread_mutex_t lock;
	char *issuer, *discovery, *keys; /* NULL: nothing is kept */
	int64_t at;
	int64_t not_before; /* somebody asks, or it has just failed */
} cache = {.lock = PTHREAD_MUTEX_INITIALIZER};

enum cached { CACHED, ASK, WAIT };

/* What is kept, into room for two answers; or whether the caller is the one who asks. */
static enum cached cache_look(struct str issuer, int64_t now, bool fresh, char *room, struct published *out)
{
	enum cached found = ASK;
	pthread_mutex_lock(&cache.lock);
	int64_t age = now - cache.at;
	bool known = cache.issuer != NULL && str_eq(str_from(cache.issuer), issuer);
	if (known && age >= 0 && age < (fresh ? ASK_AGAIN_MS : KEEP_MS)) {
		found = CACHED;
		out->discovery = (struct str){room, strlen(cache.discovery)};
		out->keys = (struct str){room + out->discovery.n, strlen(cache.keys)};
		memcpy(room, cache.discovery, out->discovery.n);
		memcpy(room + out->discovery.n, cache.keys, out->keys.n);
	} else if (now < cache.not_before && cache.not_before - now <= ASKING_MS) {
		found = WAIT;
	} else {
		cache.not_before = now + ASKING_MS;
	}
	pthread_mutex_unlock(&cache.lock);
	return found;
}

static void cache_put(struct str issuer, int64_t now, const struct published *p)
{
	char *copies[] = {strndup(issuer.p, issuer.n), strndup(p->discovery.p, p->discovery.n),
			  strndup(p->keys.p, p->keys.n)};
	bool whole = copies[0] != NULL && copies[1] != NULL && copies[2] != NULL;
	pthread_mutex_lock(&cache.lock);
	char *gone[] = {cache.issuer, cache.discovery, cache.keys};
	cache.issuer = whole ? copies[0] : NULL;
	cache.discovery = whole ? copies[1] : NULL;
	cache.keys = whole ? copies[2] : NULL;
	cache.at = now;
	cache.not_before = 0;
	pthread_mutex_unlock(&cache.lock);
	for (size_t i = 0; i < 3; i++) {
		free(gone[i]);
		if (!whole)
			free(copies[i]);
	}
}

static void cache_failed(int64_t now)
{
	pthread_mutex_lock(&cache.lock);
	cache.not_before = now + AFTER_FAILURE_MS;
	pthread_mutex_unlock(&cache.lock);
}

static err_t look_published(struct arena *a, struct str issuer, int64_t now, bool fresh, struct published *out)
{
	switch (cache_look(issuer, now, fresh, arena_many(a, 2 * ANSWER_MOST, char), out)) {
	case CACHED:
		return NULL;
	case WAIT:
		return err_new(a, ERR_RETRY, NO_ANSWER);
	case ASK:
		break;
	}
	err_t e = ask_published(a, issuer, out);
	if (e != NULL)
		cache_failed(now);
	else
		cache_put(issuer, now, out);
	return e;
}

err_t oidc_provider(struct arena *a, struct str issuer, struct instant now, bool fresh, struct oidc_provider *out)
{
	struct published published;
	struct str keys;
	TRY(look_published(a, issuer, now.ms, fresh, &published));
	TRY(read_discovery(a, issuer, published.discovery, out, &keys));
	out->keys = published.keys;
	return NULL;
}

/* --- one visit --- */

/* "name=value&", the value percent-encoded. */
static void put_field(struct buf *b, const char *name, struct str value)
{
	char *escaped = value.n > 0 ? curl_easy_escape(NULL, value.p, (int)value.n) : NULL;
	if (escaped != NULL)
		buf_fmt(b, "%s=%s&", name, escaped);
	curl_free(escaped);
}

struct str oidc_leave_url(struct arena *a, const struct oidc_provider *provider, const struct oidc_client *client,
			  const struct oidc_visit *visit)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char challenge[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	crypto_hash_sha256(hash, (const unsigned char *)visit->verifier.p, visit->verifier.n);
	sodium_bin2base64(challenge, sizeof challenge, hash, sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	struct buf b = buf_new(a, ANSWER_MOST);
	bool asks = memchr(provider->authorization.p, '?', provider->authorization.n) != NULL;
	buf_fmt(&b, "%.*s%c", STR_ARG(provider->authorization), asks ? '&' : '?');
	put_field(&b, "client_id", client->id);
	put_field(&b, "redirect_uri", client->back);
	put_field(&b, "scope", S("openid email"));
	put_field(&b, "state", visit->state);
	put_field(&b, "nonce", visit->nonce);
	put_field(&b, "acr_values", visit->second_step);
	buf_fmt(&b, "code_challenge=%s&code_challenge_method=S256&response_type=code", challenge);
	return buf_text(&b);
}

err_t oidc_exchange(struct arena *a, const struct oidc_provider *provider, const struct oidc_client *client,
		    struct str code, struct str verifier, struct str *token)
{
	struct answer answer = {0};
	bool post = provider->post || client->secret.n == 0;
	struct buf form = buf_new(a, ANSWER_MOST);
	put_field(&form, "client_id", client->id);
	if (post)
		put_field(&form, "client_secret", client->secret);
	put_field(&form, "code", code);
	put_field(&form, "redirect_uri", client->back);
	put_field(&form, "code_verifier", verifier);
	buf_lit(&form, "grant_type=authorization_code");
	TRY(ask(a, provider->token, str_c(a, buf_text(&form)), post ? NULL : client, &answer));
	if (answer.status >= 500)
		return no_answer(a, provider->token, str_fmt(a, "answered %ld", answer.status).p);
	json_t *doc = answer.status == 200 ? json_loadb(answer.bytes, answer.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	const json_t *value = json_object_get(doc, "id_token");
	struct str text = {json_string_value(value), json_string_length(value)};
	if (text.n > 0)
		*token = str_dup(a, text);
	json_decref(doc);
	if (text.n == 0)
		return err_with_detail(a, err_new(a, ERR_DENIED, "Signing in there did not work. Please begin again."),
				       str_fmt(a, "the provider answered %ld to the code", answer.status));
	return NULL;
}
