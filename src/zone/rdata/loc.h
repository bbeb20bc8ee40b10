/*
 * loc: the data of LOC records (RFC 1876 3): two angles, an altitude, up to three sizes.
 *
 *	52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m
 */
#ifndef ZM_ZONE_RDATA_LOC_H
#define ZM_ZONE_RDATA_LOC_H

#include "zone/rdata/words.h"

/* Before the first word. */
bool zm_loc_check(struct zm_words *words);

#endif
