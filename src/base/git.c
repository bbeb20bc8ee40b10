#include "base/git.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 16, ANSWER_MAX = 1 << 16 };

/* A hook is told about its own repository, index and folder in these. Those that say where objects
 * lie stay: a commit that is being received lies nowhere else. */
static const char *const unset[] = {"GIT_DIR",
				    "GIT_WORK_TREE",
				    "GIT_INDEX_FILE",
				    "GIT_PREFIX",
				    "GIT_EXTERNAL_DIFF",
				    "GIT_PAGER",
				    "GIT_TRACE",
				    "LC_ALL",
				    "LANGUAGE",
				    "GIT_TERMINAL_PROMPT",
				    "GIT_OPTIONAL_LOCKS",
				    "GIT_ALLOW_PROTOCOL",
				    "GIT_NO_LAZY_FETCH",
				    NULL};

/* A partial clone would fetch what it lacks; no version of git does so without a protocol. */
static const char *const set[] = {"LC_ALL=C",
				  "GIT_TERMINAL_PROMPT=0",
				  "GIT_OPTIONAL_LOCKS=0",
				  "GIT_ALLOW_PROTOCOL=none",
				  "GIT_NO_LAZY_FETCH=1",
				  NULL};

bool zm_git_ask(struct zm_run_output *answer, struct zm_arena *arena,
		const struct zm_git_question *q, struct zm_error *err)
{
	const char *argv[ARGUMENTS_MAX] = {"git", "-C", q->folder, "--no-pager",
					   "--literal-pathspecs"};
	size_t count = 5;
	for (size_t i = 0; q->argument[i] != NULL; i++) {
		argv[count++] = q->argument[i];
	}
	const struct zm_run run = {
		.argv = argv, .unset = unset, .set = set, .input = q->input, .max = q->max};
	return zm_run(answer, arena, &run, err);
}

/* ---- The repository ---- */

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* How much of a path names a folder that is there: what is compared may have gone since. 0: it is
 * the current one. */
static size_t folder_length(struct zm_arena *arena, const char *path)
{
	struct zm_str text = zm_arena_copy(arena, zm_str_from(path));
	while (text.len > 0 && !is_folder(text.data)) {
		size_t slash = text.len;
		while (slash > 0 && text.data[slash - 1] != '/') {
			slash--;
		}
		size_t len = slash > 1 ? slash - 1 : slash == 1 && text.len > 1 ? 1 : 0;
		text = zm_arena_copy(arena, zm_str_sub(text, 0, len));
	}
	return text.len;
}

static const char *folder_of(struct zm_arena *arena, const char *path)
{
	size_t len = folder_length(arena, path);
	return len == 0 ? "." : zm_arena_copy(arena, (struct zm_str){path, len}).data;
}

static const char *line_of(struct zm_arena *arena, struct zm_str answer)
{
	struct zm_str line = zm_str_sub(answer, 0, zm_str_find(answer, ZM_STR("\n"), 0));
	return zm_arena_copy(arena, line).data;
}

static bool complains(const struct zm_run_output *answer, const char *what)
{
	return zm_str_find(answer->complaint, zm_str_from(what), 0) != SIZE_MAX;
}

static bool blame_repository(const struct zm_run_output *answer, const char *folder,
			     struct zm_error *err)
{
	if (complains(answer, "not a git repository")) {
		return zm_error_set(err, "%s: is in no git repository", folder);
	}
	if (complains(answer, "must be run in a work tree")) {
		return zm_error_set(err,
				    "%s: is inside of git's own folder or a bare repository, "
				    "which has no files to compare",
				    folder);
	}
	if (complains(answer, "dubious ownership") || complains(answer, "unsafe repository")) {
		return zm_error_set(err,
				    "%s: the git repository belongs to another user; if you trust "
				    "it: git config --global --add safe.directory FOLDER",
				    folder);
	}
	return zm_error_set(err, "%s: git says: %.*s", folder, ZM_STR_ARG(answer->complaint));
}

static bool find_top(struct zm_git *git, struct zm_arena *arena, const char *folder,
		     struct zm_error *err)
{
	const char *const argument[] = {"rev-parse", "--show-toplevel", NULL};
	struct zm_git_question q = {folder, argument, -1, ANSWER_MAX};
	struct zm_run_output answer;
	if (!zm_git_ask(&answer, arena, &q, err)) {
		return false;
	}
	if (answer.status != 0) {
		return blame_repository(&answer, folder, err);
	}
	git->top = line_of(arena, answer.out);
	return true;
}

/* The first line that git answers; NULL where it fails. */
static const char *answer_of(const struct zm_git *git, struct zm_arena *arena,
			     const char *const *argument)
{
	struct zm_git_question q = {git->top, argument, -1, ANSWER_MAX};
	struct zm_run_output answer;
	struct zm_error err;
	bool good = zm_git_ask(&answer, arena, &q, &err) && answer.status == 0;
	return good ? line_of(arena, answer.out) : NULL;
}

/* Before the first commit there is a HEAD all the same, which is that of a branch to come. */
static const char *empty_commit(const struct zm_git *git, struct zm_arena *arena)
{
	static const char *const branch[] = {"symbolic-ref", "--quiet", "HEAD", NULL};
	static const char *const any[] = {"rev-list", "--max-count=1", "--all", NULL};
	static const char *const tree[] = {"hash-object", "-t", "tree", "--stdin", NULL};
	if (strcmp(git->ref, "HEAD") != 0 || answer_of(git, arena, branch) == NULL) {
		return NULL;
	}
	const char *first = answer_of(git, arena, any);
	return first != NULL && first[0] == '\0' ? answer_of(git, arena, tree) : NULL;
}

static bool blame_ref(const struct zm_git *git, struct zm_arena *arena, struct zm_error *err)
{
	static const char *const question[] = {"rev-parse", "--is-shallow-repository", NULL};
	const char *shallow = answer_of(git, arena, question);
	bool is_shallow = shallow != NULL && strcmp(shallow, "true") == 0;
	return zm_error_set(err, "%s: no such commit, branch or tag in %s%s", git->ref, git->top,
			    is_shallow ? ", which is a shallow clone: fetch it, or all by git "
					 "fetch --unshallow"
				       : "");
}

static bool find_commit(struct zm_git *git, struct zm_arena *arena, struct zm_error *err)
{
	struct zm_str text = zm_arena_printf(arena, "%s^{commit}", git->ref);
	const char *const argument[] = {"rev-parse", "--verify", "--quiet", text.data, NULL};
	/* What begins with `-` git would take for an option. */
	bool is_option = git->ref[0] == '-' || git->ref[0] == '\0';
	git->commit = is_option ? NULL : answer_of(git, arena, argument);
	if (git->commit == NULL) {
		git->commit = empty_commit(git, arena);
	}
	return git->commit != NULL || blame_ref(git, arena, err);
}

bool zm_git_open(struct zm_git *git, struct zm_arena *arena, const char *path, const char *ref,
		 struct zm_error *err)
{
	*git = (struct zm_git){.ref = ref};
	return find_top(git, arena, folder_of(arena, path), err) && find_commit(git, arena, err);
}

/* The path without links, as far as it is there. */
static bool resolve(struct zm_arena *arena, const char *path, struct zm_str *resolved)
{
	char folder[PATH_MAX];
	struct zm_str rest = zm_str_from(path + folder_length(arena, path));
	if (realpath(folder_of(arena, path), folder) == NULL) {
		return false;
	}
	while (zm_str_starts(rest, ZM_STR("/"))) {
		rest = zm_str_sub(rest, 1, rest.len);
	}
	*resolved = zm_arena_printf(arena, "%s%s%.*s", strcmp(folder, "/") == 0 ? "" : folder,
				    rest.len > 0 ? "/" : "", ZM_STR_ARG(rest));
	return true;
}

bool zm_git_name(const struct zm_git *git, struct zm_arena *arena, const char *path,
		 struct zm_str *name, struct zm_error *err)
{
	struct zm_str top = zm_str_from(git->top);
	struct zm_str resolved;
	if (!resolve(arena, path, &resolved)) {
		return zm_error_sys(err, path, "cannot be found");
	}
	struct zm_str rest = zm_str_sub(resolved, top.len, resolved.len);
	if (!zm_str_starts(resolved, top) || (rest.len > 0 && rest.data[0] != '/' && top.len > 1)) {
		return zm_error_set(err, "%s: is not in the git repository %s", path, git->top);
	}
	while (zm_str_starts(rest, ZM_STR("/"))) {
		rest = zm_str_sub(rest, 1, rest.len);
	}
	*name = rest;
	return true;
}
