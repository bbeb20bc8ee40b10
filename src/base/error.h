/*
 * error: the world is wrong (open, read, rename, a policy that is none). A function that can meet
 *that returns false and fills a struct zm_error; both setters always return false, so that the
 *error path is one line:
 *
 *	return zm_error_sys(err, path, "cannot replace");
 */
#ifndef ZM_BASE_ERROR_H
#define ZM_BASE_ERROR_H

#include <stdbool.h>

enum { ZM_ERROR_MAX = 1024 };

struct zm_error {
	char text[ZM_ERROR_MAX]; /* one line, lower case, no full stop; cut at the end when longer
				  */
};

bool zm_error_set(struct zm_error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "PATH: WHAT: strerror(errno)"; the caller calls it before anything else can change errno. */
bool zm_error_sys(struct zm_error *err, const char *path, const char *what);

#endif
