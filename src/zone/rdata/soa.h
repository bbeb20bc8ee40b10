/*
 * soa: the data of SOA records (RFC 1035 3.3.13): two names, a serial, four times that may have
 * units.
 *
 *	ns1.example.com. hostmaster.example.com. 2026010100 2h 1h 2w 1h
 */
#ifndef ZM_ZONE_RDATA_SOA_H
#define ZM_ZONE_RDATA_SOA_H

#include "zone/zone.h"

/* Fills serial_at, where there is a serial, and soa_data. False: the fault has kind, place and
 * message, and soa_data is NULL. */
bool zm_soa_read(struct zm_record *record, struct zm_arena *arena, struct zm_fault *fault);

/* The serial of a zone. False: it has no SOA record that could be read, or one with a placeholder
 * for it; `*serial` is 0 then. */
bool zm_zone_serial(const struct zm_zone *zone, uint32_t *serial);

/* Whether the zone has a placeholder where its serial should be. */
bool zm_zone_has_placeholder(const struct zm_zone *zone);

/* Whether both say the same; names in any case. */
bool zm_soa_same(const struct zm_soa *a, const struct zm_soa *b);

/* The same, but that the serials may differ. */
bool zm_soa_same_but_serial(const struct zm_soa *a, const struct zm_soa *b);

#endif
