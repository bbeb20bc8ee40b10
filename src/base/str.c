#include "base/str.h"

#include <string.h>

struct zm_str zm_str_from(const char *c_string)
{
	return (struct zm_str){c_string, c_string == NULL ? 0 : strlen(c_string)};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct zm_str zm_str_trim(struct zm_str s)
{
	size_t start = 0;
	size_t end = s.len;
	while (start < end && is_blank(s.data[start])) {
		start++;
	}
	while (end > start && is_blank(s.data[end - 1])) {
		end--;
	}
	return zm_str_sub(s, start, end);
}

bool zm_str_eq(struct zm_str a, struct zm_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool zm_str_eq_nocase(struct zm_str a, struct zm_str b)
{
	return a.len == b.len && zm_str_starts_nocase(a, b);
}

bool zm_str_starts(struct zm_str s, struct zm_str prefix)
{
	return zm_str_eq(zm_str_sub(s, 0, prefix.len), prefix);
}

bool zm_str_starts_nocase(struct zm_str s, struct zm_str prefix)
{
	if (s.len < prefix.len) {
		return false;
	}
	for (size_t i = 0; i < prefix.len; i++) {
		char c = s.data[i];
		char wanted = prefix.data[i];
		if (c != wanted && zm_lower(c) != zm_lower(wanted)) {
			return false;
		}
	}
	return true;
}

bool zm_str_ends(struct zm_str s, struct zm_str suffix)
{
	return s.len >= suffix.len && zm_str_eq(zm_str_sub(s, s.len - suffix.len, s.len), suffix);
}

int zm_str_compare(struct zm_str a, struct zm_str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);
	if (order != 0) {
		return order;
	}
	return (a.len > b.len) - (a.len < b.len);
}

size_t zm_str_find(struct zm_str s, struct zm_str needle, size_t from)
{
	while (from <= s.len && needle.len <= s.len - from) {
		if (needle.len == 0) {
			return from;
		}
		const char *hit =
			memchr(s.data + from, needle.data[0], s.len - from - needle.len + 1);
		if (hit == NULL) {
			return SIZE_MAX;
		}
		from = (size_t)(hit - s.data);
		if (memcmp(hit, needle.data, needle.len) == 0) {
			return from;
		}
		from++;
	}
	return SIZE_MAX;
}

bool zm_str_matches(struct zm_str s, struct zm_str pattern)
{
	size_t i = 0;
	size_t p = 0;
	size_t star = SIZE_MAX; /* where to resume after the last `*`, which may swallow one more
				   byte each time */
	size_t resume = 0;
	while (i < s.len) {
		if (p < pattern.len && pattern.data[p] == '*') {
			star = ++p;
			resume = i;
		} else if (p < pattern.len && zm_lower(pattern.data[p]) == zm_lower(s.data[i])) {
			p++;
			i++;
		} else if (star != SIZE_MAX) {
			p = star;
			i = ++resume;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.data[p] == '*') {
		p++;
	}
	return p == pattern.len;
}

bool zm_str_number(struct zm_str s, uint64_t max, uint64_t *value)
{
	uint64_t sum = 0;
	if (s.len == 0) {
		return false;
	}
	for (size_t i = 0; i < s.len; i++) {
		if (!zm_is_digit(s.data[i])) {
			return false;
		}
		uint64_t digit = (uint64_t)(s.data[i] - '0');
		if (digit > max || sum > (max - digit) / 10) {
			return false;
		}
		sum = sum * 10 + digit;
	}
	*value = sum;
	return true;
}

enum { DISTANCE_MAX_LEN = 64 };

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;
	return least < c ? least : c;
}

/* Optimal string alignment over three rows: names longer than the rows are no slips of each other.
 */
size_t zm_str_distance(struct zm_str a, struct zm_str b, size_t limit)
{
	size_t rows[3][DISTANCE_MAX_LEN + 1];
	size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
	if (gap > limit || a.len > DISTANCE_MAX_LEN || b.len > DISTANCE_MAX_LEN) {
		return limit + 1;
	}
	for (size_t j = 0; j <= b.len; j++) {
		rows[0][j] = j;
	}
	for (size_t i = 1; i <= a.len; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i - 1) % 3];
		const size_t *two_above = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			char x = zm_lower(a.data[i - 1]);
			char y = zm_lower(b.data[j - 1]);
			row[j] = min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y));
			bool swapped = i > 1 && j > 1 && x == zm_lower(b.data[j - 2]) &&
				       zm_lower(a.data[i - 2]) == y;
			if (swapped && two_above[j - 2] + 1 < row[j]) {
				row[j] = two_above[j - 2] + 1;
			}
		}
	}
	size_t distance = rows[a.len % 3][b.len];
	return distance > limit ? limit + 1 : distance;
}

/* `warn` of warning, `ptr` of ptr-mechanism. */
static const char *begun(struct zm_str s, const char *const *name, size_t count)
{
	enum { BYTES_MIN = 3 };
	for (size_t i = 0; i < count && s.len >= BYTES_MIN; i++) {
		if (zm_str_starts_nocase(zm_str_from(name[i]), s)) {
			return name[i];
		}
	}
	return NULL;
}

const char *zm_str_nearest(struct zm_str s, const char *const *name, size_t count)
{
	const char *nearest = NULL;
	size_t best = s.len / 3 > 3 ? 3 : (s.len / 3 < 1 ? 1 : s.len / 3);
	for (size_t i = 0; i < count; i++) {
		size_t distance = zm_str_distance(s, zm_str_from(name[i]), best);
		if (distance < best || (distance == best && nearest == NULL)) {
			best = distance;
			nearest = name[i];
		}
	}
	return nearest != NULL ? nearest : begun(s, name, count);
}
