#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* ip-literal-as-domain: RFC 7208 7.1, the last label of a domain is no number. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_finding *finding =
		zm_lint_report(lint, term->at, "%s takes a domain, %.*s is an address (permerror)",
			       zm_spf_kind_name(term->kind), ZM_STR_ARG(term->value));
	/* What an include of an address was to fetch nobody can tell. */
	if (term->kind == ZM_SPF_A || term->kind == ZM_SPF_MX) {
		const char *keyword = zm_look_ip_keyword(zm_look_family(term->value));
		zm_broken_repair(lint, finding, term,
				 zm_look_respell(lint->arena, term, keyword, ":"));
	}
}

const struct zm_rule zm_rule_ip_literal_as_domain = {.on_odd_term = check_term};
