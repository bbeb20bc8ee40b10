/*
 * keep: the records of a walk that somebody asked for, copied into the zone.
 */
#ifndef ZM_ZONE_KEEP_H
#define ZM_ZONE_KEEP_H

#include "zone/walk.h"

struct zm_keeper {
	struct zm_zone *zone;
	const struct zm_load_options *options;
	size_t capacity; /* of the newest run */
	size_t run_capacity;
	size_t block_capacity;
	size_t odd_capacity;
	struct zm_name last_owner; /* in the arena: neighbours of one owner share it */
};

/* Walks on to the end of what the walk is to read, which zm_walk_skim() has told of the keeper. */
void zm_keeper_run(struct zm_keeper *keeper, struct zm_walk *walk);

/* Adds a record of the owner that was named last (zm_names_newest()), all of it in zone->arena. */
void zm_keeper_add(struct zm_keeper *keeper, struct zm_record *record);

/* The same for a text on a plain line. */
void zm_keeper_add_plain(struct zm_keeper *keeper, struct zm_kept kept);

/* Adds all that another zone has kept, whose arena must live as long. */
void zm_keeper_join(struct zm_keeper *keeper, const struct zm_zone *from);

#endif
