#include "spf/compare.h"

#include <stdlib.h>

/* A run of addresses that goes from one verdict to another. */
struct piece {
	uint32_t before;
	uint32_t after;
	size_t family;
	struct zm_range range;
};

struct pieces {
	struct piece *item;
	size_t count;
};

static struct zm_addr earlier(struct zm_addr a, struct zm_addr b)
{
	return zm_addr_compare(a, b) < 0 ? a : b;
}

/* Walks both lists side by side. */
static void find_pieces(struct pieces *pieces, struct zm_segments before, struct zm_segments after,
			size_t family)
{
	unsigned number = zm_family_number(family);
	struct zm_addr first = {0, 0};
	size_t i = 0;
	size_t j = 0;
	while (i < before.count && j < after.count) {
		struct zm_addr end_before = zm_segments_range(before, i, number).last;
		struct zm_addr end_after = zm_segments_range(after, j, number).last;
		struct zm_addr last = earlier(end_before, end_after);
		if (before.item[i].verdict != after.item[j].verdict) {
			pieces->item[pieces->count++] = (struct piece){before.item[i].verdict,
								       after.item[j].verdict,
								       family,
								       {first, last}};
		}
		first = zm_addr_next(last);
		i += zm_addr_eq(last, end_before);
		j += zm_addr_eq(last, end_after);
	}
}

/* By verdicts, then by address. */
static int compare_pieces(const void *a, const void *b)
{
	const struct piece *x = a;
	const struct piece *y = b;
	if (x->before != y->before) {
		return x->before < y->before ? -1 : 1;
	}
	if (x->after != y->after) {
		return x->after < y->after ? -1 : 1;
	}
	if (x->family != y->family) {
		return x->family < y->family ? -1 : 1;
	}
	return zm_addr_compare(x->range.first, y->range.first);
}

static bool same_change(const struct piece *a, const struct piece *b)
{
	return a->before == b->before && a->after == b->after;
}

/* Pieces [start, end) are one change. */
static struct zm_change make_change(struct zm_arena *arena, const struct piece *piece, size_t count)
{
	struct zm_change change = {.before = piece[0].before, .after = piece[0].after};
	struct zm_range *range = zm_arena_array(arena, count, sizeof(*range));
	size_t ip4 = 0;
	for (size_t i = 0; i < count; i++) {
		range[i] = piece[i].range;
		ip4 += piece[i].family == ZM_IP4;
	}
	change.set[ZM_IP4] = zm_ranges_of(arena, range, ip4);
	change.set[ZM_IP6] = zm_ranges_of(arena, range + ip4, count - ip4);
	return change;
}

/* ---- Order ---- */

/* How sure a pass is: 2 surely, 1 perhaps, 0 not, as far as anything is known. */
static int pass_of(const struct zm_verdicts *pool, uint32_t verdict)
{
	const struct zm_verdict *v = &pool->verdict[verdict];
	unsigned may = 1U << ZM_RESULT_PASS | 1U << ZM_RESULT_UNKNOWN;
	if (v->kind == ZM_VERDICT_RESULT) {
		return v->result == ZM_RESULT_PASS ? 2 : 0;
	}
	return (v->results & may) != 0;
}

static enum zm_change_kind kind_of(const struct zm_verdicts *pool, const struct zm_change *change)
{
	int before = pass_of(pool, change->before);
	int after = pass_of(pool, change->after);
	if (before == after) {
		return ZM_CHANGE_OTHER;
	}
	return before < after ? ZM_CHANGE_GAIN : ZM_CHANGE_LOSS;
}

static int compare_changes(const void *x, const void *y)
{
	const struct zm_change *a = x;
	const struct zm_change *b = y;
	if (a->kind != b->kind) {
		return a->kind < b->kind ? -1 : 1;
	}
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		bool has_a = a->set[family].count > 0;
		bool has_b = b->set[family].count > 0;
		if (has_a != has_b) {
			return has_a ? -1 : 1;
		}
		if (has_a) {
			return zm_addr_compare(a->set[family].item[0].first,
					       b->set[family].item[0].first);
		}
	}
	return 0;
}

void zm_space_compare(struct zm_changes *changes, struct zm_arena *arena,
		      const struct zm_verdicts *pool, const struct zm_space *before,
		      const struct zm_space *after)
{
	struct pieces pieces = {NULL, 0};
	size_t room = 0;
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		room += before->family[family].count + after->family[family].count;
	}
	pieces.item = zm_arena_array(arena, room, sizeof(*pieces.item));
	for (size_t family = 0; family < ZM_FAMILIES; family++) {
		find_pieces(&pieces, before->family[family], after->family[family], family);
	}
	if (pieces.count > 1) {
		qsort(pieces.item, pieces.count, sizeof(*pieces.item), compare_pieces);
	}
	*changes = (struct zm_changes){
		.item = zm_arena_array(arena, pieces.count, sizeof(*changes->item))};
	for (size_t i = 0; i < pieces.count;) {
		size_t end = i + 1;
		while (end < pieces.count && same_change(&pieces.item[i], &pieces.item[end])) {
			end++;
		}
		struct zm_change *change = &changes->item[changes->count++];
		*change = make_change(arena, &pieces.item[i], end - i);
		change->kind = kind_of(pool, change);
		i = end;
	}
	if (changes->count > 1) {
		qsort(changes->item, changes->count, sizeof(*changes->item), compare_changes);
	}
}
