#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* dual-cidr-syntax: RFC 7208 5.3, the IPv6 prefix length comes second, behind two slashes. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_str prefix = zm_look_part(term, term->problem_at);
	struct zm_str shown = zm_look_short(lint->arena, prefix);
	if (zm_str_starts(prefix, ZM_STR("//"))) {
		zm_lint_report(lint, term->problem_at,
			       "\"%.*s\" is no IPv6 prefix length from //0 to //128 (permerror)",
			       ZM_STR_ARG(shown));
		return;
	}
	struct zm_finding *finding = zm_lint_report(
		lint, term->problem_at,
		"\"%.*s\" is one slash short, IPv6 prefix lengths take two (permerror)",
		ZM_STR_ARG(shown));
	size_t slash = term->problem_at.start - term->at.start;
	struct zm_str before = zm_str_sub(term->text, 0, slash);
	zm_broken_repair(
		lint, finding, term,
		zm_arena_printf(lint->arena, "%.*s/%.*s", ZM_STR_ARG(before), ZM_STR_ARG(prefix)));
}

const struct zm_rule zm_rule_dual_cidr_syntax = {.on_odd_term = check_term};
