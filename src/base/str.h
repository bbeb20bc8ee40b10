/*
 * str: views of bytes that somebody else owns, and what one asks of them.
 *
 * A view never owns and need not end in NUL; a zone may hold any byte. Case is ASCII case only (RFC
 * 4343), never the locale's. All functions are total: they fail on nothing and allocate nothing.
 */
#ifndef ZM_BASE_STR_H
#define ZM_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zm_str {
	const char *data;
	size_t len;
};

/* A half-open range of bytes in something: [start, end), counted from 0. */
struct zm_span {
	size_t start;
	size_t end;
};

#define ZM_STR(literal) ((struct zm_str){(literal), sizeof(literal) - 1})

/* For printf's "%.*s". Only for views far below INT_MAX: terms, names, messages. */
#define ZM_STR_ARG(s) (int)(s).len, (s).data

static inline char zm_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline bool zm_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool zm_is_alpha(char c)
{
	return (unsigned char)((c | 0x20) - 'a') <= 'z' - 'a';
}

static inline bool zm_is_alnum(char c)
{
	return zm_is_alpha(c) || zm_is_digit(c);
}

/* Bytes [start, end) of s, clamped to it. */
static inline struct zm_str zm_str_sub(struct zm_str s, size_t start, size_t end)
{
	if (end > s.len) {
		end = s.len;
	}
	if (start > end) {
		start = end;
	}
	return (struct zm_str){s.data == NULL ? NULL : s.data + start, end - start};
}

static inline struct zm_str zm_str_at(struct zm_str s, struct zm_span span)
{
	return zm_str_sub(s, span.start, span.end);
}

struct zm_str zm_str_from(const char *c_string); /* NULL gives the empty view */
struct zm_str zm_str_trim(struct zm_str s);      /* blanks, tabs, CR and LF off both ends */

bool zm_str_eq(struct zm_str a, struct zm_str b);
bool zm_str_eq_nocase(struct zm_str a, struct zm_str b);
bool zm_str_starts(struct zm_str s, struct zm_str prefix);
bool zm_str_starts_nocase(struct zm_str s, struct zm_str prefix);
bool zm_str_ends(struct zm_str s, struct zm_str suffix);
int zm_str_compare(struct zm_str a,
		   struct zm_str b); /* bytes as unsigned, as memcmp; the shorter first */

/* The offset of the first `needle` in `s` at or after `from`, or SIZE_MAX. */
size_t zm_str_find(struct zm_str s, struct zm_str needle, size_t from);

/* A shell-like pattern over ASCII, case ignored: `*` is any run of bytes (dots and slashes too),
 * all else itself. */
bool zm_str_matches(struct zm_str s, struct zm_str pattern);

/* Decimal digits only, no sign, no blank; false when empty, not all digits, or above `max`. `value`
 * is then untouched. */
bool zm_str_number(struct zm_str s, uint64_t max, uint64_t *value);

/* How many letters to insert, delete, change or swap to get from a to b, ASCII case ignored; more
 * than `limit` gives limit + 1. */
size_t zm_str_distance(struct zm_str a, struct zm_str b, size_t limit);

/* The name nearest to `s` among `count` names: near enough to be a slip (a third of its length, 3
 * at most), else the first that begins with it (3 bytes at least), else NULL. */
const char *zm_str_nearest(struct zm_str s, const char *const *name, size_t count);

#endif
