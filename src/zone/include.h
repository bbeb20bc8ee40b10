/*
 * include: finds and opens the file of an $INCLUDE (RFC 1035 5.1), within its bounds: a regular
 * file, below --root, no loop, ten deep.
 */
#ifndef ZM_ZONE_INCLUDE_H
#define ZM_ZONE_INCLUDE_H

#include "base/error.h"
#include "zone/load.h"

/* A file being included, and the one that includes it. */
struct zm_include {
	struct zm_source *source;
	const struct zm_source *from;      /* who says $INCLUDE */
	const struct zm_include *includer; /* of `from`; NULL: that is the zone's own file */
	size_t depth;                      /* from 1 */
};

/* What is to be included, and by whom. */
struct zm_include_query {
	struct zm_str name;
	const struct zm_source *from;
	const struct zm_include *includer; /* of `from`; NULL: that is the zone's own file */
	const struct zm_load_options *options;
};

/*
 * A relative name is looked for in options->include_base, as named and named-checkzone do, and in
 * the folder of `from`, as Knot does; where both have one and they differ, that is an error. NULL:
 * `err` says what is in the way.
 */
const struct zm_include *
zm_include_open(struct zm_arena *arena, const struct zm_include_query *query, struct zm_error *err);

#endif
