#include <string.h>

#include "base/arena.h"
#include "store/keys.h"

enum { VERSION = 1, NONCE_LEN = 24, TAG_LEN = 16, PLACE_MAX = 256, NONCES = 170 };

_Static_assert(SEAL_OVERHEAD == 2 + NONCE_LEN + TAG_LEN && NONCE_LEN == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES &&
		       TAG_LEN == crypto_aead_xchacha20poly1305_ietf_ABYTES,
	       "the sealed form");

/* Random nonces, drawn from the kernel by the page: one call per value would cost more than the
 * sealing. They are no secret, but none is used twice, so they belong to one thread. */
static void next_nonce(unsigned char out[NONCE_LEN])
{
	static _Thread_local unsigned char page[NONCES * NONCE_LEN];
	static _Thread_local size_t left;
	if (left == 0) {
		randombytes_buf(page, sizeof page);
		left = NONCES;
	}
	left--;
	memcpy(out, page + left * NONCE_LEN, NONCE_LEN);
}

/* What binds a value to its place; lengths first, so that no two places read alike. */
static size_t bind_place(struct seal_place at, unsigned char out[PLACE_MAX])
{
	size_t table = strlen(at.table);
	size_t column = strlen(at.column);
	size_t row = at.row.n;
	unsigned char hashed[crypto_generichash_BYTES];
	if (table + column + row + 3 > PLACE_MAX) {
		/* Our ids are short; a long one is bound by its hash. */
		crypto_generichash(hashed, sizeof hashed, (const unsigned char *)at.row.p, row, NULL, 0);
		at.row = (struct str){(const char *)hashed, sizeof hashed};
		row = sizeof hashed;
	}
	unsigned char *p = out;
	*p++ = (unsigned char)table;
	*p++ = (unsigned char)column;
	memcpy(p, at.table, table);
	p += table;
	memcpy(p, at.column, column);
	p += column;
	if (row > 0)
		memcpy(p, at.row.p, row);
	return (size_t)(p - out) + row;
}

size_t seal_into(const struct keys *keys, struct seal_place at, struct str text, char *out)
{
	unsigned char place[PLACE_MAX];
	size_t place_n = bind_place(at, place);
	unsigned char *p = (unsigned char *)out;
	unsigned long long n;
	int number = keys_now(keys);
	p[0] = VERSION;
	p[1] = (unsigned char)number;
	next_nonce(p + 2);
	crypto_aead_xchacha20poly1305_ietf_encrypt(p + 2 + NONCE_LEN, &n, (const unsigned char *)text.p, text.n, place,
						   place_n, NULL, p + 2, keys_numbered(keys, number)->seal);
	return 2 + NONCE_LEN + (size_t)n;
}

struct str seal_pii(struct arena *a, const struct keys *keys, struct seal_place at, const struct pii *text)
{
	struct str plain = pii_reveal(text);
	if (plain.n == 0)
		return (struct str){0};
	char *out = arena_many(a, plain.n + SEAL_OVERHEAD, char);
	return (struct str){out, seal_into(keys, at, plain, out)};
}

int seal_number(struct str sealed)
{
	return sealed.n < SEAL_OVERHEAD || sealed.p[0] != VERSION ? 0 : (unsigned char)sealed.p[1];
}

err_t seal_open(struct arena *a, const struct keys *keys, struct seal_place at, struct str sealed,
		const struct pii **out)
{
	if (sealed.n == 0) {
		*out = NULL;
		return NULL;
	}
	const unsigned char *p = (const unsigned char *)sealed.p;
	unsigned char place[PLACE_MAX];
	size_t place_n = bind_place(at, place);
	int number = seal_number(sealed);
	if (number == 0)
		return err_internal(a, "%s.%s of %.*s is not sealed as this program seals", at.table, at.column,
				    STR_ARG(at.row));
	const struct key *key = keys_numbered(keys, number);
	if (key == NULL)
		return err_internal(a, "%s.%s of %.*s is sealed with key %d, which is not in this machine's key file",
				    at.table, at.column, STR_ARG(at.row), number);
	size_t body = sealed.n - 2 - NONCE_LEN;
	unsigned char *plain = arena_many(a, body, unsigned char);
	unsigned long long n;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, &n, NULL, p + 2 + NONCE_LEN, body, place, place_n, p + 2,
						       key->seal) != 0)
		return err_internal(a, "%s.%s of %.*s does not open: it was changed, moved or sealed with another key",
				    at.table, at.column, STR_ARG(at.row));
	*out = pii_new(a, (struct str){(const char *)plain, (size_t)n});
	sodium_memzero(plain, (size_t)n);
	return NULL;
}

void blind_index(const struct keys *keys, enum blind_purpose purpose, struct str text, char out[BLIND_LEN])
{
	crypto_generichash((unsigned char *)out, BLIND_LEN, (const unsigned char *)text.p, text.n,
			   keys->blind[purpose - 1], KEY_LEN);
}

struct str blind_text(struct arena *a, const struct keys *keys, enum blind_purpose purpose, struct str text)
{
	char *out = arena_many(a, BLIND_LEN, char);
	blind_index(keys, purpose, text, out);
	return (struct str){out, BLIND_LEN};
}
