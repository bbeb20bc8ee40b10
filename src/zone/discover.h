/*
 * discover: which files below a folder are zones. They are known by their content, an SOA record
 * among other records, not by their names.
 */
#ifndef ZM_ZONE_DISCOVER_H
#define ZM_ZONE_DISCOVER_H

#include "base/arena.h"
#include "base/error.h"
#include "zone/load.h"

enum { ZM_WALK_DEPTH_MAX = 64 }; /* folders below the one that was named */

/* What was found below a folder. */
struct zm_found {
	const char *path;
	const char *why; /* not to be read: a phrase, or where `failed` the whole message; NULL: a
			    regular file */
	bool failed;     /* a folder that could not be read, or lies too deep */
	bool is_link;    /* a symbolic link, to a file */
};

struct zm_paths {
	struct zm_found *item;
	size_t count;
	size_t capacity;
};

/*
 * Adds all that lies below `folder`, each as `folder`/NAME (NAME alone for "."), sorted by name
 * as bytes, a folder's files where the folder's name stands. Hidden files and folders are left out,
 * and links to folders are not followed. A folder that cannot be read is in the list itself, and
 * the files elsewhere all the same.
 */
void zm_walk_folder(struct zm_paths *paths, struct zm_arena *arena, const char *folder);

/* Whether the bytes hold an SOA record and, up to it, more entries that are records or directives
 * than entries that are not. Reads no further than that, nor past a thousand entries too many that
 * are not. */
bool zm_looks_like_zone(struct zm_str bytes);

/* What that look at the bytes tells. */
struct zm_glance {
	bool is_zone;
	bool has_apex; /* false: it has to be looked for apart, see origin.h */
	struct zm_name_buf apex;
};

void zm_glance(struct zm_glance *glance, struct zm_str bytes);

/* Whether a file that the source includes, by $INCLUDE, looks like that. Opens files within the
 * bounds of `options`. */
bool zm_includes_zone(const struct zm_source *source, const struct zm_load_options *options);

/* The apex that the first such file tells by itself: the owner of its SOA record, where that is
 * absolute. */
bool zm_included_apex(struct zm_name_buf *out, const struct zm_source *source,
		      const struct zm_load_options *options);

#endif
