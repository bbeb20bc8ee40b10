#include "zone/occlude.h"

#include "zone/names.h"

#include <stdlib.h>
#include <string.h>

/* An SPF record and the name that seems to cut it off. */
struct suspect {
	const struct zm_record *record;
	struct zm_name cut; /* a view of the record's owner */
	bool is_dname;
	bool is_sure;
};

struct suspects {
	struct zm_arena arena;
	struct suspect *item;
	size_t count;
	size_t capacity;
};

static bool is_spf(const struct zm_record *record)
{
	return record->text != NULL && zm_str_starts_nocase(record->text->bytes, ZM_STR("v=spf1"));
}

static void find_suspects(struct suspects *suspects, const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->record_count && suspects->count < ZM_FAULTS_MAX; i++) {
		const struct zm_record *record = zone->record[i];
		struct zm_name cut = {0};
		if (is_spf(record)) {
			cut = zm_names_cut(zone->names, zone->origin, record->owner);
		}
		if (!zm_name_is_set(cut)) {
			continue;
		}
		suspects->item = zm_arena_grow(&suspects->arena, suspects->item, suspects->count,
					       &suspects->capacity, sizeof(*suspects->item));
		suspects->item[suspects->count++] = (struct suspect){.record = record, .cut = cut};
	}
}

static int compare_names(struct zm_name a, struct zm_name b)
{
	if (a.len != b.len) {
		return a.len < b.len ? -1 : 1;
	}
	for (size_t i = 0; i < a.len; i++) {
		int difference = zm_lower((char)a.wire[i]) - zm_lower((char)b.wire[i]);
		if (difference != 0) {
			return difference;
		}
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct suspect *x = a;
	const struct suspect *y = b;
	int order = compare_names(x->cut, y->cut);
	size_t left = x->record->ordinal;
	size_t right = y->record->ordinal;
	return order != 0 ? order : left < right ? -1 : left > right;
}

/* The first suspect of that cut, or `count`. */
static size_t find(const struct suspects *suspects, struct zm_name cut)
{
	size_t low = 0;
	size_t high = suspects->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_names(suspects->item[middle].cut, cut) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

static void confirm(struct suspects *suspects, const struct zm_record *record)
{
	bool is_dname = record->type == ZM_TYPE_DNAME;
	for (size_t i = find(suspects, record->owner);
	     i < suspects->count && zm_name_eq(suspects->item[i].cut, record->owner); i++) {
		struct suspect *suspect = &suspects->item[i];
		bool is_at_cut = zm_name_eq(suspect->record->owner, suspect->cut);
		if (!is_dname || !is_at_cut) {
			suspect->is_dname = is_dname;
			suspect->is_sure = true;
		}
	}
}

static void walk_again(struct suspects *suspects, struct zm_walk *walk)
{
	struct zm_arena arena = {0};
	struct zm_walk *again = zm_walk_start(&arena, walk->zone->source, walk->options);
	struct zm_record record;
	while (zm_walk_next(again, &record)) {
		bool is_apex = zm_name_eq(record.owner, walk->zone->origin);
		if ((record.type == ZM_TYPE_NS && !is_apex) || record.type == ZM_TYPE_DNAME) {
			confirm(suspects, &record);
		}
	}
	zm_walk_end(again);
	zm_arena_release(&arena);
}

static void report(struct zm_walk *walk, const struct suspect *suspect)
{
	struct zm_fault fault = zm_fault_of(suspect->record, ZM_FAULT_OCCLUDED);
	struct zm_str owner = zm_name_text(walk->arena, suspect->record->owner);
	struct zm_str cut = zm_name_text(walk->arena, suspect->cut);
	bool is_at_cut = zm_name_eq(suspect->record->owner, suspect->cut);
	fault.message = zm_arena_printf(
		walk->arena, "SPF record of %.*s %s %.*s: no server shows it", ZM_STR_ARG(owner),
		suspect->is_dname ? "below the DNAME record of"
		: is_at_cut       ? "at the delegation of"
				  : "below the delegation of",
		ZM_STR_ARG(cut));
	zm_walk_add_late_fault(walk, fault);
}

void zm_occlude_check(struct zm_walk *walk)
{
	struct suspects suspects = {0};
	find_suspects(&suspects, walk->zone);
	if (suspects.count > 0) {
		qsort(suspects.item, suspects.count, sizeof(*suspects.item), compare);
		walk_again(&suspects, walk);
	}
	for (size_t i = 0; i < suspects.count; i++) {
		if (suspects.item[i].is_sure) {
			report(walk, &suspects.item[i]);
		}
	}
	zm_arena_release(&suspects.arena);
}
