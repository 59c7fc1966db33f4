/* Sealing, the blind index and key files (store/seal.h). */
#include "store_fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/pii.h"
#include "store/q_setting.h"
#include "store/q_user.h"

#define PLACE ((struct seal_place){"client", "name", S("id1")})

static struct keys *other_keys(struct store *s)
{
	struct keys *keys;
	struct str path = str_fmt(s->a, "%s/other.key", s->dir);
	assert_ok(s, keys_create(s->a, path));
	assert_ok(s, keys_load(s->a, path, &keys));
	return keys;
}

static void test_round_trip(void **state)
{
	struct store *s = *state;
	char large[5000];
	memset(large, 'x', sizeof large);
	const struct str texts[] = {S("A"), S("Ada Invented"), {"a\0b", 3}, {large, sizeof large}};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const struct pii *plain = pii_new(s->a, texts[i]);
		const struct pii *opened;
		struct str sealed = seal_pii(s->a, s->keys, PLACE, plain);
		assert_int_equal(sealed.n, texts[i].n + SEAL_OVERHEAD);
		assert_ok(s, seal_open(s->a, s->keys, PLACE, sealed, &opened));
		assert_true(str_eq(pii_reveal(opened), texts[i]));
		/* Never the same twice. */
		assert_false(str_eq(sealed, seal_pii(s->a, s->keys, PLACE, plain)));
	}
	const struct pii *nothing = pii_new(s->a, S("x"));
	assert_int_equal(seal_pii(s->a, s->keys, PLACE, NULL).n, 0);
	assert_ok(s, seal_open(s->a, s->keys, PLACE, (struct str){0}, &nothing));
	assert_null(nothing);
}

static void test_bound_to_its_place(void **state)
{
	struct store *s = *state;
	struct str sealed = seal_pii(s->a, s->keys, PLACE, pii_new(s->a, S("Ada Invented")));
	static char long_id[400];
	memset(long_id, 'i', sizeof long_id);
	const struct seal_place places[] = {
		{"clients", "name", S("id1")},
		{"client", "ssn", S("id1")},
		{"client", "name", S("id2")},
		{"client", "name", {0}},
		{"clientn", "ame", S("id1")},
		{"client", "namei", S("d1")},
		{"client", "name", {long_id, sizeof long_id}},
	};
	const struct pii *opened = NULL;
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		assert_err(s, ERR_INTERNAL, seal_open(s->a, s->keys, places[i], sealed, &opened));
	struct keys *wrong = other_keys(s);
	assert_err(s, ERR_INTERNAL, seal_open(s->a, wrong, PLACE, sealed, &opened));
	keys_free(&wrong);
	assert_null(opened);
	/* A long id is bound by all of its bytes. */
	struct seal_place at = places[6];
	sealed = seal_pii(s->a, s->keys, at, pii_new(s->a, S("Ada")));
	assert_ok(s, seal_open(s->a, s->keys, at, sealed, &opened));
	at.row.n--;
	assert_err(s, ERR_INTERNAL, seal_open(s->a, s->keys, at, sealed, &opened));
}

static void test_every_byte_counts(void **state)
{
	struct store *s = *state;
	struct str sealed = seal_pii(s->a, s->keys, PLACE, pii_new(s->a, S("Ada Invented")));
	const struct pii *opened = NULL;
	for (size_t i = 0; i < sealed.n; i++) {
		char *changed = arena_many(s->a, sealed.n, char);
		memcpy(changed, sealed.p, sealed.n);
		changed[i] ^= 1;
		assert_err(s, ERR_INTERNAL, seal_open(s->a, s->keys, PLACE, (struct str){changed, sealed.n}, &opened));
		if (i > 0)
			assert_err(s, ERR_INTERNAL, seal_open(s->a, s->keys, PLACE, str_sub(sealed, 0, i), &opened));
	}
	assert_null(opened);
}

static void test_nonces_differ(void **state)
{
	struct store *s = *state;
	enum { MANY = 1000 };
	struct str sealed[MANY];
	for (int i = 0; i < MANY; i++) {
		sealed[i] = seal_pii(s->a, s->keys, PLACE, pii_new(s->a, S("x")));
		for (int j = 0; j < i; j++)
			assert_memory_not_equal(sealed[i].p + 2, sealed[j].p + 2, 24);
	}
}

static void test_blind_index(void **state)
{
	struct store *s = *state;
	struct str a = blind_text(s->a, s->keys, BLIND_NAME_TOKEN, S("ada"));
	assert_int_equal(a.n, BLIND_LEN);
	assert_true(str_eq(a, blind_text(s->a, s->keys, BLIND_NAME_TOKEN, S("ada"))));
	assert_false(str_eq(a, blind_text(s->a, s->keys, BLIND_NAME_TOKEN, S("adb"))));
	assert_false(str_eq(a, blind_text(s->a, s->keys, BLIND_PERSONAL_ID, S("ada"))));
	struct keys *wrong = other_keys(s);
	assert_false(str_eq(a, blind_text(s->a, wrong, BLIND_NAME_TOKEN, S("ada"))));
	keys_free(&wrong);
}

static void write_file(struct store *s, struct str path, const char *bytes, size_t n, mode_t mode)
{
	const char *name = str_c(s->a, path);
	unlink(name);
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), n);
	close(fd);
	assert_int_equal(chmod(name, mode), 0);
}

static void test_key_files(void **state)
{
	static const char hex[] = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
	static const char raw[32] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
				     16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
	static const struct {
		const char *bytes;
		size_t n;
		mode_t mode;
		enum err_class class; /* 0: it loads */
	} cases[] = {
		{hex, 64, 0600, 0},
		{hex, 64, 0400, 0},
		{raw, 32, 0600, 0},
		{hex, 64, 0640, ERR_DENIED},
		{hex, 64, 0604, ERR_DENIED},
		{hex, 64, 0660, ERR_DENIED},
		{hex, 63, 0600, ERR_INVALID},
		{raw, 31, 0600, ERR_INVALID},
		{hex, 0, 0600, ERR_INVALID},
		{"000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F0", 65, 0600, ERR_INVALID},
		{"000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F\r\n", 66, 0600, 0},
		{"000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1g", 64, 0600, ERR_INVALID},
	};
	struct store *s = *state;
	struct str path = str_fmt(s->a, "%s/case.key", s->dir);
	struct str check = {0};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct keys *keys = NULL;
		write_file(s, path, cases[i].bytes, cases[i].n, cases[i].mode);
		err_t e = keys_load(s->a, path, &keys);
		if (cases[i].class != 0) {
			assert_err(s, cases[i].class, e);
			assert_null(keys);
			continue;
		}
		assert_ok(s, e);
		/* All spell the same key. */
		struct str value = keys_check_value(s->a, keys, S("instance"));
		assert_true(check.n == 0 || str_eq(check, value));
		check = value;
		keys_free(&keys);
		assert_null(keys);
	}
	struct keys *keys;
	assert_err(s, ERR_MISSING, keys_load(s->a, str_fmt(s->a, "%s/none.key", s->dir), &keys));
	assert_err(s, ERR_INVALID, keys_load(s->a, str_from(s->dir), &keys));
	assert_err(s, ERR_CONFLICT, keys_create(s->a, path));
	assert_err(s, ERR_INVALID, keys_create(s->a, S("/nowhere/byname.key")));
	struct stat st;
	struct str fresh = str_fmt(s->a, "%s/fresh.key", s->dir);
	assert_ok(s, keys_create(s->a, fresh));
	assert_int_equal(stat(str_c(s->a, fresh), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void test_where_the_key_is(void **state)
{
	struct store *s = *state;
	struct str path;
	struct keys *keys;
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_ok(s, keys_find(s->a, S("/somewhere/k"), S("/data"), &path));
	assert_true(str_eq(path, S("/somewhere/k")));
	assert_ok(s, keys_find(s->a, (struct str){0}, S("/data"), &path));
	assert_true(str_eq(path, S("/data/byname.key")));
	assert_err(s, ERR_MISSING, keys_find(s->a, (struct str){0}, (struct str){0}, &path));
	/* systemd's folder, whose files its group may read, comes before the data folder. */
	setenv("CREDENTIALS_DIRECTORY", s->dir, 1);
	assert_ok(s, keys_find(s->a, (struct str){0}, S("/data"), &path));
	assert_true(str_eq(path, str_fmt(s->a, "%s/byname.key", s->dir)));
	assert_int_equal(chmod(str_c(s->a, path), 0440), 0);
	assert_ok(s, keys_load(s->a, path, &keys));
	keys_free(&keys);
	assert_int_equal(chmod(str_c(s->a, path), 0444), 0);
	assert_err(s, ERR_DENIED, keys_load(s->a, path, &keys));
	setenv("CREDENTIALS_DIRECTORY", "/nowhere", 1);
	assert_ok(s, keys_find(s->a, (struct str){0}, S("/data"), &path));
	assert_true(str_eq(path, S("/data/byname.key")));
	unsetenv("CREDENTIALS_DIRECTORY");
}

static void test_the_key_that_fits(void **state)
{
	struct store *s = *state;
	struct keys *wrong = other_keys(s);
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	assert_ok(s, keys_fit(s->db, s->a, s->keys));
	assert_err(s, ERR_INVALID, keys_fit(s->db, s->a, wrong));
	assert_ok(s, db_commit(s->db, s->a));
	keys_free(&wrong);
}

/* True when some file below `dir` holds the bytes. */
static bool found_in(struct store *s, struct str file, struct str needle)
{
	FILE *f = fopen(str_c(s->a, file), "r");
	if (f == NULL)
		return false;
	char *bytes = arena_many(s->a, 4 << 20, char);
	size_t n = fread(bytes, 1, 4 << 20, f);
	fclose(f);
	return memmem(bytes, n, needle.p, needle.n) != NULL;
}

/* The sealed value in a database of the test's own table: neither the file nor its log shows it,
 * while a plain text beside it is found, so that the look itself is known to work. */
static void test_nothing_to_see_in_the_file(void **state)
{
	struct store *s = *state;
	static const struct str planted = STR_INIT("Quillfeather-Invented");
	struct str sealed = seal_pii(s->a, s->keys, PLACE, pii_new(s->a, planted));
	struct str blind = blind_text(s->a, s->keys, BLIND_NAME_TOKEN, planted);
	assert_ok(s, db_begin(s->db, s->a, DB_WRITE));
	assert_ok(s, q_login_brake_put(s->db, s->a, sealed, 1, NOW));
	assert_ok(s, q_login_brake_put(s->db, s->a, blind, 1, NOW));
	assert_ok(s, q_setting_put(s->db, s->a, S("marker"), S("plain-marker"), NOW));
	assert_ok(s, db_commit(s->db, s->a));
	bool marker = false;
	static const char *const files[] = {"byname.db", "byname.db-wal"};
	for (size_t i = 0; i < 2; i++) {
		struct str file = str_fmt(s->a, "%s/%s", s->dir, files[i]);
		assert_false(found_in(s, file, planted));
		assert_false(found_in(s, file, S("Quillfeather")));
		marker |= found_in(s, file, S("plain-marker"));
	}
	assert_true(marker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(test_round_trip, store_up, DB_SQLITE, "SQLite"),
		ON(test_bound_to_its_place, store_up, DB_SQLITE, "SQLite"),
		ON(test_every_byte_counts, store_up, DB_SQLITE, "SQLite"),
		ON(test_nonces_differ, store_up, DB_SQLITE, "SQLite"),
		ON(test_blind_index, store_up, DB_SQLITE, "SQLite"),
		ON(test_key_files, store_up, DB_SQLITE, "SQLite"),
		ON(test_where_the_key_is, store_up, DB_SQLITE, "SQLite"),
		BOTH(test_the_key_that_fits),
		ON(test_nothing_to_see_in_the_file, store_up, DB_SQLITE, "SQLite"),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
