/*
 * bump: how a zone's serial is bumped: by --serial, else by the policy, else as it looks.
 */
#ifndef ZM_CLI_BUMP_H
#define ZM_CLI_BUMP_H

#include "cli/options.h"
#include "policy/policy.h"

/* `policy` may be NULL. No other thread may run: see zm_policy_offset(). */
struct zm_serial_how zm_bump_how(const struct zm_options *options, const struct zm_policy *policy,
				 struct zm_name zone, int64_t now);

#endif
