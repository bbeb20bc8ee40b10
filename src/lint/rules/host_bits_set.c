#include "lint/lint.h"
#include "lint/rules/look.h"

/* host-bits-set: RFC 7208 5.6 compares only the network bits, so the rest misleads the reader. */
static void check_address(struct zm_lint *lint, const struct zm_spf_term *term)
{
	unsigned prefix = zm_spf_prefix(term);
	if (!zm_ip_has_host_bits(term->ip, prefix)) {
		return;
	}
	struct zm_str network = zm_ip_text(lint->arena, zm_ip_network(term->ip, prefix));
	struct zm_finding *finding = zm_lint_report(
		lint, term->at, "%.*s has bits set below /%u, receivers compare with %.*s",
		ZM_STR_ARG(term->value), prefix, ZM_STR_ARG(network));
	zm_finding_fix(lint, finding, ZM_FIX_SAFE, "write %s:%.*s/%u", zm_spf_kind_name(term->kind),
		       ZM_STR_ARG(network), prefix);
	zm_fix_replace(lint, finding, term->value_at, network);
}

const struct zm_rule zm_rule_host_bits_set = {.on_address = check_address};
