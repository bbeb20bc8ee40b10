#include "zone/whole/delta.h"

#include "zone/rdata/canon.h"
#include "zone/walk.h"

#include <string.h>

/* ---- A record as a number ---- */

/* Of 128 bits: no two records of one zone share it. */
struct key {
	uint64_t high;
	uint64_t low;
};

static uint64_t mix(uint64_t hash)
{
	hash ^= hash >> 32;
	hash *= UINT64_C(0xd6e8feb86659fd93);
	return hash ^ hash >> 32;
}

static struct key key_of(struct zm_str bytes)
{
	struct key key = {UINT64_C(0x9e3779b97f4a7c15), bytes.len};
	for (size_t at = 0; at < bytes.len; at += 8) {
		uint64_t word = 0;
		size_t left = bytes.len - at;
		memcpy(&word, bytes.data + at, left < 8 ? left : 8);
		key.high = mix(key.high ^ word);
		key.low = mix(key.low + word) + key.high;
	}
	return (struct key){mix(key.high + key.low), mix(key.low)};
}

static void add_number(struct zm_buf *out, uint32_t number)
{
	zm_buf_add(out, (struct zm_str){(const char *)&number, sizeof(number)});
}

/* All that counts of a record. */
static struct key key_of_record(struct zm_buf *scratch, const struct zm_record *record)
{
	zm_buf_clear(scratch);
	add_number(scratch, (uint32_t)record->type << 16 | record->class);
	add_number(scratch, record->ttl);
	zm_canon_name(scratch, record->owner);
	zm_canon_rdata(scratch, record);
	return key_of(zm_buf_str(scratch));
}

/* A $GENERATE of too many records is what it says. */
static struct key key_of_text(struct zm_str text)
{
	return key_of(zm_str_trim(text));
}

/* ---- What one side has more of ---- */

struct slot {
	struct key key;
	int64_t surplus; /* of `after`; below 0: of `before`; 0: the slot is free, or was used */
	bool is_used;
};

struct surplus {
	struct zm_arena arena;
	struct slot *slot;
	size_t slots; /* a power of two, or 0 */
	size_t used;
};

static struct slot *find(struct slot *slot, size_t slots, struct key key)
{
	size_t i = (size_t)key.low & (slots - 1);
	while (slot[i].is_used && (slot[i].key.low != key.low || slot[i].key.high != key.high)) {
		i = (i + 1) & (slots - 1);
	}
	return &slot[i];
}

/* Into a table with room for twice what is left in it. */
static void rebuild(struct surplus *surplus)
{
	size_t left = 0;
	for (size_t i = 0; i < surplus->slots; i++) {
		left += surplus->slot[i].surplus != 0;
	}
	struct surplus next = {.slots = 1024};
	while (next.slots < 4 * left) {
		next.slots *= 2;
	}
	next.slot = zm_arena_array(&next.arena, next.slots, sizeof(*next.slot));
	for (size_t i = 0; i < surplus->slots; i++) {
		if (surplus->slot[i].surplus != 0) {
			*find(next.slot, next.slots, surplus->slot[i].key) = surplus->slot[i];
			next.used++;
		}
	}
	zm_arena_release(&surplus->arena);
	*surplus = next;
}

static void count(struct surplus *surplus, struct key key, int sign)
{
	if (surplus->used * 2 >= surplus->slots) {
		rebuild(surplus);
	}
	struct slot *slot = find(surplus->slot, surplus->slots, key);
	surplus->used += !slot->is_used;
	slot->key = key;
	slot->is_used = true;
	slot->surplus += sign;
}

static int64_t surplus_of(const struct surplus *surplus, struct key key)
{
	return surplus->slots == 0 ? 0 : find(surplus->slot, surplus->slots, key)->surplus;
}

/* ---- Walking ---- */

struct side {
	struct zm_arena arena;
	struct zm_walk *walk;
	struct zm_buf scratch;
	struct zm_record record;
	struct key key;
	size_t faults; /* that were looked at */
};

static void start(struct side *side, const struct zm_reading *reading)
{
	*side = (struct side){.scratch = {.max = 0}};
	side->walk = zm_walk_start(&side->arena, reading->source, reading->load);
}

static void end(struct side *side)
{
	zm_walk_end(side->walk);
	zm_buf_release(&side->scratch);
	zm_arena_release(&side->arena);
}

/* The next record, or the next $GENERATE that was not followed: no record then. */
static bool next(struct side *side)
{
	if (zm_walk_next(side->walk, &side->record)) {
		side->key = key_of_record(&side->scratch, &side->record);
		return true;
	}
	const struct zm_zone *zone = zm_walk_zone(side->walk);
	side->record = (struct zm_record){0};
	while (side->faults < zone->fault_count) {
		const struct zm_fault *fault = &zone->fault[side->faults++];
		if (fault->kind == ZM_FAULT_NOT_FOLLOWED) {
			side->key = key_of_text(zm_source_line(fault->source, fault->at.start));
			return true;
		}
	}
	return false;
}

/* Where both are in one order, next to nothing is ever counted. */
static void count_all(struct surplus *surplus, const struct zm_reading *before,
		      const struct zm_reading *after)
{
	struct side old;
	struct side new;
	start(&old, before);
	start(&new, after);
	bool has_old = next(&old);
	bool has_new = next(&new);
	while (has_old || has_new) {
		bool is_same = has_old && has_new &&
			       old.key.low == new.key.low &&old.key.high == new.key.high;
		if (has_old && !is_same) {
			count(surplus, old.key, -1);
		}
		if (has_new && !is_same) {
			count(surplus, new.key, +1);
		}
		has_old = has_old && next(&old);
		has_new = has_new && next(&new);
	}
	end(&old);
	end(&new);
}

/* A record that one side has more often than the other is no difference. */
static void drop_repeated(struct surplus *surplus, const struct zm_reading *reading, int sign)
{
	struct side side;
	start(&side, reading);
	while (next(&side)) {
		int64_t found = surplus_of(surplus, side.key);
		if (sign > 0 ? found < 0 : found > 0) {
			find(surplus->slot, surplus->slots, side.key)->surplus = 0;
		}
	}
	end(&side);
}

static void name_first(struct zm_delta *delta, struct zm_arena *arena,
		       const struct surplus *surplus, const struct zm_reading *reading)
{
	struct side side;
	start(&side, reading);
	while (next(&side)) {
		if (surplus_of(surplus, side.key) != 0) {
			bool is_record = zm_name_is_set(side.record.owner);
			struct zm_name apex = zm_walk_zone(side.walk)->origin;
			delta->owner = zm_name_copy(arena, is_record ? side.record.owner : apex);
			delta->type = side.record.type;
			break;
		}
	}
	end(&side);
}

void zm_delta_find(struct zm_delta *delta, struct zm_arena *arena, const struct zm_reading *before,
		   const struct zm_reading *after)
{
	struct surplus surplus = {0};
	*delta = (struct zm_delta){0};
	count_all(&surplus, before, after);
	rebuild(&surplus);
	if (surplus.used > 0) {
		drop_repeated(&surplus, before, -1);
		drop_repeated(&surplus, after, +1);
	}
	for (size_t i = 0; i < surplus.slots; i++) {
		delta->added += surplus.slot[i].surplus > 0;
		delta->removed += surplus.slot[i].surplus < 0;
	}
	if (delta->added + delta->removed > 0) {
		name_first(delta, arena, &surplus, delta->added > 0 ? after : before);
	}
	zm_arena_release(&surplus.arena);
}
