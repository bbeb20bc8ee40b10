/* help: the texts of --help, made from the tables of commands and options. */
#ifndef ZM_CLI_HELP_H
#define ZM_CLI_HELP_H

#include "cli/command.h"

#include <stdio.h>

void zm_help_overview(FILE *out);
void zm_help_command(const struct zm_command *command); /* to standard output */

#endif
