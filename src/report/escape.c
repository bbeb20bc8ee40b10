#include "report/escape.h"

#include <stdio.h>
#include <string.h>

struct range {
	uint32_t first;
	uint32_t last;
};

static bool lies_in(uint32_t c, const struct range *range, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (c >= range[i].first && c <= range[i].last) {
			return true;
		}
	}
	return false;
}

/* The length of the UTF-8 sequence at `at`, its code point in `*code`; 0 when it is none (RFC 3629
 * 4: no overlong form, no surrogate, nothing above U+10FFFF). */
static size_t utf8_length(struct zm_str text, size_t at, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	uint8_t first = (uint8_t)text.data[at];
	size_t len = first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	if (len == 0 || first > 0xf4 || len > text.len - at) {
		return 0;
	}
	uint32_t c = len == 1 ? first : first & (0x7fU >> len);
	for (size_t i = 1; i < len; i++) {
		uint8_t next = (uint8_t)text.data[at + i];
		if ((next & 0xc0) != 0x80) {
			return 0;
		}
		c = c << 6 | (next & 0x3f);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
		return 0;
	}
	*code = c;
	return len;
}

static bool is_unsafe(uint32_t c)
{
	static const struct range unsafe[] = {
		{0x00, 0x1f},     {0x7f, 0x9f},       {0xad, 0xad},     {0x61c, 0x61c},
		{0x200b, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f}, {0xfeff, 0xfeff},
		{0xfff9, 0xfffb}, {0xe0000, 0xe007f},
	};
	return c > 0x10ffff || lies_in(c, unsafe, sizeof(unsafe) / sizeof(unsafe[0]));
}

static size_t columns_of(uint32_t c)
{
	static const struct range wide[] = {
		{0x1100, 0x115f}, {0x2e80, 0xa4cf},   {0xac00, 0xd7a3},
		{0xf900, 0xfaff}, {0xfe30, 0xfe6f},   {0xff00, 0xff60},
		{0xffe0, 0xffe6}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd},
	};
	return lies_in(c, wide, sizeof(wide) / sizeof(wide[0])) ? 2 : 1;
}

struct zm_glyph zm_glyph_at(struct zm_str text, size_t at)
{
	struct zm_glyph glyph = {.width = 1, .eaten = 1};
	uint32_t code = UINT32_MAX;
	size_t len = utf8_length(text, at, &code);
	if (len > 0) {
		glyph.eaten = len;
	}
	if (len > 0 && !is_unsafe(code)) {
		memcpy(glyph.text, text.data + at, len);
		glyph.len = len;
		glyph.width = columns_of(code);
		return glyph;
	}
	for (size_t i = 0; i < glyph.eaten; i++) {
		uint8_t byte = (uint8_t)text.data[at + i];
		char *out = glyph.text + glyph.len;
		out[0] = '\\';
		out[1] = (char)('0' + byte / 100);
		out[2] = (char)('0' + byte / 10 % 10);
		out[3] = (char)('0' + byte % 10);
		glyph.len += 4;
	}
	glyph.width = glyph.len;
	return glyph;
}

size_t zm_glyph_plain(struct zm_str text, size_t at, size_t end)
{
	size_t from = at;
	end = end < text.len ? end : text.len;
	while (at < end && text.data[at] >= ' ' && text.data[at] <= '~') {
		at++;
	}
	return at - from;
}

void zm_escape(struct zm_buf *out, struct zm_str text)
{
	for (size_t at = 0; at < text.len;) {
		size_t plain = zm_glyph_plain(text, at, text.len);
		zm_buf_add(out, zm_str_sub(text, at, at + plain));
		at += plain;
		if (at < text.len) {
			struct zm_glyph glyph = zm_glyph_at(text, at);
			zm_buf_add(out, (struct zm_str){glyph.text, glyph.len});
			at += glyph.eaten;
		}
	}
}

static bool is_plain_in_a_shell(char c)
{
	return zm_is_alnum(c) || memchr("_-./,:@%+=", c, 10) != NULL;
}

void zm_escape_shell(struct zm_buf *out, struct zm_str word)
{
	size_t plain = 0;
	while (plain < word.len && is_plain_in_a_shell(word.data[plain])) {
		plain++;
	}
	if (plain == word.len && word.len > 0) {
		zm_buf_add(out, word);
		return;
	}
	zm_buf_add_char(out, '\'');
	for (size_t i = 0; i < word.len; i++) {
		if (word.data[i] == '\'') {
			zm_buf_add(out, ZM_STR("'\\''"));
		} else {
			zm_buf_add_char(out, word.data[i]);
		}
	}
	zm_buf_add_char(out, '\'');
}

void zm_utf8_repair(struct zm_buf *out, struct zm_str text)
{
	for (size_t at = 0; at < text.len;) {
		uint32_t code;
		size_t len = utf8_length(text, at, &code);
		if (len == 0) {
			zm_buf_add(out, ZM_STR("\xef\xbf\xbd"));
			at++;
			continue;
		}
		zm_buf_add(out, zm_str_sub(text, at, at + len));
		at += len;
	}
}
