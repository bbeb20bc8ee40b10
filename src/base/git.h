/*
 * git: what files were at an earlier commit, asked of git itself. Nothing is written to the
 * repository, no hook, filter or pager runs, and git asks nobody for anything.
 *
 *	struct zm_git git;
 *	if (!zm_git_open(&git, &arena, "zones", "origin/main", &err)) ...
 *	zm_git_name(&git, &arena, "zones/example.com.zone", &name, &err)
 *	zm_git_export(&git, folder, &err)              (all files; for some of them see git_tree.h)
 */
#ifndef ZM_BASE_GIT_H
#define ZM_BASE_GIT_H

#include "base/run.h"

enum {
	ZM_GIT_FILES_MAX = 1 << 20, /* of one commit */
	ZM_GIT_BYTES_MAX = 1 << 30, /* of those that one process is asked for */
};

struct zm_git {
	const char *top;    /* the folder of the working tree, absolute */
	const char *commit; /* its number, in hexadecimal */
	const char *ref;    /* as it was asked for */
};

/*
 * The commit that `ref` means in the repository that `path`, a file or folder, lies in; `path`
 * itself need not be there any more. HEAD of a repository without any commit is a commit without
 * files. Fails when git is missing, there is no repository or one that git does not read, or no
 * such commit.
 */
bool zm_git_open(struct zm_git *git, struct zm_arena *arena, const char *path, const char *ref,
		 struct zm_error *err);

/* The name of a file or folder inside of the repository, without `/` at its ends; empty for the
 * repository itself. False: it lies elsewhere. */
bool zm_git_name(const struct zm_git *git, struct zm_arena *arena, const char *path,
		 struct zm_str *name, struct zm_error *err);

/* One question to git, asked in a folder: its subcommand and arguments. */
struct zm_git_question {
	const char *folder;
	const char *const *argument; /* ended by NULL */
	int input;                   /* as that of struct zm_run */
	size_t max;
};

bool zm_git_ask(struct zm_run_output *answer, struct zm_arena *arena,
		const struct zm_git_question *question, struct zm_error *err);

/* All files of the commit into `folder`, which is there and empty. Links and submodules are left
 * out. */
bool zm_git_export(const struct zm_git *git, const char *folder, struct zm_error *err);

#endif
