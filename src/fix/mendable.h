/*
 * mendable: what in a zone's records forbids any fix of it. What stands against its files, see
 * obstacle.h.
 */
#ifndef ZM_FIX_MENDABLE_H
#define ZM_FIX_MENDABLE_H

#include "fix/mend.h"

/* The first fault that keeps the zone from loading, or NULL. A string over 255 bytes is one, but
 * before the first round that may yet be mended: then it counts only with `long_strings_too`. */
const struct zm_fault *zm_mendable_fault(const struct zm_zone *zone, bool long_strings_too);

/* Why no fix may be made in this zone, whatever it is, with what to do, or the empty view: it is
 * signed, does not load, has no SOA. In `arena`. */
struct zm_str zm_mendable_obstacle(struct zm_arena *arena, const struct zm_zone *zone);

/* The same, also for what stands against a fix under these options. */
struct zm_str zm_mendable_obstacle_under(struct zm_arena *arena, const struct zm_zone *zone,
					 const struct zm_mend_options *options);

#endif
