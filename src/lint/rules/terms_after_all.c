#include "lint/lint.h"
#include "lint/rules/look.h"

static bool stands_before(const struct zm_spf_record *spf, const struct zm_spf_term *term)
{
	for (const struct zm_spf_term *t = spf->term; t < spf->all; t++) {
		if (t->qualifier == term->qualifier && zm_spf_same_target(t, term)) {
			return true;
		}
	}
	return false;
}

/*
 * A second `all` or a copy of a term that is reached decides nothing and goes. Any other term was
 * meant to be reached, so it moves, and then it may change who passes.
 */
static void offer(struct zm_lint *lint, struct zm_finding *finding, const struct zm_spf_term *term)
{
	const struct zm_spf_record *spf = &lint->current->spf;
	struct zm_str text = zm_look_short(lint->arena, term->text);
	if (term->kind == ZM_SPF_ALL || stands_before(spf, term)) {
		zm_finding_fix(lint, finding, ZM_FIX_SAFE, "remove %.*s", ZM_STR_ARG(text));
	} else {
		zm_finding_fix(lint, finding, ZM_FIX_UNSAFE, "move %.*s before %.*s",
			       ZM_STR_ARG(text), ZM_STR_ARG(spf->all->text));
		zm_fix_insert_before(lint, finding, spf->all, term->text);
	}
	zm_fix_remove_term(lint, finding, term);
}

/* terms-after-all: RFC 7208 5.1, mechanisms after `all` are never tested. Modifiers may stand
 * anywhere (6). */
static void check_record(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	if (spf->all == NULL) {
		return;
	}
	for (const struct zm_spf_term *term = spf->all + 1; term < spf->term + spf->count; term++) {
		if (term->problem != ZM_SPF_GOOD || zm_spf_is_modifier(term)) {
			continue;
		}
		struct zm_str text = zm_look_short(lint->arena, term->text);
		struct zm_finding *finding =
			zm_lint_report(lint, term->at, "%.*s is never reached, %.*s comes first",
				       ZM_STR_ARG(text), ZM_STR_ARG(spf->all->text));
		offer(lint, finding, term);
	}
}

const struct zm_rule zm_rule_terms_after_all = {.on_record = check_record};
