#include "zone/load.h"

#include "zone/keep.h"
#include "zone/whole/names.h"
#include "zone/fast/pieces.h"
#include "zone/state.h"
#include "zone/whole/whole.h"

struct zm_zone *zm_zone_load(struct zm_arena *arena, struct zm_source *source,
			     const struct zm_load_options *options)
{
	struct zm_walk *walk = zm_walk_start(arena, source, options);
	struct zm_zone *zone = zm_walk_zone(walk);
	struct zm_keeper keeper = {.zone = zone, .options = options, .lists = arena};
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
