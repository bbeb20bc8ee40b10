/*
 * ranges: sets of addresses of one family, as sorted ranges that neither overlap nor touch, so that
 * equal sets are equal lists.
 *
 *	192.0.2.0/25 and 192.0.2.128/25  are  192.0.2.0 - 192.0.2.255  and print as  192.0.2.0/24
 *
 * An address is a number here, of 32 or 128 bits. A set is a value: no function changes its inputs,
 * and what it returns lies in the arena or is one of the inputs.
 */
#ifndef ZM_SPF_RANGES_H
#define ZM_SPF_RANGES_H

#include "base/arena.h"
#include "spf/ip.h"

struct zm_addr {
	uint64_t high; /* 0 for IPv4 */
	uint64_t low;
};

struct zm_range {
	struct zm_addr first;
	struct zm_addr last; /* it is part of the range: the last address of all has no successor */
};

struct zm_ranges {
	const struct zm_range *item;
	size_t count;
};

/* How many addresses: 0 to 2^128. */
struct zm_count {
	uint64_t high;
	uint64_t low;
	bool is_all; /* 2^128, one more than fits; `high` and `low` are then 0 */
};

struct zm_addr zm_addr_of(struct zm_ip ip);
struct zm_ip zm_addr_ip(struct zm_addr addr, unsigned family); /* 4 or 6 */
int zm_addr_compare(struct zm_addr a, struct zm_addr b);       /* below 0, 0, above 0 */
struct zm_addr zm_addr_next(struct zm_addr addr);              /* of the last of 128 bits: 0 */
struct zm_addr zm_addr_previous(struct zm_addr addr);
bool zm_addr_eq(struct zm_addr a, struct zm_addr b);

/* The addresses that agree with `ip` in the first `prefix` bits. */
struct zm_range zm_range_of(struct zm_ip ip, unsigned prefix);

/* All addresses of a family, 4 or 6. */
struct zm_range zm_range_all(unsigned family);

/* Any ranges, in any order, as a set. */
struct zm_ranges zm_ranges_of(struct zm_arena *arena, const struct zm_range *range, size_t count);

struct zm_ranges zm_ranges_union(struct zm_arena *arena, struct zm_ranges a, struct zm_ranges b);
struct zm_ranges zm_ranges_intersect(struct zm_arena *arena, struct zm_ranges a,
				     struct zm_ranges b);
struct zm_ranges zm_ranges_subtract(struct zm_arena *arena, struct zm_ranges a, struct zm_ranges b);

bool zm_ranges_eq(struct zm_ranges a, struct zm_ranges b);
bool zm_ranges_hold(struct zm_ranges set, struct zm_addr addr);
struct zm_count zm_ranges_count(struct zm_ranges set);

/* Adds the addresses of a range, none of which has been counted before. */
void zm_count_add(struct zm_count *sum, struct zm_range range);

/* Decimal digits, 39 at the most. */
struct zm_str zm_count_text(struct zm_arena *arena, struct zm_count count);
int zm_count_compare(struct zm_count a, struct zm_count b);

struct zm_network {
	struct zm_ip ip;
	unsigned prefix;
};

/*
 * Takes the widest network that `rest` begins with off its front: called until it returns false it
 * gives the fewest networks that make up the range. False after the last one, when `rest` is
 * undefined.
 */
bool zm_range_take(struct zm_range *rest, unsigned family, struct zm_network *network);

/* The fewest networks that make up the set, in order; `*count` says how many. */
const struct zm_network *zm_ranges_networks(struct zm_arena *arena, struct zm_ranges set,
					    unsigned family, size_t *count);

/* `192.0.2.0/24`; without a length where it is one address. */
struct zm_str zm_network_text(struct zm_arena *arena, struct zm_network network);

#endif
