#include "conf/lex.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool starts_at(struct zm_str bytes, size_t at, struct zm_str text)
{
	return zm_str_starts(zm_str_sub(bytes, at, bytes.len), text);
}

static size_t end_of_line(struct zm_str bytes, size_t at)
{
	const char *lf = memchr(bytes.data + at, '\n', bytes.len - at);
	return lf == NULL ? bytes.len : (size_t)(lf - bytes.data);
}

static bool starts_comment(struct zm_str bytes, size_t at)
{
	return bytes.data[at] == '#' || starts_at(bytes, at, ZM_STR("//")) ||
	       starts_at(bytes, at, ZM_STR("/*"));
}

/* The offset of what is neither blank nor comment; SIZE_MAX: a comment is never closed. `*comment`
 * is where the last one began. */
static size_t skip_comments(struct zm_str bytes, size_t at, size_t *comment)
{
	while (at < bytes.len) {
		if (is_blank(bytes.data[at])) {
			at++;
		} else if (!starts_comment(bytes, at)) {
			break;
		} else if (starts_at(bytes, at, ZM_STR("/*"))) {
			*comment = at;
			size_t end = zm_str_find(bytes, ZM_STR("*/"), at + 2);
			if (end == SIZE_MAX) {
				return SIZE_MAX;
			}
			at = end + 2;
		} else {
			at = end_of_line(bytes, at);
		}
	}
	return at;
}

static struct zm_conf_token broken(const char *why, size_t at)
{
	return (struct zm_conf_token){ZM_CONF_BROKEN, zm_str_from(why), at};
}

/* `at` is that of the opening quote. */
static struct zm_conf_token read_quoted(struct zm_str bytes, size_t *at)
{
	size_t start = *at;
	for (size_t i = start + 1; i < bytes.len; i++) {
		if (bytes.data[i] == '\\') {
			i++;
		} else if (bytes.data[i] == '"') {
			*at = i + 1;
			return (struct zm_conf_token){ZM_CONF_QUOTED,
						      zm_str_sub(bytes, start + 1, i), start};
		}
	}
	return broken("quote that is never closed", start);
}

static bool ends_word(struct zm_str bytes, size_t at)
{
	char c = bytes.data[at];
	return is_blank(c) || c == '{' || c == '}' || c == ';' || c == '"' ||
	       starts_comment(bytes, at);
}

static struct zm_conf_token read_word(struct zm_str bytes, size_t *at)
{
	size_t start = *at;
	while (*at < bytes.len && !ends_word(bytes, *at)) {
		++*at;
	}
	return (struct zm_conf_token){ZM_CONF_WORD, zm_str_sub(bytes, start, *at), start};
}

struct zm_conf_token zm_conf_next(struct zm_str bytes, size_t *at)
{
	size_t comment = 0;
	size_t start = skip_comments(bytes, *at, &comment);
	if (start == SIZE_MAX) {
		return broken("comment that is never closed", comment);
	}
	*at = start;
	struct zm_conf_token token = {.at = start};
	if (start == bytes.len) {
		return token;
	}
	switch (bytes.data[start]) {
	case '{':
		token.kind = ZM_CONF_OPEN;
		break;
	case '}':
		token.kind = ZM_CONF_CLOSE;
		break;
	case ';':
		token.kind = ZM_CONF_SEMICOLON;
		break;
	case '\0':
		return broken("a NUL byte", start);
	case '"':
		return read_quoted(bytes, at);
	default:
		return read_word(bytes, at);
	}
	token.text = zm_str_sub(bytes, start, start + 1);
	++*at;
	return token;
}

struct zm_str zm_conf_text(struct zm_arena *arena, const struct zm_conf_token *token)
{
	struct zm_str text = token->text;
	if (token->kind != ZM_CONF_QUOTED || zm_str_find(text, ZM_STR("\\\""), 0) == SIZE_MAX) {
		return zm_arena_copy(arena, text);
	}
	char *value = zm_arena_alloc(arena, text.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		i += starts_at(text, i, ZM_STR("\\\""));
		value[len++] = text.data[i];
	}
	return (struct zm_str){value, len};
}
