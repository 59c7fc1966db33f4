#include "store/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/q_setting.h"

enum { FILE_ROOM = 2 * KEY_LEN + 3 };

/* The sub-keys by number; a number is never used for anything else. */
enum { SUBKEY_SEAL = 1, SUBKEY_CHECK = 2, SUBKEY_BLIND = 16 };
static const char context[crypto_kdf_CONTEXTBYTES] = {'b', 'y', 'n', 'a', 'm', 'e', 'v', '1'};

static err_t start_sodium(struct arena *a)
{
	return sodium_init() < 0 ? err_internal(a, "libsodium does not start") : NULL;
}

/* The key file in the folder where systemd puts a service's credentials, when there is one. */
static bool in_credentials(struct arena *a, struct str *path)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");
	if (dir == NULL)
		return false;
	*path = str_fmt(a, "%s/byname.key", dir);
	return access(str_c(a, *path), F_OK) == 0;
}

err_t keys_find(struct arena *a, struct str option, struct str dir, struct str *path)
{
	struct str found;
	if (option.n > 0)
		found = option;
	else if (!in_credentials(a, &found) && dir.n > 0)
		found = str_fmt(a, "%.*s/byname.key", STR_ARG(dir));
	else if (!in_credentials(a, &found))
		return err_new(a, ERR_MISSING,
			       "Name the key file with --key: there is no data folder that could hold it.");
	*path = found;
	return NULL;
}

err_t keys_create(struct arena *a, struct str path)
{
	TRY(start_sodium(a));
	const char *name = str_c(a, path);
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 && errno == EEXIST)
		return err_new(a, ERR_CONFLICT, "There is a key in %s already; a key is never overwritten.", name);
	if (fd < 0)
		return err_new(a, ERR_INVALID, "The key file %s cannot be written: %s.", name, strerror(errno));
	unsigned char key[KEY_LEN];
	char text[2 * KEY_LEN + 1];
	randombytes_buf(key, sizeof key);
	sodium_bin2hex(text, sizeof text, key, sizeof key);
	text[2 * KEY_LEN] = '\n';
	bool written = write(fd, text, sizeof text) == (ssize_t)sizeof text && fsync(fd) == 0;
	sodium_memzero(key, sizeof key);
	sodium_memzero(text, sizeof text);
	if (close(fd) != 0 || !written) {
		unlink(name);
		return err_new(a, ERR_INVALID, "The key file %s cannot be written: %s.", name, strerror(errno));
	}
	return NULL;
}

/* Who may read it: nobody but the owner, or, where systemd guards the folder, the group too. */
static err_t check_mode(struct arena *a, const char *name, int fd)
{
	struct stat st;
	struct str credential;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return err_new(a, ERR_INVALID, "The key file %s is no file.", name);
	bool guarded = in_credentials(a, &credential) && str_eq(credential, str_from(name));
	if ((st.st_mode & (guarded ? 0007 : 0077)) != 0)
		return err_new(a, ERR_DENIED, "Others may read the key file %s: run `chmod 600 %s`.", name, name);
	return NULL;
}

static bool parse(const unsigned char *bytes, size_t n, unsigned char key[KEY_LEN])
{
	if (n == KEY_LEN) {
		memcpy(key, bytes, KEY_LEN);
		return true;
	}
	if (n > 0 && bytes[n - 1] == '\n')
		n--;
	if (n > 0 && bytes[n - 1] == '\r')
		n--;
	size_t len = 0;
	const char *end;
	return n == 2 * (size_t)KEY_LEN &&
	       sodium_hex2bin(key, KEY_LEN, (const char *)bytes, n, NULL, &len, &end) == 0 && len == KEY_LEN &&
	       end == (const char *)bytes + n;
}

static struct keys *derive(const unsigned char master[KEY_LEN])
{
	struct keys *k = sodium_malloc(sizeof *k);
	if (k == NULL)
		abort();
	crypto_kdf_derive_from_key(k->seal, KEY_LEN, SUBKEY_SEAL, context, master);
	crypto_kdf_derive_from_key(k->check, KEY_LEN, SUBKEY_CHECK, context, master);
	for (int i = 0; i < BLIND_PURPOSES; i++)
		crypto_kdf_derive_from_key(k->blind[i], KEY_LEN, (uint64_t)SUBKEY_BLIND + (uint64_t)i, context, master);
	sodium_mprotect_readonly(k);
	return k;
}

err_t keys_load(struct arena *a, struct str path, struct keys **out)
{
	TRY(start_sodium(a));
	const char *name = str_c(a, path);
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return err_new(
			a, ERR_MISSING,
			"There is no key file %s: without it nothing can be read. Bring it back from where it is kept.",
			name);
	if (fd < 0)
		return err_new(a, ERR_DENIED, "The key file %s cannot be read: %s.", name, strerror(errno));
	unsigned char bytes[FILE_ROOM];
	unsigned char master[KEY_LEN];
	err_t e = check_mode(a, name, fd);
	if (e == NULL) {
		ssize_t n = read(fd, bytes, sizeof bytes);
		if (n < 0 || !parse(bytes, (size_t)n, master))
			e = err_new(a, ERR_INVALID, "The key file %s holds no key: 32 bytes or 64 hexadecimal digits.",
				    name);
	}
	close(fd);
	if (e == NULL)
		*out = derive(master);
	sodium_memzero(bytes, sizeof bytes);
	sodium_memzero(master, sizeof master);
	return e;
}

void keys_free(struct keys **keys)
{
	sodium_free(*keys); /* wipes first; NULL is fine */
	*keys = NULL;
}

struct str keys_check_value(struct arena *a, const struct keys *keys, struct str instance_id)
{
	unsigned char *out = arena_many(a, KEY_CHECK_LEN, unsigned char);
	crypto_generichash(out, KEY_CHECK_LEN, (const unsigned char *)instance_id.p, instance_id.n, keys->check,
			   KEY_LEN);
	return (struct str){(const char *)out, KEY_CHECK_LEN};
}

err_t keys_fit(struct db *db, struct arena *a, const struct keys *keys)
{
	struct q_meta_get meta;
	bool found;
	TRY(q_meta_get(db, a, &meta, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "This database is empty: run `byname init` first.");
	if (!str_eq(meta.key_check, keys_check_value(a, keys, meta.instance_id)))
		return err_new(a, ERR_INVALID,
			       "The key does not fit this database: look which key file belongs to it, or name it with "
			       "--key.");
	return NULL;
}
