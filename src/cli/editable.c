#include "cli/editable.h"

#include "base/path.h"
#include "cli/configured.h"
#include "cli/shared.h"
#include "fix/mendable.h"
#include "fix/obstacle.h"
#include "zone/rdata/soa.h"

#include <unistd.h>

/* What in the policy says that the file is generated, or NULL. */
static const struct zm_policy_glob *policy_glob(const struct zm_job *job, const char *path)
{
	return job->policy == NULL ? NULL : zm_policy_generates(job->policy, path);
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
	if (zm_file_generator(job->file.bytes).len > 0 ||
	    policy_glob(job, job->input.path) != NULL) {
		return ZM_STATE_GENERATED;
	}
	bool is_inline = configured != NULL && configured->signs_inline;
	return is_inline ? ZM_STATE_INLINE : ZM_STATE_STATIC;
}

/* A link may lead out of the folder that the user has given free. */
static struct zm_str root_obstacle(const struct zm_session *session, const char *path,
				   struct zm_arena *arena)
{
	const char *root = session->options->root;
	if (root == NULL || zm_path_is_below(path, root)) {
		return ZM_STR("");
	}
	return zm_arena_printf(arena,
			       "the file lies outside of the root folder %s, perhaps by a symbolic "
			       "link: mend it there, or give another --root",
			       root);
}

/* What holds for each file of a zone. */
static struct zm_obstacle_query query_of(const struct zm_session *session, const struct zm_job *job,
					 const struct zm_source *source, struct zm_arena *arena)
{
	const struct zm_policy_glob *glob = policy_glob(job, source->name);
	struct zm_obstacle_query query = {
		.path = source->name,
		.stat = source->stat,
		.bytes = source->bytes,
		.zone = zm_name_text(arena, job->zone->origin),
		.in_place = session->options->in_place,
		.frozen = session->options->frozen,
		.allow_generated = session->options->allow_generated,
	};
	if (glob != NULL) {
		query.generated_by =
			zm_arena_printf(arena, "%s:%zu", glob->place.file, glob->place.line).data;
	}
	return query;
}

static struct zm_str server_obstacle(const struct zm_session *session, const struct zm_job *job,
				     struct zm_arena *arena)
{
	uint32_t serial;
	bool has_serial = zm_zone_serial(job->zone, &serial);
	const struct zm_configured *configured = job->input.configured;
	struct zm_obstacle_query query = query_of(session, job, &job->source, arena);
	query.serial = has_serial ? &serial : NULL;
	query.server = configured == NULL ? NULL : &configured->server;
	return zm_obstacle_find(arena, &query);
}

/* The server may have the file for a zone that is none of ours, a copy of another server's. */
static struct zm_str owner_obstacle(const struct zm_session *session,
				    const struct zm_source *source, struct zm_arena *arena)
{
	const struct zm_configured *owner =
		source->stat == NULL
			? NULL
			: zm_configuration_owner(&session->configuration, source->stat);
	if (owner == NULL) {
		return ZM_STR("");
	}
	struct zm_str name = zm_name_text(arena, owner->zone->name);
	return zm_arena_printf(arena,
			       "to the server it is also the file of %.*s, %s: let each have a "
			       "file of its own",
			       ZM_STR_ARG(name), owner->why);
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

/* A patch may be made of a file that nobody may write here, see writing.c. Whether it is still the
 * same file, only the moment of writing tells. */
static struct zm_str write_obstacle(const struct zm_session *session,
				    const struct zm_source *source, struct zm_arena *arena)
{
	bool writes = session->task == ZM_REPORT_FIX || session->task == ZM_REPORT_ZONES;
	struct zm_error err;
	if (!writes || source->stat == NULL) {
		return ZM_STR("");
	}
	enum zm_replace_result result =
		zm_file_may_replace(source->name, source->stat, session->options->in_place, &err);
	if (result == ZM_REPLACED || result == ZM_REPLACE_CHANGED) {
		return ZM_STR("");
	}
	return zm_arena_copy(arena, zm_without_path(zm_str_from(err.text), source->name));
}

struct zm_str zm_job_file_obstacle(const struct zm_session *session, const struct zm_job *job,
				   struct zm_arena *arena)
{
	struct zm_str reason =
		job->input.is_stdin ? ZM_STR("") : root_obstacle(session, job->input.path, arena);
	if (reason.len == 0) {
		reason = server_obstacle(session, job, arena);
	}
	if (reason.len == 0) {
		reason = owner_obstacle(session, &job->source, arena);
	}
	return reason.len == 0 ? write_obstacle(session, &job->source, arena) : reason;
}

struct zm_str zm_job_part_obstacle(const struct zm_session *session, const struct zm_job *job,
				   const struct zm_source *source, struct zm_arena *arena)
{
	struct zm_str reason = root_obstacle(session, source->name, arena);
	if (reason.len == 0) {
		struct zm_obstacle_query query = query_of(session, job, source, arena);
		query.is_part = true;
		reason = zm_obstacle_find(arena, &query);
	}
	if (reason.len == 0) {
		reason = owner_obstacle(session, source, arena);
	}
	if (reason.len > 0) {
		return reason;
	}
	reason = write_obstacle(session, source, arena);
	return reason.len == 0
		       ? reason
		       : zm_arena_printf(arena, "%s %.*s", source->name, ZM_STR_ARG(reason));
}

/* The serial has to be bumped where it stands. */
static struct zm_str soa_obstacle(struct zm_session *session, const struct zm_job *job,
				  struct zm_arena *arena)
{
	const struct zm_source *source = job->zone->soa->source;
	if (source == job->zone->source) {
		return ZM_STR("");
	}
	struct zm_str reason = zm_shared_obstacle(session, job, source, arena);
	return reason.len == 0 ? reason
			       : zm_arena_printf(arena, "its SOA record is in %s, but %.*s",
						 source->name, ZM_STR_ARG(reason));
}

struct zm_str zm_job_obstacle(struct zm_session *session, const struct zm_job *job,
			      struct zm_arena *arena)
{
	struct zm_str reason = zm_mendable_obstacle(arena, job->zone);
	reason = reason.len == 0 ? zm_job_file_obstacle(session, job, arena) : reason;
	return reason.len == 0 ? soa_obstacle(session, job, arena) : reason;
}
