#include "spfclaims.h"

#include "spf/compare.h"
#include "spf/limits.h"
#include "spf/space.h"
#include "spfworld.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ADDRESSES_MAX = 48 };

struct check {
	struct zm_world world;
	struct zm_arena arena;
	struct zm_arena scratch; /* of one client */
	struct zm_resolver resolver;
	struct zm_verdicts pool;
	struct zm_spf_graph graph;
	struct zm_space space;
	struct zm_space other;     /* of n1.example */
	struct zm_changes changes; /* from the one to the other */
};

static bool complain(const struct check *c, const char *what, const char *got, const char *want)
{
	struct zm_ip_text ip;
	struct zm_str client = zm_ip_print(&ip, c->world.client);
	printf("\nclient %.*s: %s: is %s, not %s\n", ZM_STR_ARG(client), what, got, want);
	zm_world_print(&c->world);
	return false;
}

static const struct zm_spf_outcome *check_host(struct check *c, const char *domain)
{
	struct zm_spf_client client = {.ip = c->world.client,
				       .sender = ZM_STR("user@n0.example"),
				       .helo = ZM_STR("h0.example"),
				       .domain = zm_str_from(domain),
				       .trace = true};
	return zm_spf_check_host(&c->scratch, &client, &c->resolver);
}

static bool is_error(enum zm_spf_result result)
{
	return result == ZM_RESULT_PERMERROR || result == ZM_RESULT_TEMPERROR;
}

static bool may_be(const struct zm_verdict *verdict, enum zm_spf_result result)
{
	return (verdict->results & 1U << result) != 0;
}

/*
 * Follows a verdict to what it comes to for the client, by asking check_host() about each condition
 * alone. False: the result must be `*result`, or permerror where it is an error: a limit may have
 * come first.
 */
static bool follow(struct check *c, uint32_t *at, enum zm_spf_result *result)
{
	const struct zm_verdict *verdict = &c->pool.verdict[*at];
	const struct zm_condition *condition = &c->pool.condition[verdict->condition];
	snprintf(c->world.probe, ZM_WORLD_RECORD_MAX, "v=spf1 %.*s%s", ZM_STR_ARG(condition->text),
		 verdict->kind == ZM_VERDICT_CHOICE ? " -all" : "");
	const struct zm_spf_outcome *outcome = check_host(c, "probe.example");
	*result = outcome->result;
	if (verdict->kind == ZM_VERDICT_ELSEWHERE || is_error(*result) ||
	    *result == ZM_RESULT_UNKNOWN) {
		return false;
	}
	*at = *result == ZM_RESULT_PASS ? verdict->choice.match[outcome->voids]
					: verdict->choice.miss[outcome->voids];
	return true;
}

static bool check_verdict(struct check *c, const struct zm_spf_outcome *outcome)
{
	uint32_t at = zm_space_verdict(&c->space, c->world.client);
	const struct zm_verdict *first = &c->pool.verdict[at];
	enum zm_spf_result want = ZM_RESULT_UNKNOWN;
	bool goes_on = true;
	while (goes_on && c->pool.verdict[at].kind != ZM_VERDICT_RESULT) {
		goes_on = follow(c, &at, &want);
	}
	if (goes_on) {
		want = c->pool.verdict[at].result;
	}
	enum zm_spf_result got = outcome->result;
	bool holds = got == want || (!goes_on && is_error(want) && got == ZM_RESULT_PERMERROR);
	if (c->world.outside == ZM_OUTSIDE_UNKNOWN) {
		/* A condition may not matter to the result: then the verdict says more. */
		holds = holds || got == ZM_RESULT_UNKNOWN ||
			(want == ZM_RESULT_UNKNOWN && may_be(first, got));
	}
	return holds || complain(c, "result", zm_spf_result_name(got), zm_spf_result_name(want));
}

/* Whether nothing has matched but what matches everybody at the end. */
static bool matched_nothing(const struct zm_spf_outcome *outcome)
{
	for (size_t i = 0; i < outcome->steps; i++) {
		const struct zm_spf_step *step = &outcome->step[i];
		if (step->kind == ZM_STEP_MATCH && step->term->kind != ZM_SPF_ALL) {
			return false;
		}
	}
	return outcome->result != ZM_RESULT_UNKNOWN && !is_error(outcome->result);
}

static bool check_cost(struct check *c, const struct zm_spf_outcome *outcome)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	struct zm_ip ip = c->world.client;
	bool is_ip4 = ip.family == 4 || memcmp(ip.byte, mapped, sizeof(mapped)) == 0;
	const struct zm_spf_cost *cost = &c->graph.node[0]->cost[is_ip4 ? ZM_IP4 : ZM_IP6];
	if (cost->is_endless) {
		return true;
	}
	if (outcome->lookups > cost->lookups && !cost->is_open) {
		return complain(c, "lookups", "more", "at most the worst case");
	}
	if (outcome->voids > cost->voids + cost->voids_maybe && !cost->is_open) {
		return complain(c, "void lookups", "more", "at most the worst case");
	}
	if (matched_nothing(outcome) && outcome->lookups < cost->lookups) {
		return complain(c, "lookups", "fewer", "the worst case");
	}
	if (matched_nothing(outcome) && outcome->voids < cost->voids) {
		return complain(c, "void lookups", "fewer", "the worst case");
	}
	return true;
}

/* An address is in the one change that says what becomes of it, and in none where nothing does. */
static bool check_change(struct check *c, struct zm_ip ip)
{
	size_t family = ip.family == 4 ? ZM_IP4 : ZM_IP6;
	struct zm_addr addr = zm_addr_of(ip);
	struct zm_segments list = c->space.family[family];
	uint32_t before = list.item[zm_segments_find(list, addr)].verdict;
	list = c->other.family[family];
	uint32_t after = list.item[zm_segments_find(list, addr)].verdict;
	size_t right = 0;
	size_t wrong = 0;
	for (size_t i = 0; i < c->changes.count; i++) {
		const struct zm_change *change = &c->changes.item[i];
		if (zm_ranges_hold(change->set[family], addr)) {
			bool fits = change->before == before && change->after == after;
			right += fits;
			wrong += !fits;
		}
	}
	return (wrong == 0 && right == (before != after)) ||
	       complain(c, "changes that hold the address", "another number", "one or none");
}

static bool check_client(struct check *c, struct zm_ip ip)
{
	bool good = true;
	c->world.client = ip;
	for (enum zm_outside outside = ZM_OUTSIDE_UNKNOWN; good && outside <= ZM_OUTSIDE_EVERYTHING;
	     outside++) {
		c->world.outside = outside;
		const struct zm_spf_outcome *outcome = check_host(c, "n0.example");
		good = check_verdict(c, outcome) && check_cost(c, outcome);
	}
	zm_arena_release(&c->scratch);
	return good && check_change(c, ip);
}

/* The edges of the runs, what lies before them, and some addresses more. */
static bool check_family(struct check *c, size_t family)
{
	struct zm_segments list = c->space.family[family];
	unsigned number = zm_family_number(family);
	size_t step = 1 + list.count / ADDRESSES_MAX;
	bool good = true;
	for (size_t i = 0; good && i < list.count; i += step) {
		struct zm_range range = zm_segments_range(list, i, number);
		struct zm_range next = zm_segments_range(list, (i + 1) % list.count, number);
		good = check_client(c, zm_addr_ip(range.first, number)) &&
		       check_client(c, zm_addr_ip(range.last, number)) &&
		       check_client(c, zm_addr_ip(next.first, number));
	}
	for (size_t i = 0; good && i < 4; i++) {
		good = check_client(c, zm_world_ip(&c->world, number));
	}
	return good;
}

static void look(struct check *c, struct zm_spf_graph *graph, struct zm_space *space,
		 const char *domain)
{
	struct zm_spf_limits limits;
	struct zm_name_buf name;
	const char *why;
	zm_name_from_domain(&name, zm_str_from(domain), &why);
	zm_spf_graph_build(graph, &c->arena, zm_name_copy(&c->arena, zm_name_of(&name)),
			   &c->resolver);
	zm_spf_limits_count(&limits, &c->arena, graph);
	zm_space_find(space, &c->pool, &c->arena, graph);
}

bool zm_claims_hold(const uint8_t *data, size_t size)
{
	struct check *c = calloc(1, sizeof(*c));
	struct zm_spf_graph other;
	if (c == NULL) {
		abort();
	}
	zm_world_make(&c->world, data, size);
	c->resolver = zm_world_resolver(&c->world);
	zm_verdicts_init(&c->pool, &c->arena);
	look(c, &c->graph, &c->space, "n0.example");
	look(c, &other, &c->other, "n1.example");
	zm_space_compare(&c->changes, &c->arena, &c->pool, &c->space, &c->other);
	bool good = c->space.is_cut || c->other.is_cut ||
		    (check_family(c, ZM_IP4) && check_family(c, ZM_IP6));
	zm_arena_release(&c->arena);
	free(c);
	return good;
}
