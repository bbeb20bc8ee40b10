/*
 * fix: all zones are planned and proved, one after the other in the order of the paths, so that a
 * later one sees the earlier ones mended, and agree on the files that they share; only then is the
 * first file written.
 */
#include "cli/agree.h"
#include "cli/command.h"
#include "cli/expected.h"
#include "cli/message.h"
#include "cli/now.h"
#include "cli/planning.h"
#include "cli/verifying.h"
#include "cli/watch.h"
#include "cli/weigh.h"
#include "cli/writing.h"
#include "lint/expect.h"

static bool takes_standard_output(const struct zm_session *session)
{
	bool taken = session->task == ZM_REPORT_DIFF;
	for (size_t i = 0; i < session->count; i++) {
		taken = taken || session->job[i].input.is_stdin;
	}
	return taken;
}

static void plan_all(struct zm_session *session)
{
	struct zm_fixing *fixing = zm_arena_array(&session->arena, session->count, sizeof(*fixing));
	atomic_size_t *done = zm_watch_zones(session, "planning");
	for (size_t i = 0; i < session->count; i++) {
		if (session->job[i].zone != NULL) {
			session->job[i].fixing = &fixing[i];
			session->job[i].load.progress = NULL; /* counted by zones now */
			zm_planning_run(session, &session->job[i]);
			atomic_fetch_add(done, 1);
		}
	}
	zm_progress_stop();
}

static void warn_of_in_place(const struct zm_session *session)
{
	const struct zm_options *options = session->options;
	bool writes = false;
	for (size_t i = 0; i < session->count; i++) {
		writes = writes ||
			 (zm_job_is_planned(&session->job[i]) && !session->job[i].input.is_stdin);
	}
	if (writes && options->in_place && !options->diff && !options->quiet) {
		zm_say("writing in place: a crash meanwhile may leave a file that is neither the "
		       "old one nor the new one");
	}
}

static void refuse_breaker(struct zm_session *session, size_t i,
			   const struct zm_policy_expect *expect)
{
	struct zm_job *job = &session->job[i];
	zm_planning_keep_out(
		session, job,
		zm_arena_printf(&job->arena,
				"it would break what %s:%zu expects: %.*s for %.*s; mend the "
				"record, or change the policy",
				expect->place.file, expect->place.line, ZM_STR_ARG(expect->result),
				ZM_STR_ARG(expect->ip_text)));
}

/* Whether the expectation is met once this file stays as it is. */
static bool is_breaker(struct zm_session *session, struct zm_job *job,
		       const struct zm_expected *before, const struct zm_policy_expect *expect)
{
	job->fixing->mend.outcome = ZM_MEND_REFUSED;
	zm_set_add(&session->set, job->zone);
	bool is = zm_expected_broken(session, before) != expect;
	job->fixing->mend.outcome = ZM_MEND_PLANNED;
	zm_set_add(&session->set, job->fixing->mend.zone);
	return is;
}

/* A fix that makes a sender lose what the policy expects for it is none. Where no file alone is to
 * blame, all are left. */
static void refuse_breaking(struct zm_session *session, const struct zm_expected *before,
			    const struct zm_policy_expect *expect)
{
	for (size_t i = 0; i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (zm_job_is_planned(job) && is_breaker(session, job, before, expect)) {
			refuse_breaker(session, i, expect);
			return;
		}
	}
	for (size_t i = 0; i < session->count; i++) {
		if (zm_job_is_planned(&session->job[i])) {
			refuse_breaker(session, i, expect);
		}
	}
}

/* An earlier one may have been left as it was for what a later one was still like. */
static void plan_left(struct zm_session *session, const struct zm_uses *uses)
{
	size_t planned = 0;
	for (size_t i = 0; i < session->count; i++) {
		planned += session->job[i].fixing != NULL && zm_job_is_planned(&session->job[i]);
	}
	for (size_t i = 0; planned > 0 && session->count > 1 && i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (job->fixing != NULL && !job->fixing->follows && job->findings.count > 0) {
			zm_planning_run(session, job);
		}
	}
	zm_agree(session, uses);
}

/* What is left is told of the state that comes about, in whatever order it was planned. */
static void look_again(struct zm_session *session)
{
	for (size_t i = 0; i < session->count; i++) {
		if (session->job[i].fixing != NULL && session->count > 1) {
			zm_planning_look_again(session, &session->job[i]);
		}
	}
}

static void plan_as_expected(struct zm_session *session, const struct zm_uses *uses)
{
	const struct zm_expected before = zm_expected_look(session);
	const struct zm_policy_expect *broken;
	plan_all(session);
	zm_agree(session, uses);
	plan_left(session, uses);
	while (zm_weigh(session)) {
		zm_agree(session, uses);
	}
	while ((broken = zm_expected_broken(session, &before)) != NULL) {
		refuse_breaking(session, &before, broken);
		zm_agree(session, uses);
	}
	look_again(session);
}

static void say_warnings(const struct zm_session *session)
{
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_job *job = &session->job[i];
		if (zm_job_is_planned(job) && job->fixing->mend.serial.warning != NULL) {
			zm_say("%s: %s", job->input.path, job->fixing->mend.serial.warning);
		}
	}
}

int zm_fix_command(const struct zm_options *options)
{
	struct zm_session session;
	struct zm_uses uses;
	int64_t now;
	if (!zm_now(&now, options) || !zm_verifying_is_good(options)) {
		return ZM_STATUS_USAGE;
	}
	if (options->diff && options->write_baseline != NULL) {
		zm_say("--diff writes nothing, so that nothing is mended for --write-baseline");
		return ZM_STATUS_USAGE;
	}
	if (!zm_session_start(&session, options, options->diff ? ZM_REPORT_DIFF : ZM_REPORT_FIX)) {
		return zm_session_end(&session);
	}
	session.now = now;
	session.out_is_taken = takes_standard_output(&session);
	zm_uses_collect(&uses, &session);
	plan_as_expected(&session, &uses);
	zm_verifying_run(&session);
	say_warnings(&session);
	warn_of_in_place(&session);
	if (options->diff) {
		zm_writing_show(&session, &uses);
	} else {
		zm_writing_run(&session, &uses);
	}
	return zm_session_end(&session);
}
