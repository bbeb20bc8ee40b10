/*
 * mapping: what file.c and mapping.c share; for others see zm_file_map() in file.h.
 */
#ifndef ZM_BASE_MAPPING_H
#define ZM_BASE_MAPPING_H

#include "base/file.h"

enum { ZM_MAPPED_MIN = 1 << 20 }; /* bytes: a smaller file is read, which costs less */

/* Opens a regular file; what is none is refused without blocking. */
bool zm_file_open(int *fd, const char *path, struct zm_error *err);

/* The same, where somebody has just seen that the path is a regular file. */
bool zm_file_open_seen(int *fd, const char *path, struct zm_error *err);

/* Fills file->stat; false for what is no regular file. */
bool zm_file_look(struct zm_file *file, const struct zm_stream *opened, struct zm_error *err);

/* After a look, reads an open regular file from its start; it stays open. */
bool zm_file_read_opened(struct zm_file *file, struct zm_arena *arena,
			 const struct zm_stream *opened, struct zm_error *err);

/* Same size and same time of change. */
bool zm_file_same_moment(const struct stat *a, const struct stat *b);

#endif
