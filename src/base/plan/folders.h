/*
 * folders: all the folders of a plan, locked together, and the plan's copies in them.
 *
 * The locks are those that zm_file_replace() takes one of; they are taken in the order of the
 * folders' numbers in the file system, so that two runs never wait for each other.
 */
#ifndef ZM_BASE_PLAN_FOLDERS_H
#define ZM_BASE_PLAN_FOLDERS_H

#include "base/plan/plan.h"

struct zm_plan_folder {
	const char *path;
	int fd;
	dev_t device;
	ino_t inode;
};

struct zm_plan_folders {
	struct zm_plan_folder item[ZM_PLAN_FOLDERS_MAX];
	size_t count;
};

/* Opens the folder unless it is one of them already; `*number` is its place. `path` lives as long
 * as they. Fails also when there would be too many. */
bool zm_plan_folders_add(struct zm_plan_folders *folders, const char *path, size_t *number,
			 struct zm_error *err);

/* Waits for the locks of all. */
bool zm_plan_folders_lock(struct zm_plan_folders *folders, struct zm_error *err);

/* Unlocks and closes all. */
void zm_plan_folders_release(struct zm_plan_folders *folders);

/* Puts all names and files in them on the disk; false, with errno, when one fails. */
bool zm_plan_folders_sync(const struct zm_plan_folders *folders);

/* Puts a copy of the plan into each; each appears whole or not at all. */
bool zm_plan_put_copies(const struct zm_plan_folders *folders, struct zm_str text,
			struct zm_error *err);

/* Takes all copies away; false when one stays. A crash may bring one back that could not be taken
 * off the disk: whoever finds it then finds that nothing is left to be done. */
bool zm_plan_remove_copies(const struct zm_plan_folders *folders);

enum zm_plan_copy { ZM_PLAN_ABSENT, ZM_PLAN_READ, ZM_PLAN_DOUBTFUL };

/*
 * Reads the copy in the open folder, which `path` names in messages. DOUBTFUL: `err` says what is
 * there that may not be trusted: no regular file, one of another user than this one or root, or one
 * that others may write.
 */
enum zm_plan_copy zm_plan_read_copy(struct zm_str *text, struct zm_arena *arena, int folder,
				    const char *path, struct zm_error *err);

#endif
