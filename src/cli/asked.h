/*
 * asked: what the commands that ask the zones have in common.
 */
#ifndef ZM_CLI_ASKED_H
#define ZM_CLI_ASKED_H

#include "cli/session.h"
#include "dns/zones.h"

/*
 * The zones of the session that may answer for a name, each to the clients of its views: those of
 * the deepest apex at or above it, in the order of the paths. None where the name lies outside.
 */
const struct zm_zone **zm_asked_authorities(const struct zm_session *session,
					    struct zm_arena *arena, struct zm_name name,
					    size_t *count);

/* Whether servers would load a zone, or all that were asked; those that they would not are said. */
bool zm_asked_zone_loads(const struct zm_zone *zone);
bool zm_asked_zones_load(const struct zm_zones *zones);

#endif
