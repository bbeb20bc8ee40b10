/*
 * aliases: one file under two names in a folder, by a link: where both names stand for the same
 * zone it is that zone once. A link may well be another zone, by its name: many that are alike
 * often share one file.
 */
#ifndef ZM_CLI_ALIASES_H
#define ZM_CLI_ALIASES_H

#include "cli/session.h"

/* For each job the one that reads the same file as the same zone and stays in its place, or NULL;
 * in the session's arena. NULL where there is none at all. A job that was named, on the command
 * line or by --named-conf, stays. */
const struct zm_job **zm_aliases_find(struct zm_session *session);

#endif
