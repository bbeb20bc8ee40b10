/*
 * linting: the rules over one job or all of them, for check.
 */
#ifndef ZM_CLI_LINTING_H
#define ZM_CLI_LINTING_H

#include "cli/session.h"

/* Lints the zone of a job that was just read and is on loan from the thread's supply, if no other
 * zone has a say in it. Without findings the job keeps of its zone only what zm_zone_outline()
 * does, and no memory beside that. */
void zm_lint_at_once(struct zm_session *session, struct zm_job *job);

/* Lints all zones that were not. */
void zm_lint_all(struct zm_session *session);

#endif
