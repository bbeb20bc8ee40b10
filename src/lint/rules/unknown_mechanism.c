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

/* A word of two letters is next to half of the mechanisms, and `a`, `mx` and `ptr` are next to many
 * a word: written where nobody meant them, they let strangers pass. */
static bool may_be_guessed(struct zm_str name, struct zm_str keyword)
{
	return name.len >= 3 && !zm_str_eq(keyword, ZM_STR("a")) &&
	       !zm_str_eq(keyword, ZM_STR("mx")) && !zm_str_eq(keyword, ZM_STR("ptr"));
}

static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_finding *finding = report(lint, term);
	size_t distance = 0;
	struct zm_str name = zm_look_part(term, term->name_at);
	const char *nearest = zm_look_nearest(name, &distance);
	if (nearest != NULL && distance > 0 && may_be_guessed(name, zm_str_from(nearest))) {
		zm_broken_repair(lint, finding, term,
				 zm_look_respell(lint->arena, term, nearest, ":"));
	}
}

const struct zm_rule zm_rule_unknown_mechanism = {.on_odd_term = check_term};
