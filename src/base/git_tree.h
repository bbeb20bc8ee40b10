/*
 * git_tree: all files of one commit by their names, and the bytes of those that are asked for: one
 * process of git for many files.
 *
 *	struct zm_git_tree tree;
 *	if (!zm_git_tree_list(&tree, &arena, &git, &err)) ...
 *	switch (zm_git_tree_find(&tree, &arena, name, &entry)) ...
 *	if (!zm_git_tree_fetch(&tree, &arena, list, count, &err)) ...
 *	... entry->bytes
 */
#ifndef ZM_BASE_GIT_TREE_H
#define ZM_BASE_GIT_TREE_H

#include "base/git.h"

enum { ZM_GIT_FETCH_MAX = 4096 }; /* files that one process is asked for */

enum zm_git_kind {
	ZM_GIT_FILE,
	ZM_GIT_LINK,      /* a symbolic one */
	ZM_GIT_SUBMODULE, /* a folder that is another repository */
};

struct zm_git_entry {
	struct zm_str path; /* from the top of the repository */
	struct zm_str id;   /* of its bytes, in hexadecimal */
	enum zm_git_kind kind;
	bool is_asked; /* while it is being fetched */
	bool is_read;
	struct zm_str bytes; /* once it is read; of a link: where it leads */
};

struct zm_git_tree {
	const struct zm_git *git;
	struct zm_git_entry *entry; /* sorted by path, no path twice */
	size_t count;
};

/* In the arena, as the bytes of links are; `git` must live as long. What leads out of the folder,
 * as only a tree does that was made by hand, is left out. */
bool zm_git_tree_list(struct zm_git_tree *tree, struct zm_arena *arena, const struct zm_git *git,
		      struct zm_error *err);

enum zm_git_found {
	ZM_GIT_IS_THERE,
	ZM_GIT_IS_ABSENT,
	ZM_GIT_IS_OUTSIDE,      /* by links, or these lead in a circle */
	ZM_GIT_IS_IN_SUBMODULE, /* `entry` is that */
};

/* The file of that name, `a/b` as zm_git_name() gives it, links followed. The arena holds names on
 * the way. */
enum zm_git_found zm_git_tree_find(const struct zm_git_tree *tree, struct zm_arena *arena,
				   struct zm_str name, struct zm_git_entry **entry);

/* Reads those among ZM_GIT_FETCH_MAX entries or fewer that are not read yet, into the arena. */
bool zm_git_tree_fetch(const struct zm_git_tree *tree, struct zm_arena *arena,
		       struct zm_git_entry *const *list, size_t count, struct zm_error *err);

#endif
