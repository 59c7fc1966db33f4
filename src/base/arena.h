/* Memory with a lifetime instead of an owner.
 *
 * An arena belongs to one request, one command or one job and is used by one thread. What it
 * hands out is zeroed and lives until the arena is reset, rewound or freed; nothing is freed
 * one by one. Memory that goes back is wiped, because it may have held a name.
 *
 * An arena has a hard cap. Asking for more than the cap (or for more than the machine has) does
 * not return: control goes to the frame that called ARENA_GUARD on it, or, where there is none,
 * the process stops with a message. So no caller checks for NULL.
 *
 * Drawbacks, said first: memory that is outgrown (a buffer that moves) stays until the reset;
 * and a frame between a guard and an allocation is skipped, so what it holds outside the arena
 * must be reachable by the guard (a database connection is: its pool rolls it back).
 *
 *     struct arena *a = arena_new("request", 8 << 20);
 *     struct day *days = arena_many(a, 36, struct day);
 *     arena_free(&a);
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new arena of at most `cap` bytes; `what` is a literal that names it in messages. */
struct arena *arena_new(const char *what, size_t cap);

/* Wipes and releases everything and sets *a to NULL; NULL inside is allowed. */
void arena_free(struct arena **a);

/* Wipes everything that was handed out; the arena can be used again. */
void arena_reset(struct arena *a);

/* `n` objects of `size` bytes, zeroed, aligned for any type; n == 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t n, size_t size) __attribute__((returns_nonnull, malloc));

#define arena_one(a, T) ((T *)arena_alloc((a), 1, sizeof(T)))
#define arena_many(a, n, T) ((T *)arena_alloc((a), (n), sizeof(T)))

/* Makes what was handed out last longer, where it lies: `p` had `from` bytes and gets `to`, the new ones
 * zeroed. False where something was handed out after it or no room is left behind it: nothing changed. */
bool arena_extend(struct arena *a, const void *p, size_t from, size_t to);

/* Bytes handed out and not yet given back. */
size_t arena_used(const struct arena *a);

/* A place to go back to: everything allocated after the mark is wiped and reused. Marks nest. */
struct arena_mark {
	size_t used;
	const void *block;
	size_t block_used;
};
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

/* Catches an exhausted arena: the statement after a true ARENA_GUARD runs when an allocation did
 * not fit. The guard holds until arena_unguard or the end of the function that set it, whichever
 * is first; that function must call arena_unguard on every way out. */
#define ARENA_GUARD(a) (setjmp(*arena_guard_slot(a)) != 0)
jmp_buf *arena_guard_slot(struct arena *a);
void arena_unguard(struct arena *a);

#endif
