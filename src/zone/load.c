#include "zone/load.h"

#include "zone/names.h"
#include "zone/state.h"

#include <string.h>

struct keeper {
	struct zm_zone *zone;
	const struct zm_load_options *options;
	size_t capacity;
	struct zm_name last_owner; /* in the arena: neighbours of one owner share it */
};

static bool is_asked_for(const struct zm_load_options *options, uint16_t type)
{
	return options->keep == ZM_KEEP_ALL ||
	       (type < 64 && (options->keep & ZM_KEEP(type)) != 0) || type == ZM_TYPE_SOA ||
	       type == ZM_TYPE_SPF;
}

/* Of the apex's records of these types, among which a new record may have to find its place, all
 * are kept. */
static bool is_model(uint16_t type)
{
	return type == ZM_TYPE_NS || type == ZM_TYPE_TXT;
}

bool zm_load_may_keep(const struct zm_load_options *options, uint16_t type)
{
	return is_asked_for(options, type) || is_model(type);
}

static bool is_wanted(const struct keeper *keeper, const struct zm_record *record)
{
	if (is_model(record->type) && zm_name_eq(record->owner, keeper->zone->origin)) {
		return true;
	}
	return is_asked_for(keeper->options, record->type) ||
	       (record->type == ZM_TYPE_TXT && record->text != NULL &&
		zm_skim_mentions_spf(record->text->bytes));
}

static struct zm_name keep_owner(struct keeper *keeper, struct zm_name owner)
{
	struct zm_name last = keeper->last_owner;
	if (last.len != owner.len || memcmp(last.wire, owner.wire, owner.len) != 0) {
		keeper->last_owner = zm_name_copy(keeper->zone->arena, owner);
	}
	return keeper->last_owner;
}

static const struct zm_token *copy_tokens(struct zm_arena *arena, const struct zm_token *token,
					  size_t count)
{
	struct zm_token *copy = zm_arena_array(arena, count, sizeof(*copy));
	if (count > 0) {
		memcpy(copy, token, count * sizeof(*copy));
	}
	return copy;
}

static void keep(struct keeper *keeper, const struct zm_record *record)
{
	struct zm_zone *zone = keeper->zone;
	struct zm_record *kept = zm_arena_alloc(zone->arena, sizeof(*kept));
	*kept = *record;
	kept->owner = keep_owner(keeper, record->owner);
	kept->rdata = copy_tokens(zone->arena, record->rdata, record->rdata_count);
	zone->record = zm_arena_grow(zone->arena, zone->record, zone->record_count,
				     &keeper->capacity, sizeof(struct zm_record *));
	zone->record[zone->record_count++] = kept;
	bool is_apex_soa = kept->type == ZM_TYPE_SOA && zm_name_eq(kept->owner, zone->origin);
	if (is_apex_soa && zone->soa == NULL) {
		zone->soa = kept;
	}
}

struct zm_zone *zm_zone_load(struct zm_arena *arena, struct zm_source *source,
			     const struct zm_load_options *options)
{
	struct zm_walk *walk = zm_walk_start(arena, source, options);
	struct keeper keeper = {.zone = zm_walk_zone(walk), .options = options};
	struct zm_record record;
	zm_walk_skim(walk);
	while (zm_walk_next(walk, &record)) {
		if (is_wanted(&keeper, &record)) {
			keep(&keeper, &record);
		}
	}
	zm_walk_end(walk);
	zm_names_settle(keeper.zone->names, NULL);
	return keeper.zone;
}
