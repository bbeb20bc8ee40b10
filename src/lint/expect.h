/*
 * expect: the unit tests of a policy, run against the zone set (RFC 7208 4: check_host()).
 */
#ifndef ZM_LINT_EXPECT_H
#define ZM_LINT_EXPECT_H

#include "lint/lint.h"
#include "spf/eval.h"

/* Whether the expectation is about this zone. */
bool zm_expect_is_of(const struct zm_policy_expect *expect, const struct zm_zone *zone);

/* What a receiver makes of the sender. In the arena, whose zones must have been read with
 * ZM_ZONES_KEEP. */
const struct zm_spf_outcome *zm_expect_run(struct zm_arena *arena,
					   const struct zm_policy_expect *expect,
					   const struct zm_zone *zone, const struct zm_set *set);

bool zm_expect_is_met(const struct zm_policy_expect *expect, const struct zm_spf_outcome *outcome);

#endif
