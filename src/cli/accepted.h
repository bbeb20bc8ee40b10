/*
 * accepted: --baseline and --write-baseline: the findings that are let be.
 */
#ifndef ZM_CLI_ACCEPTED_H
#define ZM_CLI_ACCEPTED_H

#include "cli/session.h"

/* Reads --baseline, before anything else is done. False: it is none, or cannot be read, which was
 * said and noted in `whole`. */
bool zm_accepted_start(struct zm_session *session, struct zm_result *whole);

/* Takes the findings that are let be out of the jobs, says which entries nothing answers to any
 * more, and writes --write-baseline. All jobs are done and nothing is reported yet. */
void zm_accepted_apply(struct zm_session *session);

#endif
