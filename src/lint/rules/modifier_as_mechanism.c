#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* modifier-as-mechanism: RFC 7208 6.1 and 6.2, redirect= and exp= take an equals sign, and no
 * qualifier. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	const char *name = zm_spf_kind_name(term->kind);
	struct zm_finding *finding = zm_lint_report(
		lint, term->at, "%s takes \"=\", with \":\" it is no mechanism (permerror)", name);
	zm_broken_repair(lint, finding, term,
			 zm_arena_printf(lint->arena, "%s=%.*s", name, ZM_STR_ARG(term->value)));
}

const struct zm_rule zm_rule_modifier_as_mechanism = {.on_odd_term = check_term};
