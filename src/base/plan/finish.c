#include "base/path.h"
#include "base/plan/folders.h"
#include "base/plan/record.h"
#include "base/mapping.h"
#include "base/replacing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Where a file of the plan stands. */
enum standing {
	AHEAD,   /* old, the new one beside it */
	PASSED,  /* it is in its place, or was and has been changed since */
	LOST,    /* old, and nothing beside it */
	CHANGED, /* something else than the plan knows */
	GONE,    /* with its folder, so that nobody knows */
	STANDINGS
};

struct finishing {
	struct zm_plan_left *left;
	struct zm_arena arena;
	struct zm_plan_folders folders;
	struct zm_plan plan;
	struct zm_str text;      /* of the plan */
	size_t *number;          /* of each of the plan's folders: its place among `folders` */
	enum standing *standing; /* of each file */
	size_t count[STANDINGS];
	size_t changed; /* the last file that is CHANGED, LOST or GONE */
	bool is_whole;  /* all folders have the plan */
	struct zm_error *err;
};

static bool refuse(struct finishing *f, const char *why)
{
	return zm_error_set(f->err, "%s/%s: %s", f->left->folder, ZM_PLAN_NAME, why);
}

/* `why`: what of it makes that nobody but a person can tell what is to be done. */
static bool leave_to_person(struct finishing *f, const char *why)
{
	return zm_error_set(f->err,
			    "%s/%s: an earlier fix of several files was cut short, and cannot be "
			    "completed, for %s; see that each file listed in it is as it shall be "
			    "and its serial bumped, then remove it",
			    f->left->folder, ZM_PLAN_NAME, why);
}

/* ---- Reading ---- */

static enum zm_plan_copy read_here(struct finishing *f, struct zm_str *text)
{
	int fd = open(f->left->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		return ZM_PLAN_ABSENT; /* then nothing is read there either */
	}
	enum zm_plan_copy copy = zm_plan_read_copy(text, &f->arena, fd, f->left->folder, f->err);
	close(fd);
	return copy;
}

static bool is_bounded(const char *folder, const char *root)
{
	char real_root[PATH_MAX];
	bool is_root =
		root != NULL && realpath(root, real_root) != NULL && strcmp(folder, real_root) == 0;
	return root == NULL || is_root || zm_path_is_below(folder, root);
}

/* Opens its folders. One that is gone has no plan, so that it is not whole. */
static bool open_folder(struct finishing *f, size_t i)
{
	char real_path[PATH_MAX];
	const char *path = f->plan.folder[i];
	f->number[i] = SIZE_MAX;
	if (realpath(path, real_path) == NULL) {
		return errno == ENOENT || errno == ENOTDIR ||
		       zm_error_sys(f->err, path, "cannot open the folder of an earlier fix");
	}
	if (strcmp(path, real_path) != 0) {
		return leave_to_person(
			f, zm_arena_printf(&f->arena, "%s is a link by now", path).data);
	}
	if (!is_bounded(path, f->left->root)) {
		return zm_error_set(f->err,
				    "%s/%s: names %s, outside of the root folder %s; give "
				    "another --root",
				    f->left->folder, ZM_PLAN_NAME, path, f->left->root);
	}
	return zm_plan_folders_add(&f->folders, path, &f->number[i], f->err);
}

/* A plan speaks of the folders that it lies in. One that came with a tree which was moved or copied
 * speaks of the place where that was, and of what may lie there by now. */
static bool is_of_its_folder(const struct finishing *f)
{
	struct stat here;
	bool is_one = false;
	bool is_known = stat(f->left->folder, &here) == 0;
	for (size_t i = 0; is_known && i < f->folders.count; i++) {
		const struct zm_plan_folder *folder = &f->folders.item[i];
		is_one = is_one || (folder->inode == here.st_ino && folder->device == here.st_dev);
	}
	return is_one;
}

static bool open_all(struct finishing *f)
{
	if (!zm_plan_parse(&f->plan, &f->arena, f->text)) {
		return refuse(f,
			      "is no plan of zonemend's, or not whole; see what the files beside "
			      "it hold, then remove it");
	}
	f->number = zm_arena_array(&f->arena, f->plan.folders, sizeof(*f->number));
	for (size_t i = 0; i < f->plan.folders; i++) {
		if (!open_folder(f, i)) {
			return false;
		}
	}
	if (!is_of_its_folder(f)) {
		return leave_to_person(f, "it was moved or copied here from another folder");
	}
	return zm_plan_folders_lock(&f->folders, f->err);
}

/*
 * A plan is acted upon in folders that have it too: so nobody who may write into one folder makes
 * another one change.
 */
static bool compare_copies(struct finishing *f)
{
	f->is_whole = true;
	for (size_t i = 0; i < f->plan.folders; i++) {
		struct zm_str text = {0};
		enum zm_plan_copy copy = ZM_PLAN_ABSENT;
		if (f->number[i] != SIZE_MAX) {
			copy = zm_plan_read_copy(&text, &f->arena, f->folders.item[f->number[i]].fd,
						 f->plan.folder[i], f->err);
		}
		if (copy == ZM_PLAN_DOUBTFUL) {
			return false;
		}
		if (copy == ZM_PLAN_READ && !zm_str_eq(text, f->text)) {
			return zm_error_set(f->err,
					    "%s/%s: is another plan than %s/%s; mend the "
					    "files by hand, then remove both",
					    f->plan.folder[i], ZM_PLAN_NAME, f->left->folder,
					    ZM_PLAN_NAME);
		}
		f->is_whole = f->is_whole && copy == ZM_PLAN_READ;
	}
	return true;
}

/* ---- Where the files stand ---- */

enum content { MISSING, OLD, NEW, OTHER };

static enum content content_of(struct finishing *f, const struct zm_plan_file *file,
			       const char *name)
{
	struct zm_arena arena = {0};
	struct zm_file read;
	struct zm_error err;
	struct zm_stream opened = {.name = name};
	opened.fd = openat(f->folders.item[f->number[file->folder]].fd, name,
			   O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (opened.fd < 0) {
		return errno == ENOENT ? MISSING : OTHER;
	}
	enum content content = OTHER;
	if (zm_file_look(&read, &opened, &err) &&
	    zm_file_read_opened(&read, &arena, &opened, &err)) {
		struct zm_plan_digest digest = zm_plan_digest_of(read.bytes);
		bool is_old = zm_plan_digest_eq(digest, file->old);
		bool is_new = zm_plan_digest_eq(digest, file->new);
		content = is_new ? NEW : is_old ? OLD : OTHER;
	}
	close(opened.fd);
	zm_arena_release(&arena);
	return content;
}

static enum standing standing_of(struct finishing *f, const struct zm_plan_file *file)
{
	if (f->number[file->folder] == SIZE_MAX) {
		return GONE;
	}
	enum content beside = content_of(f, file, file->temporary);
	enum content target = content_of(f, file, file->name);
	if (beside == NEW) {
		return target == OLD ? AHEAD : CHANGED;
	}
	if (beside == OTHER || (beside == OLD && target == OLD)) {
		return CHANGED;
	}
	return target == OLD ? LOST : PASSED;
}

static void look_at_files(struct finishing *f)
{
	f->standing = zm_arena_array(&f->arena, f->plan.files, sizeof(*f->standing));
	for (size_t i = 0; i < f->plan.files; i++) {
		f->standing[i] = standing_of(f, &f->plan.file[i]);
		f->count[f->standing[i]]++;
		if (f->standing[i] != AHEAD && f->standing[i] != PASSED) {
			f->changed = i;
		}
	}
}

/* ---- Acting ---- */

static const char *path_of(struct finishing *f, struct zm_arena *arena,
			   const struct zm_plan_file *file)
{
	const char *folder = f->plan.folder[file->folder];
	return zm_arena_printf(arena, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, file->name)
		.data;
}

static bool clear_away(struct finishing *f)
{
	bool gone = true;
	for (size_t i = 0; i < f->plan.files; i++) {
		const struct zm_plan_file *file = &f->plan.file[i];
		int folder = f->folders.item[f->number[file->folder]].fd;
		gone = (unlinkat(folder, file->temporary, 0) == 0 || errno == ENOENT) && gone;
	}
	return gone ||
	       zm_error_sys(f->err, f->left->folder, "cannot remove what an earlier fix has left");
}

static bool remove_plan(struct finishing *f)
{
	return zm_plan_remove_copies(&f->folders) ||
	       zm_error_sys(f->err, f->left->folder,
			    "cannot remove the plan that an earlier fix has left");
}

static bool complete(struct finishing *f, struct zm_arena *arena)
{
	struct zm_plan_left *left = f->left;
	left->file = zm_arena_array(arena, f->plan.files, sizeof(*left->file));
	for (size_t i = 0; i < f->plan.files; i++) {
		const struct zm_plan_file *file = &f->plan.file[i];
		const char *path = path_of(f, arena, file);
		int folder = f->folders.item[f->number[file->folder]].fd;
		if (f->standing[i] != AHEAD) {
			continue;
		}
		if (renameat(folder, file->temporary, folder, file->name) != 0) {
			return zm_error_sys(f->err, path, "cannot complete an earlier fix of it");
		}
		left->file[left->files++] = path;
	}
	return (zm_plan_folders_sync(&f->folders) ||
		zm_error_sys(f->err, left->folder, "cannot write to the disk")) &&
	       clear_away(f) && remove_plan(f);
}

static bool refuse_changed(struct finishing *f)
{
	const char *path = path_of(f, &f->arena, &f->plan.file[f->changed]);
	bool is_gone = f->standing[f->changed] == GONE;
	return leave_to_person(
		f, zm_arena_printf(&f->arena, "%s %s", path,
				   is_gone ? "is gone with its folder" : "has been changed since")
			   .data);
}

/* Either nothing has come into its place yet, for the plan was not known everywhere, or somebody
 * has put all back and cleared away. */
static bool is_unbegun(const struct finishing *f)
{
	bool all_old = f->count[PASSED] + f->count[CHANGED] + f->count[GONE] == 0;
	return all_old && (!f->is_whole || f->count[AHEAD] == 0);
}

static enum zm_plan_end act(struct finishing *f, struct zm_arena *arena)
{
	if (is_unbegun(f)) {
		return remove_plan(f) && clear_away(f) ? ZM_PLAN_UNDONE : ZM_PLAN_REFUSED;
	}
	bool is_doubtful = f->count[LOST] + f->count[CHANGED] + f->count[GONE] > 0 ||
			   (f->count[AHEAD] > 0 && !f->is_whole);
	if (is_doubtful && f->count[AHEAD] + f->count[PASSED] == f->plan.files) {
		leave_to_person(f, "not all folders that it names have a copy of it");
		return ZM_PLAN_REFUSED;
	}
	if (is_doubtful) {
		refuse_changed(f);
		return ZM_PLAN_REFUSED;
	}
	return complete(f, arena) ? ZM_PLAN_COMPLETED : ZM_PLAN_REFUSED;
}

/* With the locks held, so that it is nobody's work of this moment. */
static enum zm_plan_end finish_locked(struct finishing *f, struct zm_arena *arena)
{
	struct zm_str text;
	switch (read_here(f, &text)) {
	case ZM_PLAN_ABSENT:
		return ZM_PLAN_NONE;
	case ZM_PLAN_DOUBTFUL:
		return ZM_PLAN_REFUSED;
	default:
		break;
	}
	if (!zm_str_eq(text, f->text)) {
		refuse(f, "changes while it is read; run again");
		return ZM_PLAN_REFUSED;
	}
	if (!compare_copies(f)) {
		return ZM_PLAN_REFUSED;
	}
	look_at_files(f);
	return act(f, arena);
}

static enum zm_plan_end finish(struct finishing *f, struct zm_arena *arena)
{
	switch (read_here(f, &f->text)) {
	case ZM_PLAN_ABSENT:
		return ZM_PLAN_NONE;
	case ZM_PLAN_DOUBTFUL:
		return ZM_PLAN_REFUSED;
	default:
		return open_all(f) ? finish_locked(f, arena) : ZM_PLAN_REFUSED;
	}
}

static enum zm_plan_sight see(const char *folder, struct zm_error *err)
{
	struct zm_arena arena = {0};
	struct stat stat;
	const char *path = zm_arena_printf(&arena, "%s/%s", folder, ZM_PLAN_NAME).data;
	bool is_there = lstat(path, &stat) == 0;
	/* Where nobody gets into the folder, no file of it is read either. */
	bool is_known = is_there || errno == ENOENT || errno == ENOTDIR || errno == EACCES;
	if (!is_known) {
		zm_error_sys(err, path, "cannot tell whether an earlier fix was cut short here");
	}
	zm_arena_release(&arena);
	return !is_known ? ZM_PLAN_UNKNOWN : is_there ? ZM_PLAN_LEFT : ZM_PLAN_NOT_THERE;
}

enum zm_plan_end zm_plan_finish(struct zm_plan_left *left, struct zm_arena *arena,
				struct zm_error *err)
{
	struct zm_arena first = {0};
	enum zm_plan_sight sight = see(left->folder, err);
	if (sight != ZM_PLAN_LEFT) {
		return sight == ZM_PLAN_UNKNOWN ? ZM_PLAN_REFUSED : ZM_PLAN_NONE;
	}
	struct finishing *f = zm_arena_alloc(&first, sizeof(*f));
	f->left = left;
	f->err = err;
	enum zm_plan_end end = finish(f, arena);
	zm_plan_folders_release(&f->folders);
	zm_arena_release(&f->arena);
	zm_arena_release(&first);
	return end;
}

enum zm_plan_sight zm_plan_look(const char *folder, struct zm_error *err)
{
	enum zm_plan_sight sight = see(folder, err);
	if (sight != ZM_PLAN_LEFT) {
		return sight;
	}
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool at_work = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;
	zm_replacing_close(fd);
	return at_work ? ZM_PLAN_NOT_THERE : see(folder, err);
}
