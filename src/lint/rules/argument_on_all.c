#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* argument-on-all: RFC 7208 5.1. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_finding *finding =
		zm_lint_report(lint, term->problem_at, "all takes no argument (permerror)");
	zm_broken_repair(lint, finding, term,
			 zm_str_sub(term->text, 0, term->name_at.end - term->at.start));
}

const struct zm_rule zm_rule_argument_on_all = {.on_odd_term = check_term};
