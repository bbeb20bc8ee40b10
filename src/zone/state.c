#include "zone/state.h"

bool zm_fault_is_harmless(enum zm_fault_kind kind)
{
	return kind == ZM_FAULT_NOT_FOLLOWED || kind == ZM_FAULT_OUT_OF_ZONE ||
	       kind == ZM_FAULT_OCCLUDED || kind == ZM_FAULT_SERVERS_DIFFER;
}

static bool hides_records(enum zm_fault_kind kind)
{
	return kind == ZM_FAULT_NOT_FOLLOWED || kind == ZM_FAULT_INCLUDE ||
	       kind == ZM_FAULT_TOO_MANY;
}

bool zm_zone_is_garbled(const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->fault_count; i++) {
		enum zm_fault_kind kind = zone->fault[i].kind;
		if (kind == ZM_FAULT_SYNTAX || kind == ZM_FAULT_TOO_MANY) {
			return true;
		}
	}
	return false;
}

void zm_walk_add_fault(struct zm_walk *walk, struct zm_fault fault)
{
	fault.source = zm_walk_file(walk)->source;
	fault.entry = zm_walk_file(walk)->entry;
	if (zm_walk_generate_blames(walk, &fault, zm_fault_is_harmless(fault.kind))) {
		zm_walk_add_late_fault(walk, fault);
	}
}

struct zm_fault zm_fault_of(const struct zm_record *record, enum zm_fault_kind kind)
{
	bool is_made = record->source->made_by != NULL;
	return (struct zm_fault){
		.kind = kind,
		.source = is_made ? record->source->made_by : record->source,
		.at = is_made ? record->source->made_at : record->type_at,
		.entry = is_made ? 0 : record->at.start,
		.owner = record->owner,
	};
}

void zm_walk_add_late_fault(struct zm_walk *walk, struct zm_fault fault)
{
	struct zm_zone *zone = walk->zone;
	if (zone->fault_count > ZM_FAULTS_MAX) {
		return;
	}
	if (zone->fault_count == ZM_FAULTS_MAX) {
		fault.kind = ZM_FAULT_TOO_MANY;
		fault.message = zm_str_from("too many faults: the rest of the file was not read");
		walk->stopped = true;
	}
	zone->fault = zm_arena_grow(walk->arena, zone->fault, zone->fault_count,
				    &walk->fault_capacity, sizeof(*zone->fault));
	zone->fault[zone->fault_count++] = fault;
	zone->loads = zone->loads && zm_fault_is_harmless(fault.kind);
	zone->complete = zone->complete && !hides_records(fault.kind);
}

void zm_walk_blame(struct zm_walk *walk, enum zm_fault_kind kind, struct zm_span at,
		   const char *message)
{
	zm_walk_add_fault(
		walk, (struct zm_fault){.kind = kind, .at = at, .message = zm_str_from(message)});
}

void zm_walk_blame_record(struct zm_walk *walk, enum zm_fault_kind kind, struct zm_span at,
			  const char *message)
{
	struct zm_fault fault = {.kind = kind, .at = at, .message = zm_str_from(message)};
	fault.owner = zm_name_copy(walk->arena, zm_name_of(&zm_walk_file(walk)->owner));
	zm_walk_add_fault(walk, fault);
}

struct zm_span zm_entry_span(const struct zm_entry *entry, size_t i)
{
	return (struct zm_span){entry->token[i].start, entry->token[i].end};
}

struct zm_str zm_walk_word(struct zm_walk *walk, const struct zm_entry *entry, size_t i)
{
	return zm_entry_text(entry, i, zm_walk_file(walk)->source->bytes);
}
