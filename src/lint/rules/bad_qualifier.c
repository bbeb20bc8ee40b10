#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

/* `--all`: the same qualifier more than once, however often, is one. */
static bool is_one_repeated(struct zm_str qualifier)
{
	for (size_t i = 1; i < qualifier.len; i++) {
		if (qualifier.data[i] != qualifier.data[0]) {
			return false;
		}
	}
	return qualifier.len > 1;
}

static void mend_repeated(struct zm_lint *lint, struct zm_finding *finding,
			  const struct zm_spf_term *term)
{
	size_t name = term->name_at.start - term->at.start;
	if (is_one_repeated(zm_look_part(term, term->problem_at))) {
		zm_broken_repair(lint, finding, term,
				 zm_str_sub(term->text, name - 1, term->text.len));
	}
}

/*
 * `- all`: joined with the `all` behind it. Before anything else a lone dash may be a bullet, so
 * nothing is offered.
 */
static void mend_lone(struct zm_lint *lint, struct zm_finding *finding,
		      const struct zm_spf_term *term)
{
	const struct zm_spf_record *spf = &lint->current->spf;
	const struct zm_spf_term *next = term + 1;
	bool is_last = next == spf->term + spf->count;
	if (term->text.len != 1 || is_last || next->kind != ZM_SPF_ALL) {
		return;
	}
	struct zm_str text =
		zm_arena_printf(lint->arena, "%c%.*s", term->qualifier, ZM_STR_ARG(next->text));
	if (zm_look_is_repair(text)) {
		zm_finding_fix(lint, finding, ZM_FIX_REPAIR, "write %.*s", ZM_STR_ARG(text));
		zm_fix_replace(lint, finding, (struct zm_span){term->at.end, next->at.start},
			       ZM_STR(""));
	}
}

/* bad-qualifier: RFC 7208 4.6.2, one of + - ~ ? directly before the mechanism. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_str bad = zm_look_short(lint->arena, zm_look_part(term, term->problem_at));
	bool lone = zm_look_is_lone_qualifier(term);
	struct zm_finding *finding =
		zm_lint_report(lint, term->at, "\"%.*s\" is %s (permerror)", ZM_STR_ARG(bad),
			       lone ? "no term without its mechanism" : "no qualifier");
	if (lone) {
		mend_lone(lint, finding, term);
	} else {
		mend_repeated(lint, finding, term);
	}
}

const struct zm_rule zm_rule_bad_qualifier = {.on_odd_term = check_term};
