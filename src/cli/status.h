/*
 * status: what came of each file, and the exit status that follows. It is computed here and nowhere
 * else.
 */
#ifndef ZM_CLI_STATUS_H
#define ZM_CLI_STATUS_H

#include <stdbool.h>
#include <stddef.h>

enum zm_status {
	ZM_STATUS_CLEAN = 0,
	ZM_STATUS_FINDINGS = 1,
	ZM_STATUS_USAGE = 2,
	ZM_STATUS_UNREADABLE = 3,
	ZM_STATUS_REFUSED = 4,
	ZM_STATUS_UNWRITABLE = 5,
};

/* What came of one file, or of the run as a whole. All false: good. */
struct zm_result {
	bool findings;  /* some at or above --fail-on remain */
	bool would_fix; /* --diff: something would change */
	bool fixed;     /* something was changed */
	bool misused;   /* usage, policy, nothing matched, no origin */
	bool unreadable;
	bool refused; /* a fix was refused or its proof failed */
	bool unwritable;
};

/* The highest status that applies over all results. `fixed` counts with `nonzero_on_fix` only. */
enum zm_status zm_status_of(const struct zm_result *result, size_t count, bool nonzero_on_fix);

#endif
