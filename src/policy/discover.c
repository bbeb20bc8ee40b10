#include "base/file.h"
#include "policy/policy.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* `folder`/`name` when there is such a thing, of whatever kind: what cannot be read as a policy
 * shall be an error, not be passed over. */
static const char *find_in(struct zm_arena *arena, const char *folder, const char *name)
{
	struct stat st;
	bool is_root = strcmp(folder, "/") == 0;
	const char *path = zm_arena_printf(arena, "%s/%s", is_root ? "" : folder, name).data;
	return lstat(path, &st) == 0 ? path : NULL;
}

static const char *policy_in(struct zm_arena *arena, const char *folder)
{
	const char *path = find_in(arena, folder, "zonemend.yaml");
	return path != NULL ? path : find_in(arena, folder, ".zonemend.yaml");
}

/* A path below the current folder is shown, and found again, without it. */
static const char *shorten(const char *path)
{
	char here[PATH_MAX];
	if (getcwd(here, sizeof(here)) == NULL) {
		return path;
	}
	size_t len = strlen(here);
	bool is_below = strncmp(path, here, len) == 0 && path[len] == '/';
	return is_below ? path + len + 1 : path;
}

/* The home folder is looked at only by who works in it: what lies below must not depend on it. */
static bool is_home(const char *folder)
{
	char real[PATH_MAX];
	const char *home = getenv("HOME");
	return home != NULL && realpath(home, real) != NULL && strcmp(folder, real) == 0;
}

/* Cuts the last part off; false at the root. */
static bool go_up(char *folder)
{
	char *slash = strrchr(folder, '/');
	if (slash == NULL || folder[1] == '\0') {
		return false;
	}
	slash[slash == folder ? 1 : 0] = '\0';
	return true;
}

const char *zm_policy_discover(struct zm_arena *arena, const char *folder)
{
	char at[PATH_MAX];
	if (realpath(folder, at) == NULL) {
		return NULL;
	}
	do {
		const char *path = policy_in(arena, at);
		if (path != NULL) {
			return shorten(path);
		}
	} while (find_in(arena, at, ".git") == NULL && go_up(at) && !is_home(at));
	return NULL;
}
