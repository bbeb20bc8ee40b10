/*
 * keys: what the apex says of its keys, held against the keys that are there: a CDS or CDNSKEY
 * record of an algorithm of which the zone has no DNSKEY record (RFC 7344 4.1), one that asks for
 * deletion beside one that does not (RFC 8078 4), NSEC3PARAM records none of which names a hash
 * algorithm that is known (RFC 5155 11). named does not load such a zone.
 */
#ifndef ZM_ZONE_WHOLE_KEYS_H
#define ZM_ZONE_WHOLE_KEYS_H

#include "zone/state.h"

/* Walks the zone of an ended walk again and adds a fault for each. Nothing where it does not load
 * anyway. */
void zm_keys_check(struct zm_walk *walk);

#endif
