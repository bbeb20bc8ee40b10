#include "lint/run.h"

#include "lint/worse.h"

/* ---- Which rules are on ---- */

static bool is_on(const struct zm_lint *lint, size_t rule)
{
	const bool *muted = lint->policy->muted;
	bool is_muted = muted != NULL && muted[rule];
	return !is_muted && lint->view->rule[rule].severity != ZM_OFF;
}

static void add_rule(struct zm_rule_list *list, size_t rule, bool belongs)
{
	if (belongs) {
		list->rule[list->count++] = (uint8_t)rule;
	}
}

_Static_assert(ZM_RULE_COUNT <= UINT8_MAX, "a rule's number is a byte");

/* Neighbours nearly always have the same view. */
static void choose_rules(struct zm_run *run)
{
	if (run->chosen_for == run->lint.view) {
		return;
	}
	run->owner_rules.count = 0;
	run->text_rules.count = 0;
	run->record_rules.count = 0;
	run->address_rules.count = 0;
	run->odd_rules.count = 0;
	for (size_t i = 0; i < ZM_RULE_COUNT; i++) {
		const struct zm_rule *rule = zm_rule_info[i].rule;
		if (is_on(&run->lint, i)) {
			add_rule(&run->owner_rules, i, rule->on_owner != NULL);
			add_rule(&run->text_rules, i, rule->on_text != NULL);
			add_rule(&run->record_rules, i, rule->on_record != NULL);
			add_rule(&run->address_rules, i, rule->on_address != NULL);
			add_rule(&run->odd_rules, i, rule->on_odd_term != NULL);
		}
	}
	run->chosen_for = run->lint.view;
}

void zm_run_zone_rules(struct zm_lint *lint)
{
	for (lint->rule = 0; lint->rule < ZM_RULE_COUNT; lint->rule++) {
		const struct zm_rule *rule = zm_rule_info[lint->rule].rule;
		if (rule->on_zone != NULL && is_on(lint, lint->rule)) {
			rule->on_zone(lint);
		}
	}
}

/* Rules on quoting and seams, which mend what a receiver never sees as written. */
static bool is_about_quoting(size_t rule)
{
	return zm_rule_info[rule].stage == ZM_STAGE_QUOTING &&
	       zm_rule_info[rule].safety == ZM_FIX_REPAIR;
}

/* How a text became no SPF by the blanks that it lost is said once; what its version then looks
 * like is a consequence. Those rules come first in the catalogue; `before` findings were there when
 * the record's turn came. */
static bool is_consequence(const struct zm_lint *lint, size_t before)
{
	const struct zm_findings *findings = lint->findings;
	if (lint->current->is_spf || zm_rule_info[lint->rule].stage != ZM_STAGE_SYNTAX) {
		return false;
	}
	for (size_t i = before; i < findings->count; i++) {
		if (is_about_quoting(findings->item[i]->rule)) {
			return true;
		}
	}
	return false;
}

/* ---- Half a fix ---- */

/* Whether a repair of its wording mends this term. */
static bool is_mended(const struct zm_lint *lint, const struct zm_spf_term *term, size_t before)
{
	const struct zm_record *record = lint->current->record;
	struct zm_span at = zm_text_place(record->text, term->at);
	for (size_t i = before; i < lint->findings->count; i++) {
		const struct zm_finding *finding = lint->findings->item[i];
		bool repairs = zm_rule_info[finding->rule].stage < ZM_STAGE_MERGING &&
			       (finding->fix.safety == ZM_FIX_SAFE ||
				finding->fix.safety == ZM_FIX_REPAIR);
		if (repairs && finding->at.start < at.end && finding->at.end > at.start) {
			return true;
		}
	}
	return false;
}

static bool stays_broken(const struct zm_lint *lint, size_t before)
{
	const struct zm_spf_record *spf = &lint->current->spf;
	for (size_t i = 0; i < spf->count; i++) {
		if (spf->term[i].problem != ZM_SPF_GOOD &&
		    !is_mended(lint, &spf->term[i], before)) {
			return true;
		}
	}
	return false;
}

/* Whether a fix leaves a receiver's permerror as it is: all that come after merging, but for one
 * that writes the record anew. */
static bool is_half(const struct zm_finding *finding)
{
	return zm_rule_info[finding->rule].stage > ZM_STAGE_MERGING &&
	       finding->rule != ZM_RULE_policy_exactly;
}

/* A record that stays a permerror is not touched for its meaning, and no serial bumped for it: what
 * the rules say stands without a fix. */
static void withhold_half_fixes(struct zm_lint *lint, size_t before)
{
	for (size_t i = before; i < lint->findings->count; i++) {
		if (is_half(lint->findings->item[i])) {
			lint->findings->item[i]->fix = (struct zm_fix){.safety = ZM_FIX_NONE};
		}
	}
}

/* Beside an SPF record a text that receivers take for none does no harm: were it mended, there
 * would be two records, and what both say together was meant by nobody. */
static void withhold_second_records(struct zm_lint *lint, const struct zm_lint_record *record,
				    size_t before)
{
	for (size_t i = before; i < lint->findings->count; i++) {
		struct zm_fix *fix = &lint->findings->item[i]->fix;
		if (!record->is_spf && lint->owner->spf_count > 0 && fix->safety == ZM_FIX_REPAIR) {
			*fix = (struct zm_fix){.safety = ZM_FIX_NONE};
		}
	}
}

/* Several SPF records are a permerror until they are merged (RFC 7208 4.5). */
static bool stays_several(const struct zm_lint *lint, const struct zm_lint_owner *owner,
			  size_t before)
{
	for (size_t i = before; i < lint->findings->count; i++) {
		const struct zm_finding *finding = lint->findings->item[i];
		if (finding->rule == ZM_RULE_multiple_records &&
		    finding->fix.safety != ZM_FIX_NONE) {
			return false;
		}
	}
	return owner->spf_count > 1;
}

/* ---- */

static void run_text_rules(struct zm_run *run, const struct zm_lint_record *record, size_t before)
{
	struct zm_lint *lint = &run->lint;
	for (size_t i = 0; i < run->text_rules.count; i++) {
		lint->rule = run->text_rules.rule[i];
		if (record->is_spf || !is_consequence(lint, before)) {
			zm_rule_info[lint->rule].rule->on_text(lint, record);
		}
	}
}

static void run_address_rules(struct zm_run *run, const struct zm_spf_record *spf)
{
	struct zm_lint *lint = &run->lint;
	for (size_t i = 0; i < spf->count; i++) {
		const struct zm_spf_term *term = &spf->term[i];
		bool is_address = term->kind == ZM_SPF_IP4 || term->kind == ZM_SPF_IP6;
		if (!is_address || term->problem != ZM_SPF_GOOD) {
			continue;
		}
		for (size_t j = 0; j < run->address_rules.count; j++) {
			lint->rule = run->address_rules.rule[j];
			zm_rule_info[lint->rule].rule->on_address(lint, term);
		}
	}
}

static void run_spf_rules(struct zm_run *run, const struct zm_spf_record *spf)
{
	struct zm_lint *lint = &run->lint;
	for (size_t i = 0; i < run->record_rules.count; i++) {
		lint->rule = run->record_rules.rule[i];
		zm_rule_info[lint->rule].rule->on_record(lint, spf);
	}
	if (zm_spf_has(spf, ZM_SPF_IP4) || zm_spf_has(spf, ZM_SPF_IP6)) {
		run_address_rules(run, spf);
	}
}

/* A modifier that nobody knows may be a mechanism that was miswritten. */
static bool is_odd(const struct zm_spf_term *term)
{
	return term->problem != ZM_SPF_GOOD || term->kind == ZM_SPF_OTHER_MODIFIER;
}

static void run_odd_rules(struct zm_run *run, const struct zm_spf_record *spf)
{
	struct zm_lint *lint = &run->lint;
	if (spf->valid && !zm_spf_has(spf, ZM_SPF_OTHER_MODIFIER)) {
		return;
	}
	for (size_t i = 0; i < spf->count; i++) {
		if (!is_odd(&spf->term[i])) {
			continue;
		}
		for (size_t j = 0; j < run->odd_rules.count; j++) {
			lint->rule = run->odd_rules.rule[j];
			zm_rule_info[lint->rule].rule->on_odd_term(lint, &spf->term[i]);
		}
	}
}

static void run_record_rules(struct zm_run *run, const struct zm_lint_record *record)
{
	struct zm_lint *lint = &run->lint;
	size_t before = lint->findings->count;
	lint->current = record;
	run_text_rules(run, record, before);
	withhold_second_records(lint, record, before);
	if (record->is_spf) {
		run_spf_rules(run, &record->spf);
		run_odd_rules(run, &record->spf);
	}
	if (record->is_spf && !record->spf.valid && stays_broken(lint, before)) {
		withhold_half_fixes(lint, before);
	}
	zm_withhold_worse(lint, record, before);
	lint->current = NULL;
}

void zm_run_owner_rules(struct zm_run *run, const struct zm_lint_owner *owner)
{
	struct zm_lint *lint = &run->lint;
	size_t before = lint->findings->count;
	lint->owner = owner;
	lint->view = zm_policy_view(lint->policy, lint->zone->origin, owner->name);
	choose_rules(run);
	for (size_t i = 0; i < run->owner_rules.count; i++) {
		lint->rule = run->owner_rules.rule[i];
		zm_rule_info[lint->rule].rule->on_owner(lint, owner);
	}
	for (size_t i = 0; i < owner->count; i++) {
		run_record_rules(run, &owner->record[i]);
	}
	if (stays_several(lint, owner, before)) {
		withhold_half_fixes(lint, before);
	}
}
