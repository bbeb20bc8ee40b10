/*
 * Whatever the bytes: tokens touch, entries touch, together they are the file; and reading them as
 * a zone ends without a fault of memory, with all places inside the file.
 */
#include "zone/load.h"
#include "zone/scan.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_scan(struct zm_str bytes)
{
	struct zm_scan scan = zm_scan_start(bytes);
	struct zm_entry entry;
	size_t at = 0;
	while (zm_scan_next(&scan, &entry)) {
		require(entry.at.start == at && entry.count > 0);
		for (size_t i = 0; i < entry.count; i++) {
			require(entry.token[i].start == at && entry.token[i].end > at);
			at = entry.token[i].end;
		}
		require(entry.at.end == at);
		require(entry.fault == ZM_SCAN_GOOD || entry.fault_at.end <= at);
	}
	require(at == bytes.len);
	zm_scan_release(&scan);
}

static bool lies_inside(struct zm_span span, struct zm_str bytes)
{
	return span.start <= span.end && span.end <= bytes.len;
}

static void check_text(const struct zm_text *text, struct zm_str bytes)
{
	for (size_t i = 0; i <= text->bytes.len; i++) {
		struct zm_span place = zm_text_place(text, (struct zm_span){i, i});
		require(lies_inside(place, bytes));
	}
	struct zm_span whole = {0, text->bytes.len};
	require(lies_inside(zm_text_place(text, whole), bytes));
}

static void check_zone(struct zm_str bytes)
{
	struct zm_arena arena = {0};
	struct zm_source source = {.name = "example.com.zone", .bytes = bytes};
	/* A root that is no folder: no $INCLUDE may open anything. */
	const struct zm_load_options options = {.keep = UINT64_MAX, .root = "/nonexistent"};
	const struct zm_zone *zone = zm_zone_load(&arena, &source, &options);
	for (size_t i = 0; i < zone->fault_count; i++) {
		require(lies_inside(zone->fault[i].at, bytes));
	}
	for (size_t i = 0; i < zone->record_count; i++) {
		const struct zm_record *record = zm_zone_record(zone, &arena, i);
		require(lies_inside(record->at, bytes) && lies_inside(record->type_at, bytes));
		if (record->text != NULL && record->text->bytes.len < 4096) {
			check_text(record->text, bytes);
		}
	}
	zm_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_str bytes = {(const char *)data, size};
	check_scan(bytes);
	check_zone(bytes);
	return 0;
}
