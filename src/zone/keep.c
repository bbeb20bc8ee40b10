#include "zone/keep.h"

#include "spf/parse.h"
#include "zone/fast/skim.h"

#include <string.h>

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
		keeper->last_owner =
			record->is_lasting ? owner : zm_name_copy(keeper->zone->arena, owner);
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

static void add(struct zm_keeper *keeper, struct zm_record *record)
{
	struct zm_zone *zone = keeper->zone;
	zone->record = zm_arena_grow(zone->arena, zone->record, zone->record_count,
				     &keeper->capacity, sizeof(struct zm_record *));
	zone->record[zone->record_count++] = record;
	zone->spf_records += record->type == ZM_TYPE_TXT && record->text != NULL &&
			     zm_spf_is_record(record->text->bytes);
	bool is_apex_soa = record->type == ZM_TYPE_SOA && zm_name_eq(record->owner, zone->origin);
	if (is_apex_soa && zone->soa == NULL) {
		zone->soa = record;
	}
}

static void keep(struct zm_keeper *keeper, const struct zm_record *record)
{
	struct zm_zone *zone = keeper->zone;
	struct zm_record *kept = zm_arena_alloc(zone->arena, sizeof(*kept));
	*kept = *record;
	kept->owner = keep_owner(keeper, record);
	if (!record->is_lasting) {
		kept->rdata = copy_tokens(zone->arena, record->rdata, record->rdata_count);
	}
	add(keeper, kept);
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
	for (size_t i = 0; i < from->record_count; i++) {
		from->record[i]->ordinal += keeper->zone->records_seen;
		add(keeper, from->record[i]);
	}
}
