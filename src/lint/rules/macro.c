/* macro-syntax, macro-exp-only, macro-in-ip: what is wrong with a macro, where it stands. */
#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

static struct zm_str macro_of(struct zm_lint *lint, const struct zm_spf_term *term)
{
	return zm_look_short(lint->arena, zm_look_part(term, term->problem_at));
}

/* RFC 7208 7.1: `%` begins `%{` letter, transformers, delimiters `}`, or is one of %% %_ %-. */
static void check_syntax(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (zm_broken_is_mine(lint, term)) {
		zm_lint_report(lint, term->problem_at, "\"%.*s\" is no macro (permerror)",
			       ZM_STR_ARG(macro_of(lint, term)));
	}
}

/* RFC 7208 7.2. */
static void check_letter(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (zm_broken_is_mine(lint, term)) {
		zm_lint_report(lint, term->problem_at,
			       "%.*s may stand only in the text that exp= fetches (permerror)",
			       ZM_STR_ARG(macro_of(lint, term)));
	}
}

/* RFC 7208 5.6. */
static void check_address(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (zm_broken_is_mine(lint, term)) {
		zm_lint_report(lint, term->problem_at,
			       "%s takes an address, and no macro such as %.*s (permerror)",
			       zm_spf_kind_name(term->kind), ZM_STR_ARG(macro_of(lint, term)));
	}
}

const struct zm_rule zm_rule_macro_syntax = {.on_odd_term = check_syntax};
const struct zm_rule zm_rule_macro_exp_only = {.on_odd_term = check_letter};
const struct zm_rule zm_rule_macro_in_ip = {.on_odd_term = check_address};
