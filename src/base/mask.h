/*
 * mask: sixteen bytes at a time, which of them are of a class: bit i of the result is byte p[i].
 *
 *	zm_mask_name("www.a b;c d e f ")   is   0b0101010101_01_0_1_11111 (bits of w w w . a, b, c,
 *...)
 *
 * The caller sees to it that p[0] to p[15] may be read. With SSE2 (every x86-64) each costs a few
 * instructions; elsewhere a loop does the same.
 */
#ifndef ZM_BASE_MASK_H
#define ZM_BASE_MASK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { ZM_MASK_BYTES = 16, ZM_MASK_ALL = 0xffff };

#ifdef __SSE2__
#include <emmintrin.h>

static inline __m128i zm_mask_load(const char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline uint32_t zm_mask_eq(const char *p, char c)
{
	return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(zm_mask_load(p), _mm_set1_epi8(c)));
}

/* Bytes from `least` to `least + span`. */
static inline __m128i zm_mask_between(__m128i bytes, char least, char span)
{
	__m128i offset = _mm_sub_epi8(bytes, _mm_set1_epi8(least));
	return _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(span)), offset);
}

/* Letters, digits, hyphen, dot and underscore. */
static inline uint32_t zm_mask_name(const char *p)
{
	__m128i bytes = zm_mask_load(p);
	__m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
	__m128i letter = zm_mask_between(lower, 'a', 'z' - 'a');
	__m128i other = zm_mask_between(bytes, '-', '9' - '-');
	__m128i slash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('/'));
	__m128i underscore = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'));
	__m128i all =
		_mm_or_si128(_mm_or_si128(letter, underscore), _mm_andnot_si128(slash, other));
	return (uint32_t)_mm_movemask_epi8(all);
}

static inline uint32_t zm_mask_hex(const char *p)
{
	__m128i bytes = zm_mask_load(p);
	__m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
	__m128i letter = zm_mask_between(lower, 'a', 'f' - 'a');
	__m128i digit = zm_mask_between(bytes, '0', '9' - '0');
	return (uint32_t)_mm_movemask_epi8(_mm_or_si128(letter, digit));
}

/* Space to tilde, but neither quote nor backslash: what a quoted string says as it stands. */
static inline uint32_t zm_mask_plain(const char *p)
{
	__m128i bytes = zm_mask_load(p);
	__m128i printable = zm_mask_between(bytes, ' ', '~' - ' ');
	__m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
	__m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
	return (uint32_t)_mm_movemask_epi8(
		_mm_andnot_si128(_mm_or_si128(quote, backslash), printable));
}

/* From the exclamation mark to the tilde: all that leaves a trace on paper. */
static inline uint32_t zm_mask_graph(const char *p)
{
	return (uint32_t)_mm_movemask_epi8(zm_mask_between(zm_mask_load(p), '!', '~' - '!'));
}

/* How many of bytes [p, p + len) are `c`. */
static inline size_t zm_mask_count(const char *p, size_t len, char c)
{
	enum { BLOCKS = UINT8_MAX }; /* until a sum of one byte is full */
	size_t count = 0;
	while (len >= ZM_MASK_BYTES) {
		size_t blocks = len / ZM_MASK_BYTES < BLOCKS ? len / ZM_MASK_BYTES : BLOCKS;
		__m128i sum = _mm_setzero_si128();
		for (size_t i = 0; i < blocks; i++, p += ZM_MASK_BYTES) {
			__m128i found = _mm_cmpeq_epi8(zm_mask_load(p), _mm_set1_epi8(c));
			sum = _mm_sub_epi8(sum, found);
		}
		sum = _mm_sad_epu8(sum, _mm_setzero_si128());
		count += (size_t)_mm_extract_epi16(sum, 0) + (size_t)_mm_extract_epi16(sum, 4);
		len -= blocks * ZM_MASK_BYTES;
	}
	for (; len > 0; len--) {
		count += *p++ == c;
	}
	return count;
}

#else

static inline uint32_t zm_mask_of(const char *p, bool (*is_of)(char c, char other), char other)
{
	uint32_t mask = 0;
	for (int i = 0; i < ZM_MASK_BYTES; i++) {
		mask |= (uint32_t)is_of(p[i], other) << i;
	}
	return mask;
}

static inline bool zm_mask_is_eq(char c, char other)
{
	return c == other;
}

static inline bool zm_mask_is_between(char c, char least, char most)
{
	return (uint8_t)c >= (uint8_t)least && (uint8_t)c <= (uint8_t)most;
}

static inline bool zm_mask_is_name(char c, char other)
{
	(void)other;
	return zm_mask_is_between((char)(c | 0x20), 'a', 'z') || c == '_' ||
	       (zm_mask_is_between(c, '-', '9') && c != '/');
}

static inline bool zm_mask_is_hex(char c, char other)
{
	(void)other;
	return zm_mask_is_between((char)(c | 0x20), 'a', 'f') || zm_mask_is_between(c, '0', '9');
}

static inline bool zm_mask_is_plain(char c, char other)
{
	(void)other;
	return zm_mask_is_between(c, ' ', '~') && c != '"' && c != '\\';
}

static inline uint32_t zm_mask_eq(const char *p, char c)
{
	return zm_mask_of(p, zm_mask_is_eq, c);
}

static inline uint32_t zm_mask_name(const char *p)
{
	return zm_mask_of(p, zm_mask_is_name, 0);
}

static inline uint32_t zm_mask_hex(const char *p)
{
	return zm_mask_of(p, zm_mask_is_hex, 0);
}

static inline uint32_t zm_mask_plain(const char *p)
{
	return zm_mask_of(p, zm_mask_is_plain, 0);
}

static inline bool zm_mask_is_graph(char c, char other)
{
	(void)other;
	return zm_mask_is_between(c, '!', '~');
}

static inline uint32_t zm_mask_graph(const char *p)
{
	return zm_mask_of(p, zm_mask_is_graph, 0);
}

static inline size_t zm_mask_count(const char *p, size_t len, char c)
{
	size_t count = 0;
	for (size_t i = 0; i < len; i++) {
		count += p[i] == c;
	}
	return count;
}

#endif

/* The number of the first bit that is not set among the first sixteen; 16 when all are. */
static inline unsigned zm_mask_run(uint32_t mask)
{
	return (unsigned)__builtin_ctz(~mask | 1U << ZM_MASK_BYTES);
}

/* How many of bytes [p, p + len) come before the first one that zm_mask_plain() leaves out. */
static inline size_t zm_mask_plain_run(const char *p, size_t len)
{
	size_t at = 0;
	unsigned run = ZM_MASK_BYTES;
	for (; run == ZM_MASK_BYTES && len - at >= ZM_MASK_BYTES; at += run) {
		run = zm_mask_run(zm_mask_plain(p + at));
	}
	if (run < ZM_MASK_BYTES) {
		return at;
	}
	while (at < len && p[at] >= ' ' && p[at] <= '~' && p[at] != '"' && p[at] != '\\') {
		at++;
	}
	return at;
}

#endif
