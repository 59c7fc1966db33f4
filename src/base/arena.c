#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under the address sanitizer every allocation is its own block, so that a byte too far is seen. */
#if defined(__SANITIZE_ADDRESS__)
static const bool each_alone = true;
#else
static const bool each_alone = false;
#endif

enum { ALIGN = _Alignof(max_align_t), BLOCK_FIRST = 16 << 10, BLOCK_MOST = 1 << 20, BLOCK_KEPT = 512 << 10 };

struct block {
	struct block *older;
	size_t cap;
	size_t used;
	_Alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	const char *what;
	size_t cap;
	size_t used;
	struct block *newest;
	jmp_buf guard;
	bool guarded;
};

static void block_release(struct block *b)
{
	explicit_bzero(b->bytes, b->used);
	free(b);
}

struct arena *arena_new(const char *what, size_t cap)
{
	struct arena *a = calloc(1, sizeof *a);
	if (a == NULL) {
		fprintf(stderr, "byname: out of memory for %s\n", what);
		abort();
	}
	a->what = what;
	a->cap = cap;
	return a;
}

void arena_free(struct arena **a)
{
	if (*a == NULL)
		return;
	arena_reset(*a);
	if ((*a)->newest != NULL)
		block_release((*a)->newest);
	free(*a);
	*a = NULL;
}

void arena_reset(struct arena *a)
{
	/* A large block stays, so that a worker's arena does not go back to malloc per request. */
	struct block *kept = NULL;
	while (a->newest != NULL) {
		struct block *b = a->newest;
		a->newest = b->older;
		if (kept == NULL && b->cap <= BLOCK_KEPT)
			kept = b;
		else
			block_release(b);
	}
	if (kept != NULL) {
		explicit_bzero(kept->bytes, kept->used);
		kept->used = 0;
		kept->older = NULL;
	}
	a->newest = kept;
	a->used = 0;
}

static _Noreturn void exhausted(struct arena *a)
{
	if (a->guarded) {
		a->guarded = false;
		longjmp(a->guard, 1);
	}
	fprintf(stderr, "byname: memory for %s is used up (%zu bytes)\n", a->what, a->cap);
	abort();
}

static struct block *block_new(struct arena *a, size_t need)
{
	size_t cap = need;
	if (!each_alone) {
		size_t usual = a->newest == NULL ? BLOCK_FIRST : 2 * a->newest->cap;
		if (usual > BLOCK_MOST)
			usual = BLOCK_MOST;
		if (cap < usual)
			cap = usual;
	}
	struct block *b = calloc(1, sizeof *b + cap);
	if (b == NULL)
		exhausted(a);
	b->cap = cap;
	b->older = a->newest;
	a->newest = b;
	return b;
}

static size_t rounded(size_t n)
{
	return (n + ALIGN - 1) / ALIGN * ALIGN;
}

void *arena_alloc(struct arena *a, size_t n, size_t size)
{
	size_t want;
	if (__builtin_mul_overflow(n, size, &want) || want > a->cap - a->used)
		exhausted(a);
	size_t need = rounded(want);
	if (each_alone)
		need = want == 0 ? 1 : want;
	if (need > a->cap - a->used)
		exhausted(a);
	struct block *b = a->newest;
	if (b == NULL || b->cap - b->used < need || each_alone)
		b = block_new(a, need);
	void *p = b->bytes + b->used;
	b->used += need;
	a->used += need;
	return p;
}

bool arena_extend(struct arena *a, const void *p, size_t from, size_t to)
{
	struct block *b = a->newest;
	if (each_alone || b == NULL || to > a->cap)
		return false;
	size_t more = rounded(to) - rounded(from);
	bool last = (const unsigned char *)p + rounded(from) == b->bytes + b->used;
	if (!last || more > b->cap - b->used || more > a->cap - a->used)
		return false;
	b->used += more;
	a->used += more;
	return true;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

struct arena_mark arena_mark(const struct arena *a)
{
	struct arena_mark m = {.used = a->used, .block = a->newest};
	if (a->newest != NULL)
		m.block_used = a->newest->used;
	return m;
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	while (a->newest != NULL && a->newest != mark.block) {
		struct block *b = a->newest;
		if (mark.block == NULL && b->older == NULL && !each_alone)
			break;
		a->newest = b->older;
		block_release(b);
	}
	if (a->newest != NULL) {
		size_t keep = a->newest == mark.block ? mark.block_used : 0;
		explicit_bzero(a->newest->bytes + keep, a->newest->used - keep);
		a->newest->used = keep;
	}
	a->used = mark.used;
}

jmp_buf *arena_guard_slot(struct arena *a)
{
	a->guarded = true;
	return &a->guard;
}

void arena_unguard(struct arena *a)
{
	a->guarded = false;
}
