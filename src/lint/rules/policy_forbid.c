/* policy-forbid: terms that the policy wants in no record, also not in one that is reached. */
#include "lint/reach.h"
#include "lint/rules/look.h"

static const struct zm_policy_pattern *who_forbids(const struct zm_policy_view *view,
						   const struct zm_spf_term *term)
{
	const struct zm_policy_patterns *forbid = &view->spf.forbid;
	for (size_t i = 0; i < forbid->count; i++) {
		if (zm_spf_pattern_forbids(&forbid->item[i].pattern, term)) {
			return &forbid->item[i];
		}
	}
	return NULL;
}

/* ---- In the record itself ---- */

/* RFC 7208 6.1. Without it the record would say nothing of all who match no term. */
static bool is_redirect_in_force(const struct zm_spf_record *spf, const struct zm_spf_term *term)
{
	return term == spf->redirect && spf->all == NULL;
}

/* An `all` ends the terms (5.1); a redirect= may stand before some. */
static bool is_before_mechanisms(const struct zm_spf_record *spf, const struct zm_spf_term *term)
{
	for (term++; term < spf->term + spf->count; term++) {
		if (!zm_spf_is_modifier(term)) {
			return true;
		}
	}
	return false;
}

static void offer_all(struct zm_lint *lint, struct zm_finding *finding,
		      const struct zm_spf_term *term)
{
	const struct zm_spf_record *spf = &lint->current->spf;
	struct zm_str all = lint->view->spf.all.text;
	if (all.data == NULL) {
		return;
	}
	zm_finding_fix(lint, finding, ZM_FIX_POLICY, "write %.*s instead of %.*s", ZM_STR_ARG(all),
		       ZM_STR_ARG(zm_look_short(lint->arena, term->text)));
	if (term->kind == ZM_SPF_REDIRECT && is_before_mechanisms(spf, term)) {
		zm_fix_remove_term(lint, finding, term);
		zm_fix_append(lint, finding, all);
	} else {
		zm_fix_replace(lint, finding, term->at, all);
	}
}

static void offer_fix(struct zm_lint *lint, struct zm_finding *finding,
		      const struct zm_spf_term *term)
{
	if (term->kind == ZM_SPF_ALL || is_redirect_in_force(&lint->current->spf, term)) {
		offer_all(lint, finding, term);
		return;
	}
	zm_finding_fix(lint, finding, ZM_FIX_POLICY, "remove %.*s",
		       ZM_STR_ARG(zm_look_short(lint->arena, term->text)));
	zm_fix_remove_term(lint, finding, term);
}

static void check_own_terms(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	struct zm_str name = zm_name_text(lint->arena, lint->owner->name);
	for (size_t i = 0; i < spf->count; i++) {
		const struct zm_spf_term *term = &spf->term[i];
		const struct zm_policy_pattern *item = who_forbids(lint->view, term);
		if (item == NULL) {
			continue;
		}
		struct zm_str shown = zm_look_short(lint->arena, term->text);
		struct zm_finding *finding = zm_lint_report(
			lint, term->at, "SPF record of %.*s has %.*s, which the policy forbids",
			ZM_STR_ARG(name), ZM_STR_ARG(shown));
		finding->policy = item->place;
		offer_fix(lint, finding, term);
	}
}

/* ---- In records that it leads to ---- */

/* RFC 7208 5.2: of an included record only a pass counts, so that its own `-all` does nothing. */
static bool has_effect(const struct zm_reach_step *step, const struct zm_spf_term *term)
{
	return !step->included || term->kind != ZM_SPF_ALL || term->qualifier == '+';
}

/* A record of this zone is checked where it stands, unless the policy lets it be there. */
static bool is_reported_itself(const struct zm_lint *lint, const struct zm_record *record,
			       const struct zm_spf_term *term)
{
	for (size_t i = 0; i < lint->zone->source_count; i++) {
		if (lint->zone->sources[i] != record->source) {
			continue;
		}
		const struct zm_policy_view *view =
			zm_policy_view(lint->policy, lint->zone->origin, record->owner);
		return view->rule[lint->rule].severity != ZM_OFF && who_forbids(view, term) != NULL;
	}
	return false;
}

/* The term of the record itself that leads to the step. */
static const struct zm_spf_term *first_term(const struct zm_reach *reach, size_t step)
{
	while (reach->step[step].from != 0) {
		step = reach->step[step].from;
	}
	return reach->step[step].via;
}

static void check_step(struct zm_lint *lint, const struct zm_reach *reach, size_t number)
{
	const struct zm_reach_step *step = &reach->step[number];
	struct zm_str name = zm_name_text(lint->arena, lint->owner->name);
	for (size_t i = 0; i < zm_reach_terms(&step->spf); i++) {
		const struct zm_spf_term *term = &step->spf.term[i];
		const struct zm_policy_pattern *item = who_forbids(lint->view, term);
		if (item == NULL || !has_effect(step, term) ||
		    is_reported_itself(lint, step->record, term)) {
			continue;
		}
		struct zm_str path = zm_reach_path(lint->arena, reach, number);
		struct zm_str shown = zm_look_short(lint->arena, term->text);
		zm_lint_report(lint, first_term(reach, number)->at,
			       "SPF record of %.*s reaches %.*s, which the policy forbids, "
			       "through %.*s",
			       ZM_STR_ARG(name), ZM_STR_ARG(shown), ZM_STR_ARG(path))
			->policy = item->place;
	}
}

static void check_reached_terms(struct zm_lint *lint)
{
	struct zm_arena arena = {0};
	struct zm_reach reach;
	zm_reach_find(&reach, &arena, lint);
	for (size_t i = 1; i < reach.count; i++) {
		check_step(lint, &reach, i);
	}
	zm_arena_release(&arena);
}

static void check(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	const struct zm_policy_spf *policy = &lint->view->spf;
	bool is_prescribed = lint->owner->must_have && policy->exactly.text.data != NULL;
	/* What policy-exactly writes holds nothing that is forbidden. */
	if (policy->forbid.count > 0 && !is_prescribed) {
		check_own_terms(lint, spf);
		check_reached_terms(lint);
	}
}

const struct zm_rule zm_rule_policy_forbid = {.on_record = check};
