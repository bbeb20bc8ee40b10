#include "zone/whole/whole.h"

#include "zone/whole/clash.h"
#include "zone/whole/keys.h"
#include "zone/whole/names.h"
#include "zone/whole/occlude.h"
#include "zone/whole/servers.h"
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

void zm_whole_check(struct zm_walk *walk)
{
	struct zm_zone *zone = walk->zone;
	if (!zm_name_is_set(zone->origin)) {
		return;
	}
	check_soa(zone);
	if (zone->complete && !zm_zone_is_garbled(zone)) {
		zm_servers_check(walk);
	}
	if (zm_names_clashes(zone->names) > 0) {
		zm_clash_check(walk);
	}
	zm_keys_check(walk);
	zm_occlude_check(walk);
}
