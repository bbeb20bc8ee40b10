/*
 * rdata: is the data of a record what its type allows? Nearly all types are described by a table of
 * fields (layout.h); nothing is built, nothing is allocated, so that a zone of millions is checked
 * at the speed of reading it. A few rare ones go to ldns, one record at a time.
 *
 * SOA is soa.c's, TXT and SPF are record.c's.
 */
#ifndef ZM_ZONE_RDATA_H
#define ZM_ZONE_RDATA_H

#include "zone/zone.h"

/*
 * False: `fault` has kind, place and message, which names the field but no value. The message is in
 * the arena, which a record without fault does not touch.
 */
bool zm_rdata_check(const struct zm_record *record, struct zm_arena *arena, struct zm_fault *fault);

#endif
