/*
 * whole: is a zone right as a whole, though each of its records may be? Its apex has an SOA and
 * name servers, those have addresses, and nothing stands beside a CNAME.
 */
#ifndef ZM_ZONE_WHOLE_H
#define ZM_ZONE_WHOLE_H

#include "zone/state.h"

/*
 * Adds faults to the zone of a walk that has ended, whose records were kept and whose names are
 * settled. Where the names look wrong, the zone is walked once more to see which records are.
 */
void zm_whole_check(struct zm_walk *walk);

#endif
