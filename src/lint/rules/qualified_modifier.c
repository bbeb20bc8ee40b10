#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* qualified-modifier: RFC 7208 4.6.1, only a directive has a qualifier. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_str name = zm_look_short(lint->arena, zm_look_part(term, term->name_at));
	struct zm_finding *finding = zm_lint_report(
		lint, term->at, "%.*s= is a modifier and takes no qualifier (permerror)",
		ZM_STR_ARG(name));
	size_t start = term->name_at.start - term->at.start;
	zm_broken_repair(lint, finding, term, zm_str_sub(term->text, start, term->text.len));
}

const struct zm_rule zm_rule_qualified_modifier = {.on_odd_term = check_term};
