/*
 * reload: which name server is to read a zone again, and so which step is printed.
 */
#ifndef ZM_CLI_RELOAD_H
#define ZM_CLI_RELOAD_H

#include "cli/configured.h"
#include "policy/policy.h"

/* --server, else the policy's `server`, else whose configuration was given, else named. Policy and
 * configuration may be NULL: there is none. */
const struct zm_nameserver *zm_reload_by(const struct zm_options *options,
					 const struct zm_policy *policy,
					 const struct zm_configuration *configuration);

#endif
