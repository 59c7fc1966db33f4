/* Moving a database from one key to the next (store/reseal.h), and what the store lets into a sealed column. */
#include "store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/pii.h"
#include "store/q_list_view.h"
#include "store/q_setting.h"
#include "store/reseal.h"

enum { VIEWS = 450, KILLED = 9 };

static struct seal_place view_place(struct str id)
{
	return (struct seal_place){"list_view", "name", id};
}

static struct str view_id(struct store *s, int i)
{
	return str_fmt(s->a, "v%04d", i);
}

struct adding {
	const struct keys *keys;
	struct store *s;
	int from, to;
	struct str plain; /* goes in as it is */
};

static err_t add_views(struct db *db, struct arena *a, void *ctx)
{
	const struct adding *w = ctx;
	for (int i = w->from; i < w->to; i++) {
		struct str id = view_id(w->s, i);
		const struct pii *name = pii_new(a, str_fmt(a, "View %d", i));
		TRY(q_list_view_add(
			db, a,
			&(struct q_list_view_add_in){
				.id = id,
				.owner_id = S("u1"),
				.name = w->plain.n > 0 ? w->plain : seal_pii(a, w->keys, view_place(id), name),
				.filter = S("lane=active"),
				.created_at = NOW,
			}));
	}
	return NULL;
}

static void views(struct store *s, int from, int to)
{
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, add_views, &(struct adding){s->keys, s, from, to, {0}}));
}

static void fill(struct store *s)
{
	store_force(s, "INSERT INTO app_user (id, login, name, role, password, must_change, created_at) "
		       "VALUES ('u1', 'lee', 'Lee Tran', 'list-holder', 'x', 0, 0)");
	views(s, 0, VIEWS);
}

static int64_t sealed_with(struct store *s, int number)
{
	return store_number(
		s, str_c(s->a, str_fmt(s->a, "SELECT count(*) FROM list_view WHERE substr(name, 2, 1) = %s",
				       s->engine == DB_SQLITE
					       ? str_c(s->a, str_fmt(s->a, "X'%02x'", number))
					       : str_c(s->a, str_fmt(s->a, "decode('%02x', 'hex')", number)))));
}

struct use {
	const struct keys *keys;
	int64_t number;
};

static err_t use_key(struct db *db, struct arena *a, void *ctx)
{
	const struct use *u = ctx;
	struct q_meta_get meta;
	bool found;
	TRY(q_meta_get(db, a, &meta, &found));
	keys_seal_with(u->keys, (int)u->number);
	return q_key_seals(db, a, u->number, keys_check_value(a, u->keys, meta.instance_id));
}

static err_t give_up_older(struct db *db, struct arena *a, void *ctx)
{
	return q_key_least_set(db, a, ((const struct use *)ctx)->number);
}

static void quiet(void *ctx, const char *phase, int64_t done, int64_t total)
{
	(void)ctx;
	assert_non_null(phase);
	assert_in_range(done, 0, total);
}

/* A second set of the same file, as another process has it. */
static struct keys *load_again(struct store *s)
{
	struct keys *keys;
	assert_ok(s, keys_load(s->a, str_fmt(s->a, "%s/byname.key", s->dir), &keys));
	return keys;
}

static err_t open_views(struct db *db, struct arena *a, void *ctx)
{
	const struct adding *w = ctx;
	struct q_list_views *rows;
	size_t n;
	TRY(q_list_views(db, a, S("u1"), S(""), &rows, &n));
	assert_int_equal(n, w->to);
	for (size_t i = 0; i < n; i++) {
		const struct pii *name;
		TRY(seal_open(a, w->keys, view_place(rows[i].id), rows[i].name, &name));
		assert_memory_equal(pii_reveal(name).p, "View ", 5);
	}
	return NULL;
}

static void all_open(struct store *s, const struct keys *keys, int n)
{
	assert_ok(s, db_run(s->db, s->a, DB_READ, open_views, &(struct adding){keys, s, 0, n, {0}}));
}

static int add_key(struct store *s, const struct keys *keys)
{
	int number = 0;
	assert_ok(s, keys_add(s->a, keys, &number));
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, use_key, &(struct use){keys, number}));
	return number;
}

static void test_everything_moves(void **state)
{
	struct store *s = *state;
	int64_t n;
	fill(s);
	struct keys *server = load_again(s); /* before there is another key */
	assert_int_equal(add_key(s, s->keys), 2);
	views(s, VIEWS, VIEWS + 10);
	assert_int_equal(sealed_with(s, 1), VIEWS);
	assert_int_equal(sealed_with(s, 2), 10);
	all_open(s, s->keys, VIEWS + 10);
	all_open(s, server, VIEWS + 10); /* it looks at the file again */
	assert_ok(s, reseal_run(s->db, s->a, s->keys, &(struct reseal_progress){quiet, NULL}, &n));
	assert_int_equal(n, VIEWS);
	assert_int_equal(sealed_with(s, 2), VIEWS + 10);
	all_open(s, server, VIEWS + 10);
	assert_ok(s, reseal_run(s->db, s->a, s->keys, &(struct reseal_progress){quiet, NULL}, &n));
	assert_int_equal(n, 0);
	keys_free(&server);
	server = load_again(s);
	all_open(s, server, VIEWS + 10);
	assert_int_equal(keys_now(server), 2);
	/* Blind indexes stay. */
	assert_true(
		str_eq(blind_text(s->a, server, BLIND_LOGIN, S("x")), blind_text(s->a, s->keys, BLIND_LOGIN, S("x"))));
	keys_free(&server);
	/* And once more. */
	assert_int_equal(add_key(s, s->keys), 3);
	assert_ok(s, reseal_run(s->db, s->a, s->keys, &(struct reseal_progress){quiet, NULL}, &n));
	assert_int_equal(sealed_with(s, 3), VIEWS + 10);
	all_open(s, s->keys, VIEWS + 10);
}

static void die(void *ctx, const char *phase, int64_t done, int64_t total)
{
	(void)ctx, (void)phase, (void)done, (void)total;
	_exit(KILLED);
}

static void test_killed_goes_on(void **state)
{
	struct store *s = *state;
	int64_t n;
	int status;
	fill(s);
	add_key(s, s->keys);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) { /* with a connection of its own; it ends after the first piece */
		struct db *db = store_connect(s);
		err_t e = reseal_run(db, s->a, s->keys, &(struct reseal_progress){die, NULL}, &n);
		_exit(e == NULL ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == KILLED);
	int64_t left = sealed_with(s, 1);
	assert_in_range(left, 1, VIEWS - 1);
	all_open(s, s->keys, VIEWS);
	assert_ok(s, reseal_run(s->db, s->a, s->keys, &(struct reseal_progress){quiet, NULL}, &n));
	assert_int_equal(n, left);
	assert_int_equal(sealed_with(s, 2), VIEWS);
	all_open(s, s->keys, VIEWS);
}

static void test_only_sealed_goes_in(void **state)
{
	struct store *s = *state;
	fill(s);
	struct adding plain = {s->keys, s, VIEWS, VIEWS + 1,
			       S("Ada Invented, whom everybody could read in the database")};
	assert_err(s, ERR_INTERNAL, db_run(s->db, s->a, DB_WRITE, add_views, &plain));
	/* A process that sleeps through the change of keys is sent back until it looks. */
	struct keys *asleep = load_again(s);
	struct adding late = {asleep, s, VIEWS, VIEWS + 1, {0}};
	int number = add_key(s, s->keys);
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, add_views, &late));
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, give_up_older, &(struct use){s->keys, number}));
	late.from++, late.to++;
	assert_err(s, ERR_RETRY, db_run(s->db, s->a, DB_WRITE, add_views, &late));
	keys_seal_with(asleep, number);
	assert_ok(s, db_run(s->db, s->a, DB_WRITE, add_views, &late));
	assert_int_equal(sealed_with(s, 1), VIEWS + 1);
	assert_int_equal(sealed_with(s, 2), 1);
	keys_free(&asleep);
}

static err_t none_left(struct db *db, struct arena *a, void *ctx)
{
	(void)ctx;
	for (size_t i = 0; i < reseal_columns_n; i++) {
		int64_t left = -1;
		TRY(reseal_left(db, a, &reseal_columns[i], 1, &left));
		assert_int_equal(left, 0);
	}
	return NULL;
}

/* Every statement that reseal.c makes is one for both engines. */
static void test_statements(void **state)
{
	struct store *s = *state;
	assert_ok(s, db_run(s->db, s->a, DB_READ, none_left, NULL));
}

static bool known(struct str table, struct str column)
{
	for (size_t i = 0; i < reseal_columns_n; i++)
		if (str_eq(table, str_from(reseal_columns[i].table)) &&
		    str_eq(column, str_from(reseal_columns[i].column)))
			return true;
	return false;
}

/* Columns that the schema calls sealed: "\tname {bytes}, -- sealed". */
static void test_no_column_is_forgotten(void **state)
{
	struct store *s = *state;
	FILE *f = popen("cat " SOURCE_ROOT "/db/schema/*.sql", "r");
	char text[1000];
	char table[64] = "";
	size_t n = 0;
	assert_non_null(f);
	while (fgets(text, sizeof text, f) != NULL) {
		char column[64];
		if (sscanf(text, "CREATE TABLE %63s", table) == 1 || strstr(text, "{bytes}") == NULL ||
		    strstr(text, "-- sealed") == NULL)
			continue;
		if (sscanf(text, "ALTER TABLE %63s ADD COLUMN %63s", table, column) != 2)
			assert_int_equal(sscanf(text, " %63s", column), 1);
		/* 0005 writes that table again under its old name. */
		if (strcmp(table, "household_mark_new") == 0)
			continue;
		if (!known(str_from(table), str_from(column)))
			fail_msg("%s.%s is sealed and would keep its old key: add it to store/reseal.c", table, column);
		n++;
	}
	assert_int_equal(pclose(f), 0);
	assert_int_equal(n, reseal_columns_n);
	(void)s;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_everything_moves), BOTH(test_killed_goes_on),         BOTH(test_only_sealed_goes_in),
		BOTH(test_statements),       BOTH(test_no_column_is_forgotten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
