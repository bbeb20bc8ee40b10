#include "zone/include.h"

#include "base/file.h"
#include "base/path.h"

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

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat sa;
	struct stat sb;
	return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_dev == sb.st_dev &&
	       sa.st_ino == sb.st_ino;
}

static const char *path_beside(struct zm_arena *arena, const struct zm_include_query *query)
{
	struct zm_str folder = folder_of(query->from->name);
	return zm_arena_printf(arena, "%.*s%.*s", ZM_STR_ARG(folder), ZM_STR_ARG(query->name)).data;
}

static const char *path_based(struct zm_arena *arena, const struct zm_include_query *query)
{
	return zm_arena_printf(arena, "%s/%.*s", query->options->include_base,
			       ZM_STR_ARG(query->name))
		.data;
}

/* A name that leaves no choice. */
static bool is_alone(const struct zm_include_query *query)
{
	return zm_str_starts(query->name, ZM_STR("/")) || query->options->include_base == NULL;
}

static const char *only_path(struct zm_arena *arena, const struct zm_include_query *query)
{
	return zm_str_starts(query->name, ZM_STR("/")) ? zm_arena_copy(arena, query->name).data
						       : path_beside(arena, query);
}

static bool fail_to_choose(struct zm_error *err, const char *based, const char *beside)
{
	return zm_error_set(err, "both %s and %s are there: write the whole path", based, beside);
}

static const char *choose_path(struct zm_arena *arena, const struct zm_include_query *query,
			       struct zm_error *err)
{
	if (is_alone(query)) {
		return only_path(arena, query);
	}
	const char *beside = path_beside(arena, query);
	const char *based = path_based(arena, query);
	if (is_there(based) && is_there(beside) && !is_same_file(based, beside)) {
		fail_to_choose(err, based, beside);
		return NULL;
	}
	return is_there(based) ? based : beside;
}

/* The same among other files than those of now. */
static bool read_among(struct zm_source *source, struct zm_arena *arena,
		       const struct zm_include_query *query, struct zm_error *err)
{
	const struct zm_files *files = query->options->files;
	struct zm_source other = {0};
	const char *beside = is_alone(query) ? only_path(arena, query) : path_beside(arena, query);
	bool is_beside = files->read(files->context, arena, beside, source);
	const char *based = is_alone(query) ? NULL : path_based(arena, query);
	bool is_based = based != NULL && files->read(files->context, arena, based, &other);
	if (is_beside && is_based && !zm_str_eq(source->bytes, other.bytes)) {
		return fail_to_choose(err, based, beside);
	}
	if (!is_beside && !is_based) {
		return zm_error_set(err, "%s: cannot include: no such file", beside);
	}
	if (!is_beside) {
		*source = other;
	}
	source->name = is_beside ? beside : based;
	return true;
}

static bool is_open_already(const char *path, const struct zm_source *from,
			    const struct zm_include *includer)
{
	while (!is_same_file(path, from->name)) {
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
	const char *path = choose_path(arena, query, err);
	char real_path[PATH_MAX];
	if (path == NULL) {
		return false;
	}
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
	*source = (struct zm_source){.name = path, .bytes = file->bytes, .stat = &file->stat};
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
