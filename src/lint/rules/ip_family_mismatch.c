#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* ip-family-mismatch: RFC 7208 5.6, ip4 takes an IPv4 address and ip6 an IPv6 one. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	unsigned family = zm_look_family(term->value);
	struct zm_finding *finding = zm_lint_report(
		lint, term->at, "%s takes an IPv%c address, %.*s is IPv%u (permerror)",
		zm_spf_kind_name(term->kind), term->kind == ZM_SPF_IP4 ? '4' : '6',
		ZM_STR_ARG(term->value), family);
	zm_broken_repair(lint, finding, term,
			 zm_look_respell(lint->arena, term, zm_look_ip_keyword(family), ":"));
}

const struct zm_rule zm_rule_ip_family_mismatch = {.on_odd_term = check_term};
