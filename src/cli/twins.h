/*
 * twins: one file under several paths, by symbolic links, may be several zones. It is written once,
 * and only where all of them ask for the same bytes.
 */
#ifndef ZM_CLI_TWINS_H
#define ZM_CLI_TWINS_H

#include "cli/session.h"

/* Sets zm_job.twin of every job: the first job of the same file, itself where it is alone. */
void zm_twins_find(struct zm_session *session);

/* Whether some path of the job's file asks for other bytes than another one. All are planned. */
bool zm_twins_differ(const struct zm_job *job);

#endif
