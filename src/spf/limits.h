/*
 * limits: what the records of a graph cost a receiver (RFC 7208 4.6.4), in the worst case: a client
 * that matches nothing, so that every term is looked at.
 *
 *	v=spf1 mx include:_spf.example.com -all      1 + 1 + what _spf.example.com costs
 *
 * Counted apart for clients of each family, for a name may have A records and no AAAA. Unlike a
 * receiver, who gives up at the limit, the count goes on to the end. What lies outside of what is
 * known counts as one lookup, and is marked.
 */
#ifndef ZM_SPF_LIMITS_H
#define ZM_SPF_LIMITS_H

#include "spf/graph.h"

/* An include or redirect that leads back to a record on the way to it. */
struct zm_spf_loop {
	const struct zm_spf_node *const *node; /* from that record on; the last term leads back to
						  the first */
	const struct zm_spf_branch *const *branch; /* that leads on from each */
	size_t count;
};

struct zm_spf_limits {
	const struct zm_spf_loop *loop; /* one a term that leads back */
	size_t loops;
};

/* Fills the costs of the graph's nodes and branches, and says what loops. */
void zm_spf_limits_count(struct zm_spf_limits *limits, struct zm_arena *arena,
			 struct zm_spf_graph *graph);

/* Whether a client may find a limit passed: surely, when nothing matches before. */
bool zm_spf_cost_is_over(const struct zm_spf_cost *cost);

/* `a.example. -> b.example. -> a.example.` */
struct zm_str zm_spf_loop_text(struct zm_arena *arena, const struct zm_spf_loop *loop);

#endif
