/* What is next for the households of a file, as it can leave the room. */
#include <sodium.h>

#include "app/list_redact.h"
#include "app/next_step.h"
#include "app/share_inside.h"
#include "base/limit.h"

enum { BATCH = LIMIT_LIST_PAGE, DIGEST_BYTES = 16 };

struct noting {
	struct call *call;
	struct arena *arena;
	struct redactor *redactor;
	struct str marked;
	struct share_table *table;
	crypto_generichash_state digest;
};

static size_t find_all(const struct noting *w, struct str text, struct redact_find **finds)
{
	size_t n = redact_find(w->arena, w->redactor, text, finds);
	struct str rest = w->marked, line;
	while (rest.n > 0) {
		str_cut(rest, '\n', &line, &rest);
		n = redact_mark(w->arena, text, line, finds, n);
	}
	return n;
}

void share_pieces(struct arena *a, struct str text, const struct redact_find *finds, size_t n, struct share_piece **out,
		  size_t *out_n)
{
	size_t at = 0;
	struct share_piece *pieces = arena_many(a, 2 * n + 1, struct share_piece);
	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		pieces[(*out_n)++] = (struct share_piece){str_sub(text, at, finds[i].at - at), NULL};
		pieces[(*out_n)++] = (struct share_piece){finds[i].instead, redact_say(finds[i].kind)};
		at = finds[i].at + finds[i].n;
	}
	pieces[(*out_n)++] = (struct share_piece){str_sub(text, at, text.n - at), NULL};
	*out = pieces;
}

static err_t add_note(struct noting *w, const struct share_faced *one, struct str text)
{
	struct share_table *t = w->table;
	struct redact_find *finds;
	if (t->notes_n == SHARE_NOTES_MOST)
		return err_new(
			w->arena, ERR_INVALID,
			"These are more than %d notes, which nobody reads with care: choose fewer households, or "
			"leave the notes out.",
			SHARE_NOTES_MOST);
	size_t n = find_all(w, text, &finds);
	struct share_note *note = &t->notes[t->notes_n++];
	*note = (struct share_note){.called = one->face->name};
	share_pieces(w->arena, text, finds, n, &note->pieces, &note->pieces_n);
	t->found += n;
	struct str goes = redact_apply(w->arena, text, finds, n);
	t->rows[one->row][SHARE_STEP] = paper_text(goes);
	crypto_generichash_update(&w->digest, (const unsigned char *)&one->face->no, sizeof one->face->no);
	crypto_generichash_update(&w->digest, (const unsigned char *)&goes.n, sizeof goes.n);
	crypto_generichash_update(&w->digest, (const unsigned char *)goes.p, goes.n);
	app_shown(w->call, one->face->id);
	return NULL;
}

static err_t fill_batch(struct noting *w, struct db *db, const struct share_faced *faced, size_t n)
{
	struct household_face faces[BATCH];
	struct next_step steps[BATCH];
	for (size_t i = 0; i < n; i++)
		faces[i] = *faced[i].face;
	TRY(app_next_steps(w->call, db, w->arena, faces, n, steps));
	for (size_t i = 0; i < n; i++) {
		struct paper_cell *cells = w->table->rows[faced[i].row];
		if (faces[i].coarse)
			continue;
		cells[SHARE_STAFF] = paper_text(steps[i].who);
		cells[SHARE_DUE] = paper_day(steps[i].due);
		cells[SHARE_TARGET] = paper_day(steps[i].target);
		if (faces[i].named && faces[i].notes && steps[i].text.n > 0)
			TRY(add_note(w, &faced[i], steps[i].text));
	}
	return NULL;
}

err_t share_notes(struct call *c, struct db *db, struct arena *a, const struct share_faced *faced, size_t n,
		  struct str marked, struct share_table *t)
{
	unsigned char digest[DIGEST_BYTES];
	char hex[2 * DIGEST_BYTES + 1];
	struct noting w = {.call = c, .arena = a, .marked = marked, .table = t};
	TRY(list_redactor(c, db, a, &w.redactor));
	t->notes = arena_many(a, SHARE_NOTES_MOST, struct share_note);
	crypto_generichash_init(&w.digest, NULL, 0, DIGEST_BYTES);
	for (size_t done = 0; done < n; done += BATCH)
		TRY(fill_batch(&w, db, faced + done, n - done < BATCH ? n - done : BATCH));
	crypto_generichash_final(&w.digest, digest, DIGEST_BYTES);
	sodium_bin2hex(hex, sizeof hex, digest, DIGEST_BYTES);
	t->digest = str_dup(a, str_from(hex));
	return NULL;
}
