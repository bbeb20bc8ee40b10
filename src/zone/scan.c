#include "zone/scan.h"

#include "base/mask.h"

#include <string.h>

enum { FIRST_TOKENS = 64 }; /* more than most entries have */

enum class { WORD, BLANK, LINE_END, SEMICOLON, QUOTE, OPEN, CLOSE, BACKSLASH, NUL };

static const uint8_t class_of[256] = {
	['\0'] = NUL,      ['\t'] = BLANK, [' '] = BLANK, ['\n'] = LINE_END, ['\r'] = LINE_END,
	[';'] = SEMICOLON, ['"'] = QUOTE,  ['('] = OPEN,  [')'] = CLOSE,     ['\\'] = BACKSLASH,
};

static enum class class_at(struct zm_str bytes, size_t at) {
	return class_of[(uint8_t)bytes.data[at]];
}

struct zm_scan zm_scan_start(struct zm_str bytes)
{
	return (struct zm_scan){.bytes = bytes};
}

void zm_scan_release(struct zm_scan *scan)
{
	zm_arena_release(&scan->arena);
	*scan = (struct zm_scan){0};
}

static size_t end_of_blank(struct zm_str bytes, size_t at)
{
	while (at < bytes.len && class_at(bytes, at) == BLANK) {
		at++;
	}
	return at;
}

static size_t end_of_line_end(struct zm_str bytes, size_t at)
{
	bool crlf = bytes.data[at] == '\r' && at + 1 < bytes.len && bytes.data[at + 1] == '\n';
	return at + (crlf ? 2 : 1);
}

/* To servers only LF ends a comment: a lone CR in it hides what follows. */
static size_t end_of_comment(struct zm_str bytes, size_t at)
{
	const char *lf = memchr(bytes.data + at, '\n', bytes.len - at);
	size_t end = lf == NULL ? bytes.len : (size_t)(lf - bytes.data);
	return lf != NULL && bytes.data[end - 1] == '\r' ? end - 1 : end;
}

/* An escaped byte belongs to the word whatever it is, but a line end ends the word all the same. */
static size_t end_of_word(struct zm_str bytes, size_t at, bool *may_hold_nul)
{
	*may_hold_nul = false;
	while (at < bytes.len) {
		enum class class = class_at(bytes, at);
		if (class == BACKSLASH && at + 1 < bytes.len &&
		    class_at(bytes, at + 1) != LINE_END) {
			at += 2;
			*may_hold_nul = true;
		} else if (class == WORD || class == BACKSLASH || class == NUL) {
			at++;
			*may_hold_nul = *may_hold_nul || class == NUL;
		} else {
			break;
		}
	}
	return at;
}

/* Up to and with the closing quote; `*closed` is false when a line end or the end of the bytes came
 * first. */
static size_t end_of_quoted(struct zm_str bytes, size_t at, bool *closed)
{
	for (at++; at < bytes.len; at++) {
		at += zm_mask_plain_run(bytes.data + at, bytes.len - at);
		if (at == bytes.len) {
			break;
		}
		char c = bytes.data[at];
		if (c == '"') {
			*closed = true;
			return at + 1;
		}
		if (c == '\n') {
			break;
		}
		if (c == '\\' && at + 1 < bytes.len) {
			at++;
		}
	}
	*closed = false;
	if (at < bytes.len && at > 0 && bytes.data[at - 1] == '\r') {
		at--; /* the CR belongs to the line end */
	}
	return at < bytes.len ? at : bytes.len;
}

static void add_token(struct zm_scan *scan, struct zm_entry *entry, struct zm_token token)
{
	if (scan->capacity == 0) {
		scan->token = zm_arena_array(&scan->arena, FIRST_TOKENS, sizeof(*scan->token));
		scan->capacity = FIRST_TOKENS;
	}
	scan->token = zm_arena_grow(&scan->arena, scan->token, entry->count, &scan->capacity,
				    sizeof(*scan->token));
	scan->token[entry->count++] = token;
}

static void blame(struct zm_entry *entry, enum zm_scan_fault fault, size_t start, size_t end)
{
	if (entry->fault == ZM_SCAN_GOOD) {
		entry->fault = fault;
		entry->fault_at = (struct zm_span){start, end};
	}
}

/* The token at `at`, and how deep in parentheses one is after it. */
static struct zm_token read_token(struct zm_str bytes, size_t at, struct zm_entry *entry,
				  size_t *depth)
{
	bool closed = true;
	switch (class_at(bytes, at)) {
	case BLANK:
		return (struct zm_token){at, end_of_blank(bytes, at), ZM_SPACE};
	case LINE_END:
		return (struct zm_token){at, end_of_line_end(bytes, at), ZM_NEWLINE};
	case SEMICOLON:
		return (struct zm_token){at, end_of_comment(bytes, at), ZM_COMMENT};
	case OPEN:
		(*depth)++;
		return (struct zm_token){at, at + 1, ZM_OPEN};
	case CLOSE:
		if (*depth == 0) {
			blame(entry, ZM_SCAN_STRAY_CLOSE, at, at + 1);
		} else {
			(*depth)--;
		}
		return (struct zm_token){at, at + 1, ZM_CLOSE};
	case QUOTE: {
		struct zm_token token = {at, end_of_quoted(bytes, at, &closed), ZM_QUOTED};
		if (!closed) {
			blame(entry, ZM_SCAN_UNBALANCED_QUOTE, token.start, token.end);
		}
		return token;
	}
	default: {
		bool may_hold_nul;
		struct zm_token token = {at, end_of_word(bytes, at, &may_hold_nul), ZM_WORD};
		const char *nul =
			may_hold_nul ? memchr(bytes.data + at, '\0', token.end - at) : NULL;
		if (nul != NULL) {
			size_t place = (size_t)(nul - bytes.data);
			blame(entry, ZM_SCAN_NUL, place, place + 1);
		}
		return token;
	}
	}
}

bool zm_scan_next(struct zm_scan *scan, struct zm_entry *entry)
{
	size_t at = scan->at;
	size_t depth = scan->depth;
	size_t opened = at;
	*entry = (struct zm_entry){.at = {at, at}};
	if (scan->is_cut) {
		blame(entry, ZM_SCAN_REST, at, at);
	}
	scan->is_cut = false;
	while (at < scan->bytes.len) {
		size_t before = depth;
		struct zm_token token = read_token(scan->bytes, at, entry, &depth);
		add_token(scan, entry, token);
		at = token.end;
		if (before == 0 && depth == 1) {
			opened = token.start;
		}
		if (token.kind == ZM_NEWLINE && depth == 0) {
			break;
		}
		if (entry->count >= ZM_ENTRY_TOKENS_MAX) {
			blame(entry, ZM_SCAN_TOO_LONG, opened, opened + 1);
			scan->is_cut = true;
			break;
		}
	}
	if (depth > 0) {
		blame(entry, ZM_SCAN_UNCLOSED_PAREN, opened, opened + 1);
	}
	scan->depth = scan->is_cut ? depth : 0;
	entry->token = scan->token;
	entry->at.end = at;
	scan->at = at;
	return entry->count > 0;
}

const struct zm_token *zm_tokens_copy(struct zm_arena *arena, const struct zm_token *token,
				      size_t count)
{
	struct zm_token *copy = zm_arena_array(arena, count, sizeof(*copy));
	if (count > 0) {
		memcpy(copy, token, count * sizeof(*copy));
	}
	return copy;
}
