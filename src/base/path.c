#include "base/path.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

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
