#include "lint/rules/broken_term.h"

/* non-ascii-domain: RFC 7208 4.3 and 7.1, a domain is written in A-labels. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (zm_broken_is_mine(lint, term)) {
		zm_lint_report(lint, term->value_at,
			       "the domain is not ASCII, SPF takes its xn-- form (permerror)");
	}
}

const struct zm_rule zm_rule_non_ascii_domain = {.on_odd_term = check_term};
