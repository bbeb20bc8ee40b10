/*
 * Two states of a zone, apart by a NUL: a state does not differ from itself, and what one has that
 * the other has not is the same from both sides.
 */
#include "zone/whole/delta.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BYTES_MAX = 1 << 13 };

static const char head[] = "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns.example.net.\n";

static void require(bool holds)
{
	if (!holds) {
		abort();
	}
}

/* Nothing is included. */
static bool read_nothing(void *context, struct zm_arena *arena, const char *path,
			 struct zm_source *source)
{
	(void)context;
	(void)arena;
	(void)path;
	(void)source;
	return false;
}

static struct zm_delta compare(struct zm_arena *arena, struct zm_source *before,
			       struct zm_source *after)
{
	static const struct zm_files files = {read_nothing, NULL};
	struct zm_name_buf name;
	struct zm_delta delta;
	const char *why;
	require(zm_name_from_domain(&name, ZM_STR("example.com"), &why));
	const struct zm_load_options load = {.origin = zm_name_of(&name), .files = &files};
	const struct zm_reading old = {before, &load};
	const struct zm_reading new = {after, &load};
	zm_delta_find(&delta, arena, &old, &new);
	require(delta.added + delta.removed == 0 || zm_name_is_set(delta.owner));
	return delta;
}

static struct zm_source state_of(struct zm_arena *arena, struct zm_str text)
{
	struct zm_str bytes = zm_arena_printf(arena, "%s", head);
	char *all = zm_arena_alloc(arena, bytes.len + text.len + 1);
	memcpy(all, bytes.data, bytes.len);
	memcpy(all + bytes.len, text.data, text.len);
	return (struct zm_source){.name = "example.com", .bytes = {all, bytes.len + text.len}};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_str text = {(const char *)data, size};
	struct zm_arena arena = {0};
	if (size == 0 || size > BYTES_MAX) {
		return 0;
	}
	size_t middle = zm_str_find(text, (struct zm_str){"", 1}, 0);
	middle = middle == SIZE_MAX ? size / 2 : middle;
	struct zm_source a = state_of(&arena, zm_str_sub(text, 0, middle));
	struct zm_source b = state_of(&arena, zm_str_sub(text, middle + 1, size));
	struct zm_delta there = compare(&arena, &a, &b);
	struct zm_delta back = compare(&arena, &b, &a);
	require(there.added == back.removed && there.removed == back.added);
	struct zm_delta none = compare(&arena, &a, &a);
	require(none.added + none.removed == 0);
	zm_arena_release(&arena);
	return 0;
}
