#include "zone/names.h"

#include "zone/zone.h"

#include <string.h>

enum { KIND_BITS = 9, FIRST_ROOM = 64 };

/* A name's hash but for its lowest bits, which hold the kinds; 0: nobody. At least a quarter of
 * the slots are free. */
struct zm_names {
	struct zm_arena memory; /* of `slot` alone: a table that became too small is given back */
	uint64_t *slot;
	size_t room;
	size_t count;
	size_t clashes;
};

enum zm_kind zm_kind_of(uint16_t type)
{
	switch (type) {
	case ZM_TYPE_A:
	case ZM_TYPE_AAAA:
		return ZM_KIND_ADDRESS;
	case ZM_TYPE_NS:
		return ZM_KIND_NS;
	case ZM_TYPE_CNAME:
		return ZM_KIND_CNAME;
	case ZM_TYPE_DNAME:
		return ZM_KIND_DNAME;
	case ZM_TYPE_MX:
		return ZM_KIND_MX;
	case ZM_TYPE_TXT:
	case ZM_TYPE_SPF:
		return ZM_KIND_TEXT;
	case ZM_TYPE_KEY:
	case ZM_TYPE_RRSIG:
	case ZM_TYPE_NSEC:
		return ZM_KIND_BESIDE;
	default:
		return ZM_KIND_OTHER;
	}
}

static void release_names(void *names)
{
	zm_arena_release(&((struct zm_names *)names)->memory);
}

static uint64_t *new_slots(struct zm_names *names, size_t room)
{
	names->room = room;
	names->slot = zm_arena_array(&names->memory, room, sizeof(*names->slot));
	return names->slot;
}

struct zm_names *zm_names_new(struct zm_arena *arena)
{
	struct zm_names *names = zm_arena_alloc(arena, sizeof(*names));
	new_slots(names, FIRST_ROOM);
	zm_arena_defer(arena, release_names, names);
	return names;
}

/* FNV-1a of the wire form in lower case (RFC 4343), stirred; never 0 above the kinds. */
static uint64_t hash_of(struct zm_name name)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < name.len; i++) {
		hash = (hash ^ (uint8_t)zm_lower((char)name.wire[i])) * UINT64_C(0x100000001b3);
	}
	hash ^= hash >> 32;
	hash *= UINT64_C(0x9e3779b97f4a7c15);
	return hash >> KIND_BITS == 0 ? UINT64_C(1) << KIND_BITS : hash;
}

/* The slot of the name, or the free one where it belongs. */
static uint64_t *find(const struct zm_names *names, uint64_t hash)
{
	size_t at = (size_t)(((hash >> 32) * names->room) >> 32);
	while (names->slot[at] != 0 && (names->slot[at] ^ hash) >> KIND_BITS != 0) {
		at = at + 1 == names->room ? 0 : at + 1;
	}
	return &names->slot[at];
}

static void grow(struct zm_names *names)
{
	struct zm_arena old_memory = names->memory;
	const uint64_t *old = names->slot;
	size_t room = names->room;
	names->memory = (struct zm_arena){0};
	new_slots(names, room + room / 2);
	for (size_t i = 0; i < room; i++) {
		if (old[i] != 0) {
			*find(names, old[i]) = old[i];
		}
	}
	zm_arena_release(&old_memory);
}

/* RFC 2181 10.1, RFC 4035 2.5, RFC 6672 2.4. */
bool zm_kinds_clash(unsigned kinds)
{
	unsigned others = kinds & ~((unsigned)ZM_KIND_CNAME | ZM_KIND_BESIDE);
	return ((kinds & ZM_KIND_CNAME) != 0 && others != 0) || (kinds & ZM_KIND_REPEATED) != 0;
}

static unsigned kinds_in(uint64_t slot)
{
	return slot & ((1U << KIND_BITS) - 1);
}

void zm_names_add(struct zm_names *names, struct zm_name owner, uint16_t type)
{
	uint64_t hash = hash_of(owner);
	uint64_t *slot = find(names, hash);
	if (*slot == 0) {
		if (names->count >= names->room - names->room / 4) {
			grow(names);
			slot = find(names, hash);
		}
		*slot = hash >> KIND_BITS << KIND_BITS;
		names->count++;
	}
	unsigned before = kinds_in(*slot);
	unsigned kind = zm_kind_of(type);
	bool repeats = (before & kind & ((unsigned)ZM_KIND_CNAME | ZM_KIND_DNAME)) != 0;
	*slot |= kind | (repeats ? ZM_KIND_REPEATED : 0);
	names->clashes += zm_kinds_clash(kinds_in(*slot)) && !zm_kinds_clash(before);
}

unsigned zm_names_kinds(const struct zm_names *names, struct zm_name name)
{
	return kinds_in(*find(names, hash_of(name)));
}

size_t zm_names_clashes(const struct zm_names *names)
{
	return names->clashes;
}

struct zm_name zm_names_cut(const struct zm_names *names, struct zm_name apex, struct zm_name name)
{
	struct zm_name cut = {0};
	for (struct zm_name at = name; zm_name_is_below(at, apex); at = zm_name_parent(at)) {
		unsigned kinds = zm_names_kinds(names, at);
		bool delegated = at.len > apex.len && (kinds & ZM_KIND_NS) != 0;
		bool redirected = at.len < name.len && (kinds & ZM_KIND_DNAME) != 0;
		if (delegated || redirected) {
			cut = at;
		}
		if (at.len == apex.len) {
			break;
		}
	}
	return cut;
}
