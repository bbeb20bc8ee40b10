#include "zone/load.h"

#include "zone/keep.h"
#include "zone/whole/names.h"
#include "zone/fast/pieces.h"
#include "zone/state.h"
#include "zone/whole/whole.h"

struct outline {
	struct zm_zone zone;
	struct zm_record soa;
	struct zm_soa soa_data;
};

struct zm_zone *zm_zone_outline(struct zm_arena *arena, const struct zm_zone *zone)
{
	struct outline *outline = zm_arena_alloc(arena, sizeof(*outline));
	struct zm_name origin = zm_name_copy(arena, zone->origin);
	outline->zone = *zone;
	outline->zone.arena = arena;
	outline->zone.sources = &outline->zone.source;
	outline->zone.origin = origin;
	outline->zone.run = NULL;
	outline->zone.runs = 0;
	outline->zone.record_count = 0;
	outline->zone.by_owner = NULL;
	outline->zone.odd = NULL;
	outline->zone.odd_count = 0;
	outline->zone.names = NULL;
	outline->zone.fault = NULL;
	outline->zone.fault_count = 0;
	if (zone->soa != NULL) {
		outline->zone.soa = &outline->soa;
		outline->soa = (struct zm_record){
			.source = zone->source,
			.at = zone->soa->at,
			.owner = origin,
			.ttl = zone->soa->ttl,
			.class = zone->soa->class,
			.type = zone->soa->type,
		};
	}
	if (zone->soa != NULL && zone->soa->soa_data != NULL) {
		outline->soa.soa_data = &outline->soa_data;
		outline->soa_data = *zone->soa->soa_data;
		outline->soa_data.server = (struct zm_name){0};
		outline->soa_data.mailbox = (struct zm_name){0};
	}
	return &outline->zone;
}

struct zm_zone *zm_zone_load(struct zm_arena *arena, struct zm_source *source,
			     const struct zm_load_options *options)
{
	struct zm_walk *walk = zm_walk_start(arena, source, options);
	struct zm_zone *zone = zm_walk_zone(walk);
	struct zm_keeper keeper = {.zone = zone, .options = options};
	zm_walk_skim(walk, &keeper);
	if (!zm_pieces_load(walk, &keeper)) {
		zm_keeper_run(&keeper, walk);
		if (options->progress != NULL) {
			atomic_fetch_add(options->progress, source->bytes.len);
		}
	}
	zm_names_settle(zone->names, options->pool);
	zm_whole_check(walk);
	zm_walk_end(walk);
	return zone;
}
