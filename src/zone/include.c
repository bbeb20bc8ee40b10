#include "zone/include.h"

#include "base/file.h"
#include "base/path.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The path's folder with its slash, or nothing for a file in the current folder. */
static struct zm_str folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return (struct zm_str){path, slash == NULL ? 0 : (size_t)(slash - path) + 1};
}

/* What cannot be looked at may be there, for the server. */
static bool look_for(bool *is_there, const char *path, struct zm_error *err)
{
	*is_there = access(path, F_OK) == 0;
	return *is_there || errno == ENOENT || errno == ENOTDIR ||
	       zm_error_sys(err, path, "cannot include");
}

static const char *path_beside(struct zm_arena *arena, const struct zm_include_query *query)
{
	struct zm_str folder = folder_of(query->from->name);
	return zm_arena_printf(arena, "%.*s%.*s", ZM_STR_ARG(folder), ZM_STR_ARG(query->name)).data;
}

static const char *path_based(struct zm_arena *arena, const struct zm_include_query *query)
{
	const char *base = query->options->include_base;
	return base == NULL ? zm_arena_copy(arena, query->name).data
			    : zm_arena_printf(arena, "%s/%.*s", base, ZM_STR_ARG(query->name)).data;
}

/* The two files that a relative name may mean; a whole path means the first, the other is NULL. */
struct candidates {
	const char *based;
	const char *beside;
};

static struct candidates find_candidates(struct zm_arena *arena,
					 const struct zm_include_query *query)
{
	if (zm_str_starts(query->name, ZM_STR("/"))) {
		return (struct candidates){zm_arena_copy(arena, query->name).data, NULL};
	}
	struct candidates two = {path_based(arena, query), path_beside(arena, query)};
	if (strcmp(two.based, two.beside) == 0) {
		two.beside = NULL;
	}
	return two;
}

static bool fail_to_choose(struct zm_error *err, const struct candidates *two)
{
	return zm_error_set(err, "both %s and %s are there: rename one, or write the whole path",
			    two->based, two->beside);
}

static void choose(struct zm_source *source, const struct candidates *two, bool is_based,
		   bool is_beside)
{
	if (two->beside == NULL) {
		source->name = two->based;
		return;
	}
	source->name = is_based ? two->based : two->beside;
	source->is_from_base = is_based;
	source->is_only_there = is_based != is_beside;
	source->elsewhere = is_based ? two->beside : two->based;
}

static bool choose_path(struct zm_source *source, const struct candidates *two,
			struct zm_error *err)
{
	bool is_based;
	bool is_beside = false;
	if (!look_for(&is_based, two->based, err) ||
	    (two->beside != NULL && !look_for(&is_beside, two->beside, err))) {
		return false;
	}
	if (is_based && is_beside && !zm_path_is_same(two->based, two->beside)) {
		return fail_to_choose(err, two);
	}
	choose(source, two, is_based, is_beside);
	return true;
}

/* The same among other files than those of now. */
static bool read_among(struct zm_source *source, struct zm_arena *arena,
		       const struct zm_include_query *query, struct zm_error *err)
{
	const struct zm_files *files = query->options->files;
	const struct candidates two = find_candidates(arena, query);
	struct zm_source beside = {0};
	bool is_based = files->read(files->context, arena, two.based, source);
	bool is_beside =
		two.beside != NULL && files->read(files->context, arena, two.beside, &beside);
	if (is_based && is_beside && !zm_str_eq(source->bytes, beside.bytes)) {
		return fail_to_choose(err, &two);
	}
	if (!is_based && !is_beside) {
		return zm_error_set(err, "%s: cannot include: no such file",
				    two.beside == NULL ? two.based : two.beside);
	}
	if (!is_based) {
		*source = beside;
	}
	choose(source, &two, is_based, is_beside);
	return true;
}

static bool is_open_already(const char *path, const struct zm_source *from,
			    const struct zm_include *includer)
{
	while (!zm_path_is_same(path, from->name)) {
		if (includer == NULL) {
			return false;
		}
		from = includer->from;
		includer = includer->includer;
	}
	return true;
}

static bool read_file(struct zm_source *source, struct zm_arena *arena,
		      const struct zm_include_query *query, struct zm_error *err)
{
	const char *root = query->options->root;
	const struct candidates two = find_candidates(arena, query);
	char real_path[PATH_MAX];
	if (!choose_path(source, &two, err)) {
		return false;
	}
	const char *path = source->name;
	if (realpath(path, real_path) == NULL) {
		return zm_error_sys(err, path, "cannot include");
	}
	if (root != NULL && !zm_path_is_below(real_path, root)) {
		return zm_error_set(err, "%s: lies outside of the root folder %s", path, root);
	}
	if (is_open_already(path, query->from, query->includer)) {
		return zm_error_set(err, "%s: includes itself", path);
	}
	struct zm_file *file = zm_arena_alloc(arena, sizeof(*file));
	if (!zm_file_read(file, arena, path, 0, err)) {
		return false;
	}
	source->bytes = file->bytes;
	source->stat = &file->stat;
	return true;
}

const struct zm_include *zm_include_open(struct zm_arena *arena,
					 const struct zm_include_query *query, struct zm_error *err)
{
	const struct zm_include *includer = query->includer;
	struct zm_str name = query->name;
	size_t depth = includer == NULL ? 1 : includer->depth + 1;
	if (name.len == 0 || name.len >= PATH_MAX || memchr(name.data, '\0', name.len) != NULL) {
		zm_error_set(err, "$INCLUDE of a path that cannot be");
		return NULL;
	}
	if (depth > ZM_INCLUDE_DEPTH_MAX) {
		zm_error_set(err, "$INCLUDE nests deeper than %d", ZM_INCLUDE_DEPTH_MAX);
		return NULL;
	}
	struct zm_source *source = zm_arena_alloc(arena, sizeof(*source));
	bool is_read = query->options->files == NULL ? read_file(source, arena, query, err)
						     : read_among(source, arena, query, err);
	if (!is_read) {
		return NULL;
	}
	source->has_whole_path = zm_str_starts(name, ZM_STR("/"));
	struct zm_include *include = zm_arena_alloc(arena, sizeof(*include));
	*include = (struct zm_include){source, query->from, includer, depth};
	return include;
}
