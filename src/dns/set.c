#include "dns/set.h"

#include "spf/parse.h"

#include <string.h>

struct zm_set_zone {
	const struct zm_zone *zone;
	size_t next; /* the next zone of the same apex, or SIZE_MAX */
};

struct zm_set_record {
	const struct zm_record *record;
	const struct zm_zone
		*zone; /* no longer that of `number`: the record is a replaced zone's */
	size_t number;
	size_t next; /* an older record of the same owner, or SIZE_MAX */
};

void zm_set_init(struct zm_set *set, struct zm_arena *arena)
{
	*set = (struct zm_set){.arena = arena, .apex = {.arena = arena}, .owner = {.arena = arena}};
}

static bool is_spf(const struct zm_record *record)
{
	return record->type == ZM_TYPE_TXT && record->text != NULL &&
	       zm_spf_is_record(record->text->bytes);
}

static void add_records(struct zm_set *set, size_t number)
{
	const struct zm_zone *zone = set->zone[number].zone;
	for (size_t i = 0; i < zone->record_count; i++) {
		if (!is_spf(zone->record[i])) {
			continue;
		}
		size_t *newest = zm_map_put(&set->owner, zone->record[i]->owner);
		set->record = zm_arena_grow(set->arena, set->record, set->records,
					    &set->record_capacity, sizeof(*set->record));
		set->record[set->records] =
			(struct zm_set_record){zone->record[i], zone, number, *newest};
		*newest = set->records++;
	}
}

static size_t find_same_file(const struct zm_set *set, const struct zm_zone *zone)
{
	size_t i = zm_map_get(&set->apex, zone->origin);
	while (i != SIZE_MAX && strcmp(set->zone[i].zone->source->name, zone->source->name) != 0) {
		i = set->zone[i].next;
	}
	return i;
}

static size_t append_zone(struct zm_set *set, const struct zm_zone *zone)
{
	size_t *first = zm_map_put(&set->apex, zone->origin);
	size_t number = set->zones++;
	set->zone = zm_arena_grow(set->arena, set->zone, number, &set->zone_capacity,
				  sizeof(*set->zone));
	set->zone[number] = (struct zm_set_zone){zone, SIZE_MAX};
	if (*first == SIZE_MAX) {
		*first = number;
		return number;
	}
	size_t last = *first;
	while (set->zone[last].next != SIZE_MAX) {
		last = set->zone[last].next;
	}
	set->zone[last].next = number;
	return number;
}

size_t zm_set_add(struct zm_set *set, const struct zm_zone *zone)
{
	size_t number = find_same_file(set, zone);
	if (number == SIZE_MAX) {
		number = append_zone(set, zone);
	} else {
		set->zone[number].zone = zone;
	}
	add_records(set, number);
	return number;
}

/* The zone that answers for a name: of the deepest apex at or above it, the asker's own or the
 * first. */
static const struct zm_zone *find_authority(const struct zm_set *set, const struct zm_zone *asker,
					    struct zm_name name)
{
	size_t first = SIZE_MAX;
	for (; zm_name_is_set(name) && first == SIZE_MAX; name = zm_name_parent(name)) {
		first = zm_map_get(&set->apex, name);
	}
	for (size_t i = first; i != SIZE_MAX; i = set->zone[i].next) {
		if (set->zone[i].zone == asker) {
			return asker;
		}
	}
	return first == SIZE_MAX ? NULL : set->zone[first].zone;
}

enum zm_set_answer zm_set_spf(const struct zm_set *set, const struct zm_zone *asker,
			      struct zm_name name, const struct zm_record **record)
{
	const struct zm_zone *zone = find_authority(set, asker, name);
	size_t found = 0;
	if (zone == NULL) {
		return ZM_SET_UNKNOWN;
	}
	size_t i = zm_map_get(&set->owner, name);
	for (; i != SIZE_MAX; i = set->record[i].next) {
		const struct zm_set_record *entry = &set->record[i];
		if (entry->zone == zone && set->zone[entry->number].zone == zone) {
			*record = entry->record;
			found++;
		}
	}
	if (found == 0) {
		return zone->complete ? ZM_SET_NONE : ZM_SET_UNKNOWN;
	}
	return found == 1 ? ZM_SET_ONE : ZM_SET_SEVERAL;
}
