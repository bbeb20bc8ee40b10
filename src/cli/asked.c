#include "cli/asked.h"

#include "cli/message.h"
#include "dns/index.h"

const struct zm_zone **zm_asked_authorities(const struct zm_session *session,
					    struct zm_arena *arena, struct zm_name name,
					    size_t *count)
{
	struct zm_name_path path;
	const struct zm_zone **list = zm_arena_array(arena, session->count, sizeof(*list));
	zm_name_split(&path, name);
	const struct zm_zone *first = zm_set_authority(&session->set, NULL, &path);
	*count = 0;
	for (size_t i = 0; first != NULL && i < session->count; i++) {
		const struct zm_zone *zone = session->job[i].zone;
		if (zone != NULL && zm_name_eq(zone->origin, first->origin)) {
			list[(*count)++] = zone;
		}
	}
	return list;
}

bool zm_asked_zone_loads(const struct zm_zone *zone)
{
	if (!zone->loads) {
		zm_say("%s: no server would load this zone; see: zonemend check",
		       zone->source->name);
	}
	return zone->loads;
}

bool zm_asked_zones_load(const struct zm_zones *zones)
{
	bool good = true;
	for (size_t i = 0; i < zones->indexes; i++) {
		good = zm_asked_zone_loads(zones->index[i].zone) && good;
	}
	return good;
}
