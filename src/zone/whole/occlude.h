/*
 * occlude: SPF records that nobody sees, because their name belongs to another zone: at or below a
 * delegation (RFC 1034 4.2.1), below a DNAME record (RFC 6672 2.4).
 */
#ifndef ZM_ZONE_WHOLE_OCCLUDE_H
#define ZM_ZONE_WHOLE_OCCLUDE_H

#include "zone/state.h"

/* Adds a fault for each such record that was kept; where one seems to be, the zone is walked again
 * to see whether the delegation is there. */
void zm_occlude_check(struct zm_walk *walk);

#endif
