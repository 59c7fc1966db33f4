#include "oidc/key.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>
#include <string.h>

#include "base/arena.h"

enum { RSA_BITS_LEAST = 2048, RSA_BITS_MOST = 8192, P256_BYTES = 32, DER_MOST = 80 };

static const struct oidc_algorithm algorithms[] = {{"RS256", "RSA"}, {"ES256", "EC"}};

const struct oidc_algorithm *oidc_algorithm(struct str word)
{
	for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
		if (str_eq(word, str_from(algorithms[i].word)))
			return &algorithms[i];
	return NULL;
}

bool oidc_base64(struct arena *a, struct str text, struct str *out)
{
	unsigned char *bytes = arena_many(a, text.n + 1, unsigned char);
	size_t n = 0;
	if (sodium_base642bin(bytes, text.n, text.p, text.n, NULL, &n, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return false;
	*out = (struct str){(const char *)bytes, n};
	return true;
}

static EVP_PKEY *key_from(const char *kind, OSSL_PARAM *params)
{
	EVP_PKEY *key = NULL;
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
	if (ctx != NULL && EVP_PKEY_fromdata_init(ctx) > 0 &&
	    EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) <= 0)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);
	return key;
}

static EVP_PKEY *key_rsa(struct arena *a, const struct oidc_jwk *jwk)
{
	struct str n, e;
	if (!oidc_base64(a, jwk->n, &n) || !oidc_base64(a, jwk->e, &e) || n.n > RSA_BITS_MOST / 8 || e.n > 8)
		return NULL;
	BIGNUM *modulus = BN_bin2bn((const unsigned char *)n.p, (int)n.n, NULL);
	BIGNUM *exponent = BN_bin2bn((const unsigned char *)e.p, (int)e.n, NULL);
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	OSSL_PARAM *params = NULL;
	EVP_PKEY *key = NULL;
	bool sound = modulus != NULL && exponent != NULL && build != NULL && BN_num_bits(modulus) >= RSA_BITS_LEAST &&
		     BN_is_odd(exponent) && !BN_is_one(exponent);
	if (sound && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, modulus) &&
	    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, exponent))
		params = OSSL_PARAM_BLD_to_param(build);
	if (params != NULL)
		key = key_from("RSA", params);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	BN_free(exponent);
	BN_free(modulus);
	return key;
}

/* A point that is not on the curve is refused by OpenSSL as it reads it. */
static EVP_PKEY *key_ec(struct arena *a, const struct oidc_jwk *jwk)
{
	struct str x, y;
	char group[] = "P-256";
	unsigned char point[1 + 2 * P256_BYTES] = {POINT_CONVERSION_UNCOMPRESSED};
	if (!str_eq(jwk->crv, str_from(group)) || !oidc_base64(a, jwk->x, &x) || !oidc_base64(a, jwk->y, &y) ||
	    x.n != P256_BYTES || y.n != P256_BYTES)
		return NULL;
	memcpy(point + 1, x.p, P256_BYTES);
	memcpy(point + 1 + P256_BYTES, y.p, P256_BYTES);
	OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
			       OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point),
			       OSSL_PARAM_construct_end()};
	return key_from("EC", params);
}

/* A token has the two numbers of the signature side by side; OpenSSL wants them in DER. */
static bool der_of(struct arena *a, struct str pair, struct str *out)
{
	if (pair.n != 2 * P256_BYTES)
		return false;
	const unsigned char *p = (const unsigned char *)pair.p;
	unsigned char *der = arena_many(a, DER_MOST, unsigned char);
	unsigned char *end = der;
	int n = -1;
	ECDSA_SIG *sig = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(p, P256_BYTES, NULL);
	BIGNUM *s = BN_bin2bn(p + P256_BYTES, P256_BYTES, NULL);
	if (sig != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(sig, r, s)) {
		r = s = NULL; /* the signature has them now */
		n = i2d_ECDSA_SIG(sig, &end);
	}
	BN_free(r);
	BN_free(s);
	ECDSA_SIG_free(sig);
	*out = (struct str){(const char *)der, n > 0 ? (size_t)n : 0};
	return n > 0;
}

static bool verify(EVP_PKEY *key, struct str text, struct str signature)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool good = ctx != NULL && EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
		    EVP_DigestVerify(ctx, (const unsigned char *)signature.p, signature.n,
				     (const unsigned char *)text.p, text.n) == 1;
	EVP_MD_CTX_free(ctx);
	return good;
}

bool oidc_signed(struct arena *a, const struct oidc_algorithm *alg, const struct oidc_jwk *jwk, struct str text,
		 struct str signature)
{
	bool ec = strcmp(alg->kty, "EC") == 0;
	if (ec && !der_of(a, signature, &signature))
		return false;
	EVP_PKEY *key = ec ? key_ec(a, jwk) : key_rsa(a, jwk);
	bool good = key != NULL && verify(key, text, signature);
	EVP_PKEY_free(key);
	return good;
}
