#include "lint/rules/look.h"

#include <string.h>

enum { SHORT_MAX = 60 };

struct zm_str zm_look_part(const struct zm_spf_term *term, struct zm_span at)
{
	return zm_str_sub(term->text, at.start - term->at.start, at.end - term->at.start);
}

struct zm_str zm_look_short(struct zm_arena *arena, struct zm_str text)
{
	if (text.len <= SHORT_MAX) {
		return text;
	}
	return zm_arena_printf(arena, "%.*s...", SHORT_MAX - 3, text.data);
}

static bool is_evaluated(const struct zm_spf_term *term)
{
	return term->problem == ZM_SPF_GOOD && term->kind != ZM_SPF_OTHER_MODIFIER;
}

bool zm_look_is_term(struct zm_str text)
{
	struct zm_spf_term term;
	zm_spf_parse_term(&term, text);
	return is_evaluated(&term);
}

bool zm_look_is_repair(struct zm_str text)
{
	struct zm_spf_term term;
	zm_spf_parse_term(&term, text);
	return is_evaluated(&term) && (term.kind != ZM_SPF_ALL || term.qualifier != '+');
}

struct zm_str zm_look_respell(struct zm_arena *arena, const struct zm_spf_term *term,
			      const char *name, const char *separator)
{
	size_t start = term->at.start;
	struct zm_str before = zm_str_sub(term->text, 0, term->name_at.start - start);
	struct zm_str after = zm_str_sub(
		term->text, term->name_at.end - start + term->has_separator, term->text.len);
	return zm_arena_printf(arena, "%.*s%s%s%.*s", ZM_STR_ARG(before), name,
			       term->has_separator ? separator : "", ZM_STR_ARG(after));
}

unsigned zm_look_family(struct zm_str value)
{
	struct zm_ip ip;
	size_t slash = zm_str_find(value, ZM_STR("/"), 0);
	struct zm_str address = zm_str_sub(value, 0, slash);
	if (zm_ip4_parse(&ip, address)) {
		return 4;
	}
	return zm_ip6_parse(&ip, address) ? 6 : 0;
}

const char *zm_look_ip_keyword(unsigned family)
{
	return zm_spf_kind_name(family == 4 ? ZM_SPF_IP4 : ZM_SPF_IP6);
}

bool zm_look_is_ip_slip(struct zm_str name)
{
	if (name.len == 0) {
		return false;
	}
	size_t limit = zm_lower(name.data[0]) == 'i' ? 2 : 1;
	return zm_str_distance(name, ZM_STR("ip4"), limit) <= limit ||
	       zm_str_distance(name, ZM_STR("ip6"), limit) <= limit;
}

static bool has_digit(struct zm_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (zm_is_digit(s.data[i])) {
			return true;
		}
	}
	return false;
}

/*
 * Whether a pen may slip from one to the other. Not to `a`, which any letter is next to, nor from
 * `mx1`, the name of a host.
 */
static bool is_likely(struct zm_str name, struct zm_str keyword)
{
	return keyword.len > 1 && (has_digit(keyword) || !has_digit(name));
}

const char *zm_look_nearest(struct zm_str name, size_t *distance)
{
	size_t limit = name.len < 6 ? 1 : 2;
	const char *nearest = NULL;
	size_t least = limit + 1;
	for (int kind = 0; zm_spf_kind_name((enum zm_spf_kind)kind) != NULL; kind++) {
		const char *keyword = zm_spf_kind_name((enum zm_spf_kind)kind);
		struct zm_str word = zm_str_from(keyword);
		size_t far = is_likely(name, word) ? zm_str_distance(name, word, limit) : limit + 1;
		if (far < least) {
			least = far;
			nearest = keyword;
		} else if (far == least) {
			nearest = NULL;
		}
	}
	if (nearest != NULL) {
		*distance = least;
	}
	return nearest;
}

bool zm_look_is_mechanism(struct zm_str name)
{
	for (int kind = ZM_SPF_ALL; kind < ZM_SPF_REDIRECT; kind++) {
		if (zm_str_eq_nocase(name, zm_str_from(zm_spf_kind_name((enum zm_spf_kind)kind)))) {
			return true;
		}
	}
	return false;
}

static bool is_punctuation(char c)
{
	return c != '\0' && strchr(";,\"'\\", c) != NULL;
}

bool zm_look_has_punctuation(struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (is_punctuation(text.data[i])) {
			return true;
		}
	}
	return false;
}

static bool may_end(char c)
{
	return c != '.' && !is_punctuation(c);
}

struct zm_str zm_look_stripped(struct zm_str text)
{
	while (text.len > 0 && !may_end(text.data[text.len - 1])) {
		text.len--;
	}
	return text;
}

bool zm_look_is_lone_qualifier(const struct zm_spf_term *term)
{
	return term->problem == ZM_SPF_BAD_QUALIFIER &&
	       term->problem_at.end - term->problem_at.start == term->text.len;
}
