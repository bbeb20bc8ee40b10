/*
 * segments: a verdict for each address of a family, as runs of addresses with the same one.
 *
 *	0.0.0.0 fail | 192.0.2.0 pass | 192.0.3.0 fail        v=spf1 ip4:192.0.2.0/24 -all
 *
 * A list covers the whole family: the first run begins at 0, each ends where the next begins, and
 *two neighbours differ. Lists are values, in an arena.
 */
#ifndef ZM_SPF_SEGMENTS_H
#define ZM_SPF_SEGMENTS_H

#include "spf/ranges.h"
#include "spf/verdict.h"

struct zm_segment {
	struct zm_addr first;
	uint32_t verdict;
};

struct zm_segments {
	const struct zm_segment *item;
	size_t count; /* 1 or more */
};

struct zm_segments zm_segments_all(struct zm_arena *arena, uint32_t verdict);

/* The number of the run that holds the address. */
size_t zm_segments_find(struct zm_segments list, struct zm_addr addr);

/* The addresses of a run. */
struct zm_range zm_segments_range(struct zm_segments list, size_t i, unsigned family);

/* One set of addresses, and the list that rules in it. */
struct zm_layer {
	struct zm_ranges set;
	struct zm_segments list;
};

/* `base` with layers over it, the first of them on top. */
struct zm_segments zm_segments_overlay(struct zm_arena *arena, struct zm_segments base,
				       const struct zm_layer *layer, size_t layers,
				       unsigned family);

/* What the outcomes of a condition come to, address by address. */
struct zm_outcomes {
	struct zm_segments match[ZM_OUTCOMES];
	struct zm_segments miss[ZM_OUTCOMES];
};
struct zm_segments zm_segments_choice(struct zm_arena *arena, struct zm_verdicts *pool,
				      uint32_t condition, const struct zm_outcomes *outcomes);

/* All addresses with that verdict. */
struct zm_ranges zm_segments_with(struct zm_arena *arena, struct zm_segments list, uint32_t verdict,
				  unsigned family);

#endif
