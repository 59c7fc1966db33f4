#include "app/needs.h"

#include "app/record.h"
#include "store/q_entry.h"

enum { MENU_MAX = 400 };

err_t needs_of(struct call *c, struct arena *a, const struct entry *entries, size_t n, int64_t household_no,
	       struct needs *out, bool *known)
{
	const struct entry *e = entry_of(entries, n, household_no, NEEDS_ITEM);
	struct str text;
	*known = false;
	if (e == NULL)
		return NULL;
	TRY(entry_text(c, a, e, &text));
	*known = needs_read(text, out);
	return NULL;
}

err_t preference_of(struct call *c, struct arena *a, const struct entry *entries, size_t n, int64_t household_no,
		    struct preference_words *out)
{
	const struct entry *e = entry_of(entries, n, household_no, PREFERENCE_ITEM);
	struct str text;
	struct str keys;
	*out = (struct preference_words){0};
	if (e == NULL)
		return NULL;
	TRY(entry_text(c, a, e, &text));
	str_cut(text, '\n', &keys, &out->words);
	if (!preference_set_parse(keys, &out->set))
		return err_internal(a, "entry %.*s/%lld is no preference", STR_ARG(e->item), (long long)e->no);
	return NULL;
}

err_t app_needs_put(struct call *c, struct str household_id, struct needs n)
{
	struct entry_writing w = {c, household_id, NEEDS_ITEM, pii_new(c->arena, needs_text(c->arena, n))};
	return db_run(c->db, c->arena, DB_WRITE, entry_write, &w);
}

err_t app_preference_put(struct call *c, struct str household_id, unsigned set, const struct pii *words)
{
	struct arena *a = c->arena;
	struct str keys = preference_set_keys(a, set);
	struct str own = str_trim(pii_reveal(words));
	struct str text = own.n > 0 ? str_fmt(a, "%.*s\n%.*s", STR_ARG(keys), STR_ARG(own)) : keys;
	struct entry_writing w = {c, household_id, PREFERENCE_ITEM, pii_new(a, text)};
	return db_run(c->db, a, DB_WRITE, entry_write, &w);
}

err_t needs_menus_load(struct db *db, struct arena *a, struct needs_menus *out)
{
	struct q_needs_menus *rows;
	size_t n;
	TRY(q_needs_menus(db, a, &rows, &n));
	for (int h = 0; h < NEED_LEVELS_N; h++)
		for (int s = 0; s < NEED_LEVELS_N; s++)
			out->menu[h][s] = needs_menu((struct needs){(enum need_level)h, (enum need_level)s});
	for (size_t i = 0; i < n; i++) {
		enum need_level housing;
		enum need_level service;
		if (need_level_parse(rows[i].housing, &housing) && need_level_parse(rows[i].service, &service))
			out->menu[housing][service] = rows[i].menu;
	}
	return NULL;
}

struct wording {
	struct call *call;
	struct needs cell;
	struct str menu;
};

static err_t run_menu(struct db *db, struct arena *a, void *ctx)
{
	const struct wording *w = ctx;
	struct str housing = need_table[w->cell.housing].word;
	struct str service = need_table[w->cell.service].word;
	TRY(q_needs_menu_put(db, a,
			     &(struct q_needs_menu_put_in){
				     .housing = housing,
				     .service = service,
				     .menu = w->menu,
				     .at = w->call->now,
				     .by_id = w->call->actor.id,
			     }));
	return app_record(w->call, db, a, "needs.menu", "needs",
			  str_fmt(a, "%.*s-%.*s", STR_ARG(housing), STR_ARG(service)), S(""));
}

err_t app_needs_menu_put(struct call *c, struct needs cell, struct str menu)
{
	struct wording w = {c, cell, str_trim(menu)};
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_COLUMNS))
		return err_new(c->arena, ERR_DENIED, "List holders and administrators word the matrix.");
	if (w.menu.n == 0 || str_utf8_len(w.menu) > MENU_MAX || !str_is_clean_text(w.menu))
		return err_new(c->arena, ERR_INVALID, "A cell wants a text of at most %d characters.", MENU_MAX);
	return db_run(c->db, c->arena, DB_WRITE, run_menu, &w);
}
