/*
 * fix: all zones are planned and proved, one after the other in the order of the paths, so that a
 * later one sees the earlier ones mended; only then is the first file written.
 */
#include "cli/bump.h"
#include "cli/command.h"
#include "cli/editable.h"
#include "cli/expected.h"
#include "cli/message.h"
#include "cli/now.h"
#include "cli/session.h"
#include "cli/twins.h"
#include "cli/watch.h"
#include "fix/diff.h"
#include "lint/expect.h"

#include <stdio.h>

/* ---- Planning ---- */

/* What is reported is the zone as it stays. */
static void leave_as_it_is(struct zm_session *session, struct zm_job *job)
{
	const struct zm_lint_task task = {job->zone, &session->set, job->policy, 0, job->earlier};
	zm_set_add(&session->set, job->zone);
	zm_lint_zone_by(&job->findings, &job->arena, &task, NULL);
}

static void refuse(struct zm_job *job, struct zm_result *result, struct zm_str reason)
{
	job->refused = zm_arena_copy(&job->arena, reason).data;
	result->refused = true;
}

static struct zm_mend_options mend_options(struct zm_session *session, const struct zm_job *job,
					   int64_t now)
{
	return (struct zm_mend_options){
		.set = &session->set,
		.policy = job->policy,
		.load = &job->load,
		.unsafe = session->options->unsafe,
		.serial = zm_bump_how(session->options, job->policy, job->zone->origin, now),
		.earlier = job->earlier,
	};
}

static void plan(struct zm_session *session, size_t i, int64_t now)
{
	struct zm_job *job = &session->job[i];
	struct zm_result *result = &session->result[i];
	struct zm_mend *mend = &job->mend;
	const struct zm_mend_options options = mend_options(session, job, now);
	zm_mend_plan(mend, &job->arena, job->zone, &options);
	job->findings = mend->left;
	if (mend->reason.len > 0) {
		refuse(job, result, mend->reason);
	}
	if (mend->outcome != ZM_MEND_PLANNED) {
		return;
	}
	struct zm_str reason = zm_job_file_obstacle(session, job, &job->arena);
	if (reason.len > 0) {
		mend->outcome = ZM_MEND_REFUSED;
		refuse(job, result, reason);
		leave_as_it_is(session, job);
	} else if (mend->serial.warning != NULL) {
		zm_say("%s: %s", job->input.path, mend->serial.warning);
	}
}

/* ---- Writing ---- */

/* Two runs at once: the second reads again what the first one has written. True when that left
 * nothing to mend; of any other change nobody knows whether it is whole yet. */
static bool is_mended_by_another(struct zm_session *session, struct zm_job *job, int64_t now)
{
	struct zm_file file;
	struct zm_error err;
	struct zm_mend mend;
	if (!zm_file_read(&file, &job->arena, job->input.path, 0, &err)) {
		return false;
	}
	struct zm_source *source = zm_arena_alloc(&job->arena, sizeof(*source));
	*source = (struct zm_source){.name = job->input.path, .bytes = file.bytes};
	const struct zm_zone *zone = zm_zone_load(&job->arena, source, &job->load);
	const struct zm_mend_options options = mend_options(session, job, now);
	zm_set_add(&session->set, zone);
	zm_mend_plan(&mend, &job->arena, zone, &options);
	if (mend.outcome != ZM_MEND_NOTHING) {
		return false;
	}
	job->file = file;
	job->zone = zone;
	job->mend = mend;
	job->findings = mend.left;
	return true;
}

static enum zm_replace_result write_bytes(const struct zm_session *session,
					  const struct zm_job *job, struct zm_error *err)
{
	const char *path = job->input.path;
	return session->options->in_place
		       ? zm_file_overwrite(path, &job->file.stat, job->mend.bytes, err)
		       : zm_file_replace(path, &job->file.stat, job->mend.bytes, err);
}

static void write_file(struct zm_session *session, size_t i, int64_t now)
{
	struct zm_job *job = &session->job[i];
	struct zm_result *result = &session->result[i];
	struct zm_error err;
	enum zm_replace_result outcome = write_bytes(session, job, &err);
	switch (outcome) {
	case ZM_REPLACED:
		job->fixed = true;
		result->fixed = true;
		return;
	case ZM_REPLACE_CHANGED:
		if (is_mended_by_another(session, job, now)) {
			zm_say("%s: was mended by another run meanwhile", job->input.path);
			return;
		}
		refuse(job, result, zm_without_path(zm_str_from(err.text), job->input.path));
		break;
	case ZM_REPLACE_REFUSED:
		refuse(job, result, zm_without_path(zm_str_from(err.text), job->input.path));
		break;
	default:
		zm_say("%s", err.text);
		result->unwritable = true;
	}
	leave_as_it_is(session, job);
}

static void print_patch(struct zm_job *job, struct zm_result *result)
{
	struct zm_buf patch = {0};
	zm_diff(&patch, job->input.path, job->file.bytes, job->mend.bytes);
	fwrite(patch.data, 1, patch.len, stdout);
	zm_buf_release(&patch);
	job->fixed = true;
	result->would_fix = true;
}

/* What was written for one path of a file was written for all. */
static void share(struct zm_session *session, size_t i)
{
	struct zm_job *job = &session->job[i];
	size_t first = (size_t)(job->twin - session->job);
	struct zm_result *result = &session->result[i];
	result->would_fix = session->result[first].would_fix;
	result->fixed = session->result[first].fixed;
	job->fixed = job->twin->fixed;
	if (!job->fixed && job->twin->mend.outcome == ZM_MEND_NOTHING) {
		job->findings = job->twin->findings; /* by another run, likewise */
	} else if (!job->fixed) {
		job->refused = job->twin->refused;
		leave_as_it_is(session, job);
	}
}

/* A filter gives back what it may not change, never nothing. */
static void print_zone(struct zm_job *job, struct zm_result *result)
{
	job->fixed = job->mend.outcome == ZM_MEND_PLANNED;
	result->fixed = job->fixed;
	struct zm_str bytes = job->fixed ? job->mend.bytes : job->file.bytes;
	fwrite(bytes.data, 1, bytes.len, stdout);
}

static void finish(struct zm_session *session, size_t i, int64_t now)
{
	struct zm_job *job = &session->job[i];
	bool planned = job->mend.outcome == ZM_MEND_PLANNED;
	if (session->task == ZM_REPORT_FIX && job->input.is_stdin) {
		print_zone(job, &session->result[i]);
	} else if (planned && job->twin != job) {
		share(session, i);
	} else if (planned && session->task == ZM_REPORT_DIFF) {
		print_patch(job, &session->result[i]);
	} else if (planned) {
		write_file(session, i, now);
	}
}

/* ---- The command ---- */

static bool takes_standard_output(const struct zm_session *session)
{
	bool taken = session->task == ZM_REPORT_DIFF;
	for (size_t i = 0; i < session->count; i++) {
		taken = taken || session->job[i].input.is_stdin;
	}
	return taken;
}

static void plan_all(struct zm_session *session, int64_t now)
{
	atomic_size_t *done = zm_watch_zones(session, "planning");
	for (size_t i = 0; i < session->count; i++) {
		if (session->job[i].zone != NULL) {
			session->job[i].load.progress = NULL; /* counted by zones now */
			plan(session, i, now);
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
		writes = writes || (session->job[i].mend.outcome == ZM_MEND_PLANNED &&
				    !session->job[i].input.is_stdin);
	}
	if (writes && options->in_place && !options->diff && !options->quiet) {
		zm_say("writing in place: a crash meanwhile may leave a file that is neither the "
		       "old one nor the new one");
	}
}

static void refuse_differing_twins(struct zm_session *session)
{
	bool *differs = zm_arena_array(&session->arena, session->count, sizeof(*differs));
	zm_twins_find(session);
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_job *first = session->job[i].twin; /* comes before it */
		differs[i] = first == &session->job[i] ? zm_twins_differ(first)
						       : differs[first - session->job];
	}
	for (size_t i = 0; i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (differs[i] && job->mend.outcome == ZM_MEND_PLANNED) {
			job->mend.outcome = ZM_MEND_REFUSED;
			refuse(job, &session->result[i],
			       ZM_STR("the same file is another zone too, which asks for other "
				      "bytes: mend it by hand"));
			leave_as_it_is(session, job);
		}
	}
}

static void refuse_breaker(struct zm_session *session, size_t i,
			   const struct zm_policy_expect *expect)
{
	struct zm_job *job = &session->job[i];
	job->mend.outcome = ZM_MEND_REFUSED;
	refuse(job, &session->result[i],
	       zm_arena_printf(&job->arena,
			       "it would break what %s:%zu expects: %.*s for %.*s; mend the "
			       "record, or change the policy",
			       expect->place.file, expect->place.line, ZM_STR_ARG(expect->result),
			       ZM_STR_ARG(expect->ip_text)));
	leave_as_it_is(session, job);
}

/* Whether the expectation is met once this file stays as it is. */
static bool is_breaker(struct zm_session *session, struct zm_job *job,
		       const struct zm_expected *before, const struct zm_policy_expect *expect)
{
	job->mend.outcome = ZM_MEND_REFUSED;
	zm_set_add(&session->set, job->zone);
	bool is = zm_expected_broken(session, before) != expect;
	job->mend.outcome = ZM_MEND_PLANNED;
	zm_set_add(&session->set, job->mend.zone);
	return is;
}

/* A fix that makes a sender lose what the policy expects for it is none. Where no file alone is to
 * blame, all are left. */
static void refuse_breaking(struct zm_session *session, const struct zm_expected *before,
			    const struct zm_policy_expect *expect)
{
	for (size_t i = 0; i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (job->mend.outcome == ZM_MEND_PLANNED &&
		    is_breaker(session, job, before, expect)) {
			refuse_breaker(session, i, expect);
			return;
		}
	}
	for (size_t i = 0; i < session->count; i++) {
		if (session->job[i].mend.outcome == ZM_MEND_PLANNED) {
			refuse_breaker(session, i, expect);
		}
	}
}

static void plan_as_expected(struct zm_session *session, int64_t now)
{
	const struct zm_expected before = zm_expected_look(session);
	const struct zm_policy_expect *broken;
	plan_all(session, now);
	refuse_differing_twins(session);
	while ((broken = zm_expected_broken(session, &before)) != NULL) {
		refuse_breaking(session, &before, broken);
	}
}

int zm_fix_command(const struct zm_options *options)
{
	struct zm_session session;
	int64_t now;
	if (!zm_now(&now, options)) {
		return ZM_STATUS_USAGE;
	}
	if (!zm_session_start(&session, options, options->diff ? ZM_REPORT_DIFF : ZM_REPORT_FIX)) {
		return zm_session_end(&session);
	}
	session.out_is_taken = takes_standard_output(&session);
	plan_as_expected(&session, now);
	warn_of_in_place(&session);
	for (size_t i = 0; i < session.count; i++) {
		if (session.job[i].zone != NULL) {
			finish(&session, i, now);
		}
	}
	return zm_session_end(&session);
}
