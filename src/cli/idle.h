/*
 * idle: entries of a policy's `zones:` that none of the files is under.
 */
#ifndef ZM_CLI_IDLE_H
#define ZM_CLI_IDLE_H

#include "cli/session.h"

/* After the zones were linted: such an entry is a mistake where it names something without
 * wildcards and the folder of its policy was walked, so that the files are all that it can be
 * about. Said and noted; with --verbose the others are said too. */
void zm_idle_blame(struct zm_session *session);

#endif
