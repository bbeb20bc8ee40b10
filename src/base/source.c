#include "base/source.h"

#include "base/mask.h"

#include <string.h>

bool zm_source_same_file(const struct zm_source *a, const struct zm_source *b)
{
	return a == b || (a->stat != NULL && b->stat != NULL &&
			  a->stat->st_ino == b->stat->st_ino && a->stat->st_dev == b->stat->st_dev);
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
	source->mark_line += zm_mask_count(bytes + source->mark, offset - source->mark, '\n');
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
