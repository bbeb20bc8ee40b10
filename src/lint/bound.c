#include "lint/bound.h"

#include "lint/order.h"

#include <stdlib.h>

bool zm_finding_is_fixable(const struct zm_finding *finding)
{
	return finding->fix.safety != ZM_FIX_NONE && finding->fix.safety != ZM_FIX_UNSAFE;
}

static void count(struct zm_hidden *hidden, const struct zm_finding *finding)
{
	hidden->count++;
	hidden->by_severity[finding->severity]++;
	hidden->by_rule[finding->rule]++;
	/* Of an included file nobody can tell here whether it may be changed. */
	hidden->fixable +=
		finding->source == finding->zone->source && zm_finding_is_fixable(finding);
}

void zm_hidden_add(struct zm_hidden *sum, const struct zm_hidden *part)
{
	sum->count += part->count;
	sum->fixable += part->fixable;
	for (size_t i = 0; i <= ZM_ERROR; i++) {
		sum->by_severity[i] += part->by_severity[i];
	}
	for (size_t i = 0; i < ZM_RULE_COUNT; i++) {
		sum->by_rule[i] += part->by_rule[i];
	}
}

const struct zm_hidden *zm_hidden_keep(struct zm_arena *arena, const struct zm_hidden *hidden)
{
	if (hidden->count == 0) {
		return NULL;
	}
	struct zm_hidden *kept = zm_arena_alloc(arena, sizeof(*kept));
	*kept = *hidden;
	return kept;
}

void zm_bound_cut(struct zm_findings *findings, size_t max, struct zm_hidden *hidden)
{
	for (size_t i = max; i < findings->count; i++) {
		count(hidden, findings->item[i]);
	}
	findings->count = findings->count < max ? findings->count : max;
}

/* FNV-1a. */
static uint64_t hash(struct zm_str text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < text.len; i++) {
		hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001b3);
	}
	return hash;
}

static bool is_repeated(struct zm_bound *bound, const struct zm_finding *finding)
{
	struct zm_bound_made *last = &bound->made[finding->rule];
	if (finding->record == NULL || finding->record->source->made_by == NULL) {
		return false;
	}
	const struct zm_bound_made made = {finding->source, finding->at, hash(finding->message)};
	bool is = made.source == last->source && made.at.start == last->at.start &&
		  made.at.end == last->at.end && made.message == last->message;
	*last = made;
	return is;
}

static void drop_repeated(struct zm_bound *bound, struct zm_findings *findings, size_t before)
{
	size_t kept = before;
	for (size_t i = before; i < findings->count; i++) {
		if (!is_repeated(bound, findings->item[i])) {
			findings->item[kept++] = findings->item[i];
		}
	}
	findings->count = kept;
}

void zm_bound_owner(struct zm_bound *bound, struct zm_findings *findings, size_t before)
{
	if (!bound->is_set || findings->count == before) {
		return;
	}
	drop_repeated(bound, findings, before);
	if (findings->count > bound->max) {
		qsort(findings->item + before, findings->count - before, sizeof(*findings->item),
		      zm_finding_compare);
		zm_bound_cut(findings, bound->max, bound->hidden);
	}
}
