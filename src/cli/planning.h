/*
 * planning: what fix would do to one zone of the run, and how it is left alone after all.
 */
#ifndef ZM_CLI_PLANNING_H
#define ZM_CLI_PLANNING_H

#include "cli/session.h"

struct zm_mend_options zm_planning_options(struct zm_session *session, const struct zm_job *job);

/* Plans from scratch, whatever was planned before; the job has a zone. */
void zm_planning_run(struct zm_session *session, struct zm_job *job);

/* Has the job follow what others do to its files; see zm_mend_follow(). The outcome is PLANNED or
 * REFUSED. */
void zm_planning_follow(struct zm_session *session, struct zm_job *job,
			const struct zm_rewrites *files);

/* What is reported is told anew where other zones, which may have been planned since, have a say.
 */
void zm_planning_look_again(struct zm_session *session, struct zm_job *job);

/* What is reported is the zone as it stays. */
void zm_planning_leave(struct zm_session *session, struct zm_job *job);

/* The same, and this is why it is not fixed. */
void zm_planning_refuse(struct zm_session *session, struct zm_job *job, struct zm_str reason);

/* The same for good: however often it is planned again. */
void zm_planning_keep_out(struct zm_session *session, struct zm_job *job, struct zm_str reason);

#endif
