/* pack OUT.c OUT.h FILE…: built assets become C that the server answers from.
 *
 * Each file is kept raw and, where that saves a tenth, compressed with gzip and brotli as hard as
 * can be, since that happens once. Its path holds a hash of its bytes: "app.css" is served as
 * "/assets/app.3f9a12ab90c4d7e1.css" and known to C as `asset_app_css`. Where a style sheet or
 * script names "/assets/NAME" of a file that stands before it on the command line, the hashed path
 * is put there, so fonts come first.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <brotli/encode.h>
#include <libdeflate.h>
#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"

enum { FILE_MAX = 4 << 20, FILES = 64, MEMORY = 512 << 20, HASH = 8, GZIP_LEVEL = 12 };

struct packed {
	struct str name;   /* "app.css" */
	struct str symbol; /* "app_css" */
	struct str path;
	struct str hash;
	const char *type;
	struct str plain;
	struct str gzip;
	struct str brotli;
};

static const struct {
	const char *ending;
	const char *type;
	bool text;
} types[] = {
	{".css", "text/css; charset=utf-8", true},
	{".js", "text/javascript; charset=utf-8", true},
	{".svg", "image/svg+xml", true},
	{".woff2", "font/woff2", false},
	{".png", "image/png", false},
	{".ico", "image/x-icon", false},
	{".txt", "text/plain; charset=utf-8", true},
};

static void say_failure(const char *file, const char *what)
{
	fprintf(stderr, "%s: %s\n", file, what);
}

static bool file_read(struct arena *a, const char *path, struct str *out)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return false;
	char *p = arena_many(a, FILE_MAX + 1, char);
	size_t n = fread(p, 1, FILE_MAX + 1, f);
	bool ok = ferror(f) == 0 && n <= FILE_MAX;
	fclose(f);
	*out = (struct str){p, n};
	return ok;
}

static bool file_write(const char *path, const struct buf *b)
{
	FILE *f = fopen(path, "wb");
	if (f == NULL)
		return false;
	bool ok = !b->full && fwrite(b->p, 1, b->n, f) == b->n;
	return fclose(f) == 0 && ok;
}

/* s with every "/assets/NAME" of the files packed so far replaced by its hashed path. */
static struct str with_hashed_paths(struct arena *a, struct str s, const struct packed *done, size_t done_n)
{
	struct buf b = buf_new(a, FILE_MAX);
	size_t at = 0;
	while (at < s.n) {
		struct str rest = str_sub(s, at, s.n - at);
		const struct packed *found = NULL;
		if (str_starts(rest, S("/assets/")))
			for (size_t i = 0; i < done_n && found == NULL; i++)
				if (str_starts(str_sub(rest, 8, rest.n - 8), done[i].name))
					found = &done[i];
		if (found == NULL) {
			buf_char(&b, s.p[at++]);
		} else {
			buf_str(&b, found->path);
			at += 8 + found->name.n;
		}
	}
	return buf_text(&b);
}

/* Empty where compression saves less than a tenth. */
static struct str worth_it(struct str compressed, size_t plain_n)
{
	return compressed.n > 0 && compressed.n < plain_n - plain_n / 10 ? compressed : (struct str){0};
}

static struct str gzip(struct arena *a, struct str s)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(GZIP_LEVEL);
	if (c == NULL)
		return (struct str){0};
	size_t room = libdeflate_gzip_compress_bound(c, s.n);
	char *p = arena_many(a, room, char);
	size_t n = libdeflate_gzip_compress(c, s.p, s.n, p, room);
	libdeflate_free_compressor(c);
	return worth_it((struct str){p, n}, s.n);
}

static struct str brotli(struct arena *a, struct str s, bool text)
{
	size_t n = BrotliEncoderMaxCompressedSize(s.n);
	uint8_t *p = arena_many(a, n, uint8_t);
	BrotliEncoderMode mode = text ? BROTLI_MODE_TEXT : BROTLI_MODE_GENERIC;
	if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, mode, s.n, (const uint8_t *)s.p, &n, p))
		return (struct str){0};
	return worth_it((struct str){(const char *)p, n}, s.n);
}

static struct str hash(struct arena *a, struct str s)
{
	unsigned char digest[crypto_generichash_BYTES];
	char *hex = arena_many(a, 2 * HASH + 1, char);
	crypto_generichash(digest, sizeof digest, (const unsigned char *)s.p, s.n, NULL, 0);
	sodium_bin2hex(hex, 2 * HASH + 1, digest, HASH);
	return (struct str){hex, 2 * HASH};
}

static struct str symbol(struct arena *a, struct str name)
{
	char *p = arena_many(a, name.n, char);
	for (size_t i = 0; i < name.n; i++)
		p[i] = (char)(isalnum((unsigned char)name.p[i]) ? name.p[i] : '_');
	return (struct str){p, name.n};
}

static bool pack(struct arena *a, const char *file, struct packed *all, size_t n)
{
	struct packed p = {0};
	const char *slash = strrchr(file, '/');
	p.name = str_from(slash == NULL ? file : slash + 1);
	bool text = false;
	size_t dot = p.name.n;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (!str_ends(p.name, str_from(types[i].ending)))
			continue;
		p.type = types[i].type;
		text = types[i].text;
		dot = p.name.n - strlen(types[i].ending);
	}
	if (p.type == NULL) {
		say_failure(file, "this kind of file has no content type in tools/pack.c");
		return false;
	}
	if (!file_read(a, file, &p.plain)) {
		say_failure(file, "cannot be read, or is larger than 4 MiB");
		return false;
	}
	if (text)
		p.plain = with_hashed_paths(a, p.plain, all, n);
	p.symbol = symbol(a, p.name);
	p.hash = hash(a, p.plain);
	p.path = str_fmt(a, "/assets/%.*s.%.*s%.*s", (int)dot, p.name.p, STR_ARG(p.hash), (int)(p.name.n - dot),
			 p.name.p + dot);
	p.gzip = gzip(a, p.plain);
	p.brotli = brotli(a, p.plain, text);
	all[n] = p;
	return true;
}

static void write_bytes(struct buf *b, const struct packed *p, const char *what, struct str s)
{
	if (s.n == 0)
		return;
	buf_fmt(b, "static const unsigned char %.*s_%s[] = {", STR_ARG(p->symbol), what);
	for (size_t i = 0; i < s.n; i++) {
		if (i % 32 == 0)
			buf_str(b, S("\n\t"));
		buf_i64(b, (unsigned char)s.p[i]);
		buf_char(b, ',');
	}
	buf_str(b, S("\n};\n"));
}

static void write_text_field(struct buf *b, const struct packed *p, const char *what, struct str s)
{
	if (s.n > 0)
		buf_fmt(b, "\t .%s = {(const char *)%.*s_%s, %zu},\n", what, STR_ARG(p->symbol), what, s.n);
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct packed *)a)->path, ((const struct packed *)b)->path);
}

static void write_source(struct buf *b, const char *header, const struct packed *all, size_t n)
{
	buf_fmt(b, "/* Packed from assets/ by tools/pack. */\n#include \"%s\"\n\n", header);
	for (size_t i = 0; i < n; i++) {
		write_bytes(b, &all[i], "plain", all[i].plain);
		write_bytes(b, &all[i], "gzip", all[i].gzip);
		write_bytes(b, &all[i], "brotli", all[i].brotli);
	}
	buf_str(b, S("\nconst struct asset assets[] = {\n"));
	for (size_t i = 0; i < n; i++) {
		buf_fmt(b, "\t{.path = \"%.*s\",\n\t .type = \"%s\",\n\t .etag = \"\\\"%.*s\\\"\",\n",
			STR_ARG(all[i].path), all[i].type, STR_ARG(all[i].hash));
		write_text_field(b, &all[i], "plain", all[i].plain);
		write_text_field(b, &all[i], "gzip", all[i].gzip);
		write_text_field(b, &all[i], "brotli", all[i].brotli);
		buf_str(b, S("\t},\n"));
	}
	buf_fmt(b, "};\nconst size_t assets_n = %zu;\n\n", n);
	for (size_t i = 0; i < n; i++)
		buf_fmt(b, "const struct url asset_%.*s = {{\"%.*s\", %zu}};\n", STR_ARG(all[i].symbol),
			STR_ARG(all[i].path), all[i].path.n);
}

static void write_header(struct buf *b, const struct packed *all, size_t n)
{
	buf_str(b, S("/* Packed from assets/ by tools/pack: the table for the server, sorted by path, and a name\n"
		     " * per file for templates. */\n#pragma once\n\n#include \"web/html.h\"\n#include "
		     "\"web/static.h\"\n\nextern const struct asset assets[];\nextern const size_t assets_n;\n\n"));
	for (size_t i = 0; i < n; i++)
		buf_fmt(b, "extern const struct url asset_%.*s;\n", STR_ARG(all[i].symbol));
}

int main(int argc, char **argv)
{
	static struct packed all[FILES];
	size_t n = 0;
	if (argc < 4 || argc - 3 > FILES || sodium_init() < 0) {
		fprintf(stderr, "usage: pack OUT.c OUT.h FILE... (at most %d)\n", FILES);
		return 2;
	}
	struct arena *a = arena_new("pack", MEMORY);
	int status = EXIT_FAILURE;
	while (n < (size_t)argc - 3 && pack(a, argv[n + 3], all, n))
		n++;
	if (n == (size_t)argc - 3) {
		struct buf source = buf_new(a, MEMORY / 4);
		struct buf header = buf_new(a, FILE_MAX);
		qsort(all, n, sizeof *all, by_path);
		write_source(&source, "web/assets.h", all, n);
		write_header(&header, all, n);
		if (file_write(argv[1], &source) && file_write(argv[2], &header))
			status = EXIT_SUCCESS;
		else
			say_failure(argv[1], "cannot be written");
	}
	arena_free(&a);
	return status;
}
