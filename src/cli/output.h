/*
 * output: where reports go. The file of --output is emptied and written, so it may be none that is
 * read.
 */
#ifndef ZM_CLI_OUTPUT_H
#define ZM_CLI_OUTPUT_H

#include "cli/session.h"

/* Whether --output names, under any name, a file that was read as a path or by $INCLUDE, a list, a
 * policy, a configuration or a baseline; that is then said. All files are read. */
bool zm_output_is_input(const struct zm_session *session);

/* Opens the file of --output, where it names one, before anything else is written: false where that
 * cannot be, which was said then. */
bool zm_output_open(struct zm_session *session);

/* What --color says; else NO_COLOR, FORCE_COLOR, and whether `out` is a terminal. */
bool zm_wants_color(const struct zm_options *options, FILE *out);

#endif
