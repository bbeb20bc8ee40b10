/*
 * past: the files of a commit as a zone that includes some of them sees them.
 *
 * What is needed is not known before zones are read. So a reader notes what it lacks; that is
 * fetched for all readers together, and those zones are read again.
 */
#ifndef ZM_CLI_PAST_H
#define ZM_CLI_PAST_H

#include "base/git_tree.h"
#include "zone/load.h"

/* For one zone. `files` is what its load options point to. */
struct zm_past {
	struct zm_files files;
	const struct zm_git_tree *tree;
	struct zm_arena *arena;        /* of the list below */
	struct zm_git_entry **lacking; /* that were asked for and are not fetched */
	size_t count;
	size_t capacity;
};

void zm_past_init(struct zm_past *past, struct zm_arena *arena, const struct zm_git_tree *tree);

/*
 * The file that a path leads to in the commit. A path that leads out of the repository has none
 * there: whatever it was, nobody knows, and it is taken for what it is now.
 */
enum zm_git_found zm_past_find(const struct zm_git_tree *tree, struct zm_arena *arena,
			       const char *path, struct zm_git_entry **entry);

#endif
