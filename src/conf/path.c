#include "conf/path.h"

#include "base/path.h"

#include <glob.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool zm_conf_is_pattern(const char *path)
{
	return strpbrk(path, "*?[") != NULL;
}

/* Whether there is such a file, or one that fits. */
static bool is_there(const char *path)
{
	if (!zm_conf_is_pattern(path)) {
		return access(path, F_OK) == 0;
	}
	glob_t found = {0};
	bool any = glob(path, GLOB_NOSORT, NULL, &found) == 0 && found.gl_pathc > 0;
	globfree(&found);
	return any;
}

static const char *join(struct zm_arena *arena, struct zm_str folder, struct zm_str name)
{
	while (folder.len > 1 && folder.data[folder.len - 1] == '/') {
		folder.len--;
	}
	if (folder.len == 0 || zm_str_eq(folder, ZM_STR("."))) {
		return zm_arena_copy(arena, name).data;
	}
	const char *slash = folder.data[folder.len - 1] == '/' ? "" : "/";
	return zm_arena_printf(arena, "%.*s%s%.*s", ZM_STR_ARG(folder), slash, ZM_STR_ARG(name))
		.data;
}

/* named starts in a folder that the configuration does not tell. */
static const char *guess(struct zm_arena *arena, const char *conf, struct zm_str name,
			 struct zm_error *err)
{
	const char *here = zm_arena_copy(arena, name).data;
	const char *slash = conf == NULL ? NULL : strrchr(conf, '/');
	if (slash == NULL) {
		return here;
	}
	size_t len = slash == conf ? 1 : (size_t)(slash - conf);
	const char *beside = join(arena, (struct zm_str){conf, len}, name);
	if (!is_there(beside)) {
		return here;
	}
	if (is_there(here) && !zm_path_is_same(here, beside)) {
		zm_error_set(err,
			     "no directory is set, and both %s and %s are there: write the whole "
			     "path",
			     here, beside);
		return NULL;
	}
	return beside;
}

const char *zm_conf_path(struct zm_arena *arena, const struct zm_conf_base *base,
			 struct zm_str name, struct zm_error *err)
{
	if (name.len == 0 || name.len >= PATH_MAX || memchr(name.data, '\0', name.len) != NULL) {
		zm_error_set(err, "a path that cannot be");
		return NULL;
	}
	if (name.data[0] == '/') {
		return zm_arena_copy(arena, name).data;
	}
	if (base->directory != NULL) {
		return join(arena, zm_str_from(base->directory), name);
	}
	return guess(arena, base->conf, name, err);
}
