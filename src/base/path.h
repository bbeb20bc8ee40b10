/*
 * path: where a file lies.
 */
#ifndef ZM_BASE_PATH_H
#define ZM_BASE_PATH_H

#include <stdbool.h>

/* Whether the file that `path` leads to, through symbolic links, lies below the folder that
 * `folder` leads to. False also when one of them is not there. */
bool zm_path_is_below(const char *path, const char *folder);

#endif
