#include "lint/rules/broken_term.h"

static const struct zm_spf_term *first_of_kind(const struct zm_spf_record *spf,
					       enum zm_spf_kind kind)
{
	const struct zm_spf_term *term = spf->term;
	while (term->kind != kind) {
		term++;
	}
	return term;
}

/* duplicate-modifier: RFC 7208 6, redirect= and exp= may each stand once. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_finding *finding =
		zm_lint_report(lint, term->at, "%s= stands here again, the limit is 1 (permerror)",
			       zm_spf_kind_name(term->kind));
	const struct zm_spf_term *first = first_of_kind(&lint->current->spf, term->kind);
	if (zm_spf_same_target(first, term)) {
		zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "remove the copy");
		zm_fix_remove_term(lint, finding, term);
	}
}

const struct zm_rule zm_rule_duplicate_modifier = {.on_odd_term = check_term};
