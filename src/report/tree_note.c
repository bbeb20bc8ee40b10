/* What a tree says of a term and of a record, whatever its format. */
#include "report/tree.h"

#include "report/amount.h"
#include "zone/zone.h"

static struct zm_tree_note note(enum zm_tree_mood mood, struct zm_str text)
{
	return (struct zm_tree_note){text, mood};
}

static struct zm_tree_note plain(const char *text)
{
	return note(ZM_TREE_PLAIN, zm_str_from(text));
}

/* ---- Terms that match addresses ---- */

static bool has(const struct zm_spf_branch *branch, size_t family, enum zm_finds finds)
{
	const struct zm_spf_parts *parts = &branch->parts[family];
	for (size_t i = 0; i < parts->count; i++) {
		if (parts->item[i].finds == finds) {
			return true;
		}
	}
	return false;
}

static struct zm_str amount_of(struct zm_arena *arena, const struct zm_spf_branch *branch)
{
	struct zm_count count[ZM_FAMILIES];
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		struct zm_ranges all = {NULL, 0};
		for (size_t i = 0; i < branch->parts[family].count; i++) {
			all = zm_ranges_union(arena, all, branch->parts[family].item[i].set);
		}
		count[family] = zm_ranges_count(all);
	}
	return zm_amount_of_families(arena, count);
}

/* One address of ip4 and ip6 is said by the term itself. */
static struct zm_tree_note network_note(struct zm_arena *arena, const struct zm_spf_branch *branch)
{
	const struct zm_spf_term *term = branch->term;
	if (zm_spf_prefix(term) == zm_ip_bits(term->ip)) {
		return plain("");
	}
	return note(ZM_TREE_PLAIN, amount_of(arena, branch));
}

/* Whose answers would be needed, as a phrase; empty where none is missing. */
static struct zm_str unknown_phrase(struct zm_arena *arena, const struct zm_spf_branch *branch)
{
	const struct zm_spf_parts *parts = &branch->parts[ZM_IP4];
	struct zm_name first = {NULL, 0};
	size_t count = 0;
	for (size_t i = 0; i < parts->count; i++) {
		if (parts->item[i].finds == ZM_FINDS_UNKNOWN) {
			first = count == 0 ? parts->item[i].unknown : first;
			count++;
		}
	}
	if (count == 0) {
		return ZM_STR("");
	}
	struct zm_str name = zm_name_text(arena, first);
	return count == 1 ? zm_arena_printf(arena, "%.*s is in no zone", ZM_STR_ARG(name))
			  : zm_arena_printf(arena, "%.*s and %zu more are in no zone",
					    ZM_STR_ARG(name), count - 1);
}

static const char *void_phrase(const struct zm_spf_branch *branch)
{
	bool void4 = has(branch, ZM_IP4, ZM_FINDS_VOID);
	bool void6 = has(branch, ZM_IP6, ZM_FINDS_VOID);
	if (void4 && void6) {
		return "void lookup";
	}
	return void4 ? "void lookup for IPv4 clients" : void6 ? "void lookup for IPv6 clients" : "";
}

static struct zm_str join(struct zm_arena *arena, struct zm_str a, struct zm_str b)
{
	const char *between = a.len > 0 && b.len > 0 ? "; " : "";
	return zm_arena_printf(arena, "%.*s%s%.*s", ZM_STR_ARG(a), between, ZM_STR_ARG(b));
}

/* A void lookup of one family is how most names are; of both, the term has no effect. */
static struct zm_tree_note hosts_note(struct zm_arena *arena, const struct zm_spf_branch *branch)
{
	struct zm_str text = amount_of(arena, branch);
	enum zm_tree_mood mood = text.len > 0 ? ZM_TREE_PLAIN : ZM_TREE_WARNING;
	struct zm_str unknown = unknown_phrase(arena, branch);
	mood = unknown.len > 0 ? ZM_TREE_WARNING : mood;
	text = join(arena, text, unknown);
	text = join(arena, text, zm_str_from(void_phrase(branch)));
	return note(mood, text.len > 0 ? text : ZM_STR("no addresses"));
}

static struct zm_tree_note lookup_note(struct zm_arena *arena, const struct zm_spf_branch *branch)
{
	if (has(branch, ZM_IP4, ZM_FINDS_TOO_MANY)) {
		return note(ZM_TREE_ERROR,
			    zm_arena_printf(arena, "%zu MX records, the limit is %d (permerror)",
					    branch->exchanges, ZM_SPF_MX_MAX));
	}
	if (has(branch, ZM_IP4, ZM_FINDS_ERROR) || has(branch, ZM_IP6, ZM_FINDS_ERROR)) {
		return note(ZM_TREE_ERROR, ZM_STR("the DNS does not answer (temperror)"));
	}
	bool is_exists = branch->term->kind == ZM_SPF_EXISTS;
	if (is_exists && has(branch, ZM_IP4, ZM_FINDS_ADDRESSES)) {
		return note(ZM_TREE_WARNING, ZM_STR("matches every client"));
	}
	return hosts_note(arena, branch);
}

/* ---- Terms that lead on ---- */

/* Of an alias, where it leads: that is the zone to add. */
static struct zm_str unknown_record_phrase(struct zm_arena *arena, const struct zm_spf_node *node)
{
	if (zm_name_eq(node->unknown, node->name)) {
		return ZM_STR("in no zone");
	}
	struct zm_str name = zm_name_text(arena, node->unknown);
	return zm_arena_printf(arena, "%.*s is in no zone", ZM_STR_ARG(name));
}

struct zm_tree_note zm_tree_record_note(struct zm_arena *arena, const struct zm_spf_node *node)
{
	switch (node->found) {
	case ZM_FOUND_NONE:
		return note(ZM_TREE_ERROR, ZM_STR("no SPF record (permerror)"));
	case ZM_FOUND_SEVERAL:
		return note(ZM_TREE_ERROR, ZM_STR("several SPF records (permerror)"));
	case ZM_FOUND_ERROR:
		return note(ZM_TREE_ERROR, ZM_STR("the DNS does not answer (temperror)"));
	case ZM_FOUND_UNKNOWN:
		return note(ZM_TREE_WARNING, unknown_record_phrase(arena, node));
	default:
		return node->record.valid ? plain("")
					  : note(ZM_TREE_ERROR, ZM_STR("syntax error (permerror)"));
	}
}

static struct zm_tree_note next_note(struct zm_arena *arena, const struct zm_spf_branch *branch)
{
	if (branch->node == NULL) {
		return note(ZM_TREE_ERROR, ZM_STR("the domain is no domain name (permerror)"));
	}
	if (branch->is_loop) {
		struct zm_str name = zm_name_text(arena, branch->node->name);
		return note(ZM_TREE_ERROR,
			    zm_arena_printf(arena, "loop: leads back to %.*s (permerror)",
					    ZM_STR_ARG(name)));
	}
	return zm_tree_record_note(arena, branch->node);
}

/* ---- Terms that nobody reads ---- */

static struct zm_tree_note unreached_note(const struct zm_spf_node *node,
					  const struct zm_spf_term *term)
{
	if (!node->record.valid) {
		return term->problem == ZM_SPF_GOOD ? plain("")
						    : note(ZM_TREE_ERROR, ZM_STR("syntax error"));
	}
	if (term->kind == ZM_SPF_REDIRECT) {
		return note(ZM_TREE_WARNING, ZM_STR("ignored beside all"));
	}
	if (!zm_spf_is_modifier(term)) {
		return note(ZM_TREE_WARNING, ZM_STR("behind all, never reached"));
	}
	return plain(term->kind == ZM_SPF_EXP ? "the explanation of a fail" : "ignored");
}

struct zm_tree_note zm_tree_term_note(struct zm_arena *arena, const struct zm_spf_node *node,
				      const struct zm_spf_branch *branch)
{
	if (!branch->is_reached) {
		return unreached_note(node, branch->term);
	}
	if (branch->depends) {
		return plain("depends on the client");
	}
	switch (branch->term->kind) {
	case ZM_SPF_ALL:
		return plain("");
	case ZM_SPF_IP4:
	case ZM_SPF_IP6:
		return network_note(arena, branch);
	case ZM_SPF_INCLUDE:
	case ZM_SPF_REDIRECT:
		return next_note(arena, branch);
	default:
		return lookup_note(arena, branch);
	}
}

/* ---- Costs and places ---- */

struct zm_str zm_tree_place(struct zm_arena *arena, const struct zm_spf_node *node)
{
	const struct zm_record *record = node->from;
	if (record == NULL) {
		return ZM_STR("");
	}
	size_t line = zm_source_position(record->source, record->at.start).line;
	return zm_arena_printf(arena, "%s:%zu", record->source->name, line);
}

struct zm_str zm_tree_lookups(struct zm_arena *arena, const struct zm_spf_cost *cost)
{
	if (cost->is_endless) {
		return ZM_STR("loop");
	}
	return zm_arena_printf(arena, "%u%s", cost->lookups, cost->is_open ? "+" : "");
}

static struct zm_str lookups_sentence(struct zm_arena *arena, const struct zm_spf_cost *cost)
{
	if (cost->is_endless) {
		return zm_arena_printf(arena, "a loop of DNS lookups, the limit is %d (permerror)",
				       ZM_SPF_LOOKUPS_MAX);
	}
	const char *more = cost->is_open ? ", and what is in no zone" : "";
	if (cost->lookups > ZM_SPF_LOOKUPS_MAX) {
		return zm_arena_printf(arena, "%u DNS lookups%s, the limit is %d (permerror)",
				       cost->lookups, more, ZM_SPF_LOOKUPS_MAX);
	}
	return zm_arena_printf(arena, "%u of %d DNS lookups%s", cost->lookups, ZM_SPF_LOOKUPS_MAX,
			       more);
}

struct zm_tree_note zm_tree_lookups_note(struct zm_arena *arena, const struct zm_spf_node *node)
{
	const struct zm_spf_cost *cost = &node->cost[ZM_IP4];
	bool over = cost->is_endless || cost->lookups > ZM_SPF_LOOKUPS_MAX;
	return note(over ? ZM_TREE_ERROR : ZM_TREE_PLAIN, lookups_sentence(arena, cost));
}

static struct zm_str voids_of(struct zm_arena *arena, const struct zm_spf_cost *cost)
{
	struct zm_str maybe = ZM_STR("");
	if (cost->voids_maybe > 0) {
		maybe = zm_arena_printf(arena, ", perhaps %u more", cost->voids_maybe);
	}
	if (cost->voids > ZM_SPF_VOIDS_MAX) {
		return zm_arena_printf(arena, "%u%.*s, the limit is %d (permerror)", cost->voids,
				       ZM_STR_ARG(maybe), ZM_SPF_VOIDS_MAX);
	}
	return zm_arena_printf(arena, "%u of %d%.*s", cost->voids, ZM_SPF_VOIDS_MAX,
			       ZM_STR_ARG(maybe));
}

struct zm_tree_note zm_tree_voids_note(struct zm_arena *arena, const struct zm_spf_node *node)
{
	const struct zm_spf_cost *cost4 = &node->cost[ZM_IP4];
	const struct zm_spf_cost *cost6 = &node->cost[ZM_IP6];
	bool over = cost4->voids > ZM_SPF_VOIDS_MAX || cost6->voids > ZM_SPF_VOIDS_MAX;
	struct zm_str voids4 = voids_of(arena, cost4);
	struct zm_str voids6 = voids_of(arena, cost6);
	struct zm_str text =
		zm_str_eq(voids4, voids6)
			? zm_arena_printf(arena, "void: %.*s", ZM_STR_ARG(voids4))
			: zm_arena_printf(arena,
					  "void for IPv4 clients: %.*s; for IPv6 clients: %.*s",
					  ZM_STR_ARG(voids4), ZM_STR_ARG(voids6));
	return note(over ? ZM_TREE_ERROR : ZM_TREE_PLAIN, text);
}
