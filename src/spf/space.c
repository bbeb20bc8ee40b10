#include "spf/space.h"

#include "spf/condition.h"

#include <string.h>

/* What has been spent on the way (RFC 7208 4.6.4). */
struct spent {
	unsigned lookups;
	unsigned voids;
};

enum { STATES = (ZM_SPF_LOOKUPS_MAX + 1) * (ZM_SPF_VOIDS_MAX + 1) };

/* What is known of the terms from one on, for each state on arrival; count 0: nothing yet. */
struct memo {
	struct zm_segments list[STATES];
};

/* One record at one place: whose term led to it says what its results mean. */
struct frame {
	const struct zm_spf_node *node;
	struct frame *parent; /* NULL: the first record */
	size_t by;            /* the number of the parent's term that led here */
	struct frame **child; /* one a term */
	struct memo **memo;   /* one a term, and one for the end */
};

struct compiler {
	struct zm_verdicts *pool;
	struct zm_arena *arena;
	size_t family;
	size_t segments; /* made so far */
	bool is_cut;
};

/* Behind the answer number `part` of a term, or before it. */
struct place {
	struct frame *frame;
	size_t term;
	size_t part;
};

static struct zm_segments from_part(struct compiler *c, struct place place, struct spent spent);
static struct zm_segments from_term(struct compiler *c, struct frame *frame, size_t term,
				    struct spent spent);

static struct zm_segments constant(struct compiler *c, enum zm_spf_result result)
{
	return zm_segments_all(c->arena, zm_verdict_result(c->pool, result));
}

/* Counts what was made against the bound. */
static struct zm_segments counted(struct compiler *c, struct zm_segments list)
{
	c->segments += list.count;
	c->is_cut = c->is_cut || c->segments > ZM_SPACE_SEGMENTS_MAX;
	return list;
}

static struct frame *new_frame(struct compiler *c, const struct zm_spf_node *node,
			       struct frame *parent, size_t by)
{
	struct frame *frame = zm_arena_alloc(c->arena, sizeof(*frame));
	size_t terms = node->record.count;
	*frame = (struct frame){.node = node, .parent = parent, .by = by};
	frame->child = zm_arena_array(c->arena, terms, sizeof(struct frame *));
	frame->memo = zm_arena_array(c->arena, terms + 1, sizeof(struct memo *));
	return frame;
}

/* ---- What a record's result means to those that asked for it ---- */

static const struct zm_spf_branch *branch_to(const struct frame *frame)
{
	return &frame->parent->node->branch[frame->by];
}

static bool is_included(const struct frame *frame)
{
	return frame->parent != NULL && branch_to(frame)->term->kind == ZM_SPF_INCLUDE;
}

static enum zm_spf_result result_of(const struct zm_spf_term *term)
{
	switch (term->qualifier) { /* RFC 7208 4.6.2 */
	case '-':
		return ZM_RESULT_FAIL;
	case '~':
		return ZM_RESULT_SOFTFAIL;
	case '?':
		return ZM_RESULT_NEUTRAL;
	default:
		return ZM_RESULT_PASS;
	}
}

/* RFC 7208 5.2: an include matches on pass; any other of the four goes on behind it. 6.1: the
 * result of a redirect is the result. */
static struct zm_segments settle(struct compiler *c, struct frame *frame, enum zm_spf_result result,
				 struct spent spent)
{
	while (frame->parent != NULL) {
		if (is_included(frame) && result != ZM_RESULT_PASS) {
			return from_term(c, frame->parent, frame->by + 1, spent);
		}
		if (is_included(frame)) {
			result = result_of(branch_to(frame)->term);
		}
		frame = frame->parent;
	}
	return constant(c, result);
}

static struct zm_segments matched(struct compiler *c, struct place place, struct spent spent)
{
	const struct zm_spf_branch *branch = &place.frame->node->branch[place.term];
	return settle(c, place.frame, result_of(branch->term), spent);
}

/* ---- Conditions ---- */

/* The void lookups that the term itself may have, when it matches and when it does not. */
struct may_spend {
	unsigned match;
	unsigned miss;
};

static struct zm_segments fork_at(struct compiler *c, struct place place, struct spent spent,
				  const struct zm_condition *condition, struct may_spend may)
{
	struct zm_outcomes outcomes = {.match = {{0}}};
	struct place next = {place.frame, place.term, place.part + 1};
	uint32_t number = zm_verdict_condition(c->pool, condition);
	for (unsigned i = 0; i < ZM_OUTCOMES; i++) {
		struct spent more = {spent.lookups, spent.voids + i};
		bool over = more.voids > ZM_SPF_VOIDS_MAX; /* RFC 7208 4.6.4 */
		outcomes.match[i] = i > may.match ? outcomes.match[i - 1]
				    : over        ? constant(c, ZM_RESULT_PERMERROR)
						  : matched(c, place, more);
		outcomes.miss[i] = i > may.miss ? outcomes.miss[i - 1]
				   : over       ? constant(c, ZM_RESULT_PERMERROR)
						: from_part(c, next, more);
	}
	return counted(c, zm_segments_choice(c->arena, c->pool, number, &outcomes));
}

static struct zm_segments fork_on_client(struct compiler *c, struct place place, struct spent spent)
{
	const struct zm_spf_node *node = place.frame->node;
	const struct zm_spf_branch *branch = &node->branch[place.term];
	struct zm_condition condition = zm_condition_of_term(c->arena, node, branch);
	struct may_spend may = {0, 1};
	if (branch->term->kind == ZM_SPF_MX) {
		may = (struct may_spend){ZM_SPF_MX_MAX, ZM_SPF_MX_MAX};
	} else if (branch->term->kind == ZM_SPF_INCLUDE) {
		may.miss = 0;
	}
	return fork_at(c, place, spent, &condition, may);
}

static struct zm_segments fork_on_part(struct compiler *c, struct place place, struct spent spent)
{
	const struct zm_spf_branch *branch = &place.frame->node->branch[place.term];
	const struct zm_spf_part *part = &branch->parts[c->family].item[place.part];
	struct zm_condition condition = zm_condition_of_part(c->arena, branch, part);
	struct may_spend may = {0, 1};
	if (part->is_mx) {
		may = (struct may_spend){ZM_SPF_MX_MAX, ZM_SPF_MX_MAX};
	}
	return fork_at(c, place, spent, &condition, may);
}

/* The result of the frame's record is what another record says, which nobody knows. */
static struct zm_segments elsewhere(struct compiler *c, struct frame *frame, struct zm_str spec,
				    struct spent spent)
{
	struct zm_condition condition;
	while (frame->parent != NULL && !is_included(frame)) {
		frame = frame->parent;
	}
	if (frame->parent != NULL) {
		struct place place = {frame->parent, frame->by, 0};
		condition = zm_condition_of_record(c->arena, ZM_SPF_INCLUDE, spec);
		return fork_at(c, place, spent, &condition, (struct may_spend){0, 0});
	}
	condition = zm_condition_of_record(c->arena, ZM_SPF_REDIRECT, spec);
	uint32_t number = zm_verdict_condition(c->pool, &condition);
	return zm_segments_all(c->arena, zm_verdict_elsewhere(c->pool, number));
}

/* ---- Records ---- */

static struct zm_segments from_record(struct compiler *c, struct frame *frame, struct spent spent)
{
	bool is_first = frame->parent == NULL;
	switch (frame->node->found) {
	case ZM_FOUND_NONE: /* RFC 7208 4.5; below an include or redirect 5.2, 6.1 */
		return constant(c, is_first ? ZM_RESULT_NONE : ZM_RESULT_PERMERROR);
	case ZM_FOUND_SEVERAL:
		return constant(c, ZM_RESULT_PERMERROR);
	case ZM_FOUND_ERROR:
		return constant(c, ZM_RESULT_TEMPERROR);
	case ZM_FOUND_UNKNOWN:
		if (is_first) {
			return constant(c, ZM_RESULT_UNKNOWN);
		}
		return elsewhere(c, frame, zm_condition_spec(c->arena, frame->node, NULL), spent);
	default:
		return frame->node->record.valid ? from_term(c, frame, 0, spent)
						 : constant(c, ZM_RESULT_PERMERROR);
	}
}

static struct zm_segments enter(struct compiler *c, struct place place, struct spent spent)
{
	struct frame *frame = place.frame;
	const struct zm_spf_node *node = frame->node->branch[place.term].node;
	if (node == NULL) { /* macros have made no name of the domain: RFC 7208 5.2, 6.1 */
		return constant(c, ZM_RESULT_PERMERROR);
	}
	if (frame->child[place.term] == NULL) {
		frame->child[place.term] = new_frame(c, node, frame, place.term);
	}
	return from_record(c, frame->child[place.term], spent);
}

/* ---- Terms ---- */

static struct zm_segments overlay(struct compiler *c, struct zm_segments base,
				  const struct zm_layer *layer, size_t layers)
{
	return counted(
		c, zm_segments_overlay(c->arena, base, layer, layers, zm_family_number(c->family)));
}

static struct zm_segments from_part(struct compiler *c, struct place place, struct spent spent)
{
	const struct zm_spf_branch *branch = &place.frame->node->branch[place.term];
	struct place next = {place.frame, place.term, place.part + 1};
	if (place.part >= branch->parts[c->family].count) {
		return from_term(c, place.frame, place.term + 1, spent);
	}
	const struct zm_spf_part *part = &branch->parts[c->family].item[place.part];
	struct zm_layer layer = {.set = part->set};
	switch (part->finds) {
	case ZM_FINDS_ADDRESSES:
		layer.list = matched(c, place, spent);
		return overlay(c, from_part(c, next, spent), &layer, 1);
	case ZM_FINDS_VOID:
		spent.voids++;
		return spent.voids > ZM_SPF_VOIDS_MAX ? constant(c, ZM_RESULT_PERMERROR)
						      : from_part(c, next, spent);
	case ZM_FINDS_UNKNOWN:
		return fork_on_part(c, place, spent);
	case ZM_FINDS_ERROR:
		return constant(c, ZM_RESULT_TEMPERROR);
	default:
		return constant(c, ZM_RESULT_PERMERROR);
	}
}

static struct zm_segments from_lookup(struct compiler *c, struct frame *frame, size_t term,
				      struct spent spent)
{
	const struct zm_spf_branch *branch = &frame->node->branch[term];
	enum zm_spf_kind kind = branch->term->kind;
	struct place place = {frame, term, 0};
	if (spent.lookups == ZM_SPF_LOOKUPS_MAX) { /* RFC 7208 4.6.4 */
		return constant(c, ZM_RESULT_PERMERROR);
	}
	spent.lookups++;
	if (branch->depends && kind == ZM_SPF_REDIRECT) {
		return elsewhere(c, frame, zm_condition_spec(c->arena, frame->node, branch), spent);
	}
	if (branch->depends) {
		return fork_on_client(c, place, spent);
	}
	bool leads_on = kind == ZM_SPF_INCLUDE || kind == ZM_SPF_REDIRECT;
	return leads_on ? enter(c, place, spent) : from_part(c, place, spent);
}

/* RFC 7208 4.7, 6.1 */
static struct zm_segments from_end(struct compiler *c, struct frame *frame, struct spent spent)
{
	const struct zm_spf_branch *redirect = frame->node->redirect;
	if (redirect == NULL) {
		return settle(c, frame, ZM_RESULT_NEUTRAL, spent);
	}
	return from_lookup(c, frame, (size_t)(redirect - frame->node->branch), spent);
}

/* Terms that ask nothing, as layers: neighbours of one qualifier are one. */
struct run {
	struct zm_layer *layer;
	size_t layers;
	struct zm_range *range; /* of the layer that grows */
	size_t ranges;
	char qualifier; /* of that; 0: there is none */
};

static void end_layer(struct compiler *c, struct run *run)
{
	if (run->qualifier != 0) {
		run->layer[run->layers++].set = zm_ranges_of(c->arena, run->range, run->ranges);
	}
	run->qualifier = 0;
	run->ranges = 0;
}

static void add_to_run(struct compiler *c, struct run *run, struct place place, struct spent spent)
{
	const struct zm_spf_branch *branch = &place.frame->node->branch[place.term];
	const struct zm_spf_parts *parts = &branch->parts[c->family];
	if (parts->count == 0) { /* of the other family */
		return;
	}
	if (run->qualifier != branch->term->qualifier) {
		end_layer(c, run);
		run->qualifier = branch->term->qualifier;
		run->layer[run->layers].list = matched(c, place, spent);
	}
	run->range[run->ranges++] = parts->item[0].set.item[0];
}

/* The first term at or after `term` that asks; the number of terms when there is none. */
static size_t find_lookup(const struct zm_spf_node *node, size_t term)
{
	while (term < node->record.count &&
	       (!node->branch[term].is_reached || !node->branch[term].asks ||
		node->branch[term].term->kind == ZM_SPF_REDIRECT)) {
		term++;
	}
	return term;
}

static struct zm_segments find_from_term(struct compiler *c, struct frame *frame, size_t term,
					 struct spent spent)
{
	const struct zm_spf_node *node = frame->node;
	size_t lookup = find_lookup(node, term);
	struct run run = {
		.layer = zm_arena_array(c->arena, lookup - term, sizeof(*run.layer)),
		.range = zm_arena_array(c->arena, lookup - term, sizeof(*run.range)),
	};
	struct zm_segments base = lookup < node->record.count ? from_lookup(c, frame, lookup, spent)
							      : from_end(c, frame, spent);
	for (size_t i = term; i < lookup; i++) {
		if (node->branch[i].is_reached && !zm_spf_is_modifier(node->branch[i].term)) {
			add_to_run(c, &run, (struct place){frame, i, 0}, spent);
		}
	}
	end_layer(c, &run);
	return run.layers == 0 ? base : overlay(c, base, run.layer, run.layers);
}

static struct zm_segments from_term(struct compiler *c, struct frame *frame, size_t term,
				    struct spent spent)
{
	size_t state = spent.lookups * (ZM_SPF_VOIDS_MAX + 1) + spent.voids;
	if (c->is_cut) {
		return constant(c, ZM_RESULT_UNKNOWN);
	}
	if (frame->memo[term] == NULL) {
		frame->memo[term] = zm_arena_alloc(c->arena, sizeof(struct memo));
	}
	struct zm_segments *known = &frame->memo[term]->list[state];
	if (known->count == 0) {
		*known = find_from_term(c, frame, term, spent);
	}
	return *known;
}

void zm_space_find(struct zm_space *space, struct zm_verdicts *pool, struct zm_arena *arena,
		   const struct zm_spf_graph *graph)
{
	*space = (struct zm_space){.is_cut = graph->is_cut};
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		struct compiler c = {.pool = pool, .arena = arena, .family = family};
		struct frame *frame = new_frame(&c, graph->node[0], NULL, 0);
		space->family[family] = from_record(&c, frame, (struct spent){0, 0});
		space->is_cut = space->is_cut || c.is_cut;
	}
}

uint32_t zm_space_verdict(const struct zm_space *space, struct zm_ip ip)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	if (ip.family == 6 && memcmp(ip.byte, mapped, sizeof(mapped)) == 0) {
		memmove(ip.byte, ip.byte + sizeof(mapped), 4);
		ip.family = 4;
	}
	struct zm_segments list = space->family[ip.family == 4 ? ZM_IP4 : ZM_IP6];
	return list.item[zm_segments_find(list, zm_addr_of(ip))].verdict;
}
