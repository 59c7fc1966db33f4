#include "agile_open.h"

#include <string.h>

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-infile.h>
#include <gsf/gsf-input-memory.h>
#include <gsf/gsf-utils.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/arena.h"

enum { HASH = 64, VALUE_MOST = 128, PHRASE_MOST = 256, HEAD = 8 };

struct value {
	unsigned char p[VALUE_MOST];
	int n;
};

struct str agile_stream(struct arena *a, struct str file, const char *path)
{
	gsf_init();
	GsfInput *memory = gsf_input_memory_new((const guint8 *)file.p, (gsf_off_t)file.n, FALSE);
	GsfInfile *root = gsf_infile_msole_new(memory, NULL);
	g_object_unref(memory);
	if (root == NULL)
		return (struct str){0};
	GsfInput *found = g_object_ref(GSF_INPUT(root));
	for (struct str name, rest = str_from(path); rest.n > 0 && found != NULL;) {
		str_cut(rest, '/', &name, &rest);
		GsfInput *child = gsf_infile_child_by_name(GSF_INFILE(found), str_c(a, name));
		g_object_unref(found);
		found = child;
	}
	struct str bytes = {0};
	if (found != NULL) {
		size_t n = (size_t)gsf_input_size(found);
		bytes = str_dup(a, (struct str){(const char *)gsf_input_read(found, n, NULL), n});
		g_object_unref(found);
	}
	g_object_unref(root);
	return bytes;
}

/* The value of name="…" behind `element`. */
static struct str attribute(struct str xml, const char *element, const char *name)
{
	const char *at = memmem(xml.p, xml.n, element, strlen(element));
	if (at == NULL)
		return (struct str){0};
	struct str rest = {at, (size_t)(xml.p + xml.n - at)}, head, tail, value;
	str_cut(rest, '>', &rest, &tail);
	while (str_cut(rest, '=', &head, &tail)) {
		if (tail.n == 0 || !str_cut(str_sub(tail, 1, tail.n), '"', &value, &rest))
			break;
		head = str_trim(head);
		if (str_ends(head, str_from(name)) &&
		    (head.n == strlen(name) || head.p[head.n - strlen(name) - 1] == ' '))
			return value;
	}
	return (struct str){0};
}

static struct value decoded(struct str xml, const char *element, const char *name)
{
	struct value v = {0};
	struct str s = attribute(xml, element, name);
	if (s.n == 0 || s.n % 4 != 0 || s.n / 4 * 3 > VALUE_MOST)
		return v;
	v.n = EVP_DecodeBlock(v.p, (const unsigned char *)s.p, (int)s.n);
	v.n -= (s.p[s.n - 1] == '=') + (s.p[s.n - 2] == '=');
	return v;
}

static void sha512(const void *p, size_t p_n, const void *q, size_t q_n, unsigned char out[HASH])
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	EVP_DigestInit_ex(c, EVP_sha512(), NULL);
	EVP_DigestUpdate(c, p, p_n);
	EVP_DigestUpdate(c, q, q_n);
	EVP_DigestFinal_ex(c, out, NULL);
	EVP_MD_CTX_free(c);
}

static void aes_open(const unsigned char *key, const unsigned char *iv, const unsigned char *from, size_t n,
		     unsigned char *to)
{
	int done;
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	EVP_DecryptInit_ex(c, EVP_aes_256_cbc(), NULL, key, iv);
	EVP_CIPHER_CTX_set_padding(c, 0);
	EVP_DecryptUpdate(c, to, &done, from, (int)n);
	EVP_CIPHER_CTX_free(c);
}

static void little_endian(uint32_t v, unsigned char out[4])
{
	for (int i = 0; i < 4; i++)
		out[i] = (unsigned char)(v >> 8 * i);
}

static void spun(struct str xml, const char *phrase, unsigned char h[HASH])
{
	unsigned char wide[PHRASE_MOST] = {0}, number[4];
	struct value salt = decoded(xml, "<p:encryptedKey", "saltValue");
	size_t n = strlen(phrase);
	for (size_t i = 0; i < n && 2 * i < PHRASE_MOST; i++)
		wide[2 * i] = (unsigned char)phrase[i];
	sha512(salt.p, (size_t)salt.n, wide, 2 * n, h);
	for (uint32_t i = 0; i < 100000; i++) {
		little_endian(i, number);
		sha512(number, sizeof number, h, HASH, h);
	}
}

/* A value of the key encryptor: its key is the spun hash with eight bytes that say what it is for. */
static struct value phrase_open(struct str xml, const unsigned char h[HASH], const char *name, const char *purpose)
{
	unsigned char key[HASH];
	struct value salt = decoded(xml, "<p:encryptedKey", "saltValue");
	struct value v = decoded(xml, "<p:encryptedKey", name);
	sha512(h, HASH, purpose, 8, key);
	aes_open(key, salt.p, v.p, (size_t)v.n, v.p);
	return v;
}

static struct value integrity_open(struct str xml, const struct value *key, const char *name, const char *purpose)
{
	unsigned char iv[HASH];
	struct value salt = decoded(xml, "<keyData", "saltValue");
	struct value v = decoded(xml, "<dataIntegrity", name);
	sha512(salt.p, (size_t)salt.n, purpose, 8, iv);
	aes_open(key->p, iv, v.p, (size_t)v.n, v.p);
	return v;
}

static bool head_is_ours(struct str info)
{
	struct str xml = str_sub(info, HEAD, info.n);
	return info.n > HEAD && memcmp(info.p, "\x04\0\x04\0\x40\0\0\0", HEAD) == 0 &&
	       str_eq(attribute(xml, "<p:encryptedKey", "spinCount"), S("100000")) &&
	       str_eq(attribute(xml, "<p:encryptedKey", "hashAlgorithm"), S("SHA512")) &&
	       str_eq(attribute(xml, "<keyData", "keyBits"), S("256")) &&
	       str_eq(attribute(xml, "<keyData", "cipherChaining"), S("ChainingModeCBC")) &&
	       decoded(xml, "<keyData", "saltValue").n == 16;
}

enum agile_result agile_open(struct arena *a, struct str file, const char *phrase, struct str *plain)
{
	unsigned char h[HASH], digest[HASH], number[4];
	struct str info = agile_stream(a, file, "EncryptionInfo"), package = agile_stream(a, file, "EncryptedPackage");
	if (!head_is_ours(info) || package.n < HEAD || (package.n - HEAD) % 16 != 0)
		return AGILE_MALFORMED;
	struct str xml = str_sub(info, HEAD, info.n);
	spun(xml, phrase, h);
	struct value input = phrase_open(xml, h, "encryptedVerifierHashInput", "\xFE\xA7\xD2\x76\x3B\x4B\x9E\x79");
	struct value hash = phrase_open(xml, h, "encryptedVerifierHashValue", "\xD7\xAA\x0F\x6D\x30\x61\x34\x4E");
	sha512(input.p, (size_t)input.n, "", 0, digest);
	if (memcmp(digest, hash.p, HASH) != 0)
		return AGILE_WRONG_PHRASE;
	struct value key = phrase_open(xml, h, "encryptedKeyValue", "\x14\x6E\x0B\xE7\xAB\xAC\xD0\xD6");
	struct value hmac_key = integrity_open(xml, &key, "encryptedHmacKey", "\x5F\xB2\xAD\x01\x0C\xB9\xE1\xF6");
	struct value hmac = integrity_open(xml, &key, "encryptedHmacValue", "\xA0\x67\x7F\x02\xB2\x2C\x84\x33");
	unsigned n = HASH;
	HMAC(EVP_sha512(), hmac_key.p, HASH, (const unsigned char *)package.p, package.n, digest, &n);
	if (memcmp(digest, hmac.p, HASH) != 0)
		return AGILE_CHANGED;
	const unsigned char *from = (const unsigned char *)package.p + HEAD;
	size_t length = 0, whole = package.n - HEAD;
	for (int i = HEAD - 1; i >= 0; i--)
		length = length << 8 | (unsigned char)package.p[i];
	unsigned char *to = arena_many(a, whole, unsigned char);
	struct value salt = decoded(xml, "<keyData", "saltValue");
	for (uint32_t i = 0; (size_t)i * 4096 < whole; i++) {
		size_t at = (size_t)i * 4096;
		little_endian(i, number);
		sha512(salt.p, (size_t)salt.n, number, sizeof number, h);
		aes_open(key.p, h, from + at, whole - at < 4096 ? whole - at : 4096, to + at);
	}
	if (length > whole || whole - length >= 16)
		return AGILE_MALFORMED;
	*plain = (struct str){(const char *)to, length};
	return AGILE_OPENED;
}
