#include "base/path.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

bool zm_path_is_of(const char *path, const struct stat *file)
{
	struct stat own;
	return stat(path, &own) == 0 && own.st_dev == file->st_dev && own.st_ino == file->st_ino;
}

bool zm_path_is_same(const char *a, const char *b)
{
	struct stat file;
	return stat(b, &file) == 0 && zm_path_is_of(a, &file);
}

bool zm_path_is_below(const char *path, const char *folder)
{
	char real_path[PATH_MAX];
	char real_folder[PATH_MAX];
	if (realpath(path, real_path) == NULL || realpath(folder, real_folder) == NULL) {
		return false;
	}
	size_t len = strlen(real_folder);
	if (len == 1) { /* the root of the file system */
		return true;
	}
	return strncmp(real_path, real_folder, len) == 0 && real_path[len] == '/';
}

bool zm_path_is_in(const char *path, const char *folder)
{
	return zm_path_is_same(path, folder) || zm_path_is_below(path, folder);
}

/* ---- Patterns ---- */

/* Where to take up again when what follows a star did not match: the star takes one byte more. */
struct retry {
	size_t pattern; /* after the star; SIZE_MAX: there was none */
	size_t path;
};

static bool starts_folders(struct zm_str pattern, size_t at)
{
	bool at_start = at == 0 || pattern.data[at - 1] == '/';
	return at_start && zm_str_starts(zm_str_sub(pattern, at, pattern.len), ZM_STR("**")) &&
	       (at + 2 == pattern.len || pattern.data[at + 2] == '/');
}

static bool is_one(struct zm_str path, size_t at, char c)
{
	return at < path.len && (c == '?' ? path.data[at] != '/' : path.data[at] == c);
}

/* The start of the next folder's name; past the end: there is none. */
static size_t next_part(struct zm_str path, size_t at)
{
	size_t slash = zm_str_find(path, ZM_STR("/"), at);
	return slash == SIZE_MAX ? path.len + 1 : slash + 1;
}

/* Goes back to the last star that can take more: within a name first, then over folders. */
static bool go_back(struct zm_str path, struct retry *star, struct retry *folders)
{
	bool can_grow =
		star->pattern != SIZE_MAX && star->path < path.len && path.data[star->path] != '/';
	if (can_grow) {
		star->path++;
		return true;
	}
	star->pattern = SIZE_MAX;
	if (folders->pattern == SIZE_MAX || folders->path > path.len) {
		return false;
	}
	folders->path = next_part(path, folders->path);
	return folders->path <= path.len;
}

/* The whole pattern against the whole path. A later star makes an earlier one of its kind settled,
 * so that one of each is remembered and time grows with the product of the lengths at most. */
static bool matches_whole(struct zm_str path, struct zm_str pattern)
{
	struct retry star = {SIZE_MAX, 0};
	struct retry folders = {SIZE_MAX, 0};
	size_t at = 0;
	size_t p = 0;
	while (at < path.len || p < pattern.len) {
		if (p < pattern.len && starts_folders(pattern, p)) {
			p += p + 2 == pattern.len ? 2 : 3;
			folders = (struct retry){p, at};
			star.pattern = SIZE_MAX;
			at = p == pattern.len ? path.len : at;
		} else if (p < pattern.len && pattern.data[p] == '*') {
			star = (struct retry){++p, at};
		} else if (p < pattern.len && is_one(path, at, pattern.data[p])) {
			p++;
			at++;
		} else if (go_back(path, &star, &folders)) {
			bool by_star = star.pattern != SIZE_MAX;
			p = by_star ? star.pattern : folders.pattern;
			at = by_star ? star.path : folders.path;
		} else {
			return false;
		}
	}
	return true;
}

bool zm_path_matches(struct zm_str path, struct zm_str pattern)
{
	if (zm_str_ends(pattern, ZM_STR("/"))) {
		pattern.len--;
	}
	bool anywhere = zm_str_find(pattern, ZM_STR("/"), 0) == SIZE_MAX;
	size_t start = 0;
	for (size_t end = 0; end <= path.len; end++) {
		if (end < path.len && path.data[end] != '/') {
			continue;
		}
		if (matches_whole(zm_str_sub(path, anywhere ? start : 0, end), pattern)) {
			return true;
		}
		start = end + 1;
	}
	return false;
}
