/*
 * map: names → numbers, case ignored. Open addressing in an arena; nothing is ever taken out.
 */
#ifndef ZM_DNS_MAP_H
#define ZM_DNS_MAP_H

#include "base/name.h"

struct zm_map {
	struct zm_arena *arena;
	struct zm_map_slot *slot;
	size_t slots; /* a power of two, at least half of them empty */
	size_t used;
};

/* The number of `name`, or SIZE_MAX. */
size_t zm_map_get(const struct zm_map *map, struct zm_name name);

/* The same, where zm_name_hash(name) is known. */
size_t zm_map_get_hashed(const struct zm_map *map, struct zm_name name, uint32_t hash);

/* The place of the number of `name`, SIZE_MAX when it is new; valid until the next call. `name`
 * must live as long as the map. */
size_t *zm_map_put(struct zm_map *map, struct zm_name name);

#endif
