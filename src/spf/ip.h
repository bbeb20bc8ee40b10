/*
 * ip: IPv4 and IPv6 addresses and networks as SPF writes them (RFC 7208 5.6), strict: four decimal
 * numbers without leading zeros, or RFC 4291 2.2 text with no brackets, no zone.
 */
#ifndef ZM_SPF_IP_H
#define ZM_SPF_IP_H

#include "base/arena.h"
#include "base/str.h"

struct zm_ip {
	uint8_t byte[16]; /* network order; the first 4 for IPv4, the others 0 */
	uint8_t family;   /* 4 or 6; 0: no address */
};

static inline unsigned zm_ip_bits(struct zm_ip ip)
{
	return ip.family == 4 ? 32 : 128;
}

bool zm_ip4_parse(struct zm_ip *ip,
		  struct zm_str text); /* `ip` is undefined after false, likewise zm_ip6_parse() */
bool zm_ip6_parse(struct zm_ip *ip, struct zm_str text);
bool zm_ip_has_host_bits(struct zm_ip ip, unsigned prefix);   /* any bit set below /prefix */
struct zm_ip zm_ip_network(struct zm_ip ip, unsigned prefix); /* those bits cleared */
bool zm_ip_in_network(struct zm_ip ip, struct zm_ip net,
		      unsigned prefix); /* false across families */
bool zm_ip_eq(struct zm_ip a, struct zm_ip b);
struct zm_str zm_ip_text(struct zm_arena *arena, struct zm_ip ip); /* dotted quad, or RFC 5952 */

#endif
