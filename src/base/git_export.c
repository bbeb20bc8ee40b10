#include "base/git_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool make_folders(struct zm_arena *arena, const char *folder, struct zm_str path,
			 struct zm_error *err)
{
	for (size_t slash = zm_str_find(path, ZM_STR("/"), 0); slash != SIZE_MAX;
	     slash = zm_str_find(path, ZM_STR("/"), slash + 1)) {
		struct zm_str name =
			zm_arena_printf(arena, "%s/%.*s", folder, (int)slash, path.data);
		if (mkdir(name.data, 0700) != 0 && errno != EEXIST) {
			return zm_error_sys(err, name.data, "cannot create");
		}
	}
	return true;
}

static bool write_file(struct zm_arena *arena, const char *folder, const struct zm_git_entry *entry,
		       struct zm_error *err)
{
	struct zm_str bytes = entry->bytes;
	struct zm_str name = zm_arena_printf(arena, "%s/%.*s", folder, ZM_STR_ARG(entry->path));
	if (!make_folders(arena, folder, entry->path, err)) {
		return false;
	}
	int fd = open(name.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		return zm_error_sys(err, name.data, "cannot create");
	}
	bool good = true;
	while (good && bytes.len > 0) {
		ssize_t done = write(fd, bytes.data, bytes.len);
		good = done > 0 || (done < 0 && errno == EINTR);
		bytes = zm_str_sub(bytes, done > 0 ? (size_t)done : 0, bytes.len);
	}
	good = good || zm_error_sys(err, name.data, "cannot write");
	close(fd);
	return good;
}

/* Some of the files, from `*next` on. */
static bool write_some(const struct zm_git_tree *tree, const char *folder, size_t *next,
		       struct zm_error *err)
{
	struct zm_git_entry *list[ZM_GIT_FETCH_MAX] = {NULL};
	struct zm_arena arena = {0};
	size_t count = 0;
	for (; *next < tree->count && count < ZM_GIT_FETCH_MAX; ++*next) {
		if (tree->entry[*next].kind == ZM_GIT_FILE) {
			list[count++] = &tree->entry[*next];
		}
	}
	bool good = zm_git_tree_fetch(tree, &arena, list, count, err);
	for (size_t i = 0; good && i < count; i++) {
		good = write_file(&arena, folder, list[i], err);
	}
	zm_arena_release(&arena);
	return good;
}

bool zm_git_export(const struct zm_git *git, const char *folder, struct zm_error *err)
{
	struct zm_arena arena = {0};
	struct zm_git_tree tree;
	bool good = zm_git_tree_list(&tree, &arena, git, err);
	for (size_t next = 0; good && next < tree.count;) {
		good = write_some(&tree, folder, &next, err);
	}
	zm_arena_release(&arena);
	return good;
}
