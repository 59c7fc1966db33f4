#include "store/journal.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "store/db_impl.h"
#include "store/q_journal.h"

enum { HASH_LEN = 32 };

static const char *const actors[] = {
	[JOURNAL_SYSTEM] = "system", [JOURNAL_OPERATOR] = "operator", [JOURNAL_USER] = "user"};
enum { ACTORS = sizeof actors / sizeof actors[0] };

/* A row's fields as they are hashed, read back or about to be written. */
struct link {
	int64_t seq;
	struct instant at;
	struct str actor_kind, actor_id, act, noun, noun_id, more;
};

static void hash_int(crypto_generichash_state *h, uint64_t v)
{
	unsigned char bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(v >> (8 * i));
	crypto_generichash_update(h, bytes, sizeof bytes);
}

/* The length goes first, so that no two rows read alike. */
static void hash_str(crypto_generichash_state *h, struct str s)
{
	hash_int(h, s.n);
	crypto_generichash_update(h, (const unsigned char *)s.p, s.n);
}

static struct str hash_link(struct str prev, const struct link *l, unsigned char out[HASH_LEN])
{
	crypto_generichash_state h;
	crypto_generichash_init(&h, NULL, 0, HASH_LEN);
	hash_str(&h, prev);
	hash_int(&h, (uint64_t)l->seq);
	hash_int(&h, (uint64_t)l->at.ms);
	const struct str *const texts[] = {&l->actor_kind, &l->actor_id, &l->act, &l->noun, &l->noun_id, &l->more};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		hash_str(&h, *texts[i]);
	crypto_generichash_final(&h, out, HASH_LEN);
	return (struct str){(const char *)out, HASH_LEN};
}

static bool is_plain(struct str s, size_t max)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isalnum((unsigned char)s.p[i]) && (s.p[i] == '\0' || strchr("_.:=,/-@+", s.p[i]) == NULL))
			return false;
	return s.n <= max;
}

err_t journal_create(struct db *db, struct arena *a)
{
	static const char zeros[HASH_LEN];
	return q_journal_head_add(db, a, (struct str){zeros, HASH_LEN});
}

err_t journal_write(struct db *db, struct arena *a, const struct journal_entry *e)
{
	if (db_in_transaction(db) && db->mode != DB_WRITE)
		return err_internal(a, "journal: %s outside DB_WRITE", e->act);
	struct str act = str_from(e->act);
	struct str noun = str_from(e->noun);
	if (!is_plain(e->actor_id, JOURNAL_ID_MAX) || !is_plain(act, JOURNAL_ID_MAX) ||
	    !is_plain(noun, JOURNAL_ID_MAX) || !is_plain(e->noun_id, JOURNAL_ID_MAX) ||
	    !is_plain(e->more, JOURNAL_MORE_MAX))
		return err_internal(a, "journal: a field of %s is no id", e->act);
	struct q_journal_head_lock head;
	bool found;
	TRY(q_journal_head_lock(db, a, &head, &found));
	if (!found)
		return err_internal(a, "journal: no head");
	struct link l = {head.seq + 1, e->at,  str_from(actors[e->actor_kind]), e->actor_id, act, noun,
			 e->noun_id,   e->more};
	unsigned char out[HASH_LEN];
	struct str hash = hash_link(head.hash, &l, out);
	TRY(q_journal_add(db, a,
			  &(struct q_journal_add_in){
				  .seq = l.seq,
				  .at = l.at,
				  .actor_kind = l.actor_kind,
				  .actor_id = l.actor_id,
				  .act = l.act,
				  .noun = l.noun,
				  .noun_id = l.noun_id,
				  .more = l.more,
				  .prev_hash = head.hash,
				  .hash = hash,
			  }));
	int64_t changed;
	TRY(q_journal_head_move(db, a, l.seq, hash, &changed));
	return changed == 1 ? NULL : err_internal(a, "journal: the head did not move");
}

err_t journal_last(struct db *db, struct arena *a, int64_t *seq)
{
	struct q_journal_head_get head;
	bool found;
	TRY(q_journal_head_get(db, a, &head, &found));
	*seq = found ? head.seq : 0;
	return NULL;
}

static enum journal_actor actor_of(struct str kind)
{
	int i = 0;
	while (i < ACTORS - 1 && !str_eq(kind, str_from(actors[i])))
		i++;
	return (enum journal_actor)i;
}

err_t journal_after(struct db *db, struct arena *a, int64_t seq, int64_t most, struct journal_entry **entries,
		    size_t *entries_n)
{
	struct q_journal_after *rows;
	size_t n;
	TRY(q_journal_after(db, a, seq, most, &rows, &n));
	struct journal_entry *all = arena_many(a, n, struct journal_entry);
	for (size_t i = 0; i < n; i++) {
		all[i] = (struct journal_entry){
			.seq = rows[i].seq,
			.at = rows[i].at,
			.actor_kind = actor_of(rows[i].actor_kind),
			.actor_id = rows[i].actor_id,
			.act = str_c(a, rows[i].act),
			.noun = str_c(a, rows[i].noun),
			.noun_id = rows[i].noun_id,
			.more = rows[i].more,
		};
	}
	*entries = all;
	*entries_n = n;
	return NULL;
}

/* How far the walk has come. */
struct walk {
	int64_t seq;
	unsigned char hash[HASH_LEN];
	int64_t broken_at;
	const char *why;
};

static bool walk_row(struct walk *w, const struct q_journal_walk *row)
{
	struct str before = {(const char *)w->hash, HASH_LEN};
	struct link l = {row->seq, row->at,   row->actor_kind, row->actor_id,
			 row->act, row->noun, row->noun_id,    row->more};
	unsigned char out[HASH_LEN];
	if (row->seq != w->seq + 1)
		w->why = "a row is missing";
	else if (!str_eq(row->prev_hash, before))
		w->why = "the row does not follow from the one before it";
	else if (!str_eq(row->hash, hash_link(before, &l, out)))
		w->why = "the row was changed after it was written";
	if (w->why != NULL) {
		w->broken_at = w->seq + 1;
		return false;
	}
	w->seq = row->seq;
	memcpy(w->hash, out, HASH_LEN);
	return true;
}

err_t journal_verify(struct db *db, struct arena *a, struct journal_state *out)
{
	struct walk w = {0};
	struct db_rows rows;
	bool holds = true;
	TRY(q_journal_walk(db, a, &rows));
	for (struct q_journal_walk row; holds && q_journal_walk_next(&rows, &row);)
		holds = walk_row(&w, &row);
	TRY(db_rows_end(&rows));
	struct q_journal_head_get head;
	bool found;
	TRY(q_journal_head_get(db, a, &head, &found));
	if (holds &&
	    (!found || head.seq != w.seq || !str_eq(head.hash, (struct str){(const char *)w.hash, HASH_LEN}))) {
		w.broken_at = w.seq + 1;
		w.why = found && head.seq < w.seq ? "there are rows behind the noted end"
						  : "rows at the end are missing";
	}
	*out = (struct journal_state){.rows = w.seq, .broken_at = w.broken_at, .why = str_from(w.why)};
	return NULL;
}
