/* duplicate-include, duplicate-term: RFC 7208 4.6.2, the first that matches decides. */
#include "lint/lint.h"
#include "lint/rules/look.h"

/* The first that says the same, with the same qualifier where there is one. */
static const struct zm_spf_term *find_earlier(const struct zm_spf_record *spf,
					      const struct zm_spf_term *term)
{
	const struct zm_spf_term *other = NULL;
	for (const struct zm_spf_term *earlier = spf->term; earlier < term; earlier++) {
		if (!zm_spf_same_target(earlier, term)) {
			continue;
		}
		if (earlier->qualifier == term->qualifier) {
			return earlier;
		}
		other = other == NULL ? earlier : other;
	}
	return other;
}

/* The first term that is never tested. */
static const struct zm_spf_term *end_of_reach(const struct zm_spf_record *spf)
{
	return spf->all != NULL ? spf->all : spf->term + spf->count;
}

static void remove_copy(struct zm_lint *lint, struct zm_finding *finding,
			const struct zm_spf_term *term)
{
	zm_finding_fix(lint, finding, ZM_FIX_SAFE, "remove the copy");
	zm_fix_remove_term(lint, finding, term);
}

static void report_include(struct zm_lint *lint, const struct zm_spf_term *earlier,
			   const struct zm_spf_term *term)
{
	struct zm_str text = zm_look_short(lint->arena, term->text);
	struct zm_str first = zm_look_short(lint->arena, earlier->text);
	if (earlier->qualifier != term->qualifier) {
		zm_lint_report(lint, term->at, "%.*s never decides, %.*s comes first",
			       ZM_STR_ARG(text), ZM_STR_ARG(first));
		return;
	}
	struct zm_finding *finding = zm_lint_report(
		lint, term->at, "%.*s stands here again and costs one more of 10 lookups",
		ZM_STR_ARG(text));
	remove_copy(lint, finding, term);
}

static void check_includes(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	if (!zm_spf_has_several(spf, ZM_SPF_INCLUDE)) {
		return;
	}
	for (const struct zm_spf_term *term = spf->term; term < end_of_reach(spf); term++) {
		const struct zm_spf_term *earlier =
			term->kind == ZM_SPF_INCLUDE ? find_earlier(spf, term) : NULL;
		if (earlier != NULL) {
			report_include(lint, earlier, term);
		}
	}
}

/* Only mechanisms decide; a copy with another qualifier is a contradiction, not a copy. */
static void check_term(struct zm_lint *lint, const struct zm_spf_record *spf,
		       const struct zm_spf_term *term)
{
	if (zm_spf_is_modifier(term) || term->kind == ZM_SPF_INCLUDE) {
		return;
	}
	const struct zm_spf_term *earlier = find_earlier(spf, term);
	if (earlier == NULL || earlier->qualifier != term->qualifier) {
		return;
	}
	struct zm_str text = zm_look_short(lint->arena, term->text);
	struct zm_finding *finding = zm_lint_report(
		lint, term->at, "%.*s stands here again, the first decides", ZM_STR_ARG(text));
	remove_copy(lint, finding, term);
}

static void check_terms(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	if (spf->repeated == 0) {
		return;
	}
	for (const struct zm_spf_term *term = spf->term; term < end_of_reach(spf); term++) {
		check_term(lint, spf, term);
	}
}

const struct zm_rule zm_rule_duplicate_include = {.on_record = check_includes};
const struct zm_rule zm_rule_duplicate_term = {.on_record = check_terms};
