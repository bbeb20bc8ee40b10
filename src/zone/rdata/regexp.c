#include "zone/rdata/regexp.h"

#include "zone/text.h"

/* The bytes that the string says, and how far they have been read. */
struct reader {
	uint8_t byte[ZM_STRING_MAX];
	size_t len;
	size_t at;
};

static bool read_bytes(struct reader *reader, struct zm_str text)
{
	for (size_t at = 0; at < text.len;) {
		char byte;
		size_t size = zm_text_char(text, at, text.len, &byte);
		if (size == 0 || reader->len == ZM_STRING_MAX) {
			return false;
		}
		reader->byte[reader->len++] = (uint8_t)byte;
		at += size;
	}
	return true;
}

/* Up to and over the delimiter; how many groups there are. */
static bool read_expression(struct reader *reader, uint8_t delimiter, unsigned *groups)
{
	int depth = 0;
	*groups = 0;
	while (reader->at < reader->len) {
		uint8_t c = reader->byte[reader->at++];
		if (c == delimiter) {
			return depth == 0;
		}
		if (c == '\\') {
			reader->at++;
		}
		*groups += c == '(';
		depth += c == '(' ? 1 : c == ')' ? -1 : 0;
		if (depth < 0) {
			return false;
		}
	}
	return false;
}

/* Up to and over the delimiter; `\1` to `\9` name groups that there are. */
static bool read_replacement(struct reader *reader, uint8_t delimiter, unsigned groups)
{
	while (reader->at < reader->len) {
		uint8_t c = reader->byte[reader->at++];
		if (c == delimiter) {
			return true;
		}
		if (c == '\\' && reader->at < reader->len) {
			uint8_t escaped = reader->byte[reader->at++];
			bool is_group = escaped >= '1' && escaped <= '9';
			if (is_group && (unsigned)(escaped - '0') > groups) {
				return false;
			}
		}
	}
	return false;
}

bool zm_regexp_is_substitution(struct zm_str text)
{
	struct reader reader = {.len = 0};
	unsigned groups;
	if (!read_bytes(&reader, text) || reader.len == 0) {
		return reader.len == 0 && text.len == 0;
	}
	uint8_t delimiter = reader.byte[reader.at++];
	bool is_taken = zm_is_digit((char)delimiter) || delimiter == 'i' || delimiter == '\\' ||
			delimiter == 0;
	if (is_taken || !read_expression(&reader, delimiter, &groups) ||
	    !read_replacement(&reader, delimiter, groups)) {
		return false;
	}
	while (reader.at < reader.len && reader.byte[reader.at] == 'i') {
		reader.at++;
	}
	return reader.at == reader.len;
}
