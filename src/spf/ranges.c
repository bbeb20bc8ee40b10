#include "spf/ranges.h"

#include <stdlib.h>
#include <string.h>

/* ---- Addresses ---- */

struct zm_addr zm_addr_of(struct zm_ip ip)
{
	struct zm_addr addr = {0, 0};
	unsigned bytes = zm_ip_bits(ip) / 8;
	for (unsigned i = 0; i < bytes; i++) {
		addr.high = addr.high << 8 | addr.low >> 56;
		addr.low = addr.low << 8 | ip.byte[i];
	}
	return addr;
}

struct zm_ip zm_addr_ip(struct zm_addr addr, unsigned family)
{
	struct zm_ip ip = {.family = (uint8_t)family};
	for (unsigned i = zm_ip_bits(ip) / 8; i-- > 0;) {
		ip.byte[i] = (uint8_t)addr.low;
		addr.low = addr.low >> 8 | addr.high << 56;
		addr.high >>= 8;
	}
	return ip;
}

int zm_addr_compare(struct zm_addr a, struct zm_addr b)
{
	if (a.high != b.high) {
		return a.high < b.high ? -1 : 1;
	}
	return a.low < b.low ? -1 : a.low > b.low;
}

bool zm_addr_eq(struct zm_addr a, struct zm_addr b)
{
	return a.high == b.high && a.low == b.low;
}

struct zm_addr zm_addr_next(struct zm_addr addr)
{
	addr.low++;
	addr.high += addr.low == 0;
	return addr;
}

struct zm_addr zm_addr_previous(struct zm_addr addr)
{
	addr.high -= addr.low == 0;
	addr.low--;
	return addr;
}

/* The lowest `bits` bits set, 0 to 128 of them. */
static struct zm_addr low_bits(unsigned bits)
{
	struct zm_addr mask = {0, UINT64_MAX};
	if (bits < 64) {
		mask.low = (UINT64_C(1) << bits) - 1;
	} else if (bits == 128) {
		mask.high = UINT64_MAX;
	} else {
		mask.high = (UINT64_C(1) << (bits - 64)) - 1;
	}
	return mask;
}

/* ---- Ranges ---- */

struct zm_range zm_range_of(struct zm_ip ip, unsigned prefix)
{
	unsigned bits = zm_ip_bits(ip);
	struct zm_addr host = low_bits(prefix < bits ? bits - prefix : 0);
	struct zm_addr addr = zm_addr_of(ip);
	return (struct zm_range){
		.first = {addr.high & ~host.high, addr.low & ~host.low},
		.last = {addr.high | host.high, addr.low | host.low},
	};
}

struct zm_range zm_range_all(unsigned family)
{
	return (struct zm_range){{0, 0}, low_bits(family == 4 ? 32 : 128)};
}

/* How many bits are free in a network that begins at `first` and lies below `last`. */
static unsigned free_bits(struct zm_range range, unsigned most)
{
	unsigned bits = 0;
	while (bits < most) {
		struct zm_addr host = low_bits(bits + 1);
		struct zm_addr end = {range.first.high | host.high, range.first.low | host.low};
		bool aligned = ((range.first.high & host.high) | (range.first.low & host.low)) == 0;
		if (!aligned || zm_addr_compare(end, range.last) > 0) {
			break;
		}
		bits++;
	}
	return bits;
}

bool zm_range_take(struct zm_range *rest, unsigned family, struct zm_network *network)
{
	struct zm_ip ip = zm_addr_ip(rest->first, family);
	unsigned all = zm_ip_bits(ip);
	unsigned bits = free_bits(*rest, all);
	struct zm_addr host = low_bits(bits);
	struct zm_addr end = {rest->first.high | host.high, rest->first.low | host.low};
	*network = (struct zm_network){ip, all - bits};
	rest->first = zm_addr_next(end);
	return !zm_addr_eq(end, rest->last);
}

/* ---- Sets ---- */

static int compare_first(const void *a, const void *b)
{
	const struct zm_range *x = a;
	const struct zm_range *y = b;
	return zm_addr_compare(x->first, y->first);
}

/* Whether `range`, which begins no earlier, overlaps or continues `before`. */
static bool joins(struct zm_range before, struct zm_range range)
{
	return zm_addr_compare(range.first, before.last) <= 0 ||
	       zm_addr_eq(range.first, zm_addr_next(before.last));
}

struct zm_ranges zm_ranges_of(struct zm_arena *arena, const struct zm_range *range, size_t count)
{
	struct zm_range *item = zm_arena_array(arena, count, sizeof(*item));
	size_t kept = 0;
	if (count > 0) {
		memcpy(item, range, count * sizeof(*item));
		qsort(item, count, sizeof(*item), compare_first);
	}
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || !joins(item[kept - 1], item[i])) {
			item[kept++] = item[i];
		} else if (zm_addr_compare(item[i].last, item[kept - 1].last) > 0) {
			item[kept - 1].last = item[i].last;
		}
	}
	return (struct zm_ranges){item, kept};
}

struct zm_ranges zm_ranges_union(struct zm_arena *arena, struct zm_ranges a, struct zm_ranges b)
{
	if (a.count == 0 || b.count == 0) {
		return a.count == 0 ? b : a;
	}
	struct zm_range *both = zm_arena_array(arena, a.count + b.count, sizeof(*both));
	memcpy(both, a.item, a.count * sizeof(*both));
	memcpy(both + a.count, b.item, b.count * sizeof(*both));
	return zm_ranges_of(arena, both, a.count + b.count);
}

static struct zm_addr later(struct zm_addr a, struct zm_addr b)
{
	return zm_addr_compare(a, b) < 0 ? b : a;
}

static struct zm_addr earlier(struct zm_addr a, struct zm_addr b)
{
	return zm_addr_compare(a, b) < 0 ? a : b;
}

struct zm_ranges zm_ranges_intersect(struct zm_arena *arena, struct zm_ranges a, struct zm_ranges b)
{
	/* Each step ends one of the two, and gives one range at the most. */
	struct zm_range *item = zm_arena_array(arena, a.count + b.count, sizeof(*item));
	size_t count = 0;
	size_t i = 0;
	size_t j = 0;
	while (i < a.count && j < b.count) {
		struct zm_range part = {later(a.item[i].first, b.item[j].first),
					earlier(a.item[i].last, b.item[j].last)};
		if (zm_addr_compare(part.first, part.last) <= 0) {
			item[count++] = part;
		}
		bool a_ends = zm_addr_compare(a.item[i].last, b.item[j].last) < 0;
		i += a_ends;
		j += !a_ends;
	}
	return (struct zm_ranges){item, count};
}

/* What lies between the ranges of a set, and before and behind them. */
static struct zm_ranges complement(struct zm_arena *arena, struct zm_ranges set)
{
	const struct zm_range all = zm_range_all(6);
	struct zm_range *item = zm_arena_array(arena, set.count + 1, sizeof(*item));
	struct zm_addr start = all.first;
	size_t count = 0;
	for (size_t i = 0; i < set.count; i++) {
		if (!zm_addr_eq(set.item[i].first, start)) {
			item[count++] =
				(struct zm_range){start, zm_addr_previous(set.item[i].first)};
		}
		if (zm_addr_eq(set.item[i].last, all.last)) {
			return (struct zm_ranges){item, count};
		}
		start = zm_addr_next(set.item[i].last);
	}
	item[count++] = (struct zm_range){start, all.last};
	return (struct zm_ranges){item, count};
}

struct zm_ranges zm_ranges_subtract(struct zm_arena *arena, struct zm_ranges a, struct zm_ranges b)
{
	if (a.count == 0 || b.count == 0) {
		return a;
	}
	return zm_ranges_intersect(arena, a, complement(arena, b));
}

bool zm_ranges_eq(struct zm_ranges a, struct zm_ranges b)
{
	bool same = a.count == b.count;
	for (size_t i = 0; same && i < a.count; i++) {
		same = zm_addr_eq(a.item[i].first, b.item[i].first) &&
		       zm_addr_eq(a.item[i].last, b.item[i].last);
	}
	return same;
}

bool zm_ranges_hold(struct zm_ranges set, struct zm_addr addr)
{
	size_t low = 0;
	size_t high = set.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (zm_addr_compare(set.item[middle].last, addr) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low < set.count && zm_addr_compare(set.item[low].first, addr) <= 0;
}

/* ---- Counting ---- */

void zm_count_add(struct zm_count *sum, struct zm_range range)
{
	uint64_t low = range.last.low - range.first.low;
	uint64_t high = range.last.high - range.first.high - (range.last.low < range.first.low);
	struct zm_addr size = zm_addr_next((struct zm_addr){high, low});
	sum->low += size.low;
	sum->high += size.high + (sum->low < size.low);
	sum->is_all = sum->high == 0 && sum->low == 0; /* there are no more than 2^128 */
}

struct zm_count zm_ranges_count(struct zm_ranges set)
{
	struct zm_count sum = {0, 0, false};
	for (size_t i = 0; i < set.count; i++) {
		zm_count_add(&sum, set.item[i]);
	}
	return sum;
}

int zm_count_compare(struct zm_count a, struct zm_count b)
{
	if (a.is_all != b.is_all) {
		return a.is_all ? 1 : -1;
	}
	return zm_addr_compare((struct zm_addr){a.high, a.low}, (struct zm_addr){b.high, b.low});
}

/* Divides the number by ten, 32 bits a step; returns the digit that is left. */
static unsigned next_digit(uint32_t part[5])
{
	uint64_t rest = 0;
	for (size_t i = 0; i < 5; i++) {
		uint64_t value = rest << 32 | part[i];
		part[i] = (uint32_t)(value / 10);
		rest = value % 10;
	}
	return (unsigned)rest;
}

struct zm_str zm_count_text(struct zm_arena *arena, struct zm_count count)
{
	enum { DIGITS = 39 };
	uint32_t part[5] = {count.is_all, (uint32_t)(count.high >> 32), (uint32_t)count.high,
			    (uint32_t)(count.low >> 32), (uint32_t)count.low};
	char digit[DIGITS];
	size_t start = DIGITS;
	do {
		digit[--start] = (char)('0' + next_digit(part));
	} while ((part[0] | part[1] | part[2] | part[3] | part[4]) != 0);
	return zm_arena_copy(arena, (struct zm_str){digit + start, DIGITS - start});
}

/* ---- Networks ---- */

const struct zm_network *zm_ranges_networks(struct zm_arena *arena, struct zm_ranges set,
					    unsigned family, size_t *count)
{
	struct zm_network *list = NULL;
	size_t capacity = 0;
	*count = 0;
	for (size_t i = 0; i < set.count; i++) {
		struct zm_range rest = set.item[i];
		bool more = true;
		while (more) {
			list = zm_arena_grow(arena, list, *count, &capacity, sizeof(*list));
			more = zm_range_take(&rest, family, &list[(*count)++]);
		}
	}
	return list;
}

struct zm_str zm_network_text(struct zm_arena *arena, struct zm_network network)
{
	struct zm_ip_text text;
	struct zm_str ip = zm_ip_print(&text, network.ip);
	if (network.prefix >= zm_ip_bits(network.ip)) {
		return zm_arena_copy(arena, ip);
	}
	return zm_arena_printf(arena, "%.*s/%u", ZM_STR_ARG(ip), network.prefix);
}
