/*
 * agree: zones that share a file, one of all that include it or one under several names, change it
 * alike or not at all.
 *
 * Each zone was planned for itself. Where a plan changes a file that other zones have too, each of
 * these must ask for the very same bytes, or find nothing but its serial changed by them, and
 * nothing may stand against any of them; else that file is barred to all, and they are planned
 * again without it, until nobody is in anybody's way.
 */
#ifndef ZM_CLI_AGREE_H
#define ZM_CLI_AGREE_H

#include "cli/uses.h"

/* All jobs are planned. Ends with plans that may all be carried out together. */
void zm_agree(struct zm_session *session, const struct zm_uses *uses);

#endif
