/*
 * ending: the signals that ask a program to end, which somebody may put off until all is clean.
 */
#ifndef ZM_BASE_ENDING_H
#define ZM_BASE_ENDING_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>

static inline sigset_t zm_ending_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	return set;
}

/* For a thread beside the one that may put them off while it cleans up: no other may end the
 * program then. */
static inline void zm_ending_leave_to_the_caller(void)
{
	const sigset_t set = zm_ending_signals();
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* Whether one has come and is being put off. */
static inline bool zm_ending_is_asked(void)
{
	sigset_t pending;
	return sigpending(&pending) == 0 &&
	       (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 ||
		sigismember(&pending, SIGHUP) == 1);
}

#endif
