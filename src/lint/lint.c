#include "lint/lint.h"

#include "lint/owners.h"

#include <stdlib.h>

static bool is_on(const struct zm_lint *lint, size_t rule)
{
	const bool *muted = lint->policy->muted;
	bool is_muted = muted != NULL && muted[rule];
	return !is_muted && lint->view->rule[rule].severity != ZM_OFF;
}

static void run_zone_rules(struct zm_lint *lint)
{
	for (lint->rule = 0; lint->rule < ZM_RULE_COUNT; lint->rule++) {
		const struct zm_rule *rule = zm_rule_info[lint->rule].rule;
		if (rule->on_zone != NULL && is_on(lint, lint->rule)) {
			rule->on_zone(lint);
		}
	}
}

static void run_term_rule(struct zm_lint *lint, const struct zm_rule *rule,
			  const struct zm_spf_record *spf)
{
	if (rule->on_record != NULL) {
		rule->on_record(lint, spf);
	}
	for (size_t i = 0; rule->on_term != NULL && i < spf->count; i++) {
		rule->on_term(lint, &spf->term[i]);
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

static void run_record_rules(struct zm_lint *lint, const struct zm_lint_record *record)
{
	size_t before = lint->findings->count;
	lint->current = record;
	for (lint->rule = 0; lint->rule < ZM_RULE_COUNT; lint->rule++) {
		const struct zm_rule *rule = zm_rule_info[lint->rule].rule;
		if (!is_on(lint, lint->rule) || is_consequence(lint, before)) {
			continue;
		}
		if (rule->on_text != NULL) {
			rule->on_text(lint, record);
		}
		if (record->is_spf) {
			run_term_rule(lint, rule, &record->spf);
		}
	}
	if (record->is_spf && stays_broken(lint, before)) {
		withhold_half_fixes(lint, before);
	}
	lint->current = NULL;
}

static void run_owner_rules(struct zm_lint *lint, const struct zm_lint_owner *owner)
{
	size_t before = lint->findings->count;
	lint->owner = owner;
	lint->view = zm_policy_view(lint->policy, lint->zone->origin, owner->name);
	for (lint->rule = 0; lint->rule < ZM_RULE_COUNT; lint->rule++) {
		const struct zm_rule *rule = zm_rule_info[lint->rule].rule;
		if (rule->on_owner != NULL && is_on(lint, lint->rule)) {
			rule->on_owner(lint, owner);
		}
	}
	for (size_t i = 0; i < owner->count; i++) {
		run_record_rules(lint, &owner->record[i]);
	}
	if (stays_several(lint, owner, before)) {
		withhold_half_fixes(lint, before);
	}
}

/* What $GENERATE makes has no bytes of its own to change. */
static bool touches_made(const struct zm_fix *fix)
{
	for (size_t i = 0; i < fix->count; i++) {
		const struct zm_record *record = fix->op[i].record;
		if (record != NULL && record->source->made_by != NULL) {
			return true;
		}
	}
	return false;
}

static void withhold_impossible_fixes(struct zm_findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		if (touches_made(&findings->item[i]->fix)) {
			findings->item[i]->fix = (struct zm_fix){.safety = ZM_FIX_NONE};
		}
	}
}

static size_t source_number(const struct zm_zone *zone, const struct zm_source *source)
{
	size_t i = 0;
	while (zone != NULL && i < zone->source_count && zone->sources[i] != source) {
		i++;
	}
	return i;
}

/* By file, then by place, then by the catalogue's order. */
static int compare(const void *a, const void *b)
{
	const struct zm_finding *x = *(struct zm_finding *const *)a;
	const struct zm_finding *y = *(struct zm_finding *const *)b;
	if (x->source != y->source) {
		return source_number(x->zone, x->source) < source_number(y->zone, y->source) ? -1
											     : 1;
	}
	if (x->at.start != y->at.start) {
		return x->at.start < y->at.start ? -1 : 1;
	}
	if (x->rule != y->rule) {
		return x->rule < y->rule ? -1 : 1;
	}
	return x->at.end < y->at.end ? -1 : x->at.end > y->at.end;
}

/* What $GENERATE makes a thousand times is said once: neighbours that look the same. */
static void drop_twins(struct zm_findings *findings)
{
	size_t kept = 0;
	for (size_t i = 0; i < findings->count; i++) {
		const struct zm_finding *last = kept == 0 ? NULL : findings->item[kept - 1];
		struct zm_finding *item = findings->item[i];
		bool is_twin = last != NULL && compare(&last, &item) == 0 &&
			       zm_str_eq(last->message, item->message);
		if (!is_twin) {
			findings->item[kept++] = item;
		}
	}
	findings->count = kept;
}

void zm_lint_zone(struct zm_findings *findings, struct zm_arena *arena, const struct zm_zone *zone,
		  const struct zm_set *set, const struct zm_policy *policy)
{
	struct zm_lint lint = {
		.arena = arena,
		.zone = zone,
		.set = set,
		.policy = policy,
		.is_garbled = zm_zone_is_garbled(zone),
		.view = zm_policy_view(policy, zone->origin, zone->origin),
		.findings = findings,
	};
	*findings = (struct zm_findings){0};
	run_zone_rules(&lint);
	struct zm_lint_owner *owner;
	size_t owners = zm_lint_owners(&owner, arena, zone, policy);
	for (size_t i = 0; i < owners; i++) {
		run_owner_rules(&lint, &owner[i]);
	}
	withhold_impossible_fixes(findings);
	if (findings->count > 1) {
		qsort(findings->item, findings->count, sizeof(*findings->item), compare);
		drop_twins(findings);
	}
}
