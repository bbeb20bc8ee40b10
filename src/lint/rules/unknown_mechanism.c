#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* unknown-mechanism: RFC 7208 4.6.1, any term that is none makes the record a permerror. */
static struct zm_finding *report(struct zm_lint *lint, const struct zm_spf_term *term)
{
	struct zm_str bad = zm_look_short(lint->arena, zm_look_part(term, term->problem_at));
	if (term->problem == ZM_SPF_BAD_BYTE) {
		return zm_lint_report(lint, term->problem_at, "\"%.*s\" is not ASCII (permerror)",
				      ZM_STR_ARG(bad));
	}
	if (bad.len == 1 && term->problem_at.end > term->name_at.end) {
		struct zm_str text = zm_look_short(lint->arena, term->text);
		return zm_lint_report(
			lint, term->at,
			"\"%.*s\" is no term, \"%.*s\" may not stand there (permerror)",
			ZM_STR_ARG(text), ZM_STR_ARG(bad));
	}
	return zm_lint_report(lint, term->at, "\"%.*s\" is no mechanism (permerror)",
			      ZM_STR_ARG(bad));
}

static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_finding *finding = report(lint, term);
	size_t distance = 0;
	const char *name = zm_look_nearest(zm_look_part(term, term->name_at), &distance);
	if (name != NULL && distance > 0) {
		zm_broken_repair(lint, finding, term,
				 zm_look_respell(lint->arena, term, name, ":"));
	}
}

const struct zm_rule zm_rule_unknown_mechanism = {.on_term = check_term};
