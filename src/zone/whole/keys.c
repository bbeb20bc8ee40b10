#include "zone/whole/keys.h"

#include "zone/rdata/canon.h"
#include "zone/types.h"
#include "zone/whole/again.h"
#include "zone/whole/names.h"

/* A record of the apex that is a key or speaks of one. */
struct key {
	uint16_t type;
	uint8_t algorithm; /* of NSEC3PARAM: the hash algorithm */
	bool deletes;
	struct zm_fault fault; /* its place */
};

/* What the records of one type say together. */
struct said {
	bool algorithm[UINT8_MAX + 1];
	bool told[UINT8_MAX + 1]; /* of which something is reported: once is enough */
	bool deletes;
	bool keeps; /* one that does not delete */
};

struct keys {
	struct zm_arena arena;
	struct key *item;
	size_t count;
	size_t capacity;
	struct said dnskey;
	struct said cds;
	struct said cdnskey;
	struct said nsec3param;
};

enum { SHA_1 = 1 }; /* RFC 5155 11: the only hash algorithm there is */

/* ---- Reading ---- */

static bool is_key(uint16_t type)
{
	return type == ZM_TYPE_DNSKEY || type == ZM_TYPE_CDS || type == ZM_TYPE_CDNSKEY ||
	       type == ZM_TYPE_NSEC3PARAM;
}

static struct said *said_by(struct keys *keys, uint16_t type)
{
	switch (type) {
	case ZM_TYPE_CDS:
		return &keys->cds;
	case ZM_TYPE_CDNSKEY:
		return &keys->cdnskey;
	case ZM_TYPE_NSEC3PARAM:
		return &keys->nsec3param;
	default:
		return &keys->dnskey;
	}
}

/* RFC 8078 4: `0 0 0 00` and `0 3 0 AA==`. */
static bool is_deletion(uint16_t type, struct zm_str data)
{
	static const struct zm_str cds = {"\0\0\0\0\0", 5};
	static const struct zm_str cdnskey = {"\0\0\3\0\0", 5};
	return (type == ZM_TYPE_CDS && zm_str_eq(data, cds)) ||
	       (type == ZM_TYPE_CDNSKEY && zm_str_eq(data, cdnskey));
}

/* Where the algorithm stands: behind the key tag (RFC 4034 5.1), behind flags and protocol (2.1),
 * or first (RFC 5155 4.2). */
static size_t algorithm_at(uint16_t type)
{
	if (type == ZM_TYPE_NSEC3PARAM) {
		return 0;
	}
	return type == ZM_TYPE_CDS ? 2 : 3;
}

static void note(struct said *said, const struct key *key)
{
	said->deletes = said->deletes || key->deletes;
	said->keeps = said->keeps || !key->deletes;
	said->algorithm[key->algorithm] = true;
}

static void add_key(struct keys *keys, const struct zm_again *again, const struct zm_record *record)
{
	struct zm_buf data = {0};
	size_t at = algorithm_at(record->type);
	zm_canon_rdata(&data, record);
	if (data.len > at) {
		const struct key key = {
			.type = record->type,
			.algorithm = (uint8_t)data.data[at],
			.deletes = is_deletion(record->type, zm_buf_str(&data)),
			.fault = zm_again_fault(again, record, ZM_FAULT_KEYS),
		};
		keys->item = zm_arena_grow(&keys->arena, keys->item, keys->count, &keys->capacity,
					   sizeof(*keys->item));
		keys->item[keys->count++] = key;
		note(said_by(keys, key.type), &key);
	}
	zm_buf_release(&data);
}

static void collect(struct keys *keys, struct zm_walk *walk)
{
	struct zm_name apex = walk->zone->origin;
	struct zm_wanted *wanted = zm_arena_alloc(&keys->arena, sizeof(*wanted));
	zm_wanted_add(wanted, zm_names_hash(apex));
	struct zm_again *again = zm_again_start(walk, wanted);
	struct zm_record record;
	while (keys->count < ZM_FAULTS_MAX && zm_again_next(again, &record)) {
		if (is_key(record.type) && zm_name_eq(record.owner, apex)) {
			add_key(keys, again, &record);
		}
	}
	zm_again_end(again);
}

/* ---- Holding one against another ---- */

/* What is wrong with it, in the arena; empty: nothing. */
static struct zm_str blame(struct keys *keys, const struct key *key, struct zm_arena *arena)
{
	const char *name = zm_type_name(key->type);
	const struct said *said = said_by(keys, key->type);
	switch (key->type) {
	case ZM_TYPE_DNSKEY:
		return ZM_STR("");
	case ZM_TYPE_NSEC3PARAM:
		return said->algorithm[SHA_1]
			       ? ZM_STR("")
			       : zm_arena_printf(arena,
						 "%s record with hash algorithm %d: none but %d "
						 "(SHA-1) is known",
						 name, key->algorithm, SHA_1);
	default:
		break;
	}
	if (key->deletes) {
		return !said->keeps ? ZM_STR("")
				    : zm_arena_printf(arena,
						      "%s record that asks for deletion, beside "
						      "one that does not",
						      name);
	}
	return said->deletes || keys->dnskey.algorithm[key->algorithm]
		       ? ZM_STR("")
		       : zm_arena_printf(arena,
					 "%s record of algorithm %d, of which the zone has no "
					 "DNSKEY record",
					 name, key->algorithm);
}

static void check(struct zm_walk *walk)
{
	struct keys keys = {0};
	collect(&keys, walk);
	for (size_t i = 0; i < keys.count; i++) {
		const struct key *key = &keys.item[i];
		bool *is_told = &said_by(&keys, key->type)->told[key->algorithm];
		struct zm_fault fault = key->fault;
		fault.message = blame(&keys, key, walk->arena);
		fault.owner = walk->zone->origin;
		if (fault.message.len > 0 && !*is_told) {
			zm_walk_add_late_fault(walk, fault);
			*is_told = true;
		}
	}
	zm_arena_release(&keys.arena);
}

void zm_keys_check(struct zm_walk *walk)
{
	const struct zm_zone *zone = walk->zone;
	if (zone->names_keys && zone->complete && zone->loads) {
		check(walk);
	}
}
