#include "lint/earlier.h"

struct zm_serial_next zm_earlier_next(const struct zm_earlier *earlier, uint32_t serial)
{
	if (earlier->how.style == ZM_SERIAL_KEEP || zm_serial_is_after(serial, earlier->serial)) {
		return (struct zm_serial_next){.serial = serial, .style = ZM_SERIAL_KEEP};
	}
	return zm_serial_bump_by(earlier->serial, &earlier->how);
}

bool zm_earlier_differs(const struct zm_earlier *earlier, struct zm_arena *arena,
			const struct zm_zone *zone, struct zm_delta *delta)
{
	const struct zm_reading now = {zone->source, earlier->load};
	bool is_same_file = zm_str_eq(zone->source->bytes, earlier->then.source->bytes);
	*delta = (struct zm_delta){0};
	if (!is_same_file || (zone->source_count > 1 && !earlier->has_same_parts)) {
		zm_delta_find(delta, arena, &earlier->then, &now);
	}
	return delta->added + delta->removed > 0;
}
