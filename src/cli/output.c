#include "cli/output.h"

#include "base/path.h"

#include "cli/message.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev;
}

/* By what stdin stands for too: `fix - < zone --output zone`. */
static bool is_own_file_of(const struct zm_job *job, const struct stat *output)
{
	struct stat input;
	if (job->input.is_stdin) {
		return fstat(STDIN_FILENO, &input) == 0 && is_same_file(&input, output);
	}
	return zm_path_is_of(job->input.path, output);
}

static bool is_read_by(const struct zm_job *job, const struct stat *output)
{
	bool is_read = is_own_file_of(job, output);
	size_t sources = job->zone == NULL ? 0 : job->zone->source_count;
	for (size_t i = 1; i < sources && !is_read; i++) {
		is_read = zm_path_is_of(job->zone->sources[i]->name, output);
	}
	return is_read;
}

static bool is_known(const struct zm_session *session)
{
	const struct zm_options *options = session->options;
	struct stat output;
	if (options->write_baseline != NULL &&
	    strcmp(options->write_baseline, options->output) == 0) {
		return true; /* it may be none yet */
	}
	if (stat(options->output, &output) != 0 || !S_ISREG(output.st_mode)) {
		return false;
	}
	const char *const other[] = {options->files_from, options->policy, options->named_conf,
				     options->baseline, options->write_baseline};
	bool is_read = zm_policies_are_of(&session->policies, &output);
	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++) {
		is_read = is_read || (other[i] != NULL && zm_path_is_of(other[i], &output));
	}
	for (size_t i = 0; i < session->count && !is_read; i++) {
		is_read = is_read_by(&session->job[i], &output);
	}
	return is_read;
}

bool zm_output_is_input(const struct zm_session *session)
{
	const char *path = session->options->output;
	bool is = path != NULL && strcmp(path, "-") != 0 && is_known(session);
	if (is) {
		zm_say("--output %s: is read as an input, or written otherwise, and would be "
		       "overwritten",
		       path);
	}
	return is;
}

bool zm_output_open(struct zm_session *session)
{
	const char *path = session->options->output;
	if (path == NULL || strcmp(path, "-") == 0) {
		return true;
	}
	session->output = fopen(path, "we");
	if (session->output == NULL) {
		struct zm_error err;
		zm_error_sys(&err, path, "cannot write");
		zm_say("%s", err.text);
	}
	return session->output != NULL;
}

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);
	return value != NULL && value[0] != '\0';
}

bool zm_wants_color(const struct zm_options *options, FILE *out)
{
	if (options->color != ZM_COLOR_AUTO) {
		return options->color == ZM_COLOR_ALWAYS;
	}
	if (is_set("NO_COLOR")) {
		return false;
	}
	const char *terminal = getenv("TERM");
	bool is_dumb = terminal == NULL || strcmp(terminal, "dumb") == 0;
	return is_set("FORCE_COLOR") || (isatty(fileno(out)) && !is_dumb);
}
