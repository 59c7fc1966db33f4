#include "store/reseal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"

enum { KEYS_IN_ROW = 3, PLACE_TEXT = 200, PIECE_BYTES = 1 << 20, PIECE_PAUSE_NS = 2000000 };

/* Statements that are the same for every sealed column but for its names, so they are made here and not in
 * db/queries. The rows of a piece come in the order of the primary key, behind the last one of the piece before. */
#define LIMIT " LIMIT 200"
#define OTHER(column, at) "length(" column ") > 0 AND substr(" column ", 2, 1) <> $" at
#define TEXTS(...) .sql = {[DB_SQLITE] = __VA_ARGS__, [DB_POSTGRES] = __VA_ARGS__}
#define COLUMN(t, c, letters, names, behind, at, match, n, sep)                                                        \
	{                                                                                                              \
		.table = (t), .column = (c), .keys = (letters), .placed = (n), .between = (sep),                       \
		.left = {.name = "reseal_left_" t "_" c,                                                               \
			 .noun = "reseal",                                                                             \
			 .in = "x",                                                                                    \
			 .out = "i",                                                                                   \
			 TEXTS("SELECT count(*) FROM " t " WHERE " OTHER(c, "1"))},                                    \
		.look = {.name = "reseal_look_" t "_" c,                                                               \
			 .noun = "reseal",                                                                             \
			 .in = letters "x",                                                                            \
			 .out = letters "s",                                                                           \
			 TEXTS("SELECT " names ", " c " FROM " t " WHERE (" names ") > (" behind                       \
			       ") AND " OTHER(c, at) " ORDER BY " names LIMIT)},                                       \
		.put = {.name = "reseal_put_" t "_" c,                                                                 \
			.noun = "reseal",                                                                              \
			.in = "s" letters,                                                                             \
			.out = "",                                                                                     \
			.writes = true,                                                                                \
			TEXTS("UPDATE " t " SET " c " = $1 WHERE " match)},                                            \
	}
#define BY_ONE(t, c, letter, key) COLUMN(t, c, letter, key, "$1", "2", key " = $2", 1, '.')
#define BY_TWO(t, c, letters, k1, k2, n, sep)                                                                          \
	COLUMN(t, c, letters, k1 ", " k2, "$1, $2", "3", k1 " = $2 AND " k2 " = $3", n, sep)
#define BY_THREE(t, c, letters, k1, k2, k3, n, sep)                                                                    \
	COLUMN(t, c, letters, k1 ", " k2 ", " k3, "$1, $2, $3", "4", k1 " = $2 AND " k2 " = $3 AND " k3 " = $4", n, sep)

const struct reseal_column reseal_columns[] = {
	BY_TWO("import_flag", "text", "ii", "import_no", "no", 2, '.'),
	BY_TWO("client", "name", "ii", "client_no", "from_import", 1, '.'),
	BY_TWO("client", "ssn", "ii", "client_no", "from_import", 1, '.'),
	BY_TWO("client", "birth", "ii", "client_no", "from_import", 1, '.'),
	BY_TWO("client", "traits", "ii", "client_no", "from_import", 1, '.'),
	BY_THREE("enrollment", "dossier", "iii", "client_no", "enrollment_no", "from_import", 2, '.'),
	BY_TWO("pack", "content", "ii", "low_client", "from_import", 1, '.'),
	BY_TWO("household_mark", "reason", "ii", "household_no", "no", 2, '.'),
	BY_TWO("protection", "reason", "ii", "household_no", "no", 2, '/'),
	BY_THREE("household_entry", "value", "iti", "household_no", "item", "no", 3, '/'),
	BY_ONE("flag_confirmed", "reason", "i", "no"),
	BY_ONE("cycle_household", "joined_reason", "t", "id"),
	BY_ONE("cycle_household", "left_reason", "t", "id"),
	BY_ONE("card", "follow_up", "t", "id"),
	BY_ONE("card", "barrier", "t", "id"),
	BY_ONE("card", "note", "t", "id"),
	BY_ONE("card", "shelved_reason", "t", "id"),
	BY_ONE("guest", "called", "t", "id"),
	BY_ONE("attendance", "called", "t", "id"),
	BY_ONE("attendance", "pronouns", "t", "id"),
	BY_ONE("telling", "words", "t", "card_id"),
	BY_ONE("telling", "said", "t", "card_id"),
	BY_ONE("card_conflict", "words", "t", "id"),
	BY_ONE("step", "words", "t", "id"),
	BY_ONE("conference_note", "words", "t", "id"),
	BY_ONE("question", "words", "t", "id"),
	BY_ONE("question", "answer", "t", "id"),
	BY_ONE("handout", "content", "t", "conference_id"),
	BY_ONE("adjustment", "misses", "t", "id"),
	BY_ONE("adjustment", "reason", "t", "id"),
	BY_ONE("nomination", "reason", "t", "id"),
	BY_ONE("nomination", "why", "t", "id"),
	BY_ONE("opening", "ended_why", "t", "id"),
	BY_ONE("opening", "over_why", "t", "id"),
	BY_ONE("opening_decision", "reason", "t", "id"),
	BY_TWO("referral_event", "note", "ti", "referral_id", "no", 2, '.'),
	BY_ONE("side_door", "words", "t", "id"),
	BY_ONE("region_move", "reason", "t", "id"),
	BY_ONE("region_move", "answer", "t", "id"),
	BY_ONE("contact", "words", "i", "no"),
	BY_ONE("evidence", "by_whom", "t", "id"),
	BY_ONE("evidence", "kept", "t", "id"),
	BY_ONE("disability_paper", "what", "t", "id"),
	BY_ONE("disability_paper", "by_whom", "t", "id"),
	BY_ONE("disability_paper", "kept", "t", "id"),
	BY_ONE("correction", "asked", "t", "id"),
	BY_ONE("correction", "reason", "t", "id"),
	BY_ONE("correction", "disagrees", "t", "id"),
	BY_ONE("incident", "about", "t", "id"),
	BY_ONE("incident", "outcome", "t", "id"),
	BY_TWO("incident_step", "note", "tt", "incident_id", "step", 2, '.'),
	BY_ONE("series_objective", "words", "t", "id"),
	BY_ONE("sitting_note", "words", "t", "id"),
	BY_ONE("board_notice", "words", "t", "id"),
	BY_ONE("issue", "words", "t", "id"),
	BY_ONE("issue", "answer", "t", "id"),
	BY_ONE("motion", "words", "t", "id"),
	BY_ONE("workshop", "words", "t", "id"),
	BY_ONE("share", "content", "t", "id"),
	BY_ONE("list_view", "name", "t", "id"),
	BY_ONE("worklist", "name", "t", "id"),
	BY_ONE("list_draft", "head", "t", "id"),
	BY_TWO("list_draft_chunk", "body", "ti", "draft_id", "no", 2, '.'),
	BY_ONE("second_factor", "secret", "t", "user_id"),
	BY_ONE("duplicate_decision", "reason", "i", "no"),
	BY_ONE("law_fact", "words", "t", "id"),
	BY_ONE("release", "note", "t", "id"),
	BY_ONE("release_signature", "drawn", "t", "release_id"),
};
const size_t reseal_columns_n = sizeof reseal_columns / sizeof *reseal_columns;

err_t reseal_left(struct db *db, struct arena *a, const struct reseal_column *column, int number, int64_t *left)
{
	char byte = (char)number;
	struct db_value in = db_bytes((struct str){&byte, 1});
	struct db_rows rows;
	TRY(db_rows_open(db, a, &column->left, &in, DB_WHOLE, &rows));
	int64_t n = db_rows_next(&rows) ? db_rows_int(&rows, 0) : 0;
	TRY(db_rows_end(&rows));
	*left = n;
	return NULL;
}

/* Where a walk along one column stands. */
struct walk {
	const struct keys *keys;
	const struct reseal_column *column;
	struct db_value behind[KEYS_IN_ROW]; /* text in `text` */
	char text[KEYS_IN_ROW][PLACE_TEXT];
	bool over;
	int64_t sealed;
};

/* A row of a piece, read before anything is written. */
struct found {
	struct db_value keys[KEYS_IN_ROW];
	struct str sealed;
};

static struct str place_of(struct arena *a, const struct reseal_column *c, const struct db_value *keys)
{
	char text[PLACE_TEXT * KEYS_IN_ROW];
	size_t n = 0;
	for (int i = 0; i < c->placed; i++) {
		if (i > 0)
			text[n++] = c->between;
		if (c->keys[i] == 'i')
			n += (size_t)snprintf(text + n, sizeof text - n, "%lld", (long long)keys[i].i);
		else
			n += (size_t)snprintf(text + n, sizeof text - n, "%.*s", STR_ARG(keys[i].s));
	}
	return str_dup(a, (struct str){text, n});
}

static err_t reseal_row(struct walk *w, struct db *db, struct arena *a, const struct found *row)
{
	const struct reseal_column *c = w->column;
	struct seal_place place = {c->table, c->column, place_of(a, c, row->keys)};
	struct db_value in[KEYS_IN_ROW + 1];
	const struct pii *open;
	TRY(seal_open(a, w->keys, place, row->sealed, &open));
	in[0] = db_bytes(seal_pii(a, w->keys, place, open));
	memcpy(in + 1, row->keys, sizeof row->keys);
	w->sealed++;
	return db_exec(db, a, &c->put, in, NULL);
}

/* The next rows that another key has sealed, few enough for one transaction. */
static err_t look(struct walk *w, struct db *db, struct arena *a, struct found **out, size_t *n)
{
	size_t keys = strlen(w->column->keys);
	char byte = (char)keys_now(w->keys);
	struct db_value in[KEYS_IN_ROW + 1];
	struct db_rows rows;
	size_t bytes = 0;
	memcpy(in, w->behind, sizeof w->behind);
	in[keys] = db_bytes((struct str){&byte, 1});
	TRY(db_rows_open(db, a, &w->column->look, in, DB_STREAM, &rows));
	while (bytes < PIECE_BYTES && db_rows_next(&rows)) {
		*out = db_rows_room(a, *out, *n, sizeof **out);
		struct found *row = &(*out)[(*n)++];
		for (size_t i = 0; i < keys; i++)
			row->keys[i] = w->column->keys[i] == 'i' ? db_int(db_rows_int(&rows, (int)i))
								 : db_text(str_dup(a, db_rows_text(&rows, (int)i)));
		row->sealed = str_dup(a, db_rows_text(&rows, (int)keys));
		bytes += row->sealed.n;
	}
	return db_rows_end(&rows);
}

static err_t reseal_piece(struct db *db, struct arena *a, void *ctx)
{
	struct walk *w = ctx;
	struct found *rows = NULL;
	size_t n = 0;
	w->sealed = 0;
	TRY(look(w, db, a, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(reseal_row(w, db, a, &rows[i]));
	w->over = n == 0;
	for (int i = 0; n > 0 && w->column->keys[i] != '\0'; i++) {
		struct db_value last = rows[n - 1].keys[i];
		if (last.kind == DB_TEXT) {
			if (last.s.n > PLACE_TEXT)
				return err_internal(a, "%s: a key of %zu bytes", w->column->table, last.s.n);
			memcpy(w->text[i], last.s.p, last.s.n);
			last.s.p = w->text[i];
		}
		w->behind[i] = last;
	}
	return NULL;
}

struct counting {
	int number;
	int64_t left[sizeof reseal_columns / sizeof *reseal_columns];
	int64_t all;
};

static err_t count_left(struct db *db, struct arena *a, void *ctx)
{
	struct counting *c = ctx;
	c->all = 0;
	for (size_t i = 0; i < reseal_columns_n; i++) {
		TRY(reseal_left(db, a, &reseal_columns[i], c->number, &c->left[i]));
		c->all += c->left[i];
	}
	return NULL;
}

static err_t walk_column(struct db *db, struct arena *a, struct walk *w, const struct reseal_progress *progress,
			 int64_t *done, int64_t all)
{
	for (int i = 0; w->column->keys[i] != '\0'; i++)
		w->behind[i] = w->column->keys[i] == 'i' ? db_int(INT64_MIN) : db_text(S(""));
	while (!w->over) {
		struct arena_mark mark = arena_mark(a);
		TRY(db_run(db, a, DB_WRITE, reseal_piece, w));
		arena_rewind(a, mark);
		*done += w->sealed;
		progress->tell(progress->ctx, w->column->table, *done, all);
		/* Whoever waits to write gets in between. */
		nanosleep(&(struct timespec){.tv_nsec = PIECE_PAUSE_NS}, NULL);
	}
	return NULL;
}

err_t reseal_run(struct db *db, struct arena *a, const struct keys *keys, const struct reseal_progress *progress,
		 int64_t *sealed)
{
	struct counting c = {.number = keys_now(keys)};
	int64_t done = 0;
	TRY(db_run(db, a, DB_READ, count_left, &c));
	for (size_t i = 0; i < reseal_columns_n; i++) {
		struct walk w = {.keys = keys, .column = &reseal_columns[i], .over = c.left[i] == 0};
		TRY(walk_column(db, a, &w, progress, &done, c.all));
	}
	*sealed = done;
	return NULL;
}
