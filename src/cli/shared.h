/*
 * shared: whether all that may include a file are in the run. Only then may the file be changed:
 * each zone that is made of it gets another serial.
 */
#ifndef ZM_CLI_SHARED_H
#define ZM_CLI_SHARED_H

#include "cli/session.h"

/* What stands against changing a file that the job's zone includes, and what to do; empty: nothing.
 * In `arena`. */
struct zm_str zm_shared_obstacle(struct zm_session *session, const struct zm_job *job,
				 const struct zm_source *source, struct zm_arena *arena);

#endif
