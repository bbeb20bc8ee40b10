#include "cli/session.h"

#include "cli/accepted.h"
#include "cli/earlier.h"
#include "cli/expected.h"
#include "cli/idle.h"
#include "cli/message.h"
#include "cli/nothing.h"
#include "cli/output.h"
#include "cli/reading.h"
#include "cli/settle.h"
#include "cli/summary.h"
#include "cli/unfinished.h"
#include "cli/watch.h"

#include <string.h>
#include <unistd.h>

/* ---- Inputs ---- */

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

/* One stream cannot be two things. */
static bool check_stdin(const struct zm_options *options)
{
	size_t uses = 0;
	const char *const lists[] = {options->named_conf, options->files_from};
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		uses += lists[i] != NULL && strcmp(lists[i], "-") == 0;
	}
	for (size_t i = 0; i < options->operands; i++) {
		uses += strcmp(options->operand[i], "-") == 0;
	}
	if (uses > 1) {
		zm_say("standard input (-) is named for more than one thing");
	}
	return uses <= 1;
}

static bool collect_inputs(struct zm_session *session, struct zm_result *whole)
{
	if (!check_origin(session->options)) {
		return false;
	}
	if (!check_stdin(session->options) ||
	    !zm_configuration_read(&session->configuration, &session->arena, session->options,
				   whole)) {
		return false;
	}
	zm_inputs_collect(&session->inputs, &session->arena, session->options, whole);
	return zm_configuration_apply(&session->configuration, &session->arena, session->options,
				      &session->inputs) &&
	       check_single(session);
}

static size_t jobs_of(const struct zm_options *options)
{
	size_t jobs = options->jobs == 0 ? zm_pool_processors() : options->jobs;
	return jobs > ZM_POOL_MAX ? ZM_POOL_MAX : jobs;
}

/* A policy that was named is read also where no file asks for it. */
static bool is_policy_good(struct zm_session *session)
{
	return session->options->policy == NULL || zm_policies_only(&session->policies) != NULL;
}

static bool start(struct zm_session *session)
{
	const struct zm_options *options = session->options;
	struct zm_result whole = {0};
	zm_set_init(&session->set, &session->arena);
	bool told = zm_policies_init(&session->policies, &session->arena, options);
	session->policies.said_built_in = session->asks || session->task == ZM_REPORT_ZONES;
	session->stopped =
		!told || !zm_accepted_start(session, &whole) || !collect_inputs(session, &whole);
	whole.misused |= session->stopped && !whole.unreadable;
	session->count = session->stopped ? 0 : session->inputs.count;
	session->job = zm_arena_array(&session->arena, session->count, sizeof(*session->job));
	session->result =
		zm_arena_array(&session->arena, session->count + 1, sizeof(*session->result));
	session->result[session->count] = whole;
	zm_pool_start(&session->pool, jobs_of(options));
	size_t threads = zm_pool_jobs(&session->pool);
	session->supply = zm_arena_array(&session->arena, threads, sizeof(*session->supply));
	session->rest = zm_arena_array(&session->arena, threads, sizeof(*session->rest));
	if (!session->stopped) {
		zm_unfinished_find(session, &session->result[session->count]);
	}
	zm_reading_run(session);
	zm_settle(session);
	if (!session->stopped) {
		session->result[session->count].misused |= !is_policy_good(session);
		zm_blame_nothing(session);
	}
	if (!session->stopped && !session->asks) {
		zm_expected_blame(session);
	}
	if (!session->stopped && !zm_earlier_find(session)) {
		session->result[session->count].misused = true;
		session->stopped = true;
	}
	if (!session->stopped && zm_output_is_input(session)) {
		session->result[session->count].misused = true;
		session->stopped = true;
	}
	if (!session->stopped && !zm_output_open(session)) {
		session->result[session->count].unwritable = true;
		session->stopped = true;
	}
	return !session->stopped;
}

bool zm_session_start(struct zm_session *session, const struct zm_options *options,
		      enum zm_report_task task)
{
	*session = (struct zm_session){.options = options, .task = task};
	return start(session);
}

bool zm_session_ask(struct zm_session *session, const struct zm_options *options)
{
	*session = (struct zm_session){.options = options, .asks = true};
	return start(session);
}

/* ---- The end ---- */

/* What a large file was found to say holds only as long as nobody has changed it meanwhile. */
static void blame_unsteady(struct zm_session *session)
{
	for (size_t i = 0; i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (job->zone != NULL && !job->fixed && !zm_file_is_steady(&job->file)) {
			zm_say("%s: changed while it was read; run again when it is at rest",
			       job->input.path);
			session->result[i].unreadable = true;
		}
	}
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

static void release_job(void *context, size_t i)
{
	struct zm_session *session = context;
	zm_arena_release(&session->job[i].arena);
}

int zm_session_end(struct zm_session *session)
{
	struct zm_result *whole = &session->result[session->count];
	blame_unsteady(session);
	bool lists = session->asks || session->task == ZM_REPORT_ZONES;
	if (!session->stopped && !lists && zm_count_zones(session) > 0) {
		zm_accepted_apply(session);
		zm_session_report(session);
		zm_idle_blame(session);
		say_refusals(session);
	}
	if (session->output != NULL) {
		fclose(session->output); /* there was nothing to report */
	}
	fflush(stdout);
	if (ferror(stdout)) {
		zm_say("standard output: cannot write");
		whole->unwritable = true;
	}
	int status = (int)zm_status_of(session->result, session->count + 1,
				       session->options->exit_nonzero_on_fix);
	zm_pool_run(&session->pool, session->count, release_job, session);
	for (size_t i = 0; i < zm_pool_jobs(&session->pool); i++) {
		zm_supply_release(&session->supply[i]);
		zm_supply_release(&session->rest[i]);
	}
	zm_pool_stop(&session->pool);
	zm_arena_release(&session->arena);
	return status;
}
