#include "cli/verifying.h"

#include "cli/message.h"
#include "cli/planning.h"
#include "cli/watch.h"
#include "cli/words.h"
#include "fix/verify.h"
#include "report/escape.h"

#include <stdio.h>

static bool parse(struct zm_verify *verify, struct zm_words *words, struct zm_arena *arena,
		  const struct zm_options *options)
{
	struct zm_error err;
	bool good = zm_words_split(words, arena, options->verify_cmd, &err) &&
		    zm_verify_init(verify, words->word, words->count, &err);
	if (!good) {
		zm_say("--verify-cmd %s: %s", options->verify_cmd, err.text);
	}
	return good;
}

bool zm_verifying_is_good(const struct zm_options *options)
{
	struct zm_arena arena = {0};
	struct zm_words words;
	struct zm_verify verify;
	bool good = options->verify_cmd == NULL || parse(&verify, &words, &arena, options);
	zm_arena_release(&arena);
	return good;
}

/* Line by line, so that no byte of it reaches a terminal as it is. */
static void show(struct zm_str text)
{
	while (text.len > 0) {
		size_t end = zm_str_find(text, ZM_STR("\n"), 0);
		struct zm_buf line = {0};
		zm_escape(&line, zm_str_trim(zm_str_sub(text, 0, end)));
		fprintf(stderr, "  | %.*s\n", (int)line.len, line.len > 0 ? line.data : "");
		zm_buf_release(&line);
		text = zm_str_sub(text, end == SIZE_MAX ? text.len : end + 1, text.len);
	}
}

/* What the command says may be of any record, so that it is shown only to those who ask. */
static void show_said(const struct zm_session *session, const struct zm_job *job,
		      const struct zm_verify_said *said)
{
	if (session->options->verbose && said->out.len + said->complaint.len > 0) {
		zm_say("%s: the command says:", job->input.path);
		show(said->out);
		show(said->complaint);
	}
}

/* Empty: the command is content. */
static struct zm_str ask(struct zm_session *session, const struct zm_verify *verify,
			 const struct zm_job *job)
{
	struct zm_arena arena = {0};
	struct zm_verify_said said;
	struct zm_error err;
	const struct zm_verify_change change = {job->zone, &job->fixing->mend.files,
						job->load.include_base};
	struct zm_str why = ZM_STR("");
	if (!zm_verify_zone(verify, &said, &arena, &change, &err)) {
		const char *hint = session->options->verbose ? "" : "; -v shows what it says";
		why = zm_arena_printf(&session->arena, "%s, so nothing is written%s", err.text,
				      hint);
		show_said(session, job, &said);
	}
	zm_arena_release(&arena);
	return why;
}

static void refuse_all(struct zm_session *session, const struct zm_job *failed, struct zm_str why)
{
	for (size_t i = 0; i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (zm_job_is_planned(job)) {
			zm_planning_refuse(
				session, job,
				job == failed
					? why
					: zm_arena_printf(&session->arena,
							  "nothing is written, for --verify-cmd "
							  "fails for %s",
							  failed->input.path));
		}
	}
}

void zm_verifying_run(struct zm_session *session)
{
	struct zm_words words;
	struct zm_verify verify;
	if (session->options->verify_cmd == NULL ||
	    !parse(&verify, &words, &session->arena, session->options)) {
		return;
	}
	atomic_size_t *done = zm_watch_zones(session, "verifying");
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_job *job = &session->job[i];
		struct zm_str why =
			zm_job_is_planned(job) ? ask(session, &verify, job) : ZM_STR("");
		if (why.len > 0) {
			refuse_all(session, job, why);
			break;
		}
		atomic_fetch_add(done, 1);
	}
	zm_progress_stop();
}
