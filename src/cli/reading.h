/*
 * reading: every file of a session is read, told from what is no zone, given its policy, and
 * loaded.
 */
#ifndef ZM_CLI_READING_H
#define ZM_CLI_READING_H

#include "cli/session.h"

/*
 * Reads all of the session's inputs, with its pool: each job then has a zone, or a note that says
 * why not, or neither, where that was said already. Nothing is said of a job here, for jobs may be
 * read in any order: settle.c does, in that of the paths.
 */
void zm_reading_run(struct zm_session *session);

#endif
