#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* How many zeros stand before the first digit that counts; 0 where there is none but zeros, for
 * nobody means /0. */
static size_t leading_zeros(struct zm_str prefix)
{
	size_t pos = 1;
	while (pos < prefix.len && prefix.data[pos] == '0') {
		pos++;
	}
	bool counts = pos < prefix.len && zm_is_digit(prefix.data[pos]);
	return counts ? pos - 1 : 0;
}

static unsigned longest(const struct zm_spf_term *term)
{
	return term->kind == ZM_SPF_IP6 ? 128 : 32;
}

/* prefix-invalid: RFC 7208 5.6 and 12, a number without leading zeros, at most all bits. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_str prefix = zm_look_part(term, term->problem_at);
	struct zm_str shown = zm_look_short(lint->arena, prefix);
	size_t zeros = leading_zeros(prefix);
	if (zeros == 0) {
		zm_lint_report(lint, term->problem_at,
			       "\"%.*s\" is no prefix length from /0 to /%u (permerror)",
			       ZM_STR_ARG(shown), longest(term));
		return;
	}
	struct zm_finding *finding = zm_lint_report(
		lint, term->problem_at,
		"\"%.*s\" is a prefix length with a leading zero (permerror)", ZM_STR_ARG(shown));
	size_t slash = term->problem_at.start - term->at.start;
	struct zm_str before = zm_str_sub(term->text, 0, slash + 1);
	struct zm_str after = zm_str_sub(term->text, slash + 1 + zeros, term->text.len);
	zm_broken_repair(
		lint, finding, term,
		zm_arena_printf(lint->arena, "%.*s%.*s", ZM_STR_ARG(before), ZM_STR_ARG(after)));
}

const struct zm_rule zm_rule_prefix_invalid = {.on_odd_term = check_term};
