#include "cli/nothing.h"

#include "cli/message.h"

/* A folder without a zone is a mistake, unless another mistake explains it. */
static void blame_empty_folders(struct zm_session *session)
{
	struct zm_inputs *inputs = &session->inputs;
	size_t *zones = zm_arena_array(&session->arena, inputs->folders, sizeof(*zones));
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_result *result = &session->result[i];
		const struct zm_job *job = &session->job[i];
		bool counts = job->zone != NULL || job->is_of_another || result->unreadable ||
			      result->misused;
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
	size_t others = 0;
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_result *result = &session->result[i];
		zones += session->job[i].zone != NULL;
		others += result->unreadable || result->misused;
	}
	bool unreadable = session->result[session->count].unreadable;
	bool is_configured = session->configuration.is_given;
	if (session->count == 0 && session->inputs.folders == 0 && !unreadable && !is_configured) {
		zm_say("no files were named");
	}
	bool lists = session->task == ZM_REPORT_ZONES && is_configured;
	if (lists && session->count > 0) {
		return;
	}
	if (zones == 0 && is_configured && others == 0) {
		zm_say("no zone of %s is kept in a file here", session->options->named_conf);
	}
	if (zones == 0) {
		session->result[session->count].misused = true;
	}
}

void zm_blame_nothing(struct zm_session *session)
{
	blame_empty_folders(session);
	blame_nothing_read(session);
}
