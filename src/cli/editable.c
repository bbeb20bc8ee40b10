#include "cli/editable.h"

#include "base/path.h"
#include "cli/configured.h"
#include "fix/obstacle.h"

#include <unistd.h>

/* What in the policy says that the file is generated, or NULL. */
static const struct zm_policy_glob *policy_glob(const struct zm_job *job)
{
	return job->policy == NULL ? NULL : zm_policy_generates(job->policy, job->input.path);
}

enum zm_zone_state zm_job_state(const struct zm_job *job)
{
	const struct zm_configured *configured = job->input.configured;
	if (job->zone->is_signed || job->zone->has_digest) {
		return ZM_STATE_SIGNED;
	}
	if (configured != NULL && configured->server.takes_updates) {
		return ZM_STATE_DYNAMIC;
	}
	if (zm_file_generator(job->file.bytes).len > 0 || policy_glob(job) != NULL) {
		return ZM_STATE_GENERATED;
	}
	bool is_inline = configured != NULL && configured->signs_inline;
	return is_inline ? ZM_STATE_INLINE : ZM_STATE_STATIC;
}

/* A link may lead out of the folder that the user has given free. */
static struct zm_str root_obstacle(const struct zm_session *session, const struct zm_job *job,
				   struct zm_arena *arena)
{
	const char *root = session->options->root;
	if (root == NULL || job->input.is_stdin || zm_path_is_below(job->input.path, root)) {
		return ZM_STR("");
	}
	return zm_arena_printf(arena,
			       "the file lies outside of the root folder %s, perhaps by a symbolic "
			       "link: mend it there, or give another --root",
			       root);
}

static struct zm_str server_obstacle(const struct zm_session *session, const struct zm_job *job,
				     struct zm_arena *arena)
{
	const struct zm_record *soa = job->zone->soa;
	bool has_serial = soa != NULL && soa->soa_data != NULL;
	uint32_t serial = has_serial ? soa->soa_data->serial : 0;
	const struct zm_configured *configured = job->input.configured;
	const struct zm_policy_glob *glob = policy_glob(job);
	struct zm_obstacle_query query = {
		.path = job->input.path,
		.stat = job->input.is_stdin ? NULL : &job->file.stat,
		.bytes = job->file.bytes,
		.zone = zm_name_text(arena, job->zone->origin),
		.serial = has_serial ? &serial : NULL,
		.server = configured == NULL ? NULL : &configured->server,
		.in_place = session->options->in_place,
		.frozen = session->options->frozen,
		.allow_generated = session->options->allow_generated,
	};
	if (glob != NULL) {
		query.generated_by =
			zm_arena_printf(arena, "%s:%zu", glob->place.file, glob->place.line).data;
	}
	return zm_obstacle_find(arena, &query);
}

bool zm_job_is_frozen(const struct zm_session *session, const struct zm_job *job)
{
	struct zm_arena arena = {0};
	if (!session->options->frozen || job->input.configured != NULL) {
		return session->options->frozen && job->state == ZM_STATE_DYNAMIC;
	}
	bool has_journal =
		access(zm_arena_printf(&arena, "%s.jnl", job->input.path).data, F_OK) == 0;
	zm_arena_release(&arena);
	return has_journal;
}

struct zm_str zm_without_path(struct zm_str text, const char *path)
{
	struct zm_str name = zm_str_from(path);
	bool repeats = zm_str_starts(text, name) &&
		       zm_str_starts(zm_str_sub(text, name.len, text.len), ZM_STR(": "));
	return repeats ? zm_str_sub(text, name.len + 2, text.len) : text;
}

/* A patch may be made of a file that nobody may write. Whether it is still the same file, only the
 * moment of writing tells. */
static struct zm_str write_obstacle(const struct zm_session *session, const struct zm_job *job,
				    struct zm_arena *arena)
{
	const char *path = job->input.path;
	bool writes = session->task == ZM_REPORT_FIX || session->task == ZM_REPORT_ZONES;
	struct zm_error err;
	if (!writes || job->input.is_stdin) {
		return ZM_STR("");
	}
	enum zm_replace_result result =
		zm_file_may_replace(path, &job->file.stat, session->options->in_place, &err);
	if (result == ZM_REPLACED || result == ZM_REPLACE_CHANGED) {
		return ZM_STR("");
	}
	return zm_arena_copy(arena, zm_without_path(zm_str_from(err.text), path));
}

struct zm_str zm_job_file_obstacle(const struct zm_session *session, const struct zm_job *job,
				   struct zm_arena *arena)
{
	struct zm_str reason = root_obstacle(session, job, arena);
	if (reason.len == 0) {
		reason = server_obstacle(session, job, arena);
	}
	return reason.len == 0 ? write_obstacle(session, job, arena) : reason;
}

struct zm_str zm_job_obstacle(const struct zm_session *session, const struct zm_job *job,
			      struct zm_arena *arena)
{
	struct zm_str reason = zm_mend_obstacle(arena, job->zone);
	return reason.len == 0 ? zm_job_file_obstacle(session, job, arena) : reason;
}
