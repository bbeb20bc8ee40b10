/*
 * verifying: --verify-cmd, which is asked about each zone before any file is written.
 */
#ifndef ZM_CLI_VERIFYING_H
#define ZM_CLI_VERIFYING_H

#include "cli/session.h"

/* Whether the option says something that can be started; else it was said why not. Asked before
 * anything is read. */
bool zm_verifying_is_good(const struct zm_options *options);

/* Asks about all zones that are planned. When one of them fails, none is fixed. */
void zm_verifying_run(struct zm_session *session);

#endif
