/*
 * editable: whether a zone's file may be written, asked alike by fix, by zones and by the summary
 * of check, so that they never disagree.
 */
#ifndef ZM_CLI_EDITABLE_H
#define ZM_CLI_EDITABLE_H

#include "cli/session.h"

/* What the job's zone is, by its records, by its file and by the configuration; it has a zone. */
enum zm_zone_state zm_job_state(const struct zm_job *job);

/* What stands against writing the file, whatever the records say; empty: nothing. In `arena`. */
struct zm_str zm_job_file_obstacle(const struct zm_session *session, const struct zm_job *job,
				   struct zm_arena *arena);

/* The same for a file that the zone includes, apart from the others that may include it. */
struct zm_str zm_job_part_obstacle(const struct zm_session *session, const struct zm_job *job,
				   const struct zm_source *source, struct zm_arena *arena);

/* What stands against writing the zone's file and mending the zone. */
struct zm_str zm_job_obstacle(struct zm_session *session, const struct zm_job *job,
			      struct zm_arena *arena);

/* Whether the user says that the server keeps its hands off this zone for now: it must be told when
 * to go on. */
bool zm_job_is_frozen(const struct zm_session *session, const struct zm_job *job);

/* A message without the path that it begins with: for a line that has named the path. It ends where
 * `text` ends. */
struct zm_str zm_without_path(struct zm_str text, const char *path);

#endif
