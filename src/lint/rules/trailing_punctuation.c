#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* Marks in the other kind of quotes where they are quotes themselves. */
static struct zm_str quoted(struct zm_lint *lint, struct zm_str marks)
{
	bool has_quotes = zm_str_find(marks, ZM_STR("\""), 0) != SIZE_MAX;
	char quote = has_quotes ? '\'' : '"';
	marks = zm_look_short(lint->arena, marks);
	return zm_arena_printf(lint->arena, "%c%.*s%c", quote, ZM_STR_ARG(marks), quote);
}

static void report_lone(struct zm_lint *lint, const struct zm_spf_term *term)
{
	struct zm_str text = quoted(lint, term->text);
	struct zm_finding *finding = zm_lint_report(
		lint, term->at, "%.*s stands where a term belongs (permerror)", ZM_STR_ARG(text));
	zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "remove %.*s", ZM_STR_ARG(text));
	zm_fix_remove_term(lint, finding, term);
}

/* trailing-punctuation: RFC 7208 12, only spaces stand between terms and behind the last. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_str bare = zm_look_stripped(term->text);
	if (bare.len == 0) {
		report_lone(lint, term);
		return;
	}
	struct zm_str shown = zm_look_short(lint->arena, bare);
	struct zm_str marks = quoted(lint, zm_str_sub(term->text, bare.len, term->text.len));
	struct zm_finding *finding = zm_lint_report(lint, term->at, "%.*s ends in %.*s (permerror)",
						    ZM_STR_ARG(shown), ZM_STR_ARG(marks));
	zm_broken_repair(lint, finding, term, bare);
}

const struct zm_rule zm_rule_trailing_punctuation = {.on_odd_term = check_term};
