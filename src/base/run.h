/*
 * run: another program, started with a list of arguments and never through a shell; its whole
 * output in memory, up to a declared maximum.
 */
#ifndef ZM_BASE_RUN_H
#define ZM_BASE_RUN_H

#include "base/arena.h"
#include "base/error.h"

struct zm_run {
	const char *const *argv;  /* the name first, looked for in PATH; ended by NULL */
	const char *const *unset; /* variables that it does not inherit; ended by NULL */
	const char *const *set;   /* `NAME=value`, besides what it inherits; ended by NULL */
	const char *folder;       /* it starts there; NULL: here */
	unsigned seconds;         /* how long it may take, with all that it starts; 0: any time */
	int input;                /* read as standard input; -1: it is empty */
	size_t max;               /* bytes of standard output; more is a failure */
};

struct zm_run_output {
	struct zm_str out;
	struct zm_str complaint; /* the first line of standard error, without line end */
	int status;              /* the exit status; 128 + N when signal N has ended it */
};

/*
 * False when it cannot be started, says more than `max` or takes longer than `seconds`; then it has
 * ended all the same, and where it had a time so has all that it has started. So it does when one
 * of the signals that end a program (SIGINT, SIGTERM, SIGHUP) comes while the caller blocks them.
 */
bool zm_run(struct zm_run_output *output, struct zm_arena *arena, const struct zm_run *run,
	    struct zm_error *err);

#endif
