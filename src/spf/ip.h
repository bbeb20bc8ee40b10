/*
 * ip: IPv4 and IPv6 addresses and networks as SPF writes them (RFC 7208 5.6), strict: four decimal
 * numbers without leading zeros, or RFC 4291 2.2 text with no brackets, no zone.
 *
 * A prefix counts bits: 0 to 32 for IPv4, 0 to 128 for IPv6; a greater one means all bits.
 */
#ifndef ZM_SPF_IP_H
#define ZM_SPF_IP_H

#include "base/arena.h"
#include "base/str.h"

struct zm_ip {
	uint8_t byte[16]; /* network order; the first 4 for IPv4, the others 0 */
	uint8_t family;   /* 4 or 6; 0: no address */
};

struct zm_ip_text {
	char data[48]; /* the longest text of an address, 45 bytes, and its NUL */
};

static inline unsigned zm_ip_bits(struct zm_ip ip)
{
	return ip.family == 4 ? 32 : 128;
}

/* `ip` is undefined after false. */
bool zm_ip4_parse(struct zm_ip *ip, struct zm_str text);
bool zm_ip6_parse(struct zm_ip *ip, struct zm_str text);

bool zm_ip_has_host_bits(struct zm_ip ip, unsigned prefix);   /* any bit set below /prefix */
struct zm_ip zm_ip_network(struct zm_ip ip, unsigned prefix); /* those bits cleared */

/* Whether the two agree in the first `prefix` bits; false across families. */
bool zm_ip_in_network(struct zm_ip ip, struct zm_ip net, unsigned prefix);

bool zm_ip_eq(struct zm_ip a, struct zm_ip b);

/* Dotted quad, or RFC 5952 text; IPv4-mapped addresses as `::ffff:192.0.2.1` (RFC 5952 5). The
 * first is a view of `out`, the second of the arena. */
struct zm_str zm_ip_print(struct zm_ip_text *out, struct zm_ip ip);
struct zm_str zm_ip_text(struct zm_arena *arena, struct zm_ip ip);

#endif
