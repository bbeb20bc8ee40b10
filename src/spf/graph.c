#include "spf/graph.h"

#include "spf/domain.h"
#include "spf/macro.h"

struct builder {
	struct zm_spf_graph *graph;
	struct zm_arena *arena;
	const struct zm_resolver *resolver;
	const struct zm_spf_node *node; /* whose record is looked at */
};

static struct zm_spf_node *find_node(const struct zm_spf_graph *graph, struct zm_name name)
{
	for (size_t i = 0; i < graph->count; i++) {
		if (zm_name_eq(graph->node[i]->name, name)) {
			return graph->node[i];
		}
	}
	return NULL;
}

static struct zm_spf_node *add_node(struct builder *b, struct zm_str domain, struct zm_name name)
{
	struct zm_spf_graph *graph = b->graph;
	struct zm_spf_node *node = zm_arena_alloc(b->arena, sizeof(*node));
	graph->node = zm_arena_grow(b->arena, graph->node, graph->count, &graph->capacity,
				    sizeof(*graph->node));
	*node = (struct zm_spf_node){.number = graph->count, .domain = domain, .name = name};
	graph->node[graph->count++] = node;
	return node;
}

/* Beyond the bound each term has a node of its own that nobody knows, outside of the graph. */
static struct zm_spf_node *unknown_node(struct builder *b, struct zm_str domain,
					struct zm_name name)
{
	struct zm_spf_node *node = zm_arena_alloc(b->arena, sizeof(*node));
	*node = (struct zm_spf_node){.number = SIZE_MAX,
				     .domain = domain,
				     .name = name,
				     .found = ZM_FOUND_UNKNOWN,
				     .status = ZM_ANSWER_UNKNOWN,
				     .unknown = name};
	b->graph->is_cut = true;
	return node;
}

static struct zm_spf_node *node_of(struct builder *b, const struct zm_spf_target *target)
{
	struct zm_spf_node *known = find_node(b->graph, target->name);
	if (known != NULL) {
		return known;
	}
	return b->graph->count == ZM_GRAPH_MAX ? unknown_node(b, target->text, target->name)
					       : add_node(b, target->text, target->name);
}

static struct zm_answer ask(struct builder *b, struct zm_name name, enum zm_ask type)
{
	struct zm_question question = {name, type};
	struct zm_answer answer = {0};
	b->resolver->ask(b->resolver->ctx, b->arena, &question, &answer);
	return answer;
}

/* ---- Parts ---- */

static struct zm_spf_parts one_part(struct builder *b, struct zm_spf_part part)
{
	struct zm_spf_part *item = zm_arena_alloc(b->arena, sizeof(*item));
	*item = part;
	return (struct zm_spf_parts){item, 1};
}

static struct zm_spf_part part_of_set(struct builder *b, struct zm_range range)
{
	return (struct zm_spf_part){.finds = ZM_FINDS_ADDRESSES,
				    .set = zm_ranges_of(b->arena, &range, 1)};
}

/* What an answer without records comes to. */
static enum zm_finds finds_of(const struct zm_answer *answer)
{
	if (answer->status == ZM_ANSWER_FOUND) {
		return ZM_FINDS_ADDRESSES;
	}
	if (answer->status == ZM_ANSWER_UNKNOWN) {
		return ZM_FINDS_UNKNOWN;
	}
	return zm_answer_is_void(answer) ? ZM_FINDS_VOID : ZM_FINDS_ERROR;
}

/* Its addresses are still to be filled in. */
static struct zm_spf_part part_of_answer(const struct zm_answer *answer, struct zm_name name)
{
	return (struct zm_spf_part){
		.finds = finds_of(answer), .name = name, .unknown = answer->unknown};
}

static struct zm_ranges networks_of(struct builder *b, const struct zm_answer *answer,
				    unsigned prefix)
{
	struct zm_range *range = zm_arena_array(b->arena, answer->count, sizeof(*range));
	for (size_t i = 0; i < answer->count; i++) {
		range[i] = zm_range_of(answer->record[i].ip, prefix);
	}
	return zm_ranges_of(b->arena, range, answer->count);
}

/* The addresses of a host, each widened to the term's prefix (RFC 7208 5.3). */
static struct zm_spf_part ask_host(struct builder *b, const struct zm_spf_term *term,
				   struct zm_name name, size_t family)
{
	struct zm_answer answer = ask(b, name, family == ZM_IP4 ? ZM_ASK_A : ZM_ASK_AAAA);
	unsigned prefix = family == ZM_IP4 ? zm_spf_prefix4(term) : zm_spf_prefix6(term);
	struct zm_spf_part part = part_of_answer(&answer, name);
	if (part.finds == ZM_FINDS_ADDRESSES) {
		part.set = networks_of(b, &answer, prefix);
	}
	return part;
}

static void find_a(struct builder *b, struct zm_spf_branch *branch, struct zm_name name)
{
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		branch->parts[family] = one_part(b, ask_host(b, branch->term, name, family));
	}
}

/* RFC 7208 5.7: always an A lookup, and any answer matches. */
static void find_exists(struct builder *b, struct zm_spf_branch *branch, struct zm_name name)
{
	struct zm_answer answer = ask(b, name, ZM_ASK_A);
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		struct zm_range all = zm_range_all(zm_family_number(family));
		struct zm_spf_part part = part_of_answer(&answer, name);
		if (part.finds == ZM_FINDS_ADDRESSES) {
			part.set = zm_ranges_of(b->arena, &all, 1);
		}
		branch->parts[family] = one_part(b, part);
	}
}

/* In the order of preference, equal ones as they came. */
static void sort_exchanges(const struct zm_answer *mx, const struct zm_answer_record **sorted)
{
	for (size_t i = 0; i < mx->count; i++) {
		size_t at = i;
		while (at > 0 && sorted[at - 1]->preference > mx->record[i].preference) {
			sorted[at] = sorted[at - 1];
			at--;
		}
		sorted[at] = &mx->record[i];
	}
}

/* That of a null MX (RFC 7505) is the root, and has no addresses. */
static struct zm_spf_parts ask_exchanges(struct builder *b, const struct zm_spf_term *term,
					 const struct zm_answer *mx, size_t family)
{
	const struct zm_answer_record *sorted[ZM_SPF_MX_MAX];
	struct zm_spf_part *item = zm_arena_array(b->arena, mx->count, sizeof(*item));
	size_t count = 0;
	sort_exchanges(mx, sorted);
	for (size_t i = 0; i < mx->count; i++) {
		if (sorted[i]->name.len > 1) {
			item[count++] = ask_host(b, term, sorted[i]->name, family);
		}
	}
	return (struct zm_spf_parts){item, count};
}

static void find_mx(struct builder *b, struct zm_spf_branch *branch, struct zm_name name)
{
	struct zm_answer answer = ask(b, name, ZM_ASK_MX);
	struct zm_spf_part part = part_of_answer(&answer, name);
	part.is_mx = true;
	branch->exchanges = answer.count;
	if (part.finds == ZM_FINDS_ADDRESSES && answer.count > ZM_SPF_MX_MAX) {
		part.finds = ZM_FINDS_TOO_MANY; /* RFC 7208 4.6.4 */
	}
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		branch->parts[family] = part.finds == ZM_FINDS_ADDRESSES
						? ask_exchanges(b, branch->term, &answer, family)
						: one_part(b, part);
	}
}

/* ---- Terms ---- */

/* Where a term looks: the domain of its record where it names none. False: it depends on the
 * client. A target that is no name in the end is found to be unset. */
static bool find_target(struct builder *b, const struct zm_spf_term *term,
			struct zm_spf_target *target)
{
	struct zm_spf_values values = {.domain = b->node->domain};
	*target = (struct zm_spf_target){.text = b->node->domain, .name = b->node->name};
	if (term->value.len == 0) {
		return true;
	}
	if ((zm_spf_letters(term->value) & ~zm_spf_letter('d')) != 0) {
		return false;
	}
	if (!zm_spf_expand_domain(target, b->arena, term->value, &values)) {
		target->name = (struct zm_name){NULL, 0};
	}
	return true;
}

static void find_network(struct builder *b, struct zm_spf_branch *branch)
{
	size_t family = branch->term->kind == ZM_SPF_IP4 ? ZM_IP4 : ZM_IP6;
	struct zm_range range = zm_range_of(branch->term->ip, zm_spf_prefix(branch->term));
	branch->parts[family] = one_part(b, part_of_set(b, range));
}

static void find_all(struct builder *b, struct zm_spf_branch *branch)
{
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		struct zm_range range = zm_range_all(zm_family_number(family));
		branch->parts[family] = one_part(b, part_of_set(b, range));
	}
}

static void look_up(struct builder *b, struct zm_spf_branch *branch)
{
	struct zm_spf_target target;
	branch->asks = true; /* RFC 7208 4.6.4 */
	branch->depends = !find_target(b, branch->term, &target);
	if (branch->term->kind == ZM_SPF_PTR) {
		branch->target = branch->depends ? ZM_STR("") : target.text;
		branch->depends = true;
	}
	if (branch->depends) {
		return;
	}
	branch->target = target.text;
	if (!zm_name_is_set(target.name)) {
		return;
	}
	switch (branch->term->kind) {
	case ZM_SPF_A:
		find_a(b, branch, target.name);
		break;
	case ZM_SPF_MX:
		find_mx(b, branch, target.name);
		break;
	case ZM_SPF_EXISTS:
		find_exists(b, branch, target.name);
		break;
	default:
		branch->node = node_of(b, &target);
		break;
	}
}

static void fill_branch(struct builder *b, struct zm_spf_branch *branch)
{
	switch (branch->term->kind) {
	case ZM_SPF_ALL:
		find_all(b, branch);
		break;
	case ZM_SPF_IP4:
	case ZM_SPF_IP6:
		find_network(b, branch);
		break;
	default:
		look_up(b, branch);
		break;
	}
}

/* RFC 7208 5.1: what stands behind `all` is never looked at, nor a redirect beside it (6.1). */
static bool is_reached(const struct zm_spf_record *record, const struct zm_spf_term *term)
{
	if (!record->valid) {
		return false;
	}
	if (zm_spf_is_modifier(term)) {
		return term == record->redirect && record->all == NULL;
	}
	return record->all == NULL || term <= record->all;
}

static void fill_branches(struct builder *b, struct zm_spf_node *node)
{
	const struct zm_spf_record *record = &node->record;
	node->branch = zm_arena_array(b->arena, record->count, sizeof(*node->branch));
	for (size_t i = 0; i < record->count; i++) {
		struct zm_spf_branch *branch = &node->branch[i];
		branch->term = &record->term[i];
		branch->is_reached = is_reached(record, branch->term);
		if (branch->is_reached) {
			fill_branch(b, branch);
		}
		if (branch->is_reached && branch->term->kind == ZM_SPF_REDIRECT) {
			node->redirect = branch;
		}
	}
}

/* ---- Records ---- */

static void read_texts(struct builder *b, struct zm_spf_node *node, const struct zm_answer *answer)
{
	const struct zm_answer_record *only = NULL;
	size_t found = 0;
	for (size_t i = 0; i < answer->count; i++) {
		if (zm_spf_is_record(answer->record[i].text)) {
			only = &answer->record[i];
			found++;
		}
	}
	node->found = found > 1 ? ZM_FOUND_SEVERAL : found == 1 ? ZM_FOUND_RECORD : ZM_FOUND_NONE;
	if (node->found == ZM_FOUND_RECORD) {
		node->from = only->from;
		zm_spf_parse(&node->record, b->arena, only->text);
		fill_branches(b, node);
	}
}

static void fill_node(struct builder *b, struct zm_spf_node *node)
{
	if (zm_name_labels(node->name) < 2) { /* RFC 7208 4.3 */
		node->found = ZM_FOUND_NONE;
		return;
	}
	struct zm_answer answer = ask(b, node->name, ZM_ASK_TXT);
	b->node = node;
	node->status = answer.status;
	if (answer.status == ZM_ANSWER_FOUND) {
		read_texts(b, node, &answer);
	} else if (answer.status == ZM_ANSWER_UNKNOWN) {
		node->found = ZM_FOUND_UNKNOWN;
		node->unknown = answer.unknown;
	} else {
		bool is_void = zm_answer_is_void(&answer);
		node->found = is_void ? ZM_FOUND_NONE : ZM_FOUND_ERROR;
	}
}

void zm_spf_graph_build(struct zm_spf_graph *graph, struct zm_arena *arena, struct zm_name name,
			const struct zm_resolver *resolver)
{
	struct builder b = {.graph = graph, .arena = arena, .resolver = resolver};
	*graph = (struct zm_spf_graph){0};
	add_node(&b, zm_name_domain(arena, name), name);
	for (size_t i = 0; i < graph->count; i++) {
		fill_node(&b, graph->node[i]);
	}
}
