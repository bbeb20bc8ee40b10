#include "dns/map.h"

/* The name is taken apart: a large map is as fast as its slots are small. */
struct zm_map_slot {
	const uint8_t *wire; /* NULL: the slot is empty */
	size_t number;
	uint32_t hash; /* of the name: most others are told apart by it alone */
	uint8_t len;
};

static struct zm_name name_of(const struct zm_map_slot *slot)
{
	return (struct zm_name){slot->wire, slot->len};
}

/* The slot that holds `name`, or the empty one where it belongs. */
static struct zm_map_slot *find(struct zm_map_slot *slot, size_t slots, struct zm_name name,
				uint32_t hash)
{
	size_t i = hash & (slots - 1);
	while (slot[i].wire != NULL &&
	       (slot[i].hash != hash || !zm_name_eq(name_of(&slot[i]), name))) {
		i = (i + 1) & (slots - 1);
	}
	return &slot[i];
}

static void grow(struct zm_map *map)
{
	size_t slots = map->slots == 0 ? 16 : map->slots * 2;
	struct zm_map_slot *larger = zm_arena_array(map->arena, slots, sizeof(*larger));
	for (size_t i = 0; i < map->slots; i++) {
		const struct zm_map_slot *old = &map->slot[i];
		if (old->wire != NULL) {
			*find(larger, slots, name_of(old), old->hash) = *old;
		}
	}
	map->slot = larger;
	map->slots = slots;
}

size_t zm_map_get_hashed(const struct zm_map *map, struct zm_name name, uint32_t hash)
{
	if (map->slots == 0) {
		return SIZE_MAX;
	}
	const struct zm_map_slot *slot = find(map->slot, map->slots, name, hash);
	return slot->wire != NULL ? slot->number : SIZE_MAX;
}

size_t zm_map_get(const struct zm_map *map, struct zm_name name)
{
	return zm_map_get_hashed(map, name, zm_name_hash(name));
}

size_t *zm_map_put(struct zm_map *map, struct zm_name name)
{
	if (map->used * 2 >= map->slots) {
		grow(map);
	}
	uint32_t hash = zm_name_hash(name);
	struct zm_map_slot *slot = find(map->slot, map->slots, name, hash);
	if (slot->wire == NULL) {
		*slot = (struct zm_map_slot){name.wire, SIZE_MAX, hash, (uint8_t)name.len};
		map->used++;
	}
	return &slot->number;
}
