#include "base/attributes.h"

#include "base/arena.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { MODE_BITS = 07777 };

/* Two files, and room for what lies between them. */
struct copying {
	int from;
	int to;
	const char *path;
	struct zm_arena scratch;
	struct zm_error *err;
};

static bool copy_owner(struct copying *copying, const struct stat *from)
{
	struct stat to;
	if (fstat(copying->to, &to) != 0) {
		return zm_error_sys(copying->err, copying->path, "cannot look at the new file");
	}
	if (to.st_uid == from->st_uid && to.st_gid == from->st_gid) {
		return true;
	}
	if (fchown(copying->to, from->st_uid, from->st_gid) != 0) {
		return zm_error_set(copying->err,
				    "%s: its owner %ju:%ju cannot be kept (%s); run as that user "
				    "or as root",
				    copying->path, (uintmax_t)from->st_uid, (uintmax_t)from->st_gid,
				    strerror(errno));
	}
	return true;
}

/*
 * The names of a file's extended attributes, each ended by a NUL. A file system without them has
 * none. Tried again when they grow meanwhile.
 */
static bool list_names(struct copying *copying, int fd, struct zm_str *names)
{
	for (;;) {
		ssize_t size = flistxattr(fd, NULL, 0);
		char *list = zm_arena_array(&copying->scratch, size > 0 ? (size_t)size : 1, 1);
		ssize_t len = size > 0 ? flistxattr(fd, list, (size_t)size) : size;
		if (len >= 0) {
			*names = (struct zm_str){list, (size_t)len};
			return true;
		}
		if (errno == ENOTSUP) {
			*names = (struct zm_str){0};
			return true;
		}
		if (errno != ERANGE) {
			return zm_error_sys(copying->err, copying->path,
					    "cannot list its extended attributes");
		}
	}
}

/* False, with errno: ENODATA where the file has no such attribute. */
static bool get_value(struct copying *copying, int fd, const char *name, struct zm_str *value)
{
	for (;;) {
		ssize_t size = fgetxattr(fd, name, NULL, 0);
		if (size < 0) {
			return false;
		}
		char *bytes = zm_arena_array(&copying->scratch, (size_t)size + 1, 1);
		ssize_t len = fgetxattr(fd, name, bytes, (size_t)size);
		if (len >= 0 && len <= size) {
			*value = (struct zm_str){bytes, (size_t)len};
			return true;
		}
		if (len < 0 && errno != ERANGE) {
			return false;
		}
	}
}

static bool cannot_keep(struct copying *copying, const char *name)
{
	return zm_error_set(copying->err,
			    "%s: its extended attribute %s cannot be kept (%s); run as root",
			    copying->path, name, strerror(errno));
}

/* What the new file has already is left alone: a label that policy gave it may not be set. */
static bool copy_attribute(struct copying *copying, const char *name)
{
	struct zm_str value;
	struct zm_str have;
	if (!get_value(copying, copying->from, name, &value)) {
		return cannot_keep(copying, name);
	}
	if (get_value(copying, copying->to, name, &have) && zm_str_eq(have, value)) {
		return true;
	}
	return fsetxattr(copying->to, name, value.data, value.len, 0) == 0 ||
	       cannot_keep(copying, name);
}

static bool copy_attributes(struct copying *copying)
{
	struct zm_str names;
	if (!list_names(copying, copying->from, &names)) {
		return false;
	}
	for (size_t at = 0; at < names.len; at += strlen(names.data + at) + 1) {
		if (!copy_attribute(copying, names.data + at)) {
			return false;
		}
	}
	return true;
}

/* A folder's default access control list gives a new file one that the old file need not have. */
static bool remove_others(struct copying *copying)
{
	struct zm_str names;
	struct zm_str value;
	if (!list_names(copying, copying->to, &names)) {
		return false;
	}
	for (size_t at = 0; at < names.len; at += strlen(names.data + at) + 1) {
		const char *name = names.data + at;
		if (get_value(copying, copying->from, name, &value)) {
			continue;
		}
		if (fremovexattr(copying->to, name) != 0) {
			return zm_error_set(copying->err,
					    "%s: the extended attribute %s that its folder gives "
					    "to a new file cannot be removed (%s); run as root",
					    copying->path, name, strerror(errno));
		}
	}
	return true;
}

static bool copy_mode(struct copying *copying, const struct stat *from)
{
	struct stat to;
	if (fchmod(copying->to, from->st_mode & MODE_BITS) != 0 || fstat(copying->to, &to) != 0) {
		return zm_error_sys(copying->err, copying->path, "its mode cannot be kept");
	}
	if (((to.st_mode ^ from->st_mode) & MODE_BITS) != 0) {
		return zm_error_set(copying->err,
				    "%s: its mode %04o cannot be kept; run as its owner or as root",
				    copying->path, from->st_mode & MODE_BITS);
	}
	return true;
}

/*
 * The order matters: a change of owner clears set-id bits, and a mode that is set while an access
 * control list is there sets the list's mask, so the mode comes last and finds the same list.
 */
static bool copy_all(struct copying *copying)
{
	struct stat from;
	if (fstat(copying->from, &from) != 0) {
		return zm_error_sys(copying->err, copying->path, "cannot look at it");
	}
	return copy_owner(copying, &from) && remove_others(copying) && copy_attributes(copying) &&
	       copy_mode(copying, &from);
}

bool zm_attributes_copy(int from, int to, const char *path, struct zm_error *err)
{
	struct copying copying = {.from = from, .to = to, .path = path, .err = err};
	bool copied = copy_all(&copying);
	zm_arena_release(&copying.scratch);
	return copied;
}
