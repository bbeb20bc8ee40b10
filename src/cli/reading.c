#include "cli/reading.h"

#include "cli/editable.h"
#include "cli/expected.h"
#include "cli/linting.h"
#include "cli/watch.h"
#include "dns/zones.h"
#include "zone/discover.h"
#include "zone/kind.h"
#include "zone/fast/pieces.h"
#include "zone/template.h"

#include <unistd.h>

/* ---- What is left out ---- */

static void leave_saying(struct zm_job *job, struct zm_str note)
{
	struct zm_arena old = job->arena;
	job->arena = (struct zm_arena){0};
	job->note = zm_arena_copy(&job->arena, note).data;
	job->file.bytes = (struct zm_str){0};
	zm_arena_release(&old);
}

/* For a phrase that lives longer than the job: a folder may hold very many files that are no zones,
 * which then cost no memory of their own. */
static void leave(struct zm_job *job, const char *note)
{
	job->note = note;
	job->file.bytes = (struct zm_str){0};
	zm_arena_release(&job->arena);
}

/* Nobody says that it is a zone. */
static bool is_found(const struct zm_job *job)
{
	return job->input.folder != SIZE_MAX && job->input.configured == NULL;
}

/* What is written in place is mapped nowhere, for the old bytes are needed to the end. */
static bool read_bytes(const struct zm_session *session, struct zm_job *job,
		       struct zm_result *result)
{
	const struct zm_stream input = {STDIN_FILENO, "standard input", 0};
	struct zm_error err;
	bool good;
	if (job->input.is_stdin) {
		good = zm_file_read_stream(&job->file.bytes, &job->arena, &input, &err);
	} else if (session->options->in_place) {
		good = zm_file_read(&job->file, &job->arena, job->input.path, 0, &err);
	} else if (job->input.folder != SIZE_MAX) {
		good = zm_file_map_seen(&job->file, &job->arena, job->input.path, &err);
	} else {
		good = zm_file_map(&job->file, &job->arena, job->input.path, &err);
	}
	if (!good) {
		result->unreadable = true;
		job->file = (struct zm_file){0};
		leave_saying(job, zm_str_from(err.text));
	}
	return good;
}

/* True for a copy beside its original. */
static bool leave_copy(struct zm_job *job)
{
	const char *what;
	const char *original = zm_kind_original(&job->arena, job->input.path, &what);
	if (original == NULL || access(original, F_OK) != 0) {
		return false;
	}
	leave_saying(job, zm_arena_printf(&job->arena, "%s of %s", what, original));
	return true;
}

/* True for what is not even read. What was named is. */
static bool leave_unread(struct zm_job *job)
{
	const char *why = job->input.why;
	if (why == NULL && is_found(job)) {
		why = zm_kind_by_name(job->input.path);
	}
	if (why != NULL) {
		leave(job, why);
		return true;
	}
	return is_found(job) && leave_copy(job);
}

/* Notes the apex where that much of the file tells it: it need not be looked for again. */
static bool holds_zone(struct zm_job *job)
{
	struct zm_glance glance;
	zm_glance(&glance, job->file.bytes);
	if (glance.is_zone && glance.has_apex) {
		job->load.origin = zm_name_copy(&job->arena, zm_name_of(&glance.apex));
		job->load.origin_from = ZM_ORIGIN_CONTENT;
	}
	return glance.is_zone || zm_includes_zone(&job->source, &job->load);
}

/* Why the file is not taken for a zone, or NULL. One that was named is one, unless it is the source
 * of one, or nothing that can be read as text. */
static const char *why_no_zone(struct zm_job *job)
{
	if (job->input.folder != SIZE_MAX && job->file.bytes.len == 0) {
		return "empty";
	}
	const char *kind = zm_kind_by_content(job->file.bytes);
	if (kind != NULL) {
		return kind;
	}
	if (zm_file_is_template(job->file.bytes)) {
		return "holds placeholders, so it is a template and not a zone";
	}
	return !is_found(job) || holds_zone(job) ? NULL : "not a zone, for it has no SOA record";
}

/* ---- What holds for a file ---- */

/* The server's configuration tells, else the policy does. */
static void set_told_origin(struct zm_job *job)
{
	struct zm_name_buf name;
	if (job->input.configured != NULL) {
		job->load.view = job->input.configured->view;
		job->load.views = job->input.configured->views;
		job->load.origin = job->input.configured->zone->name;
		job->load.origin_from = ZM_ORIGIN_NAMED_CONF;
	} else if (job->policy != NULL && zm_policy_origin(job->policy, &name)) {
		job->load.origin = zm_name_copy(&job->arena, zm_name_of(&name));
		job->load.origin_from = ZM_ORIGIN_POLICY;
	}
}

static bool set_origin(struct zm_session *session, struct zm_job *job)
{
	const char *origin = session->options->origin;
	struct zm_name_buf name;
	const char *why;
	if (origin == NULL) {
		set_told_origin(job);
		return true;
	}
	if (!zm_name_from_domain(&name, zm_str_from(origin), &why)) {
		return false; /* cannot be: checked when the session started */
	}
	job->load.origin = zm_name_copy(&job->arena, zm_name_of(&name));
	job->load.origin_from = ZM_ORIGIN_OPTION;
	return true;
}

/* An old copy is nobody's zone; any other file that holds an SOA record should be one. */
static void leave_nameless(struct zm_job *job, struct zm_result *result)
{
	const char *what;
	if (is_found(job) && zm_kind_original(&job->arena, job->input.path, &what) != NULL) {
		leave_saying(job,
			     zm_arena_printf(&job->arena,
					     "%s by its name, and nothing in it tells its zone",
					     what));
		return;
	}
	result->misused = true;
	leave_saying(job,
		     zm_arena_printf(&job->arena,
				     "%s: cannot tell which zone this is; name it with --origin",
				     job->input.path));
}

/* The policy, and which records are kept. Also of a command that only asks the zones, for whose
 * sake it tells origins and leaves files out. */
static bool set_policy(struct zm_session *session, struct zm_job *job)
{
	const struct zm_policy *policy =
		session->has_one_policy ? zm_policies_only(&session->policies)
					: zm_policies_for(&session->policies, job->input.path);
	if (policy == NULL) {
		return false;
	}
	job->policy = zm_policy_for_file(&job->arena, policy, job->input.path);
	bool asks = session->asks || zm_policy_asks_zones(policy);
	job->load.keep = asks ? ZM_ZONES_KEEP : zm_lint_keeps(job->policy);
	return true;
}

/* Why the policy leaves the file out, or NULL. */
static void leave_excluded(struct zm_job *job)
{
	const struct zm_policy_glob *glob =
		job->policy == NULL ? NULL : zm_policy_excludes(job->policy, job->input.path);
	if (glob != NULL) {
		leave_saying(job, zm_arena_printf(&job->arena, "%s:%zu leaves it out",
						  glob->place.file, glob->place.line));
	}
}

static bool may_be_zone(const struct zm_job *job)
{
	return job->note == NULL && job->source.name != NULL;
}

/* Not by several threads, but for one policy: it is read where it is first met, and what is wrong
 * with it said. */
static void find_policy(struct zm_session *session, size_t i)
{
	struct zm_job *job = &session->job[i];
	if (!set_policy(session, job) || !set_origin(session, job)) {
		session->result[i].misused = true;
		job->source.name = NULL;
		zm_arena_release(&job->arena);
		return;
	}
	leave_excluded(job);
}

/* ---- Reading ---- */

/* A check that is for people does not tell the state. */
static bool tells_state(const struct zm_session *session)
{
	return session->task != ZM_REPORT_CHECK || session->options->format->is_for_programs;
}

static void load_zone(struct zm_session *session, size_t i)
{
	struct zm_job *job = &session->job[i];
	struct zm_result *result = &session->result[i];
	const struct zm_zone *zone = zm_zone_load(&job->arena, &job->source, &job->load);
	if (!zm_file_is_steady(&job->file)) {
		result->unreadable = true;
		leave_saying(job, zm_arena_printf(&job->arena,
						  "%s: changed while it was read; run again "
						  "when it is at rest",
						  job->input.path));
	} else if (!zm_name_is_set(zone->origin)) {
		leave_nameless(job, result);
	} else {
		job->zone = zone;
		job->state = tells_state(session) ? zm_job_state(job) : ZM_STATE_STATIC;
	}
}

static const char *include_base_of(const struct zm_session *session, const struct zm_job *job)
{
	const struct zm_configured *configured = job->input.configured;
	const char *base =
		configured != NULL ? configured->zone->base : session->configuration.directory;
	return base == NULL ? session->options->include_base : base;
}

static void read_file(struct zm_session *session, size_t i)
{
	struct zm_job *job = &session->job[i];
	struct zm_result *result = &session->result[i];
	job->input = session->inputs.item[i];
	result->unreadable = job->input.failed;
	if (leave_unread(job) || !read_bytes(session, job, result)) {
		return;
	}
	job->load.root = session->options->root;
	job->load.include_base = include_base_of(session, job);
	job->source = (struct zm_source){.name = job->input.path,
					 .bytes = job->file.bytes,
					 .stat = job->input.is_stdin ? NULL : &job->file.stat,
					 .is_padded = job->file.is_padded};
	const char *why = why_no_zone(job);
	if (why != NULL) {
		leave(job, why);
	}
}

static void read_job(void *context, size_t i)
{
	struct zm_session *session = context;
	struct zm_supply *supply = zm_session_supply(session);
	zm_supply_lend(supply, &session->job[i].arena);
	read_file(session, i);
	zm_supply_settle(supply, &session->job[i].arena);
}

/* A large file is one that is worth all threads. */
static bool is_large(const struct zm_job *job)
{
	return job->file.bytes.len >= ZM_PIECES_MIN;
}

static void load_small(void *context, size_t i)
{
	struct zm_session *session = context;
	struct zm_supply *supply = zm_session_supply(session);
	struct zm_job *job = &session->job[i];
	if (may_be_zone(job) && !is_large(job)) {
		zm_supply_lend(supply, &job->arena);
		load_zone(session, i);
		zm_supply_settle(supply, &job->arena);
	}
}

/* ---- All files ---- */

/* From the first look at a file to its zone, while its bytes are at hand. */
static void take_job(void *context, size_t i)
{
	struct zm_session *session = context;
	struct zm_supply *supply = zm_session_supply(session);
	struct zm_job *job = &session->job[i];
	zm_supply_lend(supply, &job->arena);
	read_file(session, i);
	if (may_be_zone(job)) {
		find_policy(session, i);
	}
	if (may_be_zone(job) && !is_large(job)) {
		load_zone(session, i);
	}
	if (job->zone != NULL) {
		zm_lint_at_once(session, job);
	}
	zm_supply_settle(supply, &job->arena);
	atomic_fetch_add(session->done, 1);
}

static void take_all(struct zm_session *session)
{
	session->done = zm_watch_files(session);
	zm_pool_run(&session->pool, session->count, take_job, session);
	zm_progress_stop();
	zm_watch_reading(session);
}

/* Where files have policies of their own, all of these are found first, in the order of the paths.
 */
static void take_all_by_policy(struct zm_session *session)
{
	zm_pool_run(&session->pool, session->count, read_job, session);
	for (size_t i = 0; i < session->count; i++) {
		if (may_be_zone(&session->job[i])) {
			find_policy(session, i);
		}
	}
	zm_expected_keep(session);
	zm_watch_reading(session);
	zm_pool_run(&session->pool, session->count, load_small, session);
}

static bool has_one_policy(struct zm_session *session)
{
	bool has_one = true;
	if (session->options->policy != NULL) {
		return true;
	}
	for (size_t i = 0; i < session->count && has_one; i++) {
		has_one = !zm_policies_has_file(&session->policies, session->inputs.item[i].path);
	}
	return has_one;
}

void zm_reading_run(struct zm_session *session)
{
	session->has_one_policy = has_one_policy(session);
	if (session->has_one_policy) {
		take_all(session);
	} else {
		take_all_by_policy(session);
	}
	for (size_t i = 0; i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (job->zone == NULL && may_be_zone(job) && is_large(job)) {
			job->load.pool = &session->pool;
			load_zone(session, i);
		}
	}
	zm_progress_stop();
}
