/*
 * file: whole files in, whole files out.
 *
 * A file is read into memory in one go: what zonemend reasons about is then one moment's bytes,
 * whatever others do to the file. A file is replaced by a new one: written beside it, synced, given
 * its mode and owner, renamed over it, the folder synced. At every moment, also after a crash, a
 * reader finds the old bytes or the new ones.
 */
#ifndef ZM_BASE_FILE_H
#define ZM_BASE_FILE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#include <sys/stat.h>

struct zm_file {
	struct zm_str bytes;        /* in the arena given to zm_file_read() */
	bool is_padded;             /* as in struct zm_source */
	struct stat stat;           /* as it was when the bytes were read */
	struct zm_mapping *mapping; /* NULL: the bytes are a copy */
};

/*
 * Reads a regular file; a device, FIFO, socket or folder is refused without blocking. Fails also
 * when the file is larger than `max` bytes (0: no bound). After a failure `file` is undefined.
 */
bool zm_file_read(struct zm_file *file, struct zm_arena *arena, const char *path, size_t max,
		  struct zm_error *err);

/*
 * The same, but the bytes of a large file are the file's own pages, mapped: no copy is made, and
 * what another process does to the file shows. A file that is cut short does not end this process:
 * what is gone reads as NUL bytes. So whoever has used the bytes asks afterwards whether they were
 * steady.
 */
bool zm_file_map(struct zm_file *file, struct zm_arena *arena, const char *path,
		 struct zm_error *err);

/* The same for a path of which somebody has just seen that it is a regular file: it is not looked
 * at once more before it is opened. */
bool zm_file_map_seen(struct zm_file *file, struct zm_arena *arena, const char *path,
		      struct zm_error *err);

/* Whether all that was read of the file up to now was of one moment. */
bool zm_file_is_steady(const struct zm_file *file);

/* Whether two looks saw the same file, unchanged. The number of an inode alone does not tell: a
 * file that is replaced gives its own back, and the next new file may get it. */
bool zm_file_is_same(const struct stat *a, const struct stat *b);

/* An open stream: standard input, a pipe. */
struct zm_stream {
	int fd;
	const char *name; /* for messages */
	size_t max;       /* in bytes; 0: no bound */
};

/* Reads a stream to its end; fails also when it has more than `max` bytes. */
bool zm_file_read_stream(struct zm_str *bytes, struct zm_arena *arena,
			 const struct zm_stream *stream, struct zm_error *err);

enum zm_replace_result {
	ZM_REPLACED,
	ZM_REPLACE_REFUSED, /* several hard links, a read-only file or folder, mode, owner or
			       attributes that cannot be kept: nothing was touched */
	ZM_REPLACE_CHANGED, /* another file than `seen`, or none: nothing was touched */
	ZM_REPLACE_FAILED,  /* could not be written: the file is as it was and no temporary file is
			       left */
};

/* What zm_file_replace() or, `in_place`, zm_file_overwrite() would come to before they write, as
 * things are now; nothing is locked or touched. ZM_REPLACED: they would write. */
enum zm_replace_result zm_file_may_replace(const char *path, const struct stat *seen, bool in_place,
					   struct zm_error *err);

/*
 * Replaces the bytes of the file that `path` names (through symbolic links: the link stays) if it
 * is still the one in `seen`. `err` says why where the result is not ZM_REPLACED. Waits while
 * another run or thread holds the lock on the folder, and removes what killed runs have left there.
 */
enum zm_replace_result zm_file_replace(const char *path, const struct stat *seen,
				       struct zm_str bytes, struct zm_error *err);

/*
 * The same in the file itself: all its hard links and attributes stay as they are, but a crash
 * while it is written, or a reader at that time, finds neither the old file nor the new one. Room
 * on the disk is taken beforehand; when writing fails all the same, the old bytes are put back, and
 * `err` says so if even that fails.
 */
enum zm_replace_result zm_file_overwrite(const char *path, const struct stat *seen,
					 struct zm_str bytes, struct zm_error *err);

/* Removes what killed runs have left in the folder, as zm_file_replace() does there, unless another
 * run is at work in it. Nothing is said of what cannot be removed: it is untidy at worst. */
void zm_file_tidy(const char *folder);

#endif
