#include "cli/session.h"

#include "cli/message.h"
#include "cli/output.h"
#include "cli/summary.h"
#include "fix/obstacle.h"
#include "zone/discover.h"
#include "zone/template.h"

#include <unistd.h>

/* ---- Reading ---- */

static bool read_bytes(struct zm_job *job, struct zm_result *result)
{
	const struct zm_stream input = {STDIN_FILENO, "standard input", 0};
	struct zm_error err;
	bool good;
	if (job->input.is_stdin) {
		good = zm_file_read_stream(&job->file.bytes, &job->arena, &input, &err);
	} else {
		good = zm_file_read(&job->file, &job->arena, job->input.path, 0, &err);
	}
	if (!good) {
		zm_say("%s", err.text);
		result->unreadable = true;
	}
	return good;
}

/* Why the file is not taken for a zone, or NULL. One that was named is one, unless it is the source
 * of one. */
static const char *why_no_zone(const struct zm_job *job)
{
	if (zm_file_is_template(job->file.bytes)) {
		return "holds placeholders, so it is a template and not a zone";
	}
	bool is_named = job->input.folder == SIZE_MAX;
	return is_named || zm_looks_like_zone(job->file.bytes)
		       ? NULL
		       : "not a zone, for it has no SOA record";
}

static bool is_skipped(const struct zm_session *session, const struct zm_job *job)
{
	const char *why = why_no_zone(job);
	bool is_named = job->input.folder == SIZE_MAX;
	if (why != NULL && (is_named || session->options->verbose) && !session->options->quiet) {
		zm_say("%s: skipped: %s", job->input.path, why);
	}
	return why != NULL;
}

static bool set_origin(struct zm_session *session, struct zm_job *job)
{
	const char *origin = session->options->origin;
	struct zm_name_buf name;
	const char *why;
	if (origin == NULL) {
		return true;
	}
	if (!zm_name_from_domain(&name, zm_str_from(origin), &why)) {
		return false; /* cannot be: checked when the session started */
	}
	job->load.origin = zm_name_copy(&job->arena, zm_name_of(&name));
	job->load.origin_from = ZM_ORIGIN_OPTION;
	return true;
}

static enum zm_zone_state state_of(const struct zm_job *job)
{
	if (job->zone->is_signed) {
		return ZM_STATE_SIGNED;
	}
	bool generated = zm_file_generator(job->file.bytes).len > 0;
	return generated ? ZM_STATE_GENERATED : ZM_STATE_STATIC;
}

static bool load_zone(struct zm_session *session, struct zm_job *job, struct zm_result *result)
{
	job->policy = zm_policies_for(&session->policies, job->input.path);
	if (job->policy == NULL || !set_origin(session, job)) {
		result->misused = true;
		return false;
	}
	job->load.keep = zm_lint_keeps(job->policy);
	job->load.root = session->options->root;
	job->source = (struct zm_source){.name = job->input.path, .bytes = job->file.bytes};
	const struct zm_zone *zone = zm_zone_load(&job->arena, &job->source, &job->load);
	if (!zm_name_is_set(zone->origin)) {
		zm_say("%s: cannot tell which zone this is; name it with --origin",
		       job->input.path);
		result->misused = true;
		return false;
	}
	job->zone = zone;
	job->state = state_of(job);
	zm_set_add(&session->set, zone);
	return true;
}

static void read_job(struct zm_session *session, size_t i)
{
	struct zm_job *job = &session->job[i];
	struct zm_result *result = &session->result[i];
	job->input = session->inputs.item[i];
	bool is_zone = read_bytes(job, result) && !is_skipped(session, job) &&
		       load_zone(session, job, result);
	if (!is_zone) {
		zm_arena_release(&job->arena);
	}
}

/* ---- Nothing passes by accident ---- */

/* A folder without a zone is a mistake, unless another mistake explains it. */
static void blame_empty_folders(struct zm_session *session)
{
	struct zm_inputs *inputs = &session->inputs;
	size_t *zones = zm_arena_array(&session->arena, inputs->folders, sizeof(*zones));
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_result *result = &session->result[i];
		bool counts = session->job[i].zone != NULL || result->unreadable || result->misused;
		if (inputs->item[i].folder != SIZE_MAX && counts) {
			zones[inputs->item[i].folder]++;
		}
	}
	for (size_t i = 0; i < inputs->folders; i++) {
		if (zones[i] == 0) {
			zm_say("no zone files in %s", inputs->folder[i]);
			session->result[session->count].misused = true;
		}
	}
}

static void blame_nothing_read(struct zm_session *session)
{
	size_t zones = 0;
	for (size_t i = 0; i < session->count; i++) {
		zones += session->job[i].zone != NULL;
	}
	bool unreadable = session->result[session->count].unreadable;
	if (session->count == 0 && session->inputs.folders == 0 && !unreadable) {
		zm_say("no files were named");
	}
	if (zones == 0) {
		session->result[session->count].misused = true;
	}
}

static bool check_origin(const struct zm_options *options)
{
	struct zm_name_buf name;
	const char *why;
	if (options->origin == NULL ||
	    zm_name_from_domain(&name, zm_str_from(options->origin), &why)) {
		return true;
	}
	zm_say("--origin %s: %s", options->origin, why);
	return false;
}

/* One name for many zones would make them all that one. */
static bool check_single(const struct zm_session *session)
{
	const struct zm_inputs *inputs = &session->inputs;
	if (session->options->origin == NULL || (inputs->folders == 0 && inputs->count <= 1)) {
		return true;
	}
	zm_say("--origin %s: names one zone, so give one file and no folder",
	       session->options->origin);
	return false;
}

static bool collect_inputs(struct zm_session *session, struct zm_result *whole)
{
	if (!check_origin(session->options)) {
		return false;
	}
	zm_inputs_collect(&session->inputs, &session->arena, session->options, whole);
	return check_single(session);
}

bool zm_session_start(struct zm_session *session, const struct zm_options *options,
		      enum zm_report_task task)
{
	struct zm_result whole = {0};
	*session = (struct zm_session){.options = options, .task = task};
	zm_set_init(&session->set, &session->arena);
	zm_policies_init(&session->policies, &session->arena, options);
	whole.misused = !collect_inputs(session, &whole);
	session->stopped = whole.misused;
	session->count = session->stopped ? 0 : session->inputs.count;
	session->job = zm_arena_array(&session->arena, session->count, sizeof(*session->job));
	session->result =
		zm_arena_array(&session->arena, session->count + 1, sizeof(*session->result));
	session->result[session->count] = whole;
	for (size_t i = 0; i < session->count; i++) {
		read_job(session, i);
	}
	if (!session->stopped) {
		blame_empty_folders(session);
		blame_nothing_read(session);
	}
	if (!session->stopped && zm_output_is_input(session)) {
		session->result[session->count].misused = true;
		session->stopped = true;
	}
	return !session->stopped;
}

/* ---- The end ---- */

static size_t count_zones(const struct zm_session *session)
{
	size_t count = 0;
	for (size_t i = 0; i < session->count; i++) {
		count += session->job[i].zone != NULL;
	}
	return count;
}

static void say_refusals(const struct zm_session *session)
{
	for (size_t i = 0; i < session->count; i++) {
		if (session->job[i].refused != NULL) {
			zm_say("refused %s: %s", session->job[i].input.path,
			       session->job[i].refused);
		}
	}
}

int zm_session_end(struct zm_session *session)
{
	struct zm_result *whole = &session->result[session->count];
	if (!session->stopped && count_zones(session) > 0) {
		zm_session_report(session);
		say_refusals(session);
	}
	fflush(stdout);
	if (ferror(stdout)) {
		zm_say("standard output: cannot write");
		whole->unwritable = true;
	}
	int status = (int)zm_status_of(session->result, session->count + 1,
				       session->options->exit_nonzero_on_fix);
	for (size_t i = 0; i < session->count; i++) {
		zm_arena_release(&session->job[i].arena);
	}
	zm_arena_release(&session->arena);
	return status;
}
