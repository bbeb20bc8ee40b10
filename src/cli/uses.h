/*
 * uses: which zones of the run are made of which files, their own and those that they include,
 * sorted by file.
 *
 *	for (size_t i = 0; i < uses.files; i++) {
 *		size_t from = uses.file[i];
 *		size_t end = zm_uses_end(&uses, from);
 *		...                         (item[from] to item[end - 1] are of one file)
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
	size_t *file; /* where the uses of each file begin; in the order of the first job of each */
	size_t files;
};

/* Of all jobs that have a zone, in the session's arena. Standard input is no file. */
void zm_uses_collect(struct zm_uses *uses, struct zm_session *session);

size_t zm_uses_end(const struct zm_uses *uses, size_t from);

/* Where the uses of that file begin; uses->count: there are none. */
size_t zm_uses_find(const struct zm_uses *uses, const struct zm_source *source);

/* Whether it is the zone's own file and not one that it includes. */
bool zm_use_is_own(const struct zm_use *use);

#endif
