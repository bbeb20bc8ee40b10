#include "base/replacing.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

/*
 * The last look at the file comes right before the rename; no system call can do both at once, so
 * that a writer who takes no lock can still slip in between.
 *
 * After the rename every reader finds the new bytes, which are on the disk already. When the
 * folder's sync fails, only a crash could bring the old file back, whole: that is no failure.
 */
static enum zm_replace_result put_in_place(struct zm_replacing *r)
{
	if (fsync(r->new) != 0) {
		return zm_replacing_fail(r, "cannot write the new file beside it to the disk");
	}
	enum zm_replace_result result = zm_replacing_check_unchanged(r);
	if (result != ZM_REPLACED) {
		return result;
	}
	if (renameat(r->folder, r->temporary, r->folder, r->name) != 0) {
		return zm_replacing_fail(r, "cannot put the new file in its place");
	}
	r->temporary[0] = '\0';
	fsync(r->folder);
	zm_replacing_note_tidy(r);
	return ZM_REPLACED;
}

static enum zm_replace_result replace(struct zm_replacing *r, struct zm_str bytes)
{
	enum zm_replace_result result = zm_replacing_enter(r);
	if (result != ZM_REPLACED) {
		return result;
	}
	zm_replacing_remove_left_over(r);
	result = zm_replacing_create_temporary(r);
	result = result == ZM_REPLACED ? zm_replacing_write_all(r, bytes) : result;
	result = result == ZM_REPLACED ? zm_replacing_copy_attributes(r) : result;
	return result == ZM_REPLACED ? put_in_place(r) : result;
}

enum zm_replace_result zm_file_may_replace(const char *path, const struct stat *seen, bool in_place,
					   struct zm_error *err)
{
	struct zm_replacing r = {.path = path, .seen = seen, .err = err, .in_place = in_place};
	r.folder = -1;
	enum zm_replace_result result = zm_replacing_find_target(&r);
	result = result == ZM_REPLACED ? zm_replacing_open_folder(&r) : result;
	result = result == ZM_REPLACED ? zm_replacing_check_unchanged(&r) : result;
	result = result == ZM_REPLACED ? zm_replacing_check_writable(&r) : result;
	zm_replacing_close(r.folder);
	return result;
}

enum zm_replace_result zm_file_replace(const char *path, const struct stat *seen,
				       struct zm_str bytes, struct zm_error *err)
{
	struct zm_replacing r = {.path = path, .seen = seen, .err = err};
	r.folder = r.old = r.new = -1;
	enum zm_replace_result result = replace(&r, bytes);
	if (r.temporary[0] != '\0') {
		unlinkat(r.folder, r.temporary, 0);
	}
	zm_replacing_close(r.new);
	zm_replacing_close(r.old);
	zm_replacing_unlock_folder(&r);
	return result;
}

void zm_file_tidy(const char *folder)
{
	struct zm_error err;
	struct zm_replacing r = {.path = folder, .err = &err};
	r.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool is_free = r.folder >= 0 && flock(r.folder, LOCK_EX | LOCK_NB) == 0;
	/* What a plan speaks of is not left over. */
	if (is_free && zm_replacing_check_plan(&r) == ZM_REPLACED) {
		zm_replacing_remove_left_over(&r);
	}
	if (is_free) {
		zm_replacing_unlock_folder(&r);
	} else {
		zm_replacing_close(r.folder);
	}
}
