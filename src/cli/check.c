#include "cli/command.h"
#include "cli/session.h"

static void lint(void *context, size_t i)
{
	struct zm_session *session = context;
	struct zm_job *job = &session->job[i];
	if (job->zone != NULL) {
		zm_lint_zone(&job->findings, &job->arena, job->zone, &session->set, job->policy);
	}
}

int zm_check_command(const struct zm_options *options)
{
	struct zm_session session;
	if (zm_session_start(&session, options, ZM_REPORT_CHECK)) {
		zm_pool_run(&session.pool, session.count, lint, &session);
	}
	return zm_session_end(&session);
}
