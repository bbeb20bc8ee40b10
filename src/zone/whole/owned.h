/*
 * owned: the kept records of one owner, wherever they stand in a zone.
 */
#ifndef ZM_ZONE_WHOLE_OWNED_H
#define ZM_ZONE_WHOLE_OWNED_H

#include "zone/zone.h"

struct zm_owned {
	uint64_t hash; /* of the owner, as struct zm_kept has it */
	size_t number; /* of the record among those kept */
};

/*
 * The records of an owner by its hash, see zm_names_hash(), in their order: `*count` of them,
 * perhaps with those of another name. They live as long as the zone. An index of all is made when
 * somebody asks first, which several threads may not do at once.
 */
const struct zm_owned *zm_zone_owned(const struct zm_zone *zone, uint64_t hash, size_t *count);

#endif
