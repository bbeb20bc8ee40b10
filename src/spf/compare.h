/*
 * compare: two verdicts on every address, before and after, and where they differ.
 *
 *	v=spf1 ip4:192.0.2.0/24 -all                        before
 *	v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.7 ~all       after
 *
 *	198.51.100.7   fail → pass
 *	all others     fail → softfail
 */
#ifndef ZM_SPF_COMPARE_H
#define ZM_SPF_COMPARE_H

#include "spf/space.h"

/* What a change means to a sender. */
enum zm_change_kind {
	ZM_CHANGE_GAIN,  /* passes where it did not or only might, or may pass where it did not */
	ZM_CHANGE_LOSS,  /* the other way round */
	ZM_CHANGE_OTHER, /* another result that is no pass, or another condition */
};

/* The addresses that go from one verdict to another. */
struct zm_change {
	enum zm_change_kind kind;
	uint32_t before;
	uint32_t after;
	struct zm_ranges set[ZM_FAMILIES];
};

struct zm_changes {
	struct zm_change *item; /* by kind, and in each by address */
	size_t count;
};

/* Both spaces have their verdicts from `pool`. */
void zm_space_compare(struct zm_changes *changes, struct zm_arena *arena,
		      const struct zm_verdicts *pool, const struct zm_space *before,
		      const struct zm_space *after);

#endif
