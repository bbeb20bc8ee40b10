/*
 * set: the zone set, all zones of one run, asked by name. What lies outside of it is unknown, never
 * guessed.
 *
 * Two files may hold the same zone (views): then a zone's own records are asked first, else those
 * of the file that was added first, of the ones in a view of the asker's.
 */
#ifndef ZM_DNS_SET_H
#define ZM_DNS_SET_H

#include "dns/map.h"
#include "zone/zone.h"

struct zm_set {
	struct zm_arena *arena;
	struct zm_set_zone **zone; /* in the order they were added */
	size_t zones;
	size_t zone_capacity;
	struct zm_map apex; /* → the first zone of that apex */
};

enum zm_set_answer {
	ZM_SET_UNKNOWN, /* no zone of the set is authoritative for the name, or its zone was not
			   read whole */
	ZM_SET_NONE,    /* the name has no SPF record */
	ZM_SET_ONE,
	ZM_SET_SEVERAL, /* permerror to a receiver (RFC 7208 4.5) */
};

void zm_set_init(struct zm_set *set, struct zm_arena *arena);

/*
 * Adds a zone whose origin is known, or puts it in the place of the one that came from the same
 * file: the set then knows nothing of that any more. Until it is replaced the zone must live, at
 * most as long as the set.
 */
void zm_set_add(struct zm_set *set, const struct zm_zone *zone);

/*
 * The zone that answers for `name`: of the deepest apex at or above it, `asker` if that is one of
 * them, else the first. NULL: the name lies outside of the set.
 */
const struct zm_zone *zm_set_authority(const struct zm_set *set, const struct zm_zone *asker,
				       const struct zm_name_path *name);

/* Whether no zone of the set lies above, at or below `name`. Looks at each zone. */
bool zm_set_is_outside(const struct zm_set *set, struct zm_name name);

/*
 * The SPF record (TXT, RFC 7208 3.1) of `name` as seen from `asker`, a zone of the set or NULL.
 * `*record` is set for ZM_SET_ONE only; it may lie in the arena. Several threads may ask at once.
 * Wildcards and CNAMEs are not followed.
 */
enum zm_set_answer zm_set_spf(const struct zm_set *set, struct zm_arena *arena,
			      const struct zm_zone *asker, struct zm_name name,
			      const struct zm_record **record);

#endif
