/*
 * uses: which zones of the run are made of which files, their own and those that they include,
 * sorted by file.
 *
 *	for (size_t from = 0, to; from < uses.count; from = to) {
 *		to = zm_uses_end(&uses, from);        (item[from] to item[to - 1] are of one file)
 */
#ifndef ZM_CLI_USES_H
#define ZM_CLI_USES_H

#include "cli/session.h"

struct zm_use {
	struct zm_job *job;
	const struct zm_source *source; /* the file as this zone has read it */
};

struct zm_uses {
	struct zm_use *item; /* of one file in the order of the jobs */
	size_t count;
	size_t capacity;
};

/* Of all jobs that have a zone, in the session's arena. Standard input is no file. */
void zm_uses_collect(struct zm_uses *uses, struct zm_session *session);

size_t zm_uses_end(const struct zm_uses *uses, size_t from);

/* Where the uses of that file begin; uses->count: there are none. */
size_t zm_uses_find(const struct zm_uses *uses, const struct zm_source *source);

/* Whether it is the zone's own file and not one that it includes. */
bool zm_use_is_own(const struct zm_use *use);

#endif
