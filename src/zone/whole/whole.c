#include "zone/whole/whole.h"

#include "zone/whole/clash.h"
#include "zone/whole/names.h"
#include "zone/whole/occlude.h"
#include "zone/rdata/soa.h"

/* ---- Apex ---- */

static bool is_at_apex(const struct zm_zone *zone, const struct zm_record *record, uint16_t type)
{
	return record->type == type && zm_name_eq(record->owner, zone->origin);
}

static bool is_same_soa(const struct zm_soa *a, const struct zm_soa *b)
{
	return a != NULL && b != NULL && zm_soa_same(a, b);
}

/* Rules of their own report it. */
static void check_soa(struct zm_zone *zone)
{
	zone->loads = zone->loads && zone->soa != NULL;
	for (size_t i = 0; i < zone->odd_count; i++) {
		const struct zm_record *record = zone->odd[i];
		bool is_other = is_at_apex(zone, record, ZM_TYPE_SOA) && record != zone->soa;
		if (is_other && !is_same_soa(record->soa_data, zone->soa->soa_data)) {
			zone->loads = false;
		}
	}
}

/* ---- Name servers ---- */

/* The target as a name; false for RFC 3597 data, which is left alone. */
static bool read_target(struct zm_name_buf *target, const struct zm_record *record)
{
	const char *why;
	for (size_t i = 0; i < record->rdata_count; i++) {
		if (record->rdata[i].kind == ZM_WORD) {
			struct zm_str text =
				zm_str_sub(record->source->bytes, record->rdata[i].start,
					   record->rdata[i].end);
			return !zm_str_eq(text, ZM_STR("\\#")) &&
			       zm_name_parse(target, text, record->origin, &why);
		}
	}
	return false;
}

/* What a wildcard gives for a name that has no records (RFC 4592 3.3.1); 0: nothing. */
static unsigned wildcard_kinds(const struct zm_zone *zone, struct zm_name name)
{
	struct zm_name_buf star = {.wire = {1, '*'}};
	while (name.len > zone->origin.len) {
		name = zm_name_parent(name);
		if (name.len > ZM_NAME_MAX - 2) {
			return 0;
		}
		for (size_t i = 0; i < name.len; i++) {
			star.wire[2 + i] = name.wire[i];
		}
		star.len = (uint8_t)(name.len + 2);
		unsigned kinds = zm_names_kinds(zone->names, zm_name_of(&star));
		if (kinds != 0 || zm_names_kinds(zone->names, name) != 0) {
			return kinds;
		}
	}
	return 0;
}

static bool is_below_dname(const struct zm_zone *zone, struct zm_name cut)
{
	return (zm_names_kinds(zone->names, cut) & ZM_KIND_DNAME) != 0;
}

/* Why the server's name leads to no address, or NULL (named's check of apex NS records). */
static const char *missing_address(const struct zm_zone *zone, struct zm_name server)
{
	struct zm_name cut = zm_names_cut(zone->names, zone->origin, server);
	if (zm_name_is_set(cut)) {
		return is_below_dname(zone, cut) ? "is below a DNAME record" : NULL;
	}
	unsigned kinds = zm_names_kinds(zone->names, server);
	kinds = kinds == 0 ? wildcard_kinds(zone, server) : kinds;
	if ((kinds & ZM_KIND_CNAME) != 0) {
		return "is an alias (CNAME)";
	}
	return (kinds & ZM_KIND_ADDRESS) != 0 ? NULL : "has no address (A or AAAA) in the zone";
}

static void check_server(struct zm_walk *walk, const struct zm_record *record)
{
	struct zm_zone *zone = walk->zone;
	struct zm_name_buf target;
	if (!read_target(&target, record)) {
		return;
	}
	struct zm_name server = zm_name_of(&target);
	if (!zm_name_is_below(server, zone->origin)) {
		return;
	}
	const char *why = missing_address(zone, server);
	if (why != NULL) {
		struct zm_str name = zm_name_text(walk->arena, server);
		struct zm_fault fault = zm_fault_of(record, ZM_FAULT_SERVERS);
		fault.message =
			zm_arena_printf(walk->arena, "name server %.*s %s", ZM_STR_ARG(name), why);
		zm_walk_add_late_fault(walk, fault);
	}
}

static void check_servers(struct zm_walk *walk)
{
	struct zm_zone *zone = walk->zone;
	size_t servers = 0;
	for (size_t i = 0; i < zone->odd_count; i++) {
		if (is_at_apex(zone, zone->odd[i], ZM_TYPE_NS)) {
			check_server(walk, zone->odd[i]);
			servers++;
		}
	}
	if (servers == 0 && zone->soa != NULL) {
		struct zm_fault fault = zm_fault_of(zone->soa, ZM_FAULT_SERVERS);
		fault.message = zm_str_from("the zone has no NS record at its apex");
		zm_walk_add_late_fault(walk, fault);
	}
}

void zm_whole_check(struct zm_walk *walk)
{
	struct zm_zone *zone = walk->zone;
	if (!zm_name_is_set(zone->origin)) {
		return;
	}
	check_soa(zone);
	if (zone->complete && !zm_zone_is_garbled(zone)) {
		check_servers(walk);
	}
	if (zm_names_clashes(zone->names) > 0) {
		zm_clash_check(walk);
	}
	zm_occlude_check(walk);
}
