/* ECMA-376 agile encryption, as [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15 writes it down. The names are the
 * specification's. */
#include <endian.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "papers/inside.h"

enum {
	SPINS = 100000,
	SEGMENT = 4096,
	SALT = 16,
	BLOCK = 16, /* of AES */
	KEY = 32,
	HASH = 64,
	PREFIX = 8, /* the length of the workbook, before its first segment */
	INFO_MOST = 8 << 10,
};

/* What a hash is made for (2.3.4.11, 2.3.4.14). */
enum { BLOCK_KEY = 8 };
static const unsigned char for_verifier_input[BLOCK_KEY] = {0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79};
static const unsigned char for_verifier_value[BLOCK_KEY] = {0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E};
static const unsigned char for_key_value[BLOCK_KEY] = {0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6};
static const unsigned char for_hmac_key[BLOCK_KEY] = {0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6};
static const unsigned char for_hmac_value[BLOCK_KEY] = {0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33};

/* What is secret or random about one document, and what of it stands in EncryptionInfo. */
struct agile {
	EVP_MD_CTX *hash;
	EVP_CIPHER_CTX *cipher;
	bool failed;

	unsigned char spun[HASH]; /* the pass-phrase after all spins */
	unsigned char secret_key[KEY];
	unsigned char hmac_key[HASH];
	unsigned char verifier[SALT];

	unsigned char key_salt[SALT];
	unsigned char phrase_salt[SALT];
	unsigned char verifier_input[SALT]; /* from here on encrypted */
	unsigned char verifier_value[HASH];
	unsigned char key_value[KEY];
	unsigned char hmac_key_value[HASH];
	unsigned char hmac_value[HASH];
};

static void hash2(struct agile *g, const void *p, size_t p_n, const void *q, size_t q_n, unsigned char out[HASH])
{
	if (EVP_DigestInit_ex(g->hash, NULL, NULL) != 1 || EVP_DigestUpdate(g->hash, p, p_n) != 1 ||
	    EVP_DigestUpdate(g->hash, q, q_n) != 1 || EVP_DigestFinal_ex(g->hash, out, NULL) != 1)
		g->failed = true;
}

/* n is a whole number of blocks; in place where from == to. */
static void encrypt(struct agile *g, const unsigned char key[KEY], const unsigned char iv[BLOCK],
		    const unsigned char *from, size_t n, unsigned char *to)
{
	int done;
	if (EVP_EncryptInit_ex(g->cipher, EVP_aes_256_cbc(), NULL, key, iv) != 1 ||
	    EVP_CIPHER_CTX_set_padding(g->cipher, 0) != 1 || EVP_EncryptUpdate(g->cipher, to, &done, from, (int)n) != 1)
		g->failed = true;
}

/* 2.3.4.11: the pass-phrase as UTF-16, and the number of the spin before the hash. */
static void spin(struct agile *g, const struct paper_phrase *phrase)
{
	unsigned char wide[2 * PAPER_PHRASE_TEXT] = {0};
	size_t n = strlen(phrase->text); /* ASCII */
	for (size_t i = 0; i < n; i++)
		wide[2 * i] = (unsigned char)phrase->text[i];
	hash2(g, g->phrase_salt, SALT, wide, 2 * n, g->spun);
	for (uint32_t i = 0; i < SPINS; i++) {
		uint32_t number = htole32(i);
		hash2(g, &number, sizeof number, g->spun, HASH, g->spun);
	}
	OPENSSL_cleanse(wide, sizeof wide);
}

/* 2.3.4.13: one value of the password key encryptor. */
static void phrase_encrypt(struct agile *g, const unsigned char what[BLOCK_KEY], const unsigned char *from, size_t n,
			   unsigned char *to)
{
	unsigned char key[HASH];
	hash2(g, g->spun, HASH, what, BLOCK_KEY, key);
	encrypt(g, key, g->phrase_salt, from, n, to);
	OPENSSL_cleanse(key, sizeof key);
}

/* 2.3.4.14: one value of the data's integrity. */
static void integrity_encrypt(struct agile *g, const unsigned char what[BLOCK_KEY], const unsigned char from[HASH],
			      unsigned char to[HASH])
{
	unsigned char iv[HASH];
	hash2(g, g->key_salt, SALT, what, BLOCK_KEY, iv);
	encrypt(g, g->secret_key, iv, from, HASH, to);
}

/* 2.3.4.15: the stream EncryptedPackage. */
static void package_encrypt(struct agile *g, struct str plain, unsigned char *to)
{
	uint64_t length = htole64(plain.n);
	memcpy(to, &length, PREFIX);
	to += PREFIX;
	memcpy(to, plain.p, plain.n); /* what follows is zero, up to a whole block */
	size_t whole = (plain.n + BLOCK - 1) / BLOCK * BLOCK;
	for (size_t at = 0; at < whole; at += SEGMENT) {
		unsigned char iv[HASH];
		uint32_t number = htole32((uint32_t)(at / SEGMENT));
		hash2(g, g->key_salt, SALT, &number, sizeof number, iv);
		encrypt(g, g->secret_key, iv, to + at, whole - at < SEGMENT ? whole - at : SEGMENT, to + at);
	}
}

static void values_make(struct agile *g, const struct paper_phrase *phrase, struct str package)
{
	unsigned char digest[HASH];
	unsigned n = HASH;
	spin(g, phrase);
	phrase_encrypt(g, for_verifier_input, g->verifier, SALT, g->verifier_input);
	hash2(g, g->verifier, SALT, "", 0, digest);
	phrase_encrypt(g, for_verifier_value, digest, HASH, g->verifier_value);
	phrase_encrypt(g, for_key_value, g->secret_key, KEY, g->key_value);
	integrity_encrypt(g, for_hmac_key, g->hmac_key, g->hmac_key_value);
	if (HMAC(EVP_sha512(), g->hmac_key, HASH, (const unsigned char *)package.p, package.n, digest, &n) == NULL)
		g->failed = true;
	integrity_encrypt(g, for_hmac_value, digest, g->hmac_value);
}

/* --- EncryptionInfo (2.3.4.10) --- */

static void attribute(struct buf *b, const char *name, const unsigned char *value, size_t n)
{
	unsigned char text[(HASH + 2) / 3 * 4 + 1];
	EVP_EncodeBlock(text, value, (int)n);
	buf_fmt(b, " %s=\"%s\"", name, (const char *)text);
}

static void ciphers(struct buf *b)
{
	buf_fmt(b,
		" saltSize=\"%d\" blockSize=\"%d\" keyBits=\"%d\" hashSize=\"%d\" cipherAlgorithm=\"AES\""
		" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\"",
		SALT, BLOCK, KEY * 8, HASH);
}

static struct str info_text(struct arena *a, const struct agile *g)
{
	struct buf b = buf_new(a, INFO_MOST);
	buf_lit(&b, "\x04\0\x04\0\x40\0\0\0"); /* version 4.4, agile */
	buf_lit(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
		    "<encryption xmlns=\"http://schemas.microsoft.com/office/2006/encryption\""
		    " xmlns:p=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><keyData");
	ciphers(&b);
	attribute(&b, "saltValue", g->key_salt, SALT);
	buf_lit(&b, "/><dataIntegrity");
	attribute(&b, "encryptedHmacKey", g->hmac_key_value, HASH);
	attribute(&b, "encryptedHmacValue", g->hmac_value, HASH);
	buf_lit(&b, "/><keyEncryptors><keyEncryptor uri="
		    "\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><p:encryptedKey");
	buf_fmt(&b, " spinCount=\"%d\"", SPINS);
	ciphers(&b);
	attribute(&b, "saltValue", g->phrase_salt, SALT);
	attribute(&b, "encryptedVerifierHashInput", g->verifier_input, SALT);
	attribute(&b, "encryptedVerifierHashValue", g->verifier_value, HASH);
	attribute(&b, "encryptedKeyValue", g->key_value, KEY);
	buf_lit(&b, "/></keyEncryptor></keyEncryptors></encryption>");
	return buf_text(&b);
}

static void agile_open(struct agile *g)
{
	*g = (struct agile){.hash = EVP_MD_CTX_new(), .cipher = EVP_CIPHER_CTX_new()};
	g->failed = g->hash == NULL || g->cipher == NULL || EVP_DigestInit_ex(g->hash, EVP_sha512(), NULL) != 1;
	random_bytes(g->secret_key, KEY);
	random_bytes(g->hmac_key, HASH);
	random_bytes(g->verifier, SALT);
	random_bytes(g->key_salt, SALT);
	random_bytes(g->phrase_salt, SALT);
}

err_t workbook_close_with(struct arena *a, struct str plain, const struct paper_phrase *phrase, struct str *out)
{
	struct agile g;
	size_t whole = PREFIX + (plain.n + BLOCK - 1) / BLOCK * BLOCK;
	unsigned char *p = arena_many(a, whole, unsigned char);
	struct str package = {(const char *)p, whole};
	agile_open(&g);
	if (!g.failed) {
		package_encrypt(&g, plain, p);
		values_make(&g, phrase, package);
	}
	EVP_MD_CTX_free(g.hash);
	EVP_CIPHER_CTX_free(g.cipher);
	bool failed = g.failed;
	struct str info = failed ? (struct str){0} : info_text(a, &g);
	OPENSSL_cleanse(&g, sizeof g);
	if (failed)
		return err_internal(a, "OpenSSL refuses AES-256 or SHA-512");
	return container_write(a, info, package, out);
}
