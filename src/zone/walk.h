/*
 * walk: entries → records, one at a time. Knows directives, and what a record inherits: owner,
 *class, TTL and origin (RFC 1035 5.1, RFC 2308 4). Included files are walked in their place.
 *
 *	struct zm_walk *walk = zm_walk_start(&arena, source, &options);
 *	struct zm_record record;
 *	while (zm_walk_next(walk, &record)) ...
 *	const struct zm_zone *zone = zm_walk_zone(walk);       (origin, faults and counts, no
 *records) zm_walk_end(walk);
 *
 * Records that are broken where their type cannot be told, or that lie outside of the zone, are
 *faults only.
 */
#ifndef ZM_ZONE_WALK_H
#define ZM_ZONE_WALK_H

#include "zone/load.h"

struct zm_walk;

/* `source` (and the options' pointers) must live as long as the arena. */
struct zm_walk *zm_walk_start(struct zm_arena *arena, struct zm_source *source,
			      const struct zm_load_options *options);

/*
 * False at the end. The record's RDATA tokens, and the owner unless it is an SOA, TXT or SPF
 * record, are valid until the next call.
 */
bool zm_walk_next(struct zm_walk *walk, struct zm_record *record);

/* What is known so far of the zone as a whole; in the arena. */
struct zm_zone *zm_walk_zone(struct zm_walk *walk);

/* To be called once, also after a walk that was not finished. */
void zm_walk_end(struct zm_walk *walk);

#endif
