#include "base/plan/folders.h"
#include "base/plan/record.h"
#include "base/replacing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How far a file has come. */
enum progress { UNTOUCHED, EXCHANGED, RENAMED };

struct replacing_all {
	struct zm_arena arena;
	const struct zm_plan_order *order;
	struct zm_plan_folders folders;
	struct zm_plan plan; /* a file an item */
	size_t prepared;     /* so many have their new file beside them */
	bool is_known;       /* copies of the plan may lie in the folders */
	enum progress *progress;
	struct zm_error *err;
};

static struct zm_replacing replacing_of(struct replacing_all *all, size_t i)
{
	const struct zm_plan_file *file = &all->plan.file[i];
	struct zm_replacing r = {.path = all->order->item[i].path,
				 .seen = all->order->item[i].seen,
				 .err = all->err,
				 .folder = all->folders.item[file->folder].fd};
	r.old = r.new = -1;
	zm_replacing_set_name(&r, file->name);
	return r;
}

/* ---- What there is ---- */

static enum zm_replace_result find_item(struct replacing_all *all, size_t i)
{
	struct zm_plan_file *file = &all->plan.file[i];
	struct zm_replacing r = {.path = all->order->item[i].path, .err = all->err};
	enum zm_replace_result result = zm_replacing_find_target(&r);
	if (result != ZM_REPLACED) {
		return result;
	}
	const char *folder = r.target[0] == '\0' ? "/" : r.target;
	folder = zm_arena_copy(&all->arena, zm_str_from(folder)).data;
	file->name = zm_arena_copy(&all->arena, zm_str_from(r.name)).data;
	return zm_plan_folders_add(&all->folders, folder, &file->folder, all->err)
		       ? ZM_REPLACED
		       : ZM_REPLACE_FAILED;
}

/* Where it cannot be found any more, nobody reads it. */
static bool add_reader(struct replacing_all *all, const char *path)
{
	char target[PATH_MAX];
	size_t number;
	if (realpath(path, target) == NULL) {
		return true;
	}
	char *slash = strrchr(target, '/');
	slash[slash == target] = '\0';
	struct zm_str folder = zm_arena_copy(&all->arena, zm_str_from(target));
	return zm_plan_folders_add(&all->folders, folder.data, &number, all->err);
}

static enum zm_replace_result find_all(struct replacing_all *all)
{
	const struct zm_plan_order *order = all->order;
	if (order->items > ZM_PLAN_FILES_MAX) {
		zm_error_set(all->err, "%s: a change of %zu files at once, the limit is %d",
			     order->item[0].path, order->items, ZM_PLAN_FILES_MAX);
		return ZM_REPLACE_REFUSED;
	}
	all->plan.file = zm_arena_array(&all->arena, order->items, sizeof(*all->plan.file));
	all->progress = zm_arena_array(&all->arena, order->items, sizeof(*all->progress));
	all->plan.files = order->items;
	for (size_t i = 0; i < order->items; i++) {
		enum zm_replace_result result = find_item(all, i);
		if (result != ZM_REPLACED) {
			return result;
		}
	}
	for (size_t i = 0; i < order->readers; i++) {
		if (!add_reader(all, order->reader[i])) {
			return ZM_REPLACE_FAILED;
		}
	}
	return ZM_REPLACED;
}

/* Each gets a file of its own: the plan. */
static enum zm_replace_result check_folders(struct replacing_all *all)
{
	const struct zm_plan_folders *folders = &all->folders;
	all->plan.folders = folders->count;
	all->plan.folder = zm_arena_array(&all->arena, folders->count, sizeof(*all->plan.folder));
	for (size_t i = 0; i < folders->count; i++) {
		struct zm_replacing r = {.path = folders->item[i].path,
					 .err = all->err,
					 .folder = folders->item[i].fd};
		enum zm_replace_result result = zm_replacing_check_plan(&r);
		if (result == ZM_REPLACED) {
			result = zm_replacing_check_folder(
				&r,
				"is a read-only folder, where a plan is needed to change several "
				"files at once");
		}
		if (result != ZM_REPLACED) {
			return result;
		}
		zm_replacing_remove_left_over(&r);
		all->plan.folder[i] = folders->item[i].path;
	}
	return ZM_REPLACED;
}

/* ---- New files beside the old ones ---- */

static enum zm_replace_result make_new(struct replacing_all *all, struct zm_replacing *r, size_t i)
{
	struct zm_plan_file *file = &all->plan.file[i];
	enum zm_replace_result result = zm_replacing_create_temporary(r);
	if (result != ZM_REPLACED) {
		return result;
	}
	file->temporary = zm_arena_copy(&all->arena, zm_str_from(r->temporary)).data;
	all->prepared = i + 1;
	result = zm_replacing_write_all(r, all->order->item[i].after);
	result = result == ZM_REPLACED ? zm_replacing_copy_attributes(r) : result;
	if (result == ZM_REPLACED && fsync(r->new) != 0) {
		result = zm_replacing_fail(r, "cannot write the new file beside it to the disk");
	}
	return result;
}

static enum zm_replace_result prepare(struct replacing_all *all, size_t i)
{
	struct zm_plan_file *file = &all->plan.file[i];
	struct zm_replacing r = replacing_of(all, i);
	enum zm_replace_result result = zm_replacing_check_unchanged(&r);
	result = result == ZM_REPLACED ? zm_replacing_check_writable(&r) : result;
	result = result == ZM_REPLACED ? make_new(all, &r, i) : result;
	file->old = zm_plan_digest_of(all->order->item[i].before);
	file->new = zm_plan_digest_of(all->order->item[i].after);
	zm_replacing_close(r.new);
	zm_replacing_close(r.old);
	return result;
}

static enum zm_replace_result prepare_all(struct replacing_all *all)
{
	for (size_t i = 0; i < all->order->items; i++) {
		enum zm_replace_result result = prepare(all, i);
		if (result != ZM_REPLACED) {
			return result;
		}
	}
	if (!zm_plan_folders_sync(&all->folders)) {
		zm_error_sys(all->err, all->order->item[0].path, "cannot write to the disk");
		return ZM_REPLACE_FAILED;
	}
	return ZM_REPLACED;
}

/* ---- The plan ---- */

static enum zm_replace_result put_plan(struct replacing_all *all)
{
	struct zm_buf text = {.max = ZM_PLAN_BYTES_MAX};
	zm_plan_print(&text, &all->plan);
	bool put =
		!text.full || zm_error_set(all->err,
					   "%s: a change of so many files needs a plan of over %d "
					   "bytes, which is the limit",
					   all->order->item[0].path, ZM_PLAN_BYTES_MAX);
	all->is_known = put;
	put = put && zm_plan_put_copies(&all->folders, zm_buf_str(&text), all->err);
	zm_buf_release(&text);
	return put ? ZM_REPLACED : ZM_REPLACE_FAILED;
}

/*
 * The old file takes the new one's name, so that the exchange can be undone. Not every file system
 * can do that.
 */
static enum zm_replace_result exchange(struct replacing_all *all, size_t i)
{
	const struct zm_plan_file *file = &all->plan.file[i];
	struct zm_replacing r = replacing_of(all, i);
	enum zm_replace_result result = zm_replacing_check_unchanged(&r);
	if (result != ZM_REPLACED) {
		return result;
	}
	if (renameat2(r.folder, file->temporary, r.folder, file->name, RENAME_EXCHANGE) == 0) {
		all->progress[i] = EXCHANGED;
		return ZM_REPLACED;
	}
	if ((errno == EINVAL || errno == ENOSYS || errno == ENOTSUP) &&
	    renameat(r.folder, file->temporary, r.folder, file->name) == 0) {
		all->progress[i] = RENAMED;
		return ZM_REPLACED;
	}
	return zm_replacing_fail(&r, "cannot put the new file in its place");
}

/* The last one first; false when one stays. */
static bool take_back(struct replacing_all *all)
{
	for (size_t i = all->order->items; i-- > 0;) {
		const struct zm_plan_file *file = &all->plan.file[i];
		int folder = all->folders.item[file->folder].fd;
		if (all->progress[i] == UNTOUCHED) {
			continue;
		}
		if (all->progress[i] == RENAMED ||
		    renameat2(folder, file->temporary, folder, file->name, RENAME_EXCHANGE) != 0) {
			return false;
		}
		all->progress[i] = UNTOUCHED;
	}
	return true;
}

static enum zm_replace_result exchange_all(struct replacing_all *all)
{
	enum zm_replace_result result = ZM_REPLACED;
	for (size_t i = 0; i < all->order->items && result == ZM_REPLACED; i++) {
		result = exchange(all, i);
	}
	return result;
}

static bool remove_temporaries(struct replacing_all *all)
{
	bool removed = true;
	for (size_t i = 0; i < all->prepared; i++) {
		const struct zm_plan_file *file = &all->plan.file[i];
		int folder = all->folders.item[file->folder].fd;
		bool gone = unlinkat(folder, file->temporary, 0) == 0 || errno == ENOENT;
		removed = removed && gone;
	}
	return removed;
}

/* ---- The ends ---- */

/* All are in their place. What cannot be cleared away now, the next run does: it finds the plan. */
static void settle(struct replacing_all *all)
{
	if (zm_plan_folders_sync(&all->folders) && remove_temporaries(all)) {
		zm_plan_remove_copies(&all->folders);
	}
}

/* The plan goes first: without it nobody takes the new files for something to be completed. */
static void clear_away(struct replacing_all *all)
{
	if (!all->is_known || zm_plan_remove_copies(&all->folders)) {
		remove_temporaries(all);
	}
}

static enum zm_replace_result replace_all(struct replacing_all *all)
{
	enum zm_replace_result result = find_all(all);
	if (result == ZM_REPLACED && !zm_plan_folders_lock(&all->folders, all->err)) {
		result = ZM_REPLACE_FAILED;
	}
	result = result == ZM_REPLACED ? check_folders(all) : result;
	result = result == ZM_REPLACED ? prepare_all(all) : result;
	result = result == ZM_REPLACED ? put_plan(all) : result;
	result = result == ZM_REPLACED ? exchange_all(all) : result;
	if (result == ZM_REPLACED) {
		settle(all);
	} else if (all->progress == NULL || take_back(all)) {
		clear_away(all);
	} else {
		struct zm_error why = *all->err;
		zm_error_set(all->err,
			     "%.900s; other files of the same change are in their place already: "
			     "run zonemend fix again, which completes it",
			     why.text);
		result = ZM_REPLACE_FAILED;
	}
	return result;
}

enum zm_replace_result zm_plan_replace(const struct zm_plan_order *order, struct zm_error *err)
{
	struct zm_arena first = {0};
	struct replacing_all *all = zm_arena_alloc(&first, sizeof(*all));
	all->order = order;
	all->err = err;
	enum zm_replace_result result = replace_all(all);
	zm_plan_folders_release(&all->folders);
	zm_arena_release(&all->arena);
	zm_arena_release(&first);
	return result;
}
