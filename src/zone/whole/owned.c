#include "zone/whole/owned.h"

#include "zone/whole/names.h"

#include <stdlib.h>

static int compare(const void *a, const void *b)
{
	const struct zm_owned *x = a;
	const struct zm_owned *y = b;
	if (!zm_names_same(x->hash, y->hash)) {
		return x->hash < y->hash ? -1 : 1;
	}
	return x->number < y->number ? -1 : x->number > y->number;
}

static void make_index(struct zm_zone *zone)
{
	zone->by_owner = zm_arena_array(zone->arena, zone->record_count, sizeof(*zone->by_owner));
	for (size_t i = 0; i < zone->record_count; i++) {
		zone->by_owner[i] = (struct zm_owned){zm_zone_kept(zone, i)->hash, i};
	}
	qsort(zone->by_owner, zone->record_count, sizeof(*zone->by_owner), compare);
}

/* The first that is not before `wanted`. */
static size_t first_from(const struct zm_zone *zone, const struct zm_owned *wanted)
{
	size_t low = 0;
	for (size_t high = zone->record_count; low < high;) {
		size_t middle = low + (high - low) / 2;
		if (compare(&zone->by_owner[middle], wanted) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

const struct zm_owned *zm_zone_owned(const struct zm_zone *zone, uint64_t hash, size_t *count)
{
	*count = 0;
	if (zone->record_count == 0) {
		return NULL;
	}
	if (zone->by_owner == NULL) {
		make_index((struct zm_zone *)zone);
	}
	const struct zm_owned wanted = {hash, 0};
	const struct zm_owned *first = zone->by_owner + first_from(zone, &wanted);
	const struct zm_owned *end = zone->by_owner + zone->record_count;
	while (first + *count < end && zm_names_same(first[*count].hash, hash)) {
		++*count;
	}
	return first;
}
