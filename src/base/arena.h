/*
 * arena: memory for everything that belongs to one zone, released together, nothing alone.
 * What an arena gave stays valid until zm_arena_release(); nothing in it may be freed or
 *reallocated.
 *
 *	struct zm_arena arena = {0};
 *	struct zm_str copy = zm_arena_copy(&arena, text);
 *	zm_arena_defer(&arena, free_rr, rr);        (runs at release, last deferred first)
 *	zm_arena_release(&arena);                   (empty again, may be used again)
 *
 * No function here fails: when memory ends, zm_out_of_memory() ends the process with status 3. That
 *is safe at any moment, because files are replaced by rename only.
 */
#ifndef ZM_BASE_ARENA_H
#define ZM_BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>

struct zm_arena {
	struct zm_arena_block *block;
	struct zm_arena_deferred *deferred;
	size_t used; /* bytes of the newest block */
};

enum { ZM_THREAD_ROOM = 128 }; /* so far apart are things of two threads that share no cache line */

/* One of several in a row, one a thread. */
struct zm_own_arena {
	struct zm_arena arena;
	char apart[ZM_THREAD_ROOM - sizeof(struct zm_arena)];
};

_Noreturn void zm_out_of_memory(void);

/* Zeroed, aligned for any type. A size of 0 gives a valid pointer. */
void *zm_arena_alloc(struct zm_arena *arena, size_t size);

/* As zm_arena_alloc(count * size), where the product may not overflow. */
void *zm_arena_array(struct zm_arena *arena, size_t count, size_t size);

/*
 * Room for one more item at the end of an array: returns `items`, or a larger copy of it when
 * `count` has reached `*capacity`. The old array stays readable.  list = zm_arena_grow(arena, list,
 * count, &capacity, sizeof(*list)); list[count++] = item;
 */
void *zm_arena_grow(struct zm_arena *arena, void *items, size_t count, size_t *capacity,
		    size_t size);

/* The copy ends in a NUL that its length does not count. */
struct zm_str zm_arena_copy(struct zm_arena *arena, struct zm_str s);
struct zm_str zm_arena_printf(struct zm_arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct zm_str zm_arena_vprintf(struct zm_arena *arena, const char *format, va_list args);

void zm_arena_defer(struct zm_arena *arena, void (*release)(void *), void *thing);

/*
 * What an arena has given since a mark was set can be given back at once, the rest stays:
 *	struct zm_arena_mark mark = zm_arena_mark(&arena); ... zm_arena_rewind(&arena, mark);
 * Nothing may have been adopted or deferred in between.
 */
struct zm_arena_mark {
	struct zm_arena_block *block;
	size_t used;
};

struct zm_arena_mark zm_arena_mark(const struct zm_arena *arena);
void zm_arena_rewind(struct zm_arena *arena, struct zm_arena_mark mark);

/* Takes over all that `from` holds, which is empty afterwards: what it gave lives on here. */
void zm_arena_adopt(struct zm_arena *arena, struct zm_arena *from);

void zm_arena_release(struct zm_arena *arena);

/* The same, but that some memory is kept for what comes next. */
void zm_arena_reset(struct zm_arena *arena);

/*
 * A supply is where one thread gets the memory of many small arenas, one beside the other in large
 * pages, so that each costs what it holds and no more:
 *
 *	struct zm_supply supply = {0};
 *	zm_supply_lend(&supply, &arena); ... zm_arena_alloc(&arena, ...) ...
 *zm_supply_settle(&supply, &arena); zm_arena_release(&arena);      (in any order, by any thread)
 *	zm_supply_release(&supply);    (last: what the arenas gave is gone now)
 *
 * It lends to one arena at a time, to the same one again later if need be. Where the arena is
 * released before it settles, it has cost nothing.
 */
struct zm_supply {
	struct zm_arena_block *page;
	struct zm_arena_block *loan;
	size_t used;        /* bytes of the newest page */
	size_t used_before; /* of the arena's block before the loan */
};

void zm_supply_lend(struct zm_supply *supply, struct zm_arena *arena);
void zm_supply_settle(struct zm_supply *supply, struct zm_arena *arena);
void zm_supply_release(struct zm_supply *supply);

#endif
