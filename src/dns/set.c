#include "dns/set.h"

#include "spf/parse.h"

#include <string.h>

/* Numbers are indices into the set's arrays; SIZE_MAX is none. */
struct zm_set_zone {
	const struct zm_zone *zone;
	size_t next;   /* the next zone of the same apex */
	size_t record; /* the first of its records */
};

struct zm_set_record {
	const struct zm_record *record;
	const struct zm_zone *zone;
	size_t next;    /* an older record of the same owner */
	size_t sibling; /* another record of the same zone; for an entry that is free: another free
			   one */
};

void zm_set_init(struct zm_set *set, struct zm_arena *arena)
{
	*set = (struct zm_set){.arena = arena,
			       .free = SIZE_MAX,
			       .apex = {.arena = arena},
			       .owner = {.arena = arena}};
}

static bool is_spf(const struct zm_record *record)
{
	return record->type == ZM_TYPE_TXT && record->text != NULL &&
	       zm_spf_is_record(record->text->bytes);
}

/* The place of a name's number in a map. A zone may go before the set does, so that the map's names
 * are copies. */
static size_t *put_name(struct zm_set *set, struct zm_map *map, struct zm_name name)
{
	if (zm_map_get(map, name) == SIZE_MAX) {
		name = zm_name_copy(set->arena, name);
	}
	return zm_map_put(map, name);
}

static size_t take_entry(struct zm_set *set)
{
	size_t number = set->free;
	if (number != SIZE_MAX) {
		set->free = set->record[number].sibling;
		return number;
	}
	set->record = zm_arena_grow(set->arena, set->record, set->records, &set->record_capacity,
				    sizeof(*set->record));
	return set->records++;
}

static void add_records(struct zm_set *set, struct zm_set_zone *slot)
{
	const struct zm_zone *zone = slot->zone;
	slot->record = SIZE_MAX;
	for (size_t i = 0; i < zone->record_count; i++) {
		if (!is_spf(zone->record[i])) {
			continue;
		}
		size_t number = take_entry(set);
		size_t *newest = put_name(set, &set->owner, zone->record[i]->owner);
		set->record[number] =
			(struct zm_set_record){zone->record[i], zone, *newest, slot->record};
		*newest = number;
		slot->record = number;
	}
}

static void unlink_from_owner(struct zm_set *set, size_t number)
{
	size_t *link = zm_map_put(&set->owner, set->record[number].record->owner);
	while (*link != number) {
		link = &set->record[*link].next;
	}
	*link = set->record[number].next;
}

static void remove_records(struct zm_set *set, struct zm_set_zone *slot)
{
	while (slot->record != SIZE_MAX) {
		size_t number = slot->record;
		slot->record = set->record[number].sibling;
		unlink_from_owner(set, number);
		set->record[number].sibling = set->free;
		set->free = number;
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
	size_t *first = put_name(set, &set->apex, zone->origin);
	size_t number = set->zones++;
	set->zone = zm_arena_grow(set->arena, set->zone, number, &set->zone_capacity,
				  sizeof(*set->zone));
	set->zone[number] = (struct zm_set_zone){zone, SIZE_MAX, SIZE_MAX};
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

void zm_set_add(struct zm_set *set, const struct zm_zone *zone)
{
	size_t number = find_same_file(set, zone);
	if (number == SIZE_MAX) {
		number = append_zone(set, zone);
	}
	remove_records(set, &set->zone[number]);
	set->zone[number].zone = zone;
	add_records(set, &set->zone[number]);
}

/* Whether who asks in one of the asker's views can be answered from the zone. */
static bool is_seen_by(const struct zm_zone *zone, const struct zm_zone *asker)
{
	bool seen = asker == NULL || asker->views == 0 || zone->views == 0;
	for (size_t i = 0; i < zone->views && !seen; i++) {
		for (size_t j = 0; j < asker->views && !seen; j++) {
			seen = strcmp(zone->view[i], asker->view[j]) == 0;
		}
	}
	return seen;
}

/* Of the zones of one apex: the asker itself, else the first one that it sees; NULL: none. */
static const struct zm_zone *choose(const struct zm_set *set, size_t first,
				    const struct zm_zone *asker)
{
	const struct zm_zone *seen = NULL;
	for (size_t i = first; i != SIZE_MAX; i = set->zone[i].next) {
		const struct zm_zone *zone = set->zone[i].zone;
		if (zone == asker) {
			return asker;
		}
		if (seen == NULL && is_seen_by(zone, asker)) {
			seen = zone;
		}
	}
	return seen;
}

const struct zm_zone *zm_set_authority(const struct zm_set *set, const struct zm_zone *asker,
				       struct zm_name name)
{
	const struct zm_zone *zone = NULL;
	for (; zm_name_is_set(name) && zone == NULL; name = zm_name_parent(name)) {
		zone = choose(set, zm_map_get(&set->apex, name), asker);
	}
	return zone;
}

enum zm_set_answer zm_set_spf(const struct zm_set *set, const struct zm_zone *asker,
			      struct zm_name name, const struct zm_record **record)
{
	const struct zm_zone *zone = zm_set_authority(set, asker, name);
	size_t found = 0;
	if (zone == NULL) {
		return ZM_SET_UNKNOWN;
	}
	size_t i = zm_map_get(&set->owner, name);
	for (; i != SIZE_MAX; i = set->record[i].next) {
		const struct zm_set_record *entry = &set->record[i];
		if (entry->zone == zone) {
			*record = entry->record;
			found++;
		}
	}
	if (found == 0) {
		return zone->complete ? ZM_SET_NONE : ZM_SET_UNKNOWN;
	}
	return found == 1 ? ZM_SET_ONE : ZM_SET_SEVERAL;
}
