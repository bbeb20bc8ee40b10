#include "base/replacing.h"

#include "base/attributes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { CREATE_TRIES = 100 };

static const char LETTERS[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* ---- Names ---- */

/* Clipped where the whole would pass what a name may have. */
static void make_prefix(char prefix[NAME_MAX + 1], const char *name)
{
	int room = NAME_MAX - (int)strlen(ZM_TEMPORARY_MARK) - ZM_TEMPORARY_SUFFIX - 1;
	snprintf(prefix, NAME_MAX + 1, ".%.*s%s", room, name, ZM_TEMPORARY_MARK);
}

void zm_replacing_set_name(struct zm_replacing *r, const char *name)
{
	r->name = name;
	make_prefix(r->prefix, name);
}

/* Six letters and digits, and not a small-letter word such as `backup` that a person would write.
 */
static bool is_suffix(const char *s)
{
	size_t len = strspn(s, LETTERS);
	size_t small = strspn(s, "abcdefghijklmnopqrstuvwxyz");
	return len == ZM_TEMPORARY_SUFFIX && s[len] == '\0' && small < ZM_TEMPORARY_SUFFIX;
}

bool zm_replacing_is_temporary(const char *temporary, const char *name)
{
	char prefix[NAME_MAX + 1];
	make_prefix(prefix, name);
	size_t len = strlen(prefix);
	return strncmp(temporary, prefix, len) == 0 && is_suffix(temporary + len);
}

/* ---- What killed runs have left ---- */

/* Root's may have been given its file's owner already; nobody else can give a file away. */
static bool may_be_ours(const struct stat *stat)
{
	return geteuid() == 0 || stat->st_uid == geteuid();
}

/* Of an earlier run that was killed: with the lock held no other run is at work here. */
static bool is_left_over(const struct zm_replacing *r, const char *name)
{
	struct stat stat;
	const size_t tail = strlen(ZM_TEMPORARY_MARK) + ZM_TEMPORARY_SUFFIX;
	size_t len = strlen(name);
	if (name[0] != '.' || len <= tail) {
		return false;
	}
	const char *mark = name + len - tail;
	return strncmp(mark, ZM_TEMPORARY_MARK, strlen(ZM_TEMPORARY_MARK)) == 0 &&
	       is_suffix(mark + strlen(ZM_TEMPORARY_MARK)) &&
	       fstatat(r->folder, name, &stat, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(stat.st_mode) &&
	       may_be_ours(&stat);
}

/* The last folder as this thread left it, tidy: until somebody changes it, looking again at all
 * its files for each one that is replaced would be quadratic. */
static _Thread_local struct stat left_tidy;

static bool is_as_we_left_it(int folder)
{
	struct stat now;
	return fstat(folder, &now) == 0 && zm_file_is_same(&now, &left_tidy);
}

void zm_replacing_remove_left_over(struct zm_replacing *r)
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

void zm_replacing_note_tidy(const struct zm_replacing *r)
{
	if (fstat(r->folder, &left_tidy) != 0) {
		left_tidy = (struct stat){0};
	}
}

/* ---- A new one ---- */

/* False when the system has no random bytes. */
static bool draw_suffix(char suffix[ZM_TEMPORARY_SUFFIX + 1])
{
	unsigned char random[ZM_TEMPORARY_SUFFIX];
	do {
		if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
			return false;
		}
		for (size_t i = 0; i < ZM_TEMPORARY_SUFFIX; i++) {
			suffix[i] = LETTERS[random[i] % (sizeof(LETTERS) - 1)];
		}
		suffix[ZM_TEMPORARY_SUFFIX] = '\0';
	} while (!is_suffix(suffix));
	return true;
}

enum zm_replace_result zm_replacing_create_temporary(struct zm_replacing *r)
{
	for (int i = 0; i < CREATE_TRIES; i++) {
		char suffix[ZM_TEMPORARY_SUFFIX + 1];
		if (!draw_suffix(suffix)) {
			return zm_replacing_fail(r, "cannot draw a random name");
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
	return zm_replacing_fail(r, "cannot create a file beside it");
}

enum zm_replace_result zm_replacing_write_all(struct zm_replacing *r, struct zm_str bytes)
{
	size_t done = 0;
	while (done < bytes.len) {
		ssize_t wrote = write(r->new, bytes.data + done, bytes.len - done);
		if (wrote < 0 && errno != EINTR) {
			return zm_replacing_fail(r, "cannot write the new file beside it");
		}
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	return ZM_REPLACED;
}

enum zm_replace_result zm_replacing_copy_attributes(struct zm_replacing *r)
{
	r->old = openat(r->folder, r->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (r->old < 0) {
		return zm_replacing_fail(r, "cannot open it to keep its mode and owner");
	}
	struct stat old;
	if (fstat(r->old, &old) != 0) {
		return zm_replacing_fail(r, "cannot be looked at again");
	}
	if (!zm_file_is_same(&old, r->seen)) {
		return zm_replacing_refuse_changed(
			r, "was changed by someone else since it was read; run again");
	}
	return zm_attributes_copy(r->old, r->new, r->path, r->err) ? ZM_REPLACED
								   : ZM_REPLACE_REFUSED;
}
