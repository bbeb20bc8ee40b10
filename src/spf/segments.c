#include "spf/segments.h"

struct zm_segments zm_segments_all(struct zm_arena *arena, uint32_t verdict)
{
	struct zm_segment *item = zm_arena_alloc(arena, sizeof(*item));
	item->verdict = verdict;
	return (struct zm_segments){item, 1};
}

size_t zm_segments_find(struct zm_segments list, struct zm_addr addr)
{
	size_t low = 0;
	size_t high = list.count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (zm_addr_compare(list.item[middle].first, addr) <= 0) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return low;
}

struct zm_range zm_segments_range(struct zm_segments list, size_t i, unsigned family)
{
	struct zm_range range = {list.item[i].first, zm_range_all(family).last};
	if (i + 1 < list.count) {
		range.last = zm_addr_previous(list.item[i + 1].first);
	}
	return range;
}

/* A list that is being made; there is room for all that comes. */
struct draft {
	struct zm_segment *item;
	size_t count;
};

static void push(struct draft *draft, struct zm_addr first, uint32_t verdict)
{
	if (draft->count == 0 || draft->item[draft->count - 1].verdict != verdict) {
		draft->item[draft->count++] = (struct zm_segment){first, verdict};
	}
}

/* What the list says of a range. */
static void copy(struct draft *draft, struct zm_segments list, struct zm_range range)
{
	size_t i = zm_segments_find(list, range.first);
	push(draft, range.first, list.item[i].verdict);
	for (i++; i < list.count && zm_addr_compare(list.item[i].first, range.last) <= 0; i++) {
		push(draft, list.item[i].first, list.item[i].verdict);
	}
}

static void lay(struct draft *draft, struct zm_segments base, const struct zm_layer *layer,
		unsigned family)
{
	const struct zm_range all = zm_range_all(family);
	struct zm_addr next = all.first;
	for (size_t i = 0; i < layer->set.count; i++) {
		struct zm_range range = layer->set.item[i];
		if (zm_addr_compare(next, range.first) < 0) {
			struct zm_range gap = {next, zm_addr_previous(range.first)};
			copy(draft, base, gap);
		}
		copy(draft, layer->list, range);
		if (zm_addr_eq(range.last, all.last)) {
			return;
		}
		next = zm_addr_next(range.last);
	}
	copy(draft, base, (struct zm_range){next, all.last});
}

struct zm_segments zm_segments_overlay(struct zm_arena *arena, struct zm_segments base,
				       const struct zm_layer *layer, size_t layers, unsigned family)
{
	size_t room = base.count;
	for (size_t i = 0; i < layers; i++) {
		room += 2 * layer[i].set.count + layer[i].list.count + 1;
	}
	/* Two drafts by turns: thousands of layers cost no more memory than their sum. */
	struct zm_segment *item[2] = {zm_arena_array(arena, room, sizeof(*item[0])),
				      zm_arena_array(arena, room, sizeof(*item[0]))};
	for (size_t i = layers; i-- > 0;) {
		struct draft draft = {item[i % 2], 0};
		lay(&draft, base, &layer[i], family);
		base = (struct zm_segments){draft.item, draft.count};
	}
	return base;
}

/* ---- Conditions ---- */

enum { LISTS = 2 * ZM_OUTCOMES };

/* Walks several lists side by side. */
struct sweep {
	struct zm_segments list[LISTS];
	size_t at[LISTS];
};

static struct zm_choice choice_at(const struct sweep *sweep)
{
	struct zm_choice choice;
	for (size_t i = 0; i < ZM_OUTCOMES; i++) {
		size_t miss = ZM_OUTCOMES + i;
		choice.match[i] = sweep->list[i].item[sweep->at[i]].verdict;
		choice.miss[i] = sweep->list[miss].item[sweep->at[miss]].verdict;
	}
	return choice;
}

/* Steps to the nearest run that begins after `*addr`; false at the end. */
static bool step(struct sweep *sweep, struct zm_addr *addr)
{
	bool found = false;
	struct zm_addr nearest = *addr;
	for (size_t i = 0; i < LISTS; i++) {
		if (sweep->at[i] + 1 == sweep->list[i].count) {
			continue;
		}
		struct zm_addr next = sweep->list[i].item[sweep->at[i] + 1].first;
		if (!found || zm_addr_compare(next, nearest) < 0) {
			nearest = next;
			found = true;
		}
	}
	for (size_t i = 0; found && i < LISTS; i++) {
		bool more = sweep->at[i] + 1 < sweep->list[i].count;
		if (more && zm_addr_eq(sweep->list[i].item[sweep->at[i] + 1].first, nearest)) {
			sweep->at[i]++;
		}
	}
	*addr = nearest;
	return found;
}

struct zm_segments zm_segments_choice(struct zm_arena *arena, struct zm_verdicts *pool,
				      uint32_t condition, const struct zm_outcomes *outcomes)
{
	struct sweep sweep = {.at = {0}};
	struct zm_addr addr = {0, 0};
	size_t room = 0;
	for (size_t i = 0; i < ZM_OUTCOMES; i++) {
		sweep.list[i] = outcomes->match[i];
		sweep.list[ZM_OUTCOMES + i] = outcomes->miss[i];
		room += outcomes->match[i].count + outcomes->miss[i].count;
	}
	struct draft draft = {zm_arena_array(arena, room, sizeof(*draft.item)), 0};
	do {
		struct zm_choice choice = choice_at(&sweep);
		push(&draft, addr, zm_verdict_choice(pool, condition, &choice));
	} while (step(&sweep, &addr));
	return (struct zm_segments){draft.item, draft.count};
}

struct zm_ranges zm_segments_with(struct zm_arena *arena, struct zm_segments list, uint32_t verdict,
				  unsigned family)
{
	struct zm_range *range = zm_arena_array(arena, list.count, sizeof(*range));
	size_t count = 0;
	for (size_t i = 0; i < list.count; i++) {
		if (list.item[i].verdict == verdict) {
			range[count++] = zm_segments_range(list, i, family);
		}
	}
	return (struct zm_ranges){range, count};
}
