/*
 * Plain lines that are skimmed, and a file that is read in pieces by two threads, give what walking
 * every line gives: the same faults, the same records, the same names. So with padding after the
 * last line, which is then skimmed too.
 */
#include "zone/load.h"
#include "zone/whole/names.h"
#include "zone/fast/skim.h"
#include "zone/walk.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MORE = 2048, BYTES_MAX = 1 << 13, PIECE = 100 };

static const char head[] = "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns.example.net.\n";

static void require(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void same_name(struct zm_name a, struct zm_name b)
{
	require(a.len == b.len && (a.len == 0 || memcmp(a.wire, b.wire, a.len) == 0));
}

static void same_span(struct zm_span a, struct zm_span b)
{
	require(a.start == b.start && a.end == b.end);
}

static void same_tokens(const struct zm_record *a, const struct zm_record *b)
{
	require(a->rdata_count == b->rdata_count);
	for (size_t i = 0; i < a->rdata_count; i++) {
		require(a->rdata[i].start == b->rdata[i].start &&
			a->rdata[i].end == b->rdata[i].end && a->rdata[i].kind == b->rdata[i].kind);
	}
}

static void same_text(const struct zm_text *a, const struct zm_text *b)
{
	require((a == NULL) == (b == NULL));
	if (a == NULL) {
		return;
	}
	require(zm_str_eq(a->bytes, b->bytes) && a->strings == b->strings &&
		a->generic == b->generic);
	for (size_t i = 0; i < a->strings; i++) {
		same_span(a->string[i].at, b->string[i].at);
		same_span(a->string[i].bytes, b->string[i].bytes);
		require(a->string[i].quoted == b->string[i].quoted);
	}
}

static void same_record(const struct zm_record *a, const struct zm_record *b)
{
	same_span(a->at, b->at);
	same_span(a->owner_at, b->owner_at);
	same_span(a->ttl_at, b->ttl_at);
	same_span(a->class_at, b->class_at);
	same_span(a->type_at, b->type_at);
	same_name(a->owner, b->owner);
	same_name(a->origin, b->origin);
	require(a->ttl == b->ttl && a->class == b->class && a->type == b->type);
	same_tokens(a, b);
	same_text(a->text, b->text);
}

static void same_faults(const struct zm_zone *a, const struct zm_zone *b, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		require(a->fault[i].kind == b->fault[i].kind &&
			a->fault[i].entry == b->fault[i].entry &&
			zm_str_eq(a->fault[i].message, b->fault[i].message));
		same_span(a->fault[i].at, b->fault[i].at);
		same_name(a->fault[i].owner, b->fault[i].owner);
	}
}

static bool has_long_string(const struct zm_text *text)
{
	size_t longest = 0;
	for (size_t i = 0; !text->generic && i < text->strings; i++) {
		size_t len = text->string[i].bytes.end - text->string[i].bytes.start;
		longest = len > longest ? len : longest;
	}
	return longest > ZM_STRING_MAX;
}

static bool is_wanted(const struct zm_zone *zone, uint64_t keep, const struct zm_record *record)
{
	bool at_apex = zm_name_eq(record->owner, zone->origin);
	bool is_spf = record->text != NULL &&
		      (zm_skim_mentions_spf(record->text->bytes) || has_long_string(record->text));
	return zm_keeps(keep, record->type) || record->type == ZM_TYPE_SOA ||
	       record->type == ZM_TYPE_SPF ||
	       (record->type == ZM_TYPE_TXT && (at_apex || is_spf)) ||
	       (record->type == ZM_TYPE_NS && at_apex);
}

/* What the load has made of the zone, against every record in turn. */
static void compare_with_walk(struct zm_source *source, const struct zm_load_options *options,
			      const struct zm_zone *zone)
{
	struct zm_arena arena = {0};
	struct zm_walk *walk = zm_walk_start(&arena, source, options);
	struct zm_names *names = zm_names_new(&arena);
	struct zm_record record;
	size_t kept = 0;
	while (zm_walk_next(walk, &record)) {
		zm_names_add(names, record.owner, record.type);
		unsigned kind = zm_kind_of(record.type);
		require((zm_names_kinds(zone->names, record.owner) & kind) == kind);
		if (is_wanted(zm_walk_zone(walk), options->keep, &record)) {
			require(kept < zone->record_count);
			same_record(&record, zm_zone_record(zone, &arena, kept++));
		}
	}
	const struct zm_zone *walked = zm_walk_zone(walk);
	require(kept == zone->record_count && walked->records_seen == zone->records_seen);
	require(walked->fault_count <= zone->fault_count);
	same_faults(walked, zone, walked->fault_count);
	require(zm_names_clashes(names) == zm_names_clashes(zone->names));
	zm_walk_end(walk);
	zm_arena_release(&arena);
}

static void check(struct zm_str bytes, bool is_padded, uint64_t keep)
{
	static struct zm_pool pool;
	static bool has_pool;
	struct zm_arena arena = {0};
	struct zm_source source = {"example.com.zone", bytes, .is_padded = is_padded};
	struct zm_load_options options = {.root = "/nonexistent", .keep = keep};
	if (!has_pool) {
		zm_pool_start(&pool, 2);
		has_pool = true;
	}
	const struct zm_zone *zone = zm_zone_load(&arena, &source, &options);
	if (zm_name_is_set(zone->origin)) {
		compare_with_walk(&source, &options, zone);
		options.pool = &pool;
		options.piece = PIECE;
		const struct zm_zone *joined = zm_zone_load(&arena, &source, &options);
		size_t both = joined->fault_count < zone->fault_count ? joined->fault_count
								      : zone->fault_count;
		same_faults(joined, zone, both);
		require(joined->fault_count == zone->fault_count);
		require(joined->loads == zone->loads && joined->complete == zone->complete &&
			joined->is_signed == zone->is_signed &&
			joined->has_digest == zone->has_digest);
		require((joined->soa == NULL) == (zone->soa == NULL) &&
			joined->spf_records == zone->spf_records);
		compare_with_walk(&source, &options, joined);
	}
	zm_arena_release(&arena);
}

/* The head and the input, and `more` bytes of `filler`. */
static char *make_bytes(const uint8_t *data, size_t size, size_t more, char filler)
{
	size_t len = sizeof(head) - 1 + size;
	char *bytes = malloc(len + more);
	require(bytes != NULL);
	memcpy(bytes, head, sizeof(head) - 1);
	if (size > 0) {
		memcpy(bytes + sizeof(head) - 1, data, size);
	}
	memset(bytes + len, filler, more);
	return bytes;
}

/* Without padding a line is skimmed only where more bytes follow; so some do. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint64_t keeps[] = {0, ZM_KEEP(ZM_TYPE_MX) | ZM_KEEP(ZM_TYPE_TXT),
					 ZM_KEEP_ALL};
	if (size > BYTES_MAX) {
		return 0;
	}
	uint64_t keep = keeps[size % (sizeof(keeps) / sizeof(keeps[0]))];
	size_t len = sizeof(head) - 1 + size;
	char *bytes = make_bytes(data, size, MORE, '\n');
	check((struct zm_str){bytes, len + MORE}, false, keep);
	free(bytes);
	bytes = make_bytes(data, size, ZM_SOURCE_PADDING, '\0');
	check((struct zm_str){bytes, len}, true, keep);
	free(bytes);
	return 0;
}
