#include "base/arena.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* A block of a supply is freed with it. */
enum loan { NO_LOAN, LENT, SETTLED, GIVEN_BACK };

struct zm_arena_block {
	struct zm_arena_block *older;
	size_t size;
	enum loan loan;
	max_align_t bytes[];
};

enum {
	FIRST_BLOCK = 1024,
	FIRST_PAGE = 1 << 16, /* of a supply; each later one is twice as large, up to a huge page */
	LEAST_LOAN = 1 << 14,
	SMALL_TEXT = 256,   /* most that is printed is no longer, and printed once */
	FEW_ARE_LARGE = 32, /* bytes of an item: most lists of such have one or two */
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

/* What a block of `size` bytes takes in huge pages. */
static size_t huge_size(size_t size)
{
	return (sizeof(struct zm_arena_block) + size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
}

/* Pages of its own, zeroed by the system: where a zone's records take megabytes, getting them in
 * pages of 4 KiB costs more time than filling them. */
static struct zm_arena_block *new_huge_block(size_t size)
{
	size_t whole = huge_size(size);
	char *more = mmap(NULL, whole + HUGE_PAGE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (more == MAP_FAILED) {
		return NULL;
	}
	size_t before = HUGE_PAGE - (uintptr_t)more % HUGE_PAGE;
	char *block = more + before;
	munmap(more, before);
	if (before < HUGE_PAGE) {
		munmap(block + whole, HUGE_PAGE - before);
	}
	madvise(block, whole, MADV_HUGEPAGE); /* a wish: where it fails, nothing is lost */
	return (struct zm_arena_block *)(void *)block;
}

/* `used` bytes of the block were given out. */
static void free_block(struct zm_arena_block *block, size_t used)
{
	if (block->loan == LENT) {
		memset(block->bytes, 0, used);
		block->loan = GIVEN_BACK;
	} else if (block->loan != NO_LOAN) {
		return;
	} else if (block->size >= LARGEST_STEP) {
		munmap(block, huge_size(block->size));
	} else {
		free(block);
	}
}

static struct zm_arena_block *new_block(size_t size)
{
	struct zm_arena_block *block =
		size >= LARGEST_STEP ? new_huge_block(size) : calloc(1, sizeof(*block) + size);
	if (block == NULL) {
		zm_out_of_memory();
	}
	block->size = size;
	return block;
}

/* Blocks double, so that a small zone costs one and a large one few; one large piece gets a block
 * of its own size. */
static void add_block(struct zm_arena *arena, size_t size)
{
	bool is_first = arena->block == NULL || arena->block->loan != NO_LOAN;
	size_t wanted = is_first ? FIRST_BLOCK : arena->block->size * 2;
	if (arena->block != NULL && arena->block->loan == LENT) {
		arena->block->size = arena->used; /* the rest stays with the supply */
	}
	if (wanted > LARGEST_STEP) {
		wanted = LARGEST_STEP;
	}
	if (wanted < size) {
		wanted = size;
	}
	if (wanted > SIZE_MAX - sizeof(struct zm_arena_block) - (size_t)2 * HUGE_PAGE) {
		zm_out_of_memory();
	}
	struct zm_arena_block *block = new_block(wanted);
	block->older = arena->block;
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
	size_t first = size > FEW_ARE_LARGE ? 2 : 8;
	size_t larger = *capacity == 0 ? first : *capacity * 2;
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
	char small[SMALL_TEXT];
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(small, sizeof(small), format, args);
	size_t size = len < 0 ? 0 : (size_t)len;
	char *text = zm_arena_array(arena, size + 1, 1);
	if (size < sizeof(small)) {
		memcpy(text, small, size);
	} else {
		vsnprintf(text, size + 1, format, again);
	}
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
		free_block(block, block->size);
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

/* Of the newest block so much is used, of the others all. */
static void free_from(struct zm_arena_block *block, size_t used)
{
	while (block != NULL) {
		struct zm_arena_block *older = block->older;
		free_block(block, used);
		block = older;
		used = block == NULL ? 0 : block->size;
	}
}

void zm_arena_release(struct zm_arena *arena)
{
	run_deferred(arena);
	free_from(arena->block, arena->used);
	*arena = (struct zm_arena){0};
}

void zm_arena_reset(struct zm_arena *arena)
{
	run_deferred(arena);
	if (arena->block != NULL) {
		struct zm_arena_block *older = arena->block->older;
		free_from(older, older == NULL ? 0 : older->size);
		arena->block->older = NULL;
		memset(arena->block->bytes, 0, arena->used);
		arena->used = 0;
	}
}

/* ---- Supplies ---- */

static void add_page(struct zm_supply *supply)
{
	size_t size = supply->page == NULL ? FIRST_PAGE : supply->page->size * 2;
	struct zm_arena_block *page = new_block(size > LARGEST_STEP ? LARGEST_STEP : size);
	page->older = supply->page;
	supply->page = page;
	supply->used = 0;
}

/* What is left of the page is one block of the arena, for now. */
void zm_supply_lend(struct zm_supply *supply, struct zm_arena *arena)
{
	assert(supply->loan == NULL);
	if (supply->page == NULL || supply->page->size - supply->used < LEAST_LOAN) {
		add_page(supply);
	}
	char *free_bytes = (char *)supply->page->bytes + supply->used;
	struct zm_arena_block *loan = (struct zm_arena_block *)(void *)free_bytes;
	*loan = (struct zm_arena_block){
		.older = arena->block,
		.size = supply->page->size - supply->used - sizeof(*loan),
		.loan = LENT,
	};
	supply->loan = loan;
	supply->used_before = arena->used;
	arena->block = loan;
	arena->used = 0;
}

void zm_supply_settle(struct zm_supply *supply, struct zm_arena *arena)
{
	struct zm_arena_block *loan = supply->loan;
	assert(loan != NULL);
	supply->loan = NULL;
	if (arena->block == loan && arena->used == 0) {
		arena->block = loan->older;
		arena->used = supply->used_before;
		return;
	}
	if (arena->block == loan) {
		loan->size = arena->used;
	}
	if (loan->loan == LENT) {
		loan->loan = SETTLED;
		supply->used += sizeof(*loan) + loan->size;
	}
}

void zm_supply_release(struct zm_supply *supply)
{
	free_from(supply->page, supply->used);
	*supply = (struct zm_supply){0};
}
