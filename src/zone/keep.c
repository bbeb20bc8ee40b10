#include "zone/keep.h"

#include "spf/parse.h"
#include "zone/fast/plain.h"
#include "zone/fast/skim.h"

#include <string.h>

static bool is_asked_for(const struct zm_load_options *options, uint16_t type)
{
	return zm_keeps(options->keep, type) || type == ZM_TYPE_SOA || type == ZM_TYPE_SPF;
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

/* Said by a rule, which wants to see the record; there are no more of them than faults. */
static bool has_long_string(const struct zm_text *text)
{
	for (size_t i = 0; !text->generic && i < text->strings; i++) {
		if (text->string[i].bytes.end - text->string[i].bytes.start > ZM_STRING_MAX) {
			return true;
		}
	}
	return false;
}

static bool is_wanted(const struct zm_keeper *keeper, const struct zm_record *record)
{
	if (is_model(record->type) && zm_name_eq(record->owner, keeper->zone->origin)) {
		return true;
	}
	return is_asked_for(keeper->options, record->type) ||
	       (record->type == ZM_TYPE_TXT && record->text != NULL &&
		(zm_skim_mentions_spf(record->text->bytes) || has_long_string(record->text)));
}

static struct zm_name keep_owner(struct zm_keeper *keeper, const struct zm_record *record)
{
	struct zm_name last = keeper->last_owner;
	struct zm_name owner = record->owner;
	if (last.len != owner.len || memcmp(last.wire, owner.wire, owner.len) != 0) {
		keeper->last_owner = zm_name_copy(keeper->zone->arena, owner);
	}
	return keeper->last_owner;
}

/* ---- Runs ---- */

/* The newest run has got more records, or is new: `zone->run_of` says so where blocks begin. */
static void note_blocks(struct zm_keeper *keeper)
{
	struct zm_zone *zone = keeper->zone;
	size_t blocks = (zone->record_count + ZM_KEPT_BLOCK - 1) / ZM_KEPT_BLOCK;
	const struct zm_kept_run *newest = &zone->run[zone->runs - 1];
	zone->record_count = newest->first + newest->count;
	for (; blocks * ZM_KEPT_BLOCK < zone->record_count; blocks++) {
		zone->run_of = zm_arena_grow(zone->arena, zone->run_of, blocks,
					     &keeper->block_capacity, sizeof(*zone->run_of));
		zone->run_of[blocks] = zone->runs - 1;
	}
}

static void add_run(struct zm_keeper *keeper, struct zm_kept_run run)
{
	struct zm_zone *zone = keeper->zone;
	run.first = zone->record_count;
	zone->run = zm_arena_grow(zone->arena, zone->run, zone->runs, &keeper->run_capacity,
				  sizeof(*zone->run));
	zone->run[zone->runs++] = run;
	keeper->capacity = run.count;
}

/* The first run grows, for most zones are small; each later one has all its room at once. */
static struct zm_kept_run *run_with_room(struct zm_keeper *keeper)
{
	struct zm_zone *zone = keeper->zone;
	if (zone->runs == 0) {
		add_run(keeper, (struct zm_kept_run){0});
	} else if (keeper->capacity >= ZM_KEPT_BLOCK &&
		   zone->run[zone->runs - 1].count == keeper->capacity) {
		struct zm_kept *item = zm_arena_array(zone->arena, ZM_KEPT_BLOCK, sizeof(*item));
		add_run(keeper, (struct zm_kept_run){.item = item});
		keeper->capacity = ZM_KEPT_BLOCK;
	}
	struct zm_kept_run *run = &zone->run[zone->runs - 1];
	run->item = zm_arena_grow(zone->arena, run->item, run->count, &keeper->capacity,
				  sizeof(*run->item));
	return run;
}

void zm_keeper_add_plain(struct zm_keeper *keeper, struct zm_kept kept)
{
	struct zm_kept_run *run = run_with_room(keeper);
	run->item[run->count++] = kept;
	note_blocks(keeper);
}

static void add_odd(struct zm_keeper *keeper, struct zm_record *record)
{
	struct zm_zone *zone = keeper->zone;
	zone->odd = zm_arena_grow(zone->arena, zone->odd, zone->odd_count, &keeper->odd_capacity,
				  sizeof(struct zm_record *));
	zone->odd[zone->odd_count++] = record;
	bool may_be_apex = record->type == ZM_TYPE_SOA || record->type == ZM_TYPE_NS;
	if (!may_be_apex || !zm_name_eq(record->owner, zone->origin)) {
		return;
	}
	zone->has_servers = zone->has_servers || record->type == ZM_TYPE_NS;
	if (record->type == ZM_TYPE_SOA && zone->soa == NULL) {
		zone->soa = record;
	}
}

void zm_keeper_add(struct zm_keeper *keeper, struct zm_record *record)
{
	struct zm_zone *zone = keeper->zone;
	record->owner = keep_owner(keeper, record);
	zm_keeper_add_plain(keeper, (struct zm_kept){
					    .hash = zm_names_newest(zone->names),
					    .record = record,
				    });
	add_odd(keeper, record);
	zone->spf_records += record->type == ZM_TYPE_TXT && record->text != NULL &&
			     zm_spf_is_record(record->text->bytes);
}

static void keep(struct zm_keeper *keeper, const struct zm_record *record)
{
	struct zm_arena *arena = keeper->zone->arena;
	struct zm_record *kept = zm_arena_alloc(arena, sizeof(*kept));
	*kept = *record;
	kept->rdata = zm_tokens_copy(arena, record->rdata, record->rdata_count);
	zm_keeper_add(keeper, kept);
}

void zm_keeper_run(struct zm_keeper *keeper, struct zm_walk *walk)
{
	struct zm_record record;
	while (zm_walk_next(walk, &record)) {
		if (is_wanted(keeper, &record)) {
			keep(keeper, &record);
		}
	}
}

void zm_keeper_join(struct zm_keeper *keeper, const struct zm_zone *from)
{
	for (size_t i = 0; i < from->runs; i++) {
		add_run(keeper, from->run[i]);
		note_blocks(keeper);
	}
	for (size_t i = 0; i < from->odd_count; i++) {
		add_odd(keeper, from->odd[i]);
	}
	keeper->zone->spf_records += from->spf_records;
}

/* ---- Asking ---- */

const struct zm_record *zm_zone_record(const struct zm_zone *zone, struct zm_arena *arena,
				       size_t number)
{
	const struct zm_kept *kept = zm_zone_kept(zone, number);
	return kept->is_plain ? zm_plain_record(arena, kept) : kept->record;
}

bool zm_record_is(const struct zm_record *a, const struct zm_record *b)
{
	return a->source == b->source && a->at.start == b->at.start;
}
