/*
 * buf: bytes that grow. The owner declares the most that it may hold; what would pass that is not
 *added, and `full` stays set, so that a caller asks once, at the end.
 *
 *	struct zm_buf buf = {.max = 65536};
 *	zm_buf_add(&buf, text);
 *	if (buf.full) ...
 *	zm_buf_release(&buf);
 */
#ifndef ZM_BASE_BUF_H
#define ZM_BASE_BUF_H

#include "base/str.h"

struct zm_buf {
	char *data; /* always followed by a NUL that `len` does not count, once anything was added
		     */
	size_t len;
	size_t capacity;
	size_t max; /* in bytes; 0 is no bound but memory, for output whose size its input bounds */
	bool full;
};

void zm_buf_add(struct zm_buf *buf, struct zm_str s);
void zm_buf_add_char(struct zm_buf *buf, char c);
void zm_buf_add_repeat(struct zm_buf *buf, char c, size_t count);
void zm_buf_printf(struct zm_buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct zm_str zm_buf_str(const struct zm_buf *buf); /* valid until the next call that adds */
void zm_buf_clear(struct zm_buf *buf);              /* empty, not full, memory kept */
void zm_buf_release(struct zm_buf *buf);

#endif
