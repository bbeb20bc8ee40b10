#include "zone/text.h"

#include <string.h>

/* RFC 1035 5.1: \DDD is a decimal byte, \X is X. */
size_t zm_text_char(struct zm_str file, size_t at, size_t end, char *byte)
{
	*byte = file.data[at];
	if (*byte != '\\') {
		return 1;
	}
	if (at + 1 >= end) {
		return 0;
	}
	*byte = file.data[at + 1];
	if (!zm_is_digit(*byte)) {
		return 2;
	}
	uint64_t value;
	if (end - at < 4 || !zm_str_number(zm_str_sub(file, at + 1, at + 4), 255, &value)) {
		return 0;
	}
	*byte = (char)value;
	return 4;
}

/* What stands between the quotes, or the whole word. */
static struct zm_span inside(const struct zm_token *token, struct zm_str file)
{
	struct zm_span span = {token->start, token->end};
	if (token->kind == ZM_QUOTED) {
		span.start++;
		if (span.end > span.start && file.data[span.end - 1] == '"') {
			span.end--;
		}
	}
	return span;
}

static bool is_string(const struct zm_token *token)
{
	return token->kind == ZM_WORD || token->kind == ZM_QUOTED;
}

/* Appends what the token says to `out`; false at a broken escape. */
static bool unescape(struct zm_str file, struct zm_span from, char *out, size_t *len,
		     struct zm_span *bad)
{
	for (size_t at = from.start; at < from.end;) {
		const char *escape = memchr(file.data + at, '\\', from.end - at);
		size_t plain = escape == NULL ? from.end - at : (size_t)(escape - file.data) - at;
		memcpy(out + *len, file.data + at, plain);
		*len += plain;
		at += plain;
		if (escape == NULL) {
			break;
		}
		size_t size = zm_text_char(file, at, from.end, &out[*len]);
		if (size == 0) {
			*bad = (struct zm_span){at, at + 4 < from.end ? at + 4 : from.end};
			return false;
		}
		(*len)++;
		at += size;
	}
	return true;
}

static bool has_escape(struct zm_str file, struct zm_span span)
{
	return memchr(file.data + span.start, '\\', span.end - span.start) != NULL;
}

static int hex_value(char c)
{
	if (zm_is_digit(c)) {
		return c - '0';
	}
	c = zm_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The hex digits of all strings from the third on, as bytes; false when they are not `wanted` whole
 * bytes. */
static bool read_hex(struct zm_text *text, char *out, size_t wanted)
{
	size_t digits = 0;
	for (size_t i = 2; i < text->strings; i++) {
		struct zm_str word = zm_str_at(text->file, text->string[i].at);
		for (size_t j = 0; j < word.len; j++) {
			int value = hex_value(word.data[j]);
			if (value < 0 || digits / 2 >= wanted) {
				return false;
			}
			out[digits / 2] =
				(char)(digits % 2 == 0 ? value << 4 : out[digits / 2] | value);
			digits++;
		}
	}
	return digits == wanted * 2;
}

/* RFC 3597 5: the wire form is a row of character-strings, each led by its length. */
static bool join_wire(struct zm_text *text, struct zm_arena *arena, const char *wire, size_t size)
{
	char *bytes = zm_arena_alloc(arena, size);
	size_t len = 0;
	for (size_t at = 0; at < size;) {
		size_t string = (uint8_t)wire[at++];
		if (string > size - at) {
			return false;
		}
		memcpy(bytes + len, wire + at, string);
		len += string;
		at += string;
	}
	text->bytes = (struct zm_str){bytes, len};
	return size > 0;
}

/* `\#` before anything but a length is a text like others: named reads it as `#`. */
static bool is_generic(const struct zm_text *text)
{
	uint64_t size;
	return text->strings > 1 &&
	       zm_str_eq(zm_str_at(text->file, text->string[0].at), ZM_STR("\\#")) &&
	       zm_str_number(zm_str_at(text->file, text->string[1].at), UINT64_MAX, &size);
}

static bool join_generic(struct zm_text *text, struct zm_arena *arena, struct zm_span *bad)
{
	uint64_t size = 0;
	struct zm_text_string *all = zm_arena_alloc(arena, sizeof(*all));
	struct zm_span at = {text->string[0].at.start, text->string[text->strings - 1].at.end};
	*bad = at;
	if (text->strings < 2 ||
	    !zm_str_number(zm_str_at(text->file, text->string[1].at), UINT16_MAX, &size)) {
		return false;
	}
	char *wire = zm_arena_alloc(arena, size);
	if (!read_hex(text, wire, size) || !join_wire(text, arena, wire, size)) {
		return false;
	}
	*all = (struct zm_text_string){at, {0, text->bytes.len}, false};
	text->string = all;
	text->strings = 1;
	text->generic = true;
	return true;
}

static size_t count_strings(const struct zm_token *token, size_t count, size_t *size)
{
	size_t strings = 0;
	*size = 0;
	for (size_t i = 0; i < count; i++) {
		if (is_string(&token[i])) {
			strings++;
			*size += token[i].end - token[i].start;
		}
	}
	return strings;
}

/* The common case costs no copy: one string without escapes is a view of the file. */
static bool join_one(struct zm_text *text, struct zm_text_string *string, struct zm_span from)
{
	if (has_escape(text->file, from)) {
		return false;
	}
	text->bytes = zm_str_at(text->file, from);
	string->bytes = (struct zm_span){0, text->bytes.len};
	return true;
}

bool zm_text_join(struct zm_text *text, struct zm_arena *arena, const struct zm_token *token,
		  size_t count, struct zm_span *bad)
{
	size_t size;
	size_t strings = count_strings(token, count, &size);
	struct zm_text_string *string = zm_arena_array(arena, strings, sizeof(*string));
	struct zm_str file = text->file;
	*text = (struct zm_text){.file = file, .string = string};
	char *bytes = NULL;
	size_t len = 0;
	for (size_t i = 0; i < count; i++) {
		if (!is_string(&token[i])) {
			continue;
		}
		struct zm_span from = inside(&token[i], file);
		struct zm_text_string *s = &string[text->strings++];
		s->at = (struct zm_span){token[i].start, token[i].end};
		s->quoted = token[i].kind == ZM_QUOTED;
		if (strings == 1 && join_one(text, s, from)) {
			return true;
		}
		bytes = bytes != NULL ? bytes : zm_arena_alloc(arena, size);
		s->bytes.start = len;
		if (!unescape(file, from, bytes, &len, bad)) {
			return false;
		}
		s->bytes.end = len;
	}
	text->bytes = (struct zm_str){bytes, len};
	if (is_generic(text)) {
		return join_generic(text, arena, bad);
	}
	return true;
}

struct zm_span zm_text_place_in(const struct zm_text *text, size_t i, struct zm_span bytes)
{
	const struct zm_text_string *string = &text->string[i];
	struct zm_token token = {string->at.start, string->at.end,
				 string->quoted ? ZM_QUOTED : ZM_WORD};
	struct zm_span from = inside(&token, text->file);
	struct zm_span place = {from.end, from.end};
	size_t at = from.start;
	for (size_t n = string->bytes.start; at < from.end && n <= bytes.end; n++) {
		char byte;
		size_t size = zm_text_char(text->file, at, from.end, &byte);
		if (n == bytes.start) {
			place.start = at;
		}
		if (n == bytes.end) {
			place.end = at;
		}
		at += size == 0 ? 1 : size;
		if (n + 1 == bytes.end) {
			place.end = at;
		}
	}
	if (bytes.start == bytes.end) {
		place.end = place.start;
	}
	return place;
}

/* The string that says byte `n`; the last one when none does. */
static size_t string_of(const struct zm_text *text, size_t n)
{
	size_t i = 0;
	while (i + 1 < text->strings && n >= text->string[i].bytes.end) {
		i++;
	}
	return i;
}

struct zm_span zm_text_place(const struct zm_text *text, struct zm_span bytes)
{
	if (text->generic) {
		return text->string[0].at;
	}
	if (text->strings == 0) {
		return (struct zm_span){0, 0};
	}
	size_t first = string_of(text, bytes.start);
	if (bytes.start >= bytes.end) {
		return zm_text_place_in(text, first, (struct zm_span){bytes.start, bytes.start});
	}
	size_t last = string_of(text, bytes.end - 1);
	struct zm_span head =
		zm_text_place_in(text, first, (struct zm_span){bytes.start, bytes.start + 1});
	struct zm_span tail =
		zm_text_place_in(text, last, (struct zm_span){bytes.end - 1, bytes.end});
	return (struct zm_span){head.start, tail.end};
}
