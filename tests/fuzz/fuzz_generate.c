/*
 * Whatever stands behind $GENERATE: reading ends, makes no more records than its limits allow, and
 * every one of them, and every fault, has the directive for its place. The same bytes as a range
 * and a pattern of their own give what they give, or say why not.
 */
#include "zone/generate.h"
#include "zone/walk.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 400, RECORDS_MAX = 2000 }; /* of what is worth the time */

#define HEAD "$TTL 60\n@ SOA ns h 1 2 3 4 5\n$GENERATE "

static void require(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_range(struct zm_str text, bool *is_short)
{
	struct zm_generate_range range;
	*is_short = true;
	if (!zm_generate_range_parse(&range, text)) {
		return;
	}
	uint32_t count = zm_generate_count(&range);
	require(count >= 1 && range.step >= 1 && range.start <= range.stop);
	require((uint64_t)range.start + (uint64_t)(count - 1) * range.step <= range.stop);
	*is_short = count <= RECORDS_MAX || count > ZM_GENERATED_MAX;
}

static void check_pattern(struct zm_str pattern)
{
	static const uint32_t numbers[] = {0, 1, 255, 0x7fffffff};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		struct zm_buf out = {.max = 200 * INPUT_MAX};
		const char *why = NULL;
		bool good = zm_generate_add(&out, pattern, numbers[i], &why);
		require(good == (why == NULL) && !out.full);
		require(!good || out.len <= pattern.len * 128);
		zm_buf_release(&out);
	}
}

static void check_zone(struct zm_str bytes)
{
	struct zm_arena arena = {0};
	struct zm_source source = {.name = "example.com", .bytes = bytes};
	const struct zm_load_options options = {.root = "/nonexistent"};
	struct zm_walk *walk = zm_walk_start(&arena, &source, &options);
	struct zm_record record;
	size_t made = 0;
	while (zm_walk_next(walk, &record)) {
		made += record.source->made_by != NULL;
		require(record.source == &source || record.source->made_by == &source);
		require(record.at.end <= record.source->bytes.len);
		require(record.source->made_at.end <= bytes.len);
	}
	require(made <= ZM_GENERATED_MAX);
	const struct zm_zone *zone = zm_walk_zone(walk);
	for (size_t i = 0; i < zone->fault_count; i++) {
		require(zone->fault[i].source == &source && zone->fault[i].at.end <= bytes.len);
	}
	zm_walk_end(walk);
	zm_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_arena arena = {0};
	struct zm_str input = {(const char *)data, size};
	/* one directive: a second one may have a range that nobody looked at */
	if (size > INPUT_MAX || memchr(data, '$', size) == NULL ||
	    zm_str_find(input, ZM_STR("\n"), 0) != SIZE_MAX) {
		return 0;
	}
	bool is_short;
	size_t blank = zm_str_find(input, ZM_STR(" "), 0);
	check_range(zm_str_sub(input, 0, blank), &is_short);
	check_pattern(input);
	if (is_short && blank != SIZE_MAX && memchr(data, '\t', blank) == NULL) {
		check_zone(
			zm_arena_printf(&arena, HEAD "%.*s\na A 192.0.2.1\n", ZM_STR_ARG(input)));
	}
	zm_arena_release(&arena);
	return 0;
}
