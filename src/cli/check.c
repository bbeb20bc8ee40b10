#include "cli/command.h"
#include "cli/linting.h"

int zm_check_command(const struct zm_options *options)
{
	struct zm_session session;
	if (zm_session_start(&session, options, ZM_REPORT_CHECK)) {
		zm_lint_all(&session);
	}
	return zm_session_end(&session);
}
