/*
 * dump: what zonemend read of a zone, one plain record a line, for BIND to read in its place.
 *
 *	dump FILE ORIGIN > RECORDS 2> FAULTS
 *
 * Directives are gone, includes stand in their place, every record has its owner, TTL, class and
 * type written out; its data is as written, below an $ORIGIN of its own. A record lost, an owner
 * or TTL taken from elsewhere, a word cut in two is then a difference between BIND's dump of these
 * records and its dump of the file. A fault is a line `FILE:LINE: message`. The status is 0 where
 * the zone loads, else 1.
 */
#include "base/file.h"
#include "zone/load.h"
#include "zone/walk.h"

#include <stdio.h>
#include <string.h>

static void print(struct zm_str text)
{
	fwrite(text.data, 1, text.len, stdout);
}

static void print_record(struct zm_arena *arena, const struct zm_record *record)
{
	struct zm_str origin = zm_name_text(arena, record->origin);
	struct zm_str owner = zm_name_text(arena, record->owner);
	printf("$ORIGIN %.*s\n%.*s %u TYPE%u", ZM_STR_ARG(origin), ZM_STR_ARG(owner),
	       (unsigned)record->ttl, (unsigned)record->type);
	for (size_t i = 0; i < record->rdata_count; i++) {
		const struct zm_token *token = &record->rdata[i];
		bool is_word = token->kind == ZM_WORD || token->kind == ZM_QUOTED;
		bool follows = i > 0 && token[-1].end == token->start &&
			       (token[-1].kind == ZM_WORD || token[-1].kind == ZM_QUOTED);
		if (is_word) {
			print(follows ? ZM_STR("") : ZM_STR(" "));
			print(zm_str_sub(record->source->bytes, token->start, token->end));
		}
	}
	putchar('\n');
}

static void print_fault(struct zm_source *source, size_t at, struct zm_str message)
{
	size_t line = zm_source_position(source, at).line;
	fprintf(stderr, "%s:%zu: %.*s\n", source->name, line, ZM_STR_ARG(message));
}

/* Those for which a server refuses the zone. */
static void print_faults(const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->fault_count; i++) {
		const struct zm_fault *fault = &zone->fault[i];
		if (!zm_fault_is_harmless(fault->kind)) {
			print_fault(fault->source, fault->at.start, fault->message);
		}
	}
	for (size_t i = 0; i < zone->odd_count; i++) {
		const struct zm_record *record = zone->odd[i];
		if (record->type == ZM_TYPE_SOA && record != zone->soa) {
			print_fault(record->source, record->at.start, ZM_STR("another SOA"));
		}
	}
}

/* What is to be filled in no server loads as it stands. */
static bool has_placeholder(const struct zm_zone *zone)
{
	return zone->soa != NULL && zone->soa->soa_data != NULL &&
	       zone->soa->soa_data->has_placeholder;
}

static void print_records(struct zm_source *source, const struct zm_load_options *options)
{
	struct zm_arena arena = {0};
	struct zm_walk *walk = zm_walk_start(&arena, source, options);
	struct zm_record record;
	while (zm_walk_next(walk, &record)) {
		struct zm_arena line = {0};
		print_record(&line, &record);
		zm_arena_release(&line);
	}
	zm_walk_end(walk);
	zm_arena_release(&arena);
}

int main(int argc, char **argv)
{
	struct zm_arena arena = {0};
	struct zm_file file;
	struct zm_error err = {{0}};
	struct zm_name_buf origin;
	const char *why;
	struct zm_name root = {(const uint8_t *)"", 1};
	if (argc != 3 || !zm_name_parse(&origin, zm_str_from(argv[2]), root, &why) ||
	    !zm_file_read(&file, &arena, argv[1], 0, &err)) {
		fprintf(stderr, "dump FILE ORIGIN: %s\n", err.text);
		return 2;
	}
	struct zm_source source = {.name = argv[1], .bytes = file.bytes};
	const struct zm_load_options options = {
		.origin = zm_name_of(&origin),
		.origin_from = ZM_ORIGIN_OPTION,
		.include_base = ".",
	};
	const struct zm_zone *zone = zm_zone_load(&arena, &source, &options);
	bool loads = zone->loads && !has_placeholder(zone);
	if (has_placeholder(zone)) {
		print_fault(zone->soa->source, zone->soa->serial_at.start,
			    ZM_STR("a placeholder for the serial"));
	}
	print_faults(zone);
	print_records(&source, &options);
	zm_arena_release(&arena);
	return loads ? 0 : 1;
}
