#include "dns/index.h"

#include "zone/types.h"

#include <assert.h>

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

static void add_record(struct zm_index *index, size_t number, const struct zm_record *record)
{
	size_t *first = zm_map_put(&index->name, record->owner);
	bool is_new = *first == ZM_INDEX_NONE;
	index->entry[number].type = record->type;
	index->entry[number].next = *first < ZM_INDEX_EMPTY ? (uint32_t)*first : 0;
	*first = number;
	bool is_below = record->owner.len > index->zone->origin.len;
	index->has_cuts |=
		(record->type == ZM_TYPE_NS && is_below) || record->type == ZM_TYPE_DNAME;
	if (is_new) {
		add_ancestors(index, record->owner);
	}
}

void zm_index_build(struct zm_index *index, struct zm_arena *arena, const struct zm_zone *zone)
{
	*index = (struct zm_index){.zone = zone, .name = {.arena = arena}, .other = ZM_INDEX_NONE};
	index->entry = zm_arena_array(arena, zone->record_count, sizeof(*index->entry));
	*zm_map_put(&index->name, zone->origin) = ZM_INDEX_EMPTY;
	assert(zone->record_count <= UINT32_MAX);
	/* From the last to the first, for each goes before those of its owner. */
	for (size_t i = zone->record_count; i > 0; i--) {
		const struct zm_record *record = zm_zone_record(zone, arena, i - 1);
		bool belongs = record->class == ZM_CLASS_IN &&
			       zm_name_is_below(record->owner, zone->origin);
		if (belongs) {
			add_record(index, i - 1, record);
		}
	}
}

size_t zm_index_first(const struct zm_index *index, struct zm_name name, uint32_t hash)
{
	return zm_map_get_hashed(&index->name, name, hash);
}

size_t zm_index_find(const struct zm_index *index, size_t i, uint16_t type)
{
	if (i >= ZM_INDEX_EMPTY) {
		return ZM_INDEX_NONE;
	}
	return index->entry[i].type == type ? i : zm_index_next(index, i, type);
}

/* The records of an owner are in the order of the file, so that none is followed by record 0. */
size_t zm_index_next(const struct zm_index *index, size_t i, uint16_t type)
{
	do {
		i = index->entry[i].next;
	} while (i != 0 && index->entry[i].type != type);
	return i != 0 ? i : ZM_INDEX_NONE;
}
