#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct zm_arena_block {
	struct zm_arena_block *older;
	size_t size;
	max_align_t bytes[];
};

enum {
	FIRST_BLOCK = 4096,
	HUGE_PAGE = 1 << 21,
	LARGEST_STEP = HUGE_PAGE - sizeof(struct zm_arena_block),
};

struct zm_arena_deferred {
	struct zm_arena_deferred *older;
	void (*release)(void *);
	void *thing;
};

_Noreturn void zm_out_of_memory(void)
{
	fputs("zonemend: out of memory\n", stderr);
	_Exit(3);
}

/* A page of its own, zeroed by the system: where a zone's records take megabytes, getting them in
 * pages of 4 KiB costs more time than filling them. */
static struct zm_arena_block *new_huge_block(void)
{
	char *twice = mmap(NULL, (size_t)2 * HUGE_PAGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (twice == MAP_FAILED) {
		return NULL;
	}
	size_t before = HUGE_PAGE - (uintptr_t)twice % HUGE_PAGE;
	char *block = twice + before;
	munmap(twice, before);
	if (before < HUGE_PAGE) {
		munmap(block + HUGE_PAGE, HUGE_PAGE - before);
	}
	madvise(block, HUGE_PAGE, MADV_HUGEPAGE); /* a wish: where it fails, nothing is lost */
	return (struct zm_arena_block *)(void *)block;
}

static void free_block(struct zm_arena_block *block)
{
	if (block->size == LARGEST_STEP) {
		munmap(block, HUGE_PAGE);
	} else {
		free(block);
	}
}

/* Blocks double, so that a small zone costs one and a large one few; one large piece gets a block
 * of its own size. */
static void add_block(struct zm_arena *arena, size_t size)
{
	size_t wanted = arena->block == NULL ? FIRST_BLOCK : arena->block->size * 2;
	if (wanted > LARGEST_STEP) {
		wanted = LARGEST_STEP;
	}
	if (wanted < size) {
		wanted = size;
	}
	if (wanted > SIZE_MAX - sizeof(struct zm_arena_block)) {
		zm_out_of_memory();
	}
	struct zm_arena_block *block =
		wanted == LARGEST_STEP ? new_huge_block() : calloc(1, sizeof(*block) + wanted);
	if (block == NULL) {
		zm_out_of_memory();
	}
	block->older = arena->block;
	block->size = wanted;
	arena->block = block;
	arena->used = 0;
}

void *zm_arena_alloc(struct zm_arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	if (size > SIZE_MAX - align) {
		zm_out_of_memory();
	}
	size = (size + align - 1) / align * align;
	if (arena->block == NULL || arena->block->size - arena->used < size) {
		add_block(arena, size);
	}
	void *piece = (char *)arena->block->bytes + arena->used;
	arena->used += size;
	return piece;
}

void *zm_arena_array(struct zm_arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size) {
		zm_out_of_memory();
	}
	return zm_arena_alloc(arena, count * size);
}

void *zm_arena_grow(struct zm_arena *arena, void *items, size_t count, size_t *capacity,
		    size_t size)
{
	if (count < *capacity) {
		return items;
	}
	size_t larger = *capacity == 0 ? 8 : *capacity * 2;
	void *copy = zm_arena_array(arena, larger, size);
	if (count > 0) {
		memcpy(copy, items, count * size);
	}
	*capacity = larger;
	return copy;
}

struct zm_str zm_arena_copy(struct zm_arena *arena, struct zm_str s)
{
	char *copy = zm_arena_array(arena, s.len + 1, 1);
	if (s.len > 0) {
		memcpy(copy, s.data, s.len);
	}
	return (struct zm_str){copy, s.len};
}

struct zm_str zm_arena_vprintf(struct zm_arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	size_t size = len < 0 ? 0 : (size_t)len;
	char *text = zm_arena_array(arena, size + 1, 1);
	vsnprintf(text, size + 1, format, again);
	va_end(again);
	return (struct zm_str){text, size};
}

struct zm_str zm_arena_printf(struct zm_arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct zm_str text = zm_arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void zm_arena_defer(struct zm_arena *arena, void (*release)(void *), void *thing)
{
	struct zm_arena_deferred *deferred = zm_arena_alloc(arena, sizeof(*deferred));
	*deferred = (struct zm_arena_deferred){arena->deferred, release, thing};
	arena->deferred = deferred;
}

struct zm_arena_mark zm_arena_mark(const struct zm_arena *arena)
{
	return (struct zm_arena_mark){arena->block, arena->used};
}

/* The newest block stays, so that a loop of marks and rewinds costs no malloc(). */
void zm_arena_rewind(struct zm_arena *arena, struct zm_arena_mark mark)
{
	struct zm_arena_block *newest = arena->block;
	size_t keep = mark.used;
	if (newest == NULL) {
		return;
	}
	while (newest != mark.block && newest->older != mark.block) {
		struct zm_arena_block *block = newest->older;
		newest->older = block->older;
		free_block(block);
	}
	if (newest != mark.block) {
		keep = 0;
	}
	memset((char *)newest->bytes + keep, 0, arena->used - keep);
	arena->used = keep;
}

/* The blocks go behind the newest one, which is still being filled. */
static void adopt_blocks(struct zm_arena *arena, struct zm_arena *from)
{
	struct zm_arena_block *oldest = from->block;
	if (arena->block == NULL) {
		arena->block = from->block;
		arena->used = from->used;
		return;
	}
	while (oldest->older != NULL) {
		oldest = oldest->older;
	}
	oldest->older = arena->block->older;
	arena->block->older = from->block;
}

static void adopt_deferred(struct zm_arena *arena, struct zm_arena *from)
{
	struct zm_arena_deferred **oldest = &from->deferred;
	while (*oldest != NULL) {
		oldest = &(*oldest)->older;
	}
	*oldest = arena->deferred;
	arena->deferred = from->deferred;
}

void zm_arena_adopt(struct zm_arena *arena, struct zm_arena *from)
{
	if (from->block != NULL) {
		adopt_blocks(arena, from);
		adopt_deferred(arena, from);
	}
	*from = (struct zm_arena){0};
}

static void run_deferred(struct zm_arena *arena)
{
	for (struct zm_arena_deferred *d = arena->deferred; d != NULL; d = d->older) {
		d->release(d->thing);
	}
	arena->deferred = NULL;
}

static void free_from(struct zm_arena_block *block)
{
	while (block != NULL) {
		struct zm_arena_block *older = block->older;
		free_block(block);
		block = older;
	}
}

void zm_arena_release(struct zm_arena *arena)
{
	run_deferred(arena);
	free_from(arena->block);
	*arena = (struct zm_arena){0};
}

void zm_arena_reset(struct zm_arena *arena)
{
	run_deferred(arena);
	if (arena->block != NULL) {
		free_from(arena->block->older);
		arena->block->older = NULL;
		memset(arena->block->bytes, 0, arena->used);
		arena->used = 0;
	}
}
