#include "lint/rules/broken_term.h"
#include "lint/rules/look.h"

static const char *keyword_of(struct zm_lint *lint, const struct zm_spf_term *term)
{
	struct zm_str name = zm_look_part(term, term->name_at);
	return zm_look_is_mechanism(name) ? zm_arena_copy(lint->arena, name).data
					  : zm_look_ip_keyword(zm_look_family(term->value));
}

/* mechanism-as-modifier: RFC 7208 6, a modifier that nobody knows is ignored, whatever its name. */
static void check_term(struct zm_lint *lint, const struct zm_spf_term *term)
{
	if (!zm_broken_is_mine(lint, term)) {
		return;
	}
	struct zm_str head = zm_str_sub(term->text, 0, term->value_at.start - term->at.start);
	bool ignored = term->problem == ZM_SPF_GOOD;
	struct zm_finding *finding = zm_lint_report(
		lint, term->at, "\"%.*s\" is read as a modifier %s", ZM_STR_ARG(head),
		ignored ? "that nobody knows, and silently ignored"
			: "with a qualifier (permerror)");
	zm_broken_repair(lint, finding, term,
			 zm_look_respell(lint->arena, term, keyword_of(lint, term), ":"));
}

const struct zm_rule zm_rule_mechanism_as_modifier = {.on_odd_term = check_term};
