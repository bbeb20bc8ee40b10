/*
 * clash: the records at one name that may not stand there together: other data beside a CNAME
 * (RFC 1034 3.6.2), a second CNAME or DNAME (RFC 2181 10.1, RFC 6672 2.4).
 */
#ifndef ZM_ZONE_WHOLE_CLASH_H
#define ZM_ZONE_WHOLE_CLASH_H

#include "zone/state.h"

/* Walks the zone of an ended walk again and adds a fault for each name where records clash. */
void zm_clash_check(struct zm_walk *walk);

#endif
