/*
 * source: a file's name and bytes, and where in it something is. Places are byte offsets
 * everywhere; line and column are computed here, when something is printed.
 */
#ifndef ZM_BASE_SOURCE_H
#define ZM_BASE_SOURCE_H

#include "base/str.h"

#include <sys/stat.h>

enum { ZM_SOURCE_PADDING = 256 };

struct zm_source {
	const char *name;        /* the path as the user gave it, or "<stdin>" */
	struct zm_str bytes;     /* owned by whoever made the source; lives as long as it */
	const struct stat *stat; /* of the file when it was read, lives as long; NULL: it is none */
	bool has_whole_path;     /* it is included by a path that begins with / */
	bool is_from_base;     /* its path begins where the server's names do, see zone/include.h */
	bool is_only_there;    /* no other file has that name where it might begin as well */
	const char *elsewhere; /* NULL, or where the same name might have led to another file */
	bool has_plain_lines;  /* surely neither CR nor NUL is in the bytes */
	bool is_padded;        /* ZM_SOURCE_PADDING NUL bytes follow them, which may be read */
	size_t mark;           /* cache of zm_source_position(): the start of line mark_line */
	size_t mark_line;
	struct zm_source
		*made_by;       /* NULL, or whose directive made these bytes, which are no file's */
	struct zm_span made_at; /* the directive */
};

/* Whether both are of one file, by whatever paths. */
bool zm_source_same_file(const struct zm_source *a, const struct zm_source *b);

struct zm_position {
	size_t line;   /* from 1 */
	size_t column; /* in bytes, from 1 */
};

/* Lines end in LF. Cheap when offsets come in ascending order. An offset past the end is that of
 * the end. */
struct zm_position zm_source_position(struct zm_source *source, size_t offset);

/* The bytes of the line that holds `offset`, without its line end (LF or CR LF). */
struct zm_str zm_source_line(const struct zm_source *source, size_t offset);

#endif
