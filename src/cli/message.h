/*
 * message: lines on standard error, each `zonemend: TEXT`, escaped so that no byte of a path or
 * zone can steer the terminal.
 */
#ifndef ZM_CLI_MESSAGE_H
#define ZM_CLI_MESSAGE_H

void zm_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
