/* What compare says of one name, in sentences. */
#include "report/compare.h"

#include "report/amount.h"
#include "report/escape.h"
#include "report/line.h"

#include <string.h>

enum { NETWORKS_SHOWN = 4, CONDITIONS_SHOWN = 2, CONDITIONS_MAX = 32 };

/* A change, with all others that are told in the same words. */
struct told {
	const struct zm_change *change; /* the first of them */
	struct zm_str before;           /* the verdicts in words */
	struct zm_str after;
	struct zm_ranges set[ZM_FAMILIES];
};

struct words {
	struct zm_arena arena;
	const struct zm_report_compare *report;
	const struct zm_compared *name;
	struct zm_buf *out;
	struct told *told;
	size_t count;
};

/* ---- Who ---- */

/* More than half of a family is told as what is left of it. */
static const char *share_of(struct zm_ranges set, size_t family)
{
	struct zm_range all = zm_range_all(zm_family_number(family));
	struct zm_count count = zm_ranges_count(set);
	struct zm_count half = {family == ZM_IP4 ? 0 : UINT64_C(1) << 63,
				family == ZM_IP4 ? UINT64_C(1) << 31 : 0, false};
	if (zm_ranges_eq(set, (struct zm_ranges){&all, 1})) {
		return "all";
	}
	return zm_count_compare(count, half) > 0 ? "all other" : NULL;
}

/* Returns whether it is one network. */
static bool add_networks(struct words *w, struct zm_ranges set, size_t family)
{
	size_t count;
	const struct zm_network *network =
		zm_ranges_networks(&w->arena, set, zm_family_number(family), &count);
	bool all = w->report->verbose || count <= NETWORKS_SHOWN + 1;
	size_t shown = all ? count : NETWORKS_SHOWN;
	for (size_t i = 0; i < shown; i++) {
		const char *before = i == 0 ? "" : i + 1 == count ? " and " : ", ";
		struct zm_str text = zm_network_text(&w->arena, network[i]);
		zm_buf_printf(w->out, "%s%.*s", before, ZM_STR_ARG(text));
	}
	if (shown < count) {
		zm_buf_printf(w->out, " and %zu more networks", count - shown);
	}
	if (count > 1 || network[0].prefix < zm_ip_bits(network[0].ip)) {
		struct zm_str amount = zm_amount_text(&w->arena, zm_ranges_count(set));
		zm_buf_printf(w->out, " (%.*s)", ZM_STR_ARG(amount));
	}
	return count == 1;
}

/* ---- What ---- */

/* A result that some conditions make a pass: `fail`, but for `include:x.example`. */
struct chain {
	uint32_t condition[CONDITIONS_MAX];
	size_t count;
	enum zm_spf_result end;
};

/* False: the verdict is nothing as simple as that. */
static bool read_chain(struct chain *chain, const struct zm_verdicts *pool, uint32_t verdict)
{
	const struct zm_verdict *v = &pool->verdict[verdict];
	chain->count = 0;
	while (v->kind == ZM_VERDICT_CHOICE) {
		bool is_pass = zm_verdict_is(pool, v->choice.match[0], ZM_RESULT_PASS);
		if (!is_pass || chain->count == CONDITIONS_MAX) {
			return false;
		}
		chain->condition[chain->count++] = v->condition;
		v = &pool->verdict[zm_verdict_miss(pool, v)];
	}
	chain->end = v->result;
	return v->kind == ZM_VERDICT_RESULT;
}

static bool same_conditions(const struct chain *a, const struct chain *b)
{
	return a->count == b->count &&
	       memcmp(a->condition, b->condition, a->count * sizeof(a->condition[0])) == 0;
}

/* `, but for include:x.example, ptr:x.example and 2 more,` */
static void add_conditions(struct words *w, const struct chain *chain)
{
	size_t count = chain->count;
	bool all = w->report->verbose || count <= CONDITIONS_SHOWN;
	size_t shown = all ? count : CONDITIONS_SHOWN;
	for (size_t i = 0; i < shown; i++) {
		const struct zm_condition *condition =
			&w->name->verdicts->condition[chain->condition[i]];
		zm_buf_add(w->out, zm_str_from(i == 0           ? ", but for "
					       : i + 1 == count ? " and "
								: ", "));
		zm_escape(w->out, condition->text);
	}
	if (shown < count) {
		zm_buf_printf(w->out, " and %zu more", count - shown);
	}
	zm_buf_add(w->out, count > 0 ? ZM_STR(",") : ZM_STR(""));
}

static void add_before(struct words *w, enum zm_spf_result result, bool is_one)
{
	static const char *const words[] = {
		[ZM_RESULT_NONE] = "had no SPF record",  [ZM_RESULT_NEUTRAL] = "got neutral",
		[ZM_RESULT_PASS] = "could send",         [ZM_RESULT_FAIL] = "could not send",
		[ZM_RESULT_SOFTFAIL] = "got softfail",   [ZM_RESULT_TEMPERROR] = "got temperror",
		[ZM_RESULT_PERMERROR] = "got permerror", [ZM_RESULT_UNKNOWN] = "were in no zone",
	};
	bool was = result == ZM_RESULT_UNKNOWN && is_one;
	zm_buf_add(w->out, was ? ZM_STR("was in no zone") : zm_str_from(words[result]));
}

static void add_after(struct words *w, enum zm_spf_result result, bool is_one)
{
	static const char *const one[] = {
		[ZM_RESULT_NONE] = "has no SPF record",
		[ZM_RESULT_NEUTRAL] = "gets neutral",
		[ZM_RESULT_PASS] = "passes",
		[ZM_RESULT_FAIL] = "fails",
		[ZM_RESULT_SOFTFAIL] = "gets softfail",
		[ZM_RESULT_TEMPERROR] = "gets temperror",
		[ZM_RESULT_PERMERROR] = "gets permerror",
		[ZM_RESULT_UNKNOWN] = "is in no zone",
	};
	static const char *const many[] = {
		[ZM_RESULT_NONE] = "have no SPF record",
		[ZM_RESULT_NEUTRAL] = "get neutral",
		[ZM_RESULT_PASS] = "pass",
		[ZM_RESULT_FAIL] = "fail",
		[ZM_RESULT_SOFTFAIL] = "get softfail",
		[ZM_RESULT_TEMPERROR] = "get temperror",
		[ZM_RESULT_PERMERROR] = "get permerror",
		[ZM_RESULT_UNKNOWN] = "are in no zone",
	};
	zm_buf_printf(w->out, "now %s", is_one ? one[result] : many[result]);
}

/* What has changed; the conditions that both have come with who it is about. */
static void add_what(struct words *w, const struct told *told, bool is_one)
{
	struct chain before;
	struct chain after;
	bool has_before = read_chain(&before, w->name->verdicts, told->change->before);
	bool has_after = read_chain(&after, w->name->verdicts, told->change->after);
	bool same = has_before && has_after && same_conditions(&before, &after);
	if (same) {
		add_conditions(w, &before);
	}
	zm_buf_add_char(w->out, ' ');
	if (has_before) {
		add_before(w, before.end, is_one);
	} else {
		zm_buf_printf(w->out, "got %.*s,", ZM_STR_ARG(told->before));
	}
	if (has_before && !same) {
		add_conditions(w, &before);
	}
	zm_buf_add(w->out, ZM_STR(" and "));
	if (has_after) {
		add_after(w, after.end, is_one);
	} else {
		zm_buf_printf(w->out, "now %s %.*s", is_one ? "gets" : "get",
			      ZM_STR_ARG(told->after));
	}
	if (has_after && !same && after.count > 0) {
		add_conditions(w, &after);
		w->out->len--; /* no comma ends a line */
	}
}

/* ---- Sentences ---- */

static void start_line(struct words *w, enum zm_change_kind kind)
{
	static const char *const mark[] = {"+", "-", "~"};
	static const enum zm_paint paint[] = {ZM_GREEN, ZM_RED, ZM_YELLOW};
	zm_buf_add(w->out, ZM_STR("  "));
	zm_paint(w->out, w->report->color, paint[kind]);
	zm_buf_add(w->out, zm_str_from(mark[kind]));
	zm_paint(w->out, w->report->color, ZM_PLAIN);
	zm_buf_add_char(w->out, ' ');
}

static void end_line(struct words *w, const struct told *told, bool is_one)
{
	if (zm_str_eq(told->before, told->after)) {
		zm_buf_add(w->out, ZM_STR(": the same, but other limits on the way"));
	} else {
		add_what(w, told, is_one);
	}
	zm_buf_add_char(w->out, '\n');
}

static void add_told(struct words *w, const struct told *told)
{
	const char *share[ZM_FAMILIES];
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		share[family] = share_of(told->set[family], family);
	}
	if (share[ZM_IP4] != NULL && share[ZM_IP6] != NULL) {
		bool other = share[ZM_IP4][3] != '\0' || share[ZM_IP6][3] != '\0';
		start_line(w, told->change->kind);
		zm_buf_printf(w->out, "all%s addresses", other ? " other" : "");
		end_line(w, told, false);
		return;
	}
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		bool is_one = false;
		if (told->set[family].count == 0) {
			continue;
		}
		start_line(w, told->change->kind);
		if (share[family] != NULL) {
			zm_buf_printf(w->out, "%s IPv%u addresses", share[family],
				      zm_family_number(family));
		} else {
			is_one = add_networks(w, told->set[family], family);
		}
		end_line(w, told, is_one);
	}
}

/* Those of a kind, "all other" behind what they are other than. */
static void add_kind(struct words *w, enum zm_change_kind kind, bool others)
{
	for (size_t i = 0; i < w->count; i++) {
		const struct told *told = &w->told[i];
		bool is_other = share_of(told->set[ZM_IP4], ZM_IP4) != NULL ||
				share_of(told->set[ZM_IP6], ZM_IP6) != NULL;
		if (told->change->kind == kind && is_other == others) {
			add_told(w, told);
		}
	}
}

static struct told *find_told(struct words *w, const struct told *told)
{
	for (size_t i = 0; i < w->count; i++) {
		struct told *known = &w->told[i];
		if (known->change->kind == told->change->kind &&
		    zm_str_eq(known->before, told->before) &&
		    zm_str_eq(known->after, told->after)) {
			return known;
		}
	}
	return NULL;
}

/* Verdicts may differ in no more than the limits on the way: those are told together. */
static void collect(struct words *w)
{
	const struct zm_verdicts *pool = w->name->verdicts;
	const struct zm_changes *changes = w->name->changes;
	w->told = zm_arena_array(&w->arena, changes->count, sizeof(*w->told));
	for (size_t i = 0; i < changes->count; i++) {
		const struct zm_change *change = &changes->item[i];
		struct told told = {
			.change = change,
			.before = zm_verdict_text(&w->arena, pool, change->before),
			.after = zm_verdict_text(&w->arena, pool, change->after),
		};
		struct told *known = find_told(w, &told);
		if (known == NULL) {
			known = &w->told[w->count++];
			*known = told;
		}
		for (size_t family = 0; family < ZM_FAMILIES; family++) {
			known->set[family] =
				zm_ranges_union(&w->arena, known->set[family], change->set[family]);
		}
	}
}

/* A record that nears the limit is worth a word, when its change is told anyway. */
static void add_cost(struct words *w)
{
	const struct zm_spf_node *before = w->name->before;
	const struct zm_spf_node *after = w->name->after;
	unsigned lookups = after->cost[ZM_IP4].lookups;
	bool has_both = before->found == ZM_FOUND_RECORD && after->found == ZM_FOUND_RECORD;
	bool loops = before->cost[ZM_IP4].is_endless || after->cost[ZM_IP4].is_endless;
	if (has_both && !loops && before->cost[ZM_IP4].lookups != lookups) {
		zm_buf_printf(w->out, "  DNS lookups: %u, now %u%s %d\n",
			      before->cost[ZM_IP4].lookups, lookups,
			      lookups > ZM_SPF_LOOKUPS_MAX ? ", the limit is" : " of",
			      ZM_SPF_LOOKUPS_MAX);
	}
}

void zm_compare_lines(struct zm_buf *out, const struct zm_report_compare *report,
		      const struct zm_compared *name)
{
	struct words w = {.report = report, .name = name, .out = out};
	collect(&w);
	for (enum zm_change_kind kind = ZM_CHANGE_GAIN; kind <= ZM_CHANGE_OTHER; kind++) {
		add_kind(&w, kind, false);
		add_kind(&w, kind, true);
	}
	add_cost(&w);
	zm_arena_release(&w.arena);
}
