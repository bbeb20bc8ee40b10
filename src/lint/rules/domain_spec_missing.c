#include "lint/rules/broken_term.h"

/* domain-spec-missing: RFC 7208 5.2, 5.7, 6.1 and 6.2; a colon or equals sign wants one too. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (zm_broken_is_mine(lint, term)) {
		zm_lint_report(lint, term->at, "%s%s without a domain (permerror)",
			       zm_spf_kind_name(term->kind),
			       !term->has_separator       ? ""
			       : zm_spf_is_modifier(term) ? "="
							  : ":");
	}
}

const struct zm_rule zm_rule_domain_spec_missing = {.on_odd_term = check_term};
