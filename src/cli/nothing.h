/*
 * nothing: nothing passes by accident. A folder without zones, or a run without any, is a mistake.
 */
#ifndef ZM_CLI_NOTHING_H
#define ZM_CLI_NOTHING_H

#include "cli/session.h"

/* Says what matched nothing and notes it in the results. All jobs are read and settled. */
void zm_blame_nothing(struct zm_session *session);

#endif
