/*
 * path: where a file lies.
 */
#ifndef ZM_BASE_PATH_H
#define ZM_BASE_PATH_H

#include "base/str.h"

#include <sys/stat.h>

/* Whether the path leads, through symbolic links, to that very file or folder; to the same one as
 * another path. False also when one of them is not there. */
bool zm_path_is_of(const char *path, const struct stat *file);
bool zm_path_is_same(const char *a, const char *b);

/* Whether the file that `path` leads to, through symbolic links, lies below the folder that
 * `folder` leads to. False also when one of them is not there. */
bool zm_path_is_below(const char *path, const char *folder);

/* The same, and true also of the folder itself. */
bool zm_path_is_in(const char *path, const char *folder);

/*
 * Whether a pattern names the path or one of the folders that it lies in. `*` is any run of bytes
 * but `/`, `?` any one byte but `/`, a part that is two stars any run of folders, none too; all
 *else is itself, case as well. A pattern with a slash in it names paths from where `path` starts,
 *one without names files and folders at any depth; a slash at its end does not count.
 *
 *	*.tmpl         a.tmpl, zones/a.tmpl
 *	octodns/ **    octodns/a, octodns/b/c           (written without the blank)
 *	zones/a*.db    zones/ab.db, not zones/x/ab.db
 */
bool zm_path_matches(struct zm_str path, struct zm_str pattern);

#endif
