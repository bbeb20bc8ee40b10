/*
 * zones: what the DNS would answer if the zones of the set, and nothing else, were served: exact
 * records, wildcards (RFC 4592), CNAME and DNAME (RFC 6672) chains, zone cuts. What no zone of the
 * set is authoritative for is unknown, and so is what lies
 * below a cut whose zone is not in the set.
 *
 *	struct zm_zones zones;
 *	zm_zones_init(&zones, &set, &arena, NULL);
 *	struct zm_resolver resolver = zm_zones_resolver(&zones);
 *
 * Zones must have been read with ZM_ZONES_KEEP. Each zone is indexed when it is first asked,
 * so that one thread at a time may ask.
 */
#ifndef ZM_DNS_ZONES_H
#define ZM_DNS_ZONES_H

#include "dns/set.h"
#include "spf/resolve.h"
#include "zone/load.h"

/* zm_load_options.keep: all types, for a record of any type takes a name, and those above it, away
 * from a wildcard (RFC 4592 2.2). */
#define ZM_ZONES_KEEP ZM_KEEP_ALL

enum { ZM_ALIASES_MAX = 16 }; /* links of one chain; a longer one, or a loop, is an error */

struct zm_zones {
	struct zm_arena *arena;
	const struct zm_set *set;
	const struct zm_zone *asker;
	struct zm_map apex; /* → the first index of a zone of that apex */
	struct zm_index *index;
	size_t indexes;
	size_t capacity;
	size_t last; /* the index that was asked last */
};

/* The set must not change while it is asked. Of several zones of one apex `asker` goes first, which
 * may be NULL. */
void zm_zones_init(struct zm_zones *zones, const struct zm_set *set, struct zm_arena *arena,
		   const struct zm_zone *asker);

/* Records come in the order of the file, each with its struct zm_record; equal TXT records are one
 * (RFC 2181 5). Names and texts are views of the zones or in the arena. */
struct zm_resolver zm_zones_resolver(struct zm_zones *zones);

#endif
