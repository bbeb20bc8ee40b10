#include "spf/limits.h"

#include <string.h>

enum { NEW, ON_THE_WAY, DONE };

struct counter {
	struct zm_arena *arena;
	struct zm_spf_limits *limits;
	struct zm_spf_loop *loop;
	size_t capacity;
	const struct zm_spf_node *way[ZM_GRAPH_MAX + 1]; /* from the first node to the one that is
							looked at */
	const struct zm_spf_branch *by[ZM_GRAPH_MAX + 1];
	size_t depth;
};

static unsigned sum(unsigned a, unsigned b)
{
	return a + b > ZM_COST_MAX ? ZM_COST_MAX : a + b;
}

static void add(struct zm_spf_cost *total, const struct zm_spf_cost *cost)
{
	total->lookups = sum(total->lookups, cost->lookups);
	total->voids = sum(total->voids, cost->voids);
	total->voids_maybe = sum(total->voids_maybe, cost->voids_maybe);
	total->is_open = total->is_open || cost->is_open;
	total->is_endless = total->is_endless || cost->is_endless;
}

/* What a term can find nothing for, when nobody knows what it finds: each exchange of an mx may be
 * a void lookup, of a client's names only all together. */
static unsigned voids_maybe(enum zm_spf_kind kind)
{
	return kind == ZM_SPF_MX ? ZM_SPF_MX_MAX : 1;
}

static bool leads_on(enum zm_spf_kind kind)
{
	return kind == ZM_SPF_INCLUDE || kind == ZM_SPF_REDIRECT;
}

/* What the term itself costs, without what is below it. */
static struct zm_spf_cost own_cost(const struct zm_spf_branch *branch, size_t family)
{
	const struct zm_spf_parts *parts = &branch->parts[family];
	struct zm_spf_cost cost = {.lookups = branch->asks};
	for (size_t i = 0; i < parts->count; i++) {
		const struct zm_spf_part *part = &parts->item[i];
		cost.voids += part->finds == ZM_FINDS_VOID;
		if (part->finds == ZM_FINDS_UNKNOWN) {
			cost.voids_maybe += voids_maybe(part->is_mx ? ZM_SPF_MX : ZM_SPF_A);
		}
	}
	if (branch->depends && leads_on(branch->term->kind)) {
		cost.is_open = true;
	} else if (branch->depends) {
		cost.voids_maybe += voids_maybe(branch->term->kind);
	}
	return cost;
}

/* The way from the node that the branch leads back to, as a loop. */
static void note_loop(struct counter *c, const struct zm_spf_branch *branch)
{
	size_t start = c->depth;
	while (c->way[start - 1] != branch->node) {
		start--;
	}
	start--;
	size_t count = c->depth - start;
	const struct zm_spf_node **node = zm_arena_array(c->arena, count, sizeof(*node));
	const struct zm_spf_branch **by = zm_arena_array(c->arena, count, sizeof(*by));
	memcpy(node, &c->way[start], count * sizeof(*node));
	memcpy(by, &c->by[start], count * sizeof(*by));
	c->loop =
		zm_arena_grow(c->arena, c->loop, c->limits->loops, &c->capacity, sizeof(*c->loop));
	c->loop[c->limits->loops++] = (struct zm_spf_loop){node, by, count};
	c->limits->loop = c->loop;
}

static void count_node(struct counter *c, struct zm_spf_node *node);

/* What is below an include or redirect. */
static void count_below(struct counter *c, struct zm_spf_branch *branch)
{
	c->by[c->depth - 1] = branch;
	if (branch->node->walk == ON_THE_WAY) {
		branch->is_loop = true;
		note_loop(c, branch);
	} else if (branch->node->walk == NEW) {
		count_node(c, branch->node);
	}
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		struct zm_spf_cost loop = {.is_endless = true};
		add(&branch->cost[family], branch->is_loop ? &loop : &branch->node->cost[family]);
	}
}

static void count_branch(struct counter *c, struct zm_spf_branch *branch)
{
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		branch->cost[family] = own_cost(branch, family);
	}
	if (branch->node != NULL) {
		count_below(c, branch);
	}
}

/* Deeper than the graph has nodes it cannot lead: a node that is on the way is not entered. */
static void count_node(struct counter *c, struct zm_spf_node *node)
{
	c->way[c->depth++] = node;
	node->walk = ON_THE_WAY;
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		node->cost[family] =
			(struct zm_spf_cost){.is_open = node->found == ZM_FOUND_UNKNOWN};
	}
	for (size_t i = 0; i < node->record.count; i++) {
		struct zm_spf_branch *branch = &node->branch[i];
		if (!branch->is_reached || !branch->asks) {
			continue;
		}
		count_branch(c, branch);
		for (size_t family = 0; family < ZM_FAMILIES; family++) {
			add(&node->cost[family], &branch->cost[family]);
		}
	}
	node->walk = DONE;
	c->depth--;
}

void zm_spf_limits_count(struct zm_spf_limits *limits, struct zm_arena *arena,
			 struct zm_spf_graph *graph)
{
	struct counter *counter = zm_arena_alloc(arena, sizeof(*counter));
	*limits = (struct zm_spf_limits){0};
	counter->arena = arena;
	counter->limits = limits;
	for (size_t i = 0; i < graph->count; i++) {
		graph->node[i]->walk = NEW;
	}
	count_node(counter, graph->node[0]);
}

bool zm_spf_cost_is_over(const struct zm_spf_cost *cost)
{
	return cost->is_endless || cost->lookups > ZM_SPF_LOOKUPS_MAX ||
	       cost->voids > ZM_SPF_VOIDS_MAX;
}

struct zm_str zm_spf_loop_text(struct zm_arena *arena, const struct zm_spf_loop *loop)
{
	struct zm_str text = ZM_STR("");
	for (size_t i = 0; i <= loop->count; i++) {
		struct zm_str name = zm_name_text(arena, loop->node[i % loop->count]->name);
		text = zm_arena_printf(arena, "%.*s%s%.*s", ZM_STR_ARG(text), i == 0 ? "" : " -> ",
				       ZM_STR_ARG(name));
	}
	return text;
}
