#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* cidr-not-allowed: RFC 7208 5.2, 5.5 and 5.7; only a, mx, ip4 and ip6 take a prefix length. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_finding *finding =
		zm_lint_report(lint, term->problem_at, "%s takes no prefix length (permerror)",
			       zm_spf_kind_name(term->kind));
	struct zm_str prefix = zm_look_part(term, term->prefix_at);
	struct zm_str bare = zm_str_sub(term->text, 0, term->text.len - prefix.len);
	if (zm_look_is_repair(bare)) {
		/* Somebody meant a smaller or larger set of hosts than the bare term has. */
		zm_finding_fix(lint, finding, ZM_FIX_UNSAFE, "remove %.*s", ZM_STR_ARG(prefix));
		zm_broken_rewrite(lint, finding, term, bare);
	}
}

const struct zm_rule zm_rule_cidr_not_allowed = {.on_odd_term = check_term};
