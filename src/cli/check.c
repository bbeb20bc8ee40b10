#include "cli/command.h"
#include "cli/session.h"

int zm_check_command(const struct zm_options *options)
{
	struct zm_session session;
	bool good = zm_session_start(&session, options, ZM_REPORT_CHECK);
	for (size_t i = 0; good && i < session.count; i++) {
		struct zm_job *job = &session.job[i];
		if (job->zone != NULL) {
			zm_lint_zone(&job->findings, &job->arena, job->zone, &session.set,
				     job->policy);
		}
	}
	return zm_session_end(&session);
}
