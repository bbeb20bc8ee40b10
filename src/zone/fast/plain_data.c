#include "zone/fast/plain_data.h"

#include "spf/ip.h"
#include "zone/fast/plain_word.h"
#include "zone/zone.h"

static const char *read_target(const char *p, size_t origin_len, bool is_host)
{
	struct zm_word word;
	if (*p == '@') {
		return p + 1;
	}
	p = zm_read_name(p, &word);
	if (p == NULL || !zm_word_fits(&word, origin_len)) {
		return NULL;
	}
	return is_host && memchr(word.at, '_', word.len) != NULL ? NULL : p;
}

static const char *read_ip4(const char *p)
{
	for (int i = 0; i < 4; i++) {
		uint32_t number;
		const char *from = p;
		p = zm_read_number(p, UINT8_MAX, &number);
		if (p == NULL || (*from == '0' && p - from > 1) || (i < 3 && *p++ != '.')) {
			return NULL;
		}
	}
	return p;
}

static const char *read_ip6(const char *p)
{
	struct zm_ip ip;
	size_t len = 0;
	while (len <= ZM_WORD_MAX && (p[len] == ':' || zm_is_alnum(p[len]))) {
		len++;
	}
	return zm_ip6_parse(&ip, (struct zm_str){p, len}) ? p + len : NULL;
}

static inline const char *read_field(const char *p, uint32_t max, uint32_t *number)
{
	p = zm_read_number(p, max, number);
	return p == NULL ? NULL : zm_skip_gap(p);
}

/* Priority, weight, port and target (RFC 2782). */
static const char *read_srv(const char *p, size_t origin_len)
{
	uint32_t number;
	for (int i = 0; i < 3 && p != NULL; i++) {
		p = read_field(p, UINT16_MAX, &number);
	}
	return p == NULL ? NULL : read_target(p, origin_len, true);
}

/* Flags, tag and value (RFC 8659 4.1). */
static const char *read_caa(const char *p)
{
	uint32_t flags;
	p = read_field(p, UINT8_MAX, &flags);
	const char *tag = p;
	while (p != NULL && zm_is_alnum(*p) && p - tag < ZM_WORD_MAX) {
		p++;
	}
	p = p == NULL ? NULL : zm_skip_gap(p);
	return p == NULL ? NULL : zm_read_string(p);
}

/* Key tag, algorithm, digest type and the digest in one word (RFC 4034 5.3, RFC 4509, RFC 6605). */
static const char *read_ds(const char *p)
{
	static const uint8_t digits_of[] = {0, 40, 64, 0, 96};
	uint32_t number;
	uint32_t digest;
	p = read_field(p, UINT16_MAX, &number);
	p = p == NULL ? NULL : read_field(p, UINT8_MAX, &number);
	p = p == NULL ? NULL : read_field(p, 4, &digest);
	if (p == NULL || digits_of[digest] == 0) {
		return NULL;
	}
	unsigned len = 0;
	unsigned run = ZM_MASK_BYTES;
	for (; len < 96 && run == ZM_MASK_BYTES; len += run) {
		run = zm_mask_run(zm_mask_hex(p + len));
	}
	return len == digits_of[digest] ? p + len : NULL;
}

const char *zm_plain_data(uint16_t type, const char *p, size_t origin_len)
{
	uint32_t preference;
	switch (type) {
	case ZM_TYPE_NS:
		return read_target(p, origin_len, true);
	case ZM_TYPE_CNAME:
	case ZM_TYPE_PTR:
		return read_target(p, origin_len, false);
	case ZM_TYPE_MX:
		p = read_field(p, UINT16_MAX, &preference);
		return p == NULL ? NULL : read_target(p, origin_len, true);
	case ZM_TYPE_SRV:
		return read_srv(p, origin_len);
	case ZM_TYPE_CAA:
		return read_caa(p);
	case ZM_TYPE_A:
		return read_ip4(p);
	case ZM_TYPE_AAAA:
		return read_ip6(p);
	case ZM_TYPE_DS:
		return read_ds(p);
	default:
		return NULL;
	}
}
