/*
 * space: which addresses get which result: the answer of check_host() to every client at once.
 *
 *	v=spf1 ip4:192.0.2.0/24 ~all        192.0.2.0/24 pass, all else softfail
 *
 * It agrees with spf/eval.h, term by term and limit by limit: the first match decides, only a pass
 * of an included record matches, and the lookups and void lookups on the way to an address make a
 * permerror of what would come after the tenth or second (RFC 7208 4.6.4). What one address spends
 * may differ from what its neighbour does, because an included record may end early for it.
 *
 * What the client decides (ptr, most macros) and what others' zones decide is a condition, and the
 * verdict says what comes of it either way. A condition that is another record is taken to end
 * without an error, and counts as one lookup and no void lookup: what more it spends is not known.
 */
#ifndef ZM_SPF_SPACE_H
#define ZM_SPF_SPACE_H

#include "spf/graph.h"
#include "spf/segments.h"

struct zm_space {
	struct zm_segments family[ZM_FAMILIES];
	bool is_cut; /* more runs than ZM_SPACE_SEGMENTS_MAX had to be looked at: what is left out
			is as if it lay elsewhere */
};

enum { ZM_SPACE_SEGMENTS_MAX = 1 << 21 };

void zm_space_find(struct zm_space *space, struct zm_verdicts *pool, struct zm_arena *arena,
		   const struct zm_spf_graph *graph);

/* The verdict on one address; an IPv4-mapped IPv6 address counts as IPv4 (RFC 7208 5). */
uint32_t zm_space_verdict(const struct zm_space *space, struct zm_ip ip);

#endif
