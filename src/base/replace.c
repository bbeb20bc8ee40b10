#include "base/attributes.h"
#include "base/file.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

enum {
	SUFFIX = 6, /* random letters and digits at the end of a temporary file's name */
	CREATE_TRIES = 100,
	READ_ONLY_BITS = 0222,
};

/* A temporary file is `.NAME.zonemend-` and a suffix, beside NAME. */
static const char MARK[] = ".zonemend-";
static const char LETTERS[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

struct replacing {
	const char *path;        /* as the caller gave it, for messages */
	const struct stat *seen; /* what the file must still be */
	struct zm_error *err;
	bool in_place;         /* the file itself is written */
	char target[PATH_MAX]; /* the file's real path, cut into folder and name */
	const char *name;
	int folder;
	int old;                   /* the file itself, open for reading */
	int new;                   /* the temporary file */
	char prefix[NAME_MAX + 1]; /* of the temporary file's name, all but its suffix */
	char temporary[NAME_MAX + 1];
};

static enum zm_replace_result refuse(struct replacing *r, const char *why)
{
	zm_error_set(r->err, "%s: %s", r->path, why);
	return ZM_REPLACE_REFUSED;
}

static enum zm_replace_result refuse_changed(struct replacing *r, const char *why)
{
	refuse(r, why);
	return ZM_REPLACE_CHANGED;
}

static enum zm_replace_result fail(struct replacing *r, const char *what)
{
	zm_error_sys(r->err, r->path, what);
	return ZM_REPLACE_FAILED;
}

/* Follows links, so that the rename replaces the file and not the link to it. */
static enum zm_replace_result find_target(struct replacing *r)
{
	if (realpath(r->path, r->target) == NULL) {
		if (errno == ENOENT || errno == ENOTDIR) {
			return refuse_changed(r, "is gone since it was read; run again");
		}
		return fail(r, "cannot be found any more");
	}
	char *slash = strrchr(r->target, '/'); /* realpath() begins with one */
	*slash = '\0';
	r->name = slash + 1;
	/* Clipped where the whole would pass what a name may have. */
	int room = NAME_MAX - (int)strlen(MARK) - SUFFIX - 1;
	snprintf(r->prefix, sizeof(r->prefix), ".%.*s%s", room, r->name, MARK);
	return ZM_REPLACED;
}

static enum zm_replace_result open_folder(struct replacing *r)
{
	const char *folder = r->target[0] == '\0' ? "/" : r->target;
	r->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->folder < 0) {
		return fail(r, "cannot open its folder");
	}
	return ZM_REPLACED;
}

/* A lock on the folder, not on the file: the file is another one after each replacement. */
static enum zm_replace_result lock_folder(struct replacing *r)
{
	if (open_folder(r) != ZM_REPLACED) {
		return ZM_REPLACE_FAILED;
	}
	while (flock(r->folder, LOCK_EX) != 0) {
		if (errno != EINTR) {
			return fail(r, "cannot lock its folder");
		}
	}
	return ZM_REPLACED;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       same_time(a->st_mtim, b->st_mtim) && same_time(a->st_ctim, b->st_ctim);
}

static enum zm_replace_result check_unchanged(struct replacing *r)
{
	struct stat now;
	if (fstatat(r->folder, r->name, &now, AT_SYMLINK_NOFOLLOW) != 0) {
		return refuse_changed(r, "is gone since it was read; run again");
	}
	if (now.st_nlink > 1 && !r->in_place) {
		return refuse(r, "has several hard links, and replacing it would leave the old "
				 "bytes under the other names; make them symbolic links, or use "
				 "--in-place");
	}
	if (!S_ISREG(now.st_mode) || !same_file(&now, r->seen)) {
		return refuse_changed(r,
				      "was changed by someone else since it was read; run again");
	}
	return ZM_REPLACED;
}

/*
 * Whoever made a file or folder read-only meant it, also for root, who could write all the same: so
 * no bit for writing at all is as good as a refusal by the system.
 */
static bool is_read_only(int folder, const char *name)
{
	struct stat stat;
	return faccessat(folder, name, W_OK, AT_EACCESS) != 0 ||
	       fstatat(folder, name, &stat, 0) != 0 || (stat.st_mode & READ_ONLY_BITS) == 0;
}

static enum zm_replace_result check_writable(struct replacing *r)
{
	if (is_read_only(r->folder, r->name)) {
		return refuse(r, "is a read-only file; make it writable, or run as its owner");
	}
	if (!r->in_place && is_read_only(r->folder, ".")) {
		return refuse(r, "is in a read-only folder, where a new file is needed beside it; "
				 "make the folder writable, or run as its owner");
	}
	return ZM_REPLACED;
}

/* Six letters and digits, and not a small-letter word such as `backup` that a person would write.
 */
static bool is_suffix(const char *s)
{
	size_t len = strspn(s, LETTERS);
	size_t small = strspn(s, "abcdefghijklmnopqrstuvwxyz");
	return len == SUFFIX && s[len] == '\0' && small < SUFFIX;
}

/* Root's may have been given its file's owner already; nobody else can give a file away. */
static bool may_be_ours(const struct stat *stat)
{
	return geteuid() == 0 || stat->st_uid == geteuid();
}

/* Of an earlier run that was killed: with the lock held no other run is at work here. */
static bool is_left_over(const struct replacing *r, const char *name)
{
	struct stat stat;
	const size_t tail = strlen(MARK) + SUFFIX;
	size_t len = strlen(name);
	if (name[0] != '.' || len <= tail) {
		return false;
	}
	const char *mark = name + len - tail;
	return strncmp(mark, MARK, strlen(MARK)) == 0 && is_suffix(mark + strlen(MARK)) &&
	       fstatat(r->folder, name, &stat, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(stat.st_mode) &&
	       may_be_ours(&stat);
}

/* The last folder as this thread left it, tidy: until somebody changes it, looking again at all
 * its files for each one that is replaced would be quadratic. */
static _Thread_local struct stat left_tidy;

static bool is_as_we_left_it(int folder)
{
	struct stat now;
	return fstat(folder, &now) == 0 && same_file(&now, &left_tidy);
}

/* Untidy at worst, so that nothing here stops the work. */
static void remove_left_over(struct replacing *r)
{
	if (is_as_we_left_it(r->folder)) {
		return;
	}
	int fd = openat(r->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *listing = fd < 0 ? NULL : fdopendir(fd);
	if (listing == NULL) {
		if (fd >= 0) {
			close(fd);
		}
		return;
	}
	for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
		if (is_left_over(r, entry->d_name)) {
			unlinkat(r->folder, entry->d_name, 0);
		}
	}
	closedir(listing);
}

/* False when the system has no random bytes. */
static bool draw_suffix(char suffix[SUFFIX + 1])
{
	unsigned char random[SUFFIX];
	do {
		if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
			return false;
		}
		for (size_t i = 0; i < SUFFIX; i++) {
			suffix[i] = LETTERS[random[i] % (sizeof(LETTERS) - 1)];
		}
		suffix[SUFFIX] = '\0';
	} while (!is_suffix(suffix));
	return true;
}

static enum zm_replace_result create_temporary(struct replacing *r)
{
	for (int i = 0; i < CREATE_TRIES; i++) {
		char suffix[SUFFIX + 1];
		if (!draw_suffix(suffix)) {
			return fail(r, "cannot draw a random name");
		}
		snprintf(r->temporary, sizeof(r->temporary), "%.*s%s",
			 (int)(sizeof(r->temporary) - sizeof(suffix)), r->prefix, suffix);
		r->new = openat(r->folder, r->temporary,
				O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (r->new >= 0) {
			return ZM_REPLACED;
		}
		if (errno != EEXIST) {
			break;
		}
	}
	r->temporary[0] = '\0';
	return fail(r, "cannot create a file beside it");
}

static enum zm_replace_result write_all(struct replacing *r, struct zm_str bytes)
{
	size_t done = 0;
	while (done < bytes.len) {
		ssize_t wrote = write(r->new, bytes.data + done, bytes.len - done);
		if (wrote < 0 && errno != EINTR) {
			return fail(r, "cannot write the new file beside it");
		}
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	return ZM_REPLACED;
}

static enum zm_replace_result copy_attributes(struct replacing *r)
{
	r->old = openat(r->folder, r->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (r->old < 0) {
		return fail(r, "cannot open it to keep its mode and owner");
	}
	struct stat old;
	if (fstat(r->old, &old) != 0 || !same_file(&old, r->seen)) {
		return refuse_changed(r,
				      "was changed by someone else since it was read; run again");
	}
	return zm_attributes_copy(r->old, r->new, r->path, r->err) ? ZM_REPLACED
								   : ZM_REPLACE_REFUSED;
}

/*
 * The last look at the file comes right before the rename; no system call can do both at once, so
 * that a writer who takes no lock can still slip in between.
 *
 * After the rename every reader finds the new bytes, which are on the disk already. When the
 * folder's sync fails, only a crash could bring the old file back, whole: that is no failure.
 */
static enum zm_replace_result put_in_place(struct replacing *r)
{
	if (fsync(r->new) != 0) {
		return fail(r, "cannot write the new file beside it to the disk");
	}
	enum zm_replace_result result = check_unchanged(r);
	if (result != ZM_REPLACED) {
		return result;
	}
	if (renameat(r->folder, r->temporary, r->folder, r->name) != 0) {
		return fail(r, "cannot put the new file in its place");
	}
	r->temporary[0] = '\0';
	fsync(r->folder);
	if (fstat(r->folder, &left_tidy) != 0) {
		left_tidy = (struct stat){0};
	}
	return ZM_REPLACED;
}

static enum zm_replace_result replace(struct replacing *r, struct zm_str bytes)
{
	enum zm_replace_result result = find_target(r);
	result = result == ZM_REPLACED ? lock_folder(r) : result;
	result = result == ZM_REPLACED ? check_unchanged(r) : result;
	result = result == ZM_REPLACED ? check_writable(r) : result;
	if (result != ZM_REPLACED) {
		return result;
	}
	remove_left_over(r);
	result = create_temporary(r);
	result = result == ZM_REPLACED ? write_all(r, bytes) : result;
	result = result == ZM_REPLACED ? copy_attributes(r) : result;
	return result == ZM_REPLACED ? put_in_place(r) : result;
}

static void close_if_open(int fd)
{
	if (fd >= 0) {
		close(fd);
	}
}

/* Said aloud: a descriptor that does not go with close() would make the next file wait for ever. */
static void unlock_folder(struct replacing *r)
{
	if (r->folder >= 0) {
		flock(r->folder, LOCK_UN);
		close(r->folder);
	}
}

enum zm_replace_result zm_file_may_replace(const char *path, const struct stat *seen, bool in_place,
					   struct zm_error *err)
{
	struct replacing r = {.path = path, .seen = seen, .err = err, .in_place = in_place};
	r.folder = -1;
	enum zm_replace_result result = find_target(&r);
	result = result == ZM_REPLACED ? open_folder(&r) : result;
	result = result == ZM_REPLACED ? check_unchanged(&r) : result;
	result = result == ZM_REPLACED ? check_writable(&r) : result;
	close_if_open(r.folder);
	return result;
}

enum zm_replace_result zm_file_replace(const char *path, const struct stat *seen,
				       struct zm_str bytes, struct zm_error *err)
{
	struct replacing r = {.path = path, .seen = seen, .err = err};
	r.folder = r.old = r.new = -1;
	enum zm_replace_result result = replace(&r, bytes);
	if (r.temporary[0] != '\0') {
		unlinkat(r.folder, r.temporary, 0);
	}
	close_if_open(r.new);
	close_if_open(r.old);
	unlock_folder(&r);
	return result;
}

/* ---- In place ---- */

/* The old bytes, malloc()ed; NULL when they cannot be had. */
static char *save_old(struct replacing *r, size_t size)
{
	char *old = malloc(size + 1);
	if (old != NULL && pread(r->old, old, size, 0) != (ssize_t)size) {
		free(old);
		old = NULL;
	}
	return old;
}

static bool write_over(struct replacing *r, struct zm_str bytes)
{
	r->new = r->old;
	bool good = lseek(r->old, 0, SEEK_SET) == 0 && write_all(r, bytes) == ZM_REPLACED &&
		    ftruncate(r->old, (off_t)bytes.len) == 0 && fsync(r->old) == 0;
	r->new = -1;
	return good;
}

static enum zm_replace_result overwrite_open(struct replacing *r, struct zm_str bytes)
{
	size_t size = (size_t)r->seen->st_size;
	char *old = save_old(r, size);
	if (old == NULL) {
		return fail(r, "cannot read it again before it is overwritten");
	}
	enum zm_replace_result result = ZM_REPLACED;
	int error = bytes.len > size ? posix_fallocate(r->old, 0, (off_t)bytes.len) : 0;
	if (error != 0 || !write_over(r, bytes)) {
		errno = error != 0 ? error : errno;
		result = fail(r, "cannot write into it");
		if (!write_over(r, (struct zm_str){old, size})) {
			zm_error_set(r->err,
				     "%s: could not be written whole, nor its old bytes put back",
				     r->path);
		}
	}
	free(old);
	return result;
}

static enum zm_replace_result overwrite(struct replacing *r, struct zm_str bytes)
{
	enum zm_replace_result result = find_target(r);
	result = result == ZM_REPLACED ? lock_folder(r) : result;
	result = result == ZM_REPLACED ? check_unchanged(r) : result;
	result = result == ZM_REPLACED ? check_writable(r) : result;
	if (result != ZM_REPLACED) {
		return result;
	}
	struct stat now;
	r->old = openat(r->folder, r->name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (r->old < 0) {
		return fail(r, "cannot open it for writing");
	}
	if (fstat(r->old, &now) != 0 || !same_file(&now, r->seen)) {
		return refuse_changed(r,
				      "was changed by someone else since it was read; run again");
	}
	return overwrite_open(r, bytes);
}

enum zm_replace_result zm_file_overwrite(const char *path, const struct stat *seen,
					 struct zm_str bytes, struct zm_error *err)
{
	struct replacing r = {.path = path, .seen = seen, .err = err, .in_place = true};
	r.folder = r.old = r.new = -1;
	enum zm_replace_result result = overwrite(&r, bytes);
	close_if_open(r.old);
	unlock_folder(&r);
	return result;
}
