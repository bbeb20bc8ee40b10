/*
 * run: the rules over what lint.c lays before them: the zone as a whole, one owner after another.
 */
#ifndef ZM_LINT_RUN_H
#define ZM_LINT_RUN_H

#include "lint/lint.h"

struct zm_rule_list {
	uint8_t rule[ZM_RULE_COUNT];
	size_t count;
};

/* One thread's way through some of the owners. */
struct zm_run {
	struct zm_lint lint;
	/* The rules that are on under one view, by what they look at. */
	const struct zm_policy_view *chosen_for;
	struct zm_rule_list owner_rules;
	struct zm_rule_list text_rules;
	struct zm_rule_list record_rules;
	struct zm_rule_list address_rules;
	struct zm_rule_list odd_rules;
};

void zm_run_zone_rules(struct zm_lint *lint);

void zm_run_owner_rules(struct zm_run *run, const struct zm_lint_owner *owner);

#endif
