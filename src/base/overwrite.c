#include "base/replacing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* The old bytes, malloc()ed; NULL when they cannot be had. */
static char *save_old(struct zm_replacing *r, size_t size)
{
	char *old = malloc(size + 1);
	if (old != NULL && pread(r->old, old, size, 0) != (ssize_t)size) {
		free(old);
		old = NULL;
	}
	return old;
}

static bool write_over(struct zm_replacing *r, struct zm_str bytes)
{
	r->new = r->old;
	bool good = lseek(r->old, 0, SEEK_SET) == 0 &&
		    zm_replacing_write_all(r, bytes) == ZM_REPLACED &&
		    ftruncate(r->old, (off_t)bytes.len) == 0 && fsync(r->old) == 0;
	r->new = -1;
	return good;
}

static enum zm_replace_result overwrite_open(struct zm_replacing *r, struct zm_str bytes)
{
	size_t size = (size_t)r->seen->st_size;
	char *old = save_old(r, size);
	if (old == NULL) {
		return zm_replacing_fail(r, "cannot read it again before it is overwritten");
	}
	enum zm_replace_result result = ZM_REPLACED;
	int error = bytes.len > size ? posix_fallocate(r->old, 0, (off_t)bytes.len) : 0;
	if (error != 0 || !write_over(r, bytes)) {
		errno = error != 0 ? error : errno;
		result = zm_replacing_fail(r, "cannot write into it");
		if (!write_over(r, (struct zm_str){old, size})) {
			zm_error_set(r->err,
				     "%s: could not be written whole, nor its old bytes put back",
				     r->path);
		}
	}
	free(old);
	return result;
}

static enum zm_replace_result overwrite(struct zm_replacing *r, struct zm_str bytes)
{
	enum zm_replace_result result = zm_replacing_enter(r);
	if (result != ZM_REPLACED) {
		return result;
	}
	struct stat now;
	r->old = openat(r->folder, r->name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (r->old < 0) {
		return zm_replacing_fail(r, "cannot open it for writing");
	}
	if (fstat(r->old, &now) != 0) {
		return zm_replacing_fail(r, "cannot be looked at again");
	}
	if (!zm_file_is_same(&now, r->seen)) {
		return zm_replacing_refuse_changed(
			r, "was changed by someone else since it was read; run again");
	}
	return overwrite_open(r, bytes);
}

enum zm_replace_result zm_file_overwrite(const char *path, const struct stat *seen,
					 struct zm_str bytes, struct zm_error *err)
{
	struct zm_replacing r = {.path = path, .seen = seen, .err = err, .in_place = true};
	r.folder = r.old = r.new = -1;
	enum zm_replace_result result = overwrite(&r, bytes);
	zm_replacing_close(r.old);
	zm_replacing_unlock_folder(&r);
	return result;
}
