#include "zone/whole/names.h"

#include "base/label.h"
#include "zone/zone.h"

#include <string.h>

enum {
	KIND_BITS = 10,
	KIND_MASK = (1 << KIND_BITS) - 1,
	REGION_BITS = 4,
	REGIONS = 1 << REGION_BITS,
	FEW = 64,        /* notes that need no regions */
	FIRST_NOTES = 6, /* of a region; each later block has twice as many */
	MOST_NOTES = 4094,
};

/* Hashes as they came, the kinds in the lowest bits. */
struct notes {
	struct notes *older;
	size_t count;
	size_t room;
	uint64_t hash[];
};

/* The names whose hashes begin with the same bits. */
struct region {
	struct notes *newest;
	size_t count;   /* of notes, repeated names counted again */
	uint64_t *slot; /* the table: open addressing, 0 is a free slot; at least a third is free */
	size_t room;
	size_t clashes;
	size_t cuts; /* names with NS or DNAME records */
	bool any_apart;
};

struct zm_names {
	struct zm_arena *arena;
	uint64_t *last; /* the newest note: records of one owner stand together */
	bool is_settled;
	size_t regions; /* 1 while notes are few, else REGIONS */
	struct region *region;
	struct region first;
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
	case ZM_TYPE_SIG:
	case ZM_TYPE_KEY:
	case ZM_TYPE_RRSIG:
	case ZM_TYPE_NSEC:
		return ZM_KIND_BESIDE;
	default:
		return ZM_KIND_OTHER;
	}
}

struct zm_names *zm_names_new(struct zm_arena *arena)
{
	struct zm_names *names = zm_arena_alloc(arena, sizeof(*names));
	names->arena = arena;
	names->regions = 1;
	names->region = &names->first;
	return names;
}

/* ---- Taking notes ---- */

uint64_t zm_names_hash(struct zm_name name)
{
	uint8_t label[ZM_NAME_MAX / 2 + 1]; /* where each one starts, the leftmost first */
	size_t labels = 0;
	for (size_t i = 0; i < name.len && name.wire[i] != 0; i += (size_t)name.wire[i] + 1) {
		label[labels++] = (uint8_t)i;
	}
	uint64_t hash = ZM_LABEL_ROOT;
	while (labels > 0) {
		const uint8_t *bytes = name.wire + label[--labels];
		hash = zm_label_hash(hash, (const char *)bytes + 1, *bytes);
	}
	return hash;
}

static struct notes *add_notes(struct zm_names *names, struct region *region)
{
	struct notes *older = region->newest;
	size_t room = older == NULL ? FIRST_NOTES : older->room * 2 + 2;
	room = room > MOST_NOTES ? MOST_NOTES : room;
	struct notes *notes =
		zm_arena_alloc(names->arena, sizeof(*notes) + room * sizeof(notes->hash[0]));
	notes->older = older;
	notes->room = room;
	region->newest = notes;
	return notes;
}

static struct region *region_of(const struct zm_names *names, uint64_t hash)
{
	return &names->region[names->regions == 1 ? 0 : hash >> (64 - REGION_BITS)];
}

/* What it says that these kinds came twice. */
static unsigned repeated(unsigned kinds)
{
	return (kinds & ((unsigned)ZM_KIND_CNAME | ZM_KIND_DNAME)) != 0 ? ZM_KIND_REPEATED : 0;
}

static void add_note(struct zm_names *names, uint64_t note)
{
	struct region *region = region_of(names, note);
	struct notes *notes = region->newest;
	if (notes == NULL || notes->count == notes->room) {
		notes = add_notes(names, region);
	}
	names->last = &notes->hash[notes->count++];
	*names->last = note;
	region->count++;
}

/* From now on the notes are many. */
static void divide(struct zm_names *names)
{
	const struct notes *few = names->region->newest;
	const uint64_t *newest = names->last;
	uint64_t *last = NULL;
	names->region = zm_arena_array(names->arena, REGIONS, sizeof(*names->region));
	names->regions = REGIONS;
	for (; few != NULL; few = few->older) {
		for (size_t i = 0; i < few->count; i++) {
			add_note(names, few->hash[i]);
			last = &few->hash[i] == newest ? names->last : last;
		}
	}
	names->last = last;
}

void zm_names_add_hash(struct zm_names *names, uint64_t hash, uint16_t type)
{
	uint64_t kind = zm_kind_of(type);
	if (names->last != NULL && (*names->last ^ hash) >> KIND_BITS == 0) {
		*names->last |= kind | repeated(*names->last & kind);
		return;
	}
	if (names->regions == 1 && names->region->count == FEW) {
		divide(names);
	}
	add_note(names, (hash & ~(uint64_t)KIND_MASK) | kind);
	names->is_settled = false;
}

void zm_names_add(struct zm_names *names, struct zm_name owner, uint16_t type)
{
	zm_names_add_hash(names, zm_names_hash(owner), type);
}

uint64_t zm_names_newest(const struct zm_names *names)
{
	return *names->last & ~(uint64_t)KIND_MASK;
}

bool zm_names_same(uint64_t a, uint64_t b)
{
	return (a ^ b) >> KIND_BITS == 0;
}

void zm_names_join(struct zm_names *names, struct zm_names *from)
{
	if (names->regions == 1) {
		divide(names);
	}
	if (from->regions == 1) {
		divide(from);
	}
	for (size_t i = 0; i < REGIONS; i++) {
		struct region *into = &names->region[i];
		struct notes **oldest = &from->region[i].newest;
		while (*oldest != NULL) {
			oldest = &(*oldest)->older;
		}
		*oldest = into->newest;
		into->newest = from->region[i].newest;
		into->count += from->region[i].count;
	}
	names->last = NULL;
	names->is_settled = false;
	*from = (struct zm_names){.arena = from->arena, .regions = 1, .region = &from->first};
}

/* ---- The table ---- */

/* Where the search for it begins. */
static size_t first_slot(const struct region *region, uint64_t hash)
{
	uint32_t middle = (uint32_t)(hash >> (32 - REGION_BITS));
	return (size_t)(((uint64_t)middle * region->room) >> 32);
}

/* The slot of the name, or the free one where it belongs. */
static uint64_t *find(const struct region *region, uint64_t hash)
{
	size_t at = first_slot(region, hash);
	while (region->slot[at] != 0 && (region->slot[at] ^ hash) >> KIND_BITS != 0) {
		at = at + 1 == region->room ? 0 : at + 1;
	}
	return &region->slot[at];
}

/* RFC 2181 10.1, RFC 4035 2.5, RFC 6672 2.4. */
bool zm_kinds_clash(unsigned kinds)
{
	unsigned others = kinds & ~((unsigned)ZM_KIND_CNAME | ZM_KIND_BESIDE | ZM_KIND_APART);
	return ((kinds & ZM_KIND_CNAME) != 0 && others != 0) || (kinds & ZM_KIND_REPEATED) != 0;
}

static bool is_cut(unsigned kinds)
{
	return (kinds & ((unsigned)ZM_KIND_NS | ZM_KIND_DNAME)) != 0;
}

static void settle_note(struct region *region, uint64_t note)
{
	uint64_t *slot = find(region, note);
	bool is_apart = *slot != 0;
	bool was_cut = is_cut(*slot & KIND_MASK);
	bool clashed = zm_kinds_clash(*slot & KIND_MASK);
	*slot |= note | repeated(*slot & note & KIND_MASK) | (is_apart ? ZM_KIND_APART : 0);
	region->any_apart = region->any_apart || is_apart;
	region->cuts += is_cut(*slot & KIND_MASK) && !was_cut;
	region->clashes += zm_kinds_clash(*slot & KIND_MASK) && !clashed;
}

enum { AHEAD = 12 }; /* notes: by then their slots have come from memory */

static void settle_region(void *context, size_t number)
{
	struct region *region = &((struct zm_names *)context)->region[number];
	region->clashes = 0;
	region->any_apart = false;
	region->cuts = 0;
	for (const struct notes *notes = region->newest; notes != NULL; notes = notes->older) {
		for (size_t i = 0; i < notes->count; i++) {
			size_t soon = i + AHEAD < notes->count ? i + AHEAD : i;
			__builtin_prefetch(&region->slot[first_slot(region, notes->hash[soon])], 1);
			settle_note(region, notes->hash[i]);
		}
	}
}

void zm_names_settle(struct zm_names *names, struct zm_pool *pool)
{
	if (names->is_settled) {
		return;
	}
	for (size_t i = 0; i < names->regions; i++) {
		struct region *region = &names->region[i];
		region->room = region->count + region->count / 2 + 1;
		region->slot = zm_arena_array(names->arena, region->room, sizeof(*region->slot));
	}
	zm_pool_run(pool, names->regions, settle_region, names);
	names->is_settled = true;
}

static const struct zm_names *settled(const struct zm_names *names)
{
	zm_names_settle((struct zm_names *)names, NULL);
	return names;
}

unsigned zm_names_kinds_of(const struct zm_names *names, uint64_t hash)
{
	return *find(region_of(settled(names), hash), hash) & KIND_MASK;
}

unsigned zm_names_kinds(const struct zm_names *names, struct zm_name name)
{
	return zm_names_kinds_of(names, zm_names_hash(name));
}

bool zm_names_any_cut(const struct zm_names *names, struct zm_name apex)
{
	size_t cuts = 0;
	for (size_t i = 0; i < names->regions; i++) {
		cuts += settled(names)->region[i].cuts;
	}
	unsigned kinds = zm_names_kinds(names, apex);
	bool apex_is_one = is_cut(kinds) && (kinds & ZM_KIND_DNAME) == 0;
	return cuts > (apex_is_one ? 1 : 0);
}

bool zm_names_any_apart(const struct zm_names *names)
{
	bool any = false;
	for (size_t i = 0; i < names->regions; i++) {
		any = any || settled(names)->region[i].any_apart;
	}
	return any;
}

size_t zm_names_clashes(const struct zm_names *names)
{
	size_t count = 0;
	for (size_t i = 0; i < names->regions; i++) {
		count += settled(names)->region[i].clashes;
	}
	return count;
}

void zm_names_add_clashes(const struct zm_names *names, struct zm_wanted *wanted)
{
	for (size_t i = 0; i < names->regions; i++) {
		const struct region *region = &settled(names)->region[i];
		for (size_t j = 0; j < region->room; j++) {
			if (zm_kinds_clash(region->slot[j] & KIND_MASK)) {
				zm_wanted_add(wanted, region->slot[j]);
			}
		}
	}
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
