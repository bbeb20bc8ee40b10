#include "cli/shared.h"

#include "base/path.h"
#include "cli/editable.h"

#include <string.h>

/* Who names it by a relative path is in the same tree; by its whole path, anywhere. */
static bool holds_all(const char *folder, const struct zm_job *job, const struct zm_source *source)
{
	if (!zm_path_is_below(source->name, folder)) {
		return false;
	}
	const char *base = job->load.include_base == NULL ? "." : job->load.include_base;
	return source->has_whole_path ||
	       (source->is_from_base ? zm_path_is_in(base, folder)
				     : zm_path_is_below(job->input.path, folder));
}

/* By a folder that holds it and those who may name it, or by the server's configuration, all of it.
 */
static bool is_whole(const struct zm_session *session, const struct zm_job *job,
		     const struct zm_source *source)
{
	const struct zm_inputs *inputs = &session->inputs;
	const struct zm_options *options = session->options;
	bool whole = session->configuration.is_given && options->operands == 0 &&
		     options->files_from == NULL;
	for (size_t i = 0; i < inputs->folders && !whole; i++) {
		whole = holds_all(inputs->folder[i], job, source);
	}
	return whole;
}

/* Its name without its folder, which may be written in many ways. */
static struct zm_str last_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return zm_str_from(slash == NULL ? path : slash + 1);
}

/* Whether a line that begins with $INCLUDE names it: what else is said of it does no harm. */
static bool has_include_of(struct zm_str bytes, struct zm_str name)
{
	size_t start = 0; /* of the line */
	size_t seen = 0;
	for (size_t at = 0; (at = zm_str_find(bytes, name, at)) != SIZE_MAX; at++) {
		const char *last = memrchr(bytes.data + seen, '\n', at - seen);
		start = last == NULL ? start : (size_t)(last - bytes.data) + 1;
		seen = at;
		struct zm_str line = zm_str_sub(bytes, start, bytes.len);
		line = zm_str_starts(line, ZM_STR("\"")) ? zm_str_sub(line, 1, line.len) : line;
		if (zm_str_starts_nocase(line, ZM_STR("$INCLUDE"))) {
			return true;
		}
	}
	return false;
}

static bool is_part_of_some_zone(const struct zm_session *session, const struct stat *stat)
{
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_zone *zone = session->job[i].zone;
		for (size_t j = 1; zone != NULL && j < zone->source_count; j++) {
			const struct stat *part = zone->sources[j]->stat;
			if (part != NULL && part->st_ino == stat->st_ino &&
			    part->st_dev == stat->st_dev) {
				return true;
			}
		}
	}
	return false;
}

/* ---- Files that may include it for all we know ---- */

/* A file that is no zone of this run, a template or one that the policy leaves out, may include
 * something all the same. Its bytes, when it does. */
static bool includes_something(struct zm_session *session, const struct zm_job *job,
			       struct zm_str *bytes)
{
	struct zm_arena arena = {0};
	struct zm_file file;
	struct zm_error err;
	bool includes = job->input.why == NULL && !job->input.is_stdin &&
			zm_file_map(&file, &arena, job->input.path, &err) &&
			has_include_of(file.bytes, ZM_STR("$INCLUDE")) &&
			!is_part_of_some_zone(session, &file.stat);
	if (includes) {
		*bytes = zm_arena_copy(&session->arena, file.bytes);
	}
	zm_arena_release(&arena);
	return includes;
}

/* A zone that could not read all that it includes may be made of any file too. */
static bool lacks_something(const struct zm_zone *zone)
{
	bool lacks = false;
	for (size_t i = 0; i < zone->fault_count; i++) {
		lacks = lacks || zone->fault[i].kind == ZM_FAULT_INCLUDE;
	}
	return lacks;
}

static void doubt(struct zm_session *session, const struct zm_job *job)
{
	const struct zm_result *result = &session->result[job - session->job];
	struct zm_doubts *doubts = &session->doubts;
	struct zm_doubt new = {.job = job, .of_all = result->unreadable || result->misused};
	bool has = new.of_all || (job->zone == NULL ? includes_something(session, job, &new.bytes)
						    : lacks_something(job->zone));
	if (has) {
		doubts->item = zm_arena_grow(&session->arena, doubts->item, doubts->count,
					     &doubts->capacity, sizeof(*doubts->item));
		doubts->item[doubts->count++] = new;
	}
}

static bool may_include(const struct zm_doubt *doubt, struct zm_str name)
{
	const struct zm_zone *zone = doubt->job->zone;
	bool may = doubt->of_all || has_include_of(doubt->bytes, name);
	for (size_t i = 0; zone != NULL && !may && i < zone->source_count; i++) {
		may = has_include_of(zone->sources[i]->bytes, name);
	}
	return may;
}

/* The first one, or NULL. They are looked for once, and only when somebody asks: it takes another
 * look at all files that are no zones. */
static const struct zm_doubt *find_doubt(struct zm_session *session, const char *path)
{
	struct zm_doubts *doubts = &session->doubts;
	struct zm_str name = last_part(path);
	for (size_t i = 0; i < session->count && !doubts->are_known; i++) {
		doubt(session, &session->job[i]);
	}
	doubts->are_known = true;
	for (size_t i = 0; i < doubts->count; i++) {
		if (may_include(&doubts->item[i], name)) {
			return &doubts->item[i];
		}
	}
	return NULL;
}

static struct zm_str name_doubt(const struct zm_doubt *doubt, struct zm_arena *arena)
{
	bool is_left_out = doubt->job->zone == NULL && !doubt->of_all;
	return zm_arena_printf(arena, "%s, which may include it, %s", doubt->job->input.path,
			       is_left_out ? "is left out of this run: mend both by hand"
					   : "could not be read whole: mend that first");
}

/* ---- */

struct zm_str zm_shared_obstacle(struct zm_session *session, const struct zm_job *job,
				 const struct zm_source *source, struct zm_arena *arena)
{
	if (session->options->in_place) {
		return ZM_STR("several files change together, which --in-place cannot do safely");
	}
	if (!is_whole(session, job, source)) {
		return ZM_STR("zones outside of this run may include it: give the folder that "
			      "holds it and all of them, or --named-conf without a path");
	}
	const struct zm_doubt *doubt = find_doubt(session, source->name);
	if (doubt != NULL) {
		return name_doubt(doubt, arena);
	}
	return zm_job_part_obstacle(session, job, source, arena);
}
