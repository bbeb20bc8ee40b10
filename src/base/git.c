#include "base/git.h"

#include "base/buf.h"
#include "base/run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 16, ANSWER_MAX = 1 << 16, LIST_MAX = 1 << 28 };

/* A hook is told about its own repository, index and folder in these. Those that say where objects
 * lie stay: a commit that is being received lies nowhere else. */
static const char *const unset[] = {
	"GIT_DIR",           "GIT_WORK_TREE",       "GIT_INDEX_FILE",     "GIT_PREFIX",
	"GIT_EXTERNAL_DIFF", "GIT_PAGER",           "GIT_TRACE",          "LC_ALL",
	"LANGUAGE",          "GIT_TERMINAL_PROMPT", "GIT_OPTIONAL_LOCKS", NULL};
static const char *const set[] = {"LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
				  NULL};

struct question {
	const char *folder;
	const char *const *argument; /* ended by NULL */
	int input;
	size_t max;
};

static bool ask(struct zm_run_output *answer, struct zm_arena *arena, const struct question *q,
		struct zm_error *err)
{
	const char *argv[ARGUMENTS_MAX] = {"git", "-C", q->folder, "--no-pager",
					   "--literal-pathspecs"};
	size_t count = 5;
	for (size_t i = 0; q->argument[i] != NULL; i++) {
		argv[count++] = q->argument[i];
	}
	struct zm_run run = {argv, unset, set, q->input, q->max};
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

static bool find_top(struct zm_git *git, struct zm_arena *arena, const char *folder,
		     struct zm_error *err)
{
	const char *const argument[] = {"rev-parse", "--show-toplevel", NULL};
	struct question q = {folder, argument, -1, ANSWER_MAX};
	struct zm_run_output answer;
	if (!ask(&answer, arena, &q, err)) {
		return false;
	}
	if (answer.status == 0) {
		git->top = line_of(arena, answer.out);
		return true;
	}
	bool is_none = zm_str_find(answer.complaint, ZM_STR("not a git repository"), 0) != SIZE_MAX;
	return is_none ? zm_error_set(err, "%s: is in no git repository", folder)
		       : zm_error_set(err, "%s: git says: %.*s", folder,
				      ZM_STR_ARG(answer.complaint));
}

static bool find_commit(struct zm_git *git, struct zm_arena *arena, struct zm_error *err)
{
	struct zm_str text = zm_arena_printf(arena, "%s^{commit}", git->ref);
	const char *const argument[] = {"rev-parse", "--verify", "--quiet", text.data, NULL};
	struct question q = {git->top, argument, -1, ANSWER_MAX};
	struct zm_run_output answer;
	/* What begins with `-` git would take for an option. */
	bool is_option = git->ref[0] == '-' || git->ref[0] == '\0';
	if (!is_option && !ask(&answer, arena, &q, err)) {
		return false;
	}
	if (is_option || answer.status != 0) {
		return zm_error_set(err, "%s: no such commit, branch or tag in %s", git->ref,
				    git->top);
	}
	git->commit = line_of(arena, answer.out);
	return true;
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

/* ---- One file ---- */

bool zm_git_read(const struct zm_git *git, struct zm_arena *arena, struct zm_str name,
		 struct zm_git_file *file, struct zm_error *err)
{
	struct zm_str object = zm_arena_printf(arena, "%s:%.*s", git->commit, ZM_STR_ARG(name));
	const char *const argument[] = {"cat-file", "blob", object.data, NULL};
	struct question q = {git->top, argument, -1, ZM_GIT_BYTES_MAX};
	struct zm_run_output answer;
	if (!ask(&answer, arena, &q, err)) {
		return false;
	}
	*file = (struct zm_git_file){answer.status == 0, answer.out};
	return true;
}

/* ---- All files ---- */

/* One line of `git ls-tree`: `100644 blob NUMBER<tab>PATH`. */
struct entry {
	struct zm_str mode;
	struct zm_str number;
	struct zm_str path;
};

static bool read_entry(struct entry *entry, struct zm_str line)
{
	size_t tab = zm_str_find(line, ZM_STR("\t"), 0);
	struct zm_str head = zm_str_sub(line, 0, tab);
	size_t first = zm_str_find(head, ZM_STR(" "), 0);
	size_t second = first == SIZE_MAX ? SIZE_MAX : zm_str_find(head, ZM_STR(" "), first + 1);
	if (tab == SIZE_MAX || second == SIZE_MAX) {
		return false;
	}
	entry->mode = zm_str_sub(head, 0, first);
	entry->number = zm_str_sub(head, second + 1, head.len);
	entry->path = zm_str_sub(line, tab + 1, line.len);
	return true;
}

/* A tree that nobody's git has made could lead out of the folder. */
static bool is_harmless(struct zm_str path)
{
	for (size_t start = 0; start <= path.len;) {
		size_t slash = zm_str_find(path, ZM_STR("/"), start);
		size_t end = slash == SIZE_MAX ? path.len : slash;
		struct zm_str part = zm_str_sub(path, start, end);
		if (part.len == 0 || zm_str_eq(part, ZM_STR(".")) ||
		    zm_str_eq(part, ZM_STR("..")) || zm_str_eq_nocase(part, ZM_STR(".git"))) {
			return false;
		}
		start = end + 1;
	}
	return true;
}

struct git_export {
	const struct zm_git *git;
	struct zm_arena arena;
	const char *folder;
	struct entry *entry; /* the files */
	size_t count;
	size_t capacity;
	struct zm_error *err;
};

static bool list_files(struct git_export *e)
{
	const char *const argument[] = {"ls-tree", "-r", "-z", "--full-tree", e->git->commit, NULL};
	struct question q = {e->git->top, argument, -1, LIST_MAX};
	struct zm_run_output answer;
	if (!ask(&answer, &e->arena, &q, e->err)) {
		return false;
	}
	struct zm_str mark = {"", 1};
	for (size_t start = 0; start < answer.out.len;) {
		size_t found = zm_str_find(answer.out, mark, start);
		size_t end = found == SIZE_MAX ? answer.out.len : found;
		struct entry entry;
		bool is_entry = read_entry(&entry, zm_str_sub(answer.out, start, end));
		start = end + 1;
		if (!is_entry || !zm_str_starts(entry.mode, ZM_STR("100")) ||
		    !is_harmless(entry.path)) {
			continue;
		}
		if (e->count == ZM_GIT_FILES_MAX) {
			return zm_error_set(e->err, "%s: holds more than %d files", e->git->ref,
					    ZM_GIT_FILES_MAX);
		}
		e->entry = zm_arena_grow(&e->arena, e->entry, e->count, &e->capacity,
					 sizeof(*e->entry));
		e->entry[e->count++] = entry;
	}
	return answer.status == 0 ||
	       zm_error_set(e->err, "git says: %.*s", ZM_STR_ARG(answer.complaint));
}

/* The numbers of all files, as a file without name, to be read from its start. */
static int write_numbers(struct git_export *e)
{
	FILE *file = tmpfile();
	int fd = -1;
	if (file == NULL) {
		zm_error_sys(e->err, "a temporary file", "cannot create");
		return -1;
	}
	for (size_t i = 0; i < e->count; i++) {
		fprintf(file, "%.*s\n", ZM_STR_ARG(e->entry[i].number));
	}
	if (fflush(file) == 0 && lseek(fileno(file), 0, SEEK_SET) == 0) {
		fd = dup(fileno(file));
	}
	if (fd < 0) {
		zm_error_sys(e->err, "a temporary file", "cannot write");
	}
	fclose(file);
	return fd;
}

static bool make_folders(struct git_export *e, struct zm_str path)
{
	for (size_t slash = zm_str_find(path, ZM_STR("/"), 0); slash != SIZE_MAX;
	     slash = zm_str_find(path, ZM_STR("/"), slash + 1)) {
		struct zm_str folder =
			zm_arena_printf(&e->arena, "%s/%.*s", e->folder, (int)slash, path.data);
		if (mkdir(folder.data, 0700) != 0 && errno != EEXIST) {
			return zm_error_sys(e->err, folder.data, "cannot create");
		}
	}
	return true;
}

static bool write_file(struct git_export *e, struct zm_str path, struct zm_str bytes)
{
	struct zm_str name = zm_arena_printf(&e->arena, "%s/%.*s", e->folder, ZM_STR_ARG(path));
	if (!make_folders(e, path)) {
		return false;
	}
	int fd = open(name.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		return zm_error_sys(e->err, name.data, "cannot create");
	}
	bool good = true;
	while (good && bytes.len > 0) {
		ssize_t done = write(fd, bytes.data, bytes.len);
		good = done > 0 || (done < 0 && errno == EINTR);
		bytes = zm_str_sub(bytes, done > 0 ? (size_t)done : 0, bytes.len);
	}
	good = good || zm_error_sys(e->err, name.data, "cannot write");
	close(fd);
	return good;
}

/* `NUMBER blob SIZE`, a line end, the bytes, a line end: once a file, in their order. */
static bool write_files(struct git_export *e, struct zm_str bytes)
{
	size_t at = 0;
	for (size_t i = 0; i < e->count; i++) {
		uint64_t size = 0;
		size_t end = zm_str_find(bytes, ZM_STR("\n"), at);
		struct zm_str head = zm_str_sub(bytes, at, end);
		size_t blank = head.len;
		while (blank > 0 && head.data[blank - 1] != ' ') {
			blank--;
		}
		if (end == SIZE_MAX ||
		    !zm_str_number(zm_str_sub(head, blank, head.len), bytes.len - end, &size)) {
			return zm_error_set(e->err, "git does not give %.*s of %s",
					    ZM_STR_ARG(e->entry[i].path), e->git->ref);
		}
		struct zm_str data = zm_str_sub(bytes, end + 1, end + 1 + (size_t)size);
		if (!write_file(e, e->entry[i].path, data)) {
			return false;
		}
		at = end + 1 + (size_t)size + 1;
	}
	return true;
}

static bool copy_files(struct git_export *e)
{
	const char *const argument[] = {"cat-file", "--batch", NULL};
	struct zm_run_output answer;
	int numbers = write_numbers(e);
	if (numbers < 0) {
		return false;
	}
	struct question q = {e->git->top, argument, numbers, ZM_GIT_BYTES_MAX};
	bool good = ask(&answer, &e->arena, &q, e->err);
	close(numbers);
	return good && write_files(e, answer.out);
}

bool zm_git_export(const struct zm_git *git, const char *folder, struct zm_error *err)
{
	struct git_export e = {.git = git, .folder = folder, .err = err};
	bool good = list_files(&e) && copy_files(&e);
	zm_arena_release(&e.arena);
	return good;
}
