#include "base/source.h"

#include "base/mask.h"

#include <string.h>

/* How many lines end in bytes [at, end). */
static size_t count_lines(const char *bytes, size_t at, size_t end)
{
	size_t lines = 0;
	for (; end - at >= ZM_MASK_BYTES; at += ZM_MASK_BYTES) {
		lines += (size_t)__builtin_popcount(zm_mask_eq(bytes + at, '\n'));
	}
	for (; at < end; at++) {
		lines += bytes[at] == '\n';
	}
	return lines;
}

struct zm_position zm_source_position(struct zm_source *source, size_t offset)
{
	if (offset > source->bytes.len) {
		offset = source->bytes.len;
	}
	if (source->mark_line == 0 || offset < source->mark) {
		source->mark = 0;
		source->mark_line = 1;
	}
	const char *bytes = source->bytes.data;
	source->mark_line += count_lines(bytes, source->mark, offset);
	const char *before = offset == source->mark
				     ? NULL
				     : memrchr(bytes + source->mark, '\n', offset - source->mark);
	if (before != NULL) {
		source->mark = (size_t)(before - bytes) + 1;
	}
	return (struct zm_position){source->mark_line, offset - source->mark + 1};
}

struct zm_str zm_source_line(const struct zm_source *source, size_t offset)
{
	struct zm_str bytes = source->bytes;
	size_t start = offset < bytes.len ? offset : bytes.len;
	size_t end = start;
	while (start > 0 && bytes.data[start - 1] != '\n') {
		start--;
	}
	while (end < bytes.len && bytes.data[end] != '\n') {
		end++;
	}
	if (end > start && bytes.data[end - 1] == '\r') {
		end--;
	}
	return zm_str_sub(bytes, start, end);
}
