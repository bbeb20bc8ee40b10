/*
 * git: what files were at an earlier commit, asked of git itself. Nothing is written to the
 * repository, no hook, filter or pager runs, and git asks nobody for anything.
 *
 *	struct zm_git git;
 *	if (!zm_git_open(&git, &arena, "zones", "origin/main", &err)) ...
 *	zm_git_read(&git, &arena, "zones/example.com.zone", &file, &err)
 *	zm_git_export(&git, folder, &err)
 */
#ifndef ZM_BASE_GIT_H
#define ZM_BASE_GIT_H

#include "base/arena.h"
#include "base/error.h"

enum {
	ZM_GIT_FILES_MAX = 1 << 20, /* of one commit */
	ZM_GIT_BYTES_MAX = 1 << 29, /* of all of them together, and of one */
};

struct zm_git {
	const char *top;    /* the folder of the working tree, absolute */
	const char *commit; /* its number, in hexadecimal */
	const char *ref;    /* as it was asked for */
};

/*
 * The commit that `ref` means in the repository that `path`, a file or folder, lies in; `path`
 * itself need not be there any more. Fails when git is missing, there is no repository, or no such
 * commit.
 */
bool zm_git_open(struct zm_git *git, struct zm_arena *arena, const char *path, const char *ref,
		 struct zm_error *err);

/* The name of a file or folder inside of the repository, without `/` at its ends; empty for the
 * repository itself. False: it lies elsewhere. */
bool zm_git_name(const struct zm_git *git, struct zm_arena *arena, const char *path,
		 struct zm_str *name, struct zm_error *err);

struct zm_git_file {
	bool is_there;
	struct zm_str bytes;
};

/* A file as it was, `name` as zm_git_name() gives it. What was no file then was not there. */
bool zm_git_read(const struct zm_git *git, struct zm_arena *arena, struct zm_str name,
		 struct zm_git_file *file, struct zm_error *err);

/* All files of the commit into `folder`, which is there and empty. Links and submodules are left
 * out. */
bool zm_git_export(const struct zm_git *git, const char *folder, struct zm_error *err);

#endif
