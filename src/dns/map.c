#include "dns/map.h"

struct zm_map_slot {
	struct zm_name name; /* unset: the slot is empty */
	size_t number;
};

/* The slot that holds `name`, or the empty one where it belongs. */
static struct zm_map_slot *find(struct zm_map_slot *slot, size_t slots, struct zm_name name)
{
	size_t i = zm_name_hash(name) & (slots - 1);
	while (zm_name_is_set(slot[i].name) && !zm_name_eq(slot[i].name, name)) {
		i = (i + 1) & (slots - 1);
	}
	return &slot[i];
}

static void grow(struct zm_map *map)
{
	size_t slots = map->slots == 0 ? 16 : map->slots * 2;
	struct zm_map_slot *larger = zm_arena_array(map->arena, slots, sizeof(*larger));
	for (size_t i = 0; i < map->slots; i++) {
		if (zm_name_is_set(map->slot[i].name)) {
			*find(larger, slots, map->slot[i].name) = map->slot[i];
		}
	}
	map->slot = larger;
	map->slots = slots;
}

size_t zm_map_get(const struct zm_map *map, struct zm_name name)
{
	if (map->slots == 0) {
		return SIZE_MAX;
	}
	const struct zm_map_slot *slot = find(map->slot, map->slots, name);
	return zm_name_is_set(slot->name) ? slot->number : SIZE_MAX;
}

size_t *zm_map_put(struct zm_map *map, struct zm_name name)
{
	if (map->used * 2 >= map->slots) {
		grow(map);
	}
	struct zm_map_slot *slot = find(map->slot, map->slots, name);
	if (!zm_name_is_set(slot->name)) {
		*slot = (struct zm_map_slot){name, SIZE_MAX};
		map->used++;
	}
	return &slot->number;
}
