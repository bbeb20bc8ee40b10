#include "base/file.h"

#include "base/mapping.h"
#include "base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	READ_TRIES = 5,
	READ_MAX = 1 << 30,       /* at once: Linux gives no more than 2^31 bytes */
	PAUSE_MS = 20,            /* between tries: time for a writer to finish */
	STREAM_FIRST = 64 * 1024, /* bytes; doubles as a stream goes on */
	SMALL_MAX = 64 * 1024,    /* bytes: a larger file's are no piece of the arena's blocks */
};

/* What is not a regular file, in words; NULL when it is one. */
static const char *other_kind(const struct stat *stat)
{
	switch (stat->st_mode & S_IFMT) {
	case S_IFREG:
		return NULL;
	case S_IFDIR:
		return "a folder";
	case S_IFIFO:
		return "a FIFO";
	case S_IFSOCK:
		return "a socket";
	default:
		return "a device";
	}
}

static bool is_regular(const struct stat *stat, const char *path, struct zm_error *err)
{
	const char *kind = other_kind(stat);
	return kind == NULL || zm_error_set(err, "%s: is %s, not a file", path, kind);
}

bool zm_file_open_seen(int *fd, const char *path, struct zm_error *err)
{
	*fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	return *fd >= 0 || zm_error_sys(err, path, "cannot read");
}

/* Looked at before it is opened too: opening a device or FIFO can have effects of its own. */
bool zm_file_open(int *fd, const char *path, struct zm_error *err)
{
	struct stat stat_by_name;
	if (stat(path, &stat_by_name) != 0) {
		return zm_error_sys(err, path, "cannot read");
	}
	return is_regular(&stat_by_name, path, err) && zm_file_open_seen(fd, path, err);
}

/* Reads at most `size` bytes from the file's start; what comes after its end is not waited for. */
static bool read_from_start(int fd, char *bytes, size_t size, size_t *len)
{
	*len = 0;
	while (*len < size) {
		size_t wanted = size - *len < READ_MAX ? size - *len : READ_MAX;
		ssize_t got = pread(fd, bytes + *len, wanted, (off_t)*len);
		if (got < 0 && errno != EINTR) {
			return false;
		}
		*len += got > 0 ? (size_t)got : 0;
		if (got >= 0 && (size_t)got < wanted) {
			return true; /* of a regular file only its end gives less */
		}
	}
	return true;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool zm_file_same_moment(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && same_time(a->st_mtim, b->st_mtim);
}

bool zm_file_is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && zm_file_same_moment(a, b) &&
	       same_time(a->st_ctim, b->st_ctim);
}

struct reading {
	struct zm_arena *arena;
	int fd;
	const char *path;
	size_t max;
	struct zm_error *err;
};

static bool is_small(const struct stat *stat)
{
	return stat->st_size < SMALL_MAX;
}

/* Room for one byte more than the file should have: that tells a file that grows. The others are
 * padding. */
static char *make_room_for(const struct reading *reading, const struct stat *stat)
{
	size_t size = (size_t)stat->st_size;
	if (reading->max > 0 && size > reading->max) {
		zm_error_set(reading->err, "%s: has %zu bytes, the limit is %zu", reading->path,
			     size, reading->max);
		return NULL;
	}
	size_t room = size + 1 + ZM_SOURCE_PADDING;
	char *bytes = is_small(stat) ? zm_arena_array(reading->arena, room, 1) : malloc(room);
	if (bytes == NULL) {
		zm_error_set(reading->err, "%s: has %zu bytes, too many for this machine's memory",
			     reading->path, size);
	}
	return bytes;
}

static void give_up_room(struct zm_file *file)
{
	if (!is_small(&file->stat)) {
		free((char *)file->bytes.data);
	}
}

static void keep_room(const struct reading *reading, struct zm_file *file)
{
	if (!is_small(&file->stat)) {
		zm_arena_defer(reading->arena, free, (char *)file->bytes.data);
	}
}

static bool look(const struct reading *reading, struct zm_file *file)
{
	if (fstat(reading->fd, &file->stat) != 0) {
		return zm_error_sys(reading->err, reading->path, "cannot read");
	}
	return is_regular(&file->stat, reading->path, reading->err);
}

/*
 * One try, after a look; on success the bytes take room that is to be kept or given up. `*steady`
 * says whether they are those of one moment: as many as the file has, and it is the same before and
 * after.
 */
static bool read_once(const struct reading *reading, struct zm_file *file, bool *steady)
{
	struct stat after;
	char *bytes = make_room_for(reading, &file->stat);
	if (bytes == NULL) {
		return false;
	}
	size_t size = (size_t)file->stat.st_size;
	size_t len = 0;
	bool good = read_from_start(reading->fd, bytes, size + 1, &len) &&
		    fstat(reading->fd, &after) == 0;
	file->bytes = (struct zm_str){bytes, len};
	if (!good) {
		zm_error_sys(reading->err, reading->path, "cannot read");
		give_up_room(file);
		return false;
	}
	memset(bytes + len, 0, ZM_SOURCE_PADDING);
	file->is_padded = true;
	*steady = len == size && zm_file_same_moment(&file->stat, &after);
	return true;
}

static bool read_steadily(const struct reading *reading, struct zm_file *file)
{
	const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
	for (int i = 0; i < READ_TRIES; i++) {
		bool steady = false;
		if ((i > 0 && !look(reading, file)) || !read_once(reading, file, &steady)) {
			return false;
		}
		if (steady) {
			keep_room(reading, file);
			return true;
		}
		give_up_room(file);
		nanosleep(&pause, NULL);
	}
	return zm_error_set(reading->err,
			    "%s: changed while it was read; run again when it is at rest",
			    reading->path);
}

bool zm_file_look(struct zm_file *file, const struct zm_stream *opened, struct zm_error *err)
{
	const struct reading reading = {NULL, opened->fd, opened->name, opened->max, err};
	*file = (struct zm_file){0};
	return look(&reading, file);
}

bool zm_file_read_opened(struct zm_file *file, struct zm_arena *arena,
			 const struct zm_stream *opened, struct zm_error *err)
{
	const struct reading reading = {arena, opened->fd, opened->name, opened->max, err};
	return read_steadily(&reading, file);
}

bool zm_file_read(struct zm_file *file, struct zm_arena *arena, const char *path, size_t max,
		  struct zm_error *err)
{
	struct zm_stream opened = {.name = path, .max = max};
	if (!zm_file_open(&opened.fd, path, err)) {
		return false;
	}
	bool done =
		zm_file_look(file, &opened, err) && zm_file_read_opened(file, arena, &opened, err);
	close(opened.fd);
	return done;
}

/* As read(), but waits where another process has made the stream non-blocking. */
static ssize_t read_patiently(int fd, char *bytes, size_t size)
{
	for (;;) {
		ssize_t got = read(fd, bytes, size);
		if (got >= 0 || (errno != EINTR && errno != EAGAIN)) {
			return got;
		}
		if (errno == EAGAIN) {
			struct pollfd wait = {.fd = fd, .events = POLLIN};
			poll(&wait, 1, -1);
		}
	}
}

/* What a stream gave so far, malloc()ed. */
struct gathered {
	char *bytes;
	size_t len;
	size_t capacity;
};

static bool make_room(struct gathered *all, const char *name, struct zm_error *err)
{
	if (all->len < all->capacity) {
		return true;
	}
	size_t larger = all->capacity == 0 ? STREAM_FIRST : all->capacity * 2;
	char *bytes = realloc(all->bytes, larger);
	if (bytes == NULL) {
		return zm_error_set(err,
				    "%s: more than %zu bytes, too many for this machine's memory",
				    name, all->len);
	}
	all->bytes = bytes;
	all->capacity = larger;
	return true;
}

static bool read_to_end(struct gathered *all, const struct zm_stream *stream, struct zm_error *err)
{
	for (;;) {
		if (!make_room(all, stream->name, err)) {
			return false;
		}
		ssize_t got =
			read_patiently(stream->fd, all->bytes + all->len, all->capacity - all->len);
		if (got < 0) {
			return zm_error_sys(err, stream->name, "cannot read");
		}
		if (got == 0) {
			return true;
		}
		all->len += (size_t)got;
		if (stream->max > 0 && all->len > stream->max) {
			return zm_error_set(err, "%s: has more than %zu bytes, which is the limit",
					    stream->name, stream->max);
		}
	}
}

bool zm_file_read_stream(struct zm_str *bytes, struct zm_arena *arena,
			 const struct zm_stream *stream, struct zm_error *err)
{
	struct gathered all = {0};
	if (!read_to_end(&all, stream, err)) {
		free(all.bytes);
		return false;
	}
	zm_arena_defer(arena, free, all.bytes);
	*bytes = (struct zm_str){all.bytes, all.len};
	return true;
}
