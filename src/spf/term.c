#include "spf/term.h"

#include "spf/domain.h"

#include <string.h>

enum { END = -1 }; /* where a byte could follow, but the term ends */

static const struct zm_str kind_names[] = {
	[ZM_SPF_ALL] = {"all", 3},
	[ZM_SPF_INCLUDE] = {"include", 7},
	[ZM_SPF_A] = {"a", 1},
	[ZM_SPF_MX] = {"mx", 2},
	[ZM_SPF_PTR] = {"ptr", 3},
	[ZM_SPF_IP4] = {"ip4", 3},
	[ZM_SPF_IP6] = {"ip6", 3},
	[ZM_SPF_EXISTS] = {"exists", 6},
	[ZM_SPF_REDIRECT] = {"redirect", 8},
	[ZM_SPF_EXP] = {"exp", 3},
};

enum { NAMED_KINDS = sizeof(kind_names) / sizeof(kind_names[0]) };

const char *zm_spf_kind_name(enum zm_spf_kind kind)
{
	return (size_t)kind < NAMED_KINDS ? kind_names[kind].data : NULL;
}

static bool is_modifier_name(enum zm_spf_kind named)
{
	return named == ZM_SPF_REDIRECT || named == ZM_SPF_EXP;
}

/* What a name of this length that begins with this letter, in lower case, may be. */
static enum zm_spf_kind guess_kind(struct zm_str name, char first)
{
	switch (first) {
	case 'a':
		return name.len == 1 ? ZM_SPF_A : ZM_SPF_ALL;
	case 'e':
		return name.len == 3 ? ZM_SPF_EXP : ZM_SPF_EXISTS;
	case 'i':
		if (name.len != 3) {
			return ZM_SPF_INCLUDE;
		}
		return name.data[2] == '4' ? ZM_SPF_IP4 : ZM_SPF_IP6;
	case 'm':
		return ZM_SPF_MX;
	case 'p':
		return ZM_SPF_PTR;
	case 'r':
		return ZM_SPF_REDIRECT;
	default:
		return ZM_SPF_UNKNOWN;
	}
}

static enum zm_spf_kind kind_of_name(struct zm_str name)
{
	enum zm_spf_kind kind =
		name.len == 0 ? ZM_SPF_UNKNOWN : guess_kind(name, zm_lower(name.data[0]));
	struct zm_str known = kind == ZM_SPF_UNKNOWN ? ZM_STR("") : kind_names[kind];
	bool is = name.len > 0 && name.len == known.len;
	for (size_t i = 1; is && i < name.len; i++) {
		is = (name.data[i] | 0x20) == known.data[i]; /* no control byte is in a name */
	}
	return is ? kind : ZM_SPF_UNKNOWN;
}

/* The first blame stays: a term has one problem. */
static void blame(struct zm_spf_term *term, enum zm_spf_problem problem, size_t start, size_t end)
{
	if (term->problem == ZM_SPF_GOOD) {
		term->problem = problem;
		term->problem_at = (struct zm_span){start, end};
	}
}

static void blame_value(struct zm_spf_term *term, struct zm_spf_fault fault)
{
	size_t start = term->value_at.start;
	if (fault.problem != ZM_SPF_GOOD) {
		blame(term, fault.problem, start + fault.at.start, start + fault.at.end);
	}
}

/* Bytes over 127 from `from` to the end, where no domain-spec stands. */
static void blame_high_bytes(struct zm_spf_term *term, size_t from)
{
	struct zm_span run = zm_spf_high_bytes(term->text, from);
	if (run.start < run.end) {
		blame(term, ZM_SPF_BAD_BYTE, run.start, run.end);
	}
}

static bool is_blank_or_control(char c)
{
	return (unsigned char)c <= ' ' || c == '\x7f';
}

/* A term with a control byte is most likely two: nothing else said of it would be of use. */
static void blame_controls(struct zm_spf_term *term)
{
	struct zm_str text = term->text;
	size_t start = 0;
	while (start < text.len && !is_blank_or_control(text.data[start])) {
		start++;
	}
	size_t end = start;
	while (end < text.len && is_blank_or_control(text.data[end])) {
		end++;
	}
	if (start < end) {
		blame(term, ZM_SPF_BAD_BYTE, start, end);
	}
}

static bool is_qualifier(char c)
{
	return c == '+' || c == '-' || c == '~' || c == '?'; /* RFC 7208 4.6.2 */
}

/* Returns where the name begins. */
static size_t read_qualifier(struct zm_spf_term *term)
{
	struct zm_str text = term->text;
	size_t len = 0;
	while (len < text.len && (is_qualifier(text.data[len]) || text.data[len] == '!')) {
		len++;
	}
	if (len == 0) {
		return 0;
	}
	if (is_qualifier(text.data[0])) {
		term->qualifier = text.data[0];
		term->qualifier_written = true;
	}
	if (len > 1 || !term->qualifier_written || len == text.len) {
		blame(term, ZM_SPF_BAD_QUALIFIER, 0, len);
	}
	return len;
}

/* A letter, a digit, `-`, `.` or `_`: bit b of word w is byte 64 * w + b. */
static bool is_name_byte(char c)
{
	static const uint64_t words[4] = {UINT64_C(0x03ff600000000000),
					  UINT64_C(0x07fffffe87fffffe), 0, 0};
	uint8_t byte = (uint8_t)c;
	return (words[byte / 64] >> byte % 64 & 1) != 0;
}

/* The names that most terms have, as nearly everybody writes them, with what follows. */
static enum zm_spf_kind usual_name(struct zm_str text)
{
	if (text.len >= 8 && memcmp(text.data, "include:", 8) == 0) {
		return ZM_SPF_INCLUDE;
	}
	if (text.len >= 4 && memcmp(text.data, "ip4:", 4) == 0) {
		return ZM_SPF_IP4;
	}
	return text.len >= 4 && memcmp(text.data, "ip6:", 4) == 0 ? ZM_SPF_IP6 : ZM_SPF_UNKNOWN;
}

static enum zm_spf_kind read_name(struct zm_spf_term *term, size_t start)
{
	struct zm_str text = term->text;
	enum zm_spf_kind usual = usual_name(zm_str_sub(text, start, text.len));
	if (usual != ZM_SPF_UNKNOWN) {
		term->name_at = (struct zm_span){start, start + kind_names[usual].len};
		return usual;
	}
	size_t end = start;
	while (end < text.len && is_name_byte(text.data[end])) {
		end++;
	}
	term->name_at = (struct zm_span){start, end};
	return kind_of_name(zm_str_at(text, term->name_at));
}

/* "0", or digits that begin with none, up to `max` (RFC 7208 5.6). */
static bool read_prefix(struct zm_str digits, unsigned max, int *prefix)
{
	uint64_t value;
	bool leading_zero = digits.len > 1 && digits.data[0] == '0';
	if (leading_zero || !zm_str_number(digits, max, &value)) {
		return false;
	}
	*prefix = (int)value;
	return true;
}

/* dual-cidr-length: `/24`, `//64`, `/24//64` (RFC 7208 5.3). */
static void read_dual_cidr(struct zm_spf_term *term)
{
	struct zm_span at = term->prefix_at;
	struct zm_str text = zm_str_sub(term->text, 0, at.end);
	size_t second = at.start;
	blame_high_bytes(term, at.start);
	if (!zm_str_starts(zm_str_at(text, at), ZM_STR("//"))) {
		second = zm_str_find(text, ZM_STR("/"), at.start + 1);
		second = second == SIZE_MAX ? at.end : second;
		if (!read_prefix(zm_str_sub(text, at.start + 1, second), 32, &term->prefix4)) {
			blame(term, ZM_SPF_PREFIX_INVALID, at.start, second);
		}
	}
	struct zm_str rest = zm_str_sub(text, second, at.end);
	if (rest.len == 0) {
		return;
	}
	if (!zm_str_starts(rest, ZM_STR("//")) ||
	    !read_prefix(zm_str_sub(rest, 2, rest.len), 128, &term->prefix6)) {
		blame(term, ZM_SPF_DUAL_CIDR_SYNTAX, second, at.end);
	}
}

static void end_value(struct zm_spf_term *term, size_t end)
{
	term->value_at.end = end;
	term->prefix_at.start = end;
	term->value = zm_str_at(term->text, term->value_at);
}

static bool is_cidr_like(struct zm_str s)
{
	bool digit = false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] != '/' && !zm_is_digit(s.data[i])) {
			return false;
		}
		digit = digit || s.data[i] != '/';
	}
	return digit;
}

static bool takes_cidr(enum zm_spf_kind kind)
{
	return kind == ZM_SPF_A || kind == ZM_SPF_MX;
}

/*
 * Parts domain-spec and CIDR length. A slash is a legal byte of a domain-spec, so where no length
 * may follow one is told from it only when it looks like one.
 */
static void split_cidr(struct zm_spf_term *term)
{
	struct zm_str rest = term->value;
	size_t start = zm_spf_cidr_start(rest);
	struct zm_str tail = zm_str_sub(rest, start, rest.len);
	if (!term->has_separator || takes_cidr(term->kind) || is_cidr_like(tail)) {
		end_value(term, term->value_at.start + start);
	}
}

static void read_domain(struct zm_spf_term *term)
{
	bool optional = takes_cidr(term->kind) || term->kind == ZM_SPF_PTR;
	if (optional && term->name_at.end == term->text.len) {
		return;
	}
	split_cidr(term);
	if (term->value.len > 0) {
		term->has_macro = zm_str_find(term->value, ZM_STR("%"), 0) != SIZE_MAX;
		blame_value(term, zm_spf_check_domain(term->value));
	} else if (term->has_separator || !optional) {
		blame(term, ZM_SPF_DOMAIN_MISSING, term->name_at.start, term->value_at.start);
	}
	if (term->prefix_at.start == term->prefix_at.end) {
		return;
	}
	if (takes_cidr(term->kind)) {
		read_dual_cidr(term);
	} else {
		blame(term, ZM_SPF_CIDR_NOT_ALLOWED, term->prefix_at.start, term->prefix_at.end);
	}
}

static bool read_ip(struct zm_ip *ip, struct zm_str text, bool is_ip4)
{
	return is_ip4 ? zm_ip4_parse(ip, text) : zm_ip6_parse(ip, text);
}

/* A byte over 127 comes before what else is wrong in an address or its length. */
static void blame_address(struct zm_spf_term *term, enum zm_spf_problem problem, size_t start,
			  size_t end)
{
	blame_high_bytes(term, term->value_at.start);
	blame(term, problem, start, end);
}

/* ip4-network, ip6-network (RFC 7208 5.6): an address, never a macro. */
static void check_address(struct zm_spf_term *term, struct zm_ip *ip, bool is_ip4)
{
	struct zm_span at = term->value_at;
	if (read_ip(ip, term->value, is_ip4)) {
		return;
	}
	size_t macro = zm_str_find(term->value, ZM_STR("%{"), 0);
	if (at.start == at.end) {
		blame_address(term, ZM_SPF_IP_MISSING, term->name_at.start, at.end);
	} else if (macro != SIZE_MAX) {
		size_t close = zm_str_find(term->value, ZM_STR("}"), macro);
		size_t end = close == SIZE_MAX ? at.end : at.start + close + 1;
		blame_address(term, ZM_SPF_MACRO_IN_IP, at.start + macro, end);
	} else {
		bool other = read_ip(ip, term->value, !is_ip4);
		enum zm_spf_problem problem = other ? ZM_SPF_IP_FAMILY : ZM_SPF_IP_INVALID;
		blame_address(term, problem, at.start, at.end);
	}
}

static void read_address(struct zm_spf_term *term)
{
	bool is_ip4 = term->kind == ZM_SPF_IP4;
	size_t slash = zm_str_find(term->value, ZM_STR("/"), 0);
	if (slash == SIZE_MAX) {
		slash = term->value.len;
	}
	end_value(term, term->value_at.start + slash);
	struct zm_ip ip = {.family = 0};
	check_address(term, &ip, is_ip4);
	struct zm_span at = term->prefix_at;
	struct zm_str digits = zm_str_sub(term->text, at.start + 1, at.end);
	if (at.start < at.end &&
	    !read_prefix(digits, is_ip4 ? 32 : 128, is_ip4 ? &term->prefix4 : &term->prefix6)) {
		blame_address(term, ZM_SPF_PREFIX_INVALID, at.start, at.end);
	}
	if (term->problem == ZM_SPF_GOOD) {
		term->ip = ip;
	}
}

static void read_mechanism(struct zm_spf_term *term)
{
	switch (term->kind) {
	case ZM_SPF_ALL:
		if (term->name_at.end < term->text.len) {
			blame(term, ZM_SPF_ARGUMENT_ON_ALL, term->name_at.end, term->text.len);
		}
		break;
	case ZM_SPF_IP4:
	case ZM_SPF_IP6:
		read_address(term);
		break;
	default:
		read_domain(term);
		break;
	}
}

static void read_modifier(struct zm_spf_term *term)
{
	if (term->qualifier_written) {
		blame(term, ZM_SPF_QUALIFIED_MODIFIER, 0, term->name_at.start);
	}
	if (term->kind == ZM_SPF_OTHER_MODIFIER) {
		blame_value(term, zm_spf_check_macro_string(term->value));
	} else {
		read_domain(term);
	}
}

/* `named`: the mechanism or modifier whose name stands there, before something that may not. */
static void blame_stray(struct zm_spf_term *term, enum zm_spf_kind named, int separator)
{
	size_t end = term->name_at.end;
	size_t next = separator == END ? end : end + 1;
	if (is_modifier_name(named) && separator == ':') {
		term->kind = named;
		blame(term, ZM_SPF_MODIFIER_AS_MECHANISM, end, next);
	} else if (is_modifier_name(named) && separator == END) {
		term->kind = named;
		blame(term, ZM_SPF_DOMAIN_MISSING, term->name_at.start, end);
	} else if (separator > 127) {
		blame_high_bytes(term, end);
	} else if (named != ZM_SPF_UNKNOWN || term->name_at.start == end) {
		blame(term, ZM_SPF_UNKNOWN_MECHANISM, end, next);
	} else {
		blame(term, ZM_SPF_UNKNOWN_MECHANISM, term->name_at.start, end);
	}
}

/* All behind the separator is the value at first; what reads it may part a CIDR length from it. */
static void start_value(struct zm_spf_term *term, int separator)
{
	struct zm_span name = term->name_at;
	term->has_separator = (separator == ':' || separator == '=') && name.start < name.end;
	term->value_at.start = name.end + term->has_separator;
	end_value(term, term->has_separator ? term->text.len : name.end);
	term->prefix_at = (struct zm_span){term->text.len, term->text.len};
}

void zm_spf_parse_term(struct zm_spf_term *term, struct zm_str text)
{
	*term = (struct zm_spf_term){.kind = ZM_SPF_UNKNOWN};
	zm_spf_fill_term(term, text, true);
}

void zm_spf_fill_term(struct zm_spf_term *term, struct zm_str text, bool may_have_odd)
{
	term->kind = ZM_SPF_UNKNOWN;
	term->at.end = text.len;
	term->text = text;
	term->qualifier = '+';
	term->prefix4 = -1;
	term->prefix6 = -1;
	if (may_have_odd) {
		blame_controls(term);
	}
	enum zm_spf_kind named = read_name(term, read_qualifier(term));
	size_t end = term->name_at.end;
	int separator = end < text.len ? (unsigned char)text.data[end] : END;
	start_value(term, separator);
	if (separator == '=' && zm_is_alpha(text.data[term->name_at.start])) {
		/* RFC 7208 4.6.1: a modifier has its `=` before any `:` or `/`. */
		term->kind = is_modifier_name(named) ? named : ZM_SPF_OTHER_MODIFIER;
		read_modifier(term);
	} else if (named != ZM_SPF_UNKNOWN && !is_modifier_name(named) &&
		   (separator == END || separator == ':' || separator == '/')) {
		term->kind = named;
		read_mechanism(term);
	} else {
		blame_stray(term, named, separator);
	}
}
