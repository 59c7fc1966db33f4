/* Sealing: personal data is encrypted before it reaches the database, and found again by a keyed
 * index. So neither the file, its log, its backup nor a database operator holds a name.
 *
 * A master key of 32 bytes lies in a file outside the database. Keys for each purpose are derived
 * from it (crypto_kdf), live in locked memory and are wiped at the end. `struct keys` may be used by
 * all threads at once.
 *
 * Keys have numbers. The database says which one seals (meta.key_no) and which ones may still be
 * written with (meta.key_least, which the store holds every statement to); all in the file open. A
 * number that is not known yet is looked for in the file again, so a server that runs reads what
 * another process has sealed with a new key. store/reseal.h moves the database from one to the next.
 *
 * A sealed value is bound to its place (table, column, id of the row): moved to another place, or
 * changed by one bit, it does not open. Its form: one byte version, one byte number of the key,
 * 24 bytes nonce, the text encrypted by XChaCha20-Poly1305, 16 bytes tag. Its length shows the
 * length of the text; nothing else shows.
 *
 *     struct str sealed = seal_pii(a, keys, (struct seal_place){"client", "name", id}, name);
 *     const struct pii *name;
 *     TRY(seal_open(a, keys, (struct seal_place){"client", "name", id}, row.name, &name));
 */
#ifndef STORE_SEAL_H
#define STORE_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/pii.h"
#include "base/str.h"

struct arena;
struct db;
struct keys;

/* Where the key file is looked for: `option` (--key) when given; else `byname.key` in the folder
 * that systemd names in CREDENTIALS_DIRECTORY, if that file exists; else `byname.key` beside the
 * database in `dir`. Without any of them (PostgreSQL and no option) ERR_MISSING. */
must err_t keys_find(struct arena *a, struct str option, struct str dir, struct str *path);

/* Writes a new random key to `path`, mode 0600, as 64 hexadecimal digits; ERR_CONFLICT where a file
 * is already there: a key is never overwritten. */
must err_t keys_create(struct arena *a, struct str path);

enum { KEYS_MOST = 255 }; /* the number is one byte */

/* Reads a key file: 32 bytes, or 64 hexadecimal digits with or without a line break, which is key 1;
 * or a line "NUMBER DIGITS" for each key. The last of them seals until keys_fit has asked the
 * database. The first is always needed: blind indexes are made with it. ERR_MISSING where there is none; ERR_DENIED
 * where others than its owner may read it (in the systemd folder, whose files systemd guards, the group may);
 * ERR_INVALID for anything that is no key. */
must err_t keys_load(struct arena *a, struct str path, struct keys **out);

/* Wipes them; sets *keys to NULL; NULL inside is allowed. */
void keys_free(struct keys **keys);

/* Writes one more key into the file, in a moment and for good: a crash leaves the file as it was or
 * whole. ERR_DENIED in systemd's folder, ERR_CONFLICT where there are KEYS_MOST. */
must err_t keys_add(struct arena *a, const struct keys *keys, int *number);

/* The number that seals, and the highest in the file. */
int keys_now(const struct keys *keys);
int keys_last(const struct keys *keys);

/* From here on this process seals with the key of that number, as the database says; where the file
 * has none of it yet, all stays as it is. */
void keys_seal_with(const struct keys *keys, int number);

/* What meta.key_check holds: 16 bytes that depend on the key that seals and the installation. */
struct str keys_check_value(struct arena *a, const struct keys *keys, struct str instance_id);

/* ERR_INVALID where these are not the keys of this database; inside a transaction. What it says
 * about the number is heeded from here on. */
must err_t keys_fit(struct db *db, struct arena *a, const struct keys *keys);

struct seal_place {
	const char *table;
	const char *column;
	struct str row;
};

enum { SEAL_OVERHEAD = 2 + 24 + 16 };

/* The number of the key that sealed it; 0: it has not the form of a sealed value. */
int seal_number(struct str sealed);

/* The sealed form in the arena; NULL (not known) gives empty, which is stored as NULL. */
struct str seal_pii(struct arena *a, const struct keys *keys, struct seal_place at, const struct pii *text);

/* The same for text that an import has just read, written to `out`, which has room for
 * SEAL_OVERHEAD + text.n bytes. Returns how many were written. */
size_t seal_into(const struct keys *keys, struct seal_place at, struct str text, char *out);

/* Opens it again; empty gives NULL. Anything that was not sealed for this place with these keys is
 * an internal error. */
must err_t seal_open(struct arena *a, const struct keys *keys, struct seal_place at, struct str sealed,
		     const struct pii **out);

/* The blind index: the same text under the same purpose gives the same 16 bytes, which say nothing
 * without the key. The caller folds the text first (domain knows how names are compared). */
enum blind_purpose {
	BLIND_NAME_TOKEN = 1,
	BLIND_SSN4,
	BLIND_DOB,
	BLIND_PERSONAL_ID,
	BLIND_LOGIN,    /* the key of the brake on guessing */
	BLIND_RECOVERY, /* codes that were shown once: recovery, invitations */
	BLIND_MATCH,    /* what two records of one person are likely to share */
};

enum { BLIND_LEN = 16 };

void blind_index(const struct keys *keys, enum blind_purpose purpose, struct str text, char out[BLIND_LEN]);

/* The same into the arena. */
struct str blind_text(struct arena *a, const struct keys *keys, enum blind_purpose purpose, struct str text);

#endif
