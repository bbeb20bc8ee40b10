#include "cli/watch.h"

size_t zm_count_zones(const struct zm_session *session)
{
	size_t count = 0;
	for (size_t i = 0; i < session->count; i++) {
		count += session->job[i].zone != NULL;
	}
	return count;
}

atomic_size_t *zm_watch_files(const struct zm_session *session)
{
	zm_progress_start(session->options);
	return zm_progress_stage("reading", session->count, ZM_UNIT_FILES);
}

void zm_watch_reading(struct zm_session *session)
{
	size_t total = 0;
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_job *job = &session->job[i];
		total += job->zone == NULL ? job->file.bytes.len : 0;
	}
	zm_progress_start(session->options);
	atomic_size_t *done = zm_progress_stage("reading", total, ZM_UNIT_BYTES);
	for (size_t i = 0; i < session->count; i++) {
		session->job[i].load.progress = done;
	}
}

atomic_size_t *zm_watch_zones(const struct zm_session *session, const char *what)
{
	zm_progress_start(session->options);
	return zm_progress_stage(what, zm_count_zones(session), ZM_UNIT_ZONES);
}
