#include "cli/command.h"
#include "cli/watch.h"

/* A large zone is one that is worth all threads. */
static bool is_large(const struct zm_job *job)
{
	return job->zone != NULL && job->zone->record_count >= ZM_LINT_LARGE;
}

/* A baseline is about all findings. */
static size_t max_of(const struct zm_options *options)
{
	bool needs_all = options->baseline != NULL || options->write_baseline != NULL;
	return needs_all ? 0 : options->max_findings;
}

static struct zm_lint_task task_of(const struct zm_session *session, const struct zm_job *job)
{
	return (struct zm_lint_task){job->zone, &session->set, job->policy,
				     max_of(session->options), job->earlier};
}

/* A zone without findings needs nothing of what it took to find none. */
static void lint_one(struct zm_session *session, struct zm_job *job)
{
	const struct zm_lint_task task = task_of(session, job);
	struct zm_supply *supply = zm_session_supply(session);
	struct zm_arena arena = {0};
	zm_supply_lend(supply, &arena);
	zm_lint_zone_by(&job->findings, &arena, &task, NULL);
	if (job->findings.count == 0) {
		job->findings.item = NULL;
		zm_arena_release(&arena);
	}
	zm_supply_settle(supply, &arena);
	zm_arena_adopt(&job->arena, &arena);
}

static void lint_small(void *context, size_t i)
{
	struct zm_session *session = context;
	struct zm_job *job = &session->job[i];
	if (job->zone != NULL && !is_large(job)) {
		lint_one(session, job);
		atomic_fetch_add(job->load.progress, 1);
	}
}

static void lint_all(struct zm_session *session)
{
	atomic_size_t *done = zm_watch_zones(session, "checking");
	for (size_t i = 0; i < session->count; i++) {
		session->job[i].load.progress = done;
	}
	zm_pool_run(&session->pool, session->count, lint_small, session);
	for (size_t i = 0; i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (is_large(job)) {
			const struct zm_lint_task task = task_of(session, job);
			zm_lint_zone_by(&job->findings, &job->arena, &task, &session->pool);
			atomic_fetch_add(job->load.progress, 1);
		}
	}
	zm_progress_stop();
}

int zm_check_command(const struct zm_options *options)
{
	struct zm_session session;
	if (zm_session_start(&session, options, ZM_REPORT_CHECK)) {
		lint_all(&session);
	}
	return zm_session_end(&session);
}
