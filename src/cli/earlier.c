#include "cli/earlier.h"

#include "cli/bump.h"
#include "cli/editable.h"
#include "cli/lookup.h"
#include "cli/message.h"
#include "cli/now.h"

#include <string.h>
#include <unistd.h>

enum {
	BLAMED_MAX = 5,        /* files that are named where many have the same fault */
	FETCHED_MAX = 1 << 26, /* bytes that files fetched together have now */
};

/* ---- Where the files were ---- */

/* Whether a folder between the repository's and the file's is a repository too. */
static bool is_nested(const struct zm_git *git, struct zm_arena *arena, const char *path)
{
	struct zm_str name;
	struct zm_error err;
	if (!zm_git_name(git, arena, path, &name, &err)) {
		return false;
	}
	for (size_t slash = zm_str_find(name, ZM_STR("/"), 0); slash != SIZE_MAX;
	     slash = zm_str_find(name, ZM_STR("/"), slash + 1)) {
		struct zm_str inner =
			zm_arena_printf(arena, "%s/%.*s/.git", git->top, (int)slash, name.data);
		if (access(inner.data, F_OK) == 0) {
			return true;
		}
	}
	return false;
}

static void locate(void *context, size_t i)
{
	struct zm_lookups *lookups = context;
	struct zm_lookup *lookup = &lookups->item[i];
	struct zm_arena *arena = &lookup->job->arena;
	const char *path = lookup->job->input.path;
	lookup->found = zm_past_find(&lookups->tree, arena, path, &lookup->entry);
	lookup->is_nested =
		lookup->found == ZM_GIT_IS_ABSENT && is_nested(&lookups->git, arena, path);
}

/* Why nobody can tell what the file was, or the empty view. */
static struct zm_str blame(const struct zm_lookups *lookups, const struct zm_lookup *lookup)
{
	struct zm_arena *arena = &lookups->session->arena;
	struct zm_str name;
	struct zm_error err;
	const char *path = lookup->job->input.path;
	if (lookup->found == ZM_GIT_IS_IN_SUBMODULE) {
		return zm_arena_printf(arena, "%s: lies in the submodule %.*s: run zonemend there",
				       path, ZM_STR_ARG(lookup->entry->path));
	}
	if (lookup->is_nested) {
		return zm_arena_printf(arena,
				       "%s: lies in a git repository of its own inside of %s: run "
				       "zonemend there",
				       path, lookups->git.top);
	}
	if (lookup->found != ZM_GIT_IS_OUTSIDE) {
		return ZM_STR("");
	}
	if (!zm_git_name(&lookups->git, arena, path, &name, &err)) {
		return zm_arena_copy(arena, zm_str_from(err.text));
	}
	return zm_arena_printf(arena, "%s: was a symbolic link out of the git repository %s", path,
			       lookups->git.top);
}

/* False where one is to blame. */
static bool blame_all(const struct zm_lookups *lookups)
{
	size_t blamed = 0;
	for (size_t i = 0; i < lookups->count; i++) {
		struct zm_str why = blame(lookups, &lookups->item[i]);
		if (why.len == 0) {
			continue;
		}
		if (blamed < BLAMED_MAX) {
			zm_say("--base %s: %.*s", lookups->git.ref, ZM_STR_ARG(why));
		}
		blamed++;
	}
	if (blamed > BLAMED_MAX) {
		zm_say("--base %s: and %zu more files", lookups->git.ref, blamed - BLAMED_MAX);
	}
	return blamed == 0;
}

/* ---- Bytes ---- */

/* The files that zones include now, which they mostly did then. */
static bool fetch_parts(struct zm_lookups *lookups, struct zm_error *err)
{
	struct zm_arena scratch = {0};
	struct zm_git_entry **list = NULL;
	size_t count = 0;
	size_t capacity = 0;
	for (size_t i = 0; i < lookups->count; i++) {
		const struct zm_zone *zone = lookups->item[i].job->zone;
		for (size_t j = 1; j < zone->source_count; j++) {
			struct zm_git_entry *entry;
			if (zm_past_find(&lookups->tree, &scratch, zone->sources[j]->name,
					 &entry) == ZM_GIT_IS_THERE) {
				list = zm_arena_grow(&scratch, list, count, &capacity,
						     sizeof(struct zm_git_entry *));
				list[count++] = entry;
			}
		}
	}
	bool good = zm_lookup_fetch(lookups, list, count, err);
	zm_arena_release(&scratch);
	return good;
}

/* Most files are what they were: of those nothing is kept. */
static void take_bytes(struct zm_lookup *lookup)
{
	struct zm_job *job = lookup->job;
	struct zm_str bytes = lookup->entry->bytes;
	lookup->source = (struct zm_source){.name = lookup->source.name};
	lookup->source.bytes = zm_str_eq(bytes, job->file.bytes)
				       ? job->file.bytes
				       : zm_arena_copy(&job->arena, bytes);
}

/* Some of the zones' own files, from `*next` on; what was not read before is forgotten again. */
static bool fetch_some(struct zm_lookups *lookups, size_t *next, struct zm_error *err)
{
	struct zm_arena scratch = {0};
	struct zm_git_entry *list[ZM_GIT_FETCH_MAX] = {NULL};
	struct zm_lookup *first = &lookups->item[*next];
	struct zm_lookup *end = first;
	size_t count = 0;
	size_t bytes = 0;
	for (; *next < lookups->count && count < ZM_GIT_FETCH_MAX && bytes < FETCHED_MAX;
	     ++*next, end++) {
		bytes += end->job->file.bytes.len;
		if (end->entry != NULL && !end->entry->is_read && !zm_lookup_is_settled(end)) {
			list[count++] = end->entry;
		}
	}
	bool good = zm_git_tree_fetch(&lookups->tree, &scratch, list, count, err);
	for (struct zm_lookup *lookup = first; good && lookup < end; lookup++) {
		if (lookup->entry != NULL && !zm_lookup_is_settled(lookup)) {
			take_bytes(lookup);
		}
	}
	for (size_t i = 0; i < count; i++) {
		list[i]->is_read = false;
	}
	zm_arena_release(&scratch);
	return good;
}

static bool fetch_files(struct zm_lookups *lookups, struct zm_error *err)
{
	bool good = true;
	for (size_t next = 0; good && next < lookups->count;) {
		good = fetch_some(lookups, &next, err);
	}
	return good;
}

/* ---- All together ---- */

static void start_lookup(struct zm_lookups *lookups, struct zm_lookup *lookup, struct zm_job *job)
{
	lookup->job = job;
	lookup->source.name = job->input.path;
	lookup->now = job->load;
	lookup->now.pool = NULL;
	lookup->now.progress = NULL;
	lookup->then = lookup->now;
	lookup->then.keep = 0;
	lookup->then.files = &lookup->past.files;
	lookup->then.origin = zm_lookup_origin(job);
	lookup->now.origin = job->zone->origin;
	zm_past_init(&lookup->past, &job->arena, &lookups->tree);
}

static bool start_all(struct zm_lookups *lookups)
{
	struct zm_session *session = lookups->session;
	lookups->item = zm_arena_array(&session->arena, session->count, sizeof(*lookups->item));
	for (size_t i = 0; i < session->count; i++) {
		struct zm_job *job = &session->job[i];
		if (job->zone == NULL) {
			continue;
		}
		if (job->input.is_stdin && session->options->stdin_filename == NULL) {
			zm_say("--base %s: standard input is no file of a commit: say which by "
			       "--stdin-filename",
			       session->options->base);
			return false;
		}
		start_lookup(lookups, &lookups->item[lookups->count++], job);
	}
	return true;
}

static bool look_up(struct zm_lookups *lookups, struct zm_error *err)
{
	struct zm_session *session = lookups->session;
	const char *path = lookups->item[0].job->input.path;
	return zm_git_open(&lookups->git, &session->arena, path, session->options->base, err) &&
	       zm_git_tree_list(&lookups->tree, &session->arena, &lookups->git, err);
}

static void settle(struct zm_lookups *lookups, int64_t now)
{
	const struct zm_options *options = lookups->session->options;
	for (size_t i = 0; i < lookups->count; i++) {
		struct zm_lookup *lookup = &lookups->item[i];
		struct zm_job *job = lookup->job;
		struct zm_earlier *earlier = &lookup->earlier;
		if (lookup->why != NULL && !options->quiet) {
			zm_say("%s: its serial is not compared, for in %s the zone could not be "
			       "read: %s",
			       job->input.path, lookups->git.ref, lookup->why);
		}
		earlier->ref = options->base;
		earlier->then = (struct zm_reading){&lookup->source, &lookup->then};
		earlier->load = &lookup->now;
		earlier->how = zm_bump_how(options, job->policy, job->zone->origin, now);
		job->earlier = lookup->is_known ? earlier : NULL;
	}
}

static bool any_is_replaced(const struct zm_lookups *lookups)
{
	bool any = false;
	for (size_t i = 0; i < lookups->count; i++) {
		any = any || lookups->item[i].is_replaced;
	}
	return any;
}

bool zm_earlier_find(struct zm_session *session)
{
	struct zm_lookups *lookups;
	struct zm_error err;
	int64_t now;
	if (session->options->base == NULL || session->asks) {
		return true;
	}
	lookups = zm_arena_alloc(&session->arena, sizeof(*lookups));
	lookups->session = session;
	if (!start_all(lookups) || !zm_now(&now, session->options)) {
		return false;
	}
	if (lookups->count == 0) {
		return true;
	}
	bool good = look_up(lookups, &err);
	if (good) {
		zm_pool_run(&session->pool, lookups->count, locate, lookups);
		if (!blame_all(lookups)) {
			return false;
		}
	}
	good = good && zm_lookup_find_moved(lookups, &err) && fetch_parts(lookups, &err) &&
	       fetch_files(lookups, &err) && zm_lookup_read(lookups, &err);
	if (good && any_is_replaced(lookups)) {
		good = zm_lookup_find_moved(lookups, &err) && fetch_files(lookups, &err) &&
		       zm_lookup_read(lookups, &err);
	}
	if (!good) {
		struct zm_str text = zm_str_from(err.text);
		zm_say("--base %s: %.*s", session->options->base,
		       ZM_STR_ARG(zm_without_path(text, session->options->base)));
		return false;
	}
	settle(lookups, now);
	return true;
}
