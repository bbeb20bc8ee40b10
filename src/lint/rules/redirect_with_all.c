#include "lint/lint.h"

/* redirect-with-all: RFC 7208 6.1, redirect= is ignored where an `all` stands anywhere. */
static void check_record(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	if (spf->all == NULL || spf->redirect == NULL) {
		return;
	}
	struct zm_finding *finding =
		zm_lint_report(lint, spf->redirect->at, "redirect= is ignored, the record has %.*s",
			       ZM_STR_ARG(spf->all->text));
	/* Unsafe although receivers ignore it today: it may be the `all` that was not meant. */
	zm_finding_fix(lint, finding, ZM_FIX_UNSAFE, "remove redirect=");
	zm_fix_remove_term(lint, finding, spf->redirect);
}

const struct zm_rule zm_rule_redirect_with_all = {.on_record = check_record};
