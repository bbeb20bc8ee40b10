#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* What is wrong with the smallest part that is. */
static const char *fault_of(const struct zm_spf_term *term, struct zm_str bad)
{
	if (zm_str_eq(bad, ZM_STR("."))) {
		return "holds an empty label";
	}
	if (bad.len > ZM_LABEL_MAX) {
		return "has a label over 63 bytes";
	}
	if (zm_str_find(term->value, ZM_STR("."), 0) == SIZE_MAX) {
		return "has no dot, and SPF appends no origin";
	}
	return "does not end in a top-level domain";
}

/* domain-spec-invalid: RFC 7208 7.1, labels, a dot and a top label that is no number. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_str value = zm_look_short(lint->arena, term->value);
	zm_lint_report(lint, term->value_at, "\"%.*s\" %s (permerror)", ZM_STR_ARG(value),
		       fault_of(term, zm_look_part(term, term->problem_at)));
}

const struct zm_rule zm_rule_domain_spec_invalid = {.on_odd_term = check_term};
