/*
 * svcb: the data of SVCB and HTTPS records (RFC 9460 2.1): a priority, a target, parameters.
 */
#ifndef ZM_ZONE_RDATA_SVCB_H
#define ZM_ZONE_RDATA_SVCB_H

#include "zone/rdata/words.h"

/* Before the first word. */
bool zm_svcb_check(struct zm_words *words);

#endif
