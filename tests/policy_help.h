/*
 * policy_help: a catalogue of the tests' own, which the real rules cannot outgrow, and policies
 * from strings.
 */
#ifndef ZM_TESTS_POLICY_HELP_H
#define ZM_TESTS_POLICY_HELP_H

#include "policy/policy.h"

extern const struct zm_catalogue zm_test_catalogue;

size_t zm_test_rule(const char *name); /* its number in the catalogue; the name must be known */

/* `p.yaml` with these bytes; NULL with `err` set to all faults, one a line. */
struct zm_policy *zm_test_policy(struct zm_arena *arena, const char *yaml, struct zm_error *err);
struct zm_policy *zm_test_policy_bytes(struct zm_arena *arena, struct zm_str yaml,
				       struct zm_error *err);

/* The same of a policy's name. */
struct zm_policy *zm_test_load(struct zm_arena *arena, const char *name, struct zm_error *err);

/* The same where nothing may be wrong: else the test fails here. */
struct zm_policy *zm_test_good_policy(struct zm_arena *arena, const char *yaml);

/* The view of an owner and a zone given as domains. */
const struct zm_policy_view *zm_test_view(const struct zm_policy *policy, const char *zone,
					  const char *owner);

#endif
