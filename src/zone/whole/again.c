#include "zone/whole/again.h"

struct zm_again {
	struct zm_arena arena; /* holds this struct */
	struct zm_walk *walk;
	const struct zm_zone *first; /* that of the first walk */
};

struct zm_again *zm_again_start(struct zm_walk *walk, const struct zm_wanted *wanted)
{
	struct zm_arena arena = {0};
	struct zm_again *again = zm_arena_alloc(&arena, sizeof(*again));
	again->arena = arena;
	again->first = walk->zone;
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

/* Both have opened the same files in the same order, unless somebody has changed them meanwhile:
 * that is told later, and nothing is found where it is not. */
struct zm_fault zm_again_fault(const struct zm_again *again, const struct zm_record *record,
			       enum zm_fault_kind kind)
{
	const struct zm_zone *second = again->walk->zone;
	struct zm_fault fault = zm_fault_of(record, kind);
	size_t i = 0;
	while (i + 1 < second->source_count && i + 1 < again->first->source_count &&
	       second->sources[i] != fault.source) {
		i++;
	}
	fault.source = again->first->sources[i];
	return fault;
}

void zm_again_end(struct zm_again *again)
{
	zm_walk_end(again->walk);
	struct zm_arena arena = again->arena;
	zm_arena_release(&arena);
}
