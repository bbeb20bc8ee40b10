/*
 * path: what a name in named.conf leads to.
 */
#ifndef ZM_CONF_PATH_H
#define ZM_CONF_PATH_H

#include "base/arena.h"
#include "base/error.h"

/* Where relative names begin. */
struct zm_conf_base {
	const char *directory; /* as set by the configuration; NULL: not yet */
	const char *conf;      /* the path of the configuration; NULL: none */
};

/*
 * The path to open, in `arena`. NULL: `err` says why it cannot be told, without a place. `name` is
 * a pattern where it has wildcards; all that fits it begins in one folder.
 */
const char *zm_conf_path(struct zm_arena *arena, const struct zm_conf_base *base,
			 struct zm_str name, struct zm_error *err);

bool zm_conf_is_pattern(const char *path);

#endif
