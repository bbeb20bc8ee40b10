#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"
#include "lint/rules/split.h"

static bool may_part(const struct zm_split *split, struct zm_str text)
{
	for (size_t i = 0; i < split->count; i++) {
		if (!zm_look_is_repair(zm_str_at(text, split->part[i]))) {
			return false;
		}
	}
	return split->certain;
}

/* missing-space: RFC 7208 4.6.1, terms are parted by at least one space. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	struct zm_split split;
	if (!zm_broken_is_mine(lint, term) || !zm_split_find(&split, term->text)) {
		return;
	}
	struct zm_str second = zm_look_short(lint->arena, zm_str_at(term->text, split.part[1]));
	struct zm_finding *finding = zm_lint_report(
		lint, term->at, "no space before %.*s (permerror)", ZM_STR_ARG(second));
	if (!may_part(&split, term->text)) {
		return;
	}
	zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "insert the missing space%s",
		       split.count > 2 ? "s" : "");
	for (size_t i = 1; i < split.count; i++) {
		size_t cut = term->at.start + split.part[i].start;
		zm_fix_replace(lint, finding, (struct zm_span){cut, cut}, ZM_STR(" "));
	}
}

const struct zm_rule zm_rule_missing_space = {.on_odd_term = check_term};
