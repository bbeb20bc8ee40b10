#include "zone/template.h"

#include "base/mask.h"

#include <string.h>

enum {
	SHORTEST_NAME = 3,
	PLACEHOLDER_MAX = 1000, /* bytes; bounds the search for each one's end */
};

static bool is_capital(char c)
{
	return (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The run of bytes of a placeholder's name, in capitals, at the start of `s`. */
static size_t capital_name_length(struct zm_str s)
{
	size_t len = 0;
	while (len < s.len && (is_capital(s.data[len]) || (len > 0 && zm_is_digit(s.data[len])))) {
		len++;
	}
	return len;
}

/* NAME and then `close`, as in @@NAME@@ and {NAME}. */
static bool is_capital_name_up_to(struct zm_str s, struct zm_str close)
{
	size_t len = capital_name_length(s);
	return len >= SHORTEST_NAME && zm_str_starts(zm_str_sub(s, len, s.len), close);
}

/* `name}`: anything without blanks that begins as a name does; $GENERATE's begins with a number. */
static bool is_variable_up_to_brace(struct zm_str s)
{
	if (s.len == 0 || !(zm_is_alpha(s.data[0]) || s.data[0] == '_')) {
		return false;
	}
	for (size_t i = 1; i < s.len; i++) {
		if (s.data[i] == '}') {
			return true;
		}
		if (s.data[i] == ' ' || s.data[i] == '\t') {
			return false;
		}
	}
	return false;
}

/* `@@IP@@` as a word of its own, not the first: two `@` in a row are no name there. */
static bool is_short_word(struct zm_str line, size_t at)
{
	struct zm_str rest = zm_str_sub(line, at, at + PLACEHOLDER_MAX);
	size_t len = capital_name_length(zm_str_sub(rest, 2, rest.len));
	bool starts = at > 0 && is_blank(line.data[at - 1]);
	bool ends = len + 4 >= rest.len || is_blank(rest.data[len + 4]);
	return starts && ends && len > 0 &&
	       zm_str_starts(zm_str_sub(rest, len + 2, rest.len), ZM_STR("@@"));
}

/* ---- The serial ---- */

/* What stands around the name; blanks may be beside it where templates have them. */
struct marks {
	struct zm_str open;
	struct zm_str close;
	bool has_blanks;
};

/* Longer ones first. */
static const struct marks serial_marks[] = {
	{{"{{", 2}, {"}}", 2}, true},  {{"<%=", 3}, {"%>", 2}, true}, {{"${", 2}, {"}", 1}, false},
	{{"@@", 2}, {"@@", 2}, false}, {{"%%", 2}, {"%%", 2}, false}, {{"__", 2}, {"__", 2}, false},
	{{"{", 1}, {"}", 1}, false},   {{"@", 1}, {"@", 1}, false},   {{"%", 1}, {"%", 1}, false},
	{{"#", 1}, {"#", 1}, false},   {{"<", 1}, {">", 1}, false},   {{"[", 1}, {"]", 1}, false},
	{{"$", 1}, {"$", 1}, false},   {{"$", 1}, {"", 0}, false},
};

static size_t blank_length(struct zm_str text)
{
	size_t len = 0;
	while (len < text.len && is_blank(text.data[len])) {
		len++;
	}
	return len;
}

static bool says_serial(struct zm_str name)
{
	static const struct zm_str word = {"serial", 6};
	for (size_t i = 0; i < name.len; i++) {
		if (zm_str_starts_nocase(zm_str_sub(name, i, name.len), word)) {
			return true;
		}
	}
	return false;
}

/* A name that says that it is the serial's, of capitals alone where no mark is around it. */
static size_t serial_name_length(struct zm_str text, bool in_capitals)
{
	size_t len = 0;
	for (; len < text.len; len++) {
		char c = text.data[len];
		bool is_letter = in_capitals ? is_capital(c) : zm_is_alpha(c) || c == '_';
		if (!is_letter && (len == 0 || !(zm_is_digit(c) || c == '.' || c == '-'))) {
			break;
		}
	}
	return says_serial(zm_str_sub(text, 0, len)) ? len : 0;
}

/* `__SERIAL__`: the mark after the name could be part of it. */
static size_t without_mark(struct zm_str text, size_t name, struct zm_str close)
{
	bool ends = close.len > 0 && zm_str_ends(zm_str_sub(text, 0, name), close);
	return ends ? name - close.len : name;
}

static size_t marked_serial_length(struct zm_str text, const struct marks *marks)
{
	if (!zm_str_starts(text, marks->open)) {
		return 0;
	}
	size_t at = marks->open.len;
	at += marks->has_blanks ? blank_length(zm_str_sub(text, at, text.len)) : 0;
	struct zm_str rest = zm_str_sub(text, at, text.len);
	size_t name = without_mark(rest, serial_name_length(rest, false), marks->close);
	at += name;
	at += marks->has_blanks ? blank_length(zm_str_sub(text, at, text.len)) : 0;
	bool closes = zm_str_starts(zm_str_sub(text, at, text.len), marks->close);
	return name > 0 && closes ? at + marks->close.len : 0;
}

size_t zm_serial_placeholder(struct zm_str text)
{
	for (size_t i = 0; i < sizeof(serial_marks) / sizeof(serial_marks[0]); i++) {
		size_t len = marked_serial_length(text, &serial_marks[i]);
		if (len > 0) {
			return len;
		}
	}
	return serial_name_length(text, true);
}

/* ---- Templates ---- */

static bool is_end_of_word(char c)
{
	return is_blank(c) || c == '(' || c == ')' || c == ';';
}

/* A placeholder for the serial that is a word of its own. */
static size_t serial_word_length(struct zm_str line, size_t at)
{
	size_t len = zm_serial_placeholder(zm_str_sub(line, at, line.len));
	bool starts = at == 0 || is_end_of_word(line.data[at - 1]);
	bool ends = at + len >= line.len || is_end_of_word(line.data[at + len]);
	return starts && ends ? len : 0;
}

/* Does a placeholder begin at byte `at` of the line? */
static bool is_placeholder(struct zm_str line, size_t at)
{
	static const struct {
		struct zm_str open;
		struct zm_str close;
	} pair[] = {
		{{"{{", 2}, {"}}", 2}},
		{{"{%", 2}, {"%}", 2}},
		{{"<%", 2}, {"%>", 2}},
	};
	struct zm_str rest = zm_str_sub(line, at, at + PLACEHOLDER_MAX);
	struct zm_str after_one = zm_str_sub(rest, 1, rest.len);
	struct zm_str after_two = zm_str_sub(rest, 2, rest.len);
	for (size_t i = 0; i < sizeof(pair) / sizeof(pair[0]); i++) {
		if (zm_str_starts(rest, pair[i].open)) {
			return zm_str_find(after_two, pair[i].close, 0) != SIZE_MAX;
		}
	}
	if (zm_str_starts(rest, ZM_STR("@@"))) {
		return is_capital_name_up_to(after_two, ZM_STR("@@")) || is_short_word(line, at);
	}
	if (zm_str_starts(rest, ZM_STR("${"))) {
		return is_variable_up_to_brace(after_two);
	}
	bool is_macro = at > 0 && (line.data[at - 1] == '%' || line.data[at - 1] == '$');
	return rest.data[0] == '{' && !is_macro && is_capital_name_up_to(after_one, ZM_STR("}"));
}

/* `{records}` and nothing else in the line: what Python's format() fills in. A serial may be one in
 * a zone that is read all the same. */
static bool is_placeholder_alone(struct zm_str line)
{
	struct zm_str text = zm_str_trim(line);
	bool is_braced = zm_str_starts(text, ZM_STR("{")) && zm_str_ends(text, ZM_STR("}"));
	if (!is_braced || text.len < SHORTEST_NAME + 2) {
		return false;
	}
	struct zm_str name = zm_str_sub(text, 1, text.len - 1);
	for (size_t i = 0; i < name.len; i++) {
		if (!zm_is_alnum(name.data[i]) && name.data[i] != '_') {
			return false;
		}
	}
	return !zm_str_starts_nocase(name, ZM_STR("serial"));
}

static bool starts_spf(struct zm_str text)
{
	return zm_str_starts_nocase(text, ZM_STR("v=spf1"));
}

/* An unbalanced quote ends with its line. */
static bool line_has_placeholder(struct zm_str line)
{
	bool quoted = false;
	bool is_spf = false; /* from the version on, in all strings of the line */
	size_t skip;
	for (size_t i = 0; i < line.len; i++) {
		switch (line.data[i]) {
		case '\\':
			i++;
			break;
		case '"':
			quoted = !quoted;
			is_spf |= quoted && starts_spf(zm_str_sub(line, i + 1, line.len));
			break;
		case ';':
			if (!quoted) {
				return false;
			}
			break;
		case '{':
		case '<':
		case '@':
		case '$':
			skip = quoted ? 0 : serial_word_length(line, i);
			if (skip > 0) {
				i += skip - 1;
			} else if ((!quoted || is_spf) && is_placeholder(line, i)) {
				return true;
			}
			break;
		default:
			break;
		}
	}
	return false;
}

/* `{`, `<%` or `@@`: every placeholder has one of these in it, and few zones do. */
static bool is_mark(struct zm_str bytes, size_t at)
{
	char c = bytes.data[at];
	char next = at + 1 < bytes.len ? bytes.data[at + 1] : '\0';
	return c == '{' || (c == '<' && next == '%') || (c == '@' && next == '@');
}

static bool may_hold_placeholder(struct zm_str bytes)
{
	size_t at = 0;
	for (; bytes.len - at >= ZM_MASK_BYTES; at += ZM_MASK_BYTES) {
		const char *p = bytes.data + at;
		uint32_t found = zm_mask_eq(p, '{') | zm_mask_eq(p, '<') | zm_mask_eq(p, '@');
		for (; found != 0; found &= found - 1) {
			if (is_mark(bytes, at + (size_t)__builtin_ctz(found))) {
				return true;
			}
		}
	}
	while (at < bytes.len && !is_mark(bytes, at)) {
		at++;
	}
	return at < bytes.len;
}

bool zm_file_is_template(struct zm_str bytes)
{
	struct zm_str head = zm_str_sub(bytes, 0, ZM_TEMPLATE_BYTES_MAX);
	size_t at = 0;
	if (!may_hold_placeholder(head)) {
		return false;
	}
	while (at < head.len) {
		const char *lf = memchr(head.data + at, '\n', head.len - at);
		size_t end = lf == NULL ? head.len : (size_t)(lf - head.data);
		struct zm_str line = zm_str_sub(head, at, end);
		if (line_has_placeholder(line) || is_placeholder_alone(line)) {
			return true;
		}
		at = end + 1;
	}
	return false;
}
