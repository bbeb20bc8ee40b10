#include "base/plan/plan.h"
#include "base/replacing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { READ_ONLY_BITS = 0222 };

/* ---- Saying why not ---- */

enum zm_replace_result zm_replacing_refuse(struct zm_replacing *r, const char *why)
{
	zm_error_set(r->err, "%s: %s", r->path, why);
	return ZM_REPLACE_REFUSED;
}

enum zm_replace_result zm_replacing_refuse_changed(struct zm_replacing *r, const char *why)
{
	zm_replacing_refuse(r, why);
	return ZM_REPLACE_CHANGED;
}

enum zm_replace_result zm_replacing_fail(struct zm_replacing *r, const char *what)
{
	zm_error_sys(r->err, r->path, what);
	return ZM_REPLACE_FAILED;
}

/* What is not there any more was changed; all else that keeps us from looking is the world's fault.
 */
static enum zm_replace_result fail_to_look(struct zm_replacing *r, const char *what)
{
	bool is_gone = errno == ENOENT || errno == ENOTDIR;
	return is_gone ? zm_replacing_refuse_changed(r, "is gone since it was read; run again")
		       : zm_replacing_fail(r, what);
}

/* ---- The folder ---- */

enum zm_replace_result zm_replacing_find_target(struct zm_replacing *r)
{
	if (realpath(r->path, r->target) == NULL) {
		return fail_to_look(r, "cannot be found any more");
	}
	char *slash = strrchr(r->target, '/'); /* realpath() begins with one */
	*slash = '\0';
	zm_replacing_set_name(r, slash + 1);
	return ZM_REPLACED;
}

enum zm_replace_result zm_replacing_open_folder(struct zm_replacing *r)
{
	const char *folder = r->target[0] == '\0' ? "/" : r->target;
	r->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->folder < 0) {
		return zm_replacing_fail(r, "cannot open its folder");
	}
	return ZM_REPLACED;
}

/* A lock on the folder, not on the file: the file is another one after each replacement. */
enum zm_replace_result zm_replacing_lock_folder(struct zm_replacing *r)
{
	if (zm_replacing_open_folder(r) != ZM_REPLACED) {
		return ZM_REPLACE_FAILED;
	}
	while (flock(r->folder, LOCK_EX) != 0) {
		if (errno != EINTR) {
			return zm_replacing_fail(r, "cannot lock its folder");
		}
	}
	return zm_replacing_check_plan(r);
}

enum zm_replace_result zm_replacing_check_plan(struct zm_replacing *r)
{
	if (faccessat(r->folder, ZM_PLAN_NAME, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		return zm_replacing_refuse(r, "an earlier fix of several files was cut short in "
					      "its folder; run zonemend fix again, which completes "
					      "it or says what to do");
	}
	/* Where nobody can tell, one may be there, and what it speaks of is not to be mixed up. */
	return errno == ENOENT ? ZM_REPLACED
			       : zm_replacing_fail(r, "cannot tell whether an earlier fix was cut "
						      "short in its folder");
}

/* Said aloud: a descriptor that does not go with close() would make the next file wait for ever. */
void zm_replacing_unlock_folder(struct zm_replacing *r)
{
	if (r->folder >= 0) {
		flock(r->folder, LOCK_UN);
		close(r->folder);
	}
}

void zm_replacing_close(int fd)
{
	if (fd >= 0) {
		close(fd);
	}
}

/* ---- The file ---- */

enum zm_replace_result zm_replacing_check_unchanged(struct zm_replacing *r)
{
	struct stat now;
	if (fstatat(r->folder, r->name, &now, AT_SYMLINK_NOFOLLOW) != 0) {
		return fail_to_look(r, "cannot be looked at again");
	}
	if (now.st_nlink > 1 && !r->in_place) {
		return zm_replacing_refuse(
			r, "has several hard links, and replacing it would leave the old "
			   "bytes under the other names; make them symbolic links, or use "
			   "--in-place");
	}
	if (!S_ISREG(now.st_mode) || !zm_file_is_same(&now, r->seen)) {
		return zm_replacing_refuse_changed(
			r, "was changed by someone else since it was read; run again");
	}
	return ZM_REPLACED;
}

static enum zm_replace_result refuse_read_only(struct zm_replacing *r, const char *what,
					       const char *advice)
{
	zm_error_set(r->err, "%s: %s; %s", r->path, what, advice);
	return ZM_REPLACE_REFUSED;
}

static enum zm_replace_result refuse_by_cause(struct zm_replacing *r, const char *what, int cause)
{
	return refuse_read_only(r, what,
				cause == EROFS
					? "its file system is mounted so"
					: "make it writable for this user, or run as its owner");
}

/*
 * Whoever made a file or folder read-only meant it, also for root, who could write all the same: so
 * no bit for writing at all is as good as a refusal by the system.
 */
static enum zm_replace_result check_one(struct zm_replacing *r, const char *name, const char *what)
{
	struct stat stat;
	if (fstatat(r->folder, name, &stat, 0) != 0) {
		return fail_to_look(r, "cannot be looked at again");
	}
	if ((stat.st_mode & READ_ONLY_BITS) == 0) {
		return refuse_read_only(r, what, "make it writable, if that is not meant");
	}
	if (faccessat(r->folder, name, W_OK, AT_EACCESS) == 0) {
		return ZM_REPLACED;
	}
	int cause = errno;
	bool is_forbidden = cause == EACCES || cause == EPERM || cause == EROFS;
	return is_forbidden ? refuse_by_cause(r, what, cause)
			    : fail_to_look(r, "cannot be asked whether it may be written");
}

enum zm_replace_result zm_replacing_check_writable(struct zm_replacing *r)
{
	enum zm_replace_result result = check_one(r, r->name, "is a read-only file");
	if (r->in_place || result != ZM_REPLACED) {
		return result;
	}
	return zm_replacing_check_folder(
		r, "is in a read-only folder, where a new file is needed beside it");
}

enum zm_replace_result zm_replacing_check_folder(struct zm_replacing *r, const char *what)
{
	return check_one(r, ".", what);
}

enum zm_replace_result zm_replacing_enter(struct zm_replacing *r)
{
	enum zm_replace_result result = zm_replacing_find_target(r);
	result = result == ZM_REPLACED ? zm_replacing_lock_folder(r) : result;
	result = result == ZM_REPLACED ? zm_replacing_check_unchanged(r) : result;
	return result == ZM_REPLACED ? zm_replacing_check_writable(r) : result;
}
