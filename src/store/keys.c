#include "store/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/q_setting.h"

enum { LINE_ROOM = 2 * KEY_LEN + 6, FILE_ROOM = (KEYS_MOST + 1) * LINE_ROOM };

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

static bool parse_hex(struct str text, unsigned char key[KEY_LEN])
{
	size_t len = 0;
	const char *end;
	return text.n == 2 * (size_t)KEY_LEN && sodium_hex2bin(key, KEY_LEN, text.p, text.n, NULL, &len, &end) == 0 &&
	       len == KEY_LEN && end == text.p + text.n;
}

static struct key *derive(const unsigned char master[KEY_LEN])
{
	struct key *k = sodium_malloc(sizeof *k);
	if (k == NULL)
		abort();
	crypto_kdf_derive_from_key(k->seal, KEY_LEN, SUBKEY_SEAL, context, master);
	crypto_kdf_derive_from_key(k->check, KEY_LEN, SUBKEY_CHECK, context, master);
	sodium_mprotect_readonly(k);
	return k;
}

/* What is being read: blind keys come of the first key, and only once. */
struct taking {
	struct key_ring *ring;
	unsigned char (*blind)[KEY_LEN];
};

/* Puts a key into the ring, where none of its number is yet. */
static void take_key(const struct taking *to, int number, const unsigned char master[KEY_LEN])
{
	if (atomic_load(&to->ring->of[number]) != NULL)
		return;
	for (int i = 0; number == KEY_FIRST && i < BLIND_PURPOSES; i++)
		crypto_kdf_derive_from_key(to->blind[i], KEY_LEN, (uint64_t)SUBKEY_BLIND + (uint64_t)i, context,
					   master);
	atomic_store(&to->ring->of[number], derive(master));
}

/* The keys of a file's bytes; false where they are none. */
static bool take_keys(const struct taking *to, struct str bytes)
{
	unsigned char master[KEY_LEN];
	bool good = bytes.n > 0;
	if (bytes.n == KEY_LEN) {
		take_key(to, KEY_FIRST, (const unsigned char *)bytes.p);
		return true;
	}
	while (good && bytes.n > 0) {
		struct str line;
		struct str digits;
		struct str number;
		int64_t no = KEY_FIRST;
		str_cut(bytes, '\n', &line, &bytes);
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		if (!str_cut(line, ' ', &number, &digits))
			digits = line;
		else
			good = str_to_i64(number, &no) && no >= KEY_FIRST && no <= KEYS_MOST;
		good = good && parse_hex(digits, master);
		if (good)
			take_key(to, (int)no, master);
	}
	sodium_memzero(master, sizeof master);
	return good && atomic_load(&to->ring->of[KEY_FIRST]) != NULL;
}

/* The bytes of the file; the caller wipes them. */
static err_t read_file(struct arena *a, const char *name, char bytes[FILE_ROOM], size_t *n)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return err_new(
			a, ERR_MISSING,
			"There is no key file %s: without it nothing can be read. Bring it back from where it is kept.",
			name);
	if (fd < 0)
		return err_new(a, ERR_DENIED, "The key file %s cannot be read: %s.", name, strerror(errno));
	err_t e = check_mode(a, name, fd);
	ssize_t got = e == NULL ? read(fd, bytes, FILE_ROOM) : 0;
	close(fd);
	if (e == NULL && got < 0)
		e = err_new(a, ERR_DENIED, "The key file %s cannot be read: %s.", name, strerror(errno));
	*n = got > 0 ? (size_t)got : 0;
	return e;
}

static err_t no_key(struct arena *a, const char *name)
{
	return err_new(a, ERR_INVALID, "The key file %s holds no key: 32 bytes or 64 hexadecimal digits.", name);
}

err_t keys_load(struct arena *a, struct str path, struct keys **out)
{
	TRY(start_sodium(a));
	char bytes[FILE_ROOM];
	size_t n;
	TRY(read_file(a, str_c(a, path), bytes, &n));
	struct keys *keys = sodium_malloc(sizeof *keys);
	struct key_ring *ring = calloc(1, sizeof *ring);
	char *name = strndup(path.p, path.n);
	if (keys == NULL || ring == NULL || name == NULL)
		abort();
	*keys = (struct keys){.ring = ring, .path = name};
	pthread_mutex_init(&ring->reading, NULL);
	bool good = take_keys(&(struct taking){ring, keys->blind}, (struct str){bytes, n});
	sodium_memzero(bytes, sizeof bytes);
	if (!good) {
		keys_free(&keys);
		return no_key(a, str_c(a, path));
	}
	atomic_store(&ring->now, keys_last(keys));
	sodium_mprotect_readonly(keys);
	*out = keys;
	return NULL;
}

void keys_free(struct keys **keys)
{
	struct keys *k = *keys;
	if (k == NULL)
		return;
	for (int i = 0; i <= KEYS_MOST; i++)
		sodium_free(atomic_load(&k->ring->of[i])); /* wipes first; NULL is fine */
	pthread_mutex_destroy(&k->ring->reading);
	free(k->ring);
	free(k->path);
	sodium_free(k);
	*keys = NULL;
}

const struct key *keys_numbered(const struct keys *keys, int number)
{
	struct key *key = atomic_load_explicit(&keys->ring->of[number], memory_order_acquire);
	if (key != NULL)
		return key;
	/* Another process may have written it since. The first key is here already, and with it the blind keys. */
	char bytes[FILE_ROOM];
	size_t n = 0;
	struct arena *a = arena_new("keys", 1 << 16);
	pthread_mutex_lock(&keys->ring->reading);
	if (read_file(a, keys->path, bytes, &n) == NULL)
		(void)take_keys(&(struct taking){keys->ring, NULL}, (struct str){bytes, n});
	pthread_mutex_unlock(&keys->ring->reading);
	arena_free(&a);
	sodium_memzero(bytes, sizeof bytes);
	return atomic_load(&keys->ring->of[number]);
}

int keys_now(const struct keys *keys)
{
	return atomic_load_explicit(&keys->ring->now, memory_order_relaxed);
}

int keys_last(const struct keys *keys)
{
	int last = KEYS_MOST;
	while (last > KEY_FIRST && atomic_load(&keys->ring->of[last]) == NULL)
		last--;
	return last;
}

void keys_seal_with(const struct keys *keys, int number)
{
	if (number != keys_now(keys) && number >= KEY_FIRST && number <= KEYS_MOST &&
	    keys_numbered(keys, number) != NULL)
		atomic_store(&keys->ring->now, number);
}

static void put_line(char *out, size_t *n, int number, const unsigned char master[KEY_LEN])
{
	char hex[2 * KEY_LEN + 1];
	sodium_bin2hex(hex, sizeof hex, master, KEY_LEN);
	*n += (size_t)snprintf(out + *n, FILE_ROOM - *n, "%d %s\n", number, hex);
	sodium_memzero(hex, sizeof hex);
}

/* All lines of the file, the first key's with its number, and the new one behind them. */
static err_t with_new_line(struct arena *a, const char *name, struct str was, int number, char out[FILE_ROOM],
			   size_t *n)
{
	unsigned char master[KEY_LEN];
	*n = 0;
	if (was.n == KEY_LEN)
		put_line(out, n, KEY_FIRST, (const unsigned char *)was.p);
	while (was.n != KEY_LEN && was.n > 0) {
		struct str line;
		str_cut(was, '\n', &line, &was);
		if (parse_hex(str_trim(line), master))
			put_line(out, n, KEY_FIRST, master);
		else
			*n += (size_t)snprintf(out + *n, FILE_ROOM - *n, "%.*s\n", STR_ARG(str_trim(line)));
	}
	randombytes_buf(master, sizeof master);
	if (*n + LINE_ROOM < FILE_ROOM)
		put_line(out, n, number, master);
	else
		*n = 0;
	sodium_memzero(master, sizeof master);
	return *n > 0 ? NULL : no_key(a, name);
}

/* A file beside it takes its place once it is on the disk. */
static err_t replace_file(struct arena *a, const char *name, const char *bytes, size_t n)
{
	const char *fresh = str_c(a, str_fmt(a, "%s.new", name));
	unlink(fresh); /* of a crash */
	int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool written = fd >= 0 && write(fd, bytes, n) == (ssize_t)n && fsync(fd) == 0;
	int why = errno;
	if (fd >= 0 && close(fd) != 0)
		written = false;
	if (written && rename(fresh, name) != 0) {
		written = false;
		why = errno;
	}
	if (!written) {
		unlink(fresh);
		return err_new(a, ERR_INVALID, "The key file %s cannot be written: %s.", name, strerror(why));
	}
	/* The new name too is to outlive a crash. */
	const char *slash = strrchr(name, '/');
	const char *dir = slash == NULL ? "." : str_c(a, (struct str){name, (size_t)(slash - name) + 1});
	int at = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (at >= 0) {
		(void)fsync(at);
		close(at);
	}
	return NULL;
}

err_t keys_add(struct arena *a, const struct keys *keys, int *number)
{
	struct str credential;
	int next = keys_last(keys) + 1;
	if (in_credentials(a, &credential) && str_eq(credential, str_from(keys->path)))
		return err_new(a, ERR_DENIED,
			       "systemd lends this key file and it cannot be written: run this with --key on the file "
			       "where the key is kept.");
	if (next > KEYS_MOST)
		return err_new(a, ERR_CONFLICT, "The key file %s holds %d keys; there is no number left.", keys->path,
			       KEYS_MOST);
	char was[FILE_ROOM];
	char text[FILE_ROOM];
	size_t was_n = 0;
	size_t n = 0;
	err_t e = read_file(a, keys->path, was, &was_n);
	if (e == NULL)
		e = with_new_line(a, keys->path, (struct str){was, was_n}, next, text, &n);
	if (e == NULL)
		e = replace_file(a, keys->path, text, n);
	sodium_memzero(was, sizeof was);
	sodium_memzero(text, sizeof text);
	TRY(e);
	if (keys_numbered(keys, next) == NULL)
		return err_internal(a, "the key that was just written to %s is not there", keys->path);
	*number = next;
	return NULL;
}

struct str keys_check_value(struct arena *a, const struct keys *keys, struct str instance_id)
{
	unsigned char *out = arena_many(a, KEY_CHECK_LEN, unsigned char);
	crypto_generichash(out, KEY_CHECK_LEN, (const unsigned char *)instance_id.p, instance_id.n,
			   keys_numbered(keys, keys_now(keys))->check, KEY_LEN);
	return (struct str){(const char *)out, KEY_CHECK_LEN};
}

err_t keys_fit(struct db *db, struct arena *a, const struct keys *keys)
{
	struct q_meta_get meta;
	bool found;
	TRY(q_meta_get(db, a, &meta, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "This database is empty: run `byname init` first.");
	keys_seal_with(keys, (int)meta.key_no);
	if (keys_now(keys) != meta.key_no || !str_eq(meta.key_check, keys_check_value(a, keys, meta.instance_id)))
		return err_new(a, ERR_INVALID,
			       "The key does not fit this database: look which key file belongs to it, or name it with "
			       "--key.");
	return NULL;
}
