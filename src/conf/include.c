#include "base/file.h"
#include "base/path.h"
#include "conf/reader.h"

#include <errno.h>
#include <glob.h>
#include <string.h>
#include <unistd.h>

enum { WILD_FOLDERS_MAX = 3 }; /* parts of a path with wildcards: each multiplies the work */

/* The configuration goes on without it, but it is no longer known whole. */
static void note_unreadable(struct zm_conf_reader *reader, struct zm_conf_place at,
			    const char *message)
{
	struct zm_conf *conf = reader->conf;
	conf->unreadable = zm_arena_grow(reader->arena, conf->unreadable, conf->unreadable_count,
					 &reader->unreadable_capacity, sizeof(*conf->unreadable));
	conf->unreadable[conf->unreadable_count++] =
		zm_arena_printf(reader->arena, "%s:%zu:%zu: %s", at.file, at.line, at.column,
				message)
			.data;
}

static bool is_open_already(const struct zm_conf_reader *reader, const struct stat *stat_of_new)
{
	for (const struct zm_conf_file *file = reader->file; file != NULL; file = file->outer) {
		struct stat st;
		if (stat(file->source.name, &st) == 0 && st.st_ino == stat_of_new->st_ino &&
		    st.st_dev == stat_of_new->st_dev) {
			return true;
		}
	}
	return false;
}

static bool check_limits(struct zm_conf_reader *reader, struct zm_conf_place at, const char *path)
{
	if (reader->file->depth >= ZM_CONF_INCLUDE_DEPTH_MAX) {
		return zm_conf_blame(reader, at, "include nests deeper than %d",
				     ZM_CONF_INCLUDE_DEPTH_MAX);
	}
	if (reader->files >= ZM_CONF_FILES_MAX) {
		return zm_conf_blame(reader, at, "more than %d files are included",
				     ZM_CONF_FILES_MAX);
	}
	/* What is not there lies nowhere: that is said when it is read. */
	if (reader->root != NULL && access(path, F_OK) == 0 &&
	    !zm_path_is_below(path, reader->root)) {
		return zm_conf_blame(reader, at, "%s lies outside of the root folder %s", path,
				     reader->root);
	}
	return true;
}

static bool include_one(struct zm_conf_reader *reader, struct zm_conf_place at, const char *path,
			const struct zm_conf_body *body)
{
	struct zm_file file;
	struct zm_error err;
	if (!check_limits(reader, at, path)) {
		return false;
	}
	if (!zm_file_read(&file, &reader->scratch, path, ZM_CONF_BYTES_MAX, &err)) {
		note_unreadable(reader, at, err.text);
		return true;
	}
	if (is_open_already(reader, &file.stat)) {
		return zm_conf_blame(reader, at, "%s includes itself", path);
	}
	reader->files++;
	struct zm_source source = {.name = path, .bytes = file.bytes};
	return zm_conf_read_file(reader, &source, body);
}

/* ---- Patterns ---- */

static size_t wild_folders(const char *pattern)
{
	size_t count = 0;
	bool wild = false;
	for (const char *c = pattern; *c != '\0'; c++) {
		wild = *c != '/' && (wild || strchr("*?[", *c) != NULL);
		count += wild && (c[1] == '/' || c[1] == '\0');
	}
	return count;
}

/* Nothing outside of the root is even listed. */
static bool begins_below_root(struct zm_conf_reader *reader, const char *pattern)
{
	if (reader->root == NULL) {
		return true;
	}
	struct zm_str plain = {pattern, strcspn(pattern, "*?[")};
	while (plain.len > 0 && plain.data[plain.len - 1] != '/') {
		plain.len--;
	}
	/* The dot is in the folder, as all that it may list. */
	const char *inside = zm_arena_printf(&reader->scratch, "%.*s.", ZM_STR_ARG(plain)).data;
	struct stat root;
	struct stat folder;
	bool is_root = stat(reader->root, &root) == 0 && stat(inside, &folder) == 0 &&
		       root.st_ino == folder.st_ino && root.st_dev == folder.st_dev;
	return is_root || zm_path_is_below(inside, reader->root);
}

static bool include_found(struct zm_conf_reader *reader, struct zm_conf_place at,
			  const glob_t *found, const struct zm_conf_body *body)
{
	bool good = true;
	for (size_t i = 0; i < found->gl_pathc && good; i++) {
		struct zm_str path = zm_arena_copy(reader->arena, zm_str_from(found->gl_pathv[i]));
		good = include_one(reader, at, path.data, body);
	}
	return good;
}

/* A folder that is not there holds nothing that fits. */
static int is_unlistable(const char *path, int error)
{
	(void)path;
	return error != ENOENT && error != ENOTDIR;
}

static bool include_pattern(struct zm_conf_reader *reader, struct zm_conf_place at,
			    const char *pattern, const struct zm_conf_body *body)
{
	if (wild_folders(pattern) > WILD_FOLDERS_MAX) {
		return zm_conf_blame(reader, at, "%s has wildcards in more than %d folders",
				     pattern, WILD_FOLDERS_MAX);
	}
	if (!begins_below_root(reader, pattern)) {
		return zm_conf_blame(reader, at, "%s lies outside of the root folder %s", pattern,
				     reader->root);
	}
	glob_t found = {0};
	bool good;
	switch (glob(pattern, 0, is_unlistable, &found)) {
	case 0:
		good = include_found(reader, at, &found, body);
		break;
	case GLOB_NOMATCH: /* as in named */
		good = zm_conf_blame(reader, at, "no file fits %s", pattern);
		break;
	default:
		note_unreadable(
			reader, at,
			zm_arena_printf(&reader->scratch, "%s: cannot list its folders", pattern)
				.data);
		good = true;
	}
	globfree(&found);
	return good;
}

bool zm_conf_include(struct zm_conf_reader *reader, const struct zm_conf_body *body)
{
	struct zm_conf_token token = reader->token;
	struct zm_conf_place at = zm_conf_place(reader, token.at);
	struct zm_error err;
	if (token.kind != ZM_CONF_WORD && token.kind != ZM_CONF_QUOTED) {
		return zm_conf_blame(reader, at, "include needs a file's name");
	}
	struct zm_str name = zm_conf_text(&reader->scratch, &token);
	const char *path = zm_conf_path(reader->arena, &reader->base, name, &err);
	if (path == NULL) {
		return zm_conf_blame(reader, at, "%s", err.text);
	}
	bool good = zm_conf_is_pattern(path) ? include_pattern(reader, at, path, body)
					     : include_one(reader, at, path, body);
	return good && zm_conf_advance(reader);
}
