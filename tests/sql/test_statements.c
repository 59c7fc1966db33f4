/* Every statement of db/queries on both engines: it prepares, gives back the columns that it
 * declares, and uses an index unless it says why not. A new statement is covered unasked. */
#include "store_fixture.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "domain/access.h"
#include "store/statement.h"

/* Statements may fail by the dozen; each is named before the test fails. */
static int complain(const struct db_statement *st, const char *what, const char *detail)
{
	print_error("db/queries/%s.sql, %s: %s %s\n", st->noun, st->name, what, detail);
	return 1;
}

/* What the plan of SQLite scans; a subquery's rows are no table. */
static bool sqlite_scans(sqlite3 *c, const char *sql, char *detail, size_t room)
{
	sqlite3_stmt *s;
	char explain[16384];
	bool scans = false;
	snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %s", sql);
	assert_int_equal(sqlite3_prepare_v2(c, explain, -1, &s, NULL), SQLITE_OK);
	while (!scans && sqlite3_step(s) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(s, 3);
		char table[80] = "";
		sqlite3_stmt *known;
		if (sscanf(line, "SCAN %79s", table) != 1)
			continue;
		/* Aliases hide the table, so whatever is not a named subquery counts. */
		assert_int_equal(
			sqlite3_prepare_v2(c, "SELECT instr(?1, 'WITH ' || ?2) + instr(?1, ', ' || ?2 || ' AS (')", -1,
					   &known, NULL),
			SQLITE_OK);
		sqlite3_bind_text(known, 1, sql, -1, SQLITE_STATIC);
		sqlite3_bind_text(known, 2, table, -1, SQLITE_STATIC);
		sqlite3_step(known);
		scans = sqlite3_column_int(known, 0) == 0 && strcmp(table, "CONSTANT") != 0 && table[0] != '(';
		sqlite3_finalize(known);
		snprintf(detail, room, "%s", line);
	}
	sqlite3_finalize(s);
	return scans;
}

static int check_sqlite(sqlite3 *c, const struct db_statement *st, bool *scans)
{
	sqlite3_stmt *s;
	char detail[200] = "";
	int bad = 0;
	if (sqlite3_prepare_v2(c, st->sql[DB_SQLITE], -1, &s, NULL) != SQLITE_OK)
		return complain(st, "SQLite:", sqlite3_errmsg(c));
	int columns = (int)strlen(st->out);
	if (sqlite3_column_count(s) != columns)
		bad += complain(st, "the number of columns differs from 'out:'", "");
	for (int i = 0; bad == 0 && i < columns; i++)
		if (strcmp(sqlite3_column_name(s, i), st->out_names[i]) != 0)
			bad += complain(st, "'out:' has another name than the column", sqlite3_column_name(s, i));
	if (sqlite3_bind_parameter_count(s) != (int)strlen(st->in))
		bad += complain(st, "the number of parameters differs", "");
	if (!st->writes && !sqlite3_stmt_readonly(s))
		bad += complain(st, "it writes, and the generator did not see it", "");
	sqlite3_finalize(s);
	if (sqlite_scans(c, st->sql[DB_SQLITE], detail, sizeof detail)) {
		*scans = true;
		if (st->scan == NULL)
			bad += complain(st, "SQLite reads a whole table; add an index or say '-- scan: why':", detail);
	}
	return bad;
}

static Oid oid_of(char letter)
{
	return letter == 'i' ? 20 : letter == 't' ? 25 : 17;
}

static bool fits(char letter, Oid type)
{
	return letter == 'i' ? type == 20 || type == 23 || type == 21 || type == 16 : type == oid_of(letter);
}

static int check_pg_columns(PGconn *c, const struct db_statement *st)
{
	PGresult *r = PQdescribePrepared(c, st->name);
	int columns = (int)strlen(st->out);
	int bad = 0;
	if (PQnfields(r) != columns)
		bad = complain(st, "PostgreSQL: the number of columns differs from 'out:'", "");
	for (int i = 0; bad == 0 && i < columns; i++) {
		if (strcmp(PQfname(r, i), st->out_names[i]) != 0)
			bad += complain(st, "PostgreSQL: 'out:' has another name than the column", PQfname(r, i));
		if (!fits(st->out[i], PQftype(r, i)))
			bad += complain(st, "PostgreSQL gives this column another type (CAST it):", PQfname(r, i));
	}
	PQclear(r);
	return bad;
}

static int check_pg_plan(PGconn *c, const struct db_statement *st, bool *scans)
{
	char sql[8192];
	size_t n = (size_t)snprintf(sql, sizeof sql, "EXPLAIN EXECUTE \"%s\"", st->name);
	for (size_t i = 0; i < strlen(st->in); i++)
		n += (size_t)snprintf(sql + n, sizeof sql - n, "%sNULL%s", i == 0 ? "(" : ", ",
				      st->in[i + 1] == '\0' ? ")" : "");
	PGresult *r = PQexec(c, sql);
	int bad = 0;
	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		bad = complain(st, "PostgreSQL:", PQerrorMessage(c));
	for (int i = 0; bad == 0 && i < PQntuples(r); i++) {
		if (strstr(PQgetvalue(r, i, 0), "Seq Scan") == NULL)
			continue;
		*scans = true;
		if (st->scan == NULL)
			bad = complain(st, "PostgreSQL reads a whole table:", PQgetvalue(r, i, 0));
	}
	PQclear(r);
	return bad;
}

static int check_pg(PGconn *c, const struct db_statement *st, bool *scans)
{
	Oid types[600];
	size_t n = strlen(st->in);
	for (size_t i = 0; i < n; i++)
		types[i] = oid_of(st->in[i]);
	PGresult *r = PQprepare(c, st->name, st->sql[DB_POSTGRES], (int)n, types);
	int bad = PQresultStatus(r) == PGRES_COMMAND_OK ? 0 : complain(st, "PostgreSQL:", PQerrorMessage(c));
	PQclear(r);
	return bad > 0 ? bad : check_pg_columns(c, st) + check_pg_plan(c, st, scans);
}

/* Which statements scan on either engine. */
static bool any_scan[1000];

static void test_sqlite(void **state)
{
	struct store *s = *state;
	sqlite3 *c;
	int bad = 0;
	assert_int_equal(sqlite3_open(str_c(s->a, str_fmt(s->a, "%s/byname.db", s->dir)), &c), SQLITE_OK);
	assert_in_range(db_statements_n, 30, 1000);
	for (size_t i = 0; i < db_statements_n; i++)
		bad += check_sqlite(c, db_statements[i], &any_scan[i]);
	sqlite3_close(c);
	assert_int_equal(bad, 0);
}

static void test_postgresql(void **state)
{
	struct store *s = *state;
	int bad = 0;
	PGconn *c = PQconnectdb(s->where);
	PQclear(PQexec(c, "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan"));
	for (size_t i = 0; i < db_statements_n; i++)
		bad += check_pg(c, db_statements[i], &any_scan[i]);
	PQfinish(c);
	assert_int_equal(bad, 0);
}

/* An excuse that is not needed any more would hide the next scan. */
static void test_excuses_are_needed(void **state)
{
	(void)state;
	int bad = 0;
	for (size_t i = 0; i < db_statements_n; i++)
		if (db_statements[i]->scan != NULL && !any_scan[i])
			bad += complain(db_statements[i], "no engine scans here: remove the line '-- scan:'", "");
	assert_int_equal(bad, 0);
}

/* A column that gives a person away, in whatever statement. */
static bool tells_of_people(const struct db_statement *st)
{
	for (size_t i = 0; st->out[i] != '\0'; i++)
		if (st->out[i] == 's' || strcmp(st->out_names[i], "personal_id") == 0 ||
		    (strcmp(st->out_names[i], "code") == 0 && st->out[i] == 't'))
			return true;
	return false;
}

/* Runs it for somebody of these roles; true where the store lets it. Nothing is changed. */
static bool runs_for(struct store *s, const struct db_statement *st, uint32_t roles)
{
	static const struct db_value nothing[512];
	struct db_rows rows;
	assert_true(strlen(st->in) < 512);
	assert_ok(s, db_begin(s->db, s->a, DB_READ));
	db_serve(s->db, roles);
	err_t e = db_rows_open(s->db, s->a, st, nothing, DB_WHOLE, &rows);
	if (e == NULL)
		e = db_rows_end(&rows);
	db_rollback(s->db);
	if (e == NULL)
		return true;
	struct str why = err_describe(s->a, e); /* a LIMIT of nothing is an error of SQLite's and does not count */
	return memmem(why.p, why.n, "is not for whom", 15) == NULL;
}

/* The second lock: as every role, before a session is known, and as the program. */
static void test_whom_they_serve(void **state)
{
	struct store *s = *state;
	size_t barred = 0;
	for (size_t i = 0; i < db_statements_n; i++) {
		const struct db_statement *st = db_statements[i];
		if (st->writes || st->out[0] == '\0')
			continue;
		for (unsigned r = ROLE_NOBODY; r < ROLES_N; r++) {
			bool may = st->roles == 0 || (st->roles & ROLE_BIT(r)) != 0;
			if (runs_for(s, st, ROLE_BIT(r)) != may)
				fail_msg("%s as %s", st->name, role_word((enum role)r));
			barred += !may;
		}
		assert_true(runs_for(s, st, DB_FOR_PROGRAM));
		assert_int_equal(runs_for(s, st, 0), st->roles == 0);
	}
	assert_true(barred > 100);
}

/* No role that sees counts alone is served what tells of people, but for what is named here. */
static void test_who_tells_of_people(void **state)
{
	/* What one keeps for oneself, and what business meetings write down, which speak of nobody. */
	static const char *const named[] = {"factor_of", "notices",   "issues_open",       "issues_closed_in",
					    "motions",   "workshops", "series_objectives", "sitting_notes"};
	(void)state;
	for (size_t i = 0; i < db_statements_n; i++) {
		const struct db_statement *st = db_statements[i];
		bool tells = tells_of_people(st);
		for (size_t k = 0; k < sizeof named / sizeof *named; k++)
			tells = tells && strcmp(st->name, named[k]) != 0;
		if (!tells)
			continue;
		if (st->roles == 0 || (st->roles & (ROLE_BIT(ROLE_LEAD) | ROLE_BIT(ROLE_ADMINISTRATOR))) != 0)
			fail_msg("%s tells of people and may serve who sees counts", st->name);
		for (size_t k = 0; st->out[k] != '\0'; k++)
			/* But what was told to them alone. */
			if (st->out[k] == 's' && (st->roles & ROLE_BIT(ROLE_PRIVACY)) != 0 &&
			    st->roles != ROLE_BIT(ROLE_PRIVACY))
				fail_msg("%s gives sealed text to privacy officers", st->name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(test_sqlite, store_up, DB_SQLITE, "SQLite"),
		ON(test_postgresql, store_up, DB_POSTGRES, "PostgreSQL"),
		cmocka_unit_test(test_excuses_are_needed),
		ON(test_whom_they_serve, store_up, DB_SQLITE, "SQLite"),
		ON(test_whom_they_serve, store_up, DB_POSTGRES, "PostgreSQL"),
		cmocka_unit_test(test_who_tells_of_people),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
