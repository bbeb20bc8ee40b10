#include "fix/mendable.h"

#include "fix/batch.h"

const struct zm_fault *zm_mendable_fault(const struct zm_zone *zone, bool long_strings_too)
{
	for (size_t i = 0; i < zone->fault_count; i++) {
		enum zm_fault_kind kind = zone->fault[i].kind;
		bool harmless = zm_fault_is_harmless(kind) ||
				(kind == ZM_FAULT_STRING_LONG && !long_strings_too);
		if (!harmless) {
			return &zone->fault[i];
		}
	}
	return NULL;
}

static struct zm_str name_fault(struct zm_arena *arena, const struct zm_fault *fault)
{
	struct zm_position at = zm_source_position(fault->source, fault->at.start);
	return zm_arena_printf(arena, "the zone does not load: mend %s:%zu first (%.*s)",
			       fault->source->name, at.line, ZM_STR_ARG(fault->message));
}

/* Also one that says the same: servers drop a copy, but not one whose serial has stayed behind. */
static bool has_other_soa(const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->odd_count; i++) {
		if (zone->odd[i]->type == ZM_TYPE_SOA && zone->odd[i] != zone->soa) {
			return true;
		}
	}
	return false;
}

struct zm_str zm_mendable_obstacle(struct zm_arena *arena, const struct zm_zone *zone)
{
	const struct zm_fault *fault = zm_mendable_fault(zone, false);
	if (zone->is_signed) {
		return ZM_STR("the zone is signed: mend the unsigned source and sign it again");
	}
	if (zone->has_digest) {
		return ZM_STR("the zone holds a digest of itself (ZONEMD), which a fix would make "
			      "wrong: mend the source that it is made from, and make it again");
	}
	if (fault != NULL) {
		return name_fault(arena, fault);
	}
	if (zone->soa == NULL || zone->soa->soa_data == NULL) {
		return ZM_STR("the zone has no SOA record, so that its serial cannot be bumped");
	}
	if (has_other_soa(zone)) {
		return ZM_STR("the zone has several SOA records: leave one");
	}
	return ZM_STR("");
}

static struct zm_str serial_obstacle(struct zm_arena *arena, const struct zm_zone *zone,
				     const struct zm_mend_options *options)
{
	struct zm_error err;
	const struct zm_source *source = zone->soa->source;
	if (source != zone->source && !options->in_included) {
		return zm_arena_printf(
			arena,
			"its SOA record is in %s, which other zones may include: mend both by hand",
			source->name);
	}
	return zm_batch_may_change(options, zone, source, &err)
		       ? ZM_STR("")
		       : zm_arena_copy(arena, zm_str_from(err.text));
}

struct zm_str zm_mendable_obstacle_under(struct zm_arena *arena, const struct zm_zone *zone,
					 const struct zm_mend_options *options)
{
	struct zm_str obstacle = zm_mendable_obstacle(arena, zone);
	return obstacle.len > 0 ? obstacle : serial_obstacle(arena, zone, options);
}
