/* now: the time that serials are bumped by. */
#ifndef ZM_CLI_NOW_H
#define ZM_CLI_NOW_H

#include "cli/options.h"

/* --now, else SOURCE_DATE_EPOCH, else the clock. False: that variable holds no time, which was
 * said. */
bool zm_now(int64_t *seconds, const struct zm_options *options);

#endif
