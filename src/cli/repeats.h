/*
 * repeats: what is found in a file that several zones include is found once for each of them, and
 * told to people once, with the names of all of them.
 */
#ifndef ZM_CLI_REPEATS_H
#define ZM_CLI_REPEATS_H

#include "cli/session.h"

/* Of one finding. */
struct zm_repeat {
	bool is_later;              /* an earlier zone has the same */
	const struct zm_name *zone; /* the later ones that have it too */
	size_t zones;
};

/*
 * For each job an array as long as its findings, or NULL: all of them are in its own file. In the
 * session's arena; NULL where there is none at all. The findings are final.
 */
const struct zm_repeat **zm_repeats_find(struct zm_session *session);

#endif
