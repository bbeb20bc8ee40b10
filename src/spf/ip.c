#include "spf/ip.h"

#include <stdio.h>
#include <string.h>

enum { IP6_BYTES = 16, NO_GAP = IP6_BYTES + 1, IP6_TEXT_MAX = 45 };

/* qnum: 0 to 255 without leading zeros. Returns how many bytes it takes, 0 when there is none. */
static size_t read_qnum(uint8_t *value, struct zm_str text)
{
	unsigned sum = 0;
	size_t len = 0;
	while (len < text.len && len < 3 && zm_is_digit(text.data[len])) {
		sum = sum * 10 + (unsigned)(text.data[len] - '0');
		len++;
	}
	if (sum > 255 || (len > 1 && text.data[0] == '0')) {
		return 0;
	}
	*value = (uint8_t)sum;
	return len;
}

bool zm_ip4_parse(struct zm_ip *ip, struct zm_str text)
{
	*ip = (struct zm_ip){.family = 4};
	size_t pos = 0;
	for (size_t i = 0; i < 4; i++) {
		if (i > 0) {
			if (pos == text.len || text.data[pos] != '.') {
				return false;
			}
			pos++;
		}
		size_t len = read_qnum(&ip->byte[i], zm_str_sub(text, pos, text.len));
		if (len == 0) {
			return false;
		}
		pos += len;
	}
	return pos == text.len;
}

static int hex_value(char c)
{
	if (zm_is_digit(c)) {
		return c - '0';
	}
	c = zm_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The dotted quad that may stand for the last two groups (RFC 4291 2.2, form 3). */
static size_t read_quad(struct zm_ip *ip, size_t *filled, struct zm_str text)
{
	struct zm_ip quad;
	if (*filled > IP6_BYTES - 4 || !zm_ip4_parse(&quad, text)) {
		return 0;
	}
	memcpy(&ip->byte[*filled], quad.byte, 4);
	*filled += 4;
	return text.len;
}

/* One to four hexadecimal digits, or the closing quad. Returns the bytes taken, 0 for neither. */
static size_t read_group(struct zm_ip *ip, size_t *filled, struct zm_str text)
{
	unsigned sum = 0;
	size_t len = 0;
	while (len < text.len && len < 4 && hex_value(text.data[len]) >= 0) {
		sum = sum * 16 + (unsigned)hex_value(text.data[len]);
		len++;
	}
	if (len < text.len && text.data[len] == '.') {
		return read_quad(ip, filled, text);
	}
	if (len == 0 || *filled == IP6_BYTES) {
		return 0;
	}
	ip->byte[(*filled)++] = (uint8_t)(sum >> 8);
	ip->byte[(*filled)++] = (uint8_t)(sum & 255);
	return len;
}

/* Moves what stood after `::` to the end. It stands for at least one group (RFC 4291 2.2, form 2).
 */
static bool open_gap(struct zm_ip *ip, size_t filled, size_t gap)
{
	if (gap == NO_GAP) {
		return filled == IP6_BYTES;
	}
	if (filled > IP6_BYTES - 2) {
		return false;
	}
	size_t after = filled - gap;
	memmove(&ip->byte[IP6_BYTES - after], &ip->byte[gap], after);
	memset(&ip->byte[gap], 0, IP6_BYTES - filled);
	return true;
}

bool zm_ip6_parse(struct zm_ip *ip, struct zm_str text)
{
	*ip = (struct zm_ip){.family = 6};
	size_t filled = 0;
	size_t gap = NO_GAP;
	size_t pos = 0;
	if (text.len > IP6_TEXT_MAX) {
		return false;
	}
	if (zm_str_starts(text, ZM_STR("::"))) {
		gap = 0;
		pos = 2;
	}
	while (pos < text.len) {
		size_t len = read_group(ip, &filled, zm_str_sub(text, pos, text.len));
		pos += len;
		if (len == 0 || pos == text.len) {
			return len > 0 && open_gap(ip, filled, gap);
		}
		if (text.data[pos] != ':' || pos + 1 == text.len) {
			return false;
		}
		pos++;
		if (text.data[pos] == ':') {
			if (gap != NO_GAP) {
				return false;
			}
			gap = filled;
			pos++;
		}
	}
	return open_gap(ip, filled, gap);
}

/* The bits of byte `i` that a prefix covers. */
static uint8_t mask_of(size_t i, unsigned prefix)
{
	if (prefix >= (i + 1) * 8) {
		return 0xff;
	}
	return prefix <= i * 8 ? 0 : (uint8_t)(0xff00u >> (prefix - i * 8));
}

struct zm_ip zm_ip_network(struct zm_ip ip, unsigned prefix)
{
	for (size_t i = 0; i < zm_ip_bits(ip) / 8; i++) {
		ip.byte[i] &= mask_of(i, prefix);
	}
	return ip;
}

bool zm_ip_has_host_bits(struct zm_ip ip, unsigned prefix)
{
	unsigned bits = zm_ip_bits(ip);
	unsigned at = prefix / 8;
	unsigned found = prefix < bits ? ip.byte[at] & (0xffU >> prefix % 8) : 0;
	for (at++; at < bits / 8; at++) {
		found |= ip.byte[at];
	}
	return found != 0;
}

bool zm_ip_in_network(struct zm_ip ip, struct zm_ip net, unsigned prefix)
{
	return zm_ip_eq(zm_ip_network(ip, prefix), zm_ip_network(net, prefix));
}

bool zm_ip_eq(struct zm_ip a, struct zm_ip b)
{
	return a.family == b.family && memcmp(a.byte, b.byte, zm_ip_bits(a) / 8) == 0;
}

static unsigned group_of(struct zm_ip ip, unsigned i)
{
	return (unsigned)ip.byte[2 * i] << 8 | ip.byte[2 * i + 1];
}

/* The longest run of two or more zero groups, the first of equal ones (RFC 5952 4.2). */
static void find_zeros(struct zm_ip ip, unsigned *start, unsigned *count)
{
	unsigned run = 0;
	*start = 8;
	*count = 1;
	for (unsigned i = 0; i < 8; i++) {
		run = group_of(ip, i) == 0 ? run + 1 : 0;
		if (run > *count) {
			*count = run;
			*start = i + 1 - run;
		}
	}
}

static struct zm_str print_ip6(struct zm_ip_text *out, struct zm_ip ip)
{
	size_t len = 0;
	unsigned start;
	unsigned count;
	find_zeros(ip, &start, &count);
	for (unsigned i = 0; i < 8; i++) {
		if (i == start) {
			len += (size_t)snprintf(out->data + len, sizeof(out->data) - len, "::");
			i += count - 1;
			continue;
		}
		bool joined = i > 0 && i != start + count;
		len += (size_t)snprintf(out->data + len, sizeof(out->data) - len, "%s%x",
					joined ? ":" : "", group_of(ip, i));
	}
	return (struct zm_str){out->data, len};
}

struct zm_str zm_ip_print(struct zm_ip_text *out, struct zm_ip ip)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	const uint8_t *quad = ip.family == 4 ? ip.byte : ip.byte + 12;
	bool is_mapped = ip.family == 6 && memcmp(ip.byte, mapped, sizeof(mapped)) == 0;
	if (ip.family != 4 && !is_mapped) {
		return print_ip6(out, ip);
	}
	int len = snprintf(out->data, sizeof(out->data), "%s%u.%u.%u.%u",
			   is_mapped ? "::ffff:" : "", quad[0], quad[1], quad[2], quad[3]);
	return (struct zm_str){out->data, (size_t)len};
}

struct zm_str zm_ip_text(struct zm_arena *arena, struct zm_ip ip)
{
	struct zm_ip_text text;
	return zm_arena_copy(arena, zm_ip_print(&text, ip));
}
