/*
 * servers: a zone has NS records at its apex, and those that name a host in the zone need its
 * address there (RFC 1034 4.2.1), as named checks it.
 */
#ifndef ZM_ZONE_WHOLE_SERVERS_H
#define ZM_ZONE_WHOLE_SERVERS_H

#include "zone/state.h"

/* Adds a fault for each name server of an ended walk's zone that leads to no address, and one where
 * there is none at all. The zone was read completely. */
void zm_servers_check(struct zm_walk *walk);

#endif
