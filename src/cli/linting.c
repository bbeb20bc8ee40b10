#include "cli/linting.h"

#include "cli/watch.h"
#include "zone/load.h"

/* A large zone is one that is worth all threads. */
static bool is_large(const struct zm_job *job)
{
	return job->zone != NULL && !job->is_linted && job->zone->record_count >= ZM_LINT_LARGE;
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
		job->findings = (struct zm_findings){0};
		zm_arena_release(&arena);
	}
	zm_supply_settle(supply, &arena);
	zm_arena_adopt(&job->arena, &arena);
}

/* Its bytes, records and names are gone then. */
static void let_go(struct zm_session *session, struct zm_job *job)
{
	struct zm_supply *supply = &session->rest[zm_pool_worker()];
	struct zm_arena rest = {0};
	zm_supply_lend(supply, &rest);
	job->zone = zm_zone_outline(&rest, job->zone);
	zm_supply_settle(supply, &rest);
	zm_arena_release(&job->arena);
	job->arena = rest;
	job->findings = (struct zm_findings){0};
	job->load.origin = (struct zm_name){0};
	job->source.bytes = (struct zm_str){0};
	job->file.bytes = (struct zm_str){0};
}

/* A policy that some of its entries make another one for this file is in the job's arena. */
static bool may_go(const struct zm_job *job)
{
	const struct zm_findings *findings = &job->findings;
	return findings->count == 0 && findings->hidden == NULL && job->zone->source_count == 1 &&
	       job->file.mapping == NULL && job->policy->under == NULL;
}

/* Whether it would make something worse is told by the records that names lead to. */
static bool has_fix(const struct zm_findings *findings)
{
	bool has = findings->hidden != NULL && findings->hidden->fixable > 0;
	for (size_t i = 0; i < findings->count; i++) {
		has = has || findings->item[i]->fix.safety != ZM_FIX_NONE;
	}
	return has;
}

void zm_lint_at_once(struct zm_session *session, struct zm_job *job)
{
	bool is_compared = session->options->base != NULL; /* with what is looked for later */
	if (session->asks || session->task != ZM_REPORT_CHECK || is_compared ||
	    zm_policy_minds_others(job->policy)) {
		return;
	}
	const struct zm_lint_task task = task_of(session, job);
	zm_lint_zone_by(&job->findings, &job->arena, &task, NULL);
	job->is_linted = !has_fix(&job->findings);
	if (!job->is_linted) {
		job->findings = (struct zm_findings){0};
	} else if (may_go(job)) {
		let_go(session, job);
	}
}

static void lint_small(void *context, size_t i)
{
	struct zm_session *session = context;
	struct zm_job *job = &session->job[i];
	if (job->zone != NULL && !is_large(job)) {
		if (!job->is_linted) {
			lint_one(session, job);
		}
		atomic_fetch_add(job->load.progress, 1);
	}
}

void zm_lint_all(struct zm_session *session)
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
