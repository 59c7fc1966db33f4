#include "app/import_client.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "store/dossier.h"
#include "store/q_client.h"

/* Texts about one client are short; what is longer is cut for the index, not where it is kept. */
enum { FOLD_UNITS = 512 };

static const size_t beginnings[] = {3, 5, 8};

struct client_name client_name_of(struct str opened)
{
	struct client_name name;
	str_cut(opened, CLIENT_SEPARATOR, &name.first, &opened);
	str_cut(opened, CLIENT_SEPARATOR, &name.middle, &opened);
	str_cut(opened, CLIENT_SEPARATOR, &name.last, &opened);
	str_cut(opened, CLIENT_SEPARATOR, &name.suffix, &name.quality);
	return name;
}

struct str client_first_part(struct str opened)
{
	struct str first;
	str_cut(opened, CLIENT_SEPARATOR, &first, &opened);
	return first;
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

struct str client_ssn4(struct str ssn)
{
	struct str last = ssn.n == 9 ? str_sub(ssn, 5, 4) : (struct str){0};
	return all_digits(last) ? last : (struct str){0};
}

/* Two numbers with a dot between, the second only if there is one. Written by hand, because an import
 * names millions of places. */
static struct str place_text(struct arena *a, int64_t first, int64_t second)
{
	enum { ROOM = 2 * 20 + 1 };
	char digits[ROOM];
	size_t at = ROOM;
	for (int64_t n = second; n > 0; n /= 10)
		digits[--at] = (char)('0' + n % 10);
	if (second > 0)
		digits[--at] = '.';
	for (int64_t n = first; n > 0; n /= 10)
		digits[--at] = (char)('0' + n % 10);
	return str_dup(a, (struct str){digits + at, ROOM - at});
}

struct seal_place client_place(struct arena *a, const char *column, int64_t client_no)
{
	return (struct seal_place){"client", column, place_text(a, client_no, 0)};
}

struct seal_place enrollment_place(struct arena *a, int64_t client_no, int64_t enrollment_no)
{
	return (struct seal_place){"enrollment", "dossier", place_text(a, client_no, enrollment_no)};
}

/* Splits folded UTF-8 at everything that is not a letter or digit. */
static void split_words(struct str text, struct folded *out)
{
	bool open = false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || ((unsigned char)c & 0x80) != 0;
		if (letter && !open && out->n < FOLD_WORDS)
			out->words[out->n++].n = 0;
		else if (letter && !open)
			return;
		open = letter;
		struct fold_word *w = &out->words[out->n - 1];
		if (letter && w->n < FOLD_WORD_MAX)
			w->p[w->n++] = c;
	}
}

static bool is_dropped(UChar32 c)
{
	int type = u_charType(c);
	return c == '\'' || c == '.' || c == 0x2019 || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK ||
	       type == U_ENCLOSING_MARK;
}

/* Drops what does not count and makes gaps of what is no letter; returns how many units stay. */
static int32_t filter_units(UChar *units, int32_t n)
{
	int32_t kept = 0;
	for (int32_t i = 0, step = 1; i < n; i += step) {
		UChar32 c = units[i];
		bool pair = (c & 0xfc00) == 0xd800 && i + 1 < n && (units[i + 1] & 0xfc00) == 0xdc00;
		step = pair ? 2 : 1;
		if (pair)
			c = 0x10000 + ((c - 0xd800) << 10) + (units[i + 1] - 0xdc00);
		if (is_dropped(c))
			continue;
		if (!u_isalnum(c)) {
			units[kept++] = ' ';
			continue;
		}
		for (int32_t k = 0; k < step; k++)
			units[kept++] = units[i + k];
	}
	return kept;
}

static void fold_unicode(struct str text, struct folded *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar units[FOLD_UNITS];
	UChar folded[FOLD_UNITS];
	char bytes[3 * FOLD_UNITS];
	int32_t n = 0;
	/* Bytes that are no text become the replacement character, which is a gap. */
	u_strFromUTF8WithSub(units, FOLD_UNITS, &n, text.p, (int32_t)text.n, 0xfffd, NULL, &status);
	n = u_strFoldCase(folded, FOLD_UNITS, units, n, U_FOLD_CASE_DEFAULT, &status);
	n = unorm2_normalize(unorm2_getNFKDInstance(&status), folded, n, units, FOLD_UNITS, &status);
	if (U_FAILURE(status))
		return;
	u_strToUTF8(bytes, sizeof bytes, &n, units, filter_units(units, n), &status);
	if (U_SUCCESS(status))
		split_words((struct str){bytes, (size_t)n}, out);
}

void client_fold(struct str text, struct folded *out)
{
	char bytes[FOLD_UNITS];
	size_t n = 0;
	bool ascii = true;
	text = str_sub(text, 0, FOLD_UNITS);
	out->n = 0;
	/* Nearly all names are ASCII, and an import folds millions. */
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		ascii &= ((unsigned char)c & 0x80) == 0;
		if (c != '\'' && c != '.')
			bytes[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	}
	if (ascii)
		split_words((struct str){bytes, n}, out);
	else
		fold_unicode(text, out);
}

bool client_name_fits(const struct folded *name, const struct folded *typed)
{
	for (size_t i = 0; i < typed->n; i++) {
		const struct fold_word *t = &typed->words[i];
		bool found = false;
		for (size_t j = 0; j < name->n && !found; j++)
			found = t->n <= name->words[j].n && memcmp(t->p, name->words[j].p, t->n) == 0;
		if (!found)
			return false;
	}
	return typed->n > 0;
}

static int64_t token_of(const struct keys *keys, enum blind_purpose purpose, struct str text)
{
	char hash[BLIND_LEN];
	int64_t token;
	blind_index(keys, purpose, text, hash);
	memcpy(&token, hash, sizeof token);
	return token;
}

/* The same, remembered: names, dates and endings of numbers come again and again. */
static int64_t token_again(const struct keys *keys, struct token_cache *cache, enum blind_purpose purpose,
			   struct str text)
{
	if (cache == NULL || text.n > TOKEN_CACHE_TEXT)
		return token_of(keys, purpose, text);
	uint32_t hash = (uint32_t)purpose;
	for (size_t i = 0; i < text.n; i++)
		hash = (hash ^ (unsigned char)text.p[i]) * 0x01000193U;
	struct token_known *known = &cache->of[(hash ^ hash >> 16) % TOKEN_CACHE_SIZE];
	if (known->purpose != purpose || known->n != text.n || memcmp(known->text, text.p, text.n) != 0) {
		known->token = token_of(keys, purpose, text);
		known->purpose = (uint8_t)purpose;
		known->n = (uint8_t)text.n;
		memcpy(known->text, text.p, text.n);
	}
	return known->token;
}

/* Where the first `letters` letters of the word end; 0 where it has fewer. */
static size_t letters_end(const struct fold_word *w, size_t letters)
{
	size_t seen = 0;
	for (size_t i = 0; i < w->n; i++)
		if (((unsigned char)w->p[i] & 0xc0) != 0x80 && seen++ == letters)
			return i;
	return seen == letters ? w->n : 0;
}

static size_t name_tokens(const struct keys *keys, struct token_cache *cache, struct str text, int64_t *out, size_t n,
			  size_t most)
{
	struct folded f;
	client_fold(text, &f);
	for (size_t i = 0; i < f.n; i++) {
		const struct fold_word *w = &f.words[i];
		if (letters_end(w, beginnings[0]) == 0 && n < most)
			out[n++] = token_again(keys, cache, BLIND_NAME_TOKEN, (struct str){w->p, w->n});
		for (size_t k = 0; k < sizeof beginnings / sizeof beginnings[0]; k++) {
			size_t end = letters_end(w, beginnings[k]);
			if (end > 0 && n < most)
				out[n++] = token_again(keys, cache, BLIND_NAME_TOKEN, (struct str){w->p, end});
		}
	}
	return n;
}

static int64_t birth_token(const struct keys *keys, struct token_cache *cache, struct day birth)
{
	char text[DAY_TEXT];
	return token_again(keys, cache, BLIND_DOB, str_from(day_text(birth, text)));
}

size_t client_tokens(const struct keys *keys, struct token_cache *cache, const struct client_name *name, struct str ssn,
		     struct day birth, int64_t out[CLIENT_TOKENS])
{
	size_t n = name_tokens(keys, cache, name->first, out, 0, CLIENT_TOKENS - 2);
	n = name_tokens(keys, cache, name->last, out, n, CLIENT_TOKENS - 2);
	n = name_tokens(keys, cache, name->middle, out, n, CLIENT_TOKENS - 2);
	struct str ssn4 = client_ssn4(ssn);
	if (ssn4.n > 0)
		out[n++] = token_again(keys, cache, BLIND_SSN4, ssn4);
	if (day_known(birth))
		out[n++] = birth_token(keys, cache, birth);
	return n;
}

/* What has to be looked up for a typed text: all of the tokens must fit. */
static size_t typed_tokens(const struct keys *keys, struct str typed, int64_t out[FOLD_WORDS])
{
	struct day day;
	if (day_parse(typed, &day)) {
		out[0] = birth_token(keys, NULL, day);
		return 1;
	}
	char digits[9];
	size_t n = 0;
	for (size_t i = 0; i < typed.n; i++) {
		if (typed.p[i] == '-' || typed.p[i] == ' ')
			continue;
		if (typed.p[i] < '0' || typed.p[i] > '9' || n == sizeof digits)
			break;
		digits[n++] = typed.p[i];
	}
	if (n == 4 || n == 9) {
		out[0] = token_of(keys, BLIND_SSN4, (struct str){digits + n - 4, 4});
		return 1;
	}
	struct folded f;
	client_fold(typed, &f);
	for (size_t i = 0; i < f.n; i++) {
		size_t end = f.words[i].n;
		for (size_t k = 0; k < sizeof beginnings / sizeof beginnings[0]; k++) {
			size_t e = letters_end(&f.words[i], beginnings[k]);
			end = e > 0 ? e : end;
		}
		out[i] = token_of(keys, BLIND_NAME_TOKEN, (struct str){f.words[i].p, end});
	}
	return f.n;
}

static int number_compare(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x;
	int64_t b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

/* The clients of one token, ascending, each once. */
static err_t token_clients(struct db *db, struct arena *a, int64_t now, int64_t token, int64_t **out, size_t *n)
{
	struct q_client_token *rows;
	size_t rows_n;
	TRY(q_client_token(db, a, token, now, &rows, &rows_n));
	size_t room = 1;
	for (size_t i = 0; i < rows_n; i++)
		room += rows[i].clients.n;
	int64_t *found = arena_many(a, room, int64_t);
	size_t all = 0;
	for (size_t i = 0; i < rows_n; i++) {
		struct str rest = rows[i].clients;
		uint64_t client = 0;
		for (uint64_t step; varint_get(&rest, &step);) {
			client += step;
			found[all++] = (int64_t)client;
		}
	}
	qsort(found, all, sizeof *found, number_compare);
	*n = 0;
	for (size_t i = 0; i < all; i++)
		if (*n == 0 || found[*n - 1] != found[i])
			found[(*n)++] = found[i];
	*out = found;
	return NULL;
}

err_t client_candidates(struct db *db, struct arena *a, const struct keys *keys, int64_t now, struct str typed,
			int64_t **clients, size_t *n)
{
	int64_t tokens[FOLD_WORDS];
	size_t tokens_n = typed_tokens(keys, str_trim(typed), tokens);
	int64_t *kept = arena_many(a, 0, int64_t);
	size_t kept_n = 0;
	for (size_t t = 0; t < tokens_n; t++) {
		int64_t *these;
		size_t these_n;
		TRY(token_clients(db, a, now, tokens[t], &these, &these_n));
		if (t == 0) {
			kept = these;
			kept_n = these_n;
			continue;
		}
		size_t both = 0;
		for (size_t i = 0, j = 0; i < kept_n && j < these_n;) {
			if (kept[i] == these[j]) {
				kept[both++] = kept[i++];
				j++;
			} else if (kept[i] < these[j]) {
				i++;
			} else {
				j++;
			}
		}
		kept_n = both;
	}
	*clients = kept;
	*n = kept_n;
	return NULL;
}
