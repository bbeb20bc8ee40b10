/*
 * weigh: what planned changes mean for the records that lead to the changed ones. A record that
 * gets an include costs one lookup more in every record that includes it, and with one too many
 * those work for nobody (RFC 7208 4.6.4).
 */
#ifndef ZM_CLI_WEIGH_H
#define ZM_CLI_WEIGH_H

#include "cli/session.h"

/* Keeps out the files whose changes would take some record of the run from what the policy and RFC
 * 7208 allow to more; true when there were any, and other plans may depend on them. */
bool zm_weigh(struct zm_session *session);

#endif
