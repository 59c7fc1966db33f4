/* Tokens of an invented provider, good ones and every bad one we know of. They are made here, with OpenSSL alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>
#include <sodium.h>

#include "base/arena.h"
#include "oidc/token.h"

#define ISSUER "https://sign-in.example"
#define NOW_S 1795334400LL
#define CLAIMS                                                                                                         \
	"\"iss\":\"" ISSUER "\",\"aud\":\"byname\",\"sub\":\"u-1\",\"nonce\":\"n-1\",\"exp\":1795334700,"              \
	"\"iat\":1795334400"

enum signer { RSA_A, RSA_B, RSA_SMALL, EC_A, EC_OTHER_CURVE, HMAC_OF_PUBLIC, NOBODY };

static struct arena *memory;
static EVP_PKEY *keys[NOBODY];
static struct str set; /* of the provider: RSA_A as "a", EC_A as "e", RSA_SMALL as "small" */

static const struct oidc_expect expect = {
	.issuer = STR_INIT(ISSUER),
	.client = STR_INIT("byname"),
	.nonce = STR_INIT("n-1"),
	.second_step = STR_INIT("step2"),
	.since = {NOW_S * 1000 - 30000},
	.now = {NOW_S * 1000},
};

static struct str base64(const void *p, size_t n)
{
	size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *out = arena_many(memory, room, char);
	sodium_bin2base64(out, room, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return str_from(out);
}

static struct str number(EVP_PKEY *key, const char *name, size_t least)
{
	BIGNUM *bn = NULL;
	unsigned char bytes[1024];
	assert_true(EVP_PKEY_get_bn_param(key, name, &bn));
	int n = (int)least > BN_num_bytes(bn) ? (int)least : BN_num_bytes(bn);
	assert_int_equal(BN_bn2binpad(bn, bytes, n), n);
	BN_free(bn);
	return base64(bytes, (size_t)n);
}

static struct str rsa_jwk(EVP_PKEY *key, const char *kid)
{
	return str_fmt(memory, "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%.*s\",\"e\":\"%.*s\"}", kid,
		       STR_ARG(number(key, OSSL_PKEY_PARAM_RSA_N, 0)), STR_ARG(number(key, OSSL_PKEY_PARAM_RSA_E, 0)));
}

static struct str sign_evp(EVP_PKEY *key, struct str text)
{
	unsigned char sig[1024];
	size_t n = sizeof sig;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	assert_int_equal(EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
	assert_int_equal(EVP_DigestSign(ctx, sig, &n, (const unsigned char *)text.p, text.n), 1);
	EVP_MD_CTX_free(ctx);
	if (!EVP_PKEY_is_a(key, "EC"))
		return base64(sig, n);
	const unsigned char *der = sig;
	unsigned char pair[64];
	ECDSA_SIG *two = d2i_ECDSA_SIG(NULL, &der, (long)n);
	assert_non_null(two);
	assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_r(two), pair, 32), 32);
	assert_int_equal(BN_bn2binpad(ECDSA_SIG_get0_s(two), pair + 32, 32), 32);
	ECDSA_SIG_free(two);
	return base64(pair, sizeof pair);
}

/* The old trick: what everybody may know, the public key, as the secret of an HMAC. */
static struct str sign_hmac(struct str text)
{
	unsigned char mac[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	struct str secret = number(keys[RSA_A], OSSL_PKEY_PARAM_RSA_N, 0);
	assert_non_null(HMAC(EVP_sha256(), secret.p, (int)secret.n, (const unsigned char *)text.p, text.n, mac, &n));
	return base64(mac, n);
}

static struct str token(const char *header, const char *payload, enum signer who)
{
	struct str text = str_fmt(memory, "%.*s.%.*s", STR_ARG(base64(header, strlen(header))),
				  STR_ARG(base64(payload, strlen(payload))));
	struct str sig = {0};
	if (who == HMAC_OF_PUBLIC)
		sig = sign_hmac(text);
	else if (who != NOBODY)
		sig = sign_evp(keys[who], text);
	return str_fmt(memory, "%.*s.%.*s", STR_ARG(text), STR_ARG(sig));
}

#define RS "{\"alg\":\"RS256\",\"kid\":\"a\"}"
#define ES "{\"alg\":\"ES256\",\"kid\":\"e\"}"
#define CHANGED(iss, aud, exp, iat, nonce)                                                                             \
	"{\"iss\":\"" iss "\",\"aud\":" aud ",\"sub\":\"u-1\",\"nonce\":\"" nonce "\",\"exp\":" exp ",\"iat\":" iat "}"

static const struct {
	const char *what;
	const char *header, *payload;
	enum signer who;
	enum oidc_fault fault;
} cases[] = {
	{"RS256", RS, "{" CLAIMS "}", RSA_A, OIDC_GOOD},
	{"ES256", ES, "{" CLAIMS "}", EC_A, OIDC_GOOD},
	{"no kid, one key of the kind", "{\"alg\":\"ES256\"}", "{" CLAIMS "}", EC_A, OIDC_GOOD},
	{"no kid, two keys of the kind", "{\"alg\":\"RS256\"}", "{" CLAIMS "}", RSA_A, OIDC_KEY},
	{"several audiences, given to us", RS,
	 "{\"azp\":\"byname\",\"iss\":\"" ISSUER
	 "\",\"aud\":[\"other\",\"byname\"],\"sub\":\"u-1\",\"nonce\":\"n-1\",\"exp\":1795334700,\"iat\":1795334400}",
	 RSA_A, OIDC_GOOD},
	{"a minute of grace", RS, CHANGED(ISSUER, "\"byname\"", "1795334341", "1795334380", "n-1"), RSA_A, OIDC_GOOD},

	{"unsigned", "{\"alg\":\"none\"}", "{" CLAIMS "}", NOBODY, OIDC_ALGORITHM},
	{"unsigned, in capitals", "{\"alg\":\"NONE\",\"kid\":\"a\"}", "{" CLAIMS "}", NOBODY, OIDC_ALGORITHM},
	{"says RS256 and is not signed", RS, "{" CLAIMS "}", NOBODY, OIDC_SIGNATURE},
	{"HS256 with the public key", "{\"alg\":\"HS256\",\"kid\":\"a\"}", "{" CLAIMS "}", HMAC_OF_PUBLIC,
	 OIDC_ALGORITHM},
	{"says RS256, made as HS256", RS, "{" CLAIMS "}", HMAC_OF_PUBLIC, OIDC_SIGNATURE},
	{"RS384", "{\"alg\":\"RS384\",\"kid\":\"a\"}", "{" CLAIMS "}", RSA_A, OIDC_ALGORITHM},
	{"something critical", "{\"alg\":\"RS256\",\"kid\":\"a\",\"crit\":[\"exp\"]}", "{" CLAIMS "}", RSA_A,
	 OIDC_ALGORITHM},
	{"a key of its own in the header", "{\"alg\":\"RS256\",\"kid\":\"b\",\"jwk\":{\"kty\":\"RSA\"}}",
	 "{" CLAIMS "}", RSA_B, OIDC_KEY},
	{"a kid that is not known", "{\"alg\":\"RS256\",\"kid\":\"x\"}", "{" CLAIMS "}", RSA_A, OIDC_KEY},
	{"a kid of the other kind", "{\"alg\":\"RS256\",\"kid\":\"e\"}", "{" CLAIMS "}", RSA_A, OIDC_KEY},
	{"a kid that is no text", "{\"alg\":\"RS256\",\"kid\":null}", "{" CLAIMS "}", RSA_A, OIDC_KEY},
	{"another's key", RS, "{" CLAIMS "}", RSA_B, OIDC_SIGNATURE},
	{"another's key, ES256", ES, "{" CLAIMS "}", EC_OTHER_CURVE, OIDC_SIGNATURE},
	{"a key of 1024 bits", "{\"alg\":\"RS256\",\"kid\":\"small\"}", "{" CLAIMS "}", RSA_SMALL, OIDC_SIGNATURE},
	{"a key that is for secrets", "{\"alg\":\"ES256\",\"kid\":\"enc\"}", "{" CLAIMS "}", EC_A, OIDC_KEY},

	{"another issuer", RS, CHANGED("https://sign-in.example.net", "\"byname\"", "1795334700", "1795334400", "n-1"),
	 RSA_A, OIDC_ISSUER},
	{"the issuer and a stroke", RS, CHANGED(ISSUER "/", "\"byname\"", "1795334700", "1795334400", "n-1"), RSA_A,
	 OIDC_ISSUER},
	{"for another", RS, CHANGED(ISSUER, "\"other\"", "1795334700", "1795334400", "n-1"), RSA_A, OIDC_AUDIENCE},
	{"for others", RS, CHANGED(ISSUER, "[\"other\"]", "1795334700", "1795334400", "n-1"), RSA_A, OIDC_AUDIENCE},
	{"for nobody", RS, CHANGED(ISSUER, "[]", "1795334700", "1795334400", "n-1"), RSA_A, OIDC_AUDIENCE},
	{"for several, given to nobody", RS,
	 CHANGED(ISSUER, "[\"other\",\"byname\"]", "1795334700", "1795334400", "n-1"), RSA_A, OIDC_AUDIENCE},
	{"given to another", RS, "{\"azp\":\"other\"," CLAIMS "}", RSA_A, OIDC_AUDIENCE},
	{"expired", RS, CHANGED(ISSUER, "\"byname\"", "1795334340", "1795334380", "n-1"), RSA_A, OIDC_EXPIRED},
	{"long expired", RS, CHANGED(ISSUER, "\"byname\"", "1700000000", "1795334400", "n-1"), RSA_A, OIDC_EXPIRED},
	{"no end", RS, CHANGED(ISSUER, "\"byname\"", "null", "1795334400", "n-1"), RSA_A, OIDC_UNREADABLE},
	{"an end in words", RS, CHANGED(ISSUER, "\"byname\"", "\"1795334700\"", "1795334400", "n-1"), RSA_A,
	 OIDC_UNREADABLE},
	{"an end beyond all time", RS, CHANGED(ISSUER, "\"byname\"", "1e300", "1795334400", "n-1"), RSA_A,
	 OIDC_UNREADABLE},
	{"made tomorrow", RS, CHANGED(ISSUER, "\"byname\"", "1795520000", "1795420800", "n-1"), RSA_A, OIDC_EARLY},
	{"not yet valid", RS, "{\"nbf\":1795334461," CLAIMS "}", RSA_A, OIDC_EARLY},
	{"of an earlier visit", RS, CHANGED(ISSUER, "\"byname\"", "1795334700", "1795334300", "n-1"), RSA_A, OIDC_OLD},
	{"another nonce", RS, CHANGED(ISSUER, "\"byname\"", "1795334700", "1795334400", "n-2"), RSA_A, OIDC_NONCE},
	{"an empty nonce", RS, CHANGED(ISSUER, "\"byname\"", "1795334700", "1795334400", ""), RSA_A, OIDC_NONCE},
	{"nobody's", RS,
	 "{\"iss\":\"" ISSUER "\",\"aud\":\"byname\",\"sub\":\"\",\"nonce\":\"n-1\",\"exp\":1795334700,"
	 "\"iat\":1795334400}",
	 RSA_A, OIDC_SUBJECT},
	{"a claim twice", RS, "{\"iss\":\"https://other.example\"," CLAIMS "}", RSA_A, OIDC_UNREADABLE},
	{"no object", RS, "[]", RSA_A, OIDC_UNREADABLE},
};

static void each_token_gets_its_answer(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct oidc_claims claims = {0};
		struct str text = token(cases[i].header, cases[i].payload, cases[i].who);
		enum oidc_fault fault = oidc_token_check(memory, text, set, &expect, &claims);
		if (fault != cases[i].fault)
			fail_msg("%s: %s, expected %s", cases[i].what, oidc_fault_word(fault),
				 oidc_fault_word(cases[i].fault));
		assert_true(str_eq(claims.subject, fault == OIDC_GOOD ? S("u-1") : (struct str){0}));
	}
}

/* Each byte of a good token counts, and so does its end. */
static void a_token_that_was_tampered_with_is_refused(void **state)
{
	(void)state;
	struct oidc_claims claims;
	struct str good = token(ES, "{" CLAIMS "}", EC_A);
	for (size_t i = 0; i < good.n; i++) {
		char *bent = arena_many(memory, good.n, char);
		memcpy(bent, good.p, good.n);
		bent[i] = bent[i] == 'A' ? 'B' : 'A';
		assert_int_not_equal(oidc_token_check(memory, (struct str){bent, good.n}, set, &expect, &claims),
				     OIDC_GOOD);
		assert_int_not_equal(oidc_token_check(memory, str_sub(good, 0, i), set, &expect, &claims), OIDC_GOOD);
	}
	struct str longer = str_fmt(memory, "%.*s.x", STR_ARG(good));
	assert_int_equal(oidc_token_check(memory, longer, set, &expect, &claims), OIDC_UNREADABLE);
	assert_int_equal(oidc_token_check(memory, good, S("{}"), &expect, &claims), OIDC_KEY);
	assert_int_equal(oidc_token_check(memory, good, S("not json"), &expect, &claims), OIDC_KEY);
	/* A signature of zeros, which some libraries took. */
	struct str head, rest, body, sign;
	str_cut(good, '.', &head, &rest);
	str_cut(rest, '.', &body, &sign);
	unsigned char zeros[64] = {0};
	struct str null =
		str_fmt(memory, "%.*s.%.*s.%.*s", STR_ARG(head), STR_ARG(body), STR_ARG(base64(zeros, sizeof zeros)));
	assert_int_equal(oidc_token_check(memory, null, set, &expect, &claims), OIDC_SIGNATURE);
}

static void what_a_token_says_beside_who(void **state)
{
	static const struct {
		const char *payload;
		bool verified, second_step;
	} says[] = {
		{"{\"email\":\"dana@agency.example\",\"email_verified\":true," CLAIMS "}", true, false},
		{"{\"email\":\"dana@agency.example\",\"email_verified\":\"true\"," CLAIMS "}", false, false},
		{"{\"email\":\"dana@agency.example\"," CLAIMS "}", false, false},
		{"{\"amr\":[\"pwd\",\"mfa\"]," CLAIMS "}", false, true},
		{"{\"amr\":[\"pwd\",\"otp\"]," CLAIMS "}", false, false},
		{"{\"amr\":\"mfa\"," CLAIMS "}", false, false},
		{"{\"acr\":\"step2\"," CLAIMS "}", false, true},
		{"{\"acr\":\"0\"," CLAIMS "}", false, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
		struct oidc_claims claims;
		struct str text = token(RS, says[i].payload, RSA_A);
		assert_int_equal(oidc_token_check(memory, text, set, &expect, &claims), OIDC_GOOD);
		assert_int_equal(claims.email_verified, says[i].verified);
		assert_int_equal(claims.second_step, says[i].second_step);
	}
}

static int set_up(void **state)
{
	(void)state;
	memory = arena_new("test", 64 << 20);
	keys[RSA_A] = EVP_RSA_gen(2048);
	keys[RSA_B] = EVP_RSA_gen(2048);
	keys[RSA_SMALL] = EVP_RSA_gen(1024);
	keys[EC_A] = EVP_EC_gen("P-256");
	keys[EC_OTHER_CURVE] = EVP_EC_gen("secp256k1");
	for (size_t i = 0; i < NOBODY && i != HMAC_OF_PUBLIC; i++)
		assert_non_null(keys[i]);
	struct str x = number(keys[EC_A], OSSL_PKEY_PARAM_EC_PUB_X, 32);
	struct str y = number(keys[EC_A], OSSL_PKEY_PARAM_EC_PUB_Y, 32);
	set = str_fmt(
		memory,
		"{\"keys\":[%.*s,%.*s,{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"e\",\"use\":\"sig\","
		"\"x\":\"%.*s\",\"y\":\"%.*s\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"enc\",\"use\":\"enc\","
		"\"x\":\"%.*s\",\"y\":\"%.*s\"}]}",
		STR_ARG(rsa_jwk(keys[RSA_A], "a")), STR_ARG(rsa_jwk(keys[RSA_SMALL], "small")), STR_ARG(x), STR_ARG(y),
		STR_ARG(x), STR_ARG(y));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < NOBODY; i++)
		EVP_PKEY_free(keys[i]);
	arena_free(&memory);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_token_gets_its_answer),
		cmocka_unit_test(a_token_that_was_tampered_with_is_refused),
		cmocka_unit_test(what_a_token_says_beside_who),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
