#include "zone/rdata/code.h"

#include "zone/rdata/digits.h"

static unsigned hex_value(char c)
{
	return (unsigned)(zm_is_digit(c) ? c - '0' : zm_lower(c) - 'a' + 10);
}

/* Bits of digits, given out as bytes as soon as there are eight of them. */
struct bits {
	uint32_t value;
	unsigned count;
};

static void add_bits(struct zm_buf *out, struct bits *bits, unsigned value, unsigned count)
{
	bits->value = bits->value << count | value;
	bits->count += count;
	if (bits->count >= 8) {
		bits->count -= 8;
		zm_buf_add_char(out, (char)(bits->value >> bits->count));
	}
}

bool zm_code_add_hex(struct zm_buf *out, struct zm_str text)
{
	struct bits bits = {0};
	if (text.len % 2 != 0 || (text.len > 0 && !zm_is_hex(text))) {
		return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		add_bits(out, &bits, hex_value(text.data[i]), 4);
	}
	return true;
}

bool zm_code_add_base32(struct zm_buf *out, struct zm_str text)
{
	struct bits bits = {0};
	if (!zm_is_base32(text)) {
		return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		add_bits(out, &bits, hex_value(text.data[i]), 5);
	}
	return true;
}

static unsigned base64_value(char c)
{
	if (zm_is_digit(c)) {
		return (unsigned)(c - '0' + 52);
	}
	if (c == '+' || c == '/') {
		return c == '+' ? 62 : 63;
	}
	return (unsigned)(c >= 'a' ? c - 'a' + 26 : c - 'A');
}

bool zm_code_add_base64(struct zm_buf *out, struct zm_str text)
{
	struct bits bits = {0};
	if (text.len > 0 && !zm_is_base64(text)) {
		return false;
	}
	while (zm_str_ends(text, ZM_STR("="))) {
		text.len--;
	}
	for (size_t i = 0; i < text.len; i++) {
		add_bits(out, &bits, base64_value(text.data[i]), 6);
	}
	return true;
}

bool zm_code_add_groups(struct zm_buf *out, struct zm_str text, char sep, size_t digits)
{
	for (size_t start = 0; start <= text.len;) {
		size_t end = zm_str_find(text, (struct zm_str){&sep, 1}, start);
		end = end == SIZE_MAX ? text.len : end;
		uint32_t value = 0;
		if (!zm_is_hex(zm_str_sub(text, start, end)) || end - start > digits) {
			return false;
		}
		for (size_t i = start; i < end; i++) {
			value = value << 4 | hex_value(text.data[i]);
		}
		if (digits == 4) {
			zm_buf_add_char(out, (char)(value >> 8));
		}
		zm_buf_add_char(out, (char)value);
		start = end + 1;
	}
	return true;
}

static int64_t number_at(struct zm_str text, size_t start, size_t end)
{
	uint64_t value = 0;
	zm_str_number(zm_str_sub(text, start, end), INT32_MAX, &value);
	return (int64_t)value;
}

/* Days since 1970-01-01 in the Gregorian calendar; years begin in March, so that the leap day is
 * their last one. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
	year -= month < 3;
	month += month < 3 ? 9 : -3;
	return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 -
	       719468;
}

uint32_t zm_code_time(struct zm_str text)
{
	enum { DATE = 14 };
	uint64_t seconds = 0;
	if (text.len != DATE) {
		zm_str_number(text, UINT32_MAX, &seconds);
		return (uint32_t)seconds;
	}
	int64_t day = days_of(number_at(text, 0, 4), number_at(text, 4, 6), number_at(text, 6, 8));
	int64_t hour = day * 24 + number_at(text, 8, 10);
	int64_t minute = hour * 60 + number_at(text, 10, 12);
	return (uint32_t)(minute * 60 + number_at(text, 12, DATE));
}
