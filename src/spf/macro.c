#include "spf/macro.h"

#include "spf/domain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { EXPANDED_MAX = 1 << 20, DOMAIN_TEXT_MAX = 253 }; /* RFC 7208 7.3 */

uint32_t zm_spf_letters(struct zm_str text)
{
	uint32_t letters = 0;
	size_t pos = zm_str_find(text, ZM_STR("%"), 0);
	while (pos != SIZE_MAX) {
		char letter = 0;
		size_t len = zm_spf_macro_length(zm_str_sub(text, pos, text.len), &letter);
		if (len > 2) {
			letters |= zm_spf_letter(letter);
		}
		pos = zm_str_find(text, ZM_STR("%"), pos + (len > 0 ? len : 1));
	}
	return letters;
}

/* ---- Values ---- */

/* What the longest value that is made here needs: the address of an IPv6 client in nibbles. */
struct made {
	char text[64];
};

static struct zm_str print_nibbles(struct made *made, struct zm_ip ip)
{
	static const char digit[] = "0123456789ABCDEF";
	for (size_t i = 0; i < 16; i++) {
		made->text[4 * i] = digit[ip.byte[i] >> 4];
		made->text[4 * i + 1] = '.';
		made->text[4 * i + 2] = digit[ip.byte[i] & 15];
		made->text[4 * i + 3] = '.';
	}
	return (struct zm_str){made->text, 63};
}

static struct zm_str print_address(struct made *made, struct zm_ip ip)
{
	struct zm_ip_text text;
	struct zm_str printed = zm_ip_print(&text, ip);
	memcpy(made->text, printed.data, printed.len);
	return (struct zm_str){made->text, printed.len};
}

static struct zm_str print_time(struct made *made, int64_t seconds)
{
	int len = snprintf(made->text, sizeof(made->text), "%" PRId64, seconds);
	return (struct zm_str){made->text, (size_t)len};
}

/* RFC 7208 7.2 */
static struct zm_str value_of(const struct zm_spf_values *values, char letter, struct made *made)
{
	switch (letter) {
	case 's':
		return values->sender;
	case 'l':
		return values->local;
	case 'o':
		return values->sender_domain;
	case 'd':
		return values->domain;
	case 'i':
		return values->ip.family == 6 ? print_nibbles(made, values->ip)
					      : print_address(made, values->ip);
	case 'p':
		return values->validated;
	case 'v':
		return values->ip.family == 6 ? ZM_STR("ip6") : ZM_STR("in-addr");
	case 'h':
		return values->helo;
	case 'c':
		return print_address(made, values->ip);
	case 'r':
		return values->receiver;
	default:
		return print_time(made, values->time);
	}
}

/* ---- Transformers ---- */

/* `%{d2r-+}` taken apart. */
struct macro {
	char letter; /* as written: a capital one asks for URL escapes */
	uint64_t parts;
	bool reversed;
	struct zm_str delimiters;
};

static struct macro take_apart(struct zm_str text)
{
	struct macro macro = {.letter = text.data[2]};
	size_t pos = 3;
	while (zm_is_digit(text.data[pos])) {
		/* More parts than a text can have are all of them. */
		if (macro.parts < UINT32_MAX) {
			macro.parts = macro.parts * 10 + (uint64_t)(text.data[pos] - '0');
		}
		pos++;
	}
	macro.reversed = zm_lower(text.data[pos]) == 'r';
	pos += macro.reversed ? 1 : 0;
	macro.parts = macro.parts == 0 ? UINT64_MAX : macro.parts;
	macro.delimiters = zm_str_sub(text, pos, text.len - 1);
	if (macro.delimiters.len == 0) {
		macro.delimiters = ZM_STR(".");
	}
	return macro;
}

static bool is_delimiter(const struct macro *macro, char c)
{
	return memchr(macro->delimiters.data, c, macro->delimiters.len) != NULL;
}

/* RFC 3986 2.3 */
static bool is_unreserved(char c)
{
	return zm_is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static void add_byte(struct zm_buf *out, const struct macro *macro, char c)
{
	bool escapes = macro->letter != zm_lower(macro->letter);
	if (escapes && !is_unreserved(c)) {
		zm_buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
	} else {
		zm_buf_add_char(out, c);
	}
}

static void add_part(struct zm_buf *out, const struct macro *macro, struct zm_str part)
{
	for (size_t i = 0; i < part.len; i++) {
		add_byte(out, macro, part.data[i]);
	}
}

/* Where the part begins that ends at `end`. */
static size_t start_of_part(const struct macro *macro, struct zm_str value, size_t end)
{
	while (end > 0 && !is_delimiter(macro, value.data[end - 1])) {
		end--;
	}
	return end;
}

/* The last part first; of the parts so ordered, the right-hand ones are kept, which are the first
 * of the value. */
static void add_reversed(struct zm_buf *out, const struct macro *macro, struct zm_str value)
{
	size_t kept = 0;
	for (uint64_t parts = 0; kept < value.len; kept++) {
		parts += is_delimiter(macro, value.data[kept]) ? 1 : 0;
		if (parts == macro->parts) {
			break;
		}
	}
	for (size_t end = kept;;) {
		size_t start = start_of_part(macro, value, end);
		add_part(out, macro, zm_str_sub(value, start, end));
		if (start == 0) {
			return;
		}
		zm_buf_add_char(out, '.');
		end = start - 1;
	}
}

static void add_in_order(struct zm_buf *out, const struct macro *macro, struct zm_str value)
{
	size_t start = value.len;
	for (uint64_t parts = 0; start > 0; start--) {
		parts += is_delimiter(macro, value.data[start - 1]) ? 1 : 0;
		if (parts == macro->parts) {
			break;
		}
	}
	for (size_t i = start; i < value.len; i++) {
		bool is_seam = is_delimiter(macro, value.data[i]);
		add_byte(out, macro, is_seam ? '.' : value.data[i]);
	}
}

static void add_macro(struct zm_buf *out, struct zm_str text, const struct zm_spf_values *values)
{
	struct made made;
	struct macro macro = take_apart(text);
	struct zm_str value = value_of(values, zm_lower(macro.letter), &made);
	if (macro.reversed) {
		add_reversed(out, &macro, value);
	} else {
		add_in_order(out, &macro, value);
	}
}

/* ---- Texts ---- */

static void add_expanded(struct zm_buf *out, struct zm_str text, char letter,
			 const struct zm_spf_values *values)
{
	if (letter == '%') {
		zm_buf_add_char(out, '%');
	} else if (letter == '_') {
		zm_buf_add_char(out, ' ');
	} else if (letter == '-') {
		zm_buf_add(out, ZM_STR("%20"));
	} else {
		add_macro(out, text, values);
	}
}

bool zm_spf_expand(struct zm_buf *out, struct zm_str text, const struct zm_spf_values *values)
{
	for (size_t pos = 0; pos < text.len;) {
		size_t percent = zm_str_find(text, ZM_STR("%"), pos);
		size_t end = percent == SIZE_MAX ? text.len : percent;
		char letter = 0;
		zm_buf_add(out, zm_str_sub(text, pos, end));
		if (end == text.len) {
			return true;
		}
		size_t len = zm_spf_macro_length(zm_str_sub(text, end, text.len), &letter);
		if (len == 0) {
			return false;
		}
		add_expanded(out, zm_str_sub(text, end, end + len), letter, values);
		pos = end + len;
	}
	return true;
}

/* RFC 7208 7.3: labels go from the left until 253 bytes are left. */
static struct zm_str fit(struct zm_str text)
{
	while (text.len > DOMAIN_TEXT_MAX) {
		size_t dot = zm_str_find(text, ZM_STR("."), 0);
		text = zm_str_sub(text, dot == SIZE_MAX ? text.len : dot + 1, text.len);
	}
	return text;
}

static bool name_of(struct zm_spf_target *target, struct zm_arena *arena)
{
	struct zm_name_buf buf;
	const char *why;
	if (!zm_name_from_domain(&buf, target->text, &why)) {
		return false;
	}
	target->name = zm_name_copy(arena, zm_name_of(&buf));
	return true;
}

bool zm_spf_expand_domain(struct zm_spf_target *target, struct zm_arena *arena, struct zm_str spec,
			  const struct zm_spf_values *values)
{
	if (zm_str_find(spec, ZM_STR("%"), 0) == SIZE_MAX) {
		target->text = fit(zm_spf_without_dot(spec));
		return name_of(target, arena);
	}
	struct zm_buf out = {.max = EXPANDED_MAX};
	bool good = zm_spf_expand(&out, spec, values) && !out.full;
	struct zm_str text = fit(zm_spf_without_dot(zm_buf_str(&out)));
	target->text = zm_arena_copy(arena, text);
	zm_buf_release(&out);
	return good && name_of(target, arena);
}
