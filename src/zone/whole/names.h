/*
 * names: which kinds of records stand at each name of a zone, in a few bytes a name, for questions
 * about the zone as a whole.
 *
 *	zm_names_add(names, owner, type);                       (for each record, while walking)
 *	zm_names_settle(names, pool);                           (when all are there)
 *	if (zm_names_clashes(names) > 0) ...                    (then a second walk)
 *	unsigned kinds = zm_names_kinds(names, name);
 *
 * Adding only writes hashes down; settling makes a table of them. What is asked of names that are
 * not settled settles them, which several threads may not do at once.
 *
 * Names are known by a hash. Two names with the same one share their kinds, so that an answer never
 * lacks a kind but may hold one too many: before something is reported, it has to be seen in the
 * records themselves.
 */
#ifndef ZM_ZONE_WHOLE_NAMES_H
#define ZM_ZONE_WHOLE_NAMES_H

#include "base/name.h"
#include "base/pool.h"

/* Bits of what zm_names_kinds() gives. */
enum zm_kind {
	ZM_KIND_ADDRESS = 1, /* A, AAAA */
	ZM_KIND_NS = 2,
	ZM_KIND_CNAME = 4,
	ZM_KIND_DNAME = 8,
	ZM_KIND_MX = 16,
	ZM_KIND_TEXT = 32,   /* TXT, SPF */
	ZM_KIND_BESIDE = 64, /* SIG, KEY, RRSIG, NSEC: may stand beside a CNAME (RFC 4035 2.5) */
	ZM_KIND_OTHER = 128,
	ZM_KIND_REPEATED = 256, /* two CNAME records, or two DNAME records */
	ZM_KIND_APART = 512,    /* records of other names may stand between its own */
};

struct zm_names;

/* A set of names, by some bits of their hashes: it may hold more than were added. */
struct zm_wanted {
	uint64_t bits[1024];
};

static inline void zm_wanted_add(struct zm_wanted *wanted, uint64_t hash)
{
	wanted->bits[hash >> 54] |= UINT64_C(1) << (hash >> 48 & 63);
}

static inline bool zm_wanted_has(const struct zm_wanted *wanted, uint64_t hash)
{
	return (wanted->bits[hash >> 54] >> (hash >> 48 & 63) & 1) != 0;
}

enum zm_kind zm_kind_of(uint16_t type);

/* Empty; it lives as long as the arena. */
struct zm_names *zm_names_new(struct zm_arena *arena);

void zm_names_add(struct zm_names *names, struct zm_name owner, uint16_t type);

/* The same for a name that is known by its hash, see base/label.h. */
uint64_t zm_names_hash(struct zm_name name);
void zm_names_add_hash(struct zm_names *names, uint64_t hash, uint16_t type);

/* The hash of the name that was added last, but for its lowest bits: the same for the same name. */
uint64_t zm_names_newest(const struct zm_names *names);

/* Whether two hashes are the same but for these bits. */
bool zm_names_same(uint64_t a, uint64_t b);

/* Takes over all that `from` holds, which is empty afterwards; its arena must live as long. */
void zm_names_join(struct zm_names *names, struct zm_names *from);

/* Makes the table, with as many threads as the pool has (NULL: with this one). */
void zm_names_settle(struct zm_names *names, struct zm_pool *pool);

/* Whether kinds are such that they may not stand at one name. */
bool zm_kinds_clash(unsigned kinds);

/* Bits of enum zm_kind; 0: no record has this owner, surely. */
unsigned zm_names_kinds(const struct zm_names *names, struct zm_name name);

/* The same of a name that is known by its hash, the lowest bits of which do not matter. */
unsigned zm_names_kinds_of(const struct zm_names *names, uint64_t hash);

/* At how many names a CNAME may stand beside other data (RFC 1034 3.6.2), or a CNAME or DNAME
 * beside another one. */
size_t zm_names_clashes(const struct zm_names *names);

/* Adds those names. */
void zm_names_add_clashes(const struct zm_names *names, struct zm_wanted *wanted);

/* Whether any name but the apex has NS records, or any a DNAME record: else nothing is cut off. */
bool zm_names_any_cut(const struct zm_names *names, struct zm_name apex);

/* Whether any name is ZM_KIND_APART. */
bool zm_names_any_apart(const struct zm_names *names);

/*
 * The name nearest to the apex that is below it, is `name` or above it, and seems to have NS
 * records; or that is above `name`, the apex counted, and seems to have a DNAME record: what is
 * below is another zone's to say (RFC 1034 4.2.1, RFC 6672 2.4). A view of `name`, or unset.
 */
struct zm_name zm_names_cut(const struct zm_names *names, struct zm_name apex, struct zm_name name);

#endif
