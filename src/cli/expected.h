/*
 * expected: the expectations of the policies, over all files: their zones must be there, and no fix
 * may break one, be it in another zone than the one that it mends.
 */
#ifndef ZM_CLI_EXPECTED_H
#define ZM_CLI_EXPECTED_H

#include "cli/session.h"

/* Before zones are loaded: where any policy asks the zones as a receiver does, all keep all their
 * records. */
void zm_expected_keep(struct zm_session *session);

/* After: an expectation about a zone that none of the files holds is a mistake where the files are
 * all that the policy is about: it was named, or its folder was walked. Said and noted. */
void zm_expected_blame(struct zm_session *session);

/* What is met now: one a pair of job and expectation of its policy, in their order. */
struct zm_expected {
	bool *met;
	size_t count;
};

struct zm_expected zm_expected_look(struct zm_session *session);

/* The first expectation that was met then and is not now, and whose job it is; NULL: none. */
const struct zm_policy_expect *zm_expected_broken(struct zm_session *session,
						  const struct zm_expected *then);

#endif
