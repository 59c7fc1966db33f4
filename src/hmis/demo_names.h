/* Names of people and places that nobody has: put together from words for plants, stones, weather
 * and birds, and from small household things. The pools are open so that a test can prove that a
 * written name is made of them and of nothing else.
 */
#ifndef HMIS_DEMO_NAMES_H
#define HMIS_DEMO_NAMES_H

#include "base/str.h"
#include "hmis/demo_dice.h"

enum { NAME_FIRST = 120, NAME_HEADS = 60, NAME_TAILS = 48, NAME_PREFIXES = 4, NAME_SUFFIXES = 4 };
enum { PLACE_HEADS = 12, PLACE_TAILS = 9 };

extern const char *const demo_name_first[NAME_FIRST];
extern const char *const demo_name_heads[NAME_HEADS];
extern const char *const demo_name_tails[NAME_TAILS];
extern const char *const demo_name_prefixes[NAME_PREFIXES]; /* "O'" and the like, before a last name */
extern const char *const demo_name_suffixes[NAME_SUFFIXES];
extern const char *const demo_place_heads[PLACE_HEADS];
extern const char *const demo_place_tails[PLACE_TAILS];

enum { NAME_MAX_BYTES = 96 };

struct demo_name {
	size_t n;
	char s[NAME_MAX_BYTES];
};

static inline struct str demo_name_str(const struct demo_name *name)
{
	return (struct str){name->s, name->n};
}

/* "Sorrel", "Fog-Plover", now and then `Mica "Pip" Drizzle`. */
struct demo_name demo_name_first_make(struct dice *d);

/* "Thimblefeather", "O'Quillkettle", "Puddlewick-Emberlatch", now and then "Mosslatch, Jr." */
struct demo_name demo_name_last_make(struct dice *d);

/* "Larkmere": place number i of PLACE_HEADS * PLACE_TAILS. */
struct demo_name demo_name_place(int i);

#endif
