/*
 * plain word: the words of a plain line. Each step takes the place to read at and gives the place
 * after what it read, NULL where it is not what it should be or not plain; none reads further than
 * ZM_WORD_ROOM bytes, zm_read_string() ZM_STRING_MAX more, which the caller sees to.
 */
#ifndef ZM_ZONE_FAST_PLAIN_WORD_H
#define ZM_ZONE_FAST_PLAIN_WORD_H

#include "base/mask.h"
#include "base/name.h"

enum {
	ZM_WORD_MAX = 63,  /* bytes of a name, so that no label in it is too long */
	ZM_GAP_MAX = 63,   /* blanks between two words */
	ZM_DIGITS_MAX = 9, /* of a number: far below 2^32 */
	ZM_WORD_ROOM = ZM_WORD_MAX + ZM_MASK_BYTES,
};

static inline bool zm_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* In lower case, where it is a letter. */
static inline char zm_fold(char c)
{
	return (char)(c | 0x20);
}

/* Over at least one blank. */
static inline const char *zm_skip_gap(const char *p)
{
	const char *from = p;
	while (zm_is_blank(*p)) {
		p++;
		if (p - from > ZM_GAP_MAX) {
			return NULL;
		}
	}
	return p > from ? p : NULL;
}

/* Decimal digits up to `max`. */
static inline const char *zm_read_number(const char *p, uint32_t max, uint32_t *number)
{
	const char *from = p;
	uint32_t value = 0;
	while (*p >= '0' && *p <= '9') {
		value = value * 10 + (uint32_t)(*p - '0');
		p++;
		if (p - from > ZM_DIGITS_MAX) {
			return NULL;
		}
	}
	*number = value;
	return p > from && value <= max ? p : NULL;
}

/* In quotes, without escapes. */
static inline const char *zm_read_string(const char *p)
{
	if (*p != '"') {
		return NULL;
	}
	unsigned len = 0;
	unsigned run = ZM_MASK_BYTES;
	for (; len <= ZM_STRING_MAX && run == ZM_MASK_BYTES; len += run) {
		run = zm_mask_run(zm_mask_plain(p + 1 + len));
	}
	return len <= ZM_STRING_MAX && p[1 + len] == '"' ? p + len + 2 : NULL;
}

/* A name as written. */
struct zm_word {
	const char *at;
	size_t len;
	uint64_t dots; /* bit i: byte i is a dot */
};

/* Bytes of host names and underscores, 63 at the most, with no label empty. */
static inline const char *zm_read_name(const char *p, struct zm_word *word)
{
	word->at = p;
	word->dots = 0;
	unsigned run = ZM_MASK_BYTES;
	for (word->len = 0; word->len <= ZM_WORD_MAX && run == ZM_MASK_BYTES; word->len += run) {
		const char *block = p + word->len;
		run = zm_mask_run(zm_mask_name(block));
		word->dots |= (uint64_t)zm_mask_eq(block, '.') << word->len;
	}
	if (word->len == 0 || word->len > ZM_WORD_MAX) {
		return NULL;
	}
	word->dots &= (UINT64_C(1) << word->len) - 1;
	return (word->dots & (word->dots << 1 | 1)) == 0 ? p + word->len : NULL;
}

static inline bool zm_word_is_absolute(const struct zm_word *word)
{
	return word->at[word->len - 1] == '.';
}

/* A relative name with its origin within the bounds of RFC 1035 2.3.4; an absolute one is. */
static inline bool zm_word_fits(const struct zm_word *word, size_t origin_len)
{
	return zm_word_is_absolute(word) || word->len + 1 + origin_len <= ZM_NAME_MAX;
}

/* Writes the labels of a name in wire form, without the root; returns the place after them. */
static inline uint8_t *zm_word_wire(uint8_t *wire, const char *name, size_t len, uint64_t dots)
{
	for (size_t start = 0; start < len;) {
		uint64_t rest = dots >> start;
		size_t label = rest == 0 ? len - start : (size_t)__builtin_ctzll(rest);
		*wire = (uint8_t)label;
		memcpy(wire + 1, name + start, label);
		wire += label + 1;
		start += label + 1;
	}
	return wire;
}

#endif
