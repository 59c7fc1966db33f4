#include "app/import_spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

enum { BLOCK = 64 << 10 };

/* A full block: in memory, or at this place of the file. */
struct block {
	char *p;
	uint64_t at;
};

/* What one worker added to one part. */
struct chain {
	struct block *blocks;
	size_t n, room;
	char *open; /* the block being filled */
	size_t used;
};

struct spool {
	unsigned parts, workers;
	int file;
	const char *folder;
	atomic_size_t in_memory; /* blocks */
	_Atomic uint64_t in_file;
	struct chain *chains; /* by worker, then part */
};

static err_t no_memory(struct arena *a)
{
	return err_internal(a, "no memory to read an export");
}

/* A file that no name leads to. Where the file system has no such thing, a name that is taken away
 * at once. */
static int open_nameless(struct arena *a, const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
	struct str name = str_fmt(a, "%s/.import.XXXXXX", folder);
	char *path = arena_many(a, name.n + 1, char);
	memcpy(path, name.p, name.n);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

err_t spool_new(struct arena *a, struct str folder, unsigned parts, unsigned workers, struct spool **out)
{
	struct spool *s = calloc(1, sizeof *s);
	struct chain *chains = calloc((size_t)parts * workers, sizeof *chains);
	if (s == NULL || chains == NULL) {
		free(s);
		free(chains);
		return no_memory(a);
	}
	s->parts = parts;
	s->workers = workers;
	s->chains = chains;
	s->folder = str_c(a, folder.n > 0 ? folder : S("."));
	s->file = open_nameless(a, s->folder);
	if (s->file < 0) {
		err_t e = err_new(a, ERR_INVALID, "The folder %s cannot be written: %s.", s->folder, strerror(errno));
		spool_free(&s);
		return e;
	}
	*out = s;
	return NULL;
}

void spool_free(struct spool **s)
{
	if (*s == NULL)
		return;
	for (size_t i = 0; i < (size_t)(*s)->parts * (*s)->workers; i++) {
		struct chain *c = &(*s)->chains[i];
		for (size_t k = 0; k < c->n; k++)
			free(c->blocks[k].p);
		free(c->blocks);
		free(c->open);
	}
	if ((*s)->file >= 0)
		close((*s)->file);
	free((*s)->chains);
	free(*s);
	*s = NULL;
}

static err_t write_block(struct spool *s, struct arena *a, const char *p, uint64_t at)
{
	for (size_t done = 0; done < BLOCK;) {
		ssize_t n = pwrite(s->file, p + done, BLOCK - done, (off_t)(at + done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_with_detail(
				a,
				err_new(a, ERR_INTERNAL,
					"The disk is full. Nothing was saved; make room and try again."),
				str_fmt(a, "spool in %s: %s", s->folder, strerror(n < 0 ? errno : ENOSPC)));
		done += (size_t)n;
	}
	return NULL;
}

/* The open block is full: it stays in memory or goes to the file, and a new one is opened. */
static err_t close_block(struct spool *s, struct arena *a, struct chain *c)
{
	if (c->n == c->room) {
		c->room = c->room == 0 ? 8 : 2 * c->room;
		struct block *grown = realloc(c->blocks, c->room * sizeof *grown);
		if (grown == NULL)
			return no_memory(a);
		c->blocks = grown;
	}
	struct block *b = &c->blocks[c->n];
	*b = (struct block){0};
	if (atomic_fetch_add(&s->in_memory, 1) < SPOOL_MEMORY / BLOCK) {
		b->p = c->open;
		c->open = NULL;
	} else {
		b->at = atomic_fetch_add(&s->in_file, 1) * BLOCK;
		TRY(write_block(s, a, c->open, b->at));
	}
	c->n++;
	c->used = 0;
	return NULL;
}

err_t spool_add(struct spool *s, struct arena *a, unsigned worker, unsigned part, const void *p, size_t n)
{
	struct chain *c = &s->chains[(size_t)worker * s->parts + part];
	const char *from = p;
	while (n > 0) {
		if (c->used == BLOCK)
			TRY(close_block(s, a, c));
		if (c->open == NULL) {
			c->open = malloc(BLOCK);
			if (c->open == NULL)
				return no_memory(a);
		}
		size_t take = n < BLOCK - c->used ? n : BLOCK - c->used;
		memcpy(c->open + c->used, from, take);
		c->used += take;
		from += take;
		n -= take;
	}
	return NULL;
}

size_t spool_size(const struct spool *s, unsigned part)
{
	size_t n = 0;
	for (unsigned w = 0; w < s->workers; w++) {
		const struct chain *c = &s->chains[(size_t)w * s->parts + part];
		n += c->n * BLOCK + c->used;
	}
	return n;
}

static err_t read_block(struct spool *s, struct arena *a, const struct block *b, char *to)
{
	if (b->p != NULL) {
		memcpy(to, b->p, BLOCK);
		return NULL;
	}
	for (size_t done = 0; done < BLOCK;) {
		ssize_t n = pread(s->file, to + done, BLOCK - done, (off_t)(b->at + done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_internal(a, "spool in %s cannot be read: %s", s->folder, strerror(errno));
		done += (size_t)n;
	}
	return NULL;
}

err_t spool_read(struct spool *s, struct arena *a, unsigned part, char *to)
{
	for (unsigned w = 0; w < s->workers; w++) {
		const struct chain *c = &s->chains[(size_t)w * s->parts + part];
		for (size_t i = 0; i < c->n; i++, to += BLOCK)
			TRY(read_block(s, a, &c->blocks[i], to));
		if (c->used > 0)
			memcpy(to, c->open, c->used);
		to += c->used;
	}
	return NULL;
}
