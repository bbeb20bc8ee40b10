/*
 * summary: what a session found, counted and handed to the report.
 */
#ifndef ZM_CLI_SUMMARY_H
#define ZM_CLI_SUMMARY_H

#include "cli/session.h"

/* Writes the report of all jobs, and notes in the results which of them have findings that fail. */
void zm_session_report(struct zm_session *session);

#endif
