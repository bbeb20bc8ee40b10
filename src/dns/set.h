/*
 * set: the zone set, all zones of one run, asked by name. What lies outside of it is unknown, never
 * guessed.
 */
#ifndef ZM_DNS_SET_H
#define ZM_DNS_SET_H

#include "zone/zone.h"

struct zm_set {
	struct zm_arena *arena;
	struct zm_set_zone *zones;
	struct zm_set_slot *slot;
	size_t slots;
	size_t used;
};

enum zm_set_answer {
	ZM_SET_UNKNOWN, /* no zone of the set is authoritative for the name, or its zone was not
			   read whole */
	ZM_SET_NONE,    /* the name has no SPF record */
	ZM_SET_ONE,
	ZM_SET_SEVERAL, /* permerror to a receiver (RFC 7208 4.5) */
};

void zm_set_init(struct zm_set *set, struct zm_arena *arena);

/* Adds a zone, or replaces the one that was added from the same source name. Zone and arena must
 * outlive the set. */
void zm_set_add(struct zm_set *set, const struct zm_zone *zone);

/* The SPF record (TXT, RFC 7208 3.1) of a name; `*record` is set for ZM_SET_ONE only. Wildcards
 * count (RFC 4592). */
enum zm_set_answer zm_set_spf(const struct zm_set *set, struct zm_name name,
			      const struct zm_record **record);

#endif
