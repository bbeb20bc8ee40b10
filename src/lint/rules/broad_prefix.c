/* broad-prefix: an ip4 or ip6 that holds more addresses than one sender has (RFC 7208 5.6). */
#include "lint/lint.h"

static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	bool is_ip4 = term->kind == ZM_SPF_IP4;
	if ((!is_ip4 && term->kind != ZM_SPF_IP6) || term->problem != ZM_SPF_GOOD ||
	    term->qualifier != '+') {
		return;
	}
	unsigned prefix = zm_spf_prefix(term);
	uint64_t shortest = zm_lint_setting(lint, is_ip4 ? ZM_SETTING_broad_prefix_ip4
							 : ZM_SETTING_broad_prefix_ip6);
	if (prefix < shortest) {
		zm_lint_report(lint, term->at,
			       "/%u lets 2^%u addresses pass, the shortest prefix for %s is /%u",
			       prefix, zm_ip_bits(term->ip) - prefix, zm_spf_kind_name(term->kind),
			       (unsigned)shortest);
	}
}

const struct zm_rule zm_rule_broad_prefix = {.on_term = check_term};
