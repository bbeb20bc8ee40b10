#include "fix/edit.h"

#include <assert.h>
#include <string.h>

void zm_edits_add(struct zm_edits *edits, struct zm_arena *arena, struct zm_edit edit)
{
	assert(edit.at.start <= edit.at.end);
	edits->item = zm_arena_grow(arena, edits->item, edits->count, &edits->capacity,
				    sizeof(*edits->item));
	if (edits->settled > edits->count) { /* the caller dropped items from the end */
		edits->settled = edits->count;
	}
	edits->item[edits->count++] = edit;
}

static bool is_insertion(const struct zm_edit *edit)
{
	return edit->at.start == edit->at.end;
}

/* By name, so that the order is the same in every run; by address where two have one name. */
static int compare_sources(const struct zm_source *a, const struct zm_source *b)
{
	if (a == b) {
		return 0;
	}
	int order = a == NULL || b == NULL ? 0 : strcmp(a->name, b->name);
	if (order != 0) {
		return order;
	}
	return (uintptr_t)a < (uintptr_t)b ? -1 : 1;
}

/* An insertion stands before a replacement that starts at the same place: so both can be made. */
static int compare_places(const struct zm_edit *a, const struct zm_edit *b)
{
	int order = compare_sources(a->source, b->source);
	if (order != 0) {
		return order;
	}
	if (a->at.start != b->at.start) {
		return a->at.start < b->at.start ? -1 : 1;
	}
	return (int)is_insertion(b) - (int)is_insertion(a);
}

/* Merges from[start, middle) and from[middle, end) into `to`; of equals, the left one first. */
static void merge_runs(struct zm_edit *to, const struct zm_edit *from, size_t start, size_t middle,
		       size_t end)
{
	size_t left = start;
	size_t right = middle;
	for (size_t i = start; i < end; i++) {
		bool take_left = right == end ||
				 (left < middle && compare_places(&from[left], &from[right]) <= 0);
		to[i] = take_left ? from[left++] : from[right++];
	}
}

/* Stable, which qsort() does not promise: two insertions at one place keep their order. */
static void sort_by_place(struct zm_edit *item, size_t count)
{
	struct zm_arena scratch = {0};
	struct zm_edit *from = item;
	struct zm_edit *to = zm_arena_array(&scratch, count, sizeof(*to));
	for (size_t run = 1; run < count; run *= 2) {
		for (size_t start = 0; start < count; start += 2 * run) {
			size_t middle = start + run < count ? start + run : count;
			size_t end = start + 2 * run < count ? start + 2 * run : count;
			merge_runs(to, from, start, middle, end);
		}
		struct zm_edit *swapped = from;
		from = to;
		to = swapped;
	}
	if (from != item) {
		memcpy(item, from, count * sizeof(*item));
	}
	zm_arena_release(&scratch);
}

/* The first item from `from` on (1 at least) that stands before its neighbour; `count` when none
 * does. */
static size_t first_out_of_order(const struct zm_edits *edits, size_t from)
{
	for (size_t i = from == 0 ? 1 : from; i < edits->count; i++) {
		if (compare_places(&edits->item[i - 1], &edits->item[i]) > 0) {
			return i;
		}
	}
	return edits->count;
}

bool zm_edits_settle(struct zm_edits *edits)
{
	size_t from = edits->settled;
	if (first_out_of_order(edits, from) < edits->count) {
		sort_by_place(edits->item, edits->count);
		from = 0;
	}
	for (size_t i = from == 0 ? 1 : from; i < edits->count; i++) {
		const struct zm_edit *left = &edits->item[i - 1];
		const struct zm_edit *right = &edits->item[i];
		if (left->source == right->source && left->at.end > right->at.start) {
			edits->settled = 0;
			return false;
		}
	}
	edits->settled = edits->count;
	return true;
}

/* Two replacements touch when they share a byte; an insertion touches whatever reaches its place.
 */
static bool touch(const struct zm_edit *a, const struct zm_edit *b)
{
	if (a->source != b->source) {
		return false;
	}
	if (is_insertion(a) || is_insertion(b)) {
		return a->at.start <= b->at.end && b->at.start <= a->at.end;
	}
	return a->at.start < b->at.end && b->at.start < a->at.end;
}

/* In a settled list: the first item that ends at or after the place where `edit` starts. */
static size_t first_that_reaches(const struct zm_edits *edits, const struct zm_edit *edit)
{
	size_t low = 0;
	size_t high = edits->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct zm_edit *item = &edits->item[middle];
		int order = compare_sources(item->source, edit->source);
		if (order < 0 || (order == 0 && item->at.end < edit->at.start)) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

static bool touches_any(const struct zm_edits *edits, const struct zm_edit *edit)
{
	bool settled = edits->settled >= edits->count;
	for (size_t i = settled ? first_that_reaches(edits, edit) : 0; i < edits->count; i++) {
		const struct zm_edit *item = &edits->item[i];
		if (touch(item, edit)) {
			return true;
		}
		if (settled && (item->source != edit->source || item->at.start > edit->at.end)) {
			return false;
		}
	}
	return false;
}

bool zm_edits_overlap(const struct zm_edits *a, const struct zm_edits *b)
{
	const struct zm_edits *few = a->count <= b->count ? a : b;
	const struct zm_edits *many = few == a ? b : a;
	for (size_t i = 0; i < few->count; i++) {
		if (touches_any(many, &few->item[i])) {
			return true;
		}
	}
	return false;
}

static char *put(char *to, struct zm_str s)
{
	if (s.len > 0) {
		memcpy(to, s.data, s.len);
	}
	return to + s.len;
}

struct zm_str zm_edits_apply(const struct zm_edits *edits, struct zm_arena *arena,
			     struct zm_str bytes)
{
	size_t len = bytes.len;
	for (size_t i = 0; i < edits->count; i++) {
		const struct zm_edit *edit = &edits->item[i];
		assert(edit->at.end <= bytes.len && edit->source == edits->item[0].source);
		len = len - (edit->at.end - edit->at.start) + edit->text.len;
	}
	char *result = zm_arena_array(arena, len + 1, 1);
	char *to = result;
	size_t at = 0;
	for (size_t i = 0; i < edits->count; i++) {
		const struct zm_edit *edit = &edits->item[i];
		assert(edit->at.start >= at); /* settled */
		to = put(to, zm_str_sub(bytes, at, edit->at.start));
		to = put(to, edit->text);
		at = edit->at.end;
	}
	put(to, zm_str_sub(bytes, at, bytes.len));
	return (struct zm_str){result, len};
}
