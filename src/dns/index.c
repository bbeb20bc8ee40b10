#include "dns/index.h"

#include "zone/types.h"

/* From the parent of `name` up to the apex: a record below makes them exist. */
static void add_ancestors(struct zm_index *index, struct zm_name name)
{
	struct zm_name apex = index->zone->origin;
	for (name = zm_name_parent(name); name.len > apex.len; name = zm_name_parent(name)) {
		size_t *first = zm_map_put(&index->name, name);
		if (*first != ZM_INDEX_NONE) {
			return;
		}
		*first = ZM_INDEX_EMPTY;
	}
}

static void add_record(struct zm_index *index, size_t number)
{
	const struct zm_record *record = index->zone->record[number];
	size_t *first = zm_map_put(&index->name, record->owner);
	bool is_new = *first == ZM_INDEX_NONE;
	index->next[number] = *first == ZM_INDEX_EMPTY ? ZM_INDEX_NONE : *first;
	*first = number;
	if (is_new) {
		add_ancestors(index, record->owner);
	}
}

void zm_index_build(struct zm_index *index, struct zm_arena *arena, const struct zm_zone *zone)
{
	*index = (struct zm_index){.zone = zone, .name = {.arena = arena}, .other = ZM_INDEX_NONE};
	index->next = zm_arena_array(arena, zone->record_count, sizeof(*index->next));
	*zm_map_put(&index->name, zone->origin) = ZM_INDEX_EMPTY;
	/* From the last to the first, for each goes before those of its owner. */
	for (size_t i = zone->record_count; i > 0; i--) {
		const struct zm_record *record = zone->record[i - 1];
		bool belongs = record->class == ZM_CLASS_IN &&
			       zm_name_is_below(record->owner, zone->origin);
		if (belongs) {
			add_record(index, i - 1);
		}
	}
}

size_t zm_index_first(const struct zm_index *index, struct zm_name name)
{
	return zm_map_get(&index->name, name);
}

size_t zm_index_find(const struct zm_index *index, size_t i, uint16_t type)
{
	while (i < ZM_INDEX_EMPTY && index->zone->record[i]->type != type) {
		i = index->next[i];
	}
	return i < ZM_INDEX_EMPTY ? i : ZM_INDEX_NONE;
}
