/*
 * index: the names of one zone, with their records, and those that exist without any because a
 * record lies below them (RFC 4592 2.2.2).
 */
#ifndef ZM_DNS_INDEX_H
#define ZM_DNS_INDEX_H

#include "dns/map.h"
#include "spf/resolve.h"
#include "zone/zone.h"

/* What is asked of one record lies together. */
struct zm_index_entry {
	const struct zm_answer *ready; /* for zones.c, of the first record of a name and type: the
					  answer, if it was made before */
	uint32_t next; /* another record of its owner, in the order of the file; 0: none */
	uint16_t type;
};

struct zm_index {
	const struct zm_zone *zone;
	struct zm_map name; /* → the first of its records among those kept, or ZM_INDEX_EMPTY */
	struct zm_index_entry *entry; /* one a record */
	bool has_cuts; /* some record may take what lies below it out of the zone: an NS below
			  the apex, a DNAME */
	size_t other;  /* for zones.c: the next index of the same apex */
};

/* No record; from zm_index_first(): the name exists. */
#define ZM_INDEX_NONE  SIZE_MAX
#define ZM_INDEX_EMPTY (SIZE_MAX - 1)

/* Reads the whole zone, whose origin is known. */
void zm_index_build(struct zm_index *index, struct zm_arena *arena, const struct zm_zone *zone);

/* The first record of a name, ZM_INDEX_EMPTY, or ZM_INDEX_NONE where the name does not exist. */
size_t zm_index_first(const struct zm_index *index, struct zm_name name, uint32_t hash);

/* The first record of the same name, from record `i` on or only behind it, that has the type, or
 * ZM_INDEX_NONE. */
size_t zm_index_find(const struct zm_index *index, size_t i, uint16_t type);
size_t zm_index_next(const struct zm_index *index, size_t i, uint16_t type);

#endif
