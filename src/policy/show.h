/*
 * show: the resolved policy as YAML that is itself a policy, each value with a comment that says
 * where it came from.
 */
#ifndef ZM_POLICY_SHOW_H
#define ZM_POLICY_SHOW_H

#include "base/buf.h"
#include "policy/policy.h"

/* `view` is one of the policy's; with &policy->base the `zones:` entries are shown too. */
void zm_policy_show(struct zm_buf *out, const struct zm_policy *policy,
		    const struct zm_policy_view *view);

#endif
