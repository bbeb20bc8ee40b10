/*
 * watch: a session's work as the progress bar shows it.
 *
 *	zm_watch_reading(session); ... read every job ... zm_progress_stop();
 *	atomic_size_t *done = zm_watch_zones(session, "checking"); ... zm_progress_stop();
 */
#ifndef ZM_CLI_WATCH_H
#define ZM_CLI_WATCH_H

#include "cli/progress.h"
#include "cli/session.h"

/* Jobs that were read and are zones. */
size_t zm_count_zones(const struct zm_session *session);

/* By files, whatever they are: add 1 to what is returned for each. */
atomic_size_t *zm_watch_files(const struct zm_session *session);

/* By the bytes of the files that are still to be read as zones, whose loading counts from now on.
 */
void zm_watch_reading(struct zm_session *session);

/* By zones: add 1 to what is returned for each. */
atomic_size_t *zm_watch_zones(const struct zm_session *session, const char *what);

#endif
