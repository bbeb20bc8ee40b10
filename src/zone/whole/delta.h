/*
 * delta: which records one state of a zone has and another has not. What counts is what servers
 * answer: owner, class, type, TTL and data of each record, of the SOA all but its serial. Order,
 * layout, comments, the case of names and a record written twice do not.
 */
#ifndef ZM_ZONE_WHOLE_DELTA_H
#define ZM_ZONE_WHOLE_DELTA_H

#include "zone/load.h"

/* One state, to be read from its start. */
struct zm_reading {
	struct zm_source *source;
	const struct zm_load_options *load;
};

struct zm_delta {
	size_t added;
	size_t removed;
	struct zm_name owner; /* of the first that was added, else removed; in the arena */
	uint16_t type;        /* 0: it is a $GENERATE of more records than are read */
};

/* What could not be read, faults apart, is in neither. */
void zm_delta_find(struct zm_delta *delta, struct zm_arena *arena, const struct zm_reading *before,
		   const struct zm_reading *after);

#endif
