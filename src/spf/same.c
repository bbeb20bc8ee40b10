#include "spf/parse.h"

#include "spf/domain.h"

static bool has_domain(enum zm_spf_kind kind)
{
	return kind != ZM_SPF_ALL && kind != ZM_SPF_IP4 && kind != ZM_SPF_IP6 &&
	       kind != ZM_SPF_OTHER_MODIFIER && kind != ZM_SPF_UNKNOWN;
}

struct zm_str zm_spf_domain(const struct zm_spf_term *term)
{
	if (!zm_spf_is_sound(term) || !has_domain(term->kind)) {
		return (struct zm_str){term->text.data, 0};
	}
	return zm_spf_without_dot(term->value);
}

static bool same_network(const struct zm_spf_term *a, const struct zm_spf_term *b)
{
	unsigned prefix = zm_spf_prefix(a);
	return prefix == zm_spf_prefix(b) && zm_ip_in_network(a->ip, b->ip, prefix);
}

static bool same_modifier(const struct zm_spf_term *a, const struct zm_spf_term *b)
{
	size_t a_start = a->name_at.start - a->at.start;
	size_t b_start = b->name_at.start - b->at.start;
	return zm_str_eq_nocase(
		       zm_str_sub(a->text, a_start, a_start + a->name_at.end - a->name_at.start),
		       zm_str_sub(b->text, b_start, b_start + b->name_at.end - b->name_at.start)) &&
	       zm_str_eq(a->value, b->value);
}

bool zm_spf_same_target(const struct zm_spf_term *a, const struct zm_spf_term *b)
{
	if (a->kind != b->kind || !zm_spf_is_sound(a) || !zm_spf_is_sound(b)) {
		return false;
	}
	switch (a->kind) {
	case ZM_SPF_ALL:
		return true;
	case ZM_SPF_IP4:
	case ZM_SPF_IP6:
		return same_network(a, b);
	case ZM_SPF_OTHER_MODIFIER:
		return same_modifier(a, b);
	default:
		return zm_spf_prefix4(a) == zm_spf_prefix4(b) &&
		       zm_spf_prefix6(a) == zm_spf_prefix6(b) &&
		       zm_spf_domain_eq(a->value, b->value);
	}
}
