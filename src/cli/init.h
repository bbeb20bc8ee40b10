/*
 * init: a policy to start from, made from what the zones say today.
 */
#ifndef ZM_CLI_INIT_H
#define ZM_CLI_INIT_H

#include "cli/options.h"

/* `zonemend policy init [PATH]...`: prints it, and writes no file. */
int zm_init_command(const struct zm_options *options);

#endif
