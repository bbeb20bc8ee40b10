#include "base/buf.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `more` bytes and the NUL; false (and full) when that would pass the bound. */
static bool reserve(struct zm_buf *buf, size_t more)
{
	size_t bound = buf->max == 0 ? SIZE_MAX - 1 : buf->max;
	if (buf->full || more > bound - buf->len) {
		buf->full = true;
		return false;
	}
	size_t needed = buf->len + more + 1;
	if (needed <= buf->capacity) {
		return true;
	}
	size_t capacity = needed < SIZE_MAX / 2 ? needed + needed / 2 + 32 : needed;
	char *data = realloc(buf->data, capacity);
	if (data == NULL) {
		zm_out_of_memory();
	}
	buf->data = data;
	buf->capacity = capacity;
	return true;
}

void zm_buf_add(struct zm_buf *buf, struct zm_str s)
{
	if (!reserve(buf, s.len)) {
		return;
	}
	if (s.len > 0) {
		memcpy(buf->data + buf->len, s.data, s.len);
	}
	buf->len += s.len;
	buf->data[buf->len] = '\0';
}

void zm_buf_add_char(struct zm_buf *buf, char c)
{
	zm_buf_add(buf, (struct zm_str){&c, 1});
}

void zm_buf_add_repeat(struct zm_buf *buf, char c, size_t count)
{
	if (!reserve(buf, count)) {
		return;
	}
	memset(buf->data + buf->len, c, count);
	buf->len += count;
	buf->data[buf->len] = '\0';
}

/* Most of what is printed fits into the room that there is, and is printed once. */
void zm_buf_printf(struct zm_buf *buf, const char *format, ...)
{
	va_list args;
	size_t room = buf->capacity - buf->len;
	va_start(args, format);
	int len = vsnprintf(room == 0 ? NULL : buf->data + buf->len, room, format, args);
	va_end(args);
	bool fits = len >= 0 && reserve(buf, (size_t)len);
	if (fits && (size_t)len >= room) {
		va_start(args, format);
		vsnprintf(buf->data + buf->len, (size_t)len + 1, format, args);
		va_end(args);
	}
	if (fits) {
		buf->len += (size_t)len;
	} else if (room > 0) {
		buf->data[buf->len] = '\0';
	}
}

struct zm_str zm_buf_str(const struct zm_buf *buf)
{
	return (struct zm_str){buf->data, buf->len};
}

void zm_buf_clear(struct zm_buf *buf)
{
	buf->len = 0;
	buf->full = false;
}

void zm_buf_release(struct zm_buf *buf)
{
	free(buf->data);
	*buf = (struct zm_buf){.max = buf->max};
}
