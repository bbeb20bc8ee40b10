/*
 * broken_term: which rule speaks about a term that receivers refuse, and the gate that every repair
 * of one passes.
 *
 * A term with a problem belongs to exactly one rule: to the one that knows its look best, else to
 * that of its problem. A rule asks whether a term is its own, says what is wrong, and offers a
 * repair:
 *
 *	if (zm_broken_is_mine(lint, term)) {
 *		struct zm_finding *f = zm_lint_report(lint, term->problem_at, "...");
 *		zm_broken_repair(lint, f, term, text);
 *	}
 */
#ifndef ZM_LINT_RULES_BROKEN_TERM_H
#define ZM_LINT_RULES_BROKEN_TERM_H

#include "lint/lint.h"

/* The number of the rule that speaks about the term; ZM_RULE_COUNT when none of these does. */
size_t zm_broken_rule(const struct zm_spf_term *term);

/*
 * Whether that is the running rule. Not where strings of the record meet inside of the term and it
 * falls into terms there: then the seam is what is wrong, and the rules on seams say so.
 */
bool zm_broken_is_mine(const struct zm_lint *lint, const struct zm_spf_term *term);

/*
 * Makes `text`, which the arena must hold, of the term. Offers nothing when `text` is no term
 * without problem, when receivers would ignore it, when it is an `all` that lets every sender pass,
 * or a redirect= or exp= beside another.
 */
void zm_broken_repair(struct zm_lint *lint, struct zm_finding *finding,
		      const struct zm_spf_term *term, struct zm_str text);

/* The edit alone: as few bytes as make the term say `text`. */
void zm_broken_rewrite(struct zm_lint *lint, struct zm_finding *finding,
		       const struct zm_spf_term *term, struct zm_str text);

#endif
