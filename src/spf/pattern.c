#include "spf/pattern.h"

#include "spf/domain.h"

#include <string.h>

static const char *const phrases[] = {
	[ZM_SPF_UNKNOWN_MECHANISM] = "no such mechanism",
	[ZM_SPF_BAD_QUALIFIER] = "a qualifier is one of + - ~ ?, before a mechanism",
	[ZM_SPF_QUALIFIED_MODIFIER] = "a modifier takes no qualifier",
	[ZM_SPF_MODIFIER_AS_MECHANISM] = "a modifier takes \"=\", not \":\"",
	[ZM_SPF_DOMAIN_MISSING] = "the domain is missing",
	[ZM_SPF_DOMAIN_INVALID] = "not a domain name with a dot",
	[ZM_SPF_DOMAIN_IS_ADDRESS] = "an address where a domain name belongs",
	[ZM_SPF_DOMAIN_NOT_ASCII] = "a domain name is ASCII; write its xn-- form",
	[ZM_SPF_MACRO_SYNTAX] = "not a macro",
	[ZM_SPF_MACRO_EXP_ONLY] = "the macros c, r and t are for the text of exp= alone",
	[ZM_SPF_MACRO_IN_IP] = "an address takes no macro",
	[ZM_SPF_IP_MISSING] = "the address is missing",
	[ZM_SPF_IP_INVALID] = "not an IP address",
	[ZM_SPF_IP_FAMILY] = "an address of the other family",
	[ZM_SPF_PREFIX_INVALID] = "not a prefix length",
	[ZM_SPF_DUAL_CIDR_SYNTAX] = "not a pair of prefix lengths such as /24//64",
	[ZM_SPF_CIDR_NOT_ALLOWED] = "this one takes no prefix length",
	[ZM_SPF_ARGUMENT_ON_ALL] = "all takes no value",
	[ZM_SPF_DUPLICATE_MODIFIER] = "a modifier stands once",
	[ZM_SPF_BAD_BYTE] = "a byte that no term holds; a pattern is one term without blanks",
};

static bool is_ip(enum zm_spf_kind kind)
{
	return kind == ZM_SPF_IP4 || kind == ZM_SPF_IP6;
}

static bool fail(const char **why, enum zm_spf_problem problem)
{
	*why = phrases[problem];
	return false;
}

/* Anything may stand for a star, so of a value with one only its bytes can be wrong. */
static bool check_starred_value(const struct zm_spf_pattern *pattern, const char **why)
{
	struct zm_str value = pattern->value;
	for (size_t i = 0; is_ip(pattern->kind) && i < value.len; i++) {
		if (value.data[i] == '\0' ||
		    strchr("0123456789abcdefABCDEF.:*", value.data[i]) == NULL) {
			return fail(why, ZM_SPF_IP_INVALID);
		}
	}
	return true;
}

enum { STAND_IN_MAX = 64 };

static void append(char *text, size_t *len, struct zm_str s)
{
	memcpy(text + *len, s.data, s.len);
	*len += s.len;
}

/* The parser judges the rest: the pattern with a good value in place of the starred one. */
static bool check_starred_rest(const struct zm_spf_pattern *pattern, const char **why)
{
	struct zm_str text = pattern->text;
	struct zm_str head = zm_str_sub(text, 0, pattern->term.value_at.start);
	struct zm_str prefix = zm_str_at(text, pattern->term.prefix_at);
	struct zm_str value = pattern->kind == ZM_SPF_IP4   ? ZM_STR("192.0.2.0")
			      : pattern->kind == ZM_SPF_IP6 ? ZM_STR("::")
							    : ZM_STR("x.example");
	if (pattern->kind == ZM_SPF_OTHER_MODIFIER) {
		return true;
	}
	if (head.len + value.len + prefix.len > STAND_IN_MAX) {
		return fail(why, ZM_SPF_PREFIX_INVALID);
	}
	char stand_in[STAND_IN_MAX];
	size_t len = 0;
	append(stand_in, &len, head);
	append(stand_in, &len, value);
	append(stand_in, &len, prefix);
	struct zm_spf_term term;
	zm_spf_parse_term(&term, (struct zm_str){stand_in, len});
	return term.problem == ZM_SPF_GOOD || fail(why, term.problem);
}

static bool check_starred(const struct zm_spf_pattern *pattern, const char **why)
{
	enum zm_spf_problem problem = pattern->term.problem;
	bool about_value = problem == ZM_SPF_DOMAIN_INVALID || problem == ZM_SPF_IP_INVALID ||
			   problem == ZM_SPF_MACRO_SYNTAX;
	if (problem != ZM_SPF_GOOD && !about_value) {
		return fail(why, problem);
	}
	return check_starred_value(pattern, why) && check_starred_rest(pattern, why);
}

/* `include=x` is a modifier that receivers ignore (RFC 7208 6): nobody means that. */
static bool is_mechanism_as_modifier(const struct zm_spf_pattern *pattern)
{
	if (pattern->kind != ZM_SPF_OTHER_MODIFIER) {
		return false;
	}
	struct zm_spf_term mechanism;
	zm_spf_parse_term(&mechanism, zm_str_at(pattern->text, pattern->term.name_at));
	return mechanism.kind != ZM_SPF_UNKNOWN;
}

/* RFC 7208 4.5: `v=spf1` begins a record; behind that it would be a modifier that nobody knows. */
static bool is_version(const struct zm_spf_pattern *pattern)
{
	return pattern->kind == ZM_SPF_OTHER_MODIFIER &&
	       zm_str_eq_nocase(zm_str_at(pattern->text, pattern->term.name_at), ZM_STR("v"));
}

/* `include`, `ip4`, `exp`: as terms they lack a value, as patterns they are names. */
static bool is_bare_name(const struct zm_spf_term *term)
{
	return term->kind != ZM_SPF_UNKNOWN && term->name_at.end == term->at.end &&
	       !(zm_spf_is_modifier(term) && term->qualifier_written) &&
	       (term->problem == ZM_SPF_DOMAIN_MISSING || term->problem == ZM_SPF_IP_MISSING);
}

bool zm_spf_pattern_parse(struct zm_spf_pattern *pattern, struct zm_str text, const char **why)
{
	*pattern = (struct zm_spf_pattern){.text = text};
	struct zm_spf_term *term = &pattern->term;
	zm_spf_parse_term(term, text);
	bool is_good = term->problem == ZM_SPF_GOOD;
	pattern->kind = term->kind;
	pattern->qualifier = term->qualifier_written ? term->qualifier : 0;
	pattern->value = zm_spf_without_dot(term->value);
	pattern->has_star = zm_str_find(term->value, ZM_STR("*"), 0) != SIZE_MAX;
	pattern->is_bare = !term->has_separator;
	pattern->is_term = is_good && !pattern->has_star;
	if (is_mechanism_as_modifier(pattern)) {
		*why = "a mechanism takes \":\", not \"=\"";
		return false;
	}
	if (is_version(pattern)) {
		*why = "the version begins each record and is no term of it";
		return false;
	}
	if (pattern->has_star) {
		return check_starred(pattern, why);
	}
	return is_good || is_bare_name(term) || fail(why, term->problem);
}

static bool same_name(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term)
{
	struct zm_span at = {term->name_at.start - term->at.start,
			     term->name_at.end - term->at.start};
	return pattern->kind == term->kind &&
	       (pattern->kind != ZM_SPF_OTHER_MODIFIER ||
		zm_str_eq_nocase(zm_str_at(pattern->text, pattern->term.name_at),
				 zm_str_at(term->text, at)));
}

/* `none`: the qualifier that the pattern means when it writes none, 0 for any. A sound modifier has
 * `+`. */
static bool same_qualifier(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term,
			   char none)
{
	char wanted = pattern->qualifier == 0 ? none : pattern->qualifier;
	return wanted == 0 || wanted == term->qualifier;
}

static bool same_prefix(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term)
{
	return (pattern->term.prefix4 < 0 ||
		zm_spf_prefix4(&pattern->term) == zm_spf_prefix4(term)) &&
	       (pattern->term.prefix6 < 0 ||
		zm_spf_prefix6(&pattern->term) == zm_spf_prefix6(term));
}

static bool matches_stars(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term)
{
	if (term->value.len == 0 || !same_prefix(pattern, term)) {
		return false;
	}
	struct zm_ip_text text;
	return zm_str_matches(zm_spf_without_dot(term->value), pattern->value) ||
	       (is_ip(term->kind) && zm_str_matches(zm_ip_print(&text, term->ip), pattern->value));
}

static bool is_inside(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term)
{
	unsigned prefix = zm_spf_prefix(&pattern->term);
	return zm_spf_prefix(term) >= prefix &&
	       zm_ip_in_network(term->ip, pattern->term.ip, prefix);
}

bool zm_spf_pattern_provided(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term)
{
	if (!zm_spf_is_sound(term) || !same_name(pattern, term) ||
	    !same_qualifier(pattern, term, '+')) {
		return false;
	}
	return pattern->has_star ? matches_stars(pattern, term)
				 : zm_spf_same_target(&pattern->term, term);
}

bool zm_spf_pattern_forbids(const struct zm_spf_pattern *pattern, const struct zm_spf_term *term)
{
	if (!zm_spf_is_sound(term) || !same_name(pattern, term) ||
	    !same_qualifier(pattern, term, pattern->kind == ZM_SPF_ALL ? '+' : 0)) {
		return false;
	}
	if (pattern->is_bare) {
		return same_prefix(pattern, term);
	}
	if (pattern->has_star) {
		return matches_stars(pattern, term);
	}
	if (is_ip(pattern->kind)) {
		return is_inside(pattern, term);
	}
	if (pattern->kind == ZM_SPF_OTHER_MODIFIER) {
		return zm_spf_same_target(&pattern->term, term);
	}
	return same_prefix(pattern, term) && zm_spf_domain_eq(pattern->value, term->value);
}
