#include "cli/planning.h"

#include "cli/bump.h"
#include "cli/editable.h"

void zm_planning_leave(struct zm_session *session, struct zm_job *job)
{
	const struct zm_lint_task task = {job->zone, &session->set, job->policy, 0, job->earlier};
	zm_set_add(&session->set, job->zone);
	zm_lint_zone_by(&job->findings, &job->arena, &task, NULL);
}

void zm_planning_look_again(struct zm_session *session, struct zm_job *job)
{
	bool planned = zm_job_is_planned(job);
	bool is_compared = planned && job->earlier != NULL; /* with files that are not there yet */
	if (is_compared || !zm_policy_minds_others(job->policy)) {
		return;
	}
	const struct zm_lint_task task = {planned ? job->fixing->mend.zone : job->zone,
					  &session->set, job->policy, 0, job->earlier};
	zm_lint_zone_by(&job->findings, &job->arena, &task, NULL);
}

static void say_why(struct zm_session *session, struct zm_job *job, struct zm_str reason)
{
	job->refused = zm_arena_copy(&job->arena, reason).data;
	session->result[job - session->job].refused = true;
}

void zm_planning_refuse(struct zm_session *session, struct zm_job *job, struct zm_str reason)
{
	job->fixing->mend.outcome = ZM_MEND_REFUSED;
	say_why(session, job, reason);
	zm_planning_leave(session, job);
}

void zm_planning_keep_out(struct zm_session *session, struct zm_job *job, struct zm_str reason)
{
	zm_planning_refuse(session, job, reason);
	job->fixing->stays = job->refused;
}

/* What is printed on standard output is one file. */
struct zm_mend_options zm_planning_options(struct zm_session *session, const struct zm_job *job)
{
	const struct zm_options *options = session->options;
	return (struct zm_mend_options){
		.set = &session->set,
		.policy = job->policy,
		.load = &job->load,
		.unsafe = options->unsafe,
		.in_included = !job->input.is_stdin,
		.bar = job->fixing->bar,
		.bars = job->fixing->bars,
		.serial = zm_bump_how(options, job->policy, job->zone->origin, session->now),
		.earlier = job->earlier,
	};
}

static void check_file(struct zm_session *session, struct zm_job *job)
{
	if (!zm_job_is_planned(job)) {
		return;
	}
	struct zm_str reason = job->fixing->stays != NULL
				       ? zm_str_from(job->fixing->stays)
				       : zm_job_file_obstacle(session, job, &job->arena);
	if (reason.len > 0) {
		zm_planning_refuse(session, job, reason);
	}
}

static void begin(struct zm_session *session, struct zm_job *job, bool follows)
{
	job->fixing->follows = follows;
	job->refused = NULL;
	session->result[job - session->job].refused = false;
}

void zm_planning_run(struct zm_session *session, struct zm_job *job)
{
	const struct zm_mend_options options = zm_planning_options(session, job);
	begin(session, job, false);
	zm_mend_plan(&job->fixing->mend, &job->arena, job->zone, &options);
	job->findings = job->fixing->mend.left;
	if (job->fixing->mend.reason.len > 0) {
		say_why(session, job, job->fixing->mend.reason);
	}
	check_file(session, job);
}

void zm_planning_follow(struct zm_session *session, struct zm_job *job,
			const struct zm_rewrites *files)
{
	const struct zm_mend_options options = zm_planning_options(session, job);
	begin(session, job, true);
	zm_mend_follow(&job->fixing->mend, &job->arena, job->zone, &options, files);
	job->findings = job->fixing->mend.left;
	check_file(session, job);
}
