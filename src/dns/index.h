/*
 * index: the names of one zone, with their records, and those that exist without any because a
 * record lies below them (RFC 4592 2.2.2).
 */
#ifndef ZM_DNS_INDEX_H
#define ZM_DNS_INDEX_H

#include "dns/map.h"
#include "zone/zone.h"

struct zm_index {
	const struct zm_zone *zone;
	struct zm_map name; /* → the first of its records in zone->record, or ZM_INDEX_EMPTY */
	size_t *next;       /* of a record: another one of its owner, in the order of the file */
	size_t other;       /* for others: the next index of the same apex */
};

/* No record; from zm_index_first(): the name exists. */
#define ZM_INDEX_NONE  SIZE_MAX
#define ZM_INDEX_EMPTY (SIZE_MAX - 1)

/* Reads the whole zone, whose origin is known. */
void zm_index_build(struct zm_index *index, struct zm_arena *arena, const struct zm_zone *zone);

/* The first record of a name, ZM_INDEX_EMPTY, or ZM_INDEX_NONE where the name does not exist. */
size_t zm_index_first(const struct zm_index *index, struct zm_name name);

/* The next record of the same name at or after `i` that has the type, or ZM_INDEX_NONE. */
size_t zm_index_find(const struct zm_index *index, size_t i, uint16_t type);

#endif
