/* policy-budget: the policy's own ceilings on what a record costs, with all that it reaches. */
#include "dns/zones.h"
#include "lint/lint.h"
#include "spf/limits.h"
#include "spf/space.h"

/* What is counted of one record. */
struct budget {
	struct zm_lint *lint;
	struct zm_arena arena;
	struct zm_spf_graph graph;
};

static const struct zm_policy_number *ceiling(const struct budget *budget,
					      enum zm_policy_ceiling which)
{
	const struct zm_policy_number *number = &budget->lint->view->spf.ceiling[which];
	return number->place.file == NULL ? NULL : number;
}

static void compare(struct budget *budget, enum zm_policy_ceiling which, uint64_t cost,
		    bool is_open)
{
	static const char *const unit[][2] = {{"DNS lookup", "DNS lookups"},
					      {"void lookup", "void lookups"},
					      {"byte", "bytes"},
					      {"IPv4 address", "IPv4 addresses"}};
	static const char *const verb[] = {"needs", "needs", "has", "lets pass"};
	const struct zm_policy_number *limit = ceiling(budget, which);
	struct zm_lint *lint = budget->lint;
	if (limit == NULL || cost <= limit->value) {
		return;
	}
	struct zm_str name = zm_name_text(lint->arena, lint->owner->name);
	zm_lint_report(lint, (struct zm_span){0, lint->current->text.len},
		       "SPF record of %.*s %s %llu %s%s, the policy's limit is %llu",
		       ZM_STR_ARG(name), verb[which], (unsigned long long)cost,
		       unit[which][cost != 1], is_open ? " at the least" : "",
		       (unsigned long long)limit->value)
		->policy = limit->place;
}

static void compare_costs(struct budget *budget)
{
	struct zm_spf_limits limits;
	zm_spf_limits_count(&limits, &budget->arena, &budget->graph);
	const struct zm_spf_cost *cost = budget->graph.node[0]->cost;
	const struct zm_spf_cost *worst =
		cost[ZM_IP6].lookups > cost[ZM_IP4].lookups ? &cost[ZM_IP6] : &cost[ZM_IP4];
	compare(budget, ZM_CEILING_LOOKUPS, worst->lookups, worst->is_open);
	worst = cost[ZM_IP6].voids > cost[ZM_IP4].voids ? &cost[ZM_IP6] : &cost[ZM_IP4];
	compare(budget, ZM_CEILING_VOID_LOOKUPS, worst->voids, worst->is_open);
}

/* How many addresses pass, whoever sends; `*is_open`: others may. */
static uint64_t count_passing(struct budget *budget, bool *is_open)
{
	struct zm_verdicts pool;
	struct zm_space space;
	uint64_t count = 0;
	zm_verdicts_init(&pool, &budget->arena);
	zm_space_find(&space, &pool, &budget->arena, &budget->graph);
	struct zm_segments list = space.family[ZM_IP4];
	*is_open = false;
	for (size_t i = 0; i < list.count; i++) {
		struct zm_range range = zm_segments_range(list, i, 4);
		uint32_t verdict = list.item[i].verdict;
		bool passes = zm_verdict_is(&pool, verdict, ZM_RESULT_PASS);
		count += passes ? range.last.low - range.first.low + 1 : 0;
		*is_open = *is_open || pool.verdict[verdict].kind != ZM_VERDICT_RESULT;
	}
	return count;
}

static void compare_addresses(struct budget *budget)
{
	bool is_open;
	uint64_t count = count_passing(budget, &is_open);
	compare(budget, ZM_CEILING_IPV4_ADDRESSES, count, is_open);
}

static void compare_all(struct budget *budget)
{
	struct zm_zones zones;
	struct zm_lint *lint = budget->lint;
	zm_zones_init(&zones, lint->set, &budget->arena, lint->zone);
	struct zm_resolver resolver = zm_zones_resolver(&zones);
	zm_spf_graph_build(&budget->graph, &budget->arena, lint->owner->name, &resolver);
	if (budget->graph.count == 0 || budget->graph.node[0]->found != ZM_FOUND_RECORD) {
		return;
	}
	compare_costs(budget);
	if (ceiling(budget, ZM_CEILING_IPV4_ADDRESSES) != NULL) {
		compare_addresses(budget);
	}
}

static bool asks_zones(const struct budget *budget)
{
	return ceiling(budget, ZM_CEILING_LOOKUPS) != NULL ||
	       ceiling(budget, ZM_CEILING_VOID_LOOKUPS) != NULL ||
	       ceiling(budget, ZM_CEILING_IPV4_ADDRESSES) != NULL;
}

static bool has_ceiling(const struct zm_lint *lint)
{
	bool has = false;
	for (size_t i = 0; i < ZM_CEILINGS; i++) {
		has = has || lint->view->spf.ceiling[i].place.file != NULL;
	}
	return has;
}

static void check(struct zm_lint *lint, const struct zm_spf_record *spf)
{
	if (lint->owner->spf_count != 1 || !has_ceiling(lint)) {
		return;
	}
	struct budget budget = {.lint = lint};
	compare(&budget, ZM_CEILING_LENGTH, spf->text.len, false);
	if (asks_zones(&budget)) {
		compare_all(&budget);
		zm_arena_release(&budget.arena);
	}
}

const struct zm_rule zm_rule_policy_budget = {.on_record = check};
