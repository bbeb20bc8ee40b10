#include "zone/rdata/digits.h"

static bool are_all(struct zm_str text, bool (*allows)(char c))
{
	for (size_t i = 0; i < text.len; i++) {
		if (!allows(text.data[i])) {
			return false;
		}
	}
	return text.len > 0;
}

static bool is_hex_digit(char c)
{
	return zm_is_digit(c) || (zm_lower(c) >= 'a' && zm_lower(c) <= 'f');
}

bool zm_is_hex(struct zm_str text)
{
	return are_all(text, is_hex_digit);
}

static bool is_base32_digit(char c)
{
	return zm_is_digit(c) || (zm_lower(c) >= 'a' && zm_lower(c) <= 'v');
}

static unsigned base32_value(char c)
{
	return (unsigned)(zm_is_digit(c) ? c - '0' : zm_lower(c) - 'a' + 10);
}

/* Five bits a digit: some lengths are no whole number of bytes, and no bits may be lost. */
bool zm_is_base32(struct zm_str text)
{
	static const uint8_t lost_bits[8] = {0, 0xff, 3, 0xff, 15, 1, 0xff, 7};
	uint8_t lost = lost_bits[text.len % 8];
	return are_all(text, is_base32_digit) && lost != 0xff &&
	       (base32_value(text.data[text.len - 1]) & lost) == 0;
}

/* 64: none. */
static uint8_t base64_value(char c)
{
	if (zm_is_digit(c)) {
		return (uint8_t)(c - '0' + 52);
	}
	if (zm_is_alpha(c)) {
		return (uint8_t)(c >= 'a' ? c - 'a' + 26 : c - 'A');
	}
	return c == '+' ? 62 : c == '/' ? 63 : 64;
}

bool zm_base64_add(struct zm_base64 *base64, struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t value = base64_value(text.data[i]);
		if (text.data[i] == '=') {
			base64->padding++;
		} else if (value == 64 || base64->padding > 0) {
			return false;
		} else {
			base64->last = value;
		}
		base64->digits++;
	}
	return base64->padding <= 2;
}

bool zm_base64_ends(const struct zm_base64 *base64)
{
	static const uint8_t lost_bits[] = {0, 3, 15};
	return base64->digits % 4 == 0 && base64->digits > base64->padding &&
	       (base64->last & lost_bits[base64->padding]) == 0;
}

bool zm_is_base64(struct zm_str text)
{
	struct zm_base64 base64 = {0};
	return zm_base64_add(&base64, text) && zm_base64_ends(&base64);
}

bool zm_is_nsap(struct zm_str text)
{
	size_t digits = 0;
	if (!zm_str_starts_nocase(text, ZM_STR("0x"))) {
		return false;
	}
	for (size_t i = 2; i < text.len; i++) {
		if (text.data[i] != '.' && !is_hex_digit(text.data[i])) {
			return false;
		}
		digits += text.data[i] != '.';
	}
	return digits > 0 && digits % 2 == 0;
}

bool zm_is_groups(struct zm_str text, size_t groups, char sep)
{
	size_t most = sep == ':' ? 4 : 2;
	size_t at = 0;
	for (size_t i = 0; i < groups; i++) {
		size_t digits = 0;
		while (at < text.len && is_hex_digit(text.data[at])) {
			at++;
			digits++;
		}
		bool ends = i + 1 == groups;
		if (digits < 1 || digits > most || ends != (at == text.len) ||
		    (!ends && text.data[at] != sep)) {
			return false;
		}
		at++;
	}
	return true;
}
