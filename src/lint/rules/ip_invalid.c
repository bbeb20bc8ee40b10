#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* ip-invalid: RFC 7208 5.6, four decimal numbers or the text of RFC 4291 2.2. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	const char *name = zm_spf_kind_name(term->kind);
	if (term->problem == ZM_SPF_IP_MISSING) {
		zm_lint_report(lint, term->at, "%s without an address (permerror)", name);
		return;
	}
	struct zm_str value = zm_look_short(lint->arena, term->value);
	zm_lint_report(lint, term->problem_at, "\"%.*s\" is no %s address (permerror)",
		       ZM_STR_ARG(value), term->kind == ZM_SPF_IP4 ? "IPv4" : "IPv6");
}

const struct zm_rule zm_rule_ip_invalid = {.on_odd_term = check_term};
