/* broad-prefix: an ip4 or ip6 that holds more addresses than one sender has (RFC 7208 5.6). */
#include "lint/lint.h"

/* Addresses that no mail comes from over the Internet: inside of an organization a network of them
 * may be as large as it likes. */
static bool is_private(const struct zm_spf_term *term)
{
	static const struct private
	{
		struct zm_ip ip;
		unsigned prefix;
	}
	nets[] = {
		{{{10}, 4}, 8},          /* RFC 1918 3 */
		{{{172, 16}, 4}, 12},    /* RFC 1918 3 */
		{{{100, 64}, 4}, 10},    /* RFC 6598 7 */
		{{{127}, 4}, 8},         /* RFC 1122 3.2.1.3 */
		{{{0xFC}, 6}, 7},        /* RFC 4193 3.1 */
		{{{0xFE, 0x80}, 6}, 10}, /* RFC 4291 2.5.6 */
	};
	for (size_t i = 0; i < sizeof(nets) / sizeof(nets[0]); i++) {
		if (zm_spf_prefix(term) >= nets[i].prefix &&
		    zm_ip_in_network(term->ip, nets[i].ip, nets[i].prefix)) {
			return true;
		}
	}
	return false;
}

static void check_address(struct zm_lint *lint, const struct zm_spf_term *term)
{
	bool is_ip4 = term->kind == ZM_SPF_IP4;
	if (term->qualifier != '+') {
		return;
	}
	unsigned prefix = zm_spf_prefix(term);
	uint64_t shortest = zm_lint_setting(lint, is_ip4 ? ZM_SETTING_broad_prefix_ip4
							 : ZM_SETTING_broad_prefix_ip6);
	if (prefix < shortest && !is_private(term)) {
		zm_lint_report(lint, term->at,
			       "/%u lets 2^%u addresses pass, the shortest prefix for %s is /%u",
			       prefix, zm_ip_bits(term->ip) - prefix, zm_spf_kind_name(term->kind),
			       (unsigned)shortest);
	}
}

const struct zm_rule zm_rule_broad_prefix = {.on_address = check_address};
