/*
 * discover: which files below a folder are zones. They are known by their content, an SOA record
 * among other records, not by their names.
 */
#ifndef ZM_ZONE_DISCOVER_H
#define ZM_ZONE_DISCOVER_H

#include "base/arena.h"
#include "base/error.h"

enum { ZM_WALK_DEPTH_MAX = 64 }; /* folders below the one that was named */

struct zm_paths {
	const char **path;
	size_t count;
	size_t capacity;
};

/*
 * Adds all regular files below `folder`, each as `folder`/NAME (NAME alone for "."), sorted by name
 * as bytes, a folder's files where the folder's name stands. Hidden files and folders are left out,
 * and links to folders are not followed. False when a folder cannot be read or lies too deep: the
 * files elsewhere are in the list all the same, and `err` names the first such folder.
 */
bool zm_walk_folder(struct zm_paths *paths, struct zm_arena *arena, const char *folder,
		    struct zm_error *err);

/* Whether the bytes hold an SOA record and, up to it, more entries that are records or directives
 * than entries that are not. Reads no further than that. */
bool zm_looks_like_zone(struct zm_str bytes);

#endif
