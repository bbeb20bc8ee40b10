#include "spf/domain.h"

#include "base/mask.h"
#include "spf/ip.h"

#include <string.h>

enum { LABEL_MAX = 63 }; /* RFC 1035 2.3.4 */

static bool is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static bool is_high(char c)
{
	return (unsigned char)c > 127;
}

struct zm_span zm_spf_high_bytes(struct zm_str value, size_t from)
{
	while (from < value.len && !is_high(value.data[from])) {
		from++;
	}
	size_t end = from;
	while (end < value.len && is_high(value.data[end])) {
		end++;
	}
	return (struct zm_span){from, end};
}

/* transformers: digits that are not all zero, and an `r` (RFC 7208 7.1, 7.3). */
static bool read_transformers(struct zm_str text, size_t *pos)
{
	size_t start = *pos;
	bool positive = false;
	while (*pos < text.len && zm_is_digit(text.data[*pos])) {
		positive = positive || text.data[*pos] != '0';
		(*pos)++;
	}
	if (*pos > start && !positive) {
		return false;
	}
	if (*pos < text.len && zm_lower(text.data[*pos]) == 'r') {
		(*pos)++;
	}
	return true;
}

size_t zm_spf_macro_length(struct zm_str text, char *letter)
{
	if (text.len < 2) {
		return 0;
	}
	if (is_one_of(text.data[1], "%_-")) {
		*letter = text.data[1];
		return 2;
	}
	if (text.len < 4 || text.data[1] != '{') {
		return 0;
	}
	*letter = zm_lower(text.data[2]);
	size_t pos = 3;
	if (!is_one_of(*letter, "slodiphcrtv") || !read_transformers(text, &pos)) {
		return 0;
	}
	while (pos < text.len && is_one_of(text.data[pos], ".-+,/_=")) {
		pos++;
	}
	return pos < text.len && text.data[pos] == '}' ? pos + 1 : 0;
}

/* A broken macro: up to its brace if it has one, else the `%` and what follows it. */
static struct zm_spf_fault broken_macro(struct zm_str value, size_t at)
{
	size_t end = at + 2 < value.len ? at + 2 : value.len;
	if (end - at == 2 && value.data[at + 1] == '{') {
		while (end < value.len && !is_one_of(value.data[end], "%}")) {
			end++;
		}
		if (end < value.len && value.data[end] == '}') {
			end++;
		}
	}
	return (struct zm_spf_fault){ZM_SPF_MACRO_SYNTAX, {at, end}};
}

/* How far a domain-spec is read. */
struct walk {
	struct zm_str value;
	struct zm_spf_fault fault;
	size_t pos;
	size_t label;   /* the start of the label at pos */
	size_t top;     /* the start of the label before that */
	size_t literal; /* the start of the run of literal bytes at pos, bounded by dots and macros
			 */
	size_t macro_end; /* the end of the last macro, 0 for none */
};

static bool blame(struct walk *walk, enum zm_spf_problem problem, size_t start, size_t end)
{
	walk->fault = (struct zm_spf_fault){problem, {start, end}};
	return false;
}

static bool read_macro(struct walk *walk)
{
	char letter = 0;
	size_t start = walk->pos;
	size_t len = zm_spf_macro_length(zm_str_sub(walk->value, start, walk->value.len), &letter);
	if (len == 0) {
		walk->fault = broken_macro(walk->value, start);
		return false;
	}
	if (is_one_of(letter, "crt")) { /* RFC 7208 7.2 */
		return blame(walk, ZM_SPF_MACRO_EXP_ONLY, start, start + len);
	}
	walk->pos += len;
	walk->literal = walk->pos;
	walk->macro_end = walk->pos;
	return true;
}

/* The dot at pos ends a label, which may not be empty. */
static bool read_dot(struct walk *walk)
{
	if (walk->pos == walk->label) {
		return blame(walk, ZM_SPF_DOMAIN_INVALID, walk->pos, walk->pos + 1);
	}
	walk->top = walk->label;
	walk->pos++;
	walk->label = walk->pos;
	walk->literal = walk->pos;
	return true;
}

/* A macro may expand to dots, so the run of bytes between two is all that is known of a label. */
static bool read_literals(struct walk *walk)
{
	struct zm_str value = walk->value;
	size_t pos = walk->pos;
	while (pos < value.len && value.data[pos] != '%' && value.data[pos] != '.' &&
	       !is_high(value.data[pos])) {
		pos++;
	}
	walk->pos = pos;
	if (pos - walk->literal > LABEL_MAX) {
		return blame(walk, ZM_SPF_DOMAIN_INVALID, walk->literal, pos);
	}
	return true;
}

static bool read_part(struct walk *walk)
{
	char c = walk->value.data[walk->pos];
	if (c == '%') {
		return read_macro(walk);
	}
	if (c == '.') {
		return read_dot(walk);
	}
	if (is_high(c)) {
		struct zm_span run = zm_spf_high_bytes(walk->value, walk->pos);
		return blame(walk, ZM_SPF_DOMAIN_NOT_ASCII, run.start, run.end);
	}
	return read_literals(walk);
}

/* toplabel: letters, digits and inner hyphens, not digits alone (RFC 7208 7.1). */
static bool is_top_label(struct zm_str label)
{
	bool only_digits = true;
	for (size_t i = 0; i < label.len; i++) {
		if (!zm_is_alnum(label.data[i]) && label.data[i] != '-') {
			return false;
		}
		only_digits = only_digits && zm_is_digit(label.data[i]);
	}
	return !only_digits && label.data[0] != '-' && label.data[label.len - 1] != '-';
}

/* domain-end: a macro, or a dot, a top label and perhaps a final dot (RFC 7208 7.1). */
static bool check_end(struct walk *walk)
{
	size_t end = walk->pos;
	size_t top = walk->label;
	if (walk->macro_end == end) {
		return true;
	}
	if (top == end) {
		top = walk->top;
		end--;
	}
	if (top == 0) {
		return blame(walk, ZM_SPF_DOMAIN_INVALID, 0, walk->pos);
	}
	if (!is_top_label(zm_str_sub(walk->value, top, end))) {
		return blame(walk, ZM_SPF_DOMAIN_INVALID, top, end);
	}
	return true;
}

static bool is_address(struct zm_str value)
{
	struct zm_ip ip;
	return zm_ip4_parse(&ip, value) || zm_ip6_parse(&ip, value);
}

/* Good for sure, as most are: letters, digits, hyphens and underscores between dots, and so few of
 * them that each is a bit of one word. */
static bool is_plain_domain(struct zm_str value)
{
	char bytes[4 * ZM_MASK_BYTES] = {0};
	uint64_t dots = 0;
	uint64_t others = 0;
	if (value.len == 0 || value.len > LABEL_MAX) {
		return false;
	}
	memcpy(bytes, value.data, value.len);
	for (size_t i = 0; i < value.len; i += ZM_MASK_BYTES) {
		dots |= (uint64_t)zm_mask_eq(bytes + i, '.') << i;
		others |= (uint64_t)(~zm_mask_name(bytes + i) & ZM_MASK_ALL) << i;
	}
	if ((others & ((UINT64_C(1) << value.len) - 1)) != 0 || (dots & (dots << 1 | 1)) != 0) {
		return false;
	}
	size_t end = value.len - (dots >> (value.len - 1)); /* without a final dot */
	dots &= (UINT64_C(1) << end) - 1;
	size_t top = dots == 0 ? 0 : 64U - (size_t)__builtin_clzll(dots);
	return top > 0 && is_top_label(zm_str_sub(value, top, end));
}

struct zm_spf_fault zm_spf_check_domain(struct zm_str value)
{
	struct walk walk = {.value = value};
	if (is_plain_domain(value)) {
		return walk.fault;
	}
	bool good = true;
	while (good && walk.pos < value.len) {
		good = read_part(&walk);
	}
	if (good) {
		check_end(&walk);
	}
	/* No address is a domain-spec: its last label is a number, or holds a colon. */
	if (walk.fault.problem == ZM_SPF_DOMAIN_INVALID && is_address(value)) {
		blame(&walk, ZM_SPF_DOMAIN_IS_ADDRESS, 0, value.len);
	}
	return walk.fault;
}

struct zm_spf_fault zm_spf_check_macro_string(struct zm_str value)
{
	for (size_t pos = 0; pos < value.len; pos++) {
		char letter;
		if (is_high(value.data[pos])) {
			return (struct zm_spf_fault){ZM_SPF_BAD_BYTE,
						     zm_spf_high_bytes(value, pos)};
		}
		if (value.data[pos] != '%') {
			continue;
		}
		size_t len = zm_spf_macro_length(zm_str_sub(value, pos, value.len), &letter);
		if (len == 0) {
			return broken_macro(value, pos);
		}
		pos += len - 1;
	}
	return (struct zm_spf_fault){ZM_SPF_GOOD, {0, 0}};
}

size_t zm_spf_cidr_start(struct zm_str value)
{
	size_t slash = value.len;
	if (zm_str_find(value, ZM_STR("/"), 0) == SIZE_MAX) {
		return slash;
	}
	for (size_t pos = 0; pos < value.len; pos++) {
		char c = value.data[pos];
		char letter;
		if (c == '%') {
			size_t len =
				zm_spf_macro_length(zm_str_sub(value, pos, value.len), &letter);
			pos += len > 0 ? len - 1 : 0;
		}
		if (c == '.' || c == '%') {
			slash = value.len;
		} else if (c == '/' && slash == value.len) {
			slash = pos;
		}
	}
	return slash;
}

struct zm_str zm_spf_without_dot(struct zm_str value)
{
	if (value.len > 1 && value.data[value.len - 1] == '.') {
		value.len--;
	}
	return value;
}

bool zm_spf_domain_eq(struct zm_str a, struct zm_str b)
{
	a = zm_spf_without_dot(a);
	b = zm_spf_without_dot(b);
	if (!zm_str_eq_nocase(a, b)) {
		return false;
	}
	for (size_t i = 0; i + 2 < a.len; i++) {
		if (a.data[i] != '%') {
			continue;
		}
		if (a.data[i + 1] == '{' && a.data[i + 2] != b.data[i + 2]) {
			return false;
		}
		i++; /* `%%` begins no macro */
	}
	return true;
}
