#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool zm_error_set(struct zm_error *err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	return false;
}

bool zm_error_sys(struct zm_error *err, const char *path, const char *what)
{
	char reason[128];
	int saved = errno;
	/* strerror_r's two flavours differ in what they return; strerror_l does not exist
	 * everywhere. */
	snprintf(reason, sizeof(reason), "%s", strerror(saved));
	return zm_error_set(err, "%s: %s: %s", path, what, reason);
}
