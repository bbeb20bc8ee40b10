#include "base/source.h"

#include <string.h>

struct zm_position zm_source_position(struct zm_source *source, size_t offset)
{
	if (offset > source->bytes.len) {
		offset = source->bytes.len;
	}
	if (source->mark_line == 0 || offset < source->mark) {
		source->mark = 0;
		source->mark_line = 1;
	}
	while (offset > source->mark) {
		const char *from = source->bytes.data + source->mark;
		const char *end = memchr(from, '\n', offset - source->mark);
		if (end == NULL) {
			break;
		}
		source->mark += (size_t)(end - from) + 1;
		source->mark_line++;
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
