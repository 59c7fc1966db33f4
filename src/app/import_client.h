/* A client as it is kept: how the sealed columns read, and the blind index that finds them.
 *
 * `name` holds first, middle, last, suffix and quality, `ssn` the digits and quality, `birth` the date
 * and quality, with CLIENT_SEPARATOR between, `traits` the codes
 * of race, ethnicity and sex, for the report of a policy alone. What is opened is shown only as domain/access decides.
 *
 * Names are compared folded: compatibility forms taken apart, marks, apostrophes and full stops
 * dropped, case gone, every other sign a gap between words. The index holds the beginnings of each
 * word (3, 5 and 8 letters, or a shorter word whole), the last four digits of the SSN and the birth
 * date. A search looks up the longest beginning that was typed and keeps who has all words; it finds
 * candidates only, which are opened and compared by whoever searches.
 */
#ifndef APP_IMPORT_CLIENT_H
#define APP_IMPORT_CLIENT_H

#include "base/day.h"
#include "base/pii.h"
#include "store/db.h"
#include "store/seal.h"

#define CLIENT_SEPARATOR '\x1f'

/* The values of an opened `traits`, in their order: the seven of race and ethnicity as HMIS 3.04 has them,
 * then Sex and, of an export of FY2024, Woman and Man. */
enum { CLIENT_TRAIT_SEX = 7, CLIENT_TRAIT_WOMAN, CLIENT_TRAIT_MAN, CLIENT_TRAITS };

struct client_name {
	struct str first, middle, last, suffix;
	struct str quality; /* HMIS list 3.01.5, or empty */
};

/* The parts of an opened name; they point into it. */
struct client_name client_name_of(struct str opened);

/* The first part of an opened `ssn` (digits, x for an unknown one) or `birth` ("1984-01-08"). */
struct str client_first_part(struct str opened);

/* The last four digits of an SSN where all four are known, else empty. */
struct str client_ssn4(struct str ssn);

/* Where a client's column is sealed; `column` is "name", "ssn", "birth" or "traits". */
struct seal_place client_place(struct arena *a, const char *column, int64_t client_no);

/* Where an enrollment's dossier is sealed. */
struct seal_place enrollment_place(struct arena *a, int64_t client_no, int64_t enrollment_no);

enum { FOLD_WORDS = 12, FOLD_WORD_MAX = 64 };

/* A text as the words that names are compared by; more than FOLD_WORDS are left out, longer ones cut. */
struct folded {
	size_t n;
	struct fold_word {
		char p[FOLD_WORD_MAX];
		size_t n;
	} words[FOLD_WORDS];
};
void client_fold(struct str text, struct folded *out);

/* True where every word of `typed` is the beginning of a word of `name`. */
bool client_name_fits(const struct folded *name, const struct folded *typed);

enum { CLIENT_TOKENS = 40 };

/* Tokens that were made before, for one thread that makes many; starts as zeros. */
enum { TOKEN_CACHE_SIZE = 1 << 15, TOKEN_CACHE_TEXT = 14 };
struct token_cache {
	struct token_known {
		int64_t token;
		uint8_t purpose; /* 0: none yet */
		uint8_t n;
		char text[TOKEN_CACHE_TEXT];
	} of[TOKEN_CACHE_SIZE];
};

/* The tokens of one client; `cache` may be NULL; returns how many, at most CLIENT_TOKENS. `name` is empty where names
 * are hashes, `birth` DAY_NONE where not known. */
size_t client_tokens(const struct keys *keys, struct token_cache *cache, const struct client_name *name, struct str ssn,
		     struct day birth, int64_t out[CLIENT_TOKENS]);

/* Client numbers, ascending, that may fit a text somebody typed: words of a name, an SSN or its last
 * four digits, or a date. Inside a transaction; `now` is hmis_now.import_no. */
must err_t client_candidates(struct db *db, struct arena *a, const struct keys *keys, int64_t now, struct str typed,
			     int64_t **clients, size_t *n);

#endif
