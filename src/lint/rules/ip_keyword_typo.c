#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* ip-keyword-typo: RFC 7208 5.6 has ip4 and ip6; the address tells which was meant. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	const char *keyword = zm_look_ip_keyword(zm_look_family(term->value));
	struct zm_str name = zm_look_part(term, term->name_at);
	struct zm_finding *finding = zm_lint_report(
		lint, term->at, "\"%.*s\" is no mechanism, this address takes %s (permerror)",
		ZM_STR_ARG(name), keyword);
	zm_broken_repair(lint, finding, term, zm_look_respell(lint->arena, term, keyword, ":"));
}

const struct zm_rule zm_rule_ip_keyword_typo = {.on_odd_term = check_term};
