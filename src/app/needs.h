/* What a household needs and wants: its cell of the needs matrix, its own choices and words. */
#ifndef APP_NEEDS_H
#define APP_NEEDS_H

#include "app/entry.h"
#include "domain/needs.h"
#include "domain/preference.h"

#define NEEDS_ITEM S("needs")
#define PREFERENCE_ITEM S("preference") /* its keys, a line break, its words */

/* False where nobody has said it yet. */
must err_t needs_of(struct call *c, struct arena *a, const struct entry *entries, size_t n, int64_t household_no,
		    struct needs *out, bool *known);

struct preference_words {
	unsigned set;     /* 1 << enum preference */
	struct str words; /* the household's own */
};
must err_t preference_of(struct call *c, struct arena *a, const struct entry *entries, size_t n, int64_t household_no,
			 struct preference_words *out);

/* Writes them down, for who sees the household by name. */
must err_t app_needs_put(struct call *c, struct str household_id, struct needs n);
must err_t app_preference_put(struct call *c, struct str household_id, unsigned set, const struct pii *words);

/* The nine menus, the CoC's own wording before that of domain/needs.h: [housing][service]. `db` is in a
 * transaction. */
struct needs_menus {
	struct str menu[NEED_LEVELS_N][NEED_LEVELS_N];
};
must err_t needs_menus_load(struct db *db, struct arena *a, struct needs_menus *out);

/* The CoC words a cell. Who may define its columns may (CAN_COLUMNS). ERR_INVALID for an empty or a too long text. */
must err_t app_needs_menu_put(struct call *c, struct needs cell, struct str menu);

#endif
