#include "dns/set.h"

#include "spf/parse.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { SEVERAL = -2 }; /* instead of the number of a record */

/* A zone, and which of its records are SPF once somebody asked for one: most are never asked. */
struct zm_set_zone {
	const struct zm_zone *zone;
	size_t next;           /* the number of the next zone of the same apex; SIZE_MAX: none */
	struct zm_arena index; /* holds the map's memory */
	struct zm_map spf;     /* owner → number of its SPF record among those kept, or SEVERAL */
	atomic_bool is_indexed;
	pthread_mutex_t indexing;
};

void zm_set_init(struct zm_set *set, struct zm_arena *arena)
{
	*set = (struct zm_set){.arena = arena, .apex = {.arena = arena}};
}

static bool is_spf(const struct zm_record *record)
{
	return record->type == ZM_TYPE_TXT && record->text != NULL &&
	       zm_spf_is_record(record->text->bytes);
}

/* ---- Zones ---- */

static void forget_index(struct zm_set_zone *slot)
{
	zm_arena_release(&slot->index);
	slot->spf = (struct zm_map){.arena = &slot->index};
	atomic_store(&slot->is_indexed, false);
}

static void release_slot(void *thing)
{
	struct zm_set_zone *slot = thing;
	pthread_mutex_destroy(&slot->indexing);
	zm_arena_release(&slot->index);
}

static size_t find_same_file(const struct zm_set *set, const struct zm_zone *zone)
{
	size_t i = zm_map_get(&set->apex, zone->origin);
	while (i != SIZE_MAX && strcmp(set->zone[i]->zone->source->name, zone->source->name) != 0) {
		i = set->zone[i]->next;
	}
	return i;
}

/* The place of an apex's number. A zone may go before the set does, so that the map's names are
 * copies. */
static size_t *put_apex(struct zm_set *set, struct zm_name name)
{
	if (zm_map_get(&set->apex, name) == SIZE_MAX) {
		name = zm_name_copy(set->arena, name);
	}
	return zm_map_put(&set->apex, name);
}

static struct zm_set_zone *append_zone(struct zm_set *set, const struct zm_zone *zone)
{
	size_t *first = put_apex(set, zone->origin);
	size_t number = set->zones++;
	struct zm_set_zone *slot = zm_arena_alloc(set->arena, sizeof(*slot));
	set->zone = zm_arena_grow(set->arena, set->zone, number, &set->zone_capacity,
				  sizeof(struct zm_set_zone *));
	set->zone[number] = slot;
	slot->next = SIZE_MAX;
	pthread_mutex_init(&slot->indexing, NULL);
	zm_arena_defer(set->arena, release_slot, slot);
	if (*first == SIZE_MAX) {
		*first = number;
		return slot;
	}
	struct zm_set_zone *last = set->zone[*first];
	while (last->next != SIZE_MAX) {
		last = set->zone[last->next];
	}
	last->next = number;
	return slot;
}

void zm_set_add(struct zm_set *set, const struct zm_zone *zone)
{
	size_t number = find_same_file(set, zone);
	struct zm_set_zone *slot = number == SIZE_MAX ? append_zone(set, zone) : set->zone[number];
	slot->zone = zone;
	forget_index(slot);
}

/* ---- Questions ---- */

bool zm_set_is_outside(const struct zm_set *set, struct zm_name name)
{
	for (size_t i = 0; i < set->zones; i++) {
		struct zm_name apex = set->zone[i]->zone->origin;
		if (zm_name_is_below(name, apex) || zm_name_is_below(apex, name)) {
			return false;
		}
	}
	return true;
}

static void build_index(struct zm_set_zone *slot)
{
	const struct zm_zone *zone = slot->zone;
	for (size_t i = 0; i < zone->record_count; i++) {
		struct zm_arena_mark mark = zm_arena_mark(&slot->index);
		const struct zm_record *record = zm_zone_record(zone, &slot->index, i);
		if (is_spf(record)) {
			size_t *number = zm_map_put(&slot->spf, record->owner);
			*number = *number == SIZE_MAX ? i : (size_t)SEVERAL;
		} else {
			zm_arena_rewind(&slot->index, mark);
		}
	}
}

/* Several threads may ask at once; one of them builds the index. */
static const struct zm_map *spf_of(struct zm_set_zone *slot)
{
	if (!atomic_load(&slot->is_indexed)) {
		pthread_mutex_lock(&slot->indexing);
		if (!atomic_load(&slot->is_indexed)) {
			build_index(slot);
			atomic_store(&slot->is_indexed, true);
		}
		pthread_mutex_unlock(&slot->indexing);
	}
	return &slot->spf;
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
static struct zm_set_zone *choose(const struct zm_set *set, size_t first,
				  const struct zm_zone *asker)
{
	struct zm_set_zone *seen = NULL;
	for (size_t i = first; i != SIZE_MAX; i = set->zone[i]->next) {
		struct zm_set_zone *slot = set->zone[i];
		if (slot->zone == asker) {
			return slot;
		}
		if (seen == NULL && is_seen_by(slot->zone, asker)) {
			seen = slot;
		}
	}
	return seen;
}

static struct zm_set_zone *find_authority(const struct zm_set *set, const struct zm_zone *asker,
					  const struct zm_name_path *name)
{
	struct zm_set_zone *slot = NULL;
	for (size_t i = 0; i < name->count && slot == NULL; i++) {
		size_t first = zm_map_get_hashed(&set->apex, name->name[i], name->hash[i]);
		slot = choose(set, first, asker);
	}
	return slot;
}

const struct zm_zone *zm_set_authority(const struct zm_set *set, const struct zm_zone *asker,
				       const struct zm_name_path *name)
{
	const struct zm_set_zone *slot = find_authority(set, asker, name);
	return slot == NULL ? NULL : slot->zone;
}

enum zm_set_answer zm_set_spf(const struct zm_set *set, struct zm_arena *arena,
			      const struct zm_zone *asker, struct zm_name name,
			      const struct zm_record **record)
{
	struct zm_name_path path;
	zm_name_split(&path, name);
	struct zm_set_zone *slot = find_authority(set, asker, &path);
	if (slot == NULL) {
		return ZM_SET_UNKNOWN;
	}
	size_t number = zm_map_get_hashed(spf_of(slot), name, path.hash[0]);
	if (number == SIZE_MAX) {
		return slot->zone->complete ? ZM_SET_NONE : ZM_SET_UNKNOWN;
	}
	if (number == (size_t)SEVERAL) {
		return ZM_SET_SEVERAL;
	}
	*record = zm_zone_record(slot->zone, arena, number);
	return ZM_SET_ONE;
}
