#include "base/plan/folders.h"

#include "base/mapping.h"
#include "base/replacing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

/* ---- Folders ---- */

static size_t find_path(const struct zm_plan_folders *folders, const char *path)
{
	size_t i = 0;
	while (i < folders->count && strcmp(folders->item[i].path, path) != 0) {
		i++;
	}
	return i;
}

static size_t find_same(const struct zm_plan_folders *folders, const struct stat *stat)
{
	size_t i = 0;
	while (i < folders->count && (folders->item[i].inode != stat->st_ino ||
				      folders->item[i].device != stat->st_dev)) {
		i++;
	}
	return i;
}

/* A hoster may have a folder for each customer: more than a program may have open without asking.
 */
static int open_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct rlimit limit;
	if (fd < 0 && errno == EMFILE && getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
	    limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	return fd;
}

bool zm_plan_folders_add(struct zm_plan_folders *folders, const char *path, size_t *number,
			 struct zm_error *err)
{
	struct stat stat;
	*number = find_path(folders, path);
	if (*number < folders->count) {
		return true;
	}
	int fd = open_folder(path);
	if (fd < 0 || fstat(fd, &stat) != 0) {
		zm_error_sys(err, path, "cannot open the folder");
		zm_replacing_close(fd);
		return false;
	}
	*number = find_same(folders, &stat);
	if (*number < folders->count) { /* the same one by another path */
		close(fd);
		return true;
	}
	if (folders->count == ZM_PLAN_FOLDERS_MAX) {
		close(fd);
		return zm_error_set(err,
				    "%s: a change of files in more than %d folders at once; mend "
				    "the included file by hand",
				    path, ZM_PLAN_FOLDERS_MAX);
	}
	folders->item[folders->count++] =
		(struct zm_plan_folder){path, fd, stat.st_dev, stat.st_ino};
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct zm_plan_folder *x = *(const struct zm_plan_folder *const *)a;
	const struct zm_plan_folder *y = *(const struct zm_plan_folder *const *)b;
	if (x->device != y->device) {
		return x->device < y->device ? -1 : 1;
	}
	return x->inode < y->inode ? -1 : x->inode > y->inode;
}

bool zm_plan_folders_lock(struct zm_plan_folders *folders, struct zm_error *err)
{
	const struct zm_plan_folder *order[ZM_PLAN_FOLDERS_MAX] = {NULL};
	for (size_t i = 0; i < folders->count; i++) {
		order[i] = &folders->item[i];
	}
	qsort(order, folders->count, sizeof(order[0]), compare);
	for (size_t i = 0; i < folders->count; i++) {
		while (flock(order[i]->fd, LOCK_EX) != 0) {
			if (errno != EINTR) {
				return zm_error_sys(err, order[i]->path, "cannot lock the folder");
			}
		}
	}
	return true;
}

void zm_plan_folders_release(struct zm_plan_folders *folders)
{
	for (size_t i = 0; i < folders->count; i++) {
		flock(folders->item[i].fd, LOCK_UN);
		close(folders->item[i].fd);
	}
	folders->count = 0;
}

bool zm_plan_folders_sync(const struct zm_plan_folders *folders)
{
	int error = 0;
	for (size_t i = 0; i < folders->count; i++) {
		error = fsync(folders->item[i].fd) == 0 ? error : errno;
	}
	errno = error;
	return error == 0;
}

/* ---- Copies ---- */

static bool write_copy(struct zm_replacing *r, struct zm_str text)
{
	if (zm_replacing_create_temporary(r) != ZM_REPLACED ||
	    zm_replacing_write_all(r, text) != ZM_REPLACED) {
		return false;
	}
	if (fsync(r->new) != 0) {
		return zm_error_sys(r->err, r->path, "cannot write the plan to the disk");
	}
	if (renameat(r->folder, r->temporary, r->folder, ZM_PLAN_NAME) != 0) {
		return zm_error_sys(r->err, r->path, "cannot put the plan in its place");
	}
	r->temporary[0] = '\0';
	return true;
}

static bool put_copy(const struct zm_plan_folder *folder, struct zm_str text, struct zm_error *err)
{
	struct zm_replacing r = {.path = folder->path, .err = err, .folder = folder->fd};
	r.new = -1;
	zm_replacing_set_name(&r, "plan");
	bool put = write_copy(&r, text);
	if (r.temporary[0] != '\0') {
		unlinkat(r.folder, r.temporary, 0);
	}
	zm_replacing_close(r.new);
	return put;
}

bool zm_plan_put_copies(const struct zm_plan_folders *folders, struct zm_str text,
			struct zm_error *err)
{
	for (size_t i = 0; i < folders->count; i++) {
		if (!put_copy(&folders->item[i], text, err)) {
			return false;
		}
	}
	return zm_plan_folders_sync(folders) ||
	       zm_error_sys(err, folders->item[0].path, "cannot write the plan to the disk");
}

bool zm_plan_remove_copies(const struct zm_plan_folders *folders)
{
	bool removed = true;
	for (size_t i = 0; i < folders->count; i++) {
		bool gone = unlinkat(folders->item[i].fd, ZM_PLAN_NAME, 0) == 0 || errno == ENOENT;
		removed = removed && gone;
	}
	zm_plan_folders_sync(folders);
	return removed;
}

static bool is_trusted(const struct stat *stat, const char *path, struct zm_error *err)
{
	bool is_ours = stat->st_uid == geteuid() || stat->st_uid == 0;
	if (!is_ours || (stat->st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		return zm_error_set(
			err,
			"%s/%s: belongs to another user or may be written by others, "
			"so it is not trusted; run zonemend fix as user %ju, or remove it",
			path, ZM_PLAN_NAME, (uintmax_t)stat->st_uid);
	}
	return true;
}

enum zm_plan_copy zm_plan_read_copy(struct zm_str *text, struct zm_arena *arena, int folder,
				    const char *path, struct zm_error *err)
{
	struct zm_file file;
	int fd = openat(folder, ZM_PLAN_NAME, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		return ZM_PLAN_ABSENT;
	}
	if (fd < 0) {
		zm_error_sys(err, zm_arena_printf(arena, "%s/%s", path, ZM_PLAN_NAME).data,
			     "cannot read the plan that an earlier fix has left");
		return ZM_PLAN_DOUBTFUL;
	}
	const struct zm_stream opened = {
		fd, zm_arena_printf(arena, "%s/%s", path, ZM_PLAN_NAME).data, ZM_PLAN_BYTES_MAX};
	bool good = zm_file_look(&file, &opened, err) && is_trusted(&file.stat, path, err) &&
		    zm_file_read_opened(&file, arena, &opened, err);
	close(fd);
	*text = good ? file.bytes : ZM_STR("");
	return good ? ZM_PLAN_READ : ZM_PLAN_DOUBTFUL;
}
