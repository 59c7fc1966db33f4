#include "oidc/token.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "oidc/key.h"

const char *oidc_fault_word(enum oidc_fault fault)
{
	static const char *const words[] = {
#define X(name, word) word,
		OIDC_FAULTS(X)
#undef X
	};
	return words[fault];
}

/* --- the three parts --- */

struct parts {
	struct str signed_text; /* "header.payload", as it was signed */
	struct str signature;
	json_t *header;
	json_t *payload;
};

static json_t *object_of(struct arena *a, struct str part)
{
	struct str text;
	if (!oidc_base64(a, part, &text))
		return NULL;
	json_t *value = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
	if (value != NULL && !json_is_object(value)) {
		json_decref(value);
		return NULL;
	}
	return value;
}

static bool take_apart(struct arena *a, struct str token, struct parts *out)
{
	struct str head, body, rest, sign;
	if (token.n > OIDC_TOKEN_MOST || !str_cut(token, '.', &head, &rest) || !str_cut(rest, '.', &body, &sign) ||
	    !oidc_base64(a, sign, &out->signature))
		return false;
	out->signed_text = str_sub(token, 0, head.n + 1 + body.n);
	out->header = object_of(a, head);
	out->payload = object_of(a, body);
	return out->header != NULL && out->payload != NULL;
}

/* --- who signed --- */

static struct str text_of(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return (struct str){json_string_value(value), json_string_length(value)};
}

/* The key is of the kind that the algorithm wants and may sign. */
static bool key_may(const json_t *key, const struct oidc_algorithm *alg)
{
	struct str use = text_of(key, "use");
	struct str only = text_of(key, "alg");
	return str_eq(text_of(key, "kty"), str_from(alg->kty)) && (use.n == 0 || str_eq(use, S("sig"))) &&
	       (only.n == 0 || str_eq(only, str_from(alg->word)));
}

/* The one key that can have signed; NULL where there is none or, without a kid, more than one. */
static const json_t *key_find(const json_t *set, const json_t *header, const struct oidc_algorithm *alg)
{
	const json_t *kid = json_object_get(header, "kid");
	const json_t *keys = json_object_get(set, "keys");
	const json_t *found = NULL;
	for (size_t i = 0; i < json_array_size(keys); i++) {
		const json_t *key = json_array_get(keys, i);
		if (!key_may(key, alg) || (kid != NULL && !json_equal(json_object_get(key, "kid"), kid)))
			continue;
		if (found != NULL)
			return NULL;
		found = key;
	}
	return found;
}

static enum oidc_fault check_signature(struct arena *a, const struct parts *p, const json_t *set)
{
	const struct oidc_algorithm *alg = oidc_algorithm(text_of(p->header, "alg"));
	/* What is critical and not understood has to be refused (RFC 7515, section 4.1.11); we understand nothing. */
	if (alg == NULL || json_object_get(p->header, "crit") != NULL)
		return OIDC_ALGORITHM;
	const json_t *key = key_find(set, p->header, alg);
	if (key == NULL)
		return OIDC_KEY;
	struct oidc_jwk jwk = {text_of(key, "crv"), text_of(key, "n"), text_of(key, "e"), text_of(key, "x"),
			       text_of(key, "y")};
	return oidc_signed(a, alg, &jwk, p->signed_text, p->signature) ? OIDC_GOOD : OIDC_SIGNATURE;
}

/* --- what it says --- */

static bool array_has(const json_t *array, struct str word)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *item = json_array_get(array, i);
		if (str_eq((struct str){json_string_value(item), json_string_length(item)}, word))
			return true;
	}
	return false;
}

/* For us, and where others are named too, given to us. */
static bool audience_fits(const json_t *payload, struct str client)
{
	const json_t *aud = json_object_get(payload, "aud");
	bool azp = json_object_get(payload, "azp") != NULL;
	if (!json_is_array(aud) ? !str_eq(text_of(payload, "aud"), client) : !array_has(aud, client))
		return false;
	return azp ? str_eq(text_of(payload, "azp"), client) : json_array_size(aud) <= 1;
}

/* Seconds since 1970; false where it is absent or no time of this millennium. */
static bool time_of(const json_t *payload, const char *name, int64_t *ms)
{
	const json_t *value = json_object_get(payload, name);
	double seconds = json_number_value(value);
	if (!json_is_number(value) || !(seconds > 0 && seconds < 32503680000.0))
		return false;
	*ms = (int64_t)(seconds * 1000);
	return true;
}

static enum oidc_fault check_times(const json_t *payload, const struct oidc_expect *expect)
{
	int64_t exp, iat, nbf = 0;
	bool early = json_object_get(payload, "nbf") != NULL;
	if (!time_of(payload, "exp", &exp) || !time_of(payload, "iat", &iat) ||
	    (early && !time_of(payload, "nbf", &nbf)))
		return OIDC_UNREADABLE;
	if (exp + OIDC_GRACE_MS <= expect->now.ms)
		return OIDC_EXPIRED;
	if (iat > expect->now.ms + OIDC_GRACE_MS || nbf > expect->now.ms + OIDC_GRACE_MS)
		return OIDC_EARLY;
	return iat + OIDC_GRACE_MS < expect->since.ms ? OIDC_OLD : OIDC_GOOD;
}

static bool nonce_fits(struct str given, struct str expected)
{
	return expected.n > 0 && given.n == expected.n && sodium_memcmp(given.p, expected.p, given.n) == 0;
}

static enum oidc_fault check_claims(const json_t *payload, const struct oidc_expect *expect)
{
	struct str subject = text_of(payload, "sub");
	if (!str_eq(text_of(payload, "iss"), expect->issuer))
		return OIDC_ISSUER;
	if (!audience_fits(payload, expect->client))
		return OIDC_AUDIENCE;
	enum oidc_fault fault = check_times(payload, expect);
	if (fault != OIDC_GOOD)
		return fault;
	if (!nonce_fits(text_of(payload, "nonce"), expect->nonce))
		return OIDC_NONCE;
	return subject.n == 0 || subject.n > OIDC_SUBJECT_MOST || !str_is_clean_text(subject) ? OIDC_SUBJECT
											      : OIDC_GOOD;
}

static struct oidc_claims claims_of(struct arena *a, const json_t *payload, struct str second_step)
{
	struct str email = text_of(payload, "email");
	struct str acr = text_of(payload, "acr");
	return (struct oidc_claims){
		.subject = str_dup(a, text_of(payload, "sub")),
		.email = str_dup(a, str_is_clean_text(email) ? email : (struct str){0}),
		.email_verified = json_is_true(json_object_get(payload, "email_verified")),
		.second_step = array_has(json_object_get(payload, "amr"), S("mfa")) ||
			       (second_step.n > 0 && str_eq(acr, second_step)),
	};
}

enum oidc_fault oidc_token_check(struct arena *a, struct str token, struct str keys, const struct oidc_expect *expect,
				 struct oidc_claims *out)
{
	struct parts parts = {0};
	json_t *set = json_loadb(keys.p, keys.n, 0, NULL);
	enum oidc_fault fault = take_apart(a, token, &parts) ? OIDC_GOOD : OIDC_UNREADABLE;
	if (fault == OIDC_GOOD)
		fault = check_signature(a, &parts, set);
	if (fault == OIDC_GOOD)
		fault = check_claims(parts.payload, expect);
	if (fault == OIDC_GOOD)
		*out = claims_of(a, parts.payload, expect->second_step);
	json_decref(set);
	json_decref(parts.header);
	json_decref(parts.payload);
	return fault;
}
