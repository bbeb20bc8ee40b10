#include "zone/whole/again.h"

struct zm_again {
	struct zm_arena arena; /* holds this struct */
	struct zm_walk *walk;
};

struct zm_again *zm_again_start(struct zm_walk *walk, const struct zm_wanted *wanted)
{
	struct zm_arena arena = {0};
	struct zm_again *again = zm_arena_alloc(&arena, sizeof(*again));
	again->arena = arena;
	again->walk = zm_walk_start(&again->arena, walk->zone->source, walk->options);
	if (wanted != NULL) {
		zm_walk_seek(again->walk, wanted);
	}
	return again;
}

bool zm_again_next(struct zm_again *again, struct zm_record *record)
{
	return zm_walk_next(again->walk, record);
}

const struct zm_zone *zm_again_zone(const struct zm_again *again)
{
	return again->walk->zone;
}

void zm_again_end(struct zm_again *again)
{
	zm_walk_end(again->walk);
	struct zm_arena arena = again->arena;
	zm_arena_release(&arena);
}
