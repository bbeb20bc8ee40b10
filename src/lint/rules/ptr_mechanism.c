#include "lint/lint.h"

/* ptr-mechanism: RFC 7208 5.5. One that stands after `all` is never tested. */
static void check_record(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	size_t end = zm_spf_has(spf, ZM_SPF_PTR) ? spf->count : 0;
	for (size_t i = 0; i < end && spf->term + i != spf->all; i++) {
		const struct zm_spf_term *term = &spf->term[i];
		if (term->kind != ZM_SPF_PTR || term->problem != ZM_SPF_GOOD) {
			continue;
		}
		struct zm_finding *finding = zm_lint_report(
			lint, term->at, "ptr is slow and unreliable, RFC 7208 says not to use it");
		zm_finding_fix(lint, finding, ZM_FIX_UNSAFE, "remove it");
		zm_fix_remove_term(lint, finding, term);
	}
}

const struct zm_rule zm_rule_ptr_mechanism = {.on_record = check_record};
